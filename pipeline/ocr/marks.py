"""Marks on a page that are no lines of text: official seals, fingerprints, name seals, receipt stamps, pen writing.

Two witnesses are heard. A small network (mark_net.py) tells seals, black fingerprints and pen writing, which image
rules do badly. Rules tell the exact circle of a round seal (rings.py) and the exact patch of coloured ink (patches.py),
which the network places coarsely; a circle all around is a seal even where the network sees none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.casefile import MarkKind
from pipeline.ocr import pens
from pipeline.ocr.blots import blot_at
from pipeline.ocr.colour import Mask
from pipeline.ocr.ink import Contrast
from pipeline.ocr.lines import Strip
from pipeline.ocr.loose import loose_strokes
from pipeline.ocr.mark_net import Seen, SeenKind, Sight
from pipeline.ocr.patches import patches
from pipeline.ocr.rectangles import Rectangle, area, common, overlap
from pipeline.ocr.rings import Ring, best_ring, find_rings, stands_apart
from pipeline.ocr.shrink import shrunk

Colour = Literal["red", "blue", "black"]

_LONG_SIDE_MM = 297.0
_LEAST: dict[SeenKind, float] = {"seal": 0.45, "fingerprint": 0.35, "name_seal": 0.4, "receipt_stamp": 0.5}
"""Chances (0..1) from which the network is believed that something is there."""
_SEAL_WITH_RIM = 0.3
"""The same for a seal whose rim can be shown."""
_BLACK_WITHOUT_RIM = 0.55
"""The same for one without colour and circle: codes of squares look a little like square seals."""
_FINGER_WITH_BLOT = 0.28
"""The same for a fingerprint where stamped ink has a finger's shape."""
_PEN = 0.25
"""The same for what a pen wrote, of which strokes tell as well."""
_COLOURED = 0.015
"""Part of a mark's rectangle that must be coloured for it to be called so."""
_BLACK_INK = round(0.10 * 255)
"""Contrast from which ink counts when looking for grey seals of copies."""
_RIMS: dict[Colour, float] = {"red": 0.4, "blue": 0.45, "black": 0.55}
"""Part of its circle that a seal must show, if the circle is to be trusted where the network sees a seal."""
_LONE_RIMS: dict[Colour, float] = {"red": 0.75, "blue": 0.8, "black": 0.85}
"""The same where it sees none."""
_SAME = 0.3
"""Part of the smaller of two rectangles that they must share to be one mark."""
_UPPER, _STAIN = 90, 45
"""Percent of a print of which the darkest may be no darker (contrast, of 255) than a stain is."""
_ON_PAPER = 0.6
"""Part of a mark, or of what is around it, that must be paper; in pictures there is none."""
_BESIDE, _CLEAR = 0.5, 0.42
"""Part of a mark's size that counts as around it; chance from which that is asked for instead."""
_IN_LINE, _WELL_READ = 0.45, 0.8
"""Part of some writing that lies in a line of text, and the line's score, from which the text tells what it is."""
_WITHIN = 0.8
"""Part of a mark without colour that a line must cover, if the mark is one of its characters."""
_AS_WIDE = 1.05
"""Part of the mark's width that the line's characters must have for it."""
_DIGITS, _NAME, _LATIN_NAME = 1.5, 4.5, 12.5
"""More digits or characters than those are no name."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A mark where it was found: kind, colour and rectangle (left, top, right, bottom) in pixels of the full image.

    `ring`: the circle of a round seal, in the same pixels. `score`: how sure it is, 0..1.
    """

    kind: MarkKind
    colour: Colour
    rectangle: tuple[int, int, int, int]
    score: float
    ring: Ring | None = None


def find_marks(sight: Sight, red: Mask, blue: Mask, contrast: Contrast, strips: Sequence[Strip]) -> list[Spot]:
    """Find the marks of a page, from the top down.

    `sight`: what the network sees; `red` and `blue`: coloured ink (0 or 255), red at full size, blue at that or half of
    it; `contrast`: of the same image, reduced; `strips`: the lines of text in full-size pixels. Handwriting is marked
    where it looks like a signature or initials, whether a line of text covers it or not; ink only where none does.
    """
    page = _Page.of(red, blue, contrast)
    lines: list[Rectangle] = [(*s.quad.min(axis=0) / page.scale, *s.quad.max(axis=0) / page.scale) for s in strips]
    found = page.seals(sight.marks, lines)
    read = [(line, len(strip.text)) for strip, line in zip(strips, lines, strict=True) if strip.score >= _WELL_READ]
    found += page.pressed(sight, [one.box for one in found], read)
    for strokes in loose_strokes(contrast, page.red, page.blue, lines, [one.box for one in found]):
        found.append(_Found("ink", "blue" if strokes.blue else "black", strokes.box, strokes.score))
    stamps = [one.box for one in found if one.kind == "receipt_stamp"]
    for piece in pens.pieces_of(sight, contrast, lines, _PEN):
        if any(_shares(piece.box, stamp) for stamp in stamps):  # its frame and letters are strokes of coloured ink too
            continue
        if piece.hand == "signature" and not any(_spells(*read, piece.box) for read in zip(strips, lines, strict=True)):
            found.append(_Found("handwriting", page.colour(piece.box), piece.box, round(piece.score, 4)))
    return sorted((page.spot(one) for one in found), key=lambda spot: (spot.rectangle[1], spot.rectangle[0]))


