"""What is written on seals and stamps: the arc of a round seal rolled out flat, rectangular stamps made level."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from math import ceil

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.ocr.engine import Engine, Image
from pipeline.ocr.levels import Gray, histogram, percentile
from pipeline.ocr.lines import in_reading_order, read_strips
from pipeline.ocr.marks import Colour, Spot
from pipeline.ocr.rings import Ring

_INNER, _OUTER = 0.58, 0.95
"""Between which parts of the radius the arc of characters lies (outside the star, inside the rim)."""
_BAND = 64
"""Height in pixels of the rolled-out band."""
_STRETCH = 1.4
"""Long names stand on the arc in narrow characters; one reading is made with the band drawn wider."""
_SURE = 0.85
"""Score from which the first reading of an arc stands: two more change one seal in a hundred, and cost as much each."""
_SHORT = 6
"""Fewer characters are not the name of an office."""
_LEAST = 0.5
"""Score under which nothing is said to have been read."""
_LETTERS = re.compile(r"[^\w（）()〇·]+")


def read_spots(engine: Engine, spots: Sequence[Spot], image: Image) -> list[tuple[str, float]]:
    """Read text and score of each mark; ("", 0.0) for fingerprints and where nothing could be read.

    `image` is white-balanced, at the size the spots' rectangles count in.
    """
    result: list[tuple[str, float]] = [("", 0.0)] * len(spots)
    first: list[tuple[int, Image]] = []
    more: list[tuple[int, Image]] = []
    for i, spot in enumerate(spots):
        if spot.ring is not None:
            band, *others = _rolled_out(image, spot, spot.ring)
            first.append((i, band))
            more += [(i, other) for other in others]
        elif spot.kind in ("receipt_stamp", "name_seal", "seal"):
            result[i] = _read_flat(engine, _window(image, spot))
        elif spot.kind == "ink":
            first.append((i, _window(image, spot)))
    _read_bands(engine, first, result)
    unsure = [(i, band) for i, band in more if result[i][1] < _SURE or len(result[i][0]) < _SHORT]
    _read_bands(engine, unsure, result)
    return result


def _read_bands(engine: Engine, bands: Sequence[tuple[int, Image]], result: list[tuple[str, float]]) -> None:
    """Read bands of marks (by their number) and keep for each mark the reading that says most."""
    for (i, _), (text, score) in zip(bands, engine.recognise([band for _, band in bands]), strict=True):
        letters = _LETTERS.sub("", text)
        if score >= _LEAST and score * len(letters) ** 0.5 > result[i][1] * max(1, len(result[i][0])) ** 0.5:
            result[i] = (letters, round(score, 4))


def _window(image: Image, spot: Spot) -> Image:
    left, top, right, bottom = spot.rectangle
    pad = max(2, round(0.06 * min(right - left, bottom - top)))
    return image[max(0, top - pad) : bottom + pad, max(0, left - pad) : right + pad]


def _own_ink(window: Image, colour: Colour, ring: Ring) -> Gray:
    """The seal alone, black on white and without what is printed under it; `ring`: where it is in the window."""
    if colour == "black":
        return _without_print(np.asarray(cv2.cvtColor(window, cv2.COLOR_RGB2GRAY), np.uint8), ring)
    red, green, blue = cv2.split(window)
    own, others = (red, cv2.max(green, blue)) if colour == "red" else (blue, cv2.max(red, green))
    surplus = np.asarray(cv2.subtract(own, others), np.uint8)
    counts = histogram(surplus)
    counts[:21] = 0
    level = percentile(counts, 95) if counts.any() else 100
    return np.asarray(cv2.bitwise_not(cv2.convertScaleAbs(surplus, alpha=255.0 / max(level, 40))), np.uint8)


def _without_print(gray: Gray, ring: Ring) -> Gray:
    """Whiten what is clearly darker than the seal's rim: on copies seals are mostly paler than print."""
    angles = np.linspace(0, 2 * np.pi, 240, endpoint=False)
    columns = np.clip(np.rint(ring.x + ring.radius * np.cos(angles)).astype(int), 2, gray.shape[1] - 3)
    rows = np.clip(np.rint(ring.y + ring.radius * np.sin(angles)).astype(int), 2, gray.shape[0] - 3)
    darkest = np.min([gray[rows + dy, columns + dx] for dx in (-2, 0, 2) for dy in (-2, 0, 2)], axis=0)
    rim = float(np.median(darkest))
    if rim < 80:
        return gray
    darker = cv2.dilate((gray < 0.8 * rim).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    result = gray.copy()
    result[darker] = 255
    return result


def _rolled_out(image: Image, spot: Spot, ring: Ring) -> list[Image]:
    """The band of characters between star and rim, from the widest gap on, in clockwise order; top is outside."""
    reach = ceil(ring.radius) + 3
    left, top = round(ring.x) - reach, round(ring.y) - reach
    window = image[max(0, top) : top + 2 * reach, max(0, left) : left + 2 * reach]
    placed = replace(ring, x=ring.x - max(0, left), y=ring.y - max(0, top))
    ink = _own_ink(window, spot.colour, placed)
    # what lies off the page is white
    above, before = max(0, -top), max(0, -left)
    below, after = 2 * reach - above - ink.shape[0], 2 * reach - before - ink.shape[1]
    ink = np.asarray(cv2.copyMakeBorder(ink, above, below, before, after, cv2.BORDER_CONSTANT, value=255), np.uint8)
    length = round(2 * np.pi * 0.8 * _BAND / (_OUTER - _INNER))
    depth = round(_BAND / (_OUTER - _INNER))
    centre = (ring.x - left, ring.y - top)
    polar = cv2.warpPolar(ink, (depth, length), centre, ring.radius, cv2.WARP_POLAR_LINEAR | cv2.INTER_CUBIC)
    band = np.flipud(polar[:, round(_INNER * depth) : round(_OUTER * depth)].T)
    # A copy's seal is as grey as the print under it, which hides the gap; seals are stamped more or less upright.
    start = length // 4 if spot.colour == "black" else _widest_gap((band[2:-2] < 150).mean(axis=0))
    flat = np.ascontiguousarray(np.roll(band, -start, axis=1))
    wide = cv2.resize(flat, None, fx=_STRETCH, fy=1.0, interpolation=cv2.INTER_CUBIC)
    return [np.repeat(b[:, :, None], 3, axis=2) for b in (flat, flat[_BAND // 10 :], wide)]


def _widest_gap(dark: npt.NDArray[np.float64]) -> int:
    """The middle column of the widest run without ink on the ring of columns; straight down where there is none."""
    empty = dark < 0.06
    count = len(empty)
    if empty.all() or not empty.any():
        return count // 4
    first = int(np.argmin(empty))
    best, run, end = 0, 0, count // 4
    for k in range(first, first + count + 1):
        if empty[k % count]:
            run += 1
            if run > best:
                best, end = run, k
        else:
            run = 0
    return (end - best // 2) % count


def _read_flat(engine: Engine, window: Image) -> tuple[str, float]:
    """Read a small window as a page of its own, enlarged, its lines joined by spaces."""
    height, width = window.shape[:2]
    if min(height, width) < 8:
        return "", 0.0
    scale = min(4.0, max(1.0, 480 / max(height, width)))
    large = cv2.resize(window, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    framed = cv2.copyMakeBorder(large, 24, 24, 24, 24, cv2.BORDER_CONSTANT, value=(255, 255, 255))
    strips = [s for s in read_strips(engine, np.asarray(framed, np.uint8), 736) if s.score >= _LEAST]
    if not strips:
        return "", 0.0
    score = sum(s.score * len(s.text) for s in strips) / sum(len(s.text) for s in strips)
    return " ".join(s.text for s in in_reading_order(strips)), round(score, 4)
