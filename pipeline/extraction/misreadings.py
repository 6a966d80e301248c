"""What betrays a reading of a date: a line longer than what was read on it, a year that has not come.

A seal pressed in black takes strokes from the paper itself, and both readings lose the same ones: two readings that
agree prove nothing there. But the line keeps its length.
"""

from __future__ import annotations

import datetime as dt
import re

from pipeline.casefile import Box, Line
from pipeline.extraction.letters import padding
from pipeline.text.date_likeness import alike

_NUMERALS = re.compile(r"[〇零○一二三四五六七八九十廿卅年月日]{6,14}")
IMPLAUSIBLE = "日期不合理"
SHORTENED = "印章遮盖, 可能缺字"
_LACKS = 0.6
"""Characters by which a line may outreach what was read on it (measured: lines read whole stay within 0.5)."""


def lost_letters(line: Line, raw: str, pitch: float) -> bool:
    """Whether a line that is one date in full-width numerals has room for more characters than its reading `raw` has.

    `pitch`: width of a printed character of the page (fractions of the page), 0 where it is not known.
    """
    if not pitch or not _NUMERALS.fullmatch(re.sub(r"\s", "", line.text)):
        return False
    return (line.box.width - 2 * padding(line)) / pitch - len(re.sub(r"\s", "", raw)) > _LACKS


def pressed_upon(box: Box, seals: list[Box]) -> bool:
    """Whether one of the seals reaches into a box."""
    return any(seal.overlap(box) > 0 for seal in seals)


def one_digit_apart(raw: str, other: str) -> bool:
    """Whether two readings of a date are the same but for one numeral."""
    first, second = (re.sub(r"\s", "", text) for text in (raw, other))
    return len(first) == len(second) and sum(a != b for a, b in zip(first, second, strict=True)) == 1


def years_meant(value: dt.date, raw: str, latest: dt.date) -> tuple[dt.date, ...]:
    """The days up to `latest` that a day still to come, read as `raw`, may be: one digit of its year was another."""
    year, chinese = str(value.year), not re.search(r"\d", raw.replace("0", ""))
    found = []
    for place in range(2, 4):
        for digit in "0123456789":
            if not alike(year[place], digit, chinese=chinese):
                continue
            meant = int(year[:place] + digit + year[place + 1 :])
            try:
                day = value.replace(year=meant)
            except ValueError:
                continue
            if day <= latest:
                found.append(day)
    return tuple(sorted(found))