def _spells(strip: Strip, line: Rectangle, box: Rectangle) -> bool:
    """Whether a line of text reads what a pen wrote at `box` as a date, a number or more than a name."""
    both = common(line, box)
    if not both or both < _IN_LINE * area(box):
        return False
    share = (min(line[2], box[2]) - max(line[0], box[0])) / max(1.0, line[2] - line[0])
    digits, letters = sum(c.isdigit() for c in strip.text), sum(c.isalpha() for c in strip.text)
    name = _NAME if any(c > "\u2fff" for c in strip.text) else _LATIN_NAME
    return digits * share >= _DIGITS or (strip.score >= _WELL_READ and letters * share > name)


def _shares(one: Rectangle, other: Rectangle) -> bool:
    """Whether two rectangles cover much of the smaller one together."""
    return common(one, other) > _SAME * min(area(one), area(other))


def _is_character(box: Rectangle, line: Rectangle, count: int) -> bool:
    """Whether a box holds just one of the characters of a line of text, as the bold ones on covers are."""
    wide = box[2] - box[0]
    return common(box, line) > _WITHIN * area(box) and (line[2] - line[0]) / max(1, count) > _AS_WIDE * wide


@dataclass(frozen=True, slots=True)
class _Found:
    """A mark in pixels of the page's contrast."""

    kind: MarkKind
    colour: Colour
    box: Rectangle
    score: float
    ring: Ring | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Page:
    """Where a page is inked red, blue, or dark without colour, at contrast's size; `scale`: full pixels for one."""

    red: Mask
    blue: Mask
    black: Mask
    value: npt.NDArray[np.uint8]
    sheet: Mask
    scale: float
    size: tuple[int, int]

    @classmethod
    def of(cls, red: Mask, blue: Mask, contrast: Contrast) -> _Page:
        height, width = contrast.value.shape
        small_red, small_blue = (_reduced(mask, (width, height)) for mask in (red, blue))
        black = cv2.threshold(contrast.value, _BLACK_INK, 255, cv2.THRESH_BINARY)[1]
        coloured = np.asarray(cv2.max(small_red, small_blue), np.uint8)
        if cv2.countNonZero(coloured):
            black = cv2.subtract(black, cv2.dilate(coloured, np.ones((5, 5), np.uint8)))
        full = (red.shape[1], red.shape[0])
        return cls(
            small_red,
            small_blue,
            np.asarray(black, np.uint8),
            contrast.value,
            contrast.sheet,
            red.shape[1] / width,
            full,
        )

    def inks(self) -> tuple[tuple[Colour, Mask], ...]:
        return ("red", self.red), ("blue", self.blue), ("black", self.black)

    def seals(self, seen: Sequence[Seen], lines: Sequence[Rectangle]) -> list[_Found]:
        """Seals that the network sees, with their circles; then circles all around of which it sees nothing."""
        found = [seal for one in seen if one.kind == "seal" and (seal := self._seal(one)) is not None]
        loose = cv2.bitwise_and(self.black, self.sheet)
        for left, top, right, bottom in lines:
            loose[max(0, int(top)) : int(bottom) + 1, max(0, int(left)) : int(right) + 1] = 0
        for colour, ink in self.inks():
            rest, seeds = ink.copy(), (loose if colour == "black" else ink).copy()
            for one in found:
                left, top, right, bottom = (max(0, round(side)) for side in one.box)
                rest[top:bottom, left:right] = seeds[top:bottom, left:right] = 0
            for ring in find_rings(rest, seeds, _LONE_RIMS[colour], clean_around=colour != "red"):
                found.append(_Found("seal", colour, self._around(ring), round(ring.rim, 4), ring))
        return found

    def _seal(self, seen: Seen) -> _Found | None:
        colour, score = self.colour(seen.box), round(seen.score, 4)
        if score < _SEAL_WITH_RIM:
            return None
        ink = dict(self.inks())[colour]
        ring = best_ring(ink, seen.box, max(ink.shape), _RIMS[colour])
        least = _BLACK_WITHOUT_RIM if colour == "black" else _LEAST["seal"]
        if ring is not None and (colour != "black" or score >= least or stands_apart(ink, ring)):
            return _Found("seal", colour, self._around(ring), score, ring)
        return _Found("seal", colour, seen.box, score) if score >= least else None

    def pressed(self, sight: Sight, seals: Sequence[Rectangle], read: Sequence[tuple[Rectangle, int]]) -> list[_Found]:
        """Fingerprints, name seals, receipt stamps: coloured ones by their ink, others as the network sees them.

        `read`: lines of text that were well read, and how many characters. One of theirs is no mark, though bold.
        """
        found: list[_Found] = []
        for colour, ink in self.inks()[:2]:
            rest = ink.copy()
            for left, top, right, bottom in seals:
                rest[max(0, round(top)) : round(bottom), max(0, round(left)) : round(right)] = 0
            for patch in patches(rest, red=colour == "red"):
                found.append(_Found(patch.kind, colour, patch.box, patch.score))
        for seen in sight.marks:
            if seen.kind in ("seal", "signature", "writing") or not self._on_paper(seen):
                continue
            one = self._own(seen, sight)
            if one is None or any(_shares(one.box, other.box) for other in found):
                continue
            if one.colour != "black" or not any(_is_character(one.box, *line) for line in read):
                found.append(one)
        return found

    def _own(self, seen: Seen, sight: Sight) -> _Found | None:
        """A mark with the rectangle of its own ink, where that can be told: names beside it are none of it."""
        colour, box, least = self.colour(seen.box), seen.box, _LEAST[seen.kind]
        if seen.kind == "fingerprint" and colour == "blue":  # the name that it is pressed on may be
            colour = "red" if self._share(self.red, box) >= _COLOURED else "black"
        if colour != "black":
            left, top, right, bottom = (max(0, round(side)) for side in box)
            ink = dict(self.inks())[colour][top:bottom, left:right]
            joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
            stats = cv2.connectedComponentsWithStats(joined)[2][1:]
            if len(stats):
                x, y, wide, tall, _ = stats[int(stats[:, cv2.CC_STAT_AREA].argmax())].tolist()
                own = (float(left + x), float(top + y), float(left + x + wide), float(top + y + tall))
                box = own if overlap(own, box) > _SAME else box
        elif seen.kind == "fingerprint":
            if not self._dark(box):
                return None
            blot = blot_at(sight, box, max(self.red.shape) / _LONG_SIDE_MM)
            if blot is not None:
                box, least = blot, _FINGER_WITH_BLOT
        return _Found(seen.kind, colour, box, round(seen.score, 4)) if seen.score >= least else None  # type: ignore[arg-type]

    def _dark(self, box: Rectangle) -> bool:
        """Whether there is ink and no mere stain."""
        left, top, right, bottom = (max(0, round(side)) for side in box)
        part = self.value[top:bottom, left:right]
        return bool(part.size) and float(np.percentile(part, _UPPER)) >= _STAIN

    def _on_paper(self, seen: Seen) -> bool:
        """Whether a mark is on paper, not in a picture or hole; a clear one may itself be too dark to be called so."""
        box, paper = seen.box, self._share(self.sheet, seen.box)
        if paper >= _ON_PAPER or seen.score < _CLEAR:
            return paper >= _ON_PAPER
        pad = _BESIDE * max(box[2] - box[0], box[3] - box[1])
        height, width = self.sheet.shape
        left, top, right, bottom = box[0] - pad, box[1] - pad, box[2] + pad, box[3] + pad
        around = (max(0.0, left), max(0.0, top), min(float(width), right), min(float(height), bottom))
        inner, outer = ((b[2] - b[0]) * (b[3] - b[1]) for b in (box, around))
        return self._share(self.sheet, around) * outer - paper * inner >= _ON_PAPER * (outer - inner)

    def colour(self, box: Rectangle) -> Colour:
        red, blue = self._share(self.red, box), self._share(self.blue, box)
        if max(red, blue) < _COLOURED:
            return "black"
        return "red" if red >= blue else "blue"

    def _share(self, mask: Mask, box: Rectangle) -> float:
        left, top, right, bottom = (max(0, round(side)) for side in box)
        return cv2.countNonZero(mask[top:bottom, left:right]) / max(1, (right - left) * (bottom - top))

    def _around(self, ring: Ring) -> Rectangle:
        return ring.x - ring.radius, ring.y - ring.radius, ring.x + ring.radius, ring.y + ring.radius

    def spot(self, found: _Found) -> Spot:
        """The mark in pixels of the full image, kept on it."""
        left, top, right, bottom = (side * self.scale for side in found.box)
        width, height = self.size
        box = (max(0, round(left)), max(0, round(top)), min(width, round(right)), min(height, round(bottom)))
        ring = found.ring
        if ring is not None:
            ring = Ring(ring.x * self.scale, ring.y * self.scale, ring.radius * self.scale, ring.rim)
        return Spot(found.kind, found.colour, box, found.score, ring)


def _reduced(mask: Mask, size: tuple[int, int]) -> Mask:
    if not cv2.countNonZero(mask):
        return np.zeros(size[::-1], np.uint8)
    return np.asarray(cv2.threshold(shrunk(mask, size), 70, 255, cv2.THRESH_BINARY)[1], np.uint8)
