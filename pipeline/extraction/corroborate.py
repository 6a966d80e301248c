"""Dates of one case weighed together.

What a seal took from one paper may stand in another, and a handwritten 11 that reads as 1 falls out of the case's
course.

A date is made certain only by what was itself read with certainty elsewhere; it is never invented: its own place must
have been read as that date, or as what damage leaves of it.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from pipeline.extraction.misreadings import IMPLAUSIBLE, SHORTENED
from pipeline.extraction.readings import SeenDate
from pipeline.extraction.tellings import Telling
from pipeline.extraction.weighing import bare
from pipeline.text.date_likeness import in_numerals, is_rest_of, likeness
from pipeline.text.dates import find_dates

_ENOUGH = 0.6
"""Share of a date's written characters that must have been read before another paper may supply the rest."""
_AGREES = 0.34
"""Cost per written character up to which damage explains how a told date came to be read otherwise."""
_CLEARLY = 0.4
"""By how much the told date must agree better than any other told one."""
_ONE_LOSS = 1.0
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
TOLD_SAME_DAY = {
    "detention": "detention",
    "arrest": "arrest",
    "bail": "bail",
    "residence": "residence",
    "hearing": "hearing",
    "decision": "decided",
    "assignment": "assigned",
    "application": "applied",
}
"""Roles that are told of under the paper's own day."""
TOLD_THEREABOUTS = {"indictment": "filed", "prosecution_opinion": "prosecution_received"}
"""Roles of which only the step after them is told: the charge is dated on the day it is filed, or before."""

Played = tuple[str, str, SeenDate]
"""Document, role and date."""


def corroborate(
    played: Sequence[Played], seen: Sequence[tuple[str, SeenDate]], tellings: Sequence[Telling] = ()
) -> tuple[Played, ...]:
    """Settle the doubtful dates.

    `played`: dates that play a role; `seen`: every date of every document; `tellings`: what papers tell of others.
    """
    sure = [(document, date.value) for document, date in seen if date.certain and date.value is not None]
    settled = []
    for document, role, date in played:
        kept = _settle(date, document, sure)
        if kept.certain:
            kept = _unless_told_fuller(kept, role, tellings)
        elif kept.form != "empty_slot":
            kept = _as_told(kept, document, role, tellings)
        settled.append((document, role, kept))
    return tuple(_hold_to_course(settled, sure))


def _settle(date: SeenDate, document: str, sure: Sequence[tuple[str, dt.date]]) -> SeenDate:
    if date.certain or date.form == "empty_slot" or date.doubt == SHORTENED:
        return date
    elsewhere = {value for other, value in sure if other != document}
    readings = {value for value in (date.value, *date.others) if value is not None}
    agreed = readings & elsewhere
    if len(agreed) == 1 and not _may_chance(date, agreed):
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


def _may_chance(date: SeenDate, agreed: set[dt.date]) -> bool:
    """Whether a misreading may be another paper's day by chance: papers of one week bear many days close together.

    Two readings that differ by a numeral mistaken, days apart, are not settled by one of them standing elsewhere. One
    that lost a character is: what was lost is known.
    """
    if date.value is None or len(date.raws) < 2 or not date.others:
        return False
    near = any(abs((value - other).days) <= NEAR for value in agreed for other in {date.value, *date.others} - agreed)
    whole, part = sorted((bare(raw) for raw in date.raws[:2]), key=len, reverse=True)
    return near and not is_rest_of(part, whole)


def _as_told(date: SeenDate, document: str, role: str, tellings: Sequence[Telling]) -> SeenDate:
    """The date as the case's other papers, or another place of its own, tell it, where the damage explains the rest."""
    same_day = TOLD_SAME_DAY.get(role)
    wanted = same_day or TOLD_THEREABOUTS.get(role)
    told = {one.value for one in tellings if one.told.role == wanted and one.certain}
    if not told:
        return date
    ranked = sorted(told, key=lambda value: (_misread(date, value), value))
    best, cost = ranked[0], _misread(date, ranked[0])
    clear = len(ranked) == 1 or _misread(date, ranked[1]) - cost >= _CLEARLY
    readings = {date.value, *date.others} if date.value is not None else set()
    explained = clear and cost <= _AGREES * len(in_numerals(best)) and not _dayless(date)
    if not readings:
        if same_day and explained and not _written_so(date):
            return replace(date, value=best, certain=True, doubt="残缺, 与卷内另处所述一致")
        if len(ranked) == 1 and (explained or same_day):
            return replace(date, value=best, doubt="残缺, 暂依卷内另处所述")
        return date
    if same_day and clear and date.doubt == SHORTENED and _lacks(date.raw, best):
        return replace(date, value=best, certain=True, doubt="印章遮盖缺字, 与卷内另处所述一致")
    if best in readings and same_day and clear:
        return replace(date, value=best, certain=True, doubt="与卷内另处所述一致")
    if explained and cost <= _ONE_LOSS:
        return replace(date, value=best, others=tuple(readings), doubt="疑有残缺, 暂依卷内另处所述")
    return date


