"""Where to search a page again: around red ink that may cover text, at the scale at which the page was searched."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median

import cv2
import numpy as np

from pipeline.ocr.colour import Mask
from pipeline.ocr.engine import Engine, Image, Quad
from pipeline.ocr.rectangles import meet

Rectangle = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels; right and bottom lie outside."""

_CELL = 8
"""Side of the squares in which red ink is gathered into patches."""
_STEP = 64
"""Sides of a region, reduced for the search, are multiples of this: an engine prepares itself for each new shape."""
_USUAL_HEIGHT = 0.016
"""Height of a line as a part of the page's long side, where no line was read."""
_NEAR, _ABOVE, _BESIDE = 1.0, 1.5, 4.0
"""In heights of a line: how near a strip must lie to be touched, and how far around ink and strips is searched."""
_HIDING = 6.0
"""A patch so many lines high and wide may hide text of which nothing was found."""
_MOST = 0.6
"""Part of the page from which on it is searched whole."""


def regions_around(red: Mask, quads: Sequence[Quad], side: int) -> list[Rectangle]:
    """Find what must be searched for text under red ink; the whole page where that is most of it.

    `red`: 0 or 255; `quads`: the strips found so far, in the same pixels; `side`: long side at which the page is
    searched. Patches of red with no strip near them are left out unless they are large (a seal, not a fingerprint).
    """
    height, width = red.shape
    heights = [float(np.linalg.norm(q[3] - q[0])) for q in quads]
    line = median(heights) if heights else _USUAL_HEIGHT * max(height, width)
    boxes = [_upright(q) for q in quads]
    wanted = []
    for patch in _patches(red, line):
        near = [b for b in boxes if meet(_grown(patch, _NEAR * line, _NEAR * line), b)]
        large = min(patch[2] - patch[0], patch[3] - patch[1]) >= _HIDING * line
        if near or large:
            # a line runs on beside the ink; all that was found of it must lie within
            wanted.append(_grown(_hull([patch, *near]), _BESIDE * line, _ABOVE * line))
    scale = min(1.0, side / max(height, width))
    regions = [_rounded(r, scale, (width, height)) for r in _merged(wanted)]
    merged = _merged(regions)
    if sum((r[2] - r[0]) * (r[3] - r[1]) for r in merged) >= _MOST * width * height:
        return [(0, 0, width, height)]
    return [_rounded(r, scale, (width, height)) for r in merged]


def detect_in(engine: Engine, image: Image, regions: Sequence[Rectangle], side: int) -> list[Quad]:
    """Find strips of text in parts of an image, each reduced as the whole would be; corners in the image's pixels."""
    long_side = max(image.shape[:2])
    found: list[Quad] = []
    for left, top, right, bottom in regions:
        part = np.ascontiguousarray(image[top:bottom, left:right])
        share = max(part.shape[:2]) / long_side
        shift = np.array([left, top], np.float32)
        found.extend(quad + shift for quad in engine.detect(part, max(32, round(side * share))))
    return found


def _patches(red: Mask, line: float) -> list[Rectangle]:
    """Rectangles around red ink, specks left out, gaps of about a line closed."""
    height, width = red.shape
    small = cv2.resize(red, (-(-width // _CELL), -(-height // _CELL)), interpolation=cv2.INTER_AREA)
    cells = cv2.threshold(small, 16, 255, cv2.THRESH_BINARY)[1]
    reach = max(1, round(line / _CELL)) | 1
    closed = cv2.morphologyEx(cells, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(closed, connectivity=8)
    least = (0.5 * line / _CELL) ** 2
    return [
        (x * _CELL, y * _CELL, (x + across) * _CELL, (y + down) * _CELL)
        for x, y, across, down, area in stats[1:count].tolist()
        if area >= least
    ]


def _upright(quad: Quad) -> Rectangle:
    left, top = np.floor(quad.min(axis=0)).astype(int).tolist()
    right, bottom = np.ceil(quad.max(axis=0)).astype(int).tolist()
    return left, top, right, bottom


def _grown(box: Rectangle, across: float, down: float) -> Rectangle:
    return round(box[0] - across), round(box[1] - down), round(box[2] + across), round(box[3] + down)


def _hull(boxes: Sequence[Rectangle]) -> Rectangle:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _merged(boxes: Sequence[Rectangle]) -> list[Rectangle]:
    """Boxes joined until none meets another."""
    done: list[Rectangle] = []
    for box in boxes:
        joined = box
        while touching := [other for other in done if meet(joined, other)]:
            done = [other for other in done if other not in touching]
            joined = _hull([joined, *touching])
        done.append(joined)
    return sorted(done, key=lambda b: (b[1], b[0]))


def _rounded(box: Rectangle, scale: float, size: tuple[int, int]) -> Rectangle:
    """The box widened until its sides, reduced by `scale`, are multiples of `_STEP`; within an image of that size."""
    left, right = _stretched(box[0], box[2], scale, size[0])
    top, bottom = _stretched(box[1], box[3], scale, size[1])
    return left, top, right, bottom


def _stretched(start: int, end: int, scale: float, limit: int) -> tuple[int, int]:
    start, end = max(0, start), min(limit, end)
    steps = max(1, math.ceil((end - start) * scale / _STEP - 0.01))
    wanted = min(limit, math.ceil(steps * _STEP / scale))
    first = min(max(0, start - (wanted - (end - start)) // 2), limit - wanted)
    return first, first + wanted
