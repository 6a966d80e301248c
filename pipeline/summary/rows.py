"""Lines of a page → the text of the page: what stands on one row is joined, rows come top-down.

OCR engines cut a row of a form into several lines (label, value, stamp); people and the contract read rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.casefile import Line

SAME_ROW = 0.78
"""Share of the lower line's height that must overlap for two lines to stand on one row. Of 0.3 to 0.9 it gave the
fewest character errors on form pages: less joins the two lines of a cell with the label beside them."""
TALLER = 2.2
"""A line this many times as tall as its neighbour is a column, a stamp or a title beside the row, not part of it."""


def _beside(line: Line, other: Line) -> bool:
    a, b = line.box, other.box
    low, tall = sorted((a.height, b.height))
    if low <= 0 or tall > TALLER * low:
        return False
    down = min(a.y1, b.y1) - max(a.y0, b.y0)
    across = min(a.x1, b.x1) - max(a.x0, b.x0)
    return down >= SAME_ROW * low and across <= 0.5 * min(a.width, b.width)


def rows(lines: Iterable[Line]) -> tuple[tuple[Line, ...], ...]:
    """Group the lines of a page into rows, from top to bottom, the lines of each from left to right.

    A line is compared with the member of a row that stands nearest to it, so that a skewed row stays one row.
    """
    found: list[list[Line]] = []
    for line in sorted(lines, key=lambda x: (x.box.centre[1], x.box.x0, x.text)):
        x = line.box.centre[0]
        for row in reversed(found[-6:]):
            nearest = min(row, key=lambda other: abs(other.box.centre[0] - x))
            if _beside(line, nearest):
                row.append(line)
                break
        else:
            found.append([line])
    found.sort(key=lambda row: sum(line.box.centre[1] for line in row) / len(row))
    return tuple(tuple(sorted(row, key=lambda x: (x.box.x0, x.box.y0))) for row in found)


def page_text(lines: Sequence[Line]) -> str:
    """Lay out the text of a page: lines on one row joined with a space, rows by newline; empty lines are left out."""
    return "\n".join(" ".join(line.text for line in row) for row in rows(line for line in lines if line.text.strip()))
