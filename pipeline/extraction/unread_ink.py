"""Ink in a place to sign that no engine could read: a name scrawled so that nobody makes it out is a name all the same.

Before a place is called blank, which accuses somebody, the page's ink is asked (casefile.InkGrid, about 1.6 mm a
square). Rules to write on are not in it; leaders of dots are one square high and count for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.casefile import Box, Line, Page, SignatureState

_WRITTEN, _TRACES = 8, 5
"""Inked squares from which somebody wrote there (a character has about nine), and from which that may be."""
_MARGIN = 0.15
"""Of a line's height, that is no ink above and below its letters."""
_HIGH = 3
"""Squares that writing is high at least."""


def seen_in(place: Box, page: Page, printed: Sequence[Box], own: Iterable[Line] = ()) -> SignatureState:
    """Tell from its ink whether a place where nothing was read is signed; "blank" also where nobody looked at the ink.

    `printed`: what is print in or at the place, labels above all; `own`: lines of the place's own row, of which only
    `printed` is print. All other lines, and seals, hide what lies under them.
    """
    grid = page.content.ink
    if grid is None or not grid.rows:
        return "blank"
    mine = set(own)
    covers = [box.grown(0.004, 0.003) for box in printed]
    covers += [_ink_of(line) for line in page.lines if line not in mine and line.box.overlap(place) > 0]
    covers += [mark.box for mark in page.content.marks if mark.kind == "seal" and mark.box.overlap(place) > 0]
    squares = grid.count(place, covers)
    if squares < _TRACES:
        return "blank"
    step = 1 / grid.rows
    first, last = int(place.y0 * grid.rows), int(place.y1 * grid.rows) + 1
    slices = [Box(place.x0, row * step, place.x1, (row + 1) * step) for row in range(first, last)]
    high = sum(grid.count(part, covers) > 0 for part in slices)
    if high < _HIGH:
        return "blank"
    return "signed" if squares >= _WRITTEN else "unclear"


def _ink_of(line: Line) -> Box:
    """What the letters of a line cover: engines' boxes reach above and below them, into the rows next to theirs."""
    room = _MARGIN * line.box.height if line.score is not None else 0.0
    return Box(line.box.x0 - 0.004, line.box.y0 + room, line.box.x1 + 0.004, line.box.y1 - room)
