"""The page viewer over HTTP: each box where the JSON says, page and twin, nothing hostile, nothing inline."""

import json
import re
from importlib import resources
from pathlib import Path

import pytest
from web_desk import Desk
from web_runs import BROKEN_ID, HOSTILE_ID, PLAIN_ID

from pipeline.summary.boxes import KINDS


def case_of(run_root: Path, case_id: str = PLAIN_ID) -> dict:
    return json.loads((run_root / "cases" / f"{case_id}.json").read_text("utf-8"))


def attributes(tag: str) -> dict[str, str]:
    return dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))


def rects(text: str, **wanted: str) -> list[dict[str, str]]:
    found = [attributes(tag) for tag in re.findall(r"<rect[^>]*>", text)]
    return [tag for tag in found if all(tag.get(f"data-{key}") == value for key, value in wanted.items())]


def test_every_evidence_on_a_page_is_boxed_where_the_json_says(desk: Desk, run_root: Path) -> None:
    case = case_of(run_root)
    seen = 0
    for page in case["pages"]:
        text = desk.get(f"{desk.case_url()}/p/{page['page']}").text
        viewed = re.search(r'<svg class="over" viewBox="0 0 (\d+) (\d+)"', text)
        assert viewed, "the boxes have the page's own frame"
        width, height = map(int, viewed.groups())
        for finding in case["findings"]:
            told = [e["bbox"] for e in finding["evidence"] if e["page"] == page["page"]]
            drawn = rects(text, kind="evidence", key=finding["key"])
            assert [[float(v) for v in box["data-bbox"].split(",")] for box in drawn] == told
            for box, (x0, y0, x1, y1) in zip(drawn, told, strict=True):
                placed = [float(box[side]) for side in ("x", "y", "width", "height")]
                assert placed == pytest.approx(
                    [x0 * width, y0 * height, (x1 - x0) * width, (y1 - y0) * height], abs=0.02
                )
                seen += 1
    assert seen > 3


def test_the_finding_somebody_came_from_is_marked(desk: Desk, run_root: Path) -> None:
    finding = next(f for f in case_of(run_root)["findings"] if f["evidence"])
    page = finding["evidence"][0]["page"]
    text = desk.get(f"{desk.case_url()}/p/{page}?f={finding['key']}").text
    assert f'class="k-evidence chosen" data-key="{finding["key"]}"' in text
    assert f'#k-{finding["key"]}" data-back' in text
    assert "chosen" not in desk.get(f"{desk.case_url()}/p/{page}?f=0000").text


def test_a_date_somebody_came_from_is_marked(desk: Desk, run_root: Path) -> None:
    date = case_of(run_root)["dates"][0]
    text = desk.get(f"{desk.case_url()}/p/{date['page']}?d=0").text
    assert 'class="k-date chosen" data-key="0"' in text and re.search(r'id="show-date"[^>]* checked', text)


def test_the_twin_tells_the_same(desk: Desk, run_root: Path) -> None:
    told = desk.get(f"{desk.case_url()}/p/4.json").json()
    assert (told["case_id"], told["page"], told["previous"], told["next"]) == (PLAIN_ID, 4, 3, 5)
    assert told["lines"] and {"text", "bbox", "score", "sureness"} <= set(told["lines"][0])
    assert told["document"]["first"] <= 4 <= told["document"]["last"]
    assert told["images"]["1000"].endswith("/p/4/image?w=1000")
    assert {box["kind"] for box in told["boxes"]} <= set(KINDS)
    page = desk.get(f"{desk.case_url()}/p/4").text
    assert len(rects(page)) == len([1 for box in re.findall(r'data-line="\d+" x=', page)]) + len(told["boxes"]) + len(
        re.findall(r'<rect class="tag"', page)
    )


def test_all_pages_are_in_the_strip_and_loaded_late(desk: Desk, run_root: Path) -> None:
    text = desk.get(f"{desk.case_url()}/p/1").text
    pages = case_of(run_root)["pages"]
    assert re.findall(r'/p/(\d+)/image\?w=200"[^>]*loading="lazy"', text) == [str(page["page"]) for page in pages]
    assert text.count('aria-current="page"') == 1


def test_all_pages_are_shown_at_once_by_document(desk: Desk, run_root: Path) -> None:
    case = case_of(run_root)
    text = desk.get(f"{desk.case_url()}/pages").text
    assert re.findall(r'/p/(\d+)/image\?w=200"', text) == [str(page["page"]) for page in case["pages"]]
    told = desk.get(f"{desk.case_url()}/pages.json").json()
    assert [document["id"] for document in told["documents"]] == [document["id"] for document in case["documents"]]
    assert desk.get(f"{desk.case_url(BROKEN_ID)}/pages").status_code == 200, "a case without pages has a page, too"


def test_nothing_hostile_and_nothing_inline_gets_through(desk: Desk, run_root: Path) -> None:
    for page in case_of(run_root, HOSTILE_ID)["pages"]:
        text = desk.get(f"{desk.case_url(HOSTILE_ID)}/p/{page['page']}").text
        assert "<script>alert" not in text and "\u202e" not in text
        assert not re.search(r"<[^>]+\sonmouseover=", text)
        assert not re.search(r"<[^>]+\sstyle=", text) and "<style" not in text, "the policy forbids it"


@pytest.mark.parametrize("address", ["0", "9999", "0.json", "9999.json", "x", "-1", "1.xml"])
def test_a_page_that_is_not_there_is_not_found(desk: Desk, address: str) -> None:
    assert desk.get(f"{desk.case_url()}/p/{address}").status_code == 404
    assert desk.get(f"{desk.case_url(BROKEN_ID)}/p/1").status_code == 404


def test_a_ledger_that_cannot_be_read_costs_the_scores_not_the_page(desk: Desk, run_root: Path) -> None:
    (run_root / "ledger.db").write_bytes(b"not a database, for sure" * 100)
    answer = desk.get(f"{desk.case_url()}/p/4")
    assert answer.status_code == 200 and "lines plain" in answer.text
    assert desk.get(f"{desk.case_url()}/p/4.json").json()["text"]


def test_who_may_not_see_the_case_does_not_see_its_pages(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.web.people.may_see", lambda *_: False)
    for address in ("/p/1", "/p/1.json"):
        assert desk.get(f"{desk.case_url()}{address}").status_code == 404


def test_boxes_have_the_colours_they_have_elsewhere_and_can_all_be_hidden() -> None:
    style = resources.files("pipeline.web").joinpath("static/viewer.css").read_text("utf-8")
    for kind, shown in KINDS.items():
        assert f".k-{kind} {{ --k: {shown.colour}; }}" in style
        assert f"#show-{kind}:not(:checked) ~ .canvas .k-{kind} {{ display: none; }}" in style
