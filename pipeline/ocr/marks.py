"""Marks on a page that are no lines of text: official seals, fingerprints, name seals, receipt stamps, pen strokes.

Image rules on the colour, size and shape of ink. Sizes are told in millimetres as if the long side of the page were
that of A4, which is what case files are bound in; red alone is never taken for a seal (fingerprints are red, too).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.casefile import MarkKind
from pipeline.ocr.colour import Mask
from pipeline.ocr.ink import Contrast
from pipeline.ocr.lines import Strip
from pipeline.ocr.rings import Ring, find_rings
from pipeline.ocr.shrink import halved, shrunk

Colour = Literal["red", "blue", "black"]

_LONG_SIDE_MM = 297.0
_RED_RIM, _BLUE_RIM, _BLACK_RIM = 0.5, 0.6, 0.7
_BLACK_INK = round(0.10 * 255)
"""Contrast from which ink counts when looking for grey seals of copies."""
_PEN_INK = round(0.25 * 255)
"""Contrast from which ink counts as a pen's: show-through is paler."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A mark where it was found: kind, colour and rectangle (left, top, right, bottom) in pixels of the full image.

    `ring`: the circle of a round seal, in the same pixels. `score`: how well the shape fits, 0..1.
    """

    kind: MarkKind
    colour: Colour
    rectangle: tuple[int, int, int, int]
    score: float
    ring: Ring | None = None


def find_marks(red: Mask, blue: Mask, contrast: Contrast, strips: Sequence[Strip]) -> list[Spot]:
    """Find the marks of a page.

    `red` and `blue`: coloured ink (0 or 255), red at full size, blue at that or half of it; `contrast`: of the same
    image, reduced; `strips`: the lines of text in full-size pixels, inside which pen strokes are no marks of their own.
    """
    height, width = contrast.value.shape
    scale = red.shape[1] / width
    small_red, small_blue = (_reduced(mask, (width, height)) for mask in (red, blue))
    bare = contrast.sheet.copy()
    for strip in strips:
        left, top = np.maximum((strip.quad.min(axis=0) / scale).astype(int), 0)
        right, bottom = (strip.quad.max(axis=0) / scale).astype(int) + 1
        bare[top:bottom, left:right] = 0
    black = cv2.threshold(contrast.value, _BLACK_INK, 255, cv2.THRESH_BINARY)[1]
    black = cv2.subtract(black, _spread(cv2.max(small_red, small_blue)))
    loose = cv2.bitwise_and(black, bare)

    spots: list[Spot] = []
    for colour, ink, seeds, least in (
        ("red", small_red, small_red, _RED_RIM),
        ("blue", small_blue, small_blue, _BLUE_RIM),
        ("black", black, loose, _BLACK_RIM),
    ):
        for ring in find_rings(ink, seeds, least, clean_around=colour != "red"):
            spots.append(_seal(ring, colour, scale, red.shape))  # type: ignore[arg-type]
            cv2.circle(ink, (round(ring.x), round(ring.y)), round(1.06 * ring.radius), 0, -1)
            cv2.circle(loose, (round(ring.x), round(ring.y)), round(1.06 * ring.radius), 0, -1)
    spots += _stamps(small_red, "red", scale, red.shape)
    spots += _stamps(small_blue, "blue", scale, red.shape)
    pen = cv2.bitwise_and(cv2.threshold(contrast.value, _PEN_INK, 255, cv2.THRESH_BINARY)[1], bare)
    spots += _pen(cv2.subtract(pen, _spread(small_red)), small_blue, spots, scale, red.shape)
    return sorted(spots, key=lambda spot: (spot.rectangle[1], spot.rectangle[0]))


def _spread(mask: Mask) -> Mask:
    if not cv2.countNonZero(mask):
        return mask
    return np.asarray(cv2.dilate(mask, np.ones((5, 5), np.uint8)), np.uint8)


def _reduced(mask: Mask, size: tuple[int, int]) -> Mask:
    if not cv2.countNonZero(mask):
        return np.zeros(size[::-1], np.uint8)
    return np.asarray(cv2.threshold(shrunk(mask, size), 70, 255, cv2.THRESH_BINARY)[1], np.uint8)


def _seal(ring: Ring, colour: Colour, scale: float, shape: tuple[int, ...]) -> Spot:
    x, y, radius = ring.x * scale, ring.y * scale, ring.radius * scale
    full = Ring(x, y, radius, ring.rim)
    return Spot("seal", colour, _within((x - radius, y - radius, x + radius, y + radius), shape), ring.rim, full)


def _within(rectangle: tuple[float, float, float, float], shape: tuple[int, ...]) -> tuple[int, int, int, int]:
    left, top, right, bottom = rectangle
    return max(0, round(left)), max(0, round(top)), min(shape[1], round(right)), min(shape[0], round(bottom))


def _stamps(ink: Mask, colour: Colour, scale: float, shape: tuple[int, ...]) -> list[Spot]:
    """Coloured marks that are no rings: rectangles are stamps and name seals, red patches of a finger's size prints."""
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
    spots = []
    for i in range(1, count):
        x, y, width, height, area = (int(v) for v in stats[i])
        if min(width, height) < 5 * millimetre or area < 20 * millimetre**2:
            continue
        window = (slice(y, y + height), slice(x, x + width))
        body = (labels[window] == i).astype(np.uint8)
        kind, score = _shape(body, cv2.bitwise_and(ink[window], body * 255), colour, millimetre)
        if kind in ("name_seal", "fingerprint") and _in_a_row(stats, i):
            continue
        if kind is not None:
            x, y = left + x, top + y
            box = _within((x * scale, y * scale, (x + width) * scale, (y + height) * scale), shape)
            spots.append(Spot(kind, colour, box, score))
    return spots


