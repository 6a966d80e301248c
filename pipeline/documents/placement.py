"""Which row of the file's own catalogue each page of the file belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.casefile import CatalogueRow, Page
from pipeline.documents.titles import match_title
from pipeline.text.normalise import fold

_CORNER = re.compile(r"^\W*0{0,2}(\d{1,3})\W*$")
SAME_TITLE = 0.9
"""Share of the best type's likeness from which on a title may as well mean another."""


@dataclass(frozen=True, slots=True)
class Placement:
    """What the catalogue says of one page: the rows whose range holds it, their types, and whether one begins there."""

    rows: tuple[int, ...]
    types: tuple[tuple[str, float], ...]
    begins: bool

    @property
    def likely(self) -> tuple[str, ...]:
        """The types that the rows may mean: a title is somewhat like several, and means those it is most like.

        受援人权利义务告知书 is like 律师权利义务告知书 too; only what is nearly as like as the best counts.
        """
        best = max((likeness for _, likeness in self.types), default=0.0)
        return tuple(kind for kind, likeness in self.types if likeness >= SAME_TITLE * best)


def place_pages(
    pages: Sequence[Page], after: int, rows: Sequence[CatalogueRow], blank: frozenset[int]
) -> dict[int, Placement]:
    """Which row each page of the file belongs to: {page number in the case: placement}.

    The catalogue counts pages in its own way: from the first page behind it, mostly without blank backs. Both ways of
    counting are tried, and the one that agrees better with the numbers printed in the pages' corners and with the
    titles there is taken. `after` is the catalogue's last page; pages before it have no number. `blank`: page numbers
    of blank sheets and separators.
    """
    numbered = [row for row in rows if row.first is not None]
    if len(numbered) < 3:
        return {}
    counts = [_count(pages, after, blank), _count(pages, after, frozenset())]
    numbers = max(counts, key=lambda count: _agreement(count, pages, numbered))
    placed: dict[int, Placement] = {}
    for page, number in numbers.items():
        hits = [index for index, row in enumerate(rows) if row.first is not None and _holds(row, number)]
        if hits:
            types: dict[str, float] = {}
            for index in hits:
                for kind, likeness in match_title(rows[index].title):
                    # Rows that overlap contradict one another: none of them is to be trusted fully.
                    types[kind] = max(types.get(kind, 0.0), likeness / len(hits))
            begins = any(rows[index].first == number for index in hits)
            placed[page] = Placement(tuple(hits), tuple(sorted(types.items(), key=lambda t: (-t[1], t[0]))), begins)
    return placed


def _count(pages: Sequence[Page], after: int, skipped: frozenset[int]) -> dict[int, int]:
    counted = [page.number for page in pages if page.number > after and page.number not in skipped]
    return {page: number for number, page in enumerate(counted, 1)}


def _agreement(numbers: dict[int, int], pages: Sequence[Page], rows: Sequence[CatalogueRow]) -> int:
    by_number = {number: page for page, number in numbers.items()}
    printed = sum(corner_number(page) == numbers.get(page.number) for page in pages if page.number in numbers)
    titled = 0
    for row in rows:
        page = by_number.get(row.first or 0)
        head = fold("".join(line.text for line in pages[page - 1].lines[:4])) if page else ""
        core = fold(row.title)
        titled += bool(core and len(core) >= 3 and core[-3:] in head)
    return printed + titled


def corner_number(page: Page) -> int | None:
    """The running number stamped or pencilled in an upper (or lower outer) corner of the page, if one is read."""
    for line in page.lines:
        across, down = line.box.centre
        if down < 0.075 and (across > 0.7 or across < 0.25):
            number = _CORNER.match(line.text.strip())
            if number:
                return int(number[1])
    return None


def _holds(row: CatalogueRow, number: int) -> bool:
    """Whether a row's range holds the number; a range read backwards or without an end is its first page."""
    first = row.first or 0
    last = row.last if row.last is not None and row.last >= first else first
    return first <= number <= last
