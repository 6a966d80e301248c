"""What a case's papers tell of each other's dates: the charge of the arrest, the assignment of the decision.

A telling never plays the role of a document's own date (a date quoted in a judgment is no assignment); it has its own
roles (`arrest_told`), and it may settle what a seal left of the paper that it tells of (corroborate.py).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.casefile import Box, DateFact, Document
from pipeline.extraction.readings import PlacedRow, SeenDate
from pipeline.extraction.weighing import BEYOND_DOUBT
from pipeline.text.told import Told, told_in

OFFICIAL = frozenset(
    {
        "indictment", "prosecution_opinion", "judgment", "ruling", "non_prosecution_decision", "apprehension_account",
        "sentencing_proposal", "supplementary_investigation", "plea_affidavit", "arrest_warrant", "detention_warrant",
        "bail_decision", "residential_surveillance", "summons_warrant", "defence_request", "case_registration",
    }
)  # fmt: skip
"""Papers of the organs: what they tell of the course of the case is told first-hand, and printed."""
AID = frozenset({"aid_decision", "assignment_notice", "aid_letter", "assignment_reply", "reassignment_notice"})
"""Papers of the agency: they tell of application, decision and assignment."""
_ROLES = {
    "apprehension": "apprehension",
    "summoned": "apprehension",
    "prosecution_received": "prosecution_received",
    "detention": "detention_told",
    "arrest": "arrest_told",
    "bail": "bail_told",
    "residence": "residence_told",
    "filed": "filed_told",
    "hearing": "hearing_told",
}
_AID_ROLES = frozenset({"applied", "decided", "assigned"})
_OWN = {
    "detention_warrant": "detention",
    "arrest_warrant": "arrest",
    "bail_decision": "bail",
    "residential_surveillance": "residence",
}
_OWN_LABEL = re.compile(r"(宣布|执行|送达|告知)(时间|日期)?\W*$|(期限|自|从|起始日期?)\W*$|于$")
_OF_ITS_OWN = re.compile(r"附[：:件注]|此致|审\s*判|书\s*记\s*员|检\s*察\s*[员官]")
_ENDS = re.compile(r"[。.；;：:！!？?”\"）)]$")
_FURNITURE = re.compile(r"\W*第?\s*\d{1,4}\s*页?(\s*[,，/共]*\s*\d{1,4}\s*页)?\W*")


@dataclass(frozen=True, slots=True)
class Telling:
    """An event told on a document's page. `certain`: told with a date that was read beyond doubt."""

    document: str
    kind: str
    told: Told
    page: int
    box: Box
    certain: bool

    @property
    def value(self) -> dt.date:
        return self.told.value


def tellings_of(document: Document, rows: Sequence[PlacedRow], dates: Sequence[SeenDate]) -> tuple[Telling, ...]:
    """Everything that a document tells of the case's course; empty for documents that are nobody's account."""
    if document.type not in OFFICIAL | AID:
        return ()
    text, starts = _running(rows)
    found = []
    for told in told_in(text):
        aid = told.role in _AID_ROLES
        if aid != (document.type in AID) or (told.role not in _ROLES and not aid):
            continue
        place = next(place for at, place in reversed(starts) if at <= told.start)
        score = min((line.score if line.score is not None else 1.0) for line in place.row.lines)
        box = next((date.box for date in dates if date.place == place and date.value == told.value), place.row.box)
        certain = told.sure and score >= BEYOND_DOUBT
        found.append(Telling(document.id, document.type, told, place.page, box, certain))
    return (*found, *_own_labels(document, dates))


def _own_labels(document: Document, dates: Sequence[SeenDate]) -> list[Telling]:
    """What a warrant says of its own day besides its issue date: 宣布时间, 期限自…起."""
    role = _OWN.get(document.type)
    return [
        Telling(
            document.id, document.type, Told(role, date.value, 0, 0, date.raw), date.place.page, date.box, date.certain
        )
        for date in dates
        if role and date.value is not None and _OWN_LABEL.search(re.sub(r"\s+", "", date.before))
    ]


def _running(rows: Sequence[PlacedRow]) -> tuple[str, list[tuple[int, PlacedRow]]]:
    """The text as it runs on; a row that ends short of the margin or stands to the right ends its paragraph."""
    margin = sorted(place.row.box.x1 for place in rows)[9 * len(rows) // 10] if rows else 1.0
    text, starts = "", []
    for place in rows:
        row = place.text.strip()
        if not row or _FURNITURE.fullmatch(row):
            continue
        apart = place.row.box.x0 > 0.4 or bool(_OF_ITS_OWN.match(row))
        if apart and text and not text.endswith("\n"):
            text += "\n"
        starts.append((len(text), place))
        short = margin - place.row.box.x1
        text += row + ("\n" if apart or short > 0.3 or (short > 0.1 and _ENDS.search(row)) else "")
    return text, starts


def told_facts(tellings: Sequence[Telling], recipient: str, latest: dt.date) -> list[DateFact]:
    """The client's course as told by the organs' papers, one fact for each role and day, surest and first told first.

    Events of somebody else (a co-defendant) are left out; one told of nobody by name counts as the client's.
    """
    best: dict[tuple[str, dt.date], Telling] = {}
    for telling in tellings:
        role = _ROLES.get(telling.told.role)
        person = telling.told.person
        if role is None or telling.kind not in OFFICIAL or telling.value > latest:
            continue
        if person and recipient and not _same(person, recipient):
            continue
        key = (role, telling.value)
        if key not in best or (telling.certain and not best[key].certain):
            best[key] = telling
    return [
        DateFact(
            role,
            value,
            told.document,
            told.page,
            told.box,
            told.told.raw,
            told.certain,
            "文书所述",
            person=told.told.person,
        )
        for (role, value), told in best.items()
    ]


def _same(name: str, other: str) -> bool:
    """One person under one misread character: as many characters, all but one the same."""
    alike = sum(a == b for a, b in zip(name, other, strict=False))
    return name == other or (len(name) == len(other) and len(name) > 1 and alike >= len(name) - 1)
