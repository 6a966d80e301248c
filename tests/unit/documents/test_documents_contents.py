"""The file's own catalogue as a table, in the layouts that counties print, and what it says of the pages."""

from __future__ import annotations

import pytest
from pages_builder import BODY, divided, page_text, pages_of, spans
from test_documents_forms import COVER
from test_documents_letters import ASSIGNMENT_OLD, DECISION, LETTER_TO_COURT
from test_documents_records import TALK
from test_documents_traps import COURT_SPEECH, PARTYS_COMPLAINT

from pipeline.casefile import Box, Line, PageText
from pipeline.documents.contents import read_catalogue
from pipeline.documents.placement import corner_number, place_pages


def table(columns: list[float], *rows: list[str], title: str = "卷 内 目 录") -> PageText:
    """A catalogue page: cells of every row at the columns' left edges, in fractions of the page's width."""
    lines = [Line(title, Box(0.36, 0.07, 0.64, 0.1), 0.98)] if title else []
    for index, row in enumerate(rows):
        top = 0.14 + index * 0.03
        for left, cell in zip(columns, row, strict=True):
            if cell:
                width = sum(0.011 if char.isascii() else 0.022 for char in cell)
                lines.append(Line(cell, Box(left, top, left + width, top + BODY), 0.97))
    return PageText("scanned", 0, tuple(lines))


def read(*pages: PageText) -> list[tuple[str, str, int | None, int | None]]:
    """(number, title, first, last) of every row of a catalogue on these pages."""
    return [(row.number, row.title, row.first, row.last) for row in read_catalogue(pages_of(*pages))]


def test_number_name_and_pages() -> None:
    page = table(
        [0.1, 0.2, 0.75],
        ["序号", "文书名称", "页次"],
        ["1", "法律援助申请表", "1"],
        ["2", "法律援助审批表", "2-3"],
        ["3", "指派通知书", "4"],
    )
    assert read(page) == [
        ("1", "法律援助申请表", 1, 1),
        ("2", "法律援助审批表", 2, 3),
        ("3", "指派通知书", 4, 4),
    ]


@pytest.mark.parametrize(
    "written", ["3—5", "3－5", "3~5", "3～5", "3-5", "3至5", "第3-5页", "3 - 5", "3–5页", "P3-5", "3-05", "003-005"]
)
def test_ranges_however_written(written: str) -> None:
    page = table([0.1, 0.2, 0.75], ["序号", "文件名称", "页码"], ["2", "会见笔录", written])
    assert read(page) == [("2", "会见笔录", 3, 5)]


def test_first_and_last_page_in_columns_of_their_own() -> None:
    page = table(
        [0.1, 0.2, 0.7, 0.82],
        ["序号", "材料名称", "起页", "止页"],
        ["1", "起诉书", "7", "11"],
        ["2", "辩护词", "12", "12"],
        ["3", "判决书", "13", ""],
    )
    assert read(page) == [("1", "起诉书", 7, 11), ("2", "辩护词", 12, 12), ("3", "判决书", 13, 13)]


def test_first_and_last_page_under_one_heading() -> None:
    heading = [
        Line("卷内文件目录", Box(0.36, 0.05, 0.64, 0.08), 0.98),
        Line("序号", Box(0.1, 0.12, 0.15, 0.135), 0.98),
        Line("文件名称", Box(0.25, 0.12, 0.4, 0.135), 0.98),
        Line("起止页码", Box(0.7, 0.105, 0.8, 0.12), 0.98),
        Line("起", Box(0.7, 0.128, 0.72, 0.143), 0.98),
        Line("止", Box(0.8, 0.128, 0.82, 0.143), 0.98),
    ]
    body = table(
        [0.1, 0.25, 0.7, 0.8], ["", "", "", ""], ["1", "委托书", "3", "4"], ["2", "代理词", "5", "9"], title=""
    )
    page = PageText("scanned", 0, (*heading, *body.lines))
    assert read(page) == [("1", "委托书", 3, 4), ("2", "代理词", 5, 9)]


def test_number_and_date_of_the_paper_are_no_pages() -> None:
    page = table(
        [0.06, 0.14, 0.42, 0.62, 0.78, 0.88],
        ["序号", "文件名称", "文号", "日期", "页号", "备注"],
        ["1", "给予法律援助决定书", "川援决字5号", "2022.3.5", "4", ""],
        ["2", "指派通知书", "〔2022〕9号", "20220307", "5-6", "原件"],
        ["3", "起诉书", "", "2022.6.7", "7—9", "复印件"],
    )
    assert read(page) == [
        ("1", "给予法律援助决定书", 4, 4),
        ("2", "指派通知书", 5, 6),
        ("3", "起诉书", 7, 9),
    ]


