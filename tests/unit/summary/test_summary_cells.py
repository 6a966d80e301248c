"""Cells that stay texts, whatever stands in them: written, then opened again with another library."""

import io
import zipfile
from urllib.parse import unquote

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.summary import cells
from pipeline.summary.cells import Column, Link, SafeBook, Tinted, link_target, safe_text

FORMULAS = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "\t=1", "\r=1", "\n@x", " =1", "＝1", '=HYPERLINK("x")']


def book(tmp_path, rows, title="批次"):
    with SafeBook(tmp_path, title) as made:
        sheet = made.sheet("表", (Column("甲", 20), Column("乙", 20)), frozen=1)
        for row in rows:
            sheet.add(*row)
    return made.content()


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))["表"]


def part(content, name):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode("utf-8")


@pytest.mark.parametrize("text", FORMULAS)
def test_what_looks_like_a_formula_stays_a_text(tmp_path, text):
    content = book(tmp_path, [(text, Link(text, "a.html")), (Tinted(text, "high"), 1)])
    for cell in (*opened(content)["A"][1:], opened(content)["B"][1]):
        assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", safe_text(text), True)
    assert "<f>" not in part(content, "xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("text", FORMULAS)
def test_it_stays_one_when_another_program_saves_the_file_again(tmp_path, text):
    again = io.BytesIO()
    workbook = openpyxl.load_workbook(io.BytesIO(book(tmp_path, [(text, 1)])))
    workbook["表"]["A2"].data_type = "s"  # as a spreadsheet program keeps it
    workbook.save(again)
    cell = opened(again.getvalue())["A2"]
    assert (cell.value, cell.quotePrefix) == (safe_text(text), True)


def test_links_are_no_formulas_and_texts_are_no_links(tmp_path):
    sheet = opened(book(tmp_path, [("https://example.org", "mailto:x@y"), ("external:C:\\x", "0012")]))
    assert [cell.hyperlink for row in sheet.iter_rows() for cell in row] == [None] * 6
    assert sheet["B3"].value == "0012" and sheet["B3"].data_type == "s"


def test_what_acts_unseen_is_shown_and_what_no_xml_holds_is_replaced(tmp_path):
    nasty = "a\x00b\x1b[31m\ud800c\u202egpj.exe\ufffe\u2066"
    sheet = opened(book(tmp_path, [(nasty, "😀👩‍⚖️ 案 卷")]))
    assert sheet["A2"].value == "a\ufffdb\ufffd[31m\ufffdc\ufffdgpj.exe\ufffd\ufffd"
    assert sheet["B2"].value == "😀👩‍⚖️ 案 卷"


def test_the_escapes_of_the_format_are_escaped(tmp_path):
    """`_x003D_` would be read as `=`."""
    assert ">_x005F_x003D_1<" in part(book(tmp_path, [("_x003D_1", 1)]), "xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("text", ["卷" * 40_000, "😀" * 20_000, "x" * 32_768])
def test_a_text_too_long_for_a_cell_is_cut_and_says_so(tmp_path, text):
    value = opened(book(tmp_path, [(text, 1)]))["A2"].value
    assert len(value.encode("utf-16-le")) // 2 <= cells.TEXT_UNITS
    assert value.endswith(cells.CUT) and value.startswith(text[:16_000])
    assert safe_text("x" * cells.TEXT_UNITS) == "x" * cells.TEXT_UNITS


@pytest.mark.parametrize(
    "name", ["张三 #1 50%?.html", "a&b<c>\"d'.html", "甲[1]{2}^`.html", "\u202egpj.html", "😀.html"]
)
def test_links_lead_to_the_file_beside_the_workbook(tmp_path, name):
    [link] = [
        cell.hyperlink for cell in opened(book(tmp_path, [(Link("甲", f"cases_html/{name}"), 1)]))[2] if cell.hyperlink
    ]
    assert unquote(link.target) == f"cases_html/{name}"
    assert not set(link.target) & set(' #?"<>[]{}^`\\') and "\u202e" not in link.target
    assert link.target.split("/")[1].count("%25") == name.count("%")


def test_a_link_that_excel_would_not_take_is_a_text(tmp_path, monkeypatch):
    assert link_target("x" * 2080) is None
    monkeypatch.setattr(cells, "LINKS", 2)
    sheet = opened(
        book(tmp_path, [(Link("短", "a.html"), 1), (Link("长", "x" * 2080), 1), *[(Link("多", "b.html"), 1)] * 3])
    )
    assert [cell.hyperlink is not None for cell in sheet["A"][1:]] == [True, False, True, False, False]
    assert [cell.value for cell in sheet["A"][1:]] == ["短", "长", "多", "多", "多"]


def test_rows_beyond_what_a_sheet_holds_are_told(tmp_path, monkeypatch):
    monkeypatch.setattr(cells, "ROWS", 6)
    sheet = opened(book(tmp_path, [(str(number), number) for number in range(10)]))
    assert [cell.value for cell in sheet["A"]][-1] == "另有 6 行，超出工作表的容量，未列出"
    assert sheet.max_row == 6


def test_the_sheet_can_be_filtered_and_printed(tmp_path):
    sheet = opened(book(tmp_path, [("x", 1), ("y", 2)]))
    assert sheet.freeze_panes == "B2" and sheet.auto_filter.ref == "A1:B3"
    assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.paperSize == 9
    assert sheet.print_title_rows == "$1:$1" and sheet.page_setup.fitToHeight == 0
    assert sheet["B2"].data_type == "n" and sheet["A1"].font.bold


def test_the_same_rows_give_the_same_bytes_and_nothing_is_left_behind(tmp_path):
    rows = [(f"案{number}", number) for number in range(500)]
    assert book(tmp_path, rows) == book(tmp_path, rows)
    assert list(tmp_path.iterdir()) == []


def test_a_title_from_outside_does_no_harm(tmp_path):
    content = book(tmp_path, [], title="批\x00次<script>&" + "x" * 400)
    assert "批\ufffd次&lt;script&gt;&amp;" in part(content, "docProps/core.xml")
    assert opened(content).max_row == 1


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=40))
def test_any_text_survives_as_a_text(tmp_path_factory, text):
    cell = opened(book(tmp_path_factory.getbasetemp(), [(text, 1)]))["A2"]
    expected = safe_text(text)
    if "_x" not in expected:  # openpyxl does not undo the format's own escapes
        assert (cell.value or "") == expected
    assert cell.data_type == ("s" if expected else "n")


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    gone = tmp_path / "gone"
    with pytest.raises(OSError, match="gone"):
        book(gone, [("x", 1)])
    gone.mkdir()
    made = SafeBook(gone, "x")
    with pytest.raises(OSError, match="gone"), made:
        made.sheet("表", (Column("甲", 20),)).add("x")
        for path in gone.iterdir():
            path.unlink()
        gone.rmdir()


def test_what_goes_wrong_while_it_is_filled_is_told_and_leaves_nothing_behind(tmp_path):
    with pytest.raises(KeyError), SafeBook(tmp_path, "x") as made:
        made.sheet("表", (Column("甲", 20),)).add("x")
        raise KeyError("x")
    assert list(tmp_path.iterdir()) == []