def _unless_told_fuller(date: SeenDate, role: str, tellings: Sequence[Telling]) -> SeenDate:
    """A date in doubt again where the case's papers tell it with a stroke more: 二月 what they call 十二月."""
    told = {one.value for one in tellings if one.told.role == TOLD_SAME_DAY.get(role, "") and one.certain}
    fuller = {value for value in told if _lacks(date.raw, value)}
    if not fuller or date.value is None or date.value in told:
        return date
    if len(fuller) == 1:
        return replace(
            date, value=fuller.pop(), certain=False, others=(date.value,), doubt="疑有残缺, 暂依卷内另处所述"
        )
    return replace(date, certain=False, doubt="疑有残缺, 与卷内另处所述不一致")


def _lacks(raw: str, value: dt.date) -> bool:
    """Whether what was read is the date written out but for some of its strokes."""
    read = bare(raw)
    forms = (in_numerals(value), f"{value.year}年{value.month}月{value.day}日")
    return any(is_rest_of(read, bare(form)) for form in forms)


def _written_so(date: SeenDate) -> bool:
    """Whether the paper may really say what the calendar does not have (2月30日): whole, undamaged, impossible."""
    return any(
        found.complete and not found.repaired and (found.value is None or date.score >= SHARP)
        for found in find_dates(date.raw)
    )


def _misread(date: SeenDate, value: dt.date) -> float:
    return min(likeness(raw, value).cost for raw in (date.raw, *date.raws))


def _dayless(date: SeenDate) -> bool:
    """Whether nothing of the day is left, only a year or a month, which are a scrap of many days."""
    return all(re.fullmatch(r"[^年月]{0,5}年?[^月日]{0,3}月?", bare(raw)) for raw in (date.raw, *date.raws))


def _year_known(value: dt.date, elsewhere: set[dt.date]) -> bool:
    return sum(other.year == value.year for other in elsewhere) >= 2


def _only_zeros_lost(raw: str, value: dt.date) -> bool:
    return bare(raw).rstrip("日") == bare(in_numerals(value)).rstrip("日")


def _is_part(raw: str, value: dt.date) -> bool:
    """Whether what was read is a part of the date as written, in order, and enough of it."""
    read, whole = bare(raw), bare(in_numerals(value))
    day = whole.partition("月")[2].rstrip("日")
    # The day must stand there whole: 十日 is no part of 十二日, it is another day. Without its 日 it may go on.
    if (
        not read.endswith(("日", "号"))
        or len(read) < _ENOUGH * len(whole)
        or read.partition("月")[2].rstrip("日") != day
    ):
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
            kept = _in_course(date, middle - COURSE, middle + COURSE, (middle - NEAR, middle + NEAR))
        elif role in ENDINGS and beginnings:
            start = min(beginnings)
            kept = _in_course(date, start, math.inf, (start, start + 3 * 366))
        if kept is not date and not kept.certain:
            kept = _set_right(kept, {value for other, value in elsewhere if other != document})
        held.append((document, role, kept))
    return held


def _set_right(date: SeenDate, elsewhere: set[dt.date]) -> SeenDate:
    """A date off the course that, with its lost stroke, is one that another paper bears."""
    meant = set(_one_stroke_away(date.value)) & elsewhere if date.value else set()
    if len(meant) == 1:
        return replace(date, value=meant.pop(), certain=True, doubt="误识一位, 与卷内另一文书一致")
    return date


def _in_course(date: SeenDate, earliest: float, latest: float, likely: tuple[float, float]) -> SeenDate:
    """The date, held against the days [earliest, latest] of the case's course.

    Of two readings of which one lost a stroke, the one in the course stands; a single reading outside it, of which a
    near misreading lies in `likely`, is no longer certain.
    """
    if not date.certain:
        readings = {value for value in (date.value, *date.others) if value is not None}
        inside = {value for value in readings if likely[0] <= value.toordinal() <= likely[1]}
        outside = {value for value in readings if not earliest <= value.toordinal() <= latest}
        if len(inside) == 1 and outside == readings - inside and outside:
            meant = inside.pop()
            sure = date.value is not None and any(meant in _one_stroke_away(other) for other in outside)
            doubt = f"{IMPLAUSIBLE}, 疑误识年份" if date.value is None else "两次识读不一致, 仅此与办案进程相符"
            return replace(date, value=meant, certain=sure, others=(), doubt=doubt)
        if date.value is None and len(inside) == 1:
            return replace(date, value=inside.pop(), others=(), doubt=f"{IMPLAUSIBLE}, 疑误识年份")
        return date
    if date.value is None or earliest <= date.value.toordinal() <= latest:
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
