"""What was written by pen, piece by piece: the strokes that the network takes for pen, gathered and told apart.

The network's map says well which ink is pen, its boxes say well what the writing is, but not how far it reaches. So
strokes are gathered from the map, and each piece is what the boxes that lie on it are surest of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.ocr.colour import Mask
from pipeline.ocr.ink import Contrast
from pipeline.ocr.mark_net import PENS, Seen, Sight
from pipeline.ocr.rectangles import Rectangle, area, common

_LONG_SIDE_MM = 297.0
_PALE, _INKED = 20, 32
"""Contrast (of 255) from which there may be the end of a stroke, and from which a place is inked."""
_DARK = 60
"""Contrast from which ink has its full width."""
_HARDLY, _MAYBE, _SURELY = 24, 56, 90
"""Chance (of 255) that ink is pen: where strokes may go on, where they do, and what a piece must have some of."""
_GAP_ACROSS, _GAP_DOWN = 3.0, 2.0
"""Millimetres between strokes of one piece; lines of text lie further apart, words and letters do not."""
_LEAST_SIZE, _LEAST_INK = 3.5, 1.2
"""Millimetres of the longer side, and square millimetres of sure ink, that a piece must have."""
_REACH = 35.0
"""Millimetres around what the network sees in which strokes are gathered."""
_AIR, _AIR_PART = 1.0, 0.06
"""Millimetres around a piece's ink that its rectangle leaves free, and what is added to them by its height."""
_BLOT = 0.5
"""Millimetres from ink to its edge, on the mean, from which it is a smear and no stroke (2 mm wide)."""
_CIRCLE = 0.1
"""Standard deviation of the ink's distance from the middle, as a part of its mean, under which it is a circle."""
_SPEAKS = 0.4
"""Part of a piece that a box of the network must cover, if it is to speak for it."""
_BESIDE = 0.3
"""Part of the ink of the largest piece that a box speaks for which others must have, if it is to speak for them too."""
_BY_PEN = 0.3
"""Part of a line's ink that must be a pen's, if the line is no print."""
_RULING = 14.0
"""Millimetres from which straight ink is a ruling."""
_FARTHEST = 70.0
"""Millimetres of the longer side up to which ink that runs on from strokes is their end."""
_NEAR, _SMALL = 2.0, 0.25
"""Millimetres within which a piece is right beside another, and part of that one's area that makes it a small one."""
_HARDLY_SEEN, _CLEAR = 0.18, 0.2
"""Chance from which a signature counts that lies clear of text, and part of its box that text may cover then."""
_AROUND, _GRAIN = 0.3, 0.3
"""Part of a box's size around it to which its ink may reach; square millimetres that a stroke must have."""
_INSIDE, _MOSTLY = 0.75, 0.6
"""Part of a piece's rectangle that must lie in that of another to be part of it; in a box of the network."""
_ROW, _ROW_GAP = 3, 1.6
"""So many pieces beside each other, no further apart than so many times their height, are a line of text."""
_LONG = 8.0
"""Width over height from which a piece is a line of text."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of handwriting: rectangle in pixels of the page's contrast, chance 0..1, and whether it is a signature.

    `signature`: short writing that stands for a person (a name, initials, a flourish); `text`: all other.
    """

    hand: Literal["signature", "text"]
    box: Rectangle
    score: float


@dataclass(frozen=True, slots=True)
class _Part:
    """Strokes that belong together: the rectangle around them, and how many pixels of them are surely a pen's."""

    box: Rectangle
    ink: float


