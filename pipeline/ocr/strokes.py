"""Strokes of a pen through writing in a level table: single, double, wavy, along the row or across it.

A stroke is a run of ink longer than any stroke of a character, through the middle of a row, with writing above or below
it. Rules of the table are longer still, or lie between the rows; a dash between numbers has nothing above or below.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.ocr.listing import GLYPH, Box, Gray, Listing

_BAND, _WRITING = 0.42, 0.62
"""Half heights, in characters, of the part of a row where a stroke goes through it, and of the row's writing."""
_SHORT, _LONG = 0.9, 1.9
"""Length in characters from which a run is a stroke: among numbers, and among characters, which touch one another."""
_RUN = 1.2
_MET, _CROSSED, _CROSSED_LONG = 0.15, 0.22, 0.15
"""Length, in characters, along which a stroke has writing on one side, and on both; the last for one that is longer
than a digit is wide."""
_PLAIN = 1.8
"""A stroke through a number that is that long needs writing on one side only: it runs on behind the number."""
_AT_END, _TAIL = 0.2, 0.35
"""A dash that runs into a digit crosses it within the first of one of its ends, and nothing along the second."""
_WHOLE = 0.6
"""Part of the table's width from which on a line is a rule."""
_WIDE, _FILLED, _OFF, _FULL = 6.0, 0.4, 0.3, 0.75
"""A stroke longer than the first meets writing along that part of it, and further off the middle along nearly all of
it; else it is a rule."""
_THIN = 0.25
_BESIDE = 0.6
"""How far behind its widest number a column's corrections reach."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A stroke where it lies (level pixels), the row it goes through, and its length in characters."""

    box: Box
    row: int
    length: float


@dataclass(frozen=True, slots=True)
class _Run:
    box: Box
    row: int
    met: float
    crossed: float
    joined: bool
    """Whether it has writing on both sides at one of its ends only: a dash that runs into the digit beside it."""

    @property
    def length(self) -> float:
        return (self.box[2] - self.box[0]) / GLYPH


def strokes_through(table: Listing) -> list[Stroke]:
    """Find the strokes through the writing of a table, from top to bottom."""
    width = table.ink.shape[1] / GLYPH
    found: list[Stroke] = []
    for run in _runs(table, _RUN, 3, (0, table.ink.shape[1])):
        number = any(left - 0.5 * GLYPH < sum(run.box[::2]) / 2 < right + 0.5 * GLYPH for left, right in table.numbers)
        crossing = run.crossed >= _CROSSED_LONG and not run.joined
        through = run.length >= _PLAIN or crossing if number else run.length >= _LONG
        if run.met >= _MET and through and not _is_rule(run, width, table):
            found.append(Stroke(run.box, run.row, run.length))
    for left, right in table.numbers[1:] or table.numbers:
        span = max(0, round(left - 0.3 * GLYPH)), round(right + _BESIDE * GLYPH)
        for run in _runs(table, _SHORT, 5, span):
            known = any(s.row == run.row and s.box[0] < run.box[2] and run.box[0] < s.box[2] for s in found)
            if run.crossed >= _CROSSED and not run.joined and not known:
                found.append(Stroke(run.box, run.row, run.length))
    return sorted(found, key=lambda stroke: (stroke.row, stroke.box))


def _is_rule(run: _Run, width: float, table: Listing) -> bool:
    if run.length > _WHOLE * width:
        return True
    off = abs((run.box[1] + run.box[3]) / 2 - table.rows[run.row]) / GLYPH
    return run.length > _WIDE and run.met < (_FULL if off > _OFF else _FILLED) * run.length


def _runs(table: Listing, least: float, wave: int, span: tuple[int, int]) -> Iterator[_Run]:
    """Runs of ink along the rows between two heights across; `wave`: by how many pixels they may rise and fall."""
    part = np.ascontiguousarray(table.ink[:, span[0] : span[1]])
    if not part.size:
        return
    height = part.shape[0]
    band = np.zeros((height, 1), np.uint8)
    for row in table.rows:
        band[max(0, round(row - _BAND * GLYPH)) : round(row + _BAND * GLYPH) + 1] = 1
    thick = cv2.dilate(part, np.ones((wave, 1), np.uint8))
    long = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, round(least * GLYPH)), np.uint8)) * band
    count, _, stats, _ = cv2.connectedComponentsWithStats(np.asarray(long, np.uint8), connectivity=8)
    for x, y, across, down, _ in stats[1:count].tolist():
        clipped = y == 0 or not band[y - 1, 0] or y + down >= height or not band[y + down, 0]
        if across < round(least * GLYPH) or (clipped and down < _THIN * GLYPH):
            continue  # what is left of a rule at the edge of a row
        row = min(range(len(table.rows)), key=lambda i: abs(table.rows[i] - (y + down / 2)))
        above, below = _sides(part, table.rows[row], x, y, across, down)
        box = (float(x + span[0]), float(y), float(x + span[0] + across), float(y + down))
        both = np.flatnonzero(above & below)
        tails = sorted((both[0], across - 1 - both[-1])) if len(both) else [0, 0]
        joined = bool(tails[0] <= _AT_END * GLYPH and tails[1] > _TAIL * GLYPH)
        yield _Run(box, row, float((above | below).sum()) / GLYPH, len(both) / GLYPH, joined)


def _sides(part: Gray, row: float, x: int, y: int, across: int, down: int) -> tuple[Gray, Gray]:
    """Where along a run there is ink above it and below it (0 or 1), within the row."""
    top, bottom = max(0, round(row - _WRITING * GLYPH)), round(row + _WRITING * GLYPH)
    return tuple(
        side.max(axis=0) if side.size else np.zeros(across, np.uint8)
        for side in (part[top : max(top, y), x : x + across], part[y + down : bottom, x : x + across])
    )  # type: ignore[return-value]
