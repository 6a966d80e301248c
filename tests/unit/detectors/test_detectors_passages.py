"""Texts with their places: spans back to boxes on pages, and what of a record is its own."""

from __future__ import annotations

import pytest
from detector_cases import TITLE_BOX, Paper, case_of, line_box

from pipeline.casefile import Box, Line
from pipeline.detectors.passages import own_text, placed_text, whole_text


def lines(*texts: str) -> list[tuple[int, Line]]:
    return [(1, Line(text, line_box(index), 0.9)) for index, text in enumerate(texts)]


def test_text_is_put_together_without_breaks() -> None:
    placed = placed_text([*lines("甲乙丙", "", "丁戊"), (2, Line("己", line_box(0)))])
    assert placed.text == "甲乙丙丁戊己"
    assert placed.starts == (0, 3, 5)


def test_a_span_within_one_line_is_that_line() -> None:
    (found,) = placed_text(lines("甲乙丙", "丁戊己")).evidence(1, 3)
    assert (found.page, found.quote, found.box) == (1, "乙丙", line_box(0))


def test_a_span_over_lines_has_one_box_around_them() -> None:
    (found,) = placed_text(lines("甲乙丙", "丁戊己", "庚辛")).evidence(2, 7)
    assert found.quote == "丙丁戊己庚"
    assert found.box == line_box(0).union(line_box(2))


def test_a_span_ends_before_the_line_that_follows() -> None:
    (found,) = placed_text(lines("甲乙丙", "丁戊己")).evidence(0, 3)
    assert (found.quote, found.box) == ("甲乙丙", line_box(0))


def test_a_span_over_a_page_break_is_one_place_on_each_page() -> None:
    first, last = Box(0.1, 0.85, 0.9, 0.87), Box(0.1, 0.05, 0.9, 0.07)
    placed = placed_text([(3, Line("甲乙丙", first)), (4, Line("丁戊己", last)), (4, Line("庚", line_box(5)))])
    assert [(item.page, item.box, item.quote) for item in placed.evidence(1, 5)] == [
        (3, first, "乙丙"),
        (4, last, "丁戊"),
    ]


def test_every_span_quotes_exactly_its_text() -> None:
    placed = placed_text([*lines("甲乙丙", "丁", "戊己"), (2, Line("庚辛壬", line_box(0)))])
    for start in range(len(placed.text)):
        for end in range(start + 1, len(placed.text) + 1):
            assert "".join(item.quote for item in placed.evidence(start, end)) == placed.text[start:end]


@pytest.mark.parametrize(
    "line",
    [
        "阅卷时间：2022年7月2日 阅卷地点：某县法院",
        "阅卷人：张某",
        "案由：故意伤害",
        "承办律师（签名）：张某",
        "第2页 共3页",
        "- 2 -",
        "3/4",
    ],
)
def test_form_lines_and_page_numbers_are_not_its_own(line: str) -> None:
    case = case_of(Paper("file_reading_record", ((line, "证人只听到争吵声，没有看到谁先动手。"),), title="阅卷笔录"))
    assert own_text(case, case.case.documents[0]).text == "证人只听到争吵声，没有看到谁先动手。"


@pytest.mark.parametrize(
    "line",
    [
        "被告人王某甲在滨河路与被害人发生口角。",
        "其到案时间与抓获经过所记不符。",
        "2022年3月5日21时许",
        "律师认为：自首应予认定。" * 5,
    ],
)
def test_a_sentence_is_its_own(line: str) -> None:
    case = case_of(Paper("file_reading_record", ((line,),), title="阅卷笔录"))
    assert own_text(case, case.case.documents[0]).text == line


def test_what_stands_above_the_title_is_not_its_own_but_the_next_page_is() -> None:
    paper = Paper("file_reading_record", (("甲说他没有动手。",), ("乙说他动了手。",)), title="阅卷笔录")
    case = case_of(paper)
    own = own_text(case, case.case.documents[0])
    assert own.text == "甲说他没有动手。乙说他动了手。"
    assert all(line.box != TITLE_BOX for _, line in own.lines)


def test_the_whole_text_of_several_documents_keeps_their_titles() -> None:
    case = case_of(
        Paper("indictment", (("经依法审查查明", "1"),), title="起诉书"),
        Paper("cover", (("无关",),)),
        Paper("prosecution_opinion", (("经依法侦查查明",),), title="起诉意见书"),
    )
    origins = case.of_type("indictment", "prosecution_opinion")
    whole = whole_text(case, origins)
    assert whole.text == "起诉书经依法审查查明起诉意见书经依法侦查查明"
    assert [page for page, _ in whole.lines] == [1, 1, 3, 3]
