"""Times of day behind a date: 9时10分至10时20分, 下午2:30, 上午九时."""

from __future__ import annotations

import datetime as dt
import re

from pipeline.text.numerals import number_value

_NUMBER = r"\d{1,2}|[〇零一二三四五六七八九十廿]{1,4}"


def _pattern(number: int) -> str:
    return (
        rf"(?P<half{number}>凌晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚)?\s*(?P<hour{number}>{_NUMBER})\s*"
        rf"(?:[时時点點]\s*(?P<minute{number}>半|整|{_NUMBER})?\s*分?|[:：]\s*(?P<digits{number}>\d{{2}})(?:[:：]\d{{2}})?)"
    )


_FIRST = re.compile(r"^[\s(（,，]*(?:(?:星期|周)[一二三四五六日天])?[\s)）,，]*" + _pattern(1))
_TO = r"\s*(?:至|到|-|—|–|一|~|～|－|―|起至|止)+\s*(?:[^\s时点:：]{0,14}[日号])?\s*"
_SECOND = re.compile(_TO + _pattern(2))


def clock_span(after: str) -> tuple[dt.time, dt.time | None] | None:
    """Read the time that `after`, the text right behind a date, begins with, and the one until which it lasted.

    None where no time stands there or it is none of the clock's (25时). An afternoon's hours count on from 12.
    """
    first = _FIRST.match(after)
    begin = _time(first, 1, "") if first else None
    if first is None or begin is None:
        return None
    second = _SECOND.match(after, first.end())
    end = _time(second, 2, first["half1"] or "") if second else None
    return begin, end if end is not None and end >= begin else None


def _time(match: re.Match[str], number: int, half: str) -> dt.time | None:
    hour = number_value(match[f"hour{number}"])
    minute = match[f"digits{number}"] or match[f"minute{number}"] or "0"
    minutes = {"半": 30, "整": 0}.get(minute, number_value(minute))
    if hour is None or minutes is None or hour > 24 or minutes > 59:
        return None
    part = match[f"half{number}"] or half
    if (part in ("下午", "傍晚", "晚上", "晚") and hour < 12) or (part == "中午" and hour < 3):
        hour += 12
    return dt.time(hour % 24, minutes)
