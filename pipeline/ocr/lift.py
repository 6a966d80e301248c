"""Black seals of photocopies, taken off the text under them as far as shape and greyness tell the two apart.

A copy has no colours. What is left is that some seals are paler than the print under them, that the rim is a circle and
the star a blob. What cannot be told apart (the arc's characters of a seal as black as the print) stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.ocr.colour import Mask, bleached
from pipeline.ocr.engine import Image
from pipeline.ocr.marks import Spot
from pipeline.ocr.rings import Ring

Gray = npt.NDArray[np.uint8]

_GREY = 75
"""Rims paler than this (of 255) belong to seals that are paler than the core of printed strokes."""
_SPREAD = 30
"""By how much parts of a seal may be darker than its rim."""
_PAPER = 215
_REACH = 1.06
"""Part of the radius within which all of a seal lies."""


@dataclass(frozen=True, slots=True, eq=False)
class Lifted:
    """A page without its black seals, in two ways that fail apart, and where the seals lie (0 or 255)."""

    mild: Image
    strong: Image
    where: Mask


def without_black_seals(image: Image, spots: Sequence[Spot]) -> Lifted | None:
    """Take round black seals off a white-balanced page; None where it has none. `spots`: the marks of the page."""
    rings = [spot.ring for spot in spots if spot.ring is not None and spot.colour == "black"]
    if not rings:
        return None
    mild, strong = image.copy(), image.copy()
    where = np.zeros(image.shape[:2], np.uint8)
    for ring in rings:
        cv2.circle(where, (round(ring.x), round(ring.y)), round(ring.radius * _REACH), 255, -1)
        reach = round(ring.radius * 1.15)
        left, top = max(0, round(ring.x) - reach), max(0, round(ring.y) - reach)
        window = (slice(top, round(ring.y) + reach), slice(left, round(ring.x) + reach))
        here = Ring(ring.x - left, ring.y - top, ring.radius, ring.rim)
        mild[window], strong[window] = _lifted(image[window], here)
    return Lifted(mild, strong, where)


def _lifted(window: Image, ring: Ring) -> tuple[Image, Image]:
    gray = np.asarray(cv2.cvtColor(window, cv2.COLOR_RGB2GRAY), np.uint8)
    distance = _distance(gray, ring)
    rim = _rim_level(gray, ring)
    open_rim = _without_rim(gray, ring, distance)
    bare = _coloured(_without_star(open_rim, ring, distance, (rim + _PAPER) / 2))
    if rim < _GREY:
        return _coloured(open_rim), bare
    # paler than the strokes of print: what is as pale as the seal becomes paper
    seal = ((distance < _REACH * ring.radius) & (gray > rim - _SPREAD) & (gray < _PAPER)).astype(np.uint8) * 255
    return bleached(_coloured(gray), seal, 65, 0), bare


def _coloured(gray: Gray) -> Image:
    return np.asarray(cv2.cvtColor(gray, cv2.COLOR_GRAY2RGB), np.uint8)


def _distance(gray: Gray, ring: Ring) -> npt.NDArray[np.float32]:
    """How far each pixel lies from the ring's centre."""
    rows, columns = np.ogrid[: gray.shape[0], : gray.shape[1]]
    return np.asarray(np.hypot(columns - ring.x, rows - ring.y), np.float32)


def _rim_level(gray: Gray, ring: Ring) -> float:
    """How dark the rim is: the median of its darkest points, looked for a little inside and outside the circle."""
    angles = np.linspace(0, 2 * np.pi, 360, endpoint=False)
    seen = []
    for change in range(-5, 6):
        columns = np.rint(ring.x + (ring.radius + change) * np.cos(angles)).astype(int)
        rows = np.rint(ring.y + (ring.radius + change) * np.sin(angles)).astype(int)
        seen.append(gray[np.clip(rows, 0, gray.shape[0] - 1), np.clip(columns, 0, gray.shape[1] - 1)])
    return float(np.median(np.min(seen, axis=0)))


def _without_rim(gray: Gray, ring: Ring, distance: npt.NDArray[np.float32]) -> Gray:
    """Close the rim from both sides, along the radius: strokes that cross it stay, the thin line goes."""
    extent = 1.12 * ring.radius
    size = (round(extent), round(2 * np.pi * ring.radius))
    centre = (ring.x, ring.y)
    flags = cv2.WARP_POLAR_LINEAR | cv2.INTER_CUBIC
    flat = cv2.warpPolar(gray, size, centre, extent, flags | cv2.WARP_FILL_OUTLIERS)
    width = max(9, round(0.1 * ring.radius))
    closed = cv2.morphologyEx(flat, cv2.MORPH_CLOSE, np.ones((1, width), np.uint8))
    back = cv2.warpPolar(closed, (gray.shape[1], gray.shape[0]), centre, extent, flags | cv2.WARP_INVERSE_MAP)
    band = (distance > 0.94 * ring.radius) & (distance < 1.05 * ring.radius)
    return np.asarray(np.where(band, back, gray), np.uint8)


def _without_star(gray: Gray, ring: Ring, distance: npt.NDArray[np.float32], level: float) -> Gray:
    """Whiten the star in the middle: ink that is thicker than any stroke."""
    dark = ((gray < level) & (distance < 0.42 * ring.radius)).astype(np.uint8)
    size = max(5, round(0.1 * ring.radius)) | 1
    thick = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    blob = cv2.dilate(
        cv2.morphologyEx(dark, cv2.MORPH_OPEN, thick),
        cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size // 2 | 1, size // 2 | 1)),
    )
    return np.asarray(np.where(blob > 0, 255, gray), np.uint8)
