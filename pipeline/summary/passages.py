"""Two passages that say the same, cut where they agree and where they differ, for reading side by side."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

SHORTEST = 2
"""Runs of fewer equal characters are chance, not copying, and are not highlighted."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters; `same` when the other passage has it too."""

    text: str
    same: bool


@dataclass(frozen=True, slots=True)
class Linked:
    """A run of characters from `start` on; `run` numbers what both passages have, from 1; 0 where they differ."""

    text: str
    start: int
    run: int


def side_by_side(copy: str, origin: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Cut both passages into pieces. White space, width and punctuation do not count as differences."""
    left, right = _runs(copy, origin)
    return _pieces(copy, [run > 0 for run in left]), _pieces(origin, [run > 0 for run in right])


def linked(copy: str, origin: str) -> tuple[tuple[Linked, ...], tuple[Linked, ...]]:
    """Cut both passages into pieces that know each other by the number of their run."""
    left, right = _runs(copy, origin)
    return tuple(_linked(copy, left)), tuple(_linked(origin, right))


def _runs(copy: str, origin: str) -> tuple[list[int], list[int]]:
    """For each character of both passages, the number of the run that it belongs to, or 0."""
    left, right = _folded(copy), _folded(origin)
    marks = [0] * len(copy), [0] * len(origin)
    run = 0
    for step in Indel.opcodes([c for c, _ in left], [c for c, _ in right]):
        if step.tag == "equal" and step.src_end - step.src_start >= SHORTEST:
            run += 1
            for mark, folded, a, b in (
                (marks[0], left, step.src_start, step.src_end),
                (marks[1], right, step.dest_start, step.dest_end),
            ):
                first, last = folded[a][1], folded[b - 1][1]
                mark[first : last + 1] = [run] * (last + 1 - first)
    return marks


def _folded(text: str) -> list[tuple[str, int]]:
    """Letters, digits and ideographs in one width, each with its place in the text."""
    return [
        (c, place)
        for place, character in enumerate(text)
        for c in unicodedata.normalize("NFKC", character).lower()
        if c.isalnum()
    ]


def _linked(text: str, runs: Sequence[int]) -> Iterator[Linked]:
    for start, end in _stretches(runs):
        yield Linked(text[start:end], start, runs[start])


def _pieces(text: str, same: Sequence[bool]) -> tuple[Piece, ...]:
    return tuple(Piece(text[start:end], same[start]) for start, end in _stretches(same))


def _stretches(marks: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Start and end of each stretch of equal marks."""
    cuts = [0, *(i for i in range(1, len(marks)) if marks[i] != marks[i - 1]), len(marks)]
    return ((a, b) for a, b in itertools.pairwise(cuts) if b > a)
