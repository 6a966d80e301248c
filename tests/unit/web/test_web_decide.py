"""Deciding on findings: by form, by script, blind, and what becomes of a decision when the finding is gone."""

import json
import os
import re

import pytest
from web_desk import Desk
from web_runs import HOSTILE_ID, PLAIN_ID

from pipeline.store.reviews import Reviews
from pipeline.summary.reasons import REASONS
from pipeline.web.people import User

JSON = {"accept": "application/json"}
HTML = {"accept": "text/html,application/xhtml+xml"}


def finding(desk, rule="DAT501", case_id=PLAIN_ID):
    case = desk.get(f"{desk.case_url(case_id)}.json").json()
    return next(one for one in case["findings"] if one["rule"] == rule)


def post(desk, key, **fields):
    headers = JSON | {"x-csrf-token": desk.csrf}
    return desk.post(f"{desk.case_url()}/findings/{key}/review", json=fields, headers=headers)


def told(desk):
    return desk.get(f"{desk.case_url()}/reviews.json").json()


def test_a_decision_is_kept_with_who_and_when_and_shown(desk: Desk) -> None:
    key = finding(desk)["key"]
    before = told(desk)
    answer = post(desk, key, decision="reject", reason="misread", note="是6月23日")
    assert answer.status_code == 200
    assert answer.json()["left"] == before["left"] - 1 and "识别错误" in answer.json()["words"]
    (review,) = told(desk)["reviews"]
    assert (review["key"], review["rule"], review["user"], review["decision"]) == (key, "DAT501", "本机", "reject")
    assert review["at"].startswith("2026-03-04T09:30") and review["about"] == finding(desk)["message"]
    page = desk.get(desk.case_url()).text
    form = page[page.index(f'data-decide="{key}"') :]
    assert re.search(r'class="decide-reject"[^>]*aria-pressed="true"', form)
    assert "是6月23日" in form.partition("</form>")[0]


def test_a_form_leads_back_to_the_finding(desk: Desk) -> None:
    key = finding(desk)["key"]
    answer = desk.submit(
        f"{desk.case_url()}/findings/{key}/review", {"decision": "accept", "reason": "fault", "note": ""}, headers=HTML
    )
    assert answer.status_code == 303 and answer.headers["location"] == f"{desk.case_url()}#k-{key}"
    assert told(desk)["reviews"][0]["decision"] == "accept"


def test_the_last_word_counts_and_what_went_before_is_told(desk: Desk) -> None:
    key = finding(desk)["key"]
    for decision in ("accept", "unsure", "open"):
        assert post(desk, key, decision=decision).status_code == 200
    now = told(desk)
    assert now["reviews"] == [] and now["left"] == now["total"]
    assert [one["decision"] for one in now["history"]] == ["accept", "unsure", "open"]
    assert "判断记录（3）" in desk.get(desk.case_url()).text


def test_an_outcome_without_a_finding_is_decided_too(desk: Desk) -> None:
    doubtful = next(item for item in told(desk)["items"] if not item["is_finding"])
    before = told(desk)["doubts_left"]
    assert post(desk, doubtful["key"], decision="accept").json()["doubts_left"] == before - 1
    assert told(desk)["reviews"][0]["key"] == f"outcome:{doubtful['rule']}"


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"decision": "maybe"}, 422),
        ({}, 422),
        ({"decision": "accept", "reason": "misread"}, 422),
        ({"decision": "accept", "note": "长" * 4001}, 422),
        ({"decision": "accept", "note": "长" * 100_000}, 413),
        ({"decision": "accept", "note": "\ud800"}, 422),
        ({"decision": ["accept"]}, 422),
    ],
)
def test_nonsense_is_refused_and_nothing_kept(desk: Desk, fields: dict[str, object], status: int) -> None:
    key = finding(desk)["key"]
    url, headers = f"{desk.case_url()}/findings/{key}/review", JSON | {"x-csrf-token": desk.csrf}
    sent = json.dumps(fields).encode()
    assert desk.post(url, content=sent, headers=headers | {"content-type": "application/json"}).status_code == status
    assert told(desk)["history"] == []


