"""Cutting strips and putting them into reading order."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from pipeline.ocr.engine import Image, Quad
from pipeline.ocr.lines import Strip, as_lines, cut, in_reading_order, read_strips, skew


def strip(text: str, x: float, y: float, width: float, height: float = 30, slope: float = 0.0) -> Strip:
    """A strip whose top left corner would lie at (x, y) on a level page."""
    tilt = np.array([[0, slope * x], [0, slope * (x + width)], [0, slope * (x + width)], [0, slope * x]])
    corners = np.array([[x, y], [x + width, y], [x + width, y + height], [x, y + height]]) + tilt
    return Strip(corners.astype(np.float32), text, 0.99)


def order(*strips: Strip) -> list[str]:
    return [s.text for s in in_reading_order(strips)]


@pytest.mark.parametrize("slope", [-0.03, 0.0, 0.03])
def test_rows_of_a_skewed_table_come_left_to_right(slope: float) -> None:
    rows = [
        strip(f"{row}{column}", 60 + 320 * column, 100 + 50 * row, 260, slope=slope)
        for row in range(6)
        for column in range(4)
    ]
    shuffled = [rows[i] for i in np.random.default_rng(2).permutation(len(rows))]
    assert order(*shuffled) == [s.text for s in rows]


def test_skew_needs_long_lines() -> None:
    assert skew([strip("短", 0, 50 * i, 60, slope=0.2) for i in range(9)]) == 0.0
    assert skew([strip("长", 0, 50 * i, 800, slope=0.02) for i in range(9)]) == pytest.approx(0.02, abs=1e-3)


def test_a_tall_cell_does_not_swallow_the_rows_beside_it() -> None:
    label = strip("本人声明", 50, 100, 60, height=90)
    beside = [strip(str(i), 200, 85 + 40 * i, 500) for i in range(3)]
    assert [t for t in order(label, *beside) if t != "本人声明"] == ["0", "1", "2"]


def test_lines_one_above_the_other_are_never_one_row() -> None:
    assert order(strip("下", 100, 112, 400), strip("上", 100, 100, 400)) == ["上", "下"]


def test_a_slightly_raised_signature_stays_in_its_row() -> None:
    assert order(strip("张三", 420, 92, 90, height=44), strip("签名：", 300, 100, 100)) == ["签名：", "张三"]


def test_lines_are_fractions_and_empty_ones_are_left_out() -> None:
    image = np.zeros((200, 400, 3), np.uint8)
    (line,) = as_lines([strip("字", 40, 20, 80, 40), strip("  ", 40, 120, 80, 40)], image)
    assert (line.box.x0, line.box.y0, line.box.x1, line.box.y1) == (0.1, 0.1, 0.3, 0.3)
    assert line.score == 0.99 and line.second is None


def test_cut_levels_a_turned_strip() -> None:
    image = np.full((200, 300, 3), 255, np.uint8)
    quad = np.array([[50, 60], [250, 90], [246, 120], [46, 90]], np.float32)
    crop = cut(image, quad)
    assert crop.shape[0] == pytest.approx(30, abs=1) and crop.shape[1] == pytest.approx(202, abs=1)


class _Shape:
    """Reads tall crops as a lone 一 when they are turned and as the digit 1 when they stand, and lines when turned."""

    name = version = "shape"

    def __init__(self, quads: Sequence[Quad], lying: bool) -> None:
        self.quads, self.lying = list(quads), lying

    def detect(self, image: Image, side: int) -> list[Quad]:
        return self.quads

    def recognise(self, crops: Sequence[Image]) -> list[tuple[str, float]]:
        upright = ("I", 0.5) if self.lying else ("1", 0.95)
        turned = ("会见笔录", 0.97) if self.lying else ("一", 0.96 - 0.05)
        return [upright if c.shape[0] > c.shape[1] else turned for c in crops]


@pytest.mark.parametrize(("lying", "text"), [(False, "1"), (True, "会见笔录")])
def test_tall_strips_are_read_both_ways(lying: bool, text: str) -> None:
    quad = np.array([[10, 10], [22, 10], [22, 50], [10, 50]], np.float32)
    (read,) = read_strips(_Shape([quad], lying), np.zeros((80, 80, 3), np.uint8), 960)  # type: ignore[arg-type]
    assert read.text == text
