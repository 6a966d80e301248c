"""How far a fingerprint without colour reaches: the blot of stamped ink that the network's map shows there."""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.ocr.mark_net import Sight
from pipeline.ocr.rectangles import Rectangle, overlap

_STAMPED = 190
"""Chance (of 255) from which a place counts as stamped."""
_EDGE = 0.3
"""Squares of the map that such places fall short of the ink at their edge."""
_AROUND = 0.6
"""Part of a box's size around it in which its blot is looked for."""
_NEAR = 0.25
"""Overlap (intersection over union) that blot and box must have."""
_SHORTEST, _LONGEST, _SLIM = 6.0, 34.0, 2.4
"""Millimetres of a print's sides, and how much longer than wide it may be."""
_FULL = 0.45
"""Part of its rectangle that a print fills."""


def blot_at(sight: Sight, box: Rectangle, millimetre: float) -> Rectangle | None:
    """Find the blot of a finger's size and shape at a box (pixels of the page's contrast, as `millimetre` is)."""
    scale = sight.scale
    pad = _AROUND * max(box[2] - box[0], box[3] - box[1])
    height, width = sight.stamped.shape
    left, top = (max(0, int((side - pad) * scale)) for side in box[:2])
    right, bottom = min(width, int((box[2] + pad) * scale) + 1), min(height, int((box[3] + pad) * scale) + 1)
    part = (sight.stamped[top:bottom, left:right] >= _STAMPED).astype(np.uint8)
    if not part.any():
        return None
    stats = cv2.connectedComponentsWithStats(part, connectivity=8)[2][1:]
    best, most = None, _NEAR
    for x, y, wide, tall, area in stats.tolist():
        x0, y0, x1, y1 = left + x - _EDGE, top + y - _EDGE, left + x + wide + _EDGE, top + y + tall + _EDGE
        own = (x0 / scale, y0 / scale, x1 / scale, y1 / scale)
        short, long = sorted(side / scale / millimetre for side in (wide, tall))
        shaped = short >= _SHORTEST and long <= min(_LONGEST, _SLIM * short) and area >= _FULL * wide * tall
        if shaped and overlap(own, box) > most:
            best, most = own, overlap(own, box)
    return best