def test_author_column_before_the_title() -> None:
    page = table(
        [0.06, 0.16, 0.4, 0.78],
        ["顺序号", "责任者", "题名", "页号"],
        ["1", "正明所", "代理词", "21"],
        ["2", "县法院", "民事判决书", "22-27"],
    )
    assert read(page) == [("1", "代理词", 21, 21), ("2", "民事判决书", 22, 27)]


def test_a_catalogue_of_two_pages() -> None:
    first = table([0.1, 0.2, 0.75], ["序号", "文书名称", "页码"], ["1", "申请表", "1"], ["2", "审批表", "2"])
    second = table([0.1, 0.2, 0.75], ["3", "指派通知书", "3"], ["4", "法律援助公函", "4-5"], title="")
    assert read(first, second) == [
        ("1", "申请表", 1, 1),
        ("2", "审批表", 2, 2),
        ("3", "指派通知书", 3, 3),
        ("4", "法律援助公函", 4, 5),
    ]


def test_rows_without_pages_are_rows() -> None:
    page = table([0.1, 0.2, 0.75], ["序号", "文书名称", "页码"], ["1", "申请表", ""], ["2", "审批表", "2"])
    assert read(page) == [("1", "申请表", None, None), ("2", "审批表", 2, 2)]


def test_who_bound_the_file_is_no_row() -> None:
    page = table(
        [0.1, 0.2, 0.75],
        ["序号", "文书名称", "页码"],
        ["1", "申请表", "1"],
        ["", "立.卷人：许某", ""],
        ["", "立卷人：许某", ""],
        ["", "本卷共45页", ""],
    )
    assert read(page) == [("1", "申请表", 1, 1)]


def test_a_number_read_together_with_the_title() -> None:
    page = table([0.1, 0.75], ["文书名称", "页码"], ["1.申请表", "1"], ["12、阅卷笔录", "20-23"])
    assert read(page) == [("1", "申请表", 1, 1), ("12", "阅卷笔录", 20, 23)]


def test_a_corner_number_is_read_and_a_page_of_the_text_is_not() -> None:
    cornered, plain = pages_of("^ 012\n# 传票\n　　案号", "# 传票\n　　案号 12")
    assert corner_number(cornered) == 12
    assert corner_number(plain) is None


def test_too_few_rows_place_nothing() -> None:
    page = table([0.1, 0.2, 0.75], ["序号", "文书名称", "页码"], ["1", "申请表", "1"], ["2", "审批表", "2"])
    pages = pages_of(page, DECISION)
    assert place_pages(pages, 1, read_catalogue(pages[:1]), frozenset()) == {}


UNTITLED = "\n".join(line for line in COURT_SPEECH.splitlines() if not line.startswith("#"))
LISTING = table(
    [0.1, 0.2, 0.75],
    ["序号", "文书名称", "页码"],
    ["1", "给予法律援助决定书", "1"],
    ["2", "指派通知书", "2"],
    ["3", "法律援助公函", "3"],
    ["4", "谈话笔录", "4"],
    ["5", "民事起诉状", "5"],
    ["6", "代理词", "6"],
)
PAPERS = [DECISION, ASSIGNMENT_OLD, LETTER_TO_COURT, TALK, PARTYS_COMPLAINT, UNTITLED]


def test_pages_are_placed_without_blank_backs() -> None:
    division = divided(COVER, LISTING, DECISION, None, ASSIGNMENT_OLD, None, *PAPERS[2:])
    begins = {page: place.rows for page, place in division.placements.items() if place.begins}
    assert begins == {3: (0,), 5: (1,), 7: (2,), 8: (3,), 9: (4,), 10: (5,)}


def test_pages_are_placed_with_blank_backs_where_the_corners_say_so() -> None:
    listing = table(
        [0.1, 0.2, 0.75],
        ["序号", "文书名称", "页码"],
        ["1", "给予法律援助决定书", "1"],
        ["2", "指派通知书", "3"],
        ["3", "法律援助公函", "5"],
    )
    papers = [f"^ {n}\n{paper}" for n, paper in zip((1, 3, 5), PAPERS, strict=False)]
    division = divided(COVER, listing, papers[0], None, papers[1], None, papers[2])
    assert {page: place.rows for page, place in division.placements.items()} == {3: (0,), 5: (1,), 7: (2,)}


