"""Bars as inline SVG: where things lie, worked out here; colours come from the style sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

ROW, BAR, LABEL, CHART = 26, 16, 230, 340
"""Height of a row and of its bar, width of the labels and of the longest bar, in the drawing's own units."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it stands for, how many, its colour's class, where it leads, and where it lies."""

    label: str
    count: int
    kind: str
    link: str
    y: int
    length: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars one below another; `rest` are those that were left out."""

    bars: tuple[Bar, ...]
    width: int
    height: int
    rest: int = 0


def bars(counts: Sequence[tuple[str, int, str, str]], most: int = 12) -> Chart:
    """Lay out (label, count, colour's class, link), the longest bar over the whole width, at most `most` of them."""
    shown = counts[:most]
    longest = max((count for _, count, _, _ in shown), default=1) or 1
    laid = tuple(
        Bar(label, count, kind, link, number * ROW, round(CHART * count / longest, 1))
        for number, (label, count, kind, link) in enumerate(shown)
    )
    return Chart(laid, LABEL + CHART + 60, ROW * len(laid), len(counts) - len(shown))
