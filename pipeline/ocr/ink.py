"""How much ink a page carries, and how dark: contrast against the paper around it, borders and punch holes apart."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.ocr.engine import Image
from pipeline.ocr.levels import histogram, percentile
from pipeline.ocr.shrink import shrunk

Mask = npt.NDArray[np.uint8]
"""Height x width, 0 or 255."""

_SIDE = 1000
"""Long side at which statistics are taken; a stroke of body text is about two pixels wide here."""
_GROUND = 5
"""By how much the paper around is looked at smaller still, and the side of its median there (about 25 pixels)."""
_FAINT, _BARE, _CLEAR, _HOLE, _DARK = (round(255 * part) for part in (0.08, 0.12, 0.15, 0.30, 0.35))
_SPECK = 6
"""Area in pixels under which a spot is dust: ink comes in strokes."""


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
    gray = shrunk(np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), np.uint8), (width, height))
    smooth = cv2.medianBlur(gray, 3)
    # the paper around changes slowly: its median is taken on a small picture of it, which costs a tenth
    bright = cv2.dilate(smooth, np.ones((9, 9), np.uint8))
    small = cv2.resize(bright, (max(1, width // _GROUND), max(1, height // _GROUND)), interpolation=cv2.INTER_LINEAR)
    ground = cv2.resize(cv2.medianBlur(small, 9), (width, height), interpolation=cv2.INTER_LINEAR)
    value = 255 - cv2.divide(smooth, cv2.max(ground, 1), scale=255)
    usual = percentile(histogram(ground), 90)
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
    _, labels, stats, centres = cv2.connectedComponentsWithStats(dark, connectivity=8)
    left, top, across, down, area = stats.T
    x, y = centres.T
    margin = (np.minimum(x, width - x) < 0.1 * width) | (np.minimum(y, height - y) < 0.08 * height)
    even = (across > 0.7 * down) & (across < 1.4 * down) & (area > 0.65 * across * down)
    found = margin & even & (across > 0.004 * width) & (across < 0.05 * width)
    for i in np.flatnonzero(found[1:]) + 1:
        rows = slice(max(0, top[i] - 2), top[i] + down[i] + 2)
        columns = slice(max(0, left[i] - 2), left[i] + across[i] + 2)
        hole = (labels[rows, columns] == i).astype(np.uint8)
        sheet[rows, columns][cv2.dilate(hole, np.ones((5, 5), np.uint8)) > 0] = 0


def measure(page: Contrast) -> Ink:
    """Ink statistics of a page (see `Ink`)."""
    counts = histogram(page.value, page.sheet)
    total = float(counts.sum())
    if total == 0:
        return Ink(0.0, 0.0, 0.0, 0.0)
    strokes = cv2.threshold(page.value, _CLEAR, 255, cv2.THRESH_BINARY)[1]
    strokes = cv2.morphologyEx(strokes, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    _, _, stats, centres = cv2.connectedComponentsWithStats(strokes, connectivity=8)
    specks = np.flatnonzero(stats[:, cv2.CC_STAT_AREA] < _SPECK)
    x, y = np.rint(centres[specks]).astype(int).T
    dust = float(stats[specks, cv2.CC_STAT_AREA][page.sheet[y, x] > 0].sum())
    levels = np.arange(_BARE)
    bare = counts[:_BARE]
    mean = float(bare @ levels) / max(1.0, float(bare.sum()))
    spread = float(bare @ (levels - mean) ** 2) / max(1.0, float(bare.sum()))
    return Ink(
        faint=float(counts[_FAINT + 1 :].sum()) / total,
        clear=max(0.0, float(counts[_CLEAR + 1 :].sum()) - dust) / total,
        dark=float(counts[_DARK + 1 :].sum()) / total,
        grain=spread**0.5 / 255,
    )
