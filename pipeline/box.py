"""The one coordinate frame: rectangles in fractions of the *upright* page, origin at the top left."""

from __future__ import annotations

from dataclasses import dataclass


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
