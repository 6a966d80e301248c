"""The file's own catalogue where it is hard to read: unread entries, leaning pages, entries struck out or changed."""

from __future__ import annotations

import base64
from dataclasses import replace

import pytest
from pages_builder import pages_of
from test_documents_contents import read, table

from pipeline.casefile import Box, InkGrid, Line, Mark, PageText
from pipeline.documents.contents import read_catalogue


def test_a_turned_pair_of_ones_is_eleven() -> None:
    page = table(
        [0.1, 0.2, 0.75],
        ["序号", "文书名称", "页次"],
        ["1", "申请表", "9"],
        ["2", "审批表", "10"],
        ["3", "起诉书", "二"],
    )
    assert read(page)[2] == ("3", "起诉书", 11, 11)


def test_a_number_that_nobody_could_read_is_no_part_of_the_title() -> None:
    page = table(
        [0.1, 0.2, 0.75],
        ["序号", "文书名称", "页次"],
        ["9", "申请表", "9"],
        ["ro", "审批表", "10"],
        ["11", "起诉书", "11"],
    )
    assert read(page)[1] == ("", "审批表", 10, 10)


def leaning(page: PageText, slope: float) -> PageText:
    """The page scanned askew: rows climb, and columns lean as much."""

    def turned(line: Line) -> Line:
        across, down = line.box.centre
        left = line.box.x0 - slope * (down - 0.5) * 2**0.5
        top = line.box.y0 + slope * (across - 0.5) / 2**0.5
        return Line(line.text, Box(left, top, left + line.box.width, top + line.box.height), line.score)

    return PageText("scanned", 0, tuple(turned(line) for line in page.lines))


@pytest.mark.parametrize("slope", [-0.04, 0.03])
def test_a_page_scanned_askew(slope: float) -> None:
    rows = [[str(n), "法律援助协议", str(n), "复印件" if n % 3 == 0 else ""] for n in range(1, 24)]
    page = table([0.12, 0.17, 0.66, 0.74], ["序号", "文书名称", "页次", "备注"], *rows)
    found = read(leaning(page, slope))
    assert found == [(str(n), "法律援助协议", n, n) for n in range(1, 24)]


def struck(line: Line, start: float = 0.0, end: float = 1.0, text: str = "") -> Mark:
    """A stroke through a part of a line."""
    part = line.box.part(start, end)
    return Mark("struck", Box(part.x0, part.y0 + 0.2 * part.height, part.x1, part.y1 - 0.2 * part.height), "blue", text)


def altered(page: PageText, *marks: Mark) -> PageText:
    return PageText("scanned", 0, page.lines, marks)


def line_of(page: PageText, text: str) -> Line:
    return next(line for line in page.lines if line.text == text)


ALTERED = table(
    [0.1, 0.2, 0.75],
    ["序号", "文书名称", "页次"],
    ["1", "申请表", "1"],
    ["2", "审批表起诉意见书", "2-3"],
    ["3", "拘留证", "4"],
    ["4", "逮捕证", "8 5"],
    ["5", "传票", "6"],
)


def test_what_was_written_instead_counts() -> None:
    page = altered(ALTERED, struck(line_of(ALTERED, "审批表起诉意见书"), 0, 3 / 8))
    assert read(page)[1] == ("2", "起诉意见书", 2, 3)


def test_a_correction_that_repeats_the_entry_is_read_from_the_entry() -> None:
    page = table([0.1, 0.2, 0.75], ["序号", "文书名称", "页次"], ["1", "给予决定书给子决定", "1"], ["2", "传票", "2"])
    long = line_of(page, "给予决定书给子决定")
    assert read(altered(page, struck(long, 0, 5 / 9)))[0] == ("1", "给予决定书", 1, 1)


def test_a_row_struck_out_with_nothing_instead_is_no_row() -> None:
    marks = struck(line_of(ALTERED, "拘留证")), struck(line_of(ALTERED, "4"))
    page = PageText("scanned", 0, tuple(line for line in ALTERED.lines if line.text != "4"), marks[:1])
    assert "拘留证" not in [row[1] for row in read(page)]


def test_the_page_written_beside_a_struck_one_counts() -> None:
    page = altered(ALTERED, struck(line_of(ALTERED, "8 5"), 0, 0.4))
    assert read(page)[3] == ("4", "逮捕证", 5, 5)


def test_what_stands_below_a_stroke_is_read_where_nothing_was_written_instead() -> None:
    page = altered(ALTERED, struck(line_of(ALTERED, "6"), text="16"))
    assert read(page)[4] == ("5", "传票", 16, 16)


def test_struck_pages_that_no_line_covers() -> None:
    lines = tuple(line for line in ALTERED.lines if line.text != "6")
    page = PageText("scanned", 0, lines, (struck(line_of(ALTERED, "6"), text="6"),))
    assert read(page)[4] == ("5", "传票", 6, 6)


def test_an_empty_cell_with_ink_that_nobody_could_read_is_unread() -> None:
    lines = tuple(line for line in ALTERED.lines if line.text != "6")
    box = line_of(ALTERED, "6").box
    unread = read_catalogue(pages_of(PageText("scanned", 0, lines, (Mark("ink", box, "black"),))))
    empty = read_catalogue(pages_of(PageText("scanned", 0, lines)))
    assert [row.unread for row in unread] == [False, False, False, False, True]
    assert not any(row.unread for row in empty)


def inked(*boxes: Box) -> InkGrid:
    """Ink in every square of these boxes."""
    columns, rows = 128, 180
    bits = bytearray(columns * rows // 8)
    for box in boxes:
        for y in range(int(box.y0 * rows), int(box.y1 * rows) + 1):
            for x in range(int(box.x0 * columns), int(box.x1 * columns) + 1):
                square = y * columns + x
                bits[square // 8] |= 128 >> square % 8
    return InkGrid(columns, rows, base64.b64encode(bytes(bits)).decode())


def test_ink_where_the_search_for_text_found_no_line_is_unread() -> None:
    page = table(
        [0.1, 0.2, 0.75],
        ["序号", "文书名称", "页次"],
        ["1", "申请表", "1"],
        ["2", "审批表", "2"],
        ["3", "", "3"],
        ["4", "传票", ""],
    )
    title, digit = Box(0.21, 0.232, 0.34, 0.248), Box(0.752, 0.262, 0.764, 0.278)
    seen = read_catalogue(pages_of(replace(page, ink=inked(title, digit))))
    assert [row.unread for row in seen] == [False, False, True, True]
    bare = read_catalogue(pages_of(replace(page, ink=inked())))
    assert not any(row.unread for row in bare)


def test_what_is_left_of_a_ruled_edge_is_no_writing() -> None:
    page = table(
        [0.1, 0.2, 0.75], ["序号", "文书名称", "页次"], ["1", "申请表", "1"], ["2", "审批表", ""], ["3", "传票", "3"]
    )
    edge = Box(0.7, 0.14, 0.7, 0.3)
    rows = read_catalogue(pages_of(replace(page, ink=inked(edge))))
    assert not any(row.unread for row in rows)