@pytest.mark.parametrize("key", ["x" * 16, "0" * 15, "outcome:", "outcome:DAT501x", "outcome:../..", "<script>"])
def test_what_is_no_key_is_not_found(desk: Desk, key: str) -> None:
    assert post(desk, key, decision="accept").status_code == 404


def test_a_finding_that_is_gone_is_a_conflict(desk: Desk) -> None:
    assert post(desk, "0123456789abcdef", decision="accept").status_code == 409
    assert post(desk, "outcome:DAT501", decision="accept").status_code == 409, "it is flagged: its finding is decided"
    page = desk.submit(f"{desk.case_url()}/findings/0123456789abcdef/review", {"decision": "accept"}, headers=HTML)
    assert page.status_code == 409 and "<html" in page.text and "已不存在" in page.text


def test_a_decision_outlives_its_finding_and_says_so(desk: Desk) -> None:
    gone = finding(desk)
    post(desk, gone["key"], decision="reject", reason="lawful", note="先行援助")
    path = desk.site.shelf.runs[0].folder / f"{PLAIN_ID}.json"
    case = json.loads(path.read_text("utf-8"))
    case["findings"] = [one for one in case["findings"] if one["key"] != gone["key"]]
    part = path.with_suffix(".part")
    part.write_text(json.dumps(case, ensure_ascii=False), "utf-8")
    os.replace(part, path)  # noqa: PTH105 - as the run does it
    now = told(desk)
    assert [one["key"] for one in now["gone"]] == [gone["key"]] and now["reviews"] == []
    page = desk.get(desk.case_url()).text
    section = page[page.index('id="gone"') :]
    assert "此疑点在新的结果中已不存在" in section and gone["message"] in section and "有合法理由" in section


def test_a_note_with_markup_is_only_text(desk: Desk) -> None:
    post(desk, finding(desk)["key"], decision="accept", note="</textarea><script>alert(1)</script>\u202egpj")
    page = desk.get(desk.case_url()).text
    assert "<script>alert" not in page and "\u202e" not in page and "&lt;script&gt;alert(1)" in page


def test_done_and_reopened(desk: Desk) -> None:
    headers = JSON | {"x-csrf-token": desk.csrf}
    assert desk.post(f"{desk.case_url()}/done", headers=headers).json()["done"] is True
    assert told(desk)["done_by"] == ["本机"]
    assert "重新打开" in desk.get(desk.case_url()).text
    answer = desk.submit(f"{desk.case_url()}/reopen", headers=HTML)
    assert answer.status_code == 303 and told(desk)["done_by"] == []
    assert [one.done for one in Reviews(desk.site.shelf.runs[0].workspace.reviews).completions()] == [True, False]


def test_the_batch_counts_what_is_decided(desk: Desk) -> None:
    post(desk, finding(desk)["key"], decision="accept")
    run = desk.site.shelf.runs[0]
    rows, _ = desk.site.rows(run)
    progress = desk.site.progress(run, rows, User("本机", "admin"))
    row = next(row for row in rows if row.case_id == PLAIN_ID)
    assert progress[row.slug].decided == 1 < progress[row.slug].total
    other = next(row for row in rows if row.case_id != PLAIN_ID)
    assert progress[other.slug].decided == 0
    assert desk.site.progress(run, rows, User("乙", "evaluator"))[row.slug].decided == 0


def test_every_reason_can_be_chosen(desk: Desk) -> None:
    key = finding(desk)["key"]
    for decision, reasons in REASONS.items():
        for reason in reasons:
            assert post(desk, key, decision=decision, reason=reason).status_code == 200


def test_a_hostile_file_can_be_decided(desk: Desk) -> None:
    page = desk.get(desk.case_url(HOSTILE_ID))
    assert page.status_code == 200 and "data-decide=" in page.text
