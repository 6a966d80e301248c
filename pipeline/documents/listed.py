"""Tables of numbered rows (a catalogue, a list of evidence) that run on from one page to the next without headings.

The titles in such rows are no titles of the page: a list's second page names a dozen kinds of papers and is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.documents.paging import read_number, read_span
from pipeline.documents.rows import Row

_WORDS = re.compile(r"[\u4e00-\u9fff]{2}")
_GLUED = re.compile(r"^\W{0,2}(\d{1,3})[.、．\s]*(?=[\u4e00-\u9fff]{2})")
_LEFT, _RIGHT = 0.35, 0.5
"""A row's number stands left of the first, its pages right of the second (fractions of the page's width)."""
_ABOVE = 3
"""Rows (a running head, a row misread) that may stand above the list's first row where it runs on."""
_LOST = 2
"""Numbers at the end of a page or the head of the next that may not have been read."""
_ENOUGH = 3
"""Rows of a list whose own numbers were not read, from which their page numbers tell that it runs on."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of a list: where it stands among the page's rows, its own number and its pages' first, where read."""

    place: int
    number: int | None
    first: int | None


def listed_rows(rows: Sequence[Row]) -> list[Listed]:
    """The rows of a page that read like a list's: a number, words, and the numbers of pages."""
    found = []
    for place, row in enumerate(rows):
        cells = [line for line in row.lines if line.text.strip()]
        words = [cell for cell in cells if _WORDS.search(cell.text)]
        if not words:
            continue
        spans = [read_span(cell.text) for cell in cells if cell.box.x0 > max(_RIGHT, words[0].box.x0)]
        first = next((span[0] for span in spans if span), None)
        head = cells[0]
        number = read_number(head.text) if head.box.x0 < _LEFT else None
        if number is None and head.box.x0 < _LEFT and (glued := _GLUED.match(head.text)):
            number = int(glued[1])
        if first is not None:
            found.append(Listed(place, number, first))
    return found


def runs_on(before: Sequence[Row], rows: Sequence[Row]) -> bool:
    """Whether a list on one page goes on at the head of the next: its numbers or its pages continue there."""
    above, below = listed_rows(before), listed_rows(rows)
    if len(above) < 2 or not below or below[0].place > _ABOVE:
        return False
    last = max((row.number for row in above if row.number is not None), default=None)
    head = [(at, row.number) for at, row in enumerate(below[: _LOST + 1]) if row.number is not None]
    if last is not None and head:
        rising = all(b[1] - a[1] == b[0] - a[0] for a, b in pairwise(head))
        start = head[0][1] - head[0][0]
        return rising and start > 1 and 0 < start - last <= _LOST
    pages = [row.first for row in (*above, *below) if row.first is not None]
    return len(below) >= _ENOUGH and len(above) >= _ENOUGH and pages == sorted(pages) and pages[0] < pages[-1]
