"""Lines side by side become rows, so that a form's cells and a letter-spaced title read as people read them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from statistics import median

from pipeline.casefile import Box, Line


@dataclass(frozen=True, slots=True)
class Row:
    """Lines that stand on one height, from left to right."""

    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The cells joined by single spaces."""
        return " ".join(line.text.strip() for line in self.lines)

    @property
    def box(self) -> Box:
        box = self.lines[0].box
        for line in self.lines[1:]:
            box = box.union(line.box)
        return box

    @property
    def height(self) -> float:
        """Height of the tallest line, in fractions of the page: a title's is greater than its neighbours'."""
        return max(line.box.height for line in self.lines)

    @property
    def gap(self) -> float:
        """The widest gap between two neighbours: cells of a table are further apart than spaced letters."""
        pairs = pairwise(self.lines)
        return max((right.box.x0 - left.box.x1 for left, right in pairs), default=0.0)


def rows_of(lines: Iterable[Line]) -> tuple[Row, ...]:
    """Group lines into rows by vertical overlap, top down, whatever the slight skew of the scan.

    The skew is the median slope between neighbours that nearly share a height; with it taken out, two lines share a
    row when their centres are closer than half the lesser height and they do not overlap sideways.
    """
    return _rows(tuple(lines))


@lru_cache(maxsize=256)
def _rows(lines: tuple[Line, ...]) -> tuple[Row, ...]:
    """As `rows_of`; kept, because several readers of facts look at the rows of one page after another."""
    every = sorted(lines, key=lambda one: (one.box.centre[1], one.box.x0))
    slope = _slope(every)

    def level(line: Line) -> float:
        across, down = line.box.centre
        return down - slope * (across - 0.5)

    rows: list[list[Line]] = []
    for line in sorted(every, key=level):
        home = next((row for row in reversed(rows[-6:]) if _belongs(line, row, level)), None)
        if home is None:
            rows.append([line])
        else:
            home.append(line)
    done = [Row(tuple(sorted(row, key=lambda one: one.box.x0))) for row in rows]
    return tuple(sorted(done, key=lambda row: min(level(line) for line in row.lines)))


def _slope(lines: list[Line]) -> float:
    """Rise per unit of width of rows that should be level; 0 where there are too few cells side by side to tell."""
    slopes = []
    for index, left in enumerate(lines):
        for right in lines[max(0, index - 8) : index + 9]:
            gap = right.box.x0 - left.box.x1
            drop = right.box.centre[1] - left.box.centre[1]
            if 0.02 < gap < 0.6 and abs(drop) < 0.7 * min(left.box.height, right.box.height):
                slopes.append(drop / (right.box.centre[0] - left.box.centre[0]))
    return median(slopes) if len(slopes) >= 4 else 0.0


def _belongs(line: Line, row: list[Line], level: Callable[[Line], float]) -> bool:
    nearest = min(row, key=lambda other: abs(other.box.centre[0] - line.box.centre[0]))
    reach = 0.5 * min(nearest.box.height, line.box.height)
    if abs(level(nearest) - level(line)) > max(reach, 0.004):
        return False
    return all(min(line.box.x1, other.box.x1) - max(line.box.x0, other.box.x0) < 0.3 * line.box.width for other in row)
