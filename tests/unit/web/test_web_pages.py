"""The desk's first pages over a real run: they answer, as page and as JSON, and nothing hostile gets through."""

from __future__ import annotations

import re

import pytest
from web_desk import Desk
from web_runs import BROKEN_ID, HOSTILE_ID, PLAIN_ID


def test_the_made_run_has_what_a_desk_shows(desk: Desk) -> None:
    case = desk.get(f"{desk.case_url()}.json").json()
    assert {"DAT501", "CPY601", "IMG001"} <= {finding["rule"] for finding in case["findings"]}
    assert {"flag", "unsure", "lawful", "pass"} <= {outcome["verdict"] for outcome in case["outcomes"]}
    assert any(finding["passages"] for finding in case["findings"])
    assert desk.get(f"{desk.case_url(BROKEN_ID)}.json").json()["status"] == "failed"


@pytest.mark.parametrize("case_id", [PLAIN_ID, HOSTILE_ID, BROKEN_ID])
def test_a_case_answers_as_page_and_as_json(desk: Desk, case_id: str) -> None:
    page, twin = desk.get(desk.case_url(case_id)), desk.get(f"{desk.case_url(case_id)}.json")
    assert page.status_code == twin.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    assert twin.json()["case_id"] == case_id


def test_nothing_hostile_gets_onto_a_page(desk: Desk) -> None:
    for address in (desk.run_url(), desk.case_url(HOSTILE_ID)):
        text = desk.get(address).text
        assert "<script>alert" not in text
        assert "\u202e" not in text, "a mark that turns the direction is shown, not sent"
        assert "[U+202E]" in text
        assert not re.search(r"<[^>]+\sonmouseover=", text)


def test_an_unknown_run_or_case_is_not_there(desk: Desk) -> None:
    for address in ("/r/00000000", f"{desk.run_url()}/c/000000000000", f"{desk.run_url()}/c/..%2f..%2fledger.db"):
        assert desk.get(address).status_code == 404
        assert desk.get(f"{address}.json").status_code == 404
