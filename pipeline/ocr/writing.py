"""What a page's image says of its writing before anybody reads it: how much there is, how dark, how sharp, how solid.

Ruled lines and the frames of tables are ink, but no writing, so they are taken out first. What is left is gathered
into rows; a row is about as many characters long as its length is times its height, whatever the scan is like. So
the image tells how much there would be to read, and what spoils it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.ocr.ink import Contrast
from pipeline.ocr.levels import histogram, percentile

Levels = npt.NDArray[np.uint8]
"""Height x width, 0 = paper, 255 = black; 0 where there is no paper."""

_CLEAR = 38
"""Level from which a reader would call it ink (15 %, as in `Ink.clear`)."""
_RULE_THICK, _RULE_LONG = 7, 41
"""A line thinner and longer than that (pixels of the reduced page) is ruled, not written."""
_GAP = 15
"""Gap between characters over which a row goes on: about one character of body text."""
_ROW_HIGH, _ROW_LOW = 45, 6
_ROW_LONG = 3
"""Length over height from which it is a row; shades of a photograph make rounder blots."""
_ROW_FILLED = (0.15, 0.9)
"""Share of ink in a row's box: grain has less, a bar has more."""
_ENOUGH = 50
"""Pixels of writing under which nothing is said of its sharpness."""


@dataclass(frozen=True, slots=True)
class Writing:
    """Writing as the image shows it.

    `ink`: share of the page under strokes that are no taller than a row (0..1). `characters`: how many characters its
    rows are long; a lower bound, since lone words and rows too faint to be seen do not count. `darkness`: how dark its
    darker strokes are (0..1, 1 = black; body text in order has 0.35 and more). `sharpness`: how steep the edges of the
    strokes are, in parts of their darkness a pixel of the reduced page, along the axis in which they are less steep
    (motion blurs one axis; text in order has 0.25 and more). `solidity`: share of ink in the boxes of the rows (0..1;
    0.3 to 0.6 in order, more where strokes run together).
    """

    ink: float
    characters: float
    darkness: float
    sharpness: float
    solidity: float


def look(page: Contrast) -> Writing:
    """Measure a page's writing; takes about 4 ms."""
    levels = np.asarray(cv2.min(page.value, page.sheet), np.uint8)
    mask = _written(levels)
    if cv2.countNonZero(mask) < _ENOUGH:
        return Writing(0.0, 0.0, 0.0, 0.0, 0.0)
    ink, boxes, filled = _rows(mask)
    darkness = max(1, _darker(levels, mask))
    around = cv2.dilate(mask, np.ones((3, 3), np.uint8))
    steep = min(
        _darker(cv2.absdiff(levels[:, 1:], levels[:, :-1]), around[:, 1:]),
        _darker(cv2.absdiff(levels[1:], levels[:-1]), around[1:]),
    )
    return Writing(
        ink=ink,
        characters=float((boxes[:, 2] / boxes[:, 3]).sum()),
        darkness=darkness / 255,
        sharpness=steep / darkness,
        solidity=float(np.median(filled)) if len(filled) else 0.0,
    )


def _written(levels: Levels) -> Levels:
    """Where there is ink that is no ruled line (0 or 1). A blurred row of text is long too, but it is thick."""
    ink = cv2.threshold(levels, _CLEAR, 1, cv2.THRESH_BINARY)[1]
    ruled = np.zeros_like(ink)
    for across in (True, False):
        thick = cv2.morphologyEx(ink, cv2.MORPH_OPEN, _bar(_RULE_THICK, across=not across))
        ruled |= cv2.morphologyEx(ink & ~thick, cv2.MORPH_OPEN, _bar(_RULE_LONG, across=across))
    return np.asarray(ink & ~cv2.dilate(ruled, np.ones((3, 3), np.uint8)), np.uint8)


def _rows(mask: Levels) -> tuple[float, npt.NDArray[np.int32], npt.NDArray[np.float64]]:
    """Share of the page under strokes that are no taller than a row; boxes of the rows; share of ink in each box."""
    joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, _bar(_GAP, across=True))
    boxes = cv2.connectedComponentsWithStats(joined, connectivity=8)[2][1:, :4]
    boxes = boxes[boxes[:, 3] <= _ROW_HIGH]
    left, top, right, bottom = boxes[:, 0], boxes[:, 1], boxes[:, 0] + boxes[:, 2], boxes[:, 1] + boxes[:, 3]
    sums = cv2.integral(mask)
    within = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
    filled = within / np.maximum(1, boxes[:, 2] * boxes[:, 3])
    kept = (boxes[:, 3] >= _ROW_LOW) & (boxes[:, 2] >= _ROW_LONG * boxes[:, 3])
    kept &= (filled >= _ROW_FILLED[0]) & (filled <= _ROW_FILLED[1])
    share = min(1.0, float(within.sum()) / mask.size)
    return share, np.asarray(boxes[kept], np.int32), np.asarray(filled[kept], np.float64)


def _bar(length: int, *, across: bool) -> Levels:
    return np.ones((1, length) if across else (length, 1), np.uint8)


def _darker(levels: npt.NDArray[Any], mask: Levels) -> int:
    """Give the level over which the uppermost tenth of the masked pixels lies."""
    return percentile(histogram(np.ascontiguousarray(levels, np.uint8), np.ascontiguousarray(mask)), 90)
