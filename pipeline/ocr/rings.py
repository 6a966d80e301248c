"""Round official seals: circles of ink whose rim is really there, on the whole page or where a seal was seen."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.ocr.rectangles import Rectangle
from pipeline.ocr.shrink import halved

Mask = npt.NDArray[np.uint8]
"""Left, top, right, bottom."""
Circles = npt.NDArray[np.float64]
"""n x 3: the centre's x and y and the radius of each circle (or changes of these), in pixels."""

_ANGLES = np.linspace(0, 2 * np.pi, 180, endpoint=False)
_COSINES, _SINES = np.cos(_ANGLES), np.sin(_ANGLES)
_SMALLEST, _LARGEST = 0.037, 0.105
"""Radius of official seals as parts of the page's long side (22 to 62 mm across on A4; usual are 38 to 58)."""
_AROUND = 0.2
"""Part of a seal's size by which its surroundings are searched for its rim."""
_ROUND = 0.25
"""A box whose sides differ by less may hold a whole circle."""
_ASIDE = 0.45
"""Part of the radius by which the sides of a circle may lie off those of the box."""
_FEW_VOTES, _MANY_VOTES = 10, 34
"""Points of edges that must agree on a circle's centre: few on a clear ground, many in a crowd, where points agree by
chance and the search would take long."""
_CROWD = 150
"""Pixels of ink (halved image) for which one more point must agree."""
_ROUGH: Circles = np.array([(x, y, r) for x in range(-4, 5, 2) for y in range(-4, 5, 2) for r in np.linspace(-1, 1, 7)])
"""Changes to a proposed circle that are tried first, those of the radius in parts of what is to be reached."""
_FINE: Circles = np.array([(x, y, r) for x in range(-2, 3) for y in range(-2, 3) for r in range(-2, 3)], np.float64)
_THROUGH: Circles = np.array([(0, 0, r) for r in range(-6, 7)], np.float64)
"""Changes of the radius that lead from inside a thick rim to outside of it."""
_STEP = 2
"""At which part of the angles the rough search looks."""
_ROUGHLY = 0.25
"""By how much the rough search may miss the rim of a circle that is one."""
_AS_GOOD = 0.05


@dataclass(frozen=True, slots=True)
class Ring:
    """A circle in pixels and the share of its rim (0..1, within the page) on which there is ink."""

    x: float
    y: float
    radius: float
    rim: float

    def moved(self, changes: Circles) -> Circles:
        """Circles that differ from this one by `changes` of x, y and radius."""
        return np.asarray(changes + np.array([self.x, self.y, self.radius]), np.float64)


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
    rings = [_fitted(thick, *circle, least_rim) for circle in proposals]
    kept: list[Ring] = []
    for ring in sorted(rings, key=lambda c: -c.rim):
        if ring.rim < least_rim or not smallest <= ring.radius <= largest:
            continue
        if clean_around and not stands_apart(ink, ring):
            continue
        if all(np.hypot(ring.x - k.x, ring.y - k.y) > 0.7 * max(ring.radius, k.radius) for k in kept):
            kept.append(ring)
    return kept


def best_ring(ink: Mask, box: Rectangle, long_side: int, least_rim: float) -> Ring | None:
    """Find the circle of a round seal that was seen at `box` (pixels of `ink`, 0 or 255), to which it was cut.

    `long_side`: of the page, in the same pixels. None where no circle that fits the box has `least_rim` of its rim.
    """
    height, width = ink.shape
    wide, tall = box[2] - box[0], box[3] - box[1]
    pad = _AROUND * max(wide, tall)
    left, top = (max(0, round(v - pad)) for v in box[:2])
    right, bottom = min(width, round(box[2] + pad)), min(height, round(box[3] + pad))
    window = np.ascontiguousarray(ink[top:bottom, left:right])
    smallest, largest = round(_SMALLEST * long_side), round(_LARGEST * long_side)
    proposals = _proposals(window, smallest, largest)
    if abs(wide - tall) < _ROUND * max(wide, tall):
        proposals.append(((box[0] + box[2]) / 2 - left, (box[1] + box[3]) / 2 - top, (wide + tall) / 4))
    thick = cv2.dilate(window, np.ones((3, 3), np.uint8))
    best: Ring | None = None
    for proposal in proposals:
        ring = _fitted(thick, *proposal, least_rim)
        fits = smallest <= ring.radius <= largest and ring.rim >= least_rim
        placed = Ring(ring.x + left, ring.y + top, ring.radius, ring.rim)
        if fits and _matches(placed, box, (width, height)) and (best is None or ring.rim > best.rim):
            best = placed
    return best


