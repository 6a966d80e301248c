"""The closer look at a page that lists things in a table: lone digits, page numbers read twice, changed entries.

What it costs: nothing but a glance at the text on other pages; on a table of contents some 15 milliseconds and the
reading of its numbers once more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import cv2
import numpy as np

from pipeline.casefile import Box as Place
from pipeline.casefile import Mark
from pipeline.ocr.alterations import Altered, altered_entries, entries_of
from pipeline.ocr.cells import Cell, as_number, read_lost_cells
from pipeline.ocr.colour import Mask
from pipeline.ocr.corrections import read_corrections
from pipeline.ocr.crops import cleaned, grown
from pipeline.ocr.engine import Engine, Image
from pipeline.ocr.lines import Strip
from pipeline.ocr.listing import GLYPH, Box, Listing, level, lists
from pipeline.ocr.marks import Spot
from pipeline.ocr.rectangles import meet

_DOUBTFUL = 0.5
"""Score given to what stands in a cell but could not be read."""
_SECOND = 0.25, 0.08
"""Margins of the crop for a second reading, along and across, in parts of its height."""
_COLOURED = 18
"""Levels by which one colour of ink outshines another before the ink is called blue or red."""
_TIP, _FILLED = (0.9, 6.0), 0.4
"""Sides of a fingerprint in characters, and how much of its box is ink once the gaps between its ridges are closed."""
_BEHIND = 6.0
"""Characters behind a changed entry within which a fingerprint belongs to it."""
_SHORT = re.compile(r"^[^\u4e00-\u9fff]{1,4}$|^[一二三]$")
_DIGITS = re.compile(r"\d")


def look_closer(
    engine: Engine, image: Image, clean: Image, red: Mask, strips: Sequence[Strip], spots: Sequence[Spot]
) -> tuple[list[Strip], list[Mark]]:
    """Read what the search lost in a table of contents, and mark what was changed there.

    `image`: the page as scanned (RGB), `clean`: the same without its red ink, `red`: that ink (0 or 255), `spots`: the
    marks found on it. First: the strips, with those added that were lost, and those cut that were struck through in
    part; second: marks of the kinds struck, overwritten, whitened, small fingerprints beside them, and ink for what
    stands in a cell and could not be read. Any other page comes back as it is.
    """
    strips = list(strips)
    table = level(clean, strips) if lists(strips, image.shape[:2]) else None
    if table is None:
        return strips, []
    strips = _numbers_again(engine, clean, table, strips)
    more, unread = read_lost_cells(engine, clean, table)
    boxes = [*table.boxes, *(table.around(strip.quad) for strip in more), *(cell.box for cell in unread)]
    scores = [*(strip.score for strip in (*strips, *more)), *(_DOUBTFUL for _ in unread)]
    known = [_level_box(table, spot) for spot in spots if spot.kind in ("fingerprint", "name_seal", "seal")]
    thumbs = [box for box in _thumbs(table, red) if not any(meet(box, other) for other in known)]
    pressed = [_level_box(table, spot) for spot in spots if spot.kind in ("fingerprint", "name_seal")] + thumbs
    sealed = [_level_box(table, spot) for spot in spots if spot.kind == "seal"]
    altered = altered_entries(table, entries_of(table, boxes, scores), image, pressed, sealed)
    corrected = read_corrections(engine, clean, table, [*strips, *more], unread, altered)
    marks = [_mark(table, one, text, image) for one, text in zip(altered, corrected.below, strict=True)]
    left = [cell for cell in unread if not any(meet(cell.box, one.box) for one in altered)]
    marks += [
        Mark("fingerprint", _place(table, box, image), "red", "", _DOUBTFUL)
        for box in thumbs
        if any(meet(_reach(one.box), box) for one in altered)
    ]
    return corrected.strips, [*marks, *(_ink(table, cell, image) for cell in left)]


def _numbers_again(engine: Engine, clean: Image, table: Listing, strips: Sequence[Strip]) -> list[Strip]:
    """Read the numbers of pages a second time; one that was read as letters takes the second reading."""
    columns = table.numbers[1:] or table.numbers
    again = [
        i
        for i, (strip, box) in enumerate(zip(strips, table.boxes, strict=True))
        if strip.second is None and _SHORT.match(strip.text.strip()) and _in_column(table, box, columns)
    ]
    readings = engine.recognise([cleaned(clean, grown(strips[i].quad, *_SECOND)) for i in again])
    result = list(strips)
    for i, (text, score) in zip(again, readings, strict=True):
        strip = strips[i]
        if not _DIGITS.search(strip.text) and as_number(text) and _DIGITS.search(text):
            result[i] = replace(strip, text=as_number(text), score=score, second=strip.text, second_score=strip.score)
        else:
            result[i] = replace(strip, second=text, second_score=score)
    return result


def _in_column(table: Listing, box: Box, columns: Sequence[tuple[float, float]]) -> bool:
    middle = (box[0] + box[2]) / 2
    inside = any(left - 0.5 * GLYPH < middle < right + 0.5 * GLYPH for left, right in columns)
    return inside and table.row_of(box) is not None


def _thumbs(table: Listing, red: Mask) -> list[Box]:
    """Patches of red ink of the size of a fingertip pressed in a narrow cell: such are smaller than elsewhere."""
    if not cv2.countNonZero(red):
        return []
    height, width = table.ink.shape
    ink = cv2.threshold(cv2.warpAffine(red, table.matrix, (width, height)), 90, 255, cv2.THRESH_BINARY)[1]
    near = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((GLYPH // 3, GLYPH // 3), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(np.asarray(near, np.uint8), connectivity=8)
    return [
        (float(x), float(y), float(x + across), float(y + down))
        for x, y, across, down, area in stats[1:count].tolist()
        if all(_TIP[0] * GLYPH <= side <= _TIP[1] * GLYPH for side in (across, down))
        and 0.4 <= across / down <= 2.5
        and area >= _FILLED * across * down
    ]


def _reach(box: Box) -> Box:
    """Where the fingerprint on a changed entry may stand: on it, and behind what was written instead."""
    return box[0] - GLYPH, box[1] - 0.5 * GLYPH, box[2] + _BEHIND * GLYPH, box[3] + 0.5 * GLYPH


def _level_box(table: Listing, spot: Spot) -> Box:
    left, top, right, bottom = spot.rectangle
    return table.around(np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32))


def _mark(table: Listing, one: Altered, text: str, image: Image) -> Mark:
    return Mark(one.kind, _place(table, one.box, image), _colour(table, one.box, image), text)


def _ink(table: Listing, cell: Cell, image: Image) -> Mark:
    return Mark("ink", _place(table, cell.box, image), _colour(table, cell.box, image), "", _DOUBTFUL)


def _place(table: Listing, box: Box, image: Image) -> Place:
    height, width = image.shape[:2]
    quad = table.quad(box)
    (left, top), (right, bottom) = quad.min(axis=0).tolist(), quad.max(axis=0).tolist()
    return Place(
        round(max(0.0, left / width), 5),
        round(max(0.0, top / height), 5),
        round(min(1.0, right / width), 5),
        round(min(1.0, bottom / height), 5),
    )


def _colour(table: Listing, box: Box, image: Image) -> Literal["red", "blue", "black"]:
    """The colour of the ink in a part of the table."""
    quad = table.quad(box)
    left, top = np.maximum(quad.min(axis=0), 0).astype(int)
    right, bottom = quad.max(axis=0).astype(int) + 1
    part = image[top:bottom, left:right].reshape(-1, 3).astype(np.int16)
    if not len(part):
        return "black"
    gray = part.sum(axis=1)
    inked = part[gray <= np.percentile(gray, 12)]
    red, green, blue = (float(v) for v in np.median(inked, axis=0))
    if blue - max(red, green) >= _COLOURED:
        return "blue"
    return "red" if red - max(green, blue) >= 2 * _COLOURED else "black"
