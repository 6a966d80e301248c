"""Copied text side by side: what both have, where it stands on the pages, and nothing of a file one may not see."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from web_desk import Desk
from web_runs import BROKEN_ID, HOSTILE_ID, PLAIN_ID

from pipeline.casefile import Box, Line, PageText
from pipeline.summary.labels import Names
from pipeline.summary.passages import linked
from pipeline.web.copies_view import pages_needed, view_copies
from pipeline.web.people import may_see
from pipeline.web.shelf import case_slug

NAMES = Names({"file_reading_record": "阅卷笔录", "indictment": "起诉书"})
BOX = [0.1, 0.2, 0.9, 0.3]


def passage(copy: str, origin: str, pages: tuple[int, int] = (1, 3), **origin_more: Any) -> dict[str, Any]:
    return {
        "similarity": 0.9,
        "copy": {"page": pages[0], "bbox": BOX, "text": copy},
        "origin": {"page": pages[1], "bbox": BOX, "text": origin, **origin_more},
    }


def finding(*passages: dict[str, Any]) -> dict[str, Any]:
    told = {"key": "0123456789abcdef", "rule": "CPY601", "title": "复制", "message": "约九成", "severity": "high"}
    return told | {"passages": list(passages), "evidence": []}


def case(*documents: tuple[str, int, int]) -> dict[str, Any]:
    pages = range(1, max(last for _, _, last in documents) + 1)
    return {
        "case_id": "A",
        "pages": [{"page": n, "rotation": 0, "width": 1000, "height": 1400} for n in pages],
        "documents": [
            {"id": f"d{n}", "type": key, "pages": [first, last]} for n, (key, first, last) in enumerate(documents)
        ],
    }


OWN = case(("file_reading_record", 1, 2), ("indictment", 3, 6))


def test_runs_know_each_other_by_number():
    left, right = linked("被告人王某持铁棍，殴打李某", "犯罪嫌疑人王某持铁棍殴打了李某")
    assert [(p.text, p.run) for p in left if p.run] == [("人王某持铁棍，殴打", 1), ("李某", 2)]
    assert [(p.text, p.run) for p in right if p.run] == [("人王某持铁棍殴打", 1), ("李某", 2)]
    assert {p.run for p in left if p.run} == {p.run for p in right if p.run} == {1, 2}
    assert "".join(p.text for p in left) == "被告人王某持铁棍，殴打李某"
    assert all("被告人王某持铁棍，殴打李某"[p.start :].startswith(p.text) for p in left)


def test_a_run_is_placed_on_each_line_that_it_touches():
    lines = (
        Line("被告人王某持铁", Box(0.1, 0.20, 0.8, 0.24), 0.99),
        Line("棍殴打李某", Box(0.1, 0.25, 0.6, 0.29), 0.99),
        Line("不在其内", Box(0.1, 0.50, 0.6, 0.54), 0.99),
    )
    read = {1: PageText("scanned", lines=lines)}
    view = view_copies(OWN, finding(passage("王某持铁棍殴打李某", "王某持铁棍殴打李某")), None, read, {}, NAMES)
    [pair] = view.pairs
    assert [(mark.run, mark.bbox) for mark in pair.copy.marks] == [
        (1, (0.4, 0.2, 0.8, 0.24)),
        (1, (0.1, 0.25, 0.6, 0.29)),
    ]
    assert pair.copy.marks[0].frame == (400.0, 280.0, 400.0, 56.0)
    assert pair.origin.marks == (), "of that page nothing is kept"
    assert (pair.same, pair.length) == (9, 9)


def test_narrow_characters_take_less_of_a_line():
    read = {1: PageText("scanned", lines=(Line("2023年", Box(0.0, 0.2, 0.32, 0.3), 0.99),))}
    places = {"bbox": [0.0, 0.2, 0.32, 0.3]}
    one = passage("2023", "2023")
    one["copy"] |= places
    [pair] = view_copies(OWN, finding(one), None, read, {}, NAMES).pairs
    [mark] = pair.copy.marks
    assert mark.bbox[2] == pytest.approx(0.32 * 2.2 / 3.2, abs=0.001)


def test_a_reading_that_lies_otherwise_places_nothing():
    read = {1: PageText("scanned", rotation=90, lines=(Line("王某", Box(0.1, 0.2, 0.8, 0.3), 0.99),))}
    [pair] = view_copies(OWN, finding(passage("王某", "王某")), None, read, {}, NAMES).pairs
    assert pair.copy.marks == () and pair.copy.frame == (100.0, 280.0, 800.0, 140.0)


def test_the_bars_show_where_in_their_papers_passages_lie():
    told = finding(passage("王某", "王某"), passage("李某", "李某", (2, 6)))
    copies, origins = view_copies(OWN, told, None, {}, {}, NAMES).bars
    assert copies.label == "本文书 阅卷笔录 第 1–2 页" and origins.label == "来源 起诉书 第 3–6 页"
    assert [(leaf.page, leaf.start, leaf.end) for leaf in copies.leaves] == [(1, 0.0, 500.0), (2, 500.0, 1000.0)]
    assert [(s.number, s.start, s.end) for s in copies.stretches] == [(1, 100.0, 150.0), (2, 600.0, 650.0)]
    assert [(s.number, s.start, s.end) for s in origins.stretches] == [(1, 50.0, 75.0), (2, 800.0, 825.0)]


def test_of_another_file_only_the_quoted_text_is_told_to_who_may_not_see_it():
    told = finding(passage("王某", "王某", case="B"))
    hidden = view_copies(OWN, told, None, {}, {}, NAMES)
    assert hidden.other == "B" and not hidden.visible and len(hidden.bars) == 1
    assert hidden.pairs[0].origin.page is None and hidden.pairs[0].origin.pieces[0].text == "王某"
    shown = view_copies(OWN, told, case(("file_reading_record", 1, 4)), {}, {}, NAMES)
    assert shown.visible and shown.pairs[0].origin.place == "第 3 页 阅卷笔录" and len(shown.bars) == 2
    assert pages_needed(told) == ({1}, {3})
    assert pages_needed(finding(passage("王某", "王某"))) == ({1, 3}, set())


@pytest.fixture
def copied(run_root: Path) -> str:
    """Key of a finding of the plain case that has passages in its own file."""
    told = json.loads((run_root / "cases" / f"{PLAIN_ID}.json").read_text("utf-8"))
    return str(next(f["key"] for f in told["findings"] if f["passages"]))


@pytest.fixture
def across(run_root: Path) -> str:
    """Key of a finding of the plain case that has a passage in the hostile one."""
    path = run_root / "cases" / f"{PLAIN_ID}.json"
    told = json.loads(path.read_text("utf-8"))
    one = next(f for f in told["findings"] if f["passages"])
    one["passages"][0]["origin"] |= {"case": HOSTILE_ID, "page": 2}
    path.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    return str(one["key"])


def test_both_pages_are_shown_with_their_runs(desk: Desk, copied: str) -> None:
    text = desk.get(f"{desk.case_url()}/copies/{copied}").text
    assert len(re.findall(r'class="scan" src="[^"]*/p/\d+/image\?w=1000"', text)) == 2
    drawn = set(re.findall(r'<rect class="run c\d" data-run="(\d+)"', text))
    assert drawn and drawn == set(re.findall(r'<mark class="run c\d" data-run="(\d+)"', text))
    assert not re.search(r"<[^>]+\sstyle=", text)


def test_the_twin_tells_the_same(desk: Desk, copied: str) -> None:
    told = desk.get(f"{desk.case_url()}/copies/{copied}.json").json()
    assert told["key"] == copied and told["visible"] and told["other"] == ""
    pair = told["pairs"][0]
    assert 0 < pair["same"] <= pair["length"] and pair["copy"]["marks"] and pair["origin"]["marks"]


def test_pages_of_a_file_one_may_see_are_shown(desk: Desk, across: str) -> None:
    answer = desk.get(f"{desk.case_url()}/copies/{across}")
    assert f"/c/{case_slug(HOSTILE_ID)}/p/2/image" in answer.text
    assert "\u202e" not in answer.text and "<script>alert" not in answer.text


def test_pages_of_a_file_one_may_not_see_are_not(desk: Desk, across: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def only_plain(request: Any, run: Any, case_id: str) -> bool:
        return case_id == PLAIN_ID and may_see(request, run, case_id)

    monkeypatch.setattr("pipeline.web.copies_page.may_see", only_plain)
    answer = desk.get(f"{desk.case_url()}/copies/{across}")
    assert answer.status_code == 200 and "该案卷未分派给您" in answer.text
    assert case_slug(HOSTILE_ID) not in answer.text
    told = desk.get(f"{desk.case_url()}/copies/{across}.json")
    assert case_slug(HOSTILE_ID) not in told.text
    assert told.json()["pairs"][0]["origin"]["page"] is None and not told.json()["pairs"][0]["origin"]["marks"]


@pytest.mark.parametrize("key", ["0000000000000000", "x", "..%2f..", "0.json", "%00"])
def test_what_is_no_copy_is_not_found(desk: Desk, key: str) -> None:
    assert desk.get(f"{desk.case_url()}/copies/{key}").status_code == 404
    assert desk.get(f"{desk.case_url(BROKEN_ID)}/copies/{key}").status_code == 404


@pytest.mark.parametrize(("number", "status"), [("99", 200), ("0", 422), ("x", 422), ("99999999999999999999", 200)])
def test_a_passage_that_is_not_there_is_the_last_one(desk: Desk, copied: str, number: str, status: int) -> None:
    assert desk.get(f"{desk.case_url()}/copies/{copied}?n={number}").status_code == status
