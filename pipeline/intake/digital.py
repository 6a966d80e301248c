"""The text that a PDF page carries itself, as lines with geometry (pdfplumber gives the characters)."""

from __future__ import annotations

import logging
import statistics
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pipeline.casefile import Box, Line

# pdfminer tells of every oddity of a file, with names from it, at the default level.
logging.getLogger("pdfminer").setLevel(logging.ERROR)

Rect = tuple[float, float, float, float]
"""Left, bottom, right, top in PDF points, origin at the bottom left, before /Rotate."""

_WIDE_GAP = 2.5
"""Gap, in character heights, across which text is no longer one line but two cells or columns."""
_GAP_CJK = 0.8
_GAP_CJK_WITH_BLANK = 0.45
_GAP_LATIN = 0.18
_MOST_RULINGS = 3000
_REPLACEMENT = "\ufffd"


@dataclass(frozen=True, slots=True)
class _Char:
    text: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class _View:
    """The visible part of a page as displayed: where it begins in pdfplumber's coordinates, and its size, in points."""

    left: float
    top: float
    width: float
    height: float


def _view(page: Any, visible: Rect) -> _View:
    """Where the visible box lies on the media box, both turned by /Rotate as pdfminer turns them."""
    left, top = page.mediabox[0], page.mediabox[1]
    media = [float(value) for value in page.page_obj.mediabox]
    mx0, mx1 = sorted((media[0], media[2]))
    my0, my1 = sorted((media[1], media[3]))
    x0, y0, x1, y1 = visible
    across, down = {
        90: (y0 - my0, x0 - mx0),
        180: (mx1 - x1, y0 - my0),
        270: (my1 - y1, mx1 - x1),
    }.get(page.rotation, (x0 - mx0, my1 - y1))
    width, height = x1 - x0, y1 - y0
    if page.rotation in (90, 270):
        width, height = height, width
    return _View(left + across, top + down, width, height)


def _readable(text: str) -> str:
    """What a character says; (cid:12) and control codes become U+FFFD, so that nobody takes them for text."""
    if text.startswith("(cid:"):
        return _REPLACEMENT
    return "".join(_REPLACEMENT if ord(c) < 32 and c not in "\t\n\r" else c for c in text)


def _upright_chars(raw: list[dict[str, Any]], view: _View) -> list[_Char]:
    """Characters that stand upright on the visible page, in its points; none if most of the text stands otherwise."""
    chars: list[_Char] = []
    turned = 0
    for item in raw:
        text = _readable(item["text"])
        if text.strip() and not (item["upright"] and item["matrix"][0] > 0):
            turned += 1
            continue
        char = _Char(text, item["x0"] - view.left, item["top"] - view.top, item["x1"] - view.left,
                     item["bottom"] - view.top)  # fmt: skip
        across = (char.x0 + char.x1) / 2
        if 0 <= across <= view.width and 0 <= char.middle <= view.height and 0 < char.height < view.height:
            chars.append(char)
    inked = sum(1 for char in chars if char.text.strip())
    return chars if inked > turned else []


def _rows(chars: Iterable[_Char]) -> list[list[_Char]]:
    """Characters of the same height on the page together, rows from the top down."""
    rows: list[list[_Char]] = []
    middle = height = 0.0
    for char in sorted(chars, key=lambda c: (c.middle, c.x0)):
        if rows and abs(char.middle - middle) <= 0.5 * min(height, char.height):
            rows[-1].append(char)
            count = len(rows[-1])
            middle += (char.middle - middle) / count
            height += (char.height - height) / count
        else:
            rows.append([char])
            middle, height = char.middle, char.height
    return rows


def _is_cjk(char: str) -> bool:
    return "\u2e80" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or "\uff00" <= char <= "\uffef"


def _is_space(before: _Char, after: _Char, gap: float, had_blank: bool, height: float) -> bool:
    if _is_cjk(before.text[-1]) or _is_cjk(after.text[0]):
        return gap > (_GAP_CJK_WITH_BLANK if had_blank else _GAP_CJK) * height
    return gap > _GAP_LATIN * height


def _segments(row: list[_Char], rulings: list[tuple[float, float, float]]) -> list[Line]:
    """One row of characters as lines in page points, cut at wide gaps and at the rulings of a table."""
    row = sorted(row, key=lambda c: c.x0)
    height = statistics.median(char.height for char in row)
    lines: list[tuple[str, list[_Char]]] = []
    had_blank = False
    for char in row:
        if not char.text.strip():
            had_blank = True
            continue
        if lines:
            text, held = lines[-1]
            last = held[-1]
            if char.text == last.text and char.x0 - last.x0 < 0.3 * (last.x1 - last.x0):
                continue  # drawn twice to look bold
            gap = char.x0 - max(c.x1 for c in held[-3:])
            ruled = any(last.x1 - 1 <= x <= char.x0 + 1 and top <= char.middle <= bottom for x, top, bottom in rulings)
            if gap <= _WIDE_GAP * height and not ruled:
                space = " " if _is_space(last, char, gap, had_blank, height) else ""
                lines[-1] = (text + space + char.text, [*held, char])
                had_blank = False
                continue
        lines.append((char.text, [char]))
        had_blank = False
    return [
        Line(
            text,
            Box(
                min(c.x0 for c in held), min(c.top for c in held), max(c.x1 for c in held), max(c.bottom for c in held)
            ),
        )
        for text, held in lines
    ]


def _fractions(line: Line, view: _View) -> Line:
    def cut(value: float, whole: float) -> float:
        return round(min(1.0, max(0.0, value / whole)), 5)

    box = line.box
    return Line(
        line.text,
        Box(cut(box.x0, view.width), cut(box.y0, view.height), cut(box.x1, view.width), cut(box.y1, view.height)),
    )


def lines_of_page(page: Any, visible: Rect) -> tuple[Line, ...]:
    """Lines of a `pdfplumber.page.Page`, top-down, left to right; boxes are fractions of the page as displayed.

    `visible` is the box that is displayed (crop box within media box). Turned text (watermarks, margins) is left out,
    and where most of the text is turned there are no lines, so that the page is read from its image. Raises whatever
    pdfplumber and pdfminer raise on damaged pages.
    """
    view = _view(page, visible)
    if view.width <= 0 or view.height <= 0:
        return ()
    chars = _upright_chars(page.chars, view)
    if not any(char.text.strip() for char in chars):
        return ()
    edges = page.edges if len(page.rects) + len(page.lines) + len(page.curves) <= _MOST_RULINGS else []
    rulings = [
        (edge["x0"] - view.left, edge["top"] - view.top, edge["bottom"] - view.top)
        for edge in edges
        if edge["orientation"] == "v"
    ]
    found = [line for row in _rows(chars) for line in _segments(row, rulings)]
    return tuple(_fractions(line, view) for line in found)
