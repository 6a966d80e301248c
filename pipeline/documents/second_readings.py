"""Page numbers of a catalogue that were read in two ways: of the two, the one that its rows count on with.

Only another reading of the same ink is ever taken, and only where the first falls out of the order of the rows and the
other stands in it: what a person wrote wrong stays wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from pipeline.casefile import CatalogueRow, Line, Page
from pipeline.documents.paging import Span, read_span

_BESIDE = 0.07
"""How far, in parts of the page's width, a number's middle may be off that of the column's others."""
_FEW = 3
_ALIKE = {"S": "85", "s": "85", "B": "8", "Z": "2", "z": "2", "b": "6", "G": "6", "g": "9", "q": "9", "T": "7"}
"""Letters that an engine reads for a digit alone in its cell."""


def settled_numbers(rows: Sequence[CatalogueRow], pages: Sequence[Page]) -> list[CatalogueRow]:
    """Take the other reading of page numbers that are out of order, or were read as a letter, where it is in order."""
    done = list(rows)
    for page in pages:
        column = _column(page, [row for row in rows if row.page == page.number])
        if column is None:
            continue
        for index, row in enumerate(done):
            if row.page != page.number or (row.first is None and not row.unread) or _in_order(row, done, index):
                continue
            fitting = {
                span
                for line in page.lines
                if row.box.y0 <= line.box.centre[1] <= row.box.y1 and abs(line.box.centre[0] - column) < _BESIDE
                for span in _others(line, row)
                if _in_order(replace(row, first=span[0], last=span[1]), done, index)
            }
            if len(fitting) == 1:
                first, last = fitting.pop()
                done[index] = replace(row, first=first, last=last, unread=bool(row.unread and not row.title))
    return done


def _column(page: Page, rows: Sequence[CatalogueRow]) -> float | None:
    """Where the column of page numbers stands: the middle of what was read as such; None where there are too few."""
    found = [
        line.box.centre[0]
        for row in rows
        if row.first is not None
        for line in page.lines
        if row.box.y0 <= line.box.centre[1] <= row.box.y1
        and line.box.centre[0] > 0.5
        and read_span(line.text) == (row.first, row.last)
    ]
    return median(found) if len(found) >= _FEW else None


def _others(line: Line, row: CatalogueRow) -> list[Span]:
    """Other readings of a cell of numbers: the engine's second one, digits for letters; none if it is not the row's."""
    own = read_span(line.text)
    if own is not None and own != (row.first, row.last):
        return []
    found = [read_span(line.second)] if line.second else []
    text = line.text.strip()
    if own is None and len(text) == 1:
        found += [read_span(digit) for digit in _ALIKE.get(text, "")]
    return [span for span in found if span is not None and span != own]


def _in_order(row: CatalogueRow, rows: Sequence[CatalogueRow], index: int) -> bool:
    """Whether a row's pages stand behind those of the row before and before those of the row behind."""
    if row.first is None or row.last is None or row.last < row.first:
        return False
    before = next((r for r in reversed(rows[:index]) if r.first is not None), None)
    behind = next((r for r in rows[index + 1 :] if r.first is not None), None)
    low = max(before.first or 0, before.last or 0) if before else 0
    high = behind.first if behind else None
    return low < row.first and (high is None or row.last < high)
