"""Entries of a table of contents that were changed: struck through, written over, painted out.

Only pages that look like such a table are looked at (listing.py). Strokes through writing are found by their length
(strokes.py). Writing over writing is denser and thicker than the column's other entries and reads badly. Paint hides
the table's rules or is whiter than the paper around. Judged is every entry against its own column, so that a table
written throughout with a broad pen shows nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Literal

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.ocr.cells import pale_ink, upright_rules
from pipeline.ocr.engine import Image
from pipeline.ocr.listing import GLYPH, Box, Gray, Listing
from pipeline.ocr.strokes import Stroke, strokes_through

Kind = Literal["struck", "overwritten", "whitened"]

_HALF = 0.62 * GLYPH
"""Half the height of a row's writing."""
_FEW = 5
"""Entries of a column from which one of them can be told from the others."""
_LEAST_INK = 20
_DENSE, _DENSE_NUMBER = 1.25, 1.4
"""Times the ink usual in the column's densest places from which an entry is suspected of being written over …"""
_FAT, _FAT_NUMBER, _VERY_FAT = 0.15, 0.07, 0.4
"""… and what more of a character's square lies inside of thick strokes there. Only beyond the last is a name suspected
that reads well: print may be bold."""
_SPREAD = 6.0
"""Times by which that must exceed the column's own differences: some pens are broad."""
_AS_WIDE = 0.35
"""Numbers are held against those that are as wide, in characters: 8 against 3, not against 23-24."""
_READS_BADLY = 0.985
_COVERED, _COVERED_LONG = 0.6, 3.0
"""Part of an entry that a stroke must cover to be what was done to it, where it is dense as well, or its length in
characters: a correction in a broader pen may stand behind what is struck."""
_COVERED_NUMBER = 1.4
"""Length in characters of a stroke through a number that is dense as well."""
_RULE_STANDS, _RULE_GONE = 0.6, 0.7
"""How dark a rule is in the rows beside (of the table's usual ink), and what part of its ink is left under paint."""
_RULED = 0.5
"""Part of a row's height that a rule must take there; characters above one another are no rule."""
_WORN_RULES = 0.2
"""Share of rows with gaps in their rules from which on the rules are worn, not painted over."""
_REACH = 1.5 * GLYPH
"""How far beside a changed entry the fingerprint on it may stand."""
_WHITER = 5.0
"""Levels (of 255) by which paint outshines the paper around it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in one cell: where (level pixels), its row, its column, how well it reads.

    Columns of numbers count from 0, those of words from -1 down.
    """

    box: Box
    row: int
    column: int
    score: float


@dataclass(frozen=True, slots=True)
class Altered:
    """A changed entry: what was done, where (level pixels)."""

    kind: Kind
    box: Box
    row: int


def altered_entries(
    table: Listing, entries: Sequence[Entry], image: Image, pressed: Sequence[Box] = (), sealed: Sequence[Box] = ()
) -> list[Altered]:
    """Find the changed entries of a table.

    `image`: the page as scanned (RGB), for the whiteness of its paper; `pressed`: fingerprints and name seals (level
    pixels), which people press on what they changed: an entry below one was changed even where paint hides how;
    `sealed`: official seals, whose rings are no strokes.
    """
    strokes = [stroke for stroke in strokes_through(table) if not any(_within(stroke.box, seal) for seal in sealed)]
    dense = _written_over(table, entries)
    found: list[Altered] = []
    for entry in dense:
        covering = [s for s in strokes if s.row == entry.row and _overlap(s.box, entry.box) > 0]
        longest = max((_overlap(s.box, entry.box) for s in covering), default=0.0)
        wide = min(_COVERED * (entry.box[2] - entry.box[0]), _COVERED_LONG * GLYPH)
        enough = wide if entry.column < 0 else _COVERED_NUMBER * GLYPH
        if longest < enough:
            found.append(Altered("overwritten", entry.box, entry.row))
            strokes = [s for s in strokes if s not in covering]
    found += [_struck(table, group) for group in _together(strokes)]
    for entry in (*_painted(table, entries, image), *_pressed(entries, found, pressed)):
        if not any(a.row == entry.row and _overlap(a.box, entry.box) > 0 for a in found):
            found.append(Altered("whitened", entry.box, entry.row))
    return sorted(found, key=lambda one: (one.row, one.box))


