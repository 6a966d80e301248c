"""Which share of one text was copied from another, through OCR noise, small edits and moved sentences.

Both texts are reduced to their letters, digits and Chinese characters; words that only name a party (被告人, 嫌疑人)
and phrases of the genre that the caller names are left out, since everybody writes them. Runs of four characters that
both texts hold are anchors; from each a gapped alignment is extended to both sides until its score has dropped too far
below its best (the X-drop extension of Zhang, Schwartz, Wagner and Miller, 2000). Scattered misreadings cost one point
each and are bridged; where one text goes on in other words, ten characters or so end the passage. So facts, names and
dates that two texts share make short islands, which are not counted, while a copy makes long passages.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from pipeline.text.normalise import content, fold_with_places

SEED = 4
"""Length of the exact runs that alignments start from."""
DROP = 7
"""Points below its best score at which an alignment ends; a match scores 1, a wrong, lost or added character -1."""
SHORTEST = 22
"""Characters (both sides) below which a passage is not counted."""
LEAST_MATCHES = 15
LEAST_WORDS = 16
"""Characters of a counted passage that are no figures and no units of dates, times and money."""
LEAST_SIMILARITY = 0.6
_FIGURES = frozenset("0123456789〇一二三四五六七八九十百千万亿年月日时分秒许元角")
_MOST_PLACES = 24
"""Places in the origin (the first ones) that alignments of one run start from: bounds the work on repetitive texts."""
_SCALE = 1 << 20
_NOWHERE = -(1 << 60)
_PARTY_WORDS = re.compile(r"犯罪嫌疑人|嫌疑人|被告人|被告|被害人|公诉机关")
_PHRASE_ERRORS = 0.25


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of the copy and where it stands in the origin: offsets into the texts given, ends exclusive.

    `similarity`: matching characters as a share of both passages' characters, 0..1 (1 for a verbatim copy).
    `length`: characters of the copy's passage that count (marks and left-out words do not).
    """

    copy_start: int
    copy_end: int
    origin_start: int
    origin_end: int
    similarity: float
    length: int


@dataclass(frozen=True, slots=True)
class Reuse:
    """How much of a text is copied: `share` of its counted characters (0..1), the passages in the copy's order.

    `origin_share` is the share of the origin's counted characters that the passages take up; `length` the number of
    the copy's characters that count.
    """

    share: float
    origin_share: float
    length: int
    passages: tuple[Passage, ...]

    @property
    def copied(self) -> int:
        """Counted characters that are copied."""
        return round(self.share * self.length)

    @property
    def longest(self) -> int:
        """Counted characters of the longest passage; 0 where there is none."""
        return max((passage.length for passage in self.passages), default=0)


@dataclass(frozen=True, slots=True)
class _Alignment:
    """Half-open spans in the two reduced texts, with score and matching characters."""

    i0: int
    i1: int
    j0: int
    j1: int
    score: int
    matches: int

    @property
    def similarity(self) -> float:
        return 2 * self.matches / (self.i1 - self.i0 + self.j1 - self.j0)


def find_reuse(
    copy: str,
    origin: str,
    *,
    frequent: Iterable[str] = (),
    shortest: int = SHORTEST,
    similarity: float = LEAST_SIMILARITY,
) -> Reuse:
    """Find the passages of `copy` that are copied from `origin`, and which share of `copy` they are.

    `frequent`: phrases of the genre that are nobody's (经依法审查查明), left out on both sides, also when misread.
    `shortest`: counted characters below which a passage does not count; `similarity`: least similarity of a passage.
    """
    phrases = tuple(sorted({content(phrase) for phrase in frequent} - {""}, key=lambda phrase: (-len(phrase), phrase)))
    copied, copy_places = _reduce(copy, phrases)
    source, origin_places = _reduce(origin, phrases)
    if not copied or not source:
        return Reuse(0.0, 0.0, len(copied), ())
    kept: list[_Alignment] = []
    taken, given = bytearray(len(copied)), bytearray(len(source))
    for found in sorted(_alignments(copied, source), key=lambda one: (-one.score, one.i0, one.j0)):
        length = found.i1 - found.i0
        if min(length, found.j1 - found.j0) < shortest or found.matches < min(LEAST_MATCHES, shortest):
            continue
        words = sum(char not in _FIGURES for char in copied[found.i0 : found.i1])
        if words < min(LEAST_WORDS, shortest):
            continue
        if found.similarity < similarity or sum(taken[found.i0 : found.i1]) * 2 > length:
            continue
        taken[found.i0 : found.i1] = b"\x01" * length
        given[found.j0 : found.j1] = b"\x01" * (found.j1 - found.j0)
        kept.append(found)
    passages = tuple(
        Passage(
            copy_places[one.i0],
            copy_places[one.i1 - 1] + 1,
            origin_places[one.j0],
            origin_places[one.j1 - 1] + 1,
            one.similarity,
            one.i1 - one.i0,
        )
        for one in sorted(kept, key=lambda one: one.i0)
    )
    return Reuse(sum(taken) / len(copied), sum(given) / len(source), len(copied), passages)


