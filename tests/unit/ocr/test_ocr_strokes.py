"""Strokes through the entries of a table, and the lines that are none: rules, dashes, underlines, ticks, dots."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from drawn_table import BLUE, GLYPH, INK, LEFT, PITCH, TOP, Table, drawn

from pipeline.ocr.listing import level
from pipeline.ocr.strokes import strokes_through


def struck_rows(page: Table) -> list[int]:
    table = level(page.image, page.strips)
    assert table is not None
    return sorted({stroke.row for stroke in strokes_through(table)})


@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize("skew", [0.0, 1.2])
def test_a_table_in_order_has_none(ruled: bool, skew: float) -> None:
    assert struck_rows(drawn(14, ruled=ruled, skew=skew)) == []


@pytest.mark.parametrize("down", [-4, 0, 4])
@pytest.mark.parametrize("pen", [2, 5])
def test_an_entry_struck_through(down: int, pen: int) -> None:
    page = drawn(12)
    page.strike(4, "title", down=down, pen=pen)
    assert struck_rows(page) == [4]


def test_two_lines_through_an_entry() -> None:
    page = drawn(12)
    page.strike(4, "title", down=-4, pen=2)
    page.strike(4, "title", down=4, pen=2)
    assert struck_rows(page) == [4]


def test_a_part_of_an_entry_struck_through() -> None:
    page = drawn(12)
    page.strike(9, "title", start=0.4)
    assert struck_rows(page) == [9]


def test_a_line_that_rises() -> None:
    page = drawn(12)
    page.strike(6, "title", down=4, rise=8)
    assert struck_rows(page) == [6]


@pytest.mark.parametrize("text", ["17", "8", "23-24"])
def test_a_number_of_pages_struck_through(text: str) -> None:
    page = drawn(12, pages=["11", "12", text])
    page.strike(2, "pages", start=-0.3, end=1.4)
    assert struck_rows(page) == [2]


def test_rows_are_struck_each_by_itself() -> None:
    page = drawn(12)
    for row in (1, 2, 7):
        page.strike(row, "title")
    assert struck_rows(page) == [1, 2, 7]


def test_a_dash_between_numbers_is_none() -> None:
    assert struck_rows(drawn(12, pages=["1-2", "3-5", "6-8", "9-15", "16-20"])) == []


def test_a_long_dash_between_numbers_is_none() -> None:
    page = drawn(12, pages=["1", "2", "3", "4"])
    x, y = LEFT["pages"], TOP + 3 * PITCH
    page.write(3, "pages", "17", at=58)
    cv2.line(page.image, (x + 20, y), (x + 54, y), INK, 2)
    assert struck_rows(page) == []


def test_a_line_below_an_entry_is_none() -> None:
    page = drawn(12)
    page.strike(4, "title", down=GLYPH // 2 + 4)
    page.strike(7, "pages", down=GLYPH // 2 + 4)
    assert struck_rows(page) == []


def test_a_tick_behind_an_entry_is_none() -> None:
    page = drawn(12)
    right, y = page.places[3, "title"][2], TOP + 3 * PITCH
    tick = np.array([[right + 30, y], [right + 38, y + 12], [right + 64, y - 16]], np.int32)
    cv2.polylines(page.image, [tick], False, BLUE, 3, cv2.LINE_AA)
    assert struck_rows(page) == []


def test_dots_that_lead_to_the_pages_are_none() -> None:
    page = drawn(12, ruled=False)
    for row in range(12):
        for x in range(page.places[row, "title"][2] + 10, LEFT["pages"] - 10, 9):
            cv2.circle(page.image, (x, TOP + row * PITCH + 8), 1, INK, -1)
    assert struck_rows(page) == []


def test_a_line_through_an_empty_cell_is_none() -> None:
    page = drawn(12)
    x = LEFT["remark"]
    cv2.line(page.image, (x, TOP + 4 * PITCH), (x + 90, TOP + 4 * PITCH - 6), BLUE, 3, cv2.LINE_AA)
    assert struck_rows(page) == []


def test_a_long_tail_of_a_character_above_is_none() -> None:
    page = drawn(12)
    x = page.places[3, "title"][0] + 40
    cv2.line(page.image, (x, TOP + 3 * PITCH), (x - 20, TOP + 4 * PITCH + 5), BLUE, 3, cv2.LINE_AA)
    assert struck_rows(page) == []