def pieces_of(sight: Sight, contrast: Contrast, lines: Sequence[Rectangle], least: float) -> list[Piece]:
    """Gather the handwriting around where the network sees signatures, from the top down.

    `lines`: of text, in contrast's pixels; `least`: the chance (0..1) from which the network's boxes count. Signatures
    where there is ink that no line explains may be less likely.
    """
    spoken = [seen for seen in sight.marks if seen.kind in PENS and seen.score >= least]
    faint = [seen for seen in sight.marks if seen.score < least and _stands_alone(seen, lines)]
    signed = [seen.box for seen in (*spoken, *faint) if seen.kind == "signature"]
    if not signed:
        return []
    height, width = contrast.value.shape
    millimetre = max(height, width) / _LONG_SIDE_MM
    reach = _REACH * millimetre
    firsts, lasts = np.min(signed, axis=0)[:2] - reach, np.max(signed, axis=0)[2:] + reach
    left, top, right, bottom = _within((*firsts.tolist(), *lasts.tolist()), (width, height))
    back = np.array([left, top, left, top], np.float64)
    window = (slice(top, bottom), slice(left, right))
    part = Contrast(contrast.value[window], contrast.sheet[window])
    here = [_moved(line, -back) for line in lines]
    strokes = _Strokes.of(_pen_on(sight, (left, top, right, bottom)), part, here, millimetre)
    parts = [
        one
        for one in strokes.parts(millimetre)
        if one.ink >= _LEAST_INK * millimetre**2
        and max(one.box[2] - one.box[0], one.box[3] - one.box[1]) >= _LEAST_SIZE * millimetre
    ]
    named = _named(parts, [replace(seen, box=_moved(seen.box, -back)) for seen in spoken])
    told = _rows(_whole(named, millimetre))
    for seen in faint:
        for one in strokes.unseen(_moved(seen.box, -back), millimetre):
            if not any(common(one.box, piece.box) > 0 for piece in told):
                told.append(Piece("signature", one.box, seen.score))
    pieces = []
    for piece in told:
        x0, y0, x1, y1 = _moved(piece.box, back)
        air = _AIR * millimetre + _AIR_PART * (y1 - y0)
        box = (max(0.0, x0 - air), max(0.0, y0 - air), min(width, x1 + air), min(height, y1 + air))
        pieces.append(replace(piece, box=box))
    return sorted(pieces, key=lambda piece: (piece.box[1], piece.box[0]))


def _stands_alone(seen: Seen, lines: Sequence[Rectangle]) -> bool:
    """Whether a signature that is hardly seen lies clear of all text."""
    if seen.kind != "signature" or seen.score < _HARDLY_SEEN:
        return False
    return not any(common(seen.box, line) > _CLEAR * area(seen.box) for line in lines)


def _moved(box: Rectangle, by: npt.NDArray[np.float64]) -> Rectangle:
    left, top, right, bottom = (np.asarray(box) + by).tolist()
    return left, top, right, bottom


