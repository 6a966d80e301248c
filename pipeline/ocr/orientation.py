"""Which way up a page lies, by evidence from reading it.

Nearly all pages are upright and read well at once: for them nothing more is done. Tall strips tell a page that lies on
its side; a poor score tells one that stands on its head. Either way the longest strips are read both ways, and the
page is turned only when that is clearly better.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from pipeline.ocr.engine import Engine, Image
from pipeline.ocr.lines import Strip, cut

Rotation = Literal[0, 90, 180, 270]

_SAMPLE = 12
"""Strips that are read both ways; the longest ones, because their scores mean most."""
_READS_WELL = 0.90
"""Mean score of the sample above which a page with wide strips is taken as upright without more ado."""


def turned(image: Image, rotation: Rotation) -> Image:
    """Turn the image clockwise by `rotation` degrees."""
    return np.ascontiguousarray(np.rot90(image, -(rotation // 90))) if rotation else image


def find_rotation(engine: Engine, image: Image, strips: Sequence[Strip], gain: float) -> Rotation:
    """Degrees clockwise by which the page must be turned to be upright, from a first reading of it as it lies.

    `gain`: by how much the mean score (0..1) of the turned sample must be better than that of the page as it lies.
    """
    tall = sum(s.height for s in strips if s.height >= 2 * s.length)
    wide = sum(s.length for s in strips if s.length >= 2 * s.height)
    sideways = tall > wide
    sample = sorted(strips, key=lambda s: max(s.length, s.height), reverse=True)
    sample = [s for s in sample if (s.height > s.length) == sideways][:_SAMPLE]
    if not sample or (not sideways and _mean([(s.text, s.score) for s in sample]) >= _READS_WELL):
        return 0
    crops = [cut(image, s.quad) for s in sample]
    if sideways:
        # A line that runs upwards is level after a clockwise turn, one that runs downwards after the other turn.
        clockwise = _mean(engine.recognise([turned(c, 90) for c in crops]))
        counter = _mean(engine.recognise([turned(c, 270) for c in crops]))
        as_it_lies = _mean(engine.recognise(crops))
        best: Rotation = 90 if clockwise > counter else 270
        return best if max(clockwise, counter) >= as_it_lies + gain else 0
    as_it_lies = _mean([(s.text, s.score) for s in sample])
    return 180 if _mean(engine.recognise([turned(c, 180) for c in crops])) >= as_it_lies + gain else 0


def _mean(readings: Sequence[tuple[str, float]]) -> float:
    """Mean score, weighted by the length of what was read: a wrong way reads short and unsure."""
    length = sum(max(1, len(text)) for text, _ in readings)
    return sum(max(1, len(text)) * score for text, score in readings) / length if readings else 0.0
