"""Two like strokes that were read as one."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.ocr.lines import Strip
from pipeline.ocr.ones import doubt_lone_ones, upright_strokes

Pixels = NDArray[np.uint8]


def slot(strokes: int) -> Pixels:
    """A line with four broad characters, then upright strokes, then two more broad characters."""
    line = np.full((60, 420, 3), 245, np.uint8)
    x = 12
    for _ in range(4):
        cv2.ellipse(line, (x + 16, 30), (14, 20), 0, 0, 360, (30, 30, 30), 4)
        x += 44
    for _ in range(strokes):
        cv2.line(line, (x + 4, 12), (x + 8, 48), (40, 40, 90), 4, cv2.LINE_AA)
        x += 18
    for left in (x + 20, x + 80):
        cv2.rectangle(line, (left, 12), (left + 30, 48), (30, 30, 30), 3)
        cv2.line(line, (left, 30), (left + 30, 30), (30, 30, 30), 3)
    return line


def read(text: str, second: str | None = None) -> Strip:
    quad = np.array([[0, 0], [420, 0], [420, 60], [0, 60]], np.float32)
    return Strip(quad, text, 0.98, text if second is None else second, 0.97)


@pytest.mark.parametrize("strokes", [0, 1, 2])
def test_counts_upright_strokes_only(strokes: int) -> None:
    assert upright_strokes(slot(strokes)) == strokes


@pytest.mark.parametrize(
    ("text", "other"),
    [("2022年1月8日", "2022年11月8日"), ("2022年 1 月8日", "2022年 11 月8日"), ("2022年8月1日", "2022年8月11日")],
)
def test_a_stroke_too_many_makes_the_date_doubtful(text: str, other: str) -> None:
    doubted = doubt_lone_ones(read(text), slot(2))
    assert (doubted.text, doubted.second) == (text, other)
    assert doubted.second_score is not None and doubted.second_score < 0.9


@pytest.mark.parametrize(
    ("text", "strokes"),
    [
        ("2022年1月8日", 1),
        ("2022年11月8日", 2),
        ("2022年10月8日", 2),
        ("本院受理后，被告人于2022年1月8日由公安机关移送起诉", 2),
    ],
)
def test_dates_that_say_what_stands_there_are_left_alone(text: str, strokes: int) -> None:
    strip = read(text)
    assert doubt_lone_ones(strip, slot(strokes)) is strip
