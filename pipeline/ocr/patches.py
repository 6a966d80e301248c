"""Coloured marks told by image rules on their size and shape: receipt stamps, name seals, red fingerprints.

Sizes are told in millimetres as if the long side of the page were that of A4, which is what case files are bound in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.ocr.colour import Mask
from pipeline.ocr.rectangles import Rectangle

PatchKind = Literal["fingerprint", "name_seal", "receipt_stamp"]

_LONG_SIDE_MM = 297.0


@dataclass(frozen=True, slots=True)
class Patch:
    """A coloured mark: rectangle in pixels of the mask it was found in; `score`: how well the shape fits, 0..1."""

    kind: PatchKind
    box: Rectangle
    score: float


def patches(ink: Mask, *, red: bool) -> list[Patch]:
    """Find coloured marks that are no rings.

    Rectangles are stamps and name seals, red patches of a finger's size prints. `ink`: 0 or 255, of one colour, for
    the whole page, with the seals taken out.
    """
    if not cv2.countNonZero(ink):
        return []
    millimetre = max(ink.shape) / _LONG_SIDE_MM
    size = max(3, round(1.8 * millimetre))
    left, top, across, down = cv2.boundingRect(ink)
    right, bottom = left + across + size, top + down + size
    left, top = max(0, left - size), max(0, top - size)
    ink = ink[top:bottom, left:right]
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    found = []
    for i in range(1, count):
        x, y, width, height, area = (int(v) for v in stats[i])
        if min(width, height) < 5 * millimetre or area < 20 * millimetre**2:
            continue
        window = (slice(y, y + height), slice(x, x + width))
        body = (labels[window] == i).astype(np.uint8)
        kind, score = _shape(body, np.asarray(cv2.bitwise_and(ink[window], body * 255), np.uint8), millimetre, red=red)
        if kind in ("name_seal", "fingerprint") and _in_a_row(stats, i):
            continue
        if kind is not None:
            x, y = left + x, top + y
            found.append(Patch(kind, (x, y, x + width, y + height), score))
    return found


def _in_a_row(stats: npt.NDArray[np.int32], i: int) -> bool:
    """Whether two more patches of like height stand beside a patch: then it is a word of coloured print."""
    _, y, _, height, _ = (int(v) for v in stats[i])
    tops, heights = stats[1:, cv2.CC_STAT_TOP], stats[1:, cv2.CC_STAT_HEIGHT]
    shared = np.minimum(tops + heights, y + height) - np.maximum(tops, y)
    alike = (shared > 0.6 * np.minimum(heights, height)) & (heights > 0.5 * height) & (heights < 2 * height)
    return int(alike.sum()) >= 3  # itself among them


def _shape(body: Mask, ink: Mask, millimetre: float, *, red: bool) -> tuple[PatchKind | None, float]:
    """Tell what a patch of coloured ink is by its size, its border and its filling. `body`: the patch closed up."""
    outline = max(cv2.findContours(body, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)[0], key=cv2.contourArea)
    centre, (across, down), angle = cv2.minAreaRect(outline)
    long, short = max(across, down) / millimetre, min(across, down) / millimetre
    hull = cv2.contourArea(cv2.convexHull(outline)) / max(1.0, across * down)
    level = cv2.getRotationMatrix2D(centre, angle, 1.0)
    level[:, 2] += np.array([across / 2 - centre[0], down / 2 - centre[1]])
    straight = np.asarray(cv2.warpAffine(ink, level, (max(1, round(across)), max(1, round(down)))), np.uint8)
    border = _border(straight)
    fill = cv2.countNonZero(ink) / max(1.0, cv2.contourArea(cv2.convexHull(outline)))
    if 20 <= long <= 90 and 7 <= short <= 45 and long >= 1.25 * short and border >= 0.6 and hull > 0.88:
        return "receipt_stamp", border
    if 30 <= long <= 62 and short >= 0.7 * long and 0.05 <= fill <= 0.6:
        return None, 0.0  # of a seal's size
    if red and 7 <= long <= 27 and short >= 0.35 * long and (border >= 0.6 or fill > 0.55) and hull > 0.9:
        return "name_seal", max(border, fill)
    if red and 8 <= long <= 32 and short >= 0.45 * long and fill >= 0.3 and hull < 0.95:
        return "fingerprint", min(1.0, 0.4 + fill)
    return None, 0.0


def _border(straight: Mask) -> float:
    """Share of the four sides along which there is ink close to the edge, the weakest side left out."""
    height, width = straight.shape
    depth = max(2, round(0.14 * min(height, width)))
    sides = (
        straight[:depth].max(axis=0),
        straight[-depth:].max(axis=0),
        straight[:, :depth].max(axis=1),
        straight[:, -depth:].max(axis=1),
    )
    covered = sorted(float((side > 0).mean()) for side in sides)
    return sum(covered[1:]) / 3 if covered[0] > 0.3 else 0.0
