"""Headings of a catalogue as forms print them: letters set far apart, what each column may be called."""

from __future__ import annotations

import pytest
from pages_builder import pages_of
from test_documents_contents import read, table

from pipeline.documents.contents import read_catalogue


def test_headings_with_their_letters_set_far_apart() -> None:
    page = table(
        [0.06, 0.2, 0.45, 0.53, 0.75, 0.86, 0.91],
        ["顺序号", "责任者", "题", "名", "页号", "备", "注"],
        ["1", "某市法律援助中心", "来访登记表", "", "1", "", ""],
        ["2", "苏某某", "法律援助申请表", "", "2-3", "复印件", ""],
        ["3", "某市人民法院", "传票", "", "4", "", ""],
    )
    assert read(page) == [("1", "来访登记表", 1, 1), ("2", "法律援助申请表", 2, 3), ("3", "传票", 4, 4)]
    assert read_catalogue(pages_of(page))[1].remark == "复印件"


def test_first_and_last_page_stay_two_columns() -> None:
    page = table(
        [0.1, 0.2, 0.7, 0.78],
        ["序号", "文件名称", "起", "止"],
        ["1", "委托书", "3", "4"],
        ["2", "代理词", "5", "9"],
    )
    assert read(page) == [("1", "委托书", 3, 4), ("2", "代理词", 5, 9)]


@pytest.mark.parametrize(
    "headings",
    [
        ["顺序号", "责任者", "名", "页号", "备注"],
        ["顺序号", "责任者", "题", "页号", "备注"],
        ["顺序号", "责任者", "", "页号", "备注"],
    ],
)
def test_the_heading_of_the_titles_may_be_lost(headings: list[str]) -> None:
    page = table(
        [0.06, 0.2, 0.45, 0.8, 0.9],
        headings,
        ["1", "某法律援助中心", "来访登记表", "1", ""],
        ["2", "苏某某", "法律援助申请表", "2-3", "原件"],
        ["3", "某人民法院", "传票", "4", ""],
    )
    assert read(page) == [("1", "来访登记表", 1, 1), ("2", "法律援助申请表", 2, 3), ("3", "传票", 4, 4)]


def test_letters_of_a_heading_at_both_ends_of_its_cell_are_one_column() -> None:
    page = table(
        [0.06, 0.2, 0.3, 0.6, 0.85],
        ["序号", "", "题", "名", "页次"],
        ["1", "法律援助申请人经济困难状况说明表", "", "", "1"],
        ["2", "审批表", "", "", "2-3"],
        ["3", "传票", "", "", "4"],
    )
    assert read(page) == [("1", "法律援助申请人经济困难状况说明表", 1, 1), ("2", "审批表", 2, 3), ("3", "传票", 4, 4)]