def test_an_untitled_statement_is_found_by_the_catalogue() -> None:
    assert spans(COVER, LISTING, *PAPERS)[-1] == ("representation_statement", 8, 8)


def test_a_catalogue_on_two_pages_is_one_document() -> None:
    more = table([0.1, 0.2, 0.75], ["7", "民事判决书", "7-9"], ["8", "结案报告表", "10"], title="")
    found = spans(COVER, LISTING, more, *PAPERS)
    assert found[:3] == [("cover", 1, 1), ("file_catalogue", 2, 3), ("aid_decision", 4, 4)]


def test_a_list_of_evidence_is_no_catalogue_of_the_file() -> None:
    listing = page_text(
        """
# 证据材料目录
| 序号 | 证据名称 | 证明目的 | 页码
| 1 | 劳动合同 | 证明存在劳动关系 | 1-3
| 2 | 工资欠条 | 证明欠付工资的数额 | 4
提交人：马某某
"""
    )
    assert spans(DECISION, listing)[-1] == ("evidence_catalogue", 2, 2)


def test_a_title_over_two_lines_is_one_row() -> None:
    page = table(
        [0.1, 0.2, 0.75],
        ["序号", "文书名称", "页码"],
        ["1", "申请表", "1"],
        ["2", "关于对犯罪嫌疑人不予批准", "2-3"],
        ["3", "指派通知书", "4"],
    )
    second = page.lines[8]
    below = Line("逮捕的法律意见书", Box(0.2, second.box.y1 + 0.003, 0.4, second.box.y1 + 0.0195), 0.97)
    wrapped = PageText("scanned", 0, (*page.lines[:10], below, *page.lines[10:]))
    assert second.text == "关于对犯罪嫌疑人不予批准"
    assert [title for _, title, _, _ in read(wrapped)] == [
        "申请表",
        "关于对犯罪嫌疑人不予批准逮捕的法律意见书",
        "指派通知书",
    ]


def test_letters_read_for_digits_among_the_pages() -> None:
    page = table([0.1, 0.2, 0.75], ["序号", "文书名称", "页码"], ["1", "判决书", "1O-l4"])
    assert read(page) == [("1", "判决书", 10, 14)]


def test_headings_read_as_one_cell() -> None:
    page = table([0.1, 0.2, 0.75], ["序号文书名称页次", "", ""], ["1", "申请表", "1"], ["2", "审批表", "2-3"])
    assert read(page) == [("1", "申请表", 1, 1), ("2", "审批表", 2, 3)]


def remarks(*pages: PageText) -> list[tuple[str, str]]:
    """(title, remark) of every row."""
    return [(row.title, row.remark) for row in read_catalogue(pages_of(*pages))]


def test_pages_in_chinese_numerals() -> None:
    page = table(
        [0.1, 0.2, 0.75],
        ["序号", "文书名称", "页次"],
        ["一", "申请表", "一"],
        ["二", "审批表", "二至三"],
        ["三", "指派通知书", "第四页"],
        ["四", "会见笔录", "五—七"],
    )
    assert read(page) == [
        ("1", "申请表", 1, 1),
        ("2", "审批表", 2, 3),
        ("3", "指派通知书", 4, 4),
        ("4", "会见笔录", 5, 7),
    ]


def test_pages_before_the_title() -> None:
    page = table(
        [0.1, 0.2, 0.35],
        ["序号", "页次", "文书名称"],
        ["1", "1", "申请表"],
        ["2", "2-3", "关于对犯罪嫌疑人不予批准逮捕的法律意见书"],
        ["3", "4", "传票"],
    )
    assert read(page) == [
        ("1", "申请表", 1, 1),
        ("2", "关于对犯罪嫌疑人不予批准逮捕的法律意见书", 2, 3),
        ("3", "传票", 4, 4),
    ]


def test_a_short_title_stands_nearer_to_the_number_than_to_its_heading() -> None:
    page = table(
        [0.1, 0.17, 0.45, 0.75],
        ["编号", "", "材料名称", "起止页"],
        ["1", "传票", "", "1"],
        ["2", "委托书", "", "2-3"],
        ["3", "法律援助受援人须知", "", "4"],
    )
    assert read(page) == [("1", "传票", 1, 1), ("2", "委托书", 2, 3), ("3", "法律援助受援人须知", 4, 4)]


