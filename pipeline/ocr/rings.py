"""Round official seals: circles of ink whose rim is really there most of the way round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.uint8]

_ANGLES = np.linspace(0, 2 * np.pi, 180, endpoint=False)
_SMALLEST, _LARGEST = 0.037, 0.105
"""Radius of official seals as parts of the page's long side (22 to 62 mm across on A4; usual are 38 to 58)."""


@dataclass(frozen=True, slots=True)
class Ring:
    """A circle in pixels and the share of its rim (0..1, within the page) on which there is ink."""

    x: float
    y: float
    radius: float
    rim: float


def find_rings(ink: Mask, seeds: Mask, least_rim: float, clean_around: bool) -> list[Ring]:
    """Find circles in a mask of ink (0 or 255) whose rim is covered at least to `least_rim`.

    `seeds`: the part of the ink from which circles are proposed (lines of text left out: it is quicker and they only
    mislead). `clean_around`: the circle must also stand apart from what lies just outside and inside its rim, as it
    does not where dense print or a table only happens to offer points on a circle; asked for black ink.
    """
    long_side = max(ink.shape)
    smallest, largest = round(_SMALLEST * long_side), round(_LARGEST * long_side)
    if cv2.countNonZero(seeds) < 2 * smallest:
        return []
    soft = cv2.GaussianBlur(seeds, (3, 3), 0)
    circles = cv2.HoughCircles(
        soft, cv2.HOUGH_GRADIENT, 2, smallest, param1=120, param2=34, minRadius=smallest, maxRadius=largest
    )
    if circles is None:
        return []
    thick = cv2.dilate(ink, np.ones((3, 3), np.uint8))
    rings = [_fitted(thick, float(x), float(y), float(r)) for x, y, r in circles.reshape(-1, 3)[:16]]
    kept: list[Ring] = []
    for ring in sorted(rings, key=lambda c: -c.rim):
        if ring.rim < least_rim or not smallest <= ring.radius <= largest:
            continue
        if clean_around and not _stands_apart(ink, ring):
            continue
        if all(np.hypot(ring.x - k.x, ring.y - k.y) > 0.7 * max(ring.radius, k.radius) for k in kept):
            kept.append(ring)
    return kept


def _fitted(ink: Mask, x: float, y: float, radius: float) -> Ring:
    """Fit the circle near a proposed one that has the best rim."""
    reach = max(3.0, 0.09 * radius)
    rough = _best(ink, x, y, radius, np.arange(-4.0, 5.0, 2.0), np.arange(-reach, reach + 1, 2.0))
    return _best(ink, rough.x, rough.y, rough.radius, np.arange(-2.0, 3.0, 1.0), np.arange(-2.0, 3.0, 1.0))


def _best(ink: Mask, x: float, y: float, radius: float, shifts: npt.NDArray[Any], changes: npt.NDArray[Any]) -> Ring:
    dx, dy, dr = (a.ravel() for a in np.meshgrid(shifts, shifts, changes, indexing="ij"))
    rims = _rims(ink, x + dx, y + dy, radius + dr)
    # among equals the one nearest to the proposal
    i = int(np.lexsort((dx * dx + dy * dy + dr * dr, -np.round(rims, 2)))[0])
    return Ring(float(x + dx[i]), float(y + dy[i]), float(radius + dr[i]), float(rims[i]))


def _rims(
    ink: Mask, x: npt.NDArray[np.float64], y: npt.NDArray[np.float64], radius: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Share of each circle's rim that is ink; 0 for circles of which more than half lies off the page."""
    columns = np.rint(x[:, None] + radius[:, None] * np.cos(_ANGLES)).astype(np.int32)
    rows = np.rint(y[:, None] + radius[:, None] * np.sin(_ANGLES)).astype(np.int32)
    on_page = (columns >= 0) & (rows >= 0) & (columns < ink.shape[1]) & (rows < ink.shape[0])
    hit = ink[np.where(on_page, rows, 0), np.where(on_page, columns, 0)] > 0
    seen = on_page.sum(axis=1)
    share = (hit & on_page).sum(axis=1) / np.maximum(seen, 1)
    return np.asarray(np.where(seen >= 0.4 * len(_ANGLES), share, 0.0), np.float64)


def _stands_apart(ink: Mask, ring: Ring) -> bool:
    """Whether the rim is darker than rings a little larger and smaller."""
    gap = max(3.0, 0.07 * ring.radius)
    offsets = np.array([0.0, gap, 1.6 * gap, -0.9 * gap, -1.3 * gap])
    x, y = np.full(5, ring.x), np.full(5, ring.y)
    bare, outer, outermost, inner, innermost = _rims(ink, x, y, ring.radius + offsets)
    return bool(max(outer, outermost) < 0.5 * bare and min(inner, innermost) < 0.75 * bare)
