"""Lines of a catalogue in which something was struck out: what is gone, and what was written in its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from pipeline.casefile import Box, Line, Mark
from pipeline.text.normalise import content

_GONE = ("struck", "overwritten")
_LEVEL = 0.4
"""Part of a line's height by which a stroke through it may be off its middle."""
_SURE = 0.9
"""Score from which a line read through a stroke is believed."""
_SAME = 70
"""Likeness (0..100) from which a correction only repeats what it corrects; the print is then the better reading."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line: its text, where the line stands, and whether this part is struck out.

    `below`: what stands below the stroke, read without it.
    """

    text: str
    line: Line
    struck: bool = False
    below: str = ""

    def of(self, text: str) -> Piece:
        """The same piece with a part of its text."""
        return replace(self, text=text)


def pieces_of(line: Line, marks: Iterable[Mark]) -> tuple[Piece, ...]:
    """A line, cut where a stroke through it begins and ends; whole where none goes through it.

    A stroke takes the characters whose middle it reaches.
    """
    box = line.box
    strokes = [mark for mark in marks if mark.kind in _GONE and _through(mark.box, box)]
    if not strokes or not line.text.strip() or not box.width:
        return (Piece(line.text, line),)
    step = box.width / len(line.text)
    hit = [
        next((m for m in strokes if m.box.x0 - 0.2 * step <= box.x0 + (at + 0.5) * step <= m.box.x1 + 0.2 * step), None)
        for at in range(len(line.text))
    ]
    pieces: list[Piece] = []
    start = 0
    for at in range(1, len(hit) + 1):
        if at < len(hit) and (hit[at] is None) == (hit[start] is None):
            continue
        mark = hit[start]
        part = replace(line, box=box.part(start / len(hit), at / len(hit)))
        text = line.text[start:at]
        pieces.append(Piece(text, part, mark is not None, mark.text if mark else ""))
        start = at
    return tuple(piece for piece in pieces if piece.text.strip())


def _best(piece: Piece) -> str:
    """What is struck out: as it was read through the stroke, or without it where that is not sure."""
    score = piece.line.score
    return piece.text.strip() if score is None or score >= _SURE or not piece.below else piece.below


def _through(stroke: Box, line: Box) -> bool:
    across = min(stroke.x1, line.x1) - max(stroke.x0, line.x0)
    return across > 0 and abs(stroke.centre[1] - line.centre[1]) < _LEVEL * line.height


def settled(pieces: Sequence[Piece]) -> tuple[str, bool]:
    """The title that holds, and whether it is only what was struck out, with nothing written in its place.

    A correction that says what was there before is read from what was there before: print reads better than a pen.
    """
    standing = "".join(piece.text.strip() for piece in pieces if not piece.struck)
    gone = "".join(_best(piece) for piece in pieces if piece.struck)
    if not standing:
        return gone, bool(content(gone))
    if gone and len(content(standing)) >= 2:
        alike = fuzz.partial_ratio(content(standing), content(gone))
        if alike >= _SAME and len(content(standing)) <= len(content(gone)) + 1:
            return gone, False
    return standing, False
