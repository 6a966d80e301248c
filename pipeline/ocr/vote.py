"""Dates that a seal hides or cuts in pieces: several readings of one place, and a vote among those that are dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_ZEROS = str.maketrans("○零OoＯ０0口", "〇〇〇〇〇〇〇〇")
_DIGIT = "一二三四五六七八九〇"
_WHOLE = re.compile(
    rf"(?:(?:二〇|一九)[{_DIGIT}]{{2}}|(?:20|19)[0-9]{{2}})年"
    r"(?:〇?[一二三四五六七八九]|十[一二]?|0?[1-9]|1[0-2])月"
    r"(?:〇?[一二三四五六七八九]|[二三]?十|二?十[一二三四五六七八九]|三十一|0?[1-9]|[12][0-9]|3[01])日"
)
"""A date as people write it: 一十六日 is a misread 二十六日."""
_YEAR = re.compile(rf"(?:二〇|一九)[{_DIGIT}]{{2}}|(?:19|20)[0-9]{{2}}")
_ZEROS_OF_NUMERALS = str.maketrans("○零OoＯ", "〇〇〇〇〇")
_PARTS = re.compile(r"([0-9〇一二三四五六七八九]{0,4})年(?:([^年月日]*)月(?:([^年月日]*)日)?)?")
_NUMERALS = frozenset(f"{_DIGIT}十0123456789")
_PIECE = re.compile(r"[0-9一二三四五六七八九十〇○零]\s*(?:年|月)|[年月]\s*[0-9一二三四五六七八九十〇○零]{1,3}\s*日")
_OF_DATES = frozenset("0123456789一二三四五六七八九十百千〇○零OoQ口年月日 .")
_BROKEN_ZERO = re.compile(r"(?<=二)[CcQＱGつ①D口](?=[一二三四五六七八九〇]{2}年)")
"""What a 〇 is read as where a seal's rim cuts through it; after 二 and before two numerals nothing else can stand."""
_AGREED = 0.8
"""Part of the votes that year, month and day each need to be certain."""
_WORTHLESS = 0.8
"""Score up to which a reading has no vote."""
_HEARD = 0.93
"""Another whole date, read on a clear crop with this score, makes the place uncertain all by itself."""
_PLAIN = 0.95
"""Score that each of the first readings needs if no more of them are to be made."""
_UNCERTAIN = 0.9
"""Highest score of a date that its readings do not agree on: too low for it to be certain by itself."""


def whole_date(text: str) -> str | None:
    """Find a date with year, month and day in 年月日 form (years 1900 to 2099); zeros written the same way."""
    plain = _mended(re.sub(r"\s+", "", text))
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


@dataclass(frozen=True, slots=True)
class Vote:
    """One reading of a place and the way it was made; readings made in one way tend to fail alike.

    `clear`: nothing of a seal was left on the crop, so that what it says against others must be heard.
    """

    way: str
    text: str
    score: float
    clear: bool = True

    @property
    def weight(self) -> float:
        return max(0.0, (self.score - _WORTHLESS) / (1 - _WORTHLESS))


def elect(votes: Sequence[Vote]) -> tuple[Reading, Reading] | None:
    """Choose the leading and the second reading among several of one place; None where none is a whole date.

    Year, month and day are voted on one by one, so that a reading which lost its year still speaks for its day. The
    two readings are equal, and the date thereby certain, only where readings made in two ways agree on all of it, few
    speak against any part and no clear one is another date. Otherwise the second is the strongest other date or empty,
    and the score is kept low.
    """
    whole: dict[str, list[Vote]] = {}
    for vote in votes:
        date = whole_date(vote.text)
        if date is not None:
            whole.setdefault(date, []).append(vote)
    if not whole:
        return None
    parts = [(vote, _parts(vote.text)) for vote in votes]
    agreed = {date: _agreement(_parts(date), parts) for date in whole}
    ranked = sorted(whole, key=lambda date: (-agreed[date], -sum(v.weight for v in whole[date]), date))
    first = max(whole[ranked[0]], key=lambda vote: (vote.score, vote.way))
    alike = [vote for vote, read in parts if read == _parts(ranked[0]) and vote.way != first.way and vote.weight > 0]
    against = max((v for date in ranked[1:] for v in whole[date]), key=lambda vote: vote.score, default=None)
    opposed = any(v.clear and v.score >= _HEARD for date in ranked[1:] for v in whole[date])
    if alike and first.weight > 0 and agreed[ranked[0]] >= _AGREED and not opposed:
        other = max(alike, key=lambda vote: (whole_date(vote.text) is not None, vote.score))
        return (_mended(first.text), first.score), (_mended(other.text), other.score)
    second = (
        ("", 0.0) if against is None else (_mended(against.text), min(against.score, first.score, _UNCERTAIN) - 0.01)
    )
    return (_mended(first.text), min(first.score, _UNCERTAIN)), second


def settled(votes: Sequence[Vote]) -> bool:
    """Whether these readings are all the same whole date beyond doubt, so that no more of them are needed."""
    dates = {whole_date(vote.text) for vote in votes}
    return len(dates) == 1 and None not in dates and all(vote.score >= _PLAIN for vote in votes)


_Parts = tuple[str | None, str | None, str | None]


def _agreement(date: _Parts, votes: Sequence[tuple[Vote, _Parts]]) -> float:
    """Share of the votes for the part of a date that has fewest; a reading without a part has no vote on it."""
    shares = []
    for i, part in enumerate(date):
        cast = [(vote.weight, read[i]) for vote, read in votes if read[i] is not None]
        total = sum(weight for weight, _ in cast)
        shares.append(sum(weight for weight, value in cast if value == part) / total if total else 0.0)
    return min(shares)


def _parts(text: str) -> _Parts:
    """Year, month and day as they were read, also where they are none (二九日); None for what is not there at all.

    A year that lost its 〇 counts as whole: in 二二四年 nothing else can be missing.
    """
    plain = _mended(re.sub(r"\s+", "", text)).translate(_ZEROS_OF_NUMERALS)
    match = _PARTS.search(plain)
    if match is None:
        return None, None, None
    year, month, day = match.groups()
    if len(year) == 3 and year[0] == "二" and year[1] != "〇":
        year = f"二〇{year[1:]}"
    return (year if _YEAR.fullmatch(year) else None), _number(month), _number(day)


def _number(text: str | None) -> str | None:
    if not text or text == "0" or any(c not in _NUMERALS for c in text):
        return None
    return text.lstrip("0〇") or None


def _mended(text: str) -> str:
    return _BROKEN_ZERO.sub("〇", text)
