"""What was changed in a table of contents, and whether a fingerprint or a name seal confirms it.

Reading marks the places (ocr/alterations.py); here each is told apart from what was written beside or over it. A
correction stands behind or above what it corrects, and the thumb or seal that confirms it on or behind the correction.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from pipeline.casefile import Alteration, AlterationKind, Box, Document, Line, Mark, Page
from pipeline.documents.strikes import pieces_of

_KINDS: tuple[AlterationKind, ...] = get_args(AlterationKind)
_BESIDE = 0.03
"""Gap, in parts of the page's width, between what is struck out and what was written instead."""
_BEHIND = 0.045
"""… and between the correction and what confirms it."""
_LEVEL = 0.6
"""Two things stand on one row if their middles differ by less than that part of a height: lines the lower one's,
fingerprints, which are taller than a row, their own."""
_PRESSED = ("fingerprint", "name_seal")


def alterations_of(document: Document, pages: Sequence[Page]) -> tuple[Alteration, ...]:
    """The changed entries of a document, page by page from the top. `pages` are all of the case's, in order.

    `text` is what stands there now, where it could be read; of something only struck out, what it was.
    """
    found = []
    for number in document.pages:
        content = pages[number - 1].content
        for mark in content.marks:
            kind = next((kind for kind in _KINDS if kind == mark.kind), None)
            if kind is not None:
                beside = _correction(mark, content.lines)
                text = _standing(beside, content.marks) or mark.text
                confirmed = _confirmed(mark, beside, content.marks)
                found.append(Alteration(document.id, number, mark.box, kind, confirmed, text))
    return tuple(sorted(found, key=lambda one: (one.page, one.box.y0, one.box.x0)))


def _correction(mark: Mark, lines: Sequence[Line]) -> list[Line]:
    """The lines that a changed place runs through, and those that go on behind it."""
    end = mark.box.x1
    beside = []
    for line in sorted(lines, key=lambda one: one.box.x0):
        level = abs(line.box.centre[1] - mark.box.centre[1]) < _LEVEL * min(line.box.height, mark.box.height)
        if level and line.box.x1 > mark.box.x0 and line.box.x0 <= end + _BESIDE:
            beside.append(line)
            end = max(end, line.box.x1)
    return beside


def _standing(lines: Sequence[Line], marks: Sequence[Mark]) -> str:
    """What is written in the lines and not struck out."""
    pieces = [piece for line in lines for piece in pieces_of(line, marks)]
    return "".join(piece.text.strip() for piece in pieces if not piece.struck or piece.below == "")


def _confirmed(mark: Mark, beside: Sequence[Line], marks: Sequence[Mark]) -> bool:
    region = mark.box
    for line in beside:
        region = region.union(line.box)
    near = region.grown(_BEHIND, 0.0)
    return any(
        other.kind in _PRESSED and _meets(other.box, near) and _covers_row(other.box, mark.box) for other in marks
    )


def _meets(one: Box, other: Box) -> bool:
    return one.overlap(other) > 0


def _covers_row(pressed: Box, mark: Box) -> bool:
    return abs(pressed.centre[1] - mark.centre[1]) < _LEVEL * max(pressed.height, mark.height)
