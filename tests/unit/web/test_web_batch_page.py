"""The batch page and the search over a real run."""

import json
import os

import pytest
from web_desk import Desk
from web_runs import HOSTILE_ID, PLAIN_ID

from pipeline.web import catalogue


def names(desk, query=""):
    return [row["case_id"] for row in desk.get(f"{desk.run_url()}.json{query}").json()["cases"]]


def test_the_batch_lists_its_files_and_narrows_them_down(desk: Desk) -> None:
    assert len(names(desk)) == 3
    assert names(desk, "?kind=criminal") == [PLAIN_ID]
    assert names(desk, "?rule=CPY601") == [PLAIN_ID]
    page = desk.get(f"{desk.run_url()}?rule=CPY601").text
    assert "3 个案卷中有 1 个符合" in page and "清除" in page
    assert "没有符合条件的案卷" in desk.get(f"{desk.run_url()}?rule=NOPE").text


@pytest.mark.parametrize("query", ["?page=0", "?page=x", f"?q={'长' * 500}"])
def test_nonsense_is_refused_without_a_crash(desk: Desk, query: str) -> None:
    assert desk.get(f"{desk.run_url()}{query}").status_code == 422
    assert desk.get(f"{desk.run_url()}.json{query}").status_code == 422


def test_two_characters_are_found_on_their_page(desk: Desk) -> None:
    found = desk.get(f"{desk.run_url()}/search.json", params={"q": "爱玛"}).json()["hits"]
    assert {hit["case_id"] for hit in found} == {PLAIN_ID} and len(found) == 2, "the indictment, and what copies it"
    page = desk.get(f"{desk.run_url()}/search", params={"q": "爱玛"}).text
    assert "<mark>爱玛</mark>" in page and f"{desk.case_url()}/p/{found[0]['page']}" in page


def test_hostile_words_are_searched_for_like_any_others(desk: Desk) -> None:
    page = desk.get(f"{desk.run_url()}/search", params={"q": "<script>alert(1)</script>"}).text
    assert "<script>alert" not in page and "&lt;script&gt;" in page


def test_a_case_written_anew_is_listed_anew(desk: Desk) -> None:
    assert PLAIN_ID in names(desk)
    path = desk.site.shelf.runs[0].folder / f"{PLAIN_ID}.json"
    case = json.loads(path.read_text("utf-8"))
    case["people"]["recipient"] = "改名某"
    part = path.with_suffix(".part")
    part.write_text(json.dumps(case, ensure_ascii=False), "utf-8")
    os.replace(part, path)  # noqa: PTH105 - as the run does it
    assert names(desk, "?q=改名某") == [PLAIN_ID]
    path.unlink()
    assert PLAIN_ID not in names(desk)


def test_many_new_cases_are_taken_in_beside_the_request(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "AT_ONCE", 1)
    first = desk.get(f"{desk.run_url()}.json").json()
    assert first["to_come"] > 0
    worker = desk.site.catalogue(desk.site.shelf.runs[0])._worker
    assert worker is not None
    worker.join(20)
    assert len(names(desk)) == 3


def test_pictures_of_evidence_are_given_to_their_own_case_only(desk: Desk) -> None:
    page = desk.get(desk.case_url()).text
    at = page.index("/crop/")
    name = page[at + 6 : page.index('"', at)]
    picture = desk.get(f"{desk.case_url()}/crop/{name}")
    assert picture.status_code == 200 and picture.headers["content-type"] == "image/jpeg"
    assert picture.content[:2] == b"\xff\xd8"
    assert desk.get(f"{desk.case_url(HOSTILE_ID)}/crop/{name}").status_code == 404
    for other in ("..%2f..%2fledger.db", "x.jpg", "../ledger.db"):
        assert desk.get(f"{desk.case_url()}/crop/{other}").status_code in (404, 422)
