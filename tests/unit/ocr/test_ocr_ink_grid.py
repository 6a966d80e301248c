"""The grid of ink on drawn pages: strokes are on it, rules and what shines through are not."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.casefile import Box, InkGrid
from pipeline.ocr.ink import contrast
from pipeline.ocr.ink_grid import COLUMNS, ROWS, ink_grid, packed

Pixels = NDArray[np.uint8]
HEIGHT, WIDTH = 2000, 1414
CELL = Box(0.3, 0.4, 0.6, 0.44)


@pytest.fixture
def paper() -> Pixels:
    return np.full((HEIGHT, WIDTH, 3), 240, np.uint8)


def place(x: float, y: float) -> tuple[int, int]:
    return round(x * WIDTH), round(y * HEIGHT)


def scribble(page: Pixels, box: Box, shade: int = 40) -> None:
    """A word as a pen writes it: strokes that lean and bend."""
    xs = np.linspace(box.x0 + 0.02, box.x1 - 0.02, 60)
    ys = box.centre[1] + 0.3 * box.height * np.sin(np.linspace(0, 25, 60))
    points = np.array([place(x, y) for x, y in zip(xs, ys, strict=True)], np.int32)
    cv2.polylines(page, [points], False, (shade, shade, shade), 4)


def grid_of(page: Pixels) -> InkGrid:
    return ink_grid(contrast(page))


def test_an_empty_page_has_no_ink(paper: Pixels) -> None:
    grid = grid_of(paper)
    assert (grid.columns, grid.rows) == (COLUMNS, ROWS)
    assert grid.count(Box(0, 0, 1, 1)) == 0


def test_writing_in_a_cell_is_ink_there_and_nowhere_else(paper: Pixels) -> None:
    scribble(paper, CELL)
    grid = grid_of(paper)
    assert grid.count(CELL) > 20
    assert grid.count(Box(0.3, 0.5, 0.6, 0.54)) == 0
    assert grid.count(CELL, [CELL.grown(0.01, 0.01)]) == 0


@pytest.mark.parametrize("skew", [0.0, 0.006, 0.02])
def test_rules_of_a_table_are_no_ink_though_they_lie_askew(paper: Pixels, skew: float) -> None:
    for x0, y0, x1, y1 in ((0.1, 0.4, 0.9, 0.4), (0.1, 0.45, 0.9, 0.45), (0.3, 0.35, 0.3, 0.6), (0.6, 0.35, 0.6, 0.6)):
        # leaning by one slope: level rules fall, upright ones lean
        lean = (0.0, skew * (x1 - x0)) if y0 == y1 else (skew * (y1 - y0), 0.0)
        cv2.line(paper, place(x0, y0), place(x1 + lean[0], y1 + lean[1]), (60, 60, 60), 3)
    assert grid_of(paper).count(Box(0.05, 0.3, 0.95, 0.65)) <= 2


def test_writing_on_an_underline_stays(paper: Pixels) -> None:
    scribble(paper, CELL)
    cv2.line(paper, place(0.3, 0.435), place(0.6, 0.435), (60, 60, 60), 2)
    assert grid_of(paper).count(CELL) > 20


def test_what_shines_through_is_no_ink_beside_black_print(paper: Pixels) -> None:
    scribble(paper, Box(0.1, 0.2, 0.9, 0.24), 20)
    scribble(paper, CELL, 205)
    assert grid_of(paper).count(CELL) == 0


def test_pale_writing_on_a_pale_page_is_ink(paper: Pixels) -> None:
    scribble(paper, Box(0.1, 0.2, 0.9, 0.24), 160)
    scribble(paper, CELL, 180)
    assert grid_of(paper).count(CELL) > 10


def test_columns_tell_where_a_line_has_room(paper: Pixels) -> None:
    scribble(paper, Box(0.3, 0.4, 0.42, 0.44))
    scribble(paper, Box(0.5, 0.4, 0.6, 0.44))
    columns = grid_of(paper).columns_inked(CELL)
    assert len(columns) == pytest.approx(0.3 * COLUMNS, abs=1)
    assert any(columns[2:14])
    assert not any(columns[17:24])
    assert any(columns[27:37])


def test_packing_keeps_every_square() -> None:
    picture = np.zeros((ROWS, COLUMNS), np.uint8)
    picture[10, 20:23] = 255
    picture[179, 126:128] = 255
    grid = packed(picture)
    assert grid.count(Box(0, 0, 1, 1)) == 5
    assert grid.count(Box(20 / COLUMNS, 10 / ROWS, 23 / COLUMNS, 11 / ROWS)) == 3
    assert grid.columns_inked(Box(0.5, 0.5, 0.5, 0.5)) == ()
