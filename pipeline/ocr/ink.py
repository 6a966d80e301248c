"""How much ink a page carries, and how dark: contrast against the paper around it, borders and punch holes apart."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.ocr.engine import Image
from pipeline.ocr.levels import histogram, percentile
from pipeline.ocr.shrink import halved, shrunk

Mask = npt.NDArray[np.uint8]
"""Height x width, 0 or 255."""

_SIDE = 1000
"""Long side at which statistics are taken; a stroke of body text is about two pixels wide here."""
_GROUND = 8
"""By how much smaller still the paper around is looked at; a median over five such squares spans four characters."""
_FAINT, _BARE, _CLEAR, _HOLE, _DARK = (round(255 * part) for part in (0.08, 0.12, 0.15, 0.30, 0.35))
_FRAY = 2
"""Pixels around a hole that are its frayed edge."""
_SPECK, _ALONE = 6, 7
"""Fewer pixels of clear ink than the first in a square of that many pixels a side are dust: ink comes in strokes."""


@dataclass(frozen=True, slots=True)
class Ink:
    """Shares of the paper's area (0..1) that are darker than the paper around by some part of its brightness.

    `faint`: by 8 % or more (show-through, grain, ink); `clear`: by 15 % or more (what a reader would call ink);
    `dark`: by 35 % or more (print in good order). `grain` is the standard deviation of the bare paper (0..1).
    """

    faint: float
    clear: float
    dark: float
    grain: float


@dataclass(frozen=True, slots=True, eq=False)
class Contrast:
    """A page reduced to how much darker than the paper around it each place is.

    `value`: h x w, 0 = paper, 255 = black. `sheet`: h x w, 255 where there is paper; scanner borders, the strip along
    the paper's edges and holes punched into the margin are none (0).
    """

    value: npt.NDArray[np.uint8]
    sheet: Mask


def contrast(image: Image, side: int = _SIDE) -> Contrast:
    """Compare a page with its paper, its long side reduced to at most `side` pixels."""
    scale = min(1.0, side / max(image.shape[:2]))
    height, width = (max(1, round(length * scale)) for length in image.shape[:2])
    near = image
    while near.shape[0] >= 2 * height and near.shape[1] >= 2 * width:
        near = halved(near)
    gray = shrunk(np.asarray(cv2.cvtColor(near, cv2.COLOR_RGB2GRAY), np.uint8), (width, height))
    smooth = cv2.medianBlur(gray, 3)
    # the paper around changes slowly: its median is taken on a small picture of it, which costs a tenth
    bright = cv2.dilate(smooth, np.ones((9, 9), np.uint8))
    small = cv2.resize(bright, (max(1, width // _GROUND), max(1, height // _GROUND)), interpolation=cv2.INTER_LINEAR)
    small = np.asarray(cv2.medianBlur(small, 5), np.uint8)
    usual = percentile(histogram(small), 90)
    ground = cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR)
    value = 255 - cv2.divide(smooth, cv2.max(ground, 1), scale=255)
    paper = cv2.threshold(ground, 0.6 * usual, 255, cv2.THRESH_BINARY)[1]
    edge = max(3, round(0.014 * max(height, width)))
    kernel = np.ones((2 * edge + 1, 2 * edge + 1), np.uint8)
    sheet = cv2.erode(paper, kernel, borderType=cv2.BORDER_CONSTANT, borderValue=0)
    _take_out_holes(sheet, value)
    return Contrast(value, np.asarray(sheet, np.uint8))


def _take_out_holes(sheet: Mask, value: npt.NDArray[np.uint8]) -> None:
    """Strike round solid dark spots in the outer tenth of the page: punch holes and what is left of staples."""
    height, width = value.shape
    dark = cv2.threshold(value, _HOLE, 255, cv2.THRESH_BINARY)[1]
    # what reaches into the text is no hole; left out, it costs no search
    side, head = round(0.15 * width), round(0.13 * height)
    dark[head : height - head, side : width - side] = 0
    for outline in cv2.findContours(dark, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]:
        left, top, across, down = cv2.boundingRect(outline)
        if not (0.004 * width < across < 0.05 * width and 0.7 * down < across < 1.4 * down):
            continue
        x, y = left + across / 2, top + down / 2
        margin = min(x, width - x) < 0.1 * width or min(y, height - y) < 0.08 * height
        if margin and cv2.countNonZero(dark[top : top + down, left : left + across]) > 0.65 * across * down:
            cv2.drawContours(sheet, [outline], -1, 0, cv2.FILLED)
            cv2.drawContours(sheet, [outline], -1, 0, 2 * _FRAY + 1)


def measure(page: Contrast) -> Ink:
    """Ink statistics of a page (see `Ink`)."""
    counts = histogram(page.value, page.sheet)
    total = float(counts.sum())
    if total == 0:
        return Ink(0.0, 0.0, 0.0, 0.0)
    clear = cv2.threshold(page.value, _CLEAR, 1, cv2.THRESH_BINARY)[1]
    around = cv2.boxFilter(clear, cv2.CV_8U, (_ALONE, _ALONE), normalize=False, borderType=cv2.BORDER_CONSTANT)
    strokes = cv2.bitwise_and(clear, cv2.compare(around, _SPECK, cv2.CMP_GE))
    levels = np.arange(_BARE)
    bare = counts[:_BARE]
    mean = float(bare @ levels) / max(1.0, float(bare.sum()))
    spread = float(bare @ (levels - mean) ** 2) / max(1.0, float(bare.sum()))
    return Ink(
        faint=float(counts[_FAINT + 1 :].sum()) / total,
        clear=cv2.countNonZero(cv2.bitwise_and(strokes, page.sheet)) / total,
        dark=float(counts[_DARK + 1 :].sum()) / total,
        grain=spread**0.5 / 255,
    )