def test_remarks_have_a_column_of_their_own() -> None:
    page = table(
        [0.1, 0.2, 0.7, 0.85],
        ["序号", "文书名称", "页次", "备注"],
        ["1", "申请表", "1", ""],
        ["2", "拘留证", "2", "复印件"],
        ["3", "逮捕证", "3", "〃"],
        ["4", "起诉书", "4-6", ""],
    )
    assert remarks(page) == [("申请表", ""), ("拘留证", "复印件"), ("逮捕证", "复印件"), ("起诉书", "")]


def test_pages_and_remark_read_as_one() -> None:
    page = table(
        [0.1, 0.2, 0.7, 0.85],
        ["序号", "文书名称", "页次", "备注"],
        ["1", "申请表", "1", ""],
        ["2", "拘留证", "2-3复印件", ""],
    )
    assert read(page)[1] == ("2", "拘留证", 2, 3)
    assert remarks(page)[1] == ("拘留证", "复印件")


def test_as_above() -> None:
    page = table(
        [0.1, 0.2, 0.75],
        ["序号", "文书名称", "页次"],
        ["1", "会见笔录", "1-2"],
        ["2", "〃", "3-5"],
        ["3", "同上", "6"],
    )
    assert read(page) == [("1", "会见笔录", 1, 2), ("2", "会见笔录", 3, 5), ("3", "会见笔录", 6, 6)]


def test_dots_that_lead_to_the_page() -> None:
    page = table([0.1], ["1.申请表……………………………1"], ["2.审批表.............2-3"], ["3.起诉书…………4"])
    assert read(page) == [("1", "申请表", 1, 1), ("2", "审批表", 2, 3), ("3", "起诉书", 4, 4)]


def test_no_column_of_numbers() -> None:
    page = table([0.1, 0.75], ["材料名称", "页码"], ["申请表", "1"], ["审批表", "2-3"], ["起诉书", "4"])
    assert read(page) == [("", "申请表", 1, 1), ("", "审批表", 2, 3), ("", "起诉书", 4, 4)]


def test_no_headings_at_all() -> None:
    page = table([0.1, 0.2, 0.75], ["1", "申请表", "1"], ["2", "审批表", "2-3"], ["3", "起诉书", "4"])
    assert read(page) == [("1", "申请表", 1, 1), ("2", "审批表", 2, 3), ("3", "起诉书", 4, 4)]


def test_the_table_in_two_halves_side_by_side() -> None:
    page = table(
        [0.05, 0.12, 0.4, 0.52, 0.6, 0.9],
        ["序号", "文书名称", "页次", "序号", "文书名称", "页次"],
        ["1", "申请表", "1", "3", "起诉书", "4-5"],
        ["2", "审批表", "2-3", "4", "判决书", "6"],
    )
    assert read(page) == [
        ("1", "申请表", 1, 1),
        ("2", "审批表", 2, 3),
        ("3", "起诉书", 4, 5),
        ("4", "判决书", 6, 6),
    ]


def test_counts_of_pages_are_added_up() -> None:
    page = table(
        [0.1, 0.2, 0.75],
        ["序号", "文件名称", "页数"],
        ["1", "申请表", "1"],
        ["2", "审批表", "2"],
        ["3", "起诉书", "3"],
        ["4", "传票", "1"],
    )
    assert [row[2:] for row in read(page)] == [(1, 1), (2, 3), (4, 6), (7, 7)]


def test_a_column_called_page_count_may_number_pages_all_the_same() -> None:
    page = table(
        [0.1, 0.2, 0.75], ["序号", "文件名称", "页数"], ["1", "甲表", "1"], ["2", "乙表", "2"], ["3", "丙书", "5"]
    )
    assert [row[2:] for row in read(page)] == [(1, 1), (2, 2), (5, 5)]


def test_a_numbered_row_left_empty_is_a_row_and_the_forms_spare_ones_are_none() -> None:
    page = table(
        [0.1, 0.2, 0.75],
        ["序号", "文书名称", "页次"],
        ["1", "申请表", "1"],
        ["2", "", ""],
        ["3", "审批表", "3"],
        ["4", "起诉书", "4"],
        ["5", "", ""],
        ["6", "", ""],
    )
    assert read(page) == [("1", "申请表", 1, 1), ("2", "", None, None), ("3", "审批表", 3, 3), ("4", "起诉书", 4, 4)]
