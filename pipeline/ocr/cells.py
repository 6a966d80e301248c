"""Cells of a table of contents in which the search found nothing although ink stands there: lone digits, mostly.

An engine's search passes over a single thin stroke, and a row whose page number is lost would look like one that its
writer left empty. So the empty cells of the columns are looked into, and what ink they hold is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.ocr.engine import Engine, Image
from pipeline.ocr.lines import Strip, cut
from pipeline.ocr.listing import GLYPH, Box, Gray, Listing

_HALF = 0.72 * GLYPH
"""Half the height of a row's writing: rules and neighbouring rows are further away."""
_PALE = 0.3
"""Part of the table's usual darkness from which ink counts here: a lone 1 is thin, and thin lines are pale."""
_LEAST_TALL, _LEAST_WIDE, _LEAST_INK, _DUST = 0.4 * GLYPH, 0.5 * GLYPH, 0.03 * GLYPH**2, 3
"""Writing is at least as tall or as wide as the first two, and has that many pixels of ink, in pieces of more than the
last; the rest is dust."""
_UPRIGHT, _NARROW, _STROKE_SCORE = 0.5 * GLYPH, 0.45, 0.8
"""A 1 is at least so tall and, as a part of that, at most so wide; what is told by its shape counts that much."""
_SPECK = 0.25 * GLYPH
"""A piece smaller than this beside a whole digit is dust."""
_RULE = 3 * GLYPH
"""An upright line longer than this is a rule."""
_MARGIN = 0.35 * GLYPH
_READABLE = 0.5
_WAYS, _AGREED = 3, 1.2
"""In how many ways a torn number is read, and what the scores that agree must come to."""
_LIKE_DIGITS = str.maketrans("OoDQlI|i!丨一/", "000011111111")


@dataclass(frozen=True, slots=True)
class Cell:
    """An empty cell that holds ink: where it is (level pixels), and whether it is one for numbers."""

    box: Box
    number: bool
    ones: int = 0
    """How many upright strokes it holds where it holds nothing else: 11 reads badly."""


def lost_cells(table: Listing) -> list[Cell]:
    """Find the cells without a strip that hold ink."""
    ink = pale_ink(table)
    free = cv2.subtract(ink, upright_rules(ink))
    columns = [(left, right, True) for left, right in table.numbers]
    columns += [(left, right, False) for left, right in table.names]
    found = []
    for left, right, number in columns:
        for middle in table.rows:
            box = (left - 0.4 * GLYPH, middle - _HALF, right + 0.4 * GLYPH, middle + _HALF)
            if any(_shares(box, strip) for strip in table.boxes):
                continue
            pieces = _ink_in(free, box)
            if pieces:
                found.append(Cell(_hull(pieces), number, _ones(pieces) if number else 0))
    return found


def read_lost_cells(engine: Engine, image: Image, table: Listing) -> tuple[list[Strip], list[Cell]]:
    """Read the lost cells of a table: the strips that could be read, and the cells that could not.

    `image`: the page (RGB), its red ink bleached out.
    """
    cells = lost_cells(table)
    if not cells:
        return [], []
    quads = [table.quad(_grown(cell.box)) for cell in cells]
    ruled = upright_rules(pale_ink(table))
    crops = [
        _without_rules(table, ruled, cell) if cell.number else cut(image, quad)
        for cell, quad in zip(cells, quads, strict=True)
    ]
    strips: list[Strip] = []
    unread: list[Cell] = []
    for cell, quad, (text, score) in zip(cells, quads, engine.recognise(crops), strict=True):
        plain = as_number(text) if cell.number else text
        if cell.ones and not set(plain) - set("1") and (len(plain) != cell.ones or score < _READABLE):
            plain, score = "1" * cell.ones, _STROKE_SCORE
        if score >= _READABLE and re.search(r"\w", plain):
            strips.append(Strip(quad, plain, score))
        else:
            unread.append(cell)
    torn = [cell for cell in unread if cell.number]
    for cell, (plain, score) in zip(torn, _by_vote(engine, table, ruled, torn), strict=True):
        if plain:
            strips.append(Strip(table.quad(_grown(cell.box)), plain, score))
            unread.remove(cell)
    return strips, unread


def _by_vote(engine: Engine, table: Listing, ruled: Gray, cells: Sequence[Cell]) -> list[tuple[str, float]]:
    """Numbers whose thin strokes the scanner broke, their ink spread in several ways; "" where readings differ."""
    crops = [image for cell in cells for image in _spread(table, ruled, cell)]
    readings = engine.recognise(crops)
    done = []
    for index, cell in enumerate(cells):
        worth: dict[str, list[float]] = {}
        for text, score in readings[index * _WAYS : (index + 1) * _WAYS]:
            if plain := as_number(text):
                worth.setdefault(plain, []).append(score)
        best = max(worth, key=lambda plain: sum(worth[plain]), default="")
        agreed = bool(best) and len(worth[best]) > 1 and sum(worth[best]) >= _AGREED
        alone = set(best) == {"1"} and not cell.ones  # what is torn off another digit looks like a 1
        done.append((best, sum(worth[best]) / _WAYS) if agreed and not alone else ("", 0.0))
    return done