def entries_of(table: Listing, boxes: Sequence[Box], scores: Sequence[float]) -> list[Entry]:
    """The cells of a table that hold a name or a number, by what was read there."""
    entries = []
    for box, score in zip(boxes, scores, strict=True):
        row = table.row_of(box)
        column = _column(table, box)
        if row is not None and column is not None:
            middle = table.rows[row]
            level = (box[0], max(box[1], middle - _HALF), box[2], min(box[3], middle + _HALF))
            entries.append(Entry(level, row, column, score))
    return entries


def _column(table: Listing, box: Box) -> int | None:
    for index, (left, right) in enumerate(table.numbers):
        if left - 0.5 * GLYPH <= (box[0] + box[2]) / 2 <= right + 0.5 * GLYPH:
            return index
    for index, (left, right) in enumerate(table.names):
        if left - GLYPH < box[0] < right:
            return -1 - index
    return None


def _overlap(one: Box, other: Box) -> float:
    return min(one[2], other[2]) - max(one[0], other[0])


def _within(stroke: Box, seal: Box) -> bool:
    middle = (stroke[0] + stroke[2]) / 2, (stroke[1] + stroke[3]) / 2
    return seal[0] <= middle[0] <= seal[2] and seal[1] - 2 <= middle[1] <= seal[3] + 2


def _together(strokes: Sequence[Stroke]) -> list[list[Stroke]]:
    """Strokes that went through the same entry."""
    groups: list[list[Stroke]] = []
    for stroke in strokes:
        for group in groups:
            if group[0].row == stroke.row and any(_overlap(stroke.box, other.box) > -1.5 * GLYPH for other in group):
                group.append(stroke)
                break
        else:
            groups.append([stroke])
    return groups


def _struck(table: Listing, strokes: Sequence[Stroke]) -> Altered:
    row = strokes[0].row
    middle = table.rows[row]
    left, right = min(s.box[0] for s in strokes), max(s.box[2] for s in strokes)
    return Altered("struck", (left, middle - _HALF, right, middle + _HALF), row)


def _written_over(table: Listing, entries: Sequence[Entry]) -> list[Entry]:
    """Entries with a place where lines lie closer and thicker than anywhere else in their column."""
    found = []
    for column in sorted({entry.column for entry in entries}):
        own = [(entry, ink) for entry in entries if entry.column == column and (ink := _ink(table, entry.box))]
        if len(own) < _FEW or (column == 0 and len(table.numbers) > 1):
            continue  # the rows' own numbers are the form's
        dense, fat = (_DENSE, _FAT) if column < 0 else (_DENSE_NUMBER, _FAT_NUMBER)
        for entry, ink in own:
            peers = [other for _, other in own if column < 0 or abs(other.width - ink.width) < _AS_WIDE]
            peers = peers if len(peers) >= _FEW - 1 else [other for _, other in own]
            usual_fat = median(peer.fat for peer in peers)
            spread = median(abs(peer.fat - usual_fat) for peer in peers)
            more = ink.fat - usual_fat
            badly = column >= 0 or entry.score < _READS_BADLY or more >= _VERY_FAT
            if badly and more >= max(fat, _SPREAD * spread) and ink.share >= dense * median(p.share for p in peers):
                found.append(entry)
    return found


@dataclass(frozen=True, slots=True)
class _Ink:
    """An entry's ink: the most in a square of a character, the most inside of thick strokes there, its width."""

    share: float
    fat: float
    width: float


def _ink(table: Listing, box: Box) -> _Ink | None:
    """Measure an entry; None for hardly any ink. Shares are of a character's square, 0..1; width in characters."""
    part = np.ascontiguousarray(_cut(table.ink, box))
    if not part.size or cv2.countNonZero(part) < _LEAST_INK:
        return None
    inside = cv2.erode(part, np.ones((3, 3), np.uint8), borderType=cv2.BORDER_CONSTANT, borderValue=0)
    share, fat = (
        float(cv2.boxFilter(p, cv2.CV_32F, (GLYPH, GLYPH), normalize=True, borderType=cv2.BORDER_CONSTANT).max())
        for p in (part, inside)
    )
    inked = np.flatnonzero(part.any(axis=0))
    return _Ink(share, fat, float(inked[-1] - inked[0] + 1) / GLYPH)


def _cut(picture: npt.NDArray[np.uint8], box: Box) -> Gray:
    left, top = max(0, round(box[0])), max(0, round(box[1]))
    return picture[top : max(top, round(box[3])), left : max(left, round(box[2]))]


