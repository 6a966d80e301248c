"""How much ink a page carries, and how dark: contrast against the paper around it, borders and punch holes apart."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.ocr.engine import Image

_SIDE = 1000
"""Long side at which statistics are taken; a stroke of body text is about two pixels wide here."""


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

    `value`: h x w, 0 = paper, 1 = black. `sheet`: h x w, where there is paper; scanner borders, the strip along the
    paper's edges and holes punched into the margin are none.
    """

    value: npt.NDArray[np.float32]
    sheet: npt.NDArray[np.bool_]


def contrast(image: Image, side: int = _SIDE) -> Contrast:
    """Compare a page with its paper, its long side reduced to at most `side` pixels."""
    height, width = image.shape[:2]
    scale = min(1.0, side / max(height, width))
    gray = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    if scale < 1:
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        gray = cv2.resize(gray, size, interpolation=cv2.INTER_AREA)
    smooth = cv2.medianBlur(gray, 3)
    ground = cv2.medianBlur(cv2.dilate(smooth, np.ones((9, 9), np.uint8)), 41).astype(np.float32)
    value = np.clip(1 - smooth / np.maximum(ground, 1), 0, 1).astype(np.float32)
    paper = (ground > 0.6 * float(np.percentile(ground, 90))).astype(np.uint8)
    edge = max(3, round(0.014 * max(gray.shape)))
    kernel = np.ones((2 * edge + 1, 2 * edge + 1), np.uint8)
    sheet = cv2.erode(paper, kernel, borderType=cv2.BORDER_CONSTANT, borderValue=0) > 0
    return Contrast(value, sheet & ~_holes(value))


def _holes(value: npt.NDArray[np.float32]) -> npt.NDArray[np.bool_]:
    """Round solid dark spots in the outer tenth of the page: punch holes and what is left of staples."""
    height, width = value.shape
    mask = np.zeros(value.shape, np.uint8)
    count, labels, stats, centres = cv2.connectedComponentsWithStats((value > 0.3).astype(np.uint8), connectivity=8)
    for i in range(1, count):
        _, _, across, down, area = stats[i]
        x, y = centres[i]
        margin = min(x, width - x) < 0.1 * width or min(y, height - y) < 0.08 * height
        round_ = 0.7 < across / max(1, down) < 1.4 and area > 0.65 * across * down
        if margin and round_ and 0.004 * width < across < 0.05 * width:
            mask[labels == i] = 1
    return np.asarray(cv2.dilate(mask, np.ones((5, 5), np.uint8)) > 0)


def measure(page: Contrast) -> Ink:
    """Ink statistics of a page (see `Ink`)."""
    value, sheet = page.value, page.sheet
    values = value[sheet]
    if values.size == 0:
        return Ink(0.0, 0.0, 0.0, 0.0)
    # a speck of dust is a few pixels and alone; ink comes in strokes
    strokes = cv2.morphologyEx((value > 0.15).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(strokes, connectivity=8)
    kept = np.zeros(count, bool)
    kept[1:] = stats[1:, cv2.CC_STAT_AREA] >= 6
    clear = kept[labels] & (value > 0.15)
    bare = values[values < 0.12]
    return Ink(
        faint=float((values > 0.08).mean()),
        clear=float(clear[sheet].mean()),
        dark=float((values > 0.35).mean()),
        grain=float(bare.std()) if bare.size else 0.0,
    )
