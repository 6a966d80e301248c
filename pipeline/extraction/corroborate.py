"""Dates of one case weighed together.

What a seal took from one paper may stand in another, and a handwritten 11 that reads as 1 falls out of the case's
course.

A date is made certain only by what was itself read with certainty on *another* document; it is never invented: its own
place must have been read as that date, or as a part of it.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from pipeline.extraction.readings import SeenDate
from pipeline.extraction.weighing import ZEROS
from pipeline.text.date_likeness import in_numerals

_ENOUGH = 0.6
"""Share of a date's written characters that must have been read before another paper may supply the rest."""
SHARP = 0.95
"""Score of a line whose every remaining character is beyond doubt."""
COURSE = 150
"""Days from the middle of the aid's course beyond which a date is looked at again."""
NEAR = 60
AID_ROLES = frozenset(
    {
        "application", "review", "approval", "decision", "notice", "assignment", "agreement", "power_of_attorney",
        "recipient_notice", "lawyer_notice", "interview", "file_reading", "statement", "plea",
    }
)  # fmt: skip

BEGINNINGS = frozenset({"application", "notice", "notice_received", "assignment"})
ENDINGS = frozenset({"closing", "closing_report", "service", "evaluation", "archive"})

Played = tuple[str, str, SeenDate]
"""Document, role and date."""


def corroborate(played: Sequence[Played], seen: Sequence[tuple[str, SeenDate]]) -> tuple[Played, ...]:
    """Settle the doubtful dates. `played`: dates that play a role; `seen`: every date of every document."""
    sure = [(document, date.value) for document, date in seen if date.certain and date.value is not None]
    settled = [(document, role, _settle(date, document, sure)) for document, role, date in played]
    return tuple(_hold_to_course(settled, sure))


def _settle(date: SeenDate, document: str, sure: Sequence[tuple[str, dt.date]]) -> SeenDate:
    if date.certain or date.form == "empty_slot":
        return date
    elsewhere = {value for other, value in sure if other != document}
    readings = {value for value in (date.value, *date.others) if value is not None}
    agreed = readings & elsewhere
    if len(agreed) == 1:
        return replace(date, value=agreed.pop(), certain=True, doubt="与卷内另一文书一致")
    if not readings:
        fitting = {value for value in elsewhere if _is_part(date.raw, value)}
        if len(fitting) == 1:
            return replace(date, value=fitting.pop(), certain=True, doubt="残缺, 与卷内另一文书一致")
    if date.value is None or date.others or date.score < SHARP:
        return date
    # 二二一年 can only be 二〇二一年: a thin zero is the first thing to go under a seal.
    if _only_zeros_lost(date.raw, date.value) and _year_known(date.value, elsewhere):
        return replace(date, certain=True, doubt="补出〇")
    return date


def _year_known(value: dt.date, elsewhere: set[dt.date]) -> bool:
    return sum(other.year == value.year for other in elsewhere) >= 2


def _bare(text: str) -> str:
    return re.sub(rf"[\s{ZEROS}]", "", text)


def _only_zeros_lost(raw: str, value: dt.date) -> bool:
    return _bare(raw).rstrip("日") == _bare(in_numerals(value)).rstrip("日")


def _is_part(raw: str, value: dt.date) -> bool:
    """Whether what was read is a part of the date as written, in order, and enough of it."""
    read, whole = _bare(raw), _bare(in_numerals(value))
    day = whole.partition("月")[2].rstrip("日")
    # The day must stand there whole: 十日 is no part of 十二日, it is another day.
    if len(read) < _ENOUGH * len(whole) or read.partition("月")[2].rstrip("日") != day:
        return False
    rest = iter(whole)
    return all(char in rest for char in read)


def _hold_to_course(played: Sequence[Played], elsewhere: Sequence[tuple[str, dt.date]]) -> list[Played]:
    """Doubt a date far off the course of the aid where one lost stroke or digit would put it in (LA15)."""
    sure = [(role, date.value.toordinal()) for _, role, date in played if date.certain and date.value is not None]
    course = [day for role, day in sure if role in AID_ROLES]
    beginnings = [day for role, day in sure if role in BEGINNINGS]
    held = []
    for document, role, date in played:
        kept = date
        if role in AID_ROLES and len(course) >= 4:
            middle = median(course)
            kept = _doubted(date, middle - COURSE, middle + COURSE, (middle - NEAR, middle + NEAR))
        elif role in ENDINGS and beginnings:
            start = min(beginnings)
            kept = _doubted(date, start, math.inf, (start, start + 3 * 366))
        if kept is not date:
            kept = _set_right(kept, {value for other, value in elsewhere if other != document})
        held.append((document, role, kept))
    return held


def _set_right(date: SeenDate, elsewhere: set[dt.date]) -> SeenDate:
    """A date off the course that, with its lost stroke, is one that another paper bears."""
    meant = set(_one_stroke_away(date.value)) & elsewhere if date.value else set()
    if len(meant) == 1:
        return replace(date, value=meant.pop(), certain=True, doubt="误识一位, 与卷内另一文书一致")
    return date


def _doubted(date: SeenDate, earliest: float, latest: float, likely: tuple[float, float]) -> SeenDate:
    """The date, no longer certain where it lies outside [earliest, latest] and a near misreading lies in `likely`."""
    if not date.certain or date.value is None or earliest <= date.value.toordinal() <= latest:
        return date
    if any(likely[0] <= other.toordinal() <= likely[1] for other in _one_stroke_away(date.value)):
        return replace(date, certain=False, doubt="与办案进程不符, 可能误识一位")
    return date


def _one_stroke_away(value: dt.date) -> list[dt.date]:
    """Dates that this one may be a misreading of: a digit of month or day lost, a year's last digit changed."""
    months = {value.month, *(month for month in (10, 11, 12) if str(value.month) in str(month))}
    years = {value.year, value.year - 1, value.year + 1}
    found = []
    for year in sorted(years):
        for month in sorted(months):
            if (year, month) == (value.year, value.month) or (year != value.year and month != value.month):
                continue
            try:
                found.append(dt.date(year, month, value.day))
            except ValueError:
                continue
    return found