def _reduce(text: str, phrases: tuple[str, ...]) -> tuple[str, tuple[int, ...]]:
    """The characters that count, and the offset in `text` of each."""
    folded, places = fold_with_places(text)
    kept = [(char, place) for char, place in zip(folded, places, strict=True) if char.isalnum()]
    plain = "".join(char for char, _ in kept)
    left_out = bytearray(len(plain))
    for match in _PARTY_WORDS.finditer(plain):
        left_out[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
    for phrase in phrases:
        for start, end in _occurrences(plain, phrase):
            left_out[start:end] = b"\x01" * (end - start)
    kept = [pair for pair, out in zip(kept, left_out, strict=True) if not out]
    return "".join(char for char, _ in kept), tuple(place for _, place in kept)


def _occurrences(text: str, phrase: str) -> list[tuple[int, int]]:
    """Where the phrase stands, with up to a quarter of its characters misread."""
    allowed = int(len(phrase) * _PHRASE_ERRORS)
    starts: set[int] = set()
    for offset in range(len(phrase) - 1):
        at = text.find(phrase[offset : offset + 2])
        while at >= 0:
            starts.add(max(0, at - offset))
            at = text.find(phrase[offset : offset + 2], at + 1)
    found: list[tuple[int, int]] = []
    for start in sorted(starts):
        if found and start < found[-1][1]:
            continue
        end = min(len(text), start + len(phrase))
        if Levenshtein.distance(text[start:end], phrase, score_cutoff=allowed) <= allowed:
            found.append((start, end))
    return found


def _alignments(copied: str, source: str) -> list[_Alignment]:
    """Alignments around every anchor that does not lie in an alignment found before."""
    index: dict[str, list[int]] = defaultdict(list)
    for place in range(len(source) - SEED + 1):
        index[source[place : place + SEED]].append(place)
    seen: dict[int, int] = {}
    found: list[_Alignment] = []
    for i in range(len(copied) - SEED + 1):
        for j in index.get(copied[i : i + SEED], ())[:_MOST_PLACES]:
            if seen.get(j - i, -1) >= i:
                continue
            alignment, path = _around(copied, source, i, j)
            found.append(alignment)
            for diagonal, last in path.items():
                seen[diagonal] = max(last, seen.get(diagonal, -1))
    return found


def _around(copied: str, source: str, i: int, j: int) -> tuple[_Alignment, dict[int, int]]:
    """The alignment through the anchor at (i, j), and the last copy offset on each diagonal that it passes."""
    ahead, beyond, score_after, matches_after = _extend(copied, source, i + SEED, j + SEED, 1)
    back, behind, score_before, matches_before = _extend(copied, source, i - 1, j - 1, -1)
    alignment = _Alignment(
        i - back,
        i + SEED + ahead,
        j - behind,
        j + SEED + beyond,
        score_before + SEED + score_after,
        matches_before + SEED + matches_after,
    )
    ends = j - i, alignment.j1 - alignment.i1
    return alignment, dict.fromkeys(range(min(ends) - 1, max(ends) + 2), alignment.i1 - 1)


def _extend(copied: str, source: str, i: int, j: int, step: int) -> tuple[int, int, int, int]:
    """Align from (i, j) on, forwards (step 1) or backwards (-1), until every path lies `DROP` below the best.

    Returns how far the best path goes in both texts, its score and its matching characters. Scores are kept as
    score * _SCALE + matches, so that the greater of two cells is the better path.
    """
    rows = len(copied) - i if step > 0 else i + 1
    columns = len(source) - j if step > 0 else j + 1
    best, best_row, best_column = 0, 0, 0
    low = 0
    above = [-_SCALE * column for column in range(min(columns, DROP) + 1)]
    for row in range(1, rows + 1):
        char = copied[i + step * (row - 1)]
        floor = best - DROP * _SCALE
        cells: list[int] = []
        left = corner = _NOWHERE
        column = low
        for up in above:
            cell = left if left > up else up
            cell -= _SCALE
            if corner > _NOWHERE:
                corner += _SCALE + 1 if source[j + step * (column - 1)] == char else -_SCALE
                if corner > cell:
                    cell = corner
            if cell < floor:
                cell = _NOWHERE
            elif cell > best:
                best, best_row, best_column = cell, row, column
            cells.append(cell)
            left, corner = cell, up
            column += 1
        while column <= columns:
            cell = left - _SCALE
            if corner > _NOWHERE:
                corner += _SCALE + 1 if source[j + step * (column - 1)] == char else -_SCALE
                if corner > cell:
                    cell = corner
            if cell < floor:
                break
            if cell > best:
                best, best_row, best_column = cell, row, column
            cells.append(cell)
            left, corner = cell, _NOWHERE
            column += 1
        while cells and cells[-1] == _NOWHERE:
            cells.pop()
        first = 0
        while first < len(cells) and cells[first] == _NOWHERE:
            first += 1
        if first == len(cells):
            break
        low, above = low + first, cells[first:]
    matches = best % _SCALE
    return best_row, best_column, best // _SCALE, matches
