"""What can be seen of a place on a page besides its text: marks, and ink that no line of text explains."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.casefile import Box, Line, Page, SlotState
from pipeline.extraction.readings import PlacedRow

_WRITTEN, _STRAY = 8, 5
"""Inked squares (1.6 mm each) from which something is written there (a character has about nine); fewer than the
second are specks or a printed full stop."""
_FILLING = ("ink", "fingerprint", "name_seal")
_PAPER = 1.414
"""Height over width of the paper: characters are as wide as high, but fractions of the page are not."""


@dataclass(frozen=True)
class Sight:
    """One page as the search for slots sees it: its rows (of one document), its marks, its ink."""

    page: Page
    rows: tuple[PlacedRow, ...]

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for place in self.rows for line in place.row.lines)

    @cached_property
    def left(self) -> float:
        """Where running text begins: the smallest left edge but for what stands alone in the margin."""
        edges = sorted(line.box.x0 for line in self.lines if len(line.text) > 3)
        return edges[len(edges) // 10] if edges else 0.12

    @cached_property
    def right(self) -> float:
        """Where running text ends, at least at 0.85 of the width."""
        return max([0.85, *(line.box.x1 for line in self.lines if line.box.y0 > 0.08)])

    @property
    def sure(self) -> bool:
        """Whether it can be trusted that nothing stands where nothing was read.

        Of a page read badly the ink tells: a hand that nobody can read leaves as much of it as any other.
        """
        grade = self.page.content.quality.grade
        return grade in ("good", "fair") or (grade == "poor" and self.page.content.ink is not None)

    def character(self, line: Line) -> float:
        """Width of a character of a line, in fractions of the page's width."""
        return line.box.height * 0.75 * _PAPER

    def state(self, box: Box, *, but: Iterable[Line] = ()) -> SlotState:
        """Tell a place in which no text was read: empty, or filled by what could not be read.

        `but`: lines that reach into the box and are print, beside those that `loose_ink` takes off anyway.
        """
        marks = [mark for mark in self.page.content.marks if mark.kind in _FILLING]
        if any(_inside(mark.box, box) for mark in marks):
            return "filled"
        if self.page.content.ink is None:
            return "empty" if self.sure else "unclear"
        squares = self.loose_ink(box, but)
        if squares >= _WRITTEN:
            return "filled"
        return "empty" if squares < _STRAY and self.sure else "unclear"

    def loose_ink(self, box: Box, but: Iterable[Line] = ()) -> int:
        """Inked squares of a box that no line of text and no seal covers; 0 where the ink was not looked at."""
        grid = self.page.content.ink
        if grid is None:
            return 0
        covers = [line.box.grown(0.004, 0.003) for line in (*self.lines, *but) if line.box.overlap(box) > 0]
        covers += [m.box for m in self.page.content.marks if m.kind not in _FILLING and m.box.overlap(box) > 0]
        return grid.count(box, covers)

    def inkless(self, line: Line, least: float) -> tuple[float, float] | None:
        """The widest stretch (left, right) of a line's box with no ink, if it is at least `least` characters wide."""
        grid = self.page.content.ink
        if grid is None:
            return None
        columns = grid.columns_inked(line.box)
        if not columns:
            return None
        best, start = (0, 0), 0
        for index, share in enumerate((*columns, 1.0)):
            if share > 0:
                if index - start > best[1] - best[0]:
                    best = (start, index)
                start = index + 1
        step = line.box.width / len(columns)
        left, right = line.box.x0 + best[0] * step, line.box.x0 + best[1] * step
        return (left, right) if right - left >= least * self.character(line) else None


def sights_of(rows: Sequence[PlacedRow], pages: Sequence[Page]) -> tuple[Sight, ...]:
    """One sight for every page on which the document has text."""
    numbers = sorted({place.page for place in rows})
    return tuple(Sight(pages[n - 1], tuple(place for place in rows if place.page == n)) for n in numbers)


def _inside(inner: Box, outer: Box) -> bool:
    area = max(inner.width * inner.height, 1e-9)
    x, y = inner.centre
    return (outer.x0 <= x <= outer.x1 and outer.y0 <= y <= outer.y1) or inner.overlap(outer) > 0.5 * area
