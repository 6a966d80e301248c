"""A case's dates with their roles: read on each paper, weighed against the others, put down as facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.casefile import DateFact, Document, Misdate, Page
from pipeline.documents.types import BLANK
from pipeline.extraction.corroborate import Played, corroborate
from pipeline.extraction.date_roles import role_dates
from pipeline.extraction.misdates import misdates_in
from pipeline.extraction.readings import PlacedRow, SeenDate, dates_in
from pipeline.extraction.tellings import Telling, tellings_of
from pipeline.text.clock import clock_span

SITTINGS = frozenset({"interview", "file_reading", "hearing", "investigation", "interrogation", "hearing_noted"})


@dataclass(frozen=True, slots=True)
class CaseDates:
    """`own`: the documents' own dates in their roles; `tellings`: what they tell of others'; `odd`: what cannot be."""

    own: tuple[DateFact, ...]
    tellings: tuple[Telling, ...]
    odd: tuple[Misdate, ...]


def date_facts(
    papers: Sequence[tuple[Document, Sequence[PlacedRow]]], pages: Sequence[Page], as_of: dt.date
) -> CaseDates:
    """Find the dates of a case. `as_of` is the run's date: no paper of the file is younger."""
    seen: list[tuple[str, SeenDate]] = []
    played: list[Played] = []
    tellings: list[Telling] = []
    for document, rows in papers:
        if document.type == BLANK:
            continue
        found = dates_in(rows, pages, as_of)
        seen.extend((document.id, date) for date in found)
        played.extend((document.id, role, date) for role, date in role_dates(document.type, found, rows))
        tellings.extend(tellings_of(document, rows, found))
    settled = corroborate(played, seen, tellings)
    own = tuple(
        DateFact(
            role,
            date.value,
            document,
            date.place.page,
            date.box,
            date.raw,
            date.certain,
            date.doubt or "slot",
            time=_hours(date) if role in SITTINGS else "",
        )
        for document, role, date in settled
        if date.value is not None
    )
    return CaseDates(own, tuple(tellings), misdates_in(settled, pages))


def _hours(date: SeenDate) -> str:
    span = clock_span(date.after)
    return "" if span is None else "-".join(f"{time:%H:%M}" for time in span if time is not None)