def _in_a_row(stats: npt.NDArray[np.int32], i: int) -> bool:
    """Whether two more patches of like height stand beside a patch: then it is a word of coloured print."""
    _, y, _, height, _ = (int(v) for v in stats[i])
    tops, heights = stats[1:, cv2.CC_STAT_TOP], stats[1:, cv2.CC_STAT_HEIGHT]
    shared = np.minimum(tops + heights, y + height) - np.maximum(tops, y)
    alike = (shared > 0.6 * np.minimum(heights, height)) & (heights > 0.5 * height) & (heights < 2 * height)
    return int(alike.sum()) >= 3  # itself among them


def _shape(body: Mask, ink: Mask, colour: Colour, millimetre: float) -> tuple[MarkKind | None, float]:
    """Tell what a patch of coloured ink is by its size, its border and its filling. `body`: the patch closed up."""
    outline = max(cv2.findContours(body, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)[0], key=cv2.contourArea)
    centre, (across, down), angle = cv2.minAreaRect(outline)
    long, short = max(across, down) / millimetre, min(across, down) / millimetre
    hull = cv2.contourArea(cv2.convexHull(outline)) / max(1.0, across * down)
    level = cv2.getRotationMatrix2D(centre, angle, 1.0)
    level[:, 2] += np.array([across / 2 - centre[0], down / 2 - centre[1]])
    straight = cv2.warpAffine(ink, level, (max(1, round(across)), max(1, round(down))))
    border = _border(straight)
    fill = cv2.countNonZero(ink) / max(1.0, cv2.contourArea(cv2.convexHull(outline)))
    if 20 <= long <= 90 and 7 <= short <= 45 and long >= 1.25 * short and border >= 0.6 and hull > 0.88:
        return "receipt_stamp", border
    if 30 <= long <= 62 and short >= 0.7 * long and 0.05 <= fill <= 0.6:
        # an oval, a square one, or a round one whose rim broke off
        return ("seal", 0.6) if border >= 0.6 or 0.72 <= hull <= 0.86 else (None, 0.0)
    if colour == "red" and 7 <= long <= 27 and short >= 0.35 * long and (border >= 0.6 or fill > 0.55) and hull > 0.9:
        return "name_seal", max(border, fill)
    if colour == "red" and 8 <= long <= 32 and short >= 0.45 * long and fill >= 0.3 and hull < 0.95:
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


def _pen(ink: Mask, blue: Mask, known: Sequence[Spot], scale: float, shape: tuple[int, ...]) -> list[Spot]:
    """Pen strokes that no line of text covers, as a signature is that the search did not take for text.

    `ink`: what lies outside lines of text and is not red, reduced like `blue` by `scale` from a page of that `shape`.
    Conservative: rulings, specks and large pictures are no pen; the strokes must be as big as a signature.
    """
    # half the size is enough to see strokes and rulings, at a quarter of the cost
    ink, blue, scale = halved(ink), halved(blue), 2 * scale
    millimetre = max(ink.shape) / _LONG_SIDE_MM
    for spot in known:
        left, top, right, bottom = (round(v / scale) for v in spot.rectangle)
        ink[top:bottom, left:right] = 0
    reach = max(5, round(14 * millimetre))
    for kernel in (np.ones((1, reach), np.uint8), np.ones((reach, 1), np.uint8)):
        rulings = cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel)
        ink = cv2.subtract(ink, cv2.dilate(rulings, np.ones((3, 3), np.uint8)))
    size = max(2, round(2.5 * millimetre))
    inked = cv2.threshold(ink, 0, 255, cv2.THRESH_BINARY)[1]
    joined = cv2.morphologyEx(inked, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    if cv2.countNonZero(joined) < 12 * millimetre**2:
        return []
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    spots = []
    for i in range(1, count):
        x, y, width, height, _ = (int(v) for v in stats[i])
        if not (9 <= width / millimetre <= 70 and 4 <= height / millimetre <= 28 and width > 0.8 * height):
            continue
        window = (slice(y, y + height), slice(x, x + width))
        body = (labels[window] == i).astype(np.uint8)
        strokes = cv2.mean(ink[window], body)[0] / 255 * cv2.countNonZero(body)
        fill = strokes / (width * height)
        if 0.06 <= fill <= 0.5 and strokes > 12 * millimetre**2:
            box = _within((x * scale, y * scale, (x + width) * scale, (y + height) * scale), shape)
            colour: Colour = "blue" if cv2.countNonZero(blue[window]) > 0.3 * strokes else "black"
            spots.append(Spot("ink", colour, box, round(min(1.0, 0.5 + fill), 3)))
    return spots
