"""Handwritten 11 in a date slot reads as a single 1, surely and every time: so the strokes are counted.

The recogniser drops one of two like strokes however the crop is cut, and two readings that agree on it would make a
wrong date certain. Where more upright strokes stand on the line than its text has ones, the other reading is kept.
"""

from __future__ import annotations

import re
from dataclasses import replace

import cv2
import numpy as np

from pipeline.ocr.engine import Image
from pipeline.ocr.levels import histogram, percentile
from pipeline.ocr.lines import Strip, cut

_LONE = re.compile(r"(?<=年)(\s*)1(\s*月)|(?<=月)(\s*)1(\s*日)")
_LEAST_HEIGHT, _MOST_WIDTH = 0.35, 0.45
"""An upright stroke is at least so high (of the strip), and at most so wide (of its own height)."""
_DOUBT = 0.5
_SLOT = 20
"""Characters of the longest line that can be a date in a slot; in running text other strokes stand alone as well."""


def doubt_lone_ones(strip: Strip, image: Image) -> Strip:
    """Give a date with a lone 1 as month or day the second reading 11 where its strokes speak for it."""
    match = _LONE.search(strip.text)
    if match is None or strip.second is None or len(strip.text) > _SLOT:
        return strip
    start = next(match.start(group) for group in (2, 4) if match.group(group) is not None)
    if upright_strokes(cut(image, strip.quad)) <= strip.text.count("1") + strip.text.count("I"):
        return strip
    return replace(strip, second=f"{strip.text[:start]}1{strip.text[start:]}", second_score=_DOUBT)


def upright_strokes(crop: Image) -> int:
    """Count the strokes of ink that stand alone, high and narrow; characters are broader or hang together."""
    gray = cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY)
    scale = max(1.0, 64 / gray.shape[0])
    large = cv2.resize(gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    counts = histogram(np.asarray(large, np.uint8))
    paper = percentile(counts, 80)
    ink = (large < paper - 0.35 * (paper - percentile(counts, 2))).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    height = large.shape[0]
    strokes = 0
    for x, y, width, tall, _ in stats[1:count].tolist():
        inside = x > 1 and x + width < large.shape[1] - 1 and not (y <= 0 and y + tall >= height)
        strokes += inside and tall >= _LEAST_HEIGHT * height and width <= _MOST_WIDTH * tall
    return strokes
