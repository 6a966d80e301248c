"""Two passages that say the same, cut where they agree and where they differ, for reading side by side."""

from __future__ import annotations

import itertools
import unicodedata
from dataclasses import dataclass

from rapidfuzz.distance import Indel

SHORTEST = 2
"""Runs of fewer equal characters are chance, not copying, and are not highlighted."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters; `same` when the other passage has it too."""

    text: str
    same: bool


def side_by_side(copy: str, origin: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Cut both passages into pieces. White space, width and punctuation do not count as differences."""
    left, right = _folded(copy), _folded(origin)
    marks = [bytearray(len(copy)), bytearray(len(origin))]
    for step in Indel.opcodes([c for c, _ in left], [c for c, _ in right]):
        if step.tag == "equal" and step.src_end - step.src_start >= SHORTEST:
            for mark, folded, a, b in (
                (marks[0], left, step.src_start, step.src_end),
                (marks[1], right, step.dest_start, step.dest_end),
            ):
                first, last = folded[a][1], folded[b - 1][1]
                mark[first : last + 1] = b"\x01" * (last + 1 - first)
    return _pieces(copy, marks[0]), _pieces(origin, marks[1])


def _folded(text: str) -> list[tuple[str, int]]:
    """Letters, digits and ideographs in one width, each with its place in the text."""
    return [
        (c, place)
        for place, character in enumerate(text)
        for c in unicodedata.normalize("NFKC", character).lower()
        if c.isalnum()
    ]


def _pieces(text: str, same: bytearray) -> tuple[Piece, ...]:
    cuts = [0, *(i for i in range(1, len(text)) if same[i] != same[i - 1]), len(text)]
    return tuple(Piece(text[a:b], bool(same[a])) for a, b in itertools.pairwise(cuts) if b > a)