def _painted(table: Listing, entries: Sequence[Entry], image: Image) -> list[Entry]:
    """Entries on a patch of paint: it hides a rule beside them, or is whiter than the paper around."""
    weights = _row_means(table, table.dark)
    ruled = _row_means(table, upright_rules(pale_ink(table))) >= _RULED
    hidden = [entry for entry in entries if _hides_rule(weights, ruled, entry, table.usual)]
    if len({entry.row for entry in hidden}) > max(2, _WORN_RULES * len(table.rows)):
        hidden = []
    paper = _paper(table, image)
    free = cv2.dilate(table.ink, np.ones((7, 7), np.uint8)) == 0
    return [e for e in entries if e in hidden or _whiter(e.box, paper, free)]


def _pressed(entries: Sequence[Entry], found: Sequence[Altered], pressed: Sequence[Box]) -> list[Entry]:
    """Entries on which a fingerprint or name seal stands that belongs to no change found so far."""
    chosen = []
    for mark in pressed:
        middle = (mark[1] + mark[3]) / 2
        if any(_overlap(a.box, mark) > -_REACH and a.box[1] - _HALF < middle < a.box[3] + _HALF for a in found):
            continue
        below = [e for e in entries if e.box[1] - 0.3 * GLYPH < middle < e.box[3] + 0.3 * GLYPH]
        on = [e for e in below if _overlap(e.box, mark) > 0.3 * GLYPH]
        if on:
            chosen.append(max(on, key=lambda e: (_overlap(e.box, mark), e.box)))
    return chosen


def _row_means(table: Listing, picture: Gray) -> npt.NDArray[np.float32]:
    """For every row and every place across, the mean of the picture there (rows x width)."""
    steps = [b - a for a, b in pairwise(table.rows)]
    half = 0.4 * median(steps) if steps else GLYPH
    means = [picture[max(0, round(row - half)) : round(row + half)].mean(axis=0) for row in table.rows]
    return np.asarray(means, np.float32)


def _hides_rule(weights: npt.NDArray[np.float32], ruled: npt.NDArray[np.bool_], entry: Entry, usual: int) -> bool:
    """Whether an upright rule beside the rows above and below is gone, or worn thin, beside this entry.

    `weights`: how dark each place is in every row on the mean (0..255); `ruled`: where it is part of a long line.
    """
    near = sorted((i for i in range(len(weights)) if i != entry.row), key=lambda i: abs(i - entry.row))[:2]
    for start, end in ((entry.box[0] - GLYPH, entry.box[0] + 0.6 * GLYPH), (entry.box[2], entry.box[2] + 0.6 * GLYPH)):
        for x in range(max(4, round(start)), min(weights.shape[1] - 4, round(end))):
            if min(weights[i, x] for i in near) < _RULE_STANDS * usual or not all(ruled[i, x] for i in near):
                continue
            beside = min(float(weights[i, x - 4 : x + 5].sum()) for i in near)
            if float(weights[entry.row, x - 4 : x + 5].sum()) < _RULE_GONE * beside:
                return True
    return False


def _paper(table: Listing, image: Image) -> Image:
    """The page as scanned, made level like the table."""
    height, width = table.ink.shape
    level = cv2.warpAffine(
        image, table.matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(level, np.uint8)


def _whiter(box: Box, paper: Image, free: npt.NDArray[np.bool_]) -> bool:
    """Whether the bare paper under an entry is whiter than that around it, on all sides and clearly."""
    left, top, right, bottom = (round(v) for v in box)
    inside = _shade(paper, free, (left, top, right, bottom))
    if inside is None:
        return False
    around = [
        _shade(paper, free, place)
        for place in (
            (left - 3 * GLYPH, top, left - GLYPH, bottom),
            (right + GLYPH, top, right + 4 * GLYPH, bottom),
            (left, top - 2 * GLYPH, right, top - GLYPH),
            (left, bottom + GLYPH, right, bottom + 2 * GLYPH),
        )
    ]
    sides = [side for side in around if side is not None]
    return len(sides) >= 3 and all(float((inside - side).max()) >= _WHITER for side in sides)


def _shade(
    paper: Image, free: npt.NDArray[np.bool_], place: tuple[int, int, int, int]
) -> npt.NDArray[np.float64] | None:
    """Mean colour of the bare paper in a part of the level picture; None where too little of it is bare."""
    left, top, right, bottom = (max(0, v) for v in place)
    bare = free[top:bottom, left:right]
    if np.count_nonzero(bare) < 30:
        return None
    return np.asarray(paper[top:bottom, left:right][bare].mean(axis=0), np.float64)
