"""The facts of an invented case, frozen: people, offices, what happened, when. Every name, number and place is made up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field


def day(text: str) -> dt.date:
    """A date written 2023-4-5."""
    year, month, number = (int(part) for part in text.split("-"))
    return dt.date(year, month, number)


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    sex: str
    born: dt.date
    address: str
    number: str
    """Identity number with an area code that does not exist."""
    phone: str
    job: str = "务工"
    schooling: str = "初中"

    @property
    def age_line(self) -> str:
        return f"{self.born.year}年{self.born.month}月{self.born.day}日"


@dataclass(frozen=True, slots=True)
class Lawyer:
    name: str
    firm: str
    licence: str
    phone: str
    clerk: str


@dataclass(frozen=True, slots=True)
class Office:
    """A legal-aid centre with its habits and the organs around it."""

    centre: str
    short: str
    """What its numbers begin with."""
    county: str
    house: str
    """Which set of forms it prints: a, b or c."""
    phone: str
    clerk: str
    reviewer: str
    head: str
    village: str
    police: str
    procuratorate: str
    court: str
    prison: str
    code: str
    """Court code as in case numbers (does not exist)."""


@dataclass(frozen=True, slots=True)
class Crime:
    """What a criminal case is about. `{who}` in a text is the client with his title of the stage."""

    charge: str
    articles: str
    facts: tuple[str, ...]
    evidence: tuple[tuple[str, str], ...]
    """Name and pages of each piece in the prosecution's volume."""
    caught: str
    told: tuple[tuple[str, str], ...]
    """Questions and answers of the interview beyond the usual ones."""
    notes: tuple[str, ...]
    """What the lawyer writes down in the reading record, with page references."""
    doubts: tuple[str, ...]
    points: tuple[tuple[str, str], ...]
    """Favourable circumstance and the paragraph of the statement that argues it."""
    finding: str
    """The court's or procuratorate's appraisal of the circumstances."""
    proposal: str
    sentence: str
    victim: str = ""
    plea: bool = True


@dataclass(frozen=True, slots=True)
class Dispute:
    """What a civil or labour case is about."""

    cause: str
    opponent: str
    opponent_about: str
    claims: tuple[str, ...]
    facts: tuple[str, ...]
    exhibits: tuple[tuple[str, str, str], ...]
    """Name, source, what it proves."""
    told: tuple[tuple[str, str], ...]
    hearing: tuple[tuple[str, str], ...]
    """Who speaks and what, between the opening and the last statements."""
    arguments: tuple[tuple[str, str], ...]
    found: tuple[str, ...]
    reasons: str
    result: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """All that the documents of one file draw on."""

    key: str
    kind: str
    stage: str
    entry: str
    regime: str
    client: Person
    lawyer: Lawyer
    office: Office
    number: int
    dates: Mapping[str, dt.date]
    crime: Crime | None = None
    dispute: Dispute | None = None
    court_number: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    """Odd facts that a single document needs."""

    def on(self, role: str) -> dt.date:
        return self.dates[role]

    @property
    def about(self) -> str:
        """Charge or cause."""
        if self.crime:
            return self.crime.charge
        assert self.dispute
        return self.dispute.cause

    @property
    def year(self) -> int:
        key = "application" if "application" in self.dates else "notice"
        return self.dates[key].year
