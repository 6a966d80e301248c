"""The ledger of a round in Excel."""

import io

import openpyxl
from test_summary_opinion import NASTY, case

from pipeline.summary.opinion import Decided
from pipeline.summary.review_ledger import Reviewed, write_ledger

URL = "http://127.0.0.1:8000/r/00/c/11"


def opened(tmp_path, *reviewed):
    return openpyxl.load_workbook(io.BytesIO(write_ledger("一批", reviewed, tmp_path)))


def rows(sheet):
    head, *rest = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rest]


def test_a_file_and_what_was_decided_on_it(tmp_path):
    decided = {"k1": [Decided("甲", "成立", "问题属实", "注"), Decided("乙", "不成立", "有合法理由或例外")]}
    book = opened(tmp_path, Reviewed(case(), URL, decided, ["甲"]))
    (row,) = rows(book["案卷"])
    assert (row["案卷"], row["高"], row["成立"], row["不成立"], row["未判断"]) == ("A001", 1, 1, 1, 0)
    assert row["已完成的评估员"] == "甲"
    first, second = rows(book["评查意见"])
    assert (first["评估员"], first["意见"], first["理由"], first["备注"]) == ("甲", "成立", "问题属实", "注")
    assert (second["评估员"], second["意见"]) == ("乙", "不成立")
    assert book["案卷"]["A2"].hyperlink.target == URL


def test_what_nobody_decided_is_listed(tmp_path):
    (row,) = rows(opened(tmp_path, Reviewed(case(), URL, {}, []))["评查意见"])
    assert row["意见"] == "未判断" and row["评估员"] is None


def test_no_cell_is_a_formula_whatever_stands_in_it(tmp_path):
    finding = case()["findings"][0] | {"message": NASTY, "title": f"+{NASTY}"}
    hostile = case(case_id=NASTY, people={"recipient": f"@{NASTY}", "lawyer": "-1+1"}, findings=[finding])
    book = opened(tmp_path, Reviewed(hostile, URL, {"k1": [Decided(f"={NASTY}", "成立", "", NASTY)]}, [NASTY]))
    for sheet in book:
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                assert cell.data_type in ("s", "n") and (cell.data_type == "n" or cell.quotePrefix), cell.coordinate


def test_a_link_leads_to_the_desk_or_nowhere(tmp_path):
    book = opened(tmp_path, Reviewed(case(), "javascript:alert(1)", {}, []))
    assert book["案卷"]["A2"].hyperlink is None and book["案卷"]["A2"].value == "A001"