def _matches(ring: Ring, box: Rectangle, size: tuple[int, int]) -> bool:
    """Whether what a circle covers of the page is about what was seen of the seal."""
    sides = (ring.x - ring.radius, ring.y - ring.radius, ring.x + ring.radius, ring.y + ring.radius)
    limits = (0.0, 0.0, float(size[0]), float(size[1]))
    shown = [max(0.0, side) if i < 2 else min(limits[i], side) for i, side in enumerate(sides)]
    return all(abs(a - b) < _ASIDE * ring.radius for a, b in zip(shown, box, strict=True))


def _proposals(seeds: Mask, smallest: int, largest: int) -> list[tuple[float, float, float]]:
    """Circles (x, y, radius) on which edges of ink lie, the best first; searched at half size, which is enough here."""
    if min(seeds.shape) < 8:
        return []
    small = halved(seeds)
    # long straight rulings are no rims
    ruling = max(8, smallest)
    for kernel in (np.ones((1, ruling), np.uint8), np.ones((ruling, 1), np.uint8)):
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


def _fitted(ink: Mask, x: float, y: float, radius: float, least_rim: float) -> Ring:
    """Fit the circle near a proposed one that has the best rim, in the middle of a thick rim."""
    reach = max(3.0, 0.09 * radius)
    rough = _best(ink, Ring(x, y, radius, 0.0), _ROUGH * (1.0, 1.0, reach), _STEP)
    if rough.rim < least_rim - _ROUGHLY:
        return rough
    fine = _best(ink, rough, _FINE, 1)
    rims = _rims(ink, fine.moved(_THROUGH), 1)
    inner = outer = len(rims) // 2
    while inner > 0 and rims[inner - 1] >= fine.rim - _AS_GOOD:
        inner -= 1
    while outer < len(rims) - 1 and rims[outer + 1] >= fine.rim - _AS_GOOD:
        outer += 1
    return Ring(fine.x, fine.y, fine.radius + float(_THROUGH[inner, 2] + _THROUGH[outer, 2]) / 2, fine.rim)


def _best(ink: Mask, ring: Ring, changes: Circles, step: int) -> Ring:
    circles = ring.moved(changes)
    rims = _rims(ink, circles, step)
    # among equals the one nearest to the proposal
    i = int(np.lexsort(((changes**2).sum(axis=1), -np.round(rims, 2)))[0])
    x, y, radius = circles[i].tolist()
    return Ring(x, y, radius, float(rims[i]))


def _rims(ink: Mask, circles: Circles, step: int) -> npt.NDArray[np.float64]:
    """Share of each circle's rim that is ink, at every `step`-th angle; 0 for circles mostly off the page."""
    height, width = ink.shape
    x, y, radius = (column[:, None] for column in circles.T)
    columns = np.rint(x + radius * _COSINES[::step]).astype(np.int32)
    rows = np.rint(y + radius * _SINES[::step]).astype(np.int32)
    if columns.min() >= 0 and rows.min() >= 0 and columns.max() < width and rows.max() < height:
        return np.asarray((ink.ravel().take(rows * width + columns) > 0).mean(axis=1), np.float64)
    on_page = (columns >= 0) & (rows >= 0) & (columns < width) & (rows < height)
    hit = ink[np.where(on_page, rows, 0), np.where(on_page, columns, 0)] > 0
    seen = on_page.sum(axis=1)
    share = (hit & on_page).sum(axis=1) / np.maximum(seen, 1)
    return np.asarray(np.where(seen >= 0.4 * columns.shape[1], share, 0.0), np.float64)


def stands_apart(ink: Mask, ring: Ring) -> bool:
    """Whether the rim is darker than rings a little larger and smaller."""
    gap = max(3.0, 0.07 * ring.radius)
    offsets = (0.0, gap, 1.6 * gap, -0.9 * gap, -1.3 * gap)
    circles = np.array([[ring.x, ring.y, ring.radius + offset] for offset in offsets])
    bare, outer, outermost, inner, innermost = _rims(ink, circles, 1)
    return bool(max(outer, outermost) < 0.5 * bare and min(inner, innermost) < 0.75 * bare)
