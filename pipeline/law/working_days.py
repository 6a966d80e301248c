"""Working days and the last day of a time limit, by the State Council's yearly notices (package `chinesecalendar`).

Counting (民诉法§85 by analogy; 国务院关于职工工作时间的规定§7): the first day does not count; a last day that is a rest
day or a holiday rolls over to the next working day. A year of which the package does not know the notice has no answer.
"""

from __future__ import annotations

import datetime as dt

import chinese_calendar

_ONE = dt.timedelta(days=1)


def is_working_day(day: dt.date) -> bool | None:
    """Whether people work that day, shifted rest days counted; None for a year that the calendar does not know."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None


def rolled_over(day: dt.date) -> dt.date | None:
    """The first working day from `day` on; None where the calendar does not know."""
    while (working := is_working_day(day)) is not True:
        if working is None:
            return None
        day += _ONE
    return day


def last_day(start: dt.date, days: int, *, working: bool) -> dt.date | None:
    """The last day of a limit of `days` that began on `start` (which does not count).

    `working`: only working days count. None where the calendar does not know a day that matters.
    """
    if not working:
        return rolled_over(start + days * _ONE)
    day, left = start, days
    while left:
        day += _ONE
        at_work = is_working_day(day)
        if at_work is None:
            return None
        left -= at_work
    return day
