"""Which way up a page lies, by evidence from reading it.

Nearly all pages are upright and read well at once: for them nothing more is done. Tall strips tell a page that lies on
its side, before it is read at all; a poor score tells one that stands on its head. Either way the longest strips are
read both ways, and the page is turned only when that is clearly better.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from pipeline.ocr.engine import Engine, Image, Quad
from pipeline.ocr.lines import Strip, cut

Rotation = Literal[0, 90, 180, 270]

_SAMPLE = 12
"""Strips that are read both ways; the longest ones, because their scores mean most."""
_READS_WELL = 0.90
"""Mean score of the sample above which a page with wide strips is taken as upright without more ado."""


def turned(image: Image, rotation: Rotation) -> Image:
    """Turn the image clockwise by `rotation` degrees."""
    return np.ascontiguousarray(np.rot90(image, -(rotation // 90))) if rotation else image


def lies_on_its_side(engine: Engine, image: Image, quads: Sequence[Quad], gain: float) -> Rotation:
    """Degrees clockwise by which a page whose lines run up or down must be turned to be upright; 0 for others.

    `gain`: by how much the mean score (0..1) of the turned sample must be better than that of the page as it lies.
    """
    sizes = [(float(np.linalg.norm(q[1] - q[0])), float(np.linalg.norm(q[3] - q[0]))) for q in quads]
    tall = sum(height for length, height in sizes if height >= 2 * length)
    wide = sum(length for length, height in sizes if length >= 2 * height)
    if tall <= wide:
        return 0
    upended = [(height, quad) for (length, height), quad in zip(sizes, quads, strict=True) if height > length]
    longest = sorted(upended, key=lambda pair: -pair[0])[:_SAMPLE]
    crops = [cut(image, quad) for _, quad in longest]
    # A line that runs upwards is level after a clockwise turn, one that runs downwards after the other turn.
    clockwise = _mean(engine.recognise([turned(c, 90) for c in crops]))
    counter = _mean(engine.recognise([turned(c, 270) for c in crops]))
    best: Rotation = 90 if clockwise > counter else 270
    return best if max(clockwise, counter) >= _mean(engine.recognise(crops)) + gain else 0


def stands_on_its_head(engine: Engine, image: Image, strips: Sequence[Strip], gain: float) -> bool:
    """Whether a page of level lines, read as it lies, reads better by `gain` (mean score, 0..1) turned by 180."""
    level = [s for s in strips if s.length >= s.height]
    sample = sorted(level, key=lambda s: s.length, reverse=True)[:_SAMPLE]
    as_it_lies = _mean([(s.text, s.score) for s in sample])
    if not sample or as_it_lies >= _READS_WELL:
        return False
    return _mean(engine.recognise([turned(cut(image, s.quad), 180) for s in sample])) >= as_it_lies + gain


def _mean(readings: Sequence[tuple[str, float]]) -> float:
    """Mean score, weighted by the length of what was read: a wrong way reads short and unsure."""
    length = sum(max(1, len(text)) for text, _ in readings)
    return sum(max(1, len(text)) * score for text, score in readings) / length if readings else 0.0