def _spread(table: Listing, ruled: Gray, cell: Cell) -> list[Image]:
    """A cell's ink, dark on white, as it is, thickened, and thickened and smoothed."""
    dark = _bare(table, ruled, cell)
    thick = cv2.dilate(dark, np.ones((3, 3), np.uint8))
    images = []
    for ink, scale in ((dark, 2), (thick, 3), (cv2.GaussianBlur(thick, (0, 0), 1.0), 2)):
        large = cv2.resize(255 - ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
        framed = cv2.copyMakeBorder(large, 6, 6, GLYPH, GLYPH, cv2.BORDER_CONSTANT, value=255)
        images.append(np.asarray(cv2.cvtColor(framed, cv2.COLOR_GRAY2RGB), np.uint8))
    return images


def as_number(text: str) -> str:
    """What a cell of numbers says; "" where it is none."""
    digits = text.strip().translate(_LIKE_DIGITS)
    return digits if re.fullmatch(r"\W*\d{1,3}(\W{1,2}\d{1,3})?\W*", digits) else ""


def pale_ink(table: Listing) -> Gray:
    """The table's ink with thin and pale lines (0 or 1)."""
    return np.asarray(cv2.threshold(table.dark, round(_PALE * table.usual), 1, cv2.THRESH_BINARY)[1], np.uint8)


def _without_rules(table: Listing, ruled: Gray, cell: Cell) -> Image:
    """A cell, dark on white, without upright rules: beside a digit they read as a 1."""
    large = cv2.resize(255 - _bare(table, ruled, cell), None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    return np.asarray(cv2.cvtColor(large, cv2.COLOR_GRAY2RGB), np.uint8)


def _bare(table: Listing, ruled: Gray, cell: Cell) -> Gray:
    """How dark a cell is without its upright rules, and without specks beside whole digits, which read as a 1 too."""
    left, top, right, bottom = (max(0, round(v)) for v in _grown(cell.box))
    part = slice(top, bottom), slice(left, right)
    dark = np.where(ruled[part] > 0, 0, table.dark[part]).astype(np.uint8)
    ink = cv2.threshold(dark, round(_PALE * table.usual), 1, cv2.THRESH_BINARY)[1]
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    sizes = stats[1:count, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]]
    if not len(sizes) or sizes[:, 1].max() < _UPRIGHT:
        return dark
    specks = 1 + np.flatnonzero(sizes.max(axis=1) < _SPECK)
    near = cv2.dilate(np.isin(labels, specks).astype(np.uint8), np.ones((3, 3), np.uint8))
    return np.where(near > 0, 0, dark).astype(np.uint8)


def upright_rules(ink: Gray) -> Gray:
    """Upright lines, a little broader than they are; slight lean is closed up first."""
    near = cv2.dilate(ink, np.ones((1, 3), np.uint8))
    lines = cv2.morphologyEx(near, cv2.MORPH_OPEN, np.ones((round(_RULE), 1), np.uint8))
    return np.asarray(cv2.dilate(lines, np.ones((1, 3), np.uint8)), np.uint8)


def _shares(cell: Box, strip: Box) -> bool:
    """Whether a strip stands in a cell, in part at least."""
    across = min(cell[2], strip[2]) - max(cell[0], strip[0])
    down = min(cell[3], strip[3]) - max(cell[1], strip[1])
    return across > 0.2 * min(cell[2] - cell[0], strip[2] - strip[0]) and down > 0.5 * min(GLYPH, strip[3] - strip[1])


def _ink_in(ink: npt.NDArray[np.uint8], box: Box) -> list[Box]:
    """The pieces of writing in a part of the picture; none where there is only dust."""
    left, top = max(0, round(box[0])), max(0, round(box[1]))
    part = np.ascontiguousarray(ink[top : round(box[3]), left : round(box[2])])
    if not part.size or not cv2.countNonZero(part):
        return []
    height, width = part.shape
    count, _, stats, _ = cv2.connectedComponentsWithStats(part, connectivity=8)
    pieces, total = [], 0
    for x, y, across, down, area in stats[1:count].tolist():
        above, below = y <= 1, y + down >= height - 1
        level = (above or below) and (down < 0.3 * GLYPH or across > 0.8 * width)
        if area <= _DUST or level or (above and below and across < 0.3 * GLYPH):
            continue
        pieces.append((left + x, top + y, left + x + across, top + y + down))
        total += area
    if not pieces or total < _LEAST_INK:
        return []
    whole = _hull(pieces)
    return pieces if whole[3] - whole[1] >= _LEAST_TALL or whole[2] - whole[0] >= _LEAST_WIDE else []


def _hull(pieces: Sequence[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*pieces, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _ones(pieces: Sequence[Box]) -> int:
    """How many pieces there are, if all of them are upright strokes; else 0."""
    sizes = [(b[2] - b[0], b[3] - b[1]) for b in pieces]
    return len(sizes) if all(tall >= _UPRIGHT and wide <= _NARROW * tall for wide, tall in sizes) else 0


def _grown(box: Box) -> Box:
    """A box with a margin, as high as a strip at least."""
    middle = (box[1] + box[3]) / 2
    half = max((box[3] - box[1]) / 2 + _MARGIN, 0.8 * GLYPH)
    return box[0] - _MARGIN, middle - half, box[2] + _MARGIN, middle + half
