"""Dates that a seal hides or cuts in pieces: several readings of one place, and a vote among those that are dates."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ZEROS = str.maketrans("○零OoＯ０0口", "〇〇〇〇〇〇〇〇")
_DIGIT = "一二三四五六七八九〇"
_WHOLE = re.compile(
    rf"(?:(?:二〇|一九)[{_DIGIT}]{{2}}|(?:20|19)[0-9]{{2}})年"
    rf"(?:[〇一二三四五六七八九十]{{1,2}}|[01]?[0-9])月(?:[一二三四五六七八九十]{{1,3}}|[0-3]?[0-9])日"
)
_PIECE = re.compile(r"[0-9一二三四五六七八九十〇○零]\s*(?:年|月)|[年月]\s*[0-9一二三四五六七八九十〇○零]{1,3}\s*日")
_OF_DATES = frozenset("0123456789一二三四五六七八九十百千〇○零OoQ口年月日 .")
_DISSENT = 0.3
"""Part of the votes that another date needs to stand as the second reading, which makes the date uncertain."""


def whole_date(text: str) -> str | None:
    """Find a date with year, month and day in 年月日 form (years 1900 to 2099); zeros written the same way."""
    plain = re.sub(r"\s+", "", text)
    arabic = _WHOLE.search(plain)
    if arabic and arabic.group()[0] in "12":
        return arabic.group()
    chinese = _WHOLE.search(plain.translate(_ZEROS))
    return chinese.group() if chinese else None


def looks_like_date(text: str) -> bool:
    """Whether a short line is a date or what is left of one."""
    plain = text.strip()
    if not 3 <= len(plain) <= 24 or _PIECE.search(plain) is None:
        return False
    return sum(c in _OF_DATES for c in plain) >= 0.7 * len(plain)


Reading = tuple[str, float]


def elect(readings: Sequence[Reading]) -> tuple[Reading, Reading] | None:
    """Choose the leading and the second reading among several of one place; None where none is a whole date.

    Each reading votes with its score. The second is the strongest other date where that has some weight, otherwise
    another reading of the winner; where only one reading gave a date at all, the second is empty.
    """
    votes: dict[str, list[Reading]] = {}
    for text, score in readings:
        date = whole_date(text)
        if date is not None:
            votes.setdefault(date, []).append((text, score))
    if not votes:
        return None
    ranked = sorted(votes.values(), key=lambda group: (-sum(score for _, score in group), group[0][0]))
    total = sum(score for group in ranked for _, score in group)
    first = max(ranked[0], key=lambda reading: (reading[1], -len(reading[0])))
    if len(ranked) > 1 and sum(score for _, score in ranked[1]) >= _DISSENT * total:
        return first, max(ranked[1], key=lambda reading: reading[1])
    others = [reading for reading in ranked[0] if reading is not first]
    return first, max(others, key=lambda reading: reading[1], default=("", 0.0))
