"""Lists that run on from one page to the next: a catalogue's second page names papers and is none."""

from __future__ import annotations

import pytest
from pages_builder import page_text, pages_of, spans
from test_documents_contents import table
from test_documents_forms import COVER
from test_documents_letters import ASSIGNMENT_OLD, DECISION, LETTER_TO_COURT

from pipeline.casefile import PageText
from pipeline.documents.listed import listed_rows, runs_on
from pipeline.documents.rows import rows_of

COLUMNS = [0.1, 0.2, 0.75]
FIRST = table(
    COLUMNS,
    ["序号", "文书名称", "页码"],
    ["1", "给予法律援助决定书", "1"],
    ["2", "指派通知书", "2"],
    ["3", "法律援助公函", "3"],
    ["4", "会见笔录", "4-6"],
)


def goes_on(*rows: list[str], first: PageText = FIRST) -> bool:
    page = table(COLUMNS, *rows, title="")
    return runs_on(rows_of(first.lines), rows_of(page.lines))


def test_rows_of_a_list_are_told_from_other_rows() -> None:
    found = listed_rows(rows_of(FIRST.lines))
    assert [(row.number, row.first) for row in found] == [(1, 1), (2, 2), (3, 3), (4, 4)]


@pytest.mark.parametrize(
    "rows",
    [
        [["5", "法律援助结案报告表", "7"]],
        [["5", "起诉书", "7-8"], ["6", "法律援助结案报告表", "9"]],
        [["", "起诉书", "7-8"], ["6", "法律援助结案报告表", "9"]],
        [["5.起诉书", "", "7-8"], ["6.结案报告表", "", "9"]],
        [["S", "起诉书", "7-8"], ["b", "判决书", "9"], ["", "结案报告表", "10"]],
    ],
)
def test_a_list_goes_on_where_its_numbers_do(rows: list[list[str]]) -> None:
    assert goes_on(*rows)


@pytest.mark.parametrize(
    "rows",
    [
        [["1", "劳动合同", "1"], ["2", "工资单", "2"]],
        [["9", "劳动合同", "1"], ["10", "工资单", "2"]],
        [["", "法律援助结案报告表", ""], ["", "某律师事务所", ""]],
        [["5", "起诉书", "7"], ["9", "判决书", "9"]],
        [["", "起诉书", "3"], ["", "判决书", "2"], ["", "传票", "1"]],
    ],
)
def test_another_list_does_not_go_on(rows: list[list[str]]) -> None:
    assert not goes_on(*rows)


def test_a_form_far_down_the_page_is_not_where_a_list_goes_on() -> None:
    body = [["", "某某县法律援助中心", ""]] * 5
    assert not goes_on(*body, ["5", "起诉书", "7"], ["6", "判决书", "8"])


def test_the_second_page_of_a_catalogue_is_none_of_the_papers_it_names() -> None:
    more = table(COLUMNS, ["5", "法律援助结案报告表", "7"], ["6", "送达回证", "8"], title="")
    found = spans(COVER, FIRST, more, DECISION, ASSIGNMENT_OLD, LETTER_TO_COURT)
    assert found[:3] == [("cover", 1, 1), ("file_catalogue", 2, 3), ("aid_decision", 4, 4)]


def test_a_blank_back_between_the_pages_of_a_catalogue_stays_blank() -> None:
    more = table(COLUMNS, ["5", "法律援助结案报告表", "7"], ["6", "送达回证", "8"], title="")
    found = spans(COVER, FIRST, PageText("blank"), more, DECISION)
    assert [kind for kind, _, _ in found[:4]] == ["cover", "file_catalogue", "blank_page", "file_catalogue"]


def test_a_list_of_evidence_behind_the_catalogue_is_one_of_its_own() -> None:
    evidence = page_text(
        """
# 证据目录
| 序号 | 证据名称 | 证明目的 | 页码
| 1 | 劳动合同 | 证明存在劳动关系 | 1-3
| 2 | 工资欠条 | 证明欠付工资的数额 | 4
"""
    )
    assert not runs_on(rows_of(FIRST.lines), rows_of(pages_of(evidence)[0].lines))