def _pen_on(sight: Sight, window: tuple[int, int, int, int]) -> Mask:
    """The pen's map enlarged to a window of the page's contrast; what lies beside the map is none."""
    left, top, right, bottom = window
    scale = 1 / sight.scale
    place = np.array([[scale, 0, scale / 2 - 0.5 - left], [0, scale, scale / 2 - 0.5 - top]], np.float64)
    flags = cv2.INTER_LINEAR
    return np.asarray(
        cv2.warpAffine(sight.pen, place, (right - left, bottom - top), flags=flags, borderMode=cv2.BORDER_REPLICATE),
        np.uint8,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Strokes:
    """Ink that hardly, probably and surely is a pen's (0 or 1), at contrast's size."""

    faint: Mask
    here: Mask
    sure: Mask
    dark: Mask
    """Any ink a reader would call dark."""
    bare: Mask
    """Any ink outside the lines of text, rulings left out."""

    @classmethod
    def of(cls, pen: Mask, contrast: Contrast, lines: Sequence[Rectangle], millimetre: float) -> _Strokes:
        """`pen`: how likely each place of `contrast` is a pen's (0..255); `lines` of text in the same pixels."""
        height, width = contrast.value.shape
        dark = contrast.value >= _INKED
        pale = (contrast.value >= _PALE) & (pen >= _HARDLY)
        bare = ((contrast.value >= _PALE) & (contrast.sheet > 0)).astype(np.uint8)
        bare = cv2.morphologyEx(bare, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
        inked, penned = (cv2.integral(mask.astype(np.uint8)) for mask in (dark, dark & (pen >= _MAYBE)))
        for line in lines:
            left, top, right, bottom = _within(line, (width, height))
            if _sum(penned, line) < _BY_PEN * _sum(inked, line):
                bare[top:bottom, left:right] = 0
        ruled = np.zeros_like(bare)
        ruling = max(5, round(_RULING * millimetre))
        for kernel in (np.ones((1, ruling), np.uint8), np.ones((ruling, 1), np.uint8)):
            straight = cv2.dilate(cv2.morphologyEx(bare, cv2.MORPH_OPEN, kernel), np.ones((3, 3), np.uint8))
            bare, ruled = cv2.subtract(bare, straight), cv2.max(ruled, straight)
        masks = (pale, dark & (pen >= _MAYBE), dark & (pen >= _SURELY) & (ruled == 0), contrast.value >= _DARK, bare)
        return cls(*(np.asarray(mask, np.uint8) for mask in masks))

    def _is_pen(self, window: tuple[slice, slice], own: Mask, millimetre: float) -> bool:
        """Whether a part has strokes: it is no smear, whose ink lies far from its edge, and no printed circle."""
        ink = np.asarray(
            cv2.copyMakeBorder(self.dark[window] * own, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0), np.uint8
        )
        if cv2.mean(cv2.distanceTransform(ink, cv2.DIST_L2, 3), ink)[0] > _BLOT * millimetre:
            return False
        rows, columns = np.nonzero(ink)
        if len(rows) < _LEAST_INK * millimetre**2:
            return True
        (left, top), (right, bottom) = (columns.min(), rows.min()), (columns.max(), rows.max())
        away = np.hypot(columns - (left + right) / 2, rows - (top + bottom) / 2)
        return bool(away.std() > _CIRCLE * away.mean())

    def unseen(self, box: Rectangle, millimetre: float) -> list[_Part]:
        """Ink of which the map says little, though the network sees a signature there: thin and pale strokes."""
        height, width = self.bare.shape
        pad = _AROUND * max(box[2] - box[0], box[3] - box[1])
        around = (box[0] - pad, box[1] - pad, box[2] + pad, box[3] + pad)
        left, top, right, bottom = _within(around, (width, height))
        _, labels, stats, _ = cv2.connectedComponentsWithStats(self.bare[top:bottom, left:right], connectivity=8)
        inner = _within(_moved(box, -np.array([left, top, left, top], np.float64)), (right - left, bottom - top))
        numbers = np.unique(labels[inner[1] : inner[3], inner[0] : inner[2]])
        own = [number for number in numbers.tolist() if number and stats[number, 4] >= _GRAIN * millimetre**2]
        if not own:
            return []
        mask = np.isin(labels, own).astype(np.uint8)
        if cv2.countNonZero(mask) < _LEAST_INK * millimetre**2:
            return []
        if not self._is_pen((slice(top, bottom), slice(left, right)), mask, millimetre):
            return []
        x, y, wide, tall = cv2.boundingRect(mask)
        found = (float(left + x), float(top + y), float(left + x + wide), float(top + y + tall))
        return [_Part(found, float(cv2.countNonZero(mask)))]

    def parts(self, millimetre: float) -> list[_Part]:
        """Gather strokes that faint ink connects, or that lie close to each other, and what ink runs on from them."""
        across, down = (max(3, round(gap * millimetre)) for gap in (_GAP_ACROSS, _GAP_DOWN))
        close = cv2.morphologyEx(self.here, cv2.MORPH_CLOSE, np.ones((down, across), np.uint8))
        joined = cv2.bitwise_or(close, self.faint)
        count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
        grown = _Growth.of(self.bare, labels, millimetre)
        found = []
        for i in range(1, count):
            left, top, wide, tall, area = (int(v) for v in stats[i])
            if area < _LEAST_INK * millimetre**2:
                continue
            window = (slice(top, top + tall), slice(left, left + wide))
            own = (labels[window] == i).astype(np.uint8)
            sure = float(cv2.countNonZero(self.sure[window] * own))
            if sure and self._is_pen(window, own, millimetre):
                x, y, wide, tall = cv2.boundingRect(self.faint[window] * own)
                box = (float(left + x), float(top + y), float(left + x + wide), float(top + y + tall))
                found.append(_Part(grown.around(i, box), sure))
        return found


def _within(box: Rectangle, size: tuple[int, int]) -> tuple[int, int, int, int]:
    left, top, right, bottom = (max(0, round(side)) for side in box)
    return min(left, size[0]), min(top, size[1]), min(right, size[0]), min(bottom, size[1])


def _sum(sums: npt.NDArray[np.int32], box: Rectangle) -> int:
    """Sum over a rectangle by a table of sums."""
    left, top, right, bottom = _within(box, (sums.shape[1] - 1, sums.shape[0] - 1))
    return int(sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left])


@dataclass(frozen=True, slots=True, eq=False)
class _Growth:
    """Thin ink outside the lines of text that touches strokes: the pale ends of a signature, which the map misses."""

    boxes: dict[int, list[Rectangle]]

    @classmethod
    def of(cls, bare: Mask, labels: npt.NDArray[np.int32], millimetre: float) -> _Growth:
        """`labels`: number of the part that each place belongs to, 0 for none; `bare`: ink that may be its end."""
        rest = bare * (labels == 0).astype(np.uint8)
        count, ends, stats, _ = cv2.connectedComponentsWithStats(rest, connectivity=8)
        beside = cv2.dilate(labels.astype(np.int16), np.ones((3, 3), np.uint8))
        touching = (ends > 0) & (beside > 0)
        pairs = np.unique(np.stack([ends[touching], beside[touching]], axis=1), axis=0)
        boxes: dict[int, list[Rectangle]] = {}
        many = np.bincount(pairs[:, 0], minlength=count) if len(pairs) else np.zeros(count, np.int64)
        for end, part in pairs.tolist():
            left, top, wide, tall, _ = (int(v) for v in stats[end])
            if many[end] == 1 and max(wide, tall) <= _FARTHEST * millimetre:
                boxes.setdefault(part, []).append((left, top, left + wide, top + tall))
        return cls(boxes)

    def around(self, part: int, box: Rectangle) -> Rectangle:
        for left, top, right, bottom in self.boxes.get(part, ()):
            box = (min(box[0], left), min(box[1], top), max(box[2], right), max(box[3], bottom))
        return box


def _named(parts: Sequence[_Part], spoken: Sequence[Seen]) -> list[Piece]:
    """Pieces as the boxes on them say: each speaks for what it covers, if that is not little beside its main piece.

    What one box of a signature covers is one piece: its strokes may stand apart.
    """
    chances: dict[int, dict[str, float]] = {}
    whole = list(parts)
    for seen in spoken:
        reached = [i for i, part in enumerate(whole) if part.ink and _reaches(seen.box, part.box)]
        most = max((whole[i].ink for i in reached), default=0.0)
        for i in reached:
            if whole[i].ink >= _BESIDE * most:
                known = chances.setdefault(i, {"signature": 0.0, "writing": 0.0})
                known[seen.kind] = max(known[seen.kind], seen.score)
        within = [i for i in reached if _inside(whole[i].box, seen.box, _MOSTLY)]
        if seen.kind == "signature" and len(within) > 1:
            first, *others = sorted(within, key=lambda i: -whole[i].ink)
            boxes = np.array([whole[i].box for i in within])
            (left, top), (right, bottom) = boxes.min(axis=0)[:2].tolist(), boxes.max(axis=0)[2:].tolist()
            whole[first] = _Part((left, top, right, bottom), sum(whole[i].ink for i in within))
            for i in others:
                whole[i] = _Part(whole[i].box, 0.0)
    pieces = []
    for i, known in chances.items():
        part = whole[i]
        if part.ink:
            long = part.box[2] - part.box[0] > _LONG * (part.box[3] - part.box[1])
            text = long or known["writing"] > known["signature"]
            pieces.append(Piece("text" if text else "signature", part.box, max(known.values())))
    return pieces


def _reaches(seen: Rectangle, part: Rectangle) -> bool:
    """Whether a box of the network lies on a part: it has its middle there, or covers much of it."""
    x, y = (seen[0] + seen[2]) / 2, (seen[1] + seen[3]) / 2
    if part[0] <= x <= part[2] and part[1] <= y <= part[3]:
        return True
    across = min(seen[2], part[2]) - max(seen[0], part[0])
    down = min(seen[3], part[3]) - max(seen[1], part[1])
    area = max(1.0, (part[2] - part[0]) * (part[3] - part[1]))
    return across > 0 and down > 0 and across * down > _SPEAKS * area


def _whole(pieces: Sequence[Piece], millimetre: float) -> list[Piece]:
    """Pieces of which none lies inside another, nor is a small one right beside a large one: these are one writing."""
    kept: list[Piece] = []
    for piece in sorted(pieces, key=lambda one: -area(one.box)):
        near = (-_NEAR * millimetre, -_NEAR * millimetre, _NEAR * millimetre, _NEAR * millimetre)
        reach = _moved(piece.box, np.array(near))
        owner = next((i for i, one in enumerate(kept) if _belongs(piece, reach, one)), None)
        if owner is None:
            kept.append(piece)
        elif not _inside(piece.box, kept[owner].box, _INSIDE):
            boxes = np.array([piece.box, kept[owner].box])
            (left, top), (right, bottom) = boxes.min(axis=0)[:2].tolist(), boxes.max(axis=0)[2:].tolist()
            kept[owner] = replace(kept[owner], box=(left, top, right, bottom))
    return kept


def _belongs(piece: Piece, reach: Rectangle, other: Piece) -> bool:
    """Whether a piece, `reach` with its surroundings, is a part of a larger one."""
    if _inside(piece.box, other.box, _INSIDE):
        return True
    meets = min(reach[2], other.box[2]) > max(reach[0], other.box[0]) and min(reach[3], other.box[3]) > max(
        reach[1], other.box[1]
    )
    return meets and piece.hand == other.hand and area(piece.box) < _SMALL * area(other.box)


def _inside(one: Rectangle, other: Rectangle, least: float) -> bool:
    return common(one, other) > least * area(one)


def _rows(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces of which several stand in a row are words of a line of text."""
    result = []
    for piece in pieces:
        row = [other for other in pieces if _level(piece, other)]
        heights = sorted(other.box[3] - other.box[1] for other in row)
        gap = _ROW_GAP * heights[len(heights) // 2]
        run, left, right = 1, piece.box[0], piece.box[2]
        for other in sorted(row, key=lambda one: abs(one.box[0] - piece.box[0])):
            if other is not piece and other.box[0] - right < gap and left - other.box[2] < gap:
                run, left, right = run + 1, min(left, other.box[0]), max(right, other.box[2])
        result.append(replace(piece, hand="text") if run >= _ROW else piece)
    return result


def _level(one: Piece, other: Piece) -> bool:
    heights = [piece.box[3] - piece.box[1] for piece in (one, other)]
    shared = min(one.box[3], other.box[3]) - max(one.box[1], other.box[1])
    return shared > 0.5 * min(heights) and max(heights) < 2.2 * min(heights)
