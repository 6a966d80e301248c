"""Invented pages from a few lines of markup: what an engine would have read of a paper that never was printed.

One markup line is one paragraph. `# ` a title in large print, `## ` a centred line in lesser print, `= ` a centred
line of the text's size, `> ` a line at the right margin, `| a | b | c` cells of a table row, `^ ` a number in the upper
right corner, `_ ` a line at the foot of the page; an empty line is a gap, `~` one down to the lower half. Else it is
text from the left margin, broken at the page's width; a paragraph that begins with two full-width spaces is indented.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import dedent

from pipeline.casefile import Box, Document, Line, Mark, Page, PageKind, PageText, Quality
from pipeline.documents.divide import Division, divide

LEFT, RIGHT, TOP = 0.13, 0.87, 0.08
BODY, PITCH = 0.0165, 0.028
ADVANCE = 0.0235
"""Width of a character of the text's size; 31 stand on a line."""


class _Sheet:
    def __init__(self) -> None:
        self.down = TOP
        self.lines: list[Line] = []

    def put(self, text: str, x0: float, size: float = 1.0, *, y0: float | None = None) -> None:
        top = self.down if y0 is None else y0
        width = sum(0.55 if char.isascii() else 1.0 for char in text) * ADVANCE * size
        self.lines.append(Line(text, Box(x0, top, min(0.99, x0 + width), top + BODY * size), 0.98))

    def centred(self, text: str, size: float) -> None:
        width = sum(0.55 if char.isascii() else 1.0 for char in text) * ADVANCE * size
        self.put(text, max(0.02, 0.5 - width / 2), size)
        self.down += PITCH * size

    def cells(self, cells: Sequence[str]) -> None:
        step = (RIGHT - LEFT) / len(cells)
        for index, cell in enumerate(cells):
            if cell:
                self.put(cell, LEFT + index * step)
        self.down += PITCH * 1.2

    def paragraph(self, text: str) -> None:
        start = LEFT
        while text.startswith("\u3000"):
            start += ADVANCE
            text = text[1:]
        while text:
            room = int((RIGHT - start) / ADVANCE)
            self.put(text[:room], start)
            text, start = text[room:], LEFT
            self.down += PITCH


def page_text(markup: str, *, kind: PageKind = "scanned", marks: Iterable[Mark] = ()) -> PageText:
    """One page of markup as what was read on it."""
    sheet = _Sheet()
    for line in dedent(markup).strip("\n").splitlines():
        sign, _, rest = line.partition(" ")
        if not line:
            sheet.down += PITCH
        elif line == "~":
            sheet.down = max(sheet.down, 0.52)
        elif sign == "#":
            sheet.centred(rest, 1.6)
        elif sign == "##":
            sheet.centred(rest, 1.25)
        elif sign == "=":
            sheet.centred(rest, 1.0)
        elif sign == ">":
            width = sum(0.55 if char.isascii() else 1.0 for char in rest) * ADVANCE
            sheet.put(rest, RIGHT - width)
            sheet.down += PITCH
        elif sign == "|":
            sheet.cells([cell.strip() for cell in rest.split("|")])
        elif sign == "^":
            sheet.put(rest, 0.86, y0=0.03)
        elif sign == "_":
            sheet.put(rest, 0.5 - len(rest) * ADVANCE * 0.3, y0=0.95)
        else:
            sheet.paragraph(line)
    return PageText(kind, 0, tuple(sheet.lines), tuple(marks), Quality("good", 0.98), 1240, 1754)


def pages_of(*markups: str | PageText | None) -> list[Page]:
    """A case of these pages, in order; None is a blank sheet."""
    contents = [
        PageText("blank") if one is None else one if isinstance(one, PageText) else page_text(one) for one in markups
    ]
    return [Page(number, "invented.pdf", number, content) for number, content in enumerate(contents, 1)]


def divided(*markups: str | PageText | None) -> Division:
    """The documents that a case of these pages is divided into."""
    return divide(pages_of(*markups))


def spans(*markups: str | PageText | None) -> list[tuple[str, int, int]]:
    """(type, first page, last page) of every document that these pages are divided into."""
    return [(document.type, document.first, document.last) for document in divided(*markups).documents]


def type_of(markup: str) -> str:
    """The type of a case's only page."""
    return only(markup).type


def only(*markups: str | PageText | None) -> Document:
    """The one document that these pages are."""
    documents = divided(*markups).documents
    assert len(documents) == 1, [(document.type, document.first, document.last) for document in documents]
    return documents[0]
