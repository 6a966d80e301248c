"""Round official seals: circles of ink whose rim is really there most of the way round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.ocr.shrink import halved

Mask = npt.NDArray[np.uint8]

_ANGLES = np.linspace(0, 2 * np.pi, 180, endpoint=False)
_COSINES, _SINES = np.cos(_ANGLES), np.sin(_ANGLES)
_SMALLEST, _LARGEST = 0.037, 0.105
"""Radius of official seals as parts of the page's long side (22 to 62 mm across on A4; usual are 38 to 58)."""

_RULING = 40
"""Length in pixels of the halved image from which straight ink is a ruling; rims bend away sooner."""
_FEW_VOTES, _MANY_VOTES = 10, 34
"""Points of edges that must agree on a circle's centre: few on a clear ground, many in a crowd, where points agree by
chance and the search would take long."""
_CROWD = 150
"""Pixels of ink (halved image) for which one more point must agree."""


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
    proposals = _proposals(seeds, smallest, largest)
    if not proposals:
        return []
    thick = cv2.dilate(ink, np.ones((3, 3), np.uint8))
    rings = [_fitted(thick, *circle) for circle in proposals]
    kept: list[Ring] = []
    for ring in sorted(rings, key=lambda c: -c.rim):
        if ring.rim < least_rim or not smallest <= ring.radius <= largest:
            continue
        if clean_around and not _stands_apart(ink, ring):
            continue
        if all(np.hypot(ring.x - k.x, ring.y - k.y) > 0.7 * max(ring.radius, k.radius) for k in kept):
            kept.append(ring)
    return kept


def _proposals(seeds: Mask, smallest: int, largest: int) -> list[tuple[float, float, float]]:
    """Circles (x, y, radius) on which edges of ink lie, the best first; searched at half size, which is enough here."""
    small = halved(seeds)
    # long straight rulings are no rims; what the search costs is mostly theirs
    for kernel in (np.ones((1, _RULING), np.uint8), np.ones((_RULING, 1), np.uint8)):
        small = cv2.subtract(small, cv2.dilate(cv2.morphologyEx(small, cv2.MORPH_OPEN, kernel), np.ones((3, 3))))
    left, top, across, down = cv2.boundingRect(small)
    if max(across, down) < smallest:
        return []
    left, top = max(0, left - 2), max(0, top - 2)
    part = small[top : top + down + 4, left : left + across + 4]
    votes = min(_MANY_VOTES, max(_FEW_VOTES, cv2.countNonZero(part) // _CROWD))
    circles = cv2.HoughCircles(
        cv2.GaussianBlur(part, (3, 3), 0),
        cv2.HOUGH_GRADIENT,
        1,
        smallest / 2,
        param1=120,
        param2=votes,
        minRadius=smallest // 2,
        maxRadius=(largest + 1) // 2,
    )
    if circles is None:
        return []
    return [(2 * (float(x) + left), 2 * (float(y) + top), 2 * float(r)) for x, y, r in circles.reshape(-1, 3)[:16]]


def _fitted(ink: Mask, x: float, y: float, radius: float) -> Ring:
    """Fit the circle near a proposed one that has the best rim, in the middle of a thick rim."""
    reach = max(3.0, 0.09 * radius)
    rough = _best(ink, x, y, radius, np.arange(-4.0, 5.0, 2.0), np.arange(-reach, reach + 1, 2.0))
    fine = _best(ink, rough.x, rough.y, rough.radius, np.arange(-2.0, 3.0, 1.0), np.arange(-2.0, 3.0, 1.0))
    changes = np.arange(-6.0, 7.0)
    x_again, y_again = np.full(len(changes), fine.x), np.full(len(changes), fine.y)
    rims = _rims(ink, x_again, y_again, np.asarray(fine.radius + changes, np.float64))
    middle = len(changes) // 2
    inner, outer = middle, middle
    while inner > 0 and rims[inner - 1] >= fine.rim - 0.05:
        inner -= 1
    while outer < len(changes) - 1 and rims[outer + 1] >= fine.rim - 0.05:
        outer += 1
    return Ring(fine.x, fine.y, fine.radius + float(changes[inner] + changes[outer]) / 2, fine.rim)


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
    columns = np.rint(x[:, None] + radius[:, None] * _COSINES).astype(np.int32)
    rows = np.rint(y[:, None] + radius[:, None] * _SINES).astype(np.int32)
    if columns.min() >= 0 and rows.min() >= 0 and columns.max() < ink.shape[1] and rows.max() < ink.shape[0]:
        return np.asarray((ink[rows, columns] > 0).mean(axis=1), np.float64)
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
