"""Where a page carries dark ink that is no ruled line, in squares of about a third of a character.

Handwriting that nobody can read leaves no line of text behind. Whether a slot is empty can only be told from the ink.
"""

from __future__ import annotations

import base64

import cv2
import numpy as np

from pipeline.casefile import InkGrid
from pipeline.ocr.ink import Contrast, Mask
from pipeline.ocr.levels import histogram, percentile
from pipeline.ocr.shrink import halved

COLUMNS, ROWS = 128, 180
"""Squares across and down: about 1.6 mm of an A4 page."""
_CLEAR = round(0.12 * 255)
"""Contrast from which a reader would call it ink."""
_PALE, _LEAST, _MOST = 0.4, round(0.13 * 255), round(0.22 * 255)
"""What shines through from the other side is paler than that part of the page's dark ink; bounds of that contrast."""
_STROKE = 50
"""Of 255, from which half a square of ink at half the size is a stroke: hairlines of a pen are that thin."""
_RULE_THICK, _RULE_LONG, _RULE_GAP = 5, 17, 21
"""Ruled is, at half the size (1.7 pixels a millimetre), what is thinner and longer than the first two when gaps up to
the third are closed: a rule a little askew is read as a row of dashes. Writing closed up like that is thick."""
_INKED = 0.1
"""Share of a square that must be ink: a stroke across it has 0.3 and more, a speck of dust less than this."""
_BESIDE = np.array([[1, 0, 1], [1, 0, 1], [1, 0, 1]], np.uint8)


def ink_grid(page: Contrast) -> InkGrid:
    """Reduce a page's ink to a grid; takes about 1.5 ms."""
    levels = np.asarray(cv2.min(page.value, page.sheet), np.uint8)
    seen = np.asarray(cv2.threshold(levels, _CLEAR, 1, cv2.THRESH_BINARY)[1], np.uint8)
    dark = percentile(histogram(levels, seen), 90) if cv2.countNonZero(seen) else 255
    ink = cv2.threshold(levels, min(_MOST, max(_LEAST, round(_PALE * dark))), 255, cv2.THRESH_BINARY)[1]
    ink = cv2.threshold(halved(np.asarray(ink, np.uint8)), _STROKE, 255, cv2.THRESH_BINARY)[1]
    ruled = np.zeros_like(ink)
    for across in (True, False):
        joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, _bar(_RULE_GAP, across=across))
        thick = cv2.morphologyEx(joined, cv2.MORPH_OPEN, _bar(_RULE_THICK, across=not across))
        ruled |= cv2.morphologyEx(cv2.subtract(joined, thick), cv2.MORPH_OPEN, _bar(_RULE_LONG, across=across))
    ink = cv2.subtract(ink, cv2.dilate(ruled, np.ones((3, 3), np.uint8)))
    return packed(np.asarray(cv2.resize(ink, (COLUMNS, ROWS), interpolation=cv2.INTER_AREA), np.uint8))


def packed(shares: Mask) -> InkGrid:
    """Pack a picture of one pixel a square (0..255: how much of it is ink)."""
    rows, columns = shares.shape
    inked = (shares > 255 * _INKED).astype(np.uint8)
    # what is left of upright rules is one square wide; strokes that are written lean over or go on
    beside = cv2.filter2D(inked, -1, _BESIDE, borderType=cv2.BORDER_CONSTANT)
    bits = np.packbits((inked > 0) & (beside > 0))
    return InkGrid(columns, rows, base64.b64encode(bits.tobytes()).decode("ascii"))


def _bar(length: int, *, across: bool) -> Mask:
    return np.ones((1, length) if across else (length, 1), np.uint8)
