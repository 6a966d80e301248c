"""Dates that no paper can bear: a day that the calendar lacks (2月30日, 13月), a day still to come (rule D24).

Such a date has no value that a rule may compare, so it is no `DateFact`, or one that stays uncertain; but a form may
truly say so. Mostly it is a misreading all the same, and it is certain only where nothing speaks for one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.casefile import Line, Misdate, Page
from pipeline.extraction.corroborate import Played
from pipeline.extraction.misreadings import IMPLAUSIBLE
from pipeline.extraction.readings import SeenDate
from pipeline.text.dates import find_dates

_CLEAR = 0.97
"""Score of a line whose every character is beyond doubt."""
_PRINTED = 0.3
"""Share of handwriting from which a 2 may be a 3."""


def misdates_in(played: Sequence[Played], pages: Sequence[Page]) -> tuple[Misdate, ...]:
    """The dates in a role, once the case's papers were heard, that cannot be as they were read."""
    found = []
    for document, role, date in played:
        page = pages[date.place.page - 1]
        if date.certain or date.form == "empty_slot":
            continue
        if date.value is None and _not_in_calendar(date.raw):
            found.append(
                Misdate(document, role, date.place.page, date.box, date.raw, "no_such_day", _clear(date, page))
            )
        elif date.doubt.startswith(IMPLAUSIBLE):
            # A year is one digit from another year: only what is no reading at all is certain of it.
            digital = all(line.score is None for line in _lines(date))
            found.append(Misdate(document, role, date.place.page, date.box, date.raw, "to_come", digital))
    return tuple(found)


def _not_in_calendar(raw: str) -> bool:
    return any(found.complete and not found.repaired and found.value is None for found in find_dates(raw))


def _lines(date: SeenDate) -> list[Line]:
    return [line for line in date.place.row.lines if line.box.overlap(date.box) > 0]


def _clear(date: SeenDate, page: Page) -> bool:
    """Whether both readings say so, in print, and nothing is pressed upon it."""
    lines = _lines(date)
    same = {re.sub(r"\s", "", raw) for raw in (date.raw, *date.raws)}
    twice = all(line.second is None or re.sub(r"\s", "", date.raw) in re.sub(r"\s", "", line.second) for line in lines)
    printed = all((line.hand or 0.0) < _PRINTED and (line.score is None or line.score >= _CLEAR) for line in lines)
    hidden = any(mark.box.overlap(date.box) > 0 for mark in page.content.marks)
    return bool(lines) and len(same) == 1 and twice and printed and not hidden
