"""Pen strokes that no line of text covers: image rules on the size and density of what is left of a page's ink."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.ocr.colour import Mask
from pipeline.ocr.ink import Contrast
from pipeline.ocr.rectangles import Rectangle
from pipeline.ocr.shrink import halved

_LONG_SIDE_MM = 297.0
_PEN_INK = round(0.25 * 255)
"""Contrast from which ink counts as a pen's: show-through is paler."""


@dataclass(frozen=True, slots=True)
class Strokes:
    """Pen strokes: rectangle in pixels of the page's contrast, score 0..1, whether they are mostly blue."""

    box: Rectangle
    score: float
    blue: bool


def loose_strokes(
    contrast: Contrast, red: Mask, blue: Mask, lines: Sequence[Rectangle], known: Sequence[Rectangle]
) -> list[Strokes]:
    """Find pen strokes, as a signature is that the search did not take for text.

    All in pixels of `contrast`: coloured ink (0 or 255), `lines` of text, and `known`, marks told already; nothing is
    looked for inside the latter two. Conservative: red ink, rulings, specks and large pictures are no pen; the strokes
    must be as big as a signature.
    """
    bare = contrast.sheet.copy()
    for left, top, right, bottom in lines:
        bare[max(0, int(top)) : int(bottom) + 1, max(0, int(left)) : int(right) + 1] = 0
    pen = cv2.bitwise_and(cv2.threshold(contrast.value, _PEN_INK, 255, cv2.THRESH_BINARY)[1], bare)
    if cv2.countNonZero(red):
        pen = cv2.subtract(pen, cv2.dilate(red, np.ones((5, 5), np.uint8)))
    for left, top, right, bottom in known:
        pen[max(0, round(top)) : round(bottom), max(0, round(left)) : round(right)] = 0
    # half the size is enough to see strokes and rulings, at a quarter of the cost
    ink, blue, scale = halved(np.asarray(pen, np.uint8)), halved(blue), 2
    millimetre = max(ink.shape) / _LONG_SIDE_MM
    reach = max(5, round(14 * millimetre))
    for kernel in (np.ones((1, reach), np.uint8), np.ones((reach, 1), np.uint8)):
        rulings = cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel)
        ink = np.asarray(cv2.subtract(ink, cv2.dilate(rulings, np.ones((3, 3), np.uint8))), np.uint8)
    size = max(2, round(2.5 * millimetre))
    inked = cv2.threshold(ink, 0, 255, cv2.THRESH_BINARY)[1]
    joined = cv2.morphologyEx(inked, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    if cv2.countNonZero(joined) < 12 * millimetre**2:
        return []
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    found = []
    for i in range(1, count):
        x, y, width, height, _ = (int(v) for v in stats[i])
        if not (9 <= width / millimetre <= 70 and 4 <= height / millimetre <= 28 and width > 0.8 * height):
            continue
        window = (slice(y, y + height), slice(x, x + width))
        body = (labels[window] == i).astype(np.uint8)
        strokes = cv2.mean(ink[window], body)[0] / 255 * cv2.countNonZero(body)
        fill = strokes / (width * height)
        if 0.06 <= fill <= 0.5 and strokes > 12 * millimetre**2:
            box = (x * scale, y * scale, (x + width) * scale, (y + height) * scale)
            is_blue = cv2.countNonZero(blue[window]) > 0.3 * strokes
            found.append(Strokes(box, round(min(1.0, 0.5 + fill), 3), is_blue))
    return found
