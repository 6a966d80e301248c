"""A document's text laid out for searching: as running text, row by row and cell by cell, each with its places."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from pipeline.box import Box
from pipeline.casefile import Document, Evidence, Line
from pipeline.documents.cues import folded_page
from pipeline.extraction.readings import PlacedRow

CELL = "\t"
"""Stands in `cells` between two lines of a row that are further apart than words of a sentence."""
_APART = 0.012
"""Least gap between two cells, in fractions of the page's width: half a character of the usual size."""


@dataclass(frozen=True, slots=True)
class Span:
    """Where a piece of a paper's text stands."""

    page: int
    box: Box
    quote: str
    score: float
    """The worst score of the lines it stands on; 1 for digital text."""
    hand: float
    """The greatest share of handwriting of those lines; 0 where it was not measured."""

    @property
    def trust(self) -> float:
        """How much this reading is worth: clean print 1, poorly read handwriting next to nothing."""
        return self.score**4 * (1.0 - 0.7 * self.hand)

    @property
    def evidence(self) -> Evidence:
        return Evidence(self.page, self.box, self.quote)


@dataclass(frozen=True, slots=True)
class Paper:
    """A document with its text folded (see `folded_page`): three layers over the same rows.

    `text` without line breaks, `rows` with one row a line, `cells` as `rows` but with `CELL` between cells.
    """

    document: Document
    text: str
    rows: str
    cells: str = ""
    places: tuple[PlacedRow, ...] = ()
    _parts: tuple[tuple[tuple[Line, int, int], ...], ...] = field(default=(), repr=False)
    """Of each row its lines with the characters of `cells` that they are, offsets within the row."""

    def in_cells(self, start: int, end: int) -> Span:
        """The place of `cells[start:end]`, on the first of its rows where it goes over several."""
        index = self.cells.count("\n", 0, start)
        begin = self.cells.rfind("\n", 0, start) + 1
        return self._span(index, start - begin, end - begin, self.cells[start:end])

    def in_text(self, start: int, end: int) -> Span:
        """The place of `text[start:end]`, on the row where it begins."""
        lengths = [sum(end - start for _, start, end in parts) for parts in self._parts]
        ends = list(accumulate(lengths))
        index = min(bisect_right(ends, start), len(ends) - 1)
        begin = ends[index] - lengths[index]
        cells, seen = self._parts[index], 0
        shift = start - begin
        for _, first, last in cells:
            if shift < seen + (last - first):
                shift += first - seen
                break
            seen += last - first
        return self._span(index, shift, shift + end - start, self.text[start:end])

    def below(self, start: int, end: int) -> str:
        """What stands in the next row right under the cell `cells[start:end]`: the rest of a cell of two lines."""
        index = self.cells.count("\n", 0, start)
        begin = self.cells.rfind("\n", 0, start) + 1
        if index + 1 >= len(self.places) or self.places[index + 1].page != self.places[index].page:
            return ""
        above = next((line for line, first, last in self._parts[index] if first <= start - begin < last), None)
        under = self._parts[index + 1]
        if above is None or not under or len(under) > 2 or self.cells[end : end + 1] not in (CELL, "\n", ""):
            return ""
        if len(self._parts[index]) < 2:
            return ""  # running text
        line, first, last = min(under, key=lambda one: abs(one[0].box.x0 - above.box.x0))
        near = abs(line.box.x0 - above.box.x0) < 0.03 and line.box.y0 - above.box.y1 < 1.2 * above.box.height
        row = self.cells.split("\n")[index + 1]
        return row[first:last] if near else ""

    def _span(self, index: int, start: int, end: int, quote: str) -> Span:
        row = self.places[index]
        box: Box | None = None
        score, hand = 1.0, 0.0
        for line, first, last in self._parts[index]:
            if first < end and start < last:
                width = line.box.x1 - line.box.x0
                left = line.box.x0 + width * max(0, start - first) / (last - first)
                right = line.box.x0 + width * min(last - first, end - first) / (last - first)
                piece = Box(left, line.box.y0, max(left, right), line.box.y1)
                box = piece if box is None else box.union(piece)
                score = min(score, line.score if line.score is not None else 1.0)
                hand = max(hand, line.hand or 0.0)
        return Span(row.page, box or row.row.box, quote.replace(CELL, " ").replace("\n", ""), score, hand)


def _pieces(line: Line) -> list[Line]:
    """The cells that were read as one line with wide gaps in it; letters set apart (石　磊) are none."""
    found: list[tuple[int, int]] = []
    for match in re.finditer(r"\S+(?: \S+)*", line.text):
        lone = match.end() - match.start() == 1
        if found and lone and found[-1][1] - found[-1][0] == 1:
            found[-1] = (found[-1][0], match.end())
        else:
            found.append(match.span())
    if len(found) < 2:
        return [line]
    size = len(line.text)
    return [replace(line, text=line.text[a:b], box=line.box.part(a / size, b / size)) for a, b in found]


def paper_of(document: Document, places: Sequence[PlacedRow]) -> Paper:
    """Lay a document's rows out for searching."""
    rows: list[str] = []
    cells: list[str] = []
    parts: list[tuple[tuple[Line, int, int], ...]] = []
    for place in places:
        plain, celled, own = "", "", []
        right: float | None = None
        for line in (piece for whole in place.row.lines for piece in _pieces(whole)):
            folded = folded_page(line.text)
            if not folded:
                continue
            if right is not None and line.box.x0 - right > _APART:
                celled += CELL
            own.append((line, len(celled), len(celled) + len(folded)))
            plain += folded
            celled += folded
            right = line.box.x1
        rows.append(plain)
        cells.append(celled)
        parts.append(tuple(own))
    return Paper(document, "".join(rows), "\n".join(rows), "\n".join(cells), tuple(places), tuple(parts))
