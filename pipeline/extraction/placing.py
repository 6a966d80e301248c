"""Where on the page a part of a read line stands: an engine gives a line's box, not its characters'."""

from __future__ import annotations

import unicodedata

from pipeline.casefile import Box, Line, PageText

_TALL = 1.35
"""Height of a printed line in widths of its characters, as boxes around text are drawn."""
_TOO_TALL = 1.7


def slice_of(line: Line, start: int, end: int, text: str | None = None) -> Box:
    """The box of characters [start, end) of the line's text (or of its second reading, given as `text`).

    Digits and other half-width characters take half the width of Chinese ones; their shares of the line follow.
    """
    widths = [width_of(char) for char in (line.text if text is None else text)]
    total = sum(widths) or 1.0
    before, within = sum(widths[:start]), sum(widths[start:end])
    return line.box.part(min(1.0, before / total), min(1.0, (before + within) / total))


def width_of(char: str) -> float:
    """Width of a character in widths of a Chinese one."""
    return 1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5


def tightened(box: Box, raw: str, page: PageText) -> Box:
    """The box with its height cut to what characters of this width can have: a slanted line's box is too tall."""
    if not page.width or not page.height or not raw.strip():
        return box
    character = box.width / sum(width_of(char) for char in raw.strip())
    height = _TALL * character * page.width / page.height
    if box.height <= _TOO_TALL / _TALL * height:
        return box
    middle = (box.y0 + box.y1) / 2
    return Box(box.x0, middle - height / 2, box.x1, middle + height / 2)
