"""What stands below the strokes in a table of contents, and what was written instead, behind them.

An engine reads an entry that was struck through and its correction as one, or as nothing at all. So such strips are
cut where the stroke ends, and both parts are read by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from pipeline.ocr.alterations import Altered
from pipeline.ocr.cells import Cell, as_number
from pipeline.ocr.engine import Engine, Image
from pipeline.ocr.lines import Strip, cut
from pipeline.ocr.listing import GLYPH, Box, Listing

_READABLE = 0.5
_BEYOND, _BEYOND_NUMBER = 0.9 * GLYPH, 0.3 * GLYPH
"""How far writing must reach beyond the stroke to have been written instead."""
_MARGIN = 0.15 * GLYPH
_NUMBER = re.compile(r"\W*\d{1,3}(\W{1,2}\d{1,3})?\W*")


@dataclass(frozen=True, slots=True)
class Corrected:
    """The strips with those cut that strokes run into; what stands below the stroke of each altered entry, or ""."""

    strips: list[Strip]
    below: list[str]


@dataclass(frozen=True, slots=True)
class _Rest:
    """What stands behind a stroke: the strip (index) that it is a part of, None where nothing was read; its place."""

    strip: int | None
    altered: int
    box: Box
    number: bool


def read_corrections(
    engine: Engine,
    clean: Image,
    table: Listing,
    strips: Sequence[Strip],
    unread: Sequence[Cell],
    altered: Sequence[Altered],
) -> Corrected:
    """Read what strokes go through and what stands behind them.

    `clean`: the page (RGB), its red ink bleached out; `unread`: cells that hold ink which nobody could read.
    """
    struck = [i for i, one in enumerate(altered) if one.kind == "struck"]
    rests = [rest for i in struck for rest in _rests(table, strips, unread, altered[i], i)]
    crops = [_without_stroke(table, altered[i].box) for i in struck]
    crops += [cut(clean, table.quad(rest.box)) for rest in rests]
    readings = engine.recognise(crops)
    below = [""] * len(altered)
    for i, (text, score) in zip(struck, readings, strict=False):
        below[i] = text.strip() if score >= _READABLE else ""
    done: list[Strip | None] = list(strips)
    more: list[Strip] = []
    for rest, (text, score) in zip(rests, readings[len(struck) :], strict=True):
        plain = as_number(text) if rest.number else text.strip()
        if score < _READABLE or not (_NUMBER.fullmatch(plain) if rest.number else re.search(r"\w", plain)):
            continue
        more.append(Strip(table.quad(rest.box), plain, score))
        if rest.strip is not None:
            done[rest.strip] = _cut_off(table, strips[rest.strip], rest.box[0], below[rest.altered])
    return Corrected([*(strip for strip in done if strip is not None), *more], below)


def _rests(table: Listing, strips: Sequence[Strip], unread: Sequence[Cell], one: Altered, index: int) -> list[_Rest]:
    """What reaches beyond the end of a stroke: of strips that it runs into and of a cell that nobody could read."""
    found = []
    places = [(i, table.around(strip.quad)) for i, strip in enumerate(strips)]
    for i, box in (*places, *((None, cell.box) for cell in unread)):
        across = min(box[2], one.box[2]) - max(box[0], one.box[0])
        if across <= 0.3 * GLYPH or table.row_of(box) != one.row:
            continue
        number = any(a - 0.5 * GLYPH < (one.box[0] + one.box[2]) / 2 < b + 0.5 * GLYPH for a, b in table.numbers)
        start = _behind(table, one)
        if box[2] - start >= (_BEYOND_NUMBER if number else _BEYOND):
            margin = _MARGIN if i is None else 0.0
            found.append(_Rest(i, index, (start, box[1] - margin, box[2] + margin, box[3] + margin), number))
    return found


def _behind(table: Listing, one: Altered) -> float:
    """Where the writing behind a stroke begins: in the first gap at its end, if there is one."""
    top, bottom = max(0, round(one.box[1])), round(one.box[3])
    start = max(0, round(one.box[2] - 0.1 * GLYPH))
    ink = table.ink[top:bottom, start : start + GLYPH].any(axis=0)
    free = np.flatnonzero(~ink)
    return float(start + free[0]) if len(free) else one.box[2]


def _cut_off(table: Listing, strip: Strip, end: float, below: str) -> Strip:
    """The part of a strip that a stroke goes through."""
    box = table.around(strip.quad)
    share = min(1.0, max(0.0, (end - box[0]) / (box[2] - box[0])))
    text = below or strip.text[: max(1, round(share * len(strip.text)))]
    corners = strip.quad.copy()
    corners[1] = corners[0] + share * (corners[1] - corners[0])
    corners[2] = corners[3] + share * (corners[2] - corners[3])
    return replace(strip, quad=corners, text=text, second=None, second_score=None)


def _without_stroke(table: Listing, box: Box) -> Image:
    """A part of the table, dark on white, with the long runs of ink taken out; what crosses them stays."""
    left, top = max(0, round(box[0] - 0.2 * GLYPH)), max(0, round(box[1] - 0.1 * GLYPH))
    right, bottom = round(box[2] + 0.2 * GLYPH), round(box[3] + 0.1 * GLYPH)
    dark = np.ascontiguousarray(table.dark[top:bottom, left:right])
    ink = cv2.dilate(np.ascontiguousarray(table.ink[top:bottom, left:right]), np.ones((3, 1), np.uint8))
    reach = min(round(1.2 * GLYPH), max(3, round(0.8 * (box[2] - box[0]))))
    run = cv2.dilate(cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, reach), np.uint8)), np.ones((3, 3), np.uint8))
    through = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((7, 1), np.uint8))
    bare = 255 - np.where(run > 0, through, dark).astype(np.uint8)
    large = cv2.resize(bare, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    return np.asarray(cv2.cvtColor(large, cv2.COLOR_GRAY2RGB), np.uint8)
