"""Records held against checklists: where an item stands, and on which pages one may hide."""

from __future__ import annotations

from dataclasses import replace

import pytest
from detector_cases import PACK, Paper, case_of

from pipeline.casefile import Quality
from pipeline.detectors.checking import checked, lost_pages, said, unsure_pages, well_read
from pipeline.detectors.view import CaseView

RECORD = Paper(
    "client_interview",
    (
        ("会见时间：2023年3月17日9时10分至10时25分", "问：你是否同意我做辩护人？", "答：同意。"),
        ("问：你是怎么到案的？", "答：派出所带走的。"),
    ),
    title="会见笔录",
)


def test_every_item_with_its_page() -> None:
    case = case_of(RECORD)
    found = {one.item.key: one for one in checked(case, "REC702", "client_interview", case.case.documents)}
    assert {key: one.place.page for key, one in found.items() if one.place} == {
        "time": 1, "consent": 1, "apprehension": 2,
    }  # fmt: skip
    assert said(list(found.values())) == "起止时间 (第1页)、是否同意辩护 (第1页)、到案经过 (第2页)"


def test_hours_that_are_only_told_are_not_those_of_the_record() -> None:
    case = case_of(Paper("client_interview", (("会见笔录", "问：几点的事？", "答：时间是9时10分至10时。"),)))
    found = {one.item.key: one.place for one in checked(case, "REC702", "client_interview", case.case.documents)}
    assert found["time"] is None


def test_a_cue_that_a_line_break_cuts_is_found() -> None:
    case = case_of(Paper("client_interview", (("会见笔录", "问：现在采取了什么强制措", "施？"),)))
    found = {one.item.key: one.place for one in checked(case, "REC702", "client_interview", case.case.documents)}
    assert found["measures"] is not None


@pytest.mark.parametrize(
    ("asked", "found"), [("问：现在采取了强制惜施没有？", True), ("问：现在采取了什么惜施？", False)]
)
def test_one_character_of_a_phrase_may_be_misread(asked: str, found: bool) -> None:
    case = case_of(Paper("client_interview", (("会见笔录", asked),)))
    places = {one.item.key: one.place for one in checked(case, "REC702", "client_interview", case.case.documents)}
    assert (places["measures"] is not None) is found


def test_a_pack_may_take_an_item_out() -> None:
    case = case_of(RECORD)
    pack = PACK.model_copy(update={"parameters": {"REC702": {"plea": 0, "place": 0}}})
    items = {one.item.key for one in checked(CaseView(case.case, pack), "REC702", "client_interview", [])}
    assert "plea" not in items
    assert "consent" in items


@pytest.mark.parametrize(
    ("grade", "confidence", "score", "read"),
    [("good", 0.98, 0.98, True), ("fair", 0.9, 0.9, True), ("poor", 0.9, 0.9, False), ("good", 0.7, 0.98, False),
     ("good", 0.9, 0.3, False)],
)  # fmt: skip
def test_a_hand_that_is_hard_to_read_may_hide_an_item(grade: str, confidence: float, score: float, read: bool) -> None:
    case = case_of(Paper("client_interview", (("问：有什么要说的？", "答：没有。"),)))
    page = case.case.pages[0]
    lines = tuple(replace(line, score=score) for line in page.content.lines)
    page = replace(page, content=replace(page.content, lines=lines, quality=Quality(grade, confidence)))  # type: ignore[arg-type]
    view = CaseView(replace(case.case, pages=(page,)), case.pack)
    assert well_read(page) is read
    assert bool(lost_pages(view, view.case.documents)) is not read
    assert bool(unsure_pages(view, view.case.documents)) is (confidence < 0.95)
