"""Upright rectangles (left, top, right, bottom) in pixels, and what two of them have in common."""

from __future__ import annotations

Rectangle = tuple[float, float, float, float]


def area(one: Rectangle) -> float:
    """Square pixels that a rectangle covers."""
    return (one[2] - one[0]) * (one[3] - one[1])


def common(one: Rectangle, other: Rectangle) -> float:
    """Square pixels that both cover; 0 where they lie apart."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across * down if across > 0 and down > 0 else 0.0


def overlap(one: Rectangle, other: Rectangle) -> float:
    """Intersection over union, 0..1."""
    both = common(one, other)
    return both / (area(one) + area(other) - both) if both else 0.0


def meet(one: Rectangle, other: Rectangle) -> bool:
    """Whether they have a place in common, be it without area."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
