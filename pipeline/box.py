"""The one coordinate frame: fractions of the *upright* page, origin at the top left; rectangles and a grid of ink."""

from __future__ import annotations

import base64
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True, order=True)
class Box:
    """A rectangle in fractions (0..1) of the upright page: left, top, right, bottom."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return max(0.0, self.x1 - self.x0)

    @property
    def height(self) -> float:
        return max(0.0, self.y1 - self.y0)

    @property
    def centre(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def union(self, other: Box) -> Box:
        """The smallest box that holds both."""
        return Box(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))

    def overlap(self, other: Box) -> float:
        """Shared area as a fraction of the page."""
        across = min(self.x1, other.x1) - max(self.x0, other.x0)
        down = min(self.y1, other.y1) - max(self.y0, other.y0)
        return across * down if across > 0 and down > 0 else 0.0

    def part(self, start: float, end: float) -> Box:
        """The vertical slice of a text line between two fractions of its length (0 <= start <= end <= 1)."""
        return Box(self.x0 + self.width * start, self.y0, self.x0 + self.width * end, self.y1)

    def grown(self, across: float, down: float) -> Box:
        """The box with a margin (fractions of the page) on each side, kept on the page."""
        return Box(
            max(0.0, self.x0 - across), max(0.0, self.y0 - down), min(1.0, self.x1 + across), min(1.0, self.y1 + down)
        )


@dataclass(frozen=True, slots=True)
class InkGrid:
    """Where dark ink lies that is no ruled line, coarsely: `rows` x `columns` squares over the upright page.

    `bits`: base64 of the squares in reading order, eight to a byte, the first one highest; 1 where there is ink. It
    tells an empty slot from one whose writing nobody could read.
    """

    columns: int
    rows: int
    bits: str

    def count(self, box: Box, covers: Iterable[Box] = ()) -> int:
        """How many squares inside a box (those whose middle it holds) carry ink and lie in none of `covers`."""
        grid = _unpacked(self.bits)
        left, right = _middles(box.x0, box.x1, self.columns)
        top, bottom = _middles(box.y0, box.y1, self.rows)
        covered = tuple(covers)
        found = 0
        for row in range(top, bottom):
            for column in range(left, right):
                if grid[row * self.columns + column]:
                    x, y = (column + 0.5) / self.columns, (row + 0.5) / self.rows
                    found += not any(c.x0 <= x <= c.x1 and c.y0 <= y <= c.y1 for c in covered)
        return found

    def columns_inked(self, box: Box) -> tuple[float, ...]:
        """For every column of squares inside a box, from left to right, the share that carries ink, 0..1."""
        left, right = _middles(box.x0, box.x1, self.columns)
        top, bottom = _middles(box.y0, box.y1, self.rows)
        if top >= bottom:
            return ()
        grid = _unpacked(self.bits)
        return tuple(
            sum(grid[row * self.columns + column] for row in range(top, bottom)) / (bottom - top)
            for column in range(left, right)
        )


def _middles(start: float, end: float, count: int) -> tuple[int, int]:
    """First and last (exclusive) of `count` squares side by side whose middles lie between two fractions."""
    return max(0, math.ceil(start * count - 0.5)), min(count, math.floor(end * count - 0.5) + 1)


@lru_cache(maxsize=64)
def _unpacked(bits: str) -> bytes:
    """One byte for every square: 0 or 1."""
    return bytes(byte >> shift & 1 for byte in base64.b64decode(bits) for shift in range(7, -1, -1))
