"""Cells in which the search found nothing: those that hold a lone digit, dust, a rule or nothing at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import cv2
import numpy as np
import pytest
from drawn_table import BORDERS, INK, LEFT, PITCH, TOP, Pixels, Table, drawn

from pipeline.ocr.cells import Cell, as_number, lost_cells, read_lost_cells
from pipeline.ocr.listing import Listing, level

Reading = tuple[str, float]


class Reader:
    """An engine that reads every crop as it is told to, and keeps what it was shown."""

    name = version = "told"

    def __init__(self, *readings: Reading) -> None:
        self.readings = list(readings)
        self.shown: list[Pixels] = []

    def recognise(self, crops: Sequence[Pixels]) -> list[Reading]:
        self.shown += crops
        return [self.readings.pop(0) if len(self.readings) > 1 else self.readings[0] for _ in crops]

    def detect(self, image: Pixels, side: int) -> list[Pixels]:
        return []

    def read(self, image: Pixels, side: int) -> tuple[()]:
        return ()


def table_with(draw: Callable[[Table], None], rows: int = 12) -> tuple[Listing, Table]:
    """A table of which the fifth row's page number was lost; `draw` puts something else in its cell."""
    page = drawn(rows)
    left, top, right, bottom = page.places[4, "pages"]
    page.image[top - 6 : bottom + 6, left - 6 : right + 6] = page.image[TOP + 10, LEFT["remark"]]
    page.strips = [s for s in page.strips if not (s.text == "15" and s.quad[0, 0] > 700)]
    draw(page)
    table = level(page.image, page.strips)
    assert table is not None
    return table, page


def number(text: str) -> Callable[[Table], None]:
    return lambda page: page.write(4, "pages", text, lost=True)


def cells(draw: Callable[[Table], None]) -> list[Cell]:
    return lost_cells(table_with(draw)[0])


def test_every_cell_of_a_table_that_was_read_is_taken() -> None:
    page = drawn(12)
    table = level(page.image, page.strips)
    assert table is not None
    assert lost_cells(table) == []


def test_a_digit_that_the_search_passed_over() -> None:
    (cell,) = cells(number("7"))
    assert (cell.number, cell.ones) == (True, 0)


@pytest.mark.parametrize(("strokes", "ones"), [(1, 1), (2, 2)])
def test_upright_strokes_are_ones(strokes: int, ones: int) -> None:
    def draw(page: Table) -> None:
        for n in range(strokes):
            x = LEFT["pages"] + 12 * n
            cv2.line(page.image, (x, TOP + 4 * PITCH - 10), (x, TOP + 4 * PITCH + 10), INK, 2)

    (cell,) = cells(draw)
    assert cell.ones == ones


def empty(page: Table) -> None:
    pass


def dust(page: Table) -> None:
    cv2.circle(page.image, (LEFT["pages"], TOP + 4 * PITCH), 1, INK, -1)


def leaning_rule(page: Table) -> None:
    x = BORDERS[3]
    cv2.line(page.image, (x + 14, TOP - PITCH), (x + 17, TOP + 9 * PITCH), INK, 2)


@pytest.mark.parametrize("draw", [empty, dust, leaning_rule])
def test_a_cell_that_holds_no_writing_is_empty(draw: Callable[[Table], None]) -> None:
    assert cells(draw) == []


def test_what_is_read_in_a_cell_is_a_strip_in_its_row() -> None:
    table, page = table_with(number("7"))
    strips, unread = read_lost_cells(Reader(("7", 0.9)), page.image, table)
    assert [(s.text, s.score) for s in strips] == [("7", 0.9)]
    assert table.row_of(table.around(strips[0].quad)) == 4
    assert not unread


def test_what_cannot_be_read_is_said_to_be_there() -> None:
    table, page = table_with(number("7"))
    strips, unread = read_lost_cells(Reader(("士", 0.4)), page.image, table)
    assert not strips
    assert len(unread) == 1


def test_a_lone_stroke_is_a_one_however_it_reads() -> None:
    def draw(page: Table) -> None:
        cv2.line(page.image, (LEFT["pages"], TOP + 4 * PITCH - 10), (LEFT["pages"], TOP + 4 * PITCH + 10), INK, 2)

    table, page = table_with(draw)
    strips, _ = read_lost_cells(Reader(("丨", 0.3)), page.image, table)
    assert [s.text for s in strips] == ["1"]


@pytest.mark.parametrize(
    ("readings", "text"),
    [
        ([("口", 0.6), ("2", 0.7), ("2", 0.8), ("Z", 0.5)], ["2"]),
        ([("口", 0.6), ("2", 0.4), ("2", 0.5), ("3", 0.9)], []),
        ([("口", 0.6), ("2", 0.9), ("3", 0.9), ("8", 0.9)], []),
        ([("口", 0.6), ("1", 0.9), ("1", 0.9), ("1", 0.9)], []),
    ],
    ids=["two agree", "they agree but badly", "none agrees", "a piece of a digit looks like a 1"],
)
def test_a_torn_digit_is_read_by_vote(readings: list[Reading], text: list[str]) -> None:
    table, page = table_with(number("2"))
    strips, unread = read_lost_cells(Reader(*readings), page.image, table)
    assert [s.text for s in strips] == text
    assert len(unread) == 1 - len(text)


def test_a_speck_beside_a_digit_is_not_shown_to_the_engine() -> None:
    def speckled(page: Table) -> None:
        number("7")(page)
        cv2.circle(page.image, (LEFT["pages"] - 6, TOP + 4 * PITCH - 8), 2, INK, -1)

    shown = []
    for draw in (number("7"), speckled):
        table, page = table_with(draw)
        reader = Reader(("7", 0.9))
        read_lost_cells(reader, page.image, table)
        shown.append(cv2.countNonZero((reader.shown[0][..., 0] < 128).astype(np.uint8)))
    assert shown[1] == pytest.approx(shown[0], rel=0.1)


@pytest.mark.parametrize(
    ("text", "plain"),
    [("17", "17"), ("1O", "10"), ("l|", "11"), ("3-5", "3-5"), ("七", ""), ("2021", ""), ("", ""), ("S", "")],
)
def test_numbers_of_pages(text: str, plain: str) -> None:
    assert as_number(text) == plain
