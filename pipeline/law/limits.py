"""Time limits T01–T16 by period of the law: data with validity dates (`limits.csv`; reference.md 2.2).

Which of them a rule holds against whom is data too: `owner` is the rule's code, `organ` for the limits of police,
procuratorate and court (never the lawyer's), `none` for what nothing in a file shows.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

from pipeline.law.working_days import last_day


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """One limit in one text of the law. `kinds`, `entries`: ("*",) for all. `amount` is None where the law has none.

    `unit`: calendar | working (days) | hours | years. `region`: where alone the text holds. `status`: "" or 待核.
    """

    id: str
    step: str
    regimes: tuple[str, ...]
    kinds: tuple[str, ...]
    entries: tuple[str, ...]
    amount: int | None
    unit: str
    basis: str
    valid_from: dt.date
    valid_to: dt.date
    region: str
    owner: str
    status: str
    note: str

    @property
    def in_words(self) -> str:
        """The length in Chinese: 7个工作日, 3日."""
        unit = {"calendar": "日", "working": "个工作日", "hours": "小时", "years": "年"}[self.unit]
        return f"{self.amount}{unit}" if self.amount is not None else "未定"

    def holds(self, regime: str, kind: str, entry: str) -> bool:
        """Whether it is in force for such a case."""
        return regime in self.regimes and _within(kind, self.kinds) and _within(entry, self.entries)

    def ends(self, start: dt.date) -> dt.date | None:
        """The last day of the limit that began on `start`; None where the calendar does not know that year.

        Raises ValueError for a limit that is not counted in days.
        """
        if self.amount is None or self.unit not in ("calendar", "working"):
            raise ValueError(f"{self.id} is not counted in days")
        return last_day(start, self.amount, working=self.unit == "working")


@dataclass(frozen=True, slots=True)
class Term:
    """A limit as it ran in a case: the mildest of the texts in force. `last` is None where no calendar tells."""

    limit: TimeLimit
    last: dt.date | None


@cache
def limits() -> tuple[TimeLimit, ...]:
    """All texts of all limits, by number."""
    text = resources.files("pipeline.law").joinpath("limits.csv").read_text("utf-8")
    return tuple(_limit(row) for row in csv.DictReader(text.splitlines()))


def in_force(limit_id: str, regimes: Iterable[str], kind: str, entry: str) -> tuple[TimeLimit, ...]:
    """The texts of a limit that hold for a case under any of these regimes; empty where there is none."""
    known = tuple(regimes)
    return tuple(
        one for one in limits() if one.id == limit_id and any(one.holds(regime, kind, entry) for regime in known)
    )


def mildest(texts: Iterable[TimeLimit], start: dt.date) -> Term:
    """The text that gives the longest time from `start` on; of a text whose end no calendar tells, that one.

    Raises ValueError where there is no text.
    """
    terms = [Term(limit, limit.ends(start)) for limit in texts]
    unknown = next((term for term in terms if term.last is None), None)
    return unknown or max(terms, key=lambda term: term.last or dt.date.max)


def _within(value: str, allowed: tuple[str, ...]) -> bool:
    return allowed == ("*",) or value in allowed


def _limit(row: dict[str, str]) -> TimeLimit:
    return TimeLimit(
        id=row["id"],
        step=row["step"],
        regimes=tuple(row["regimes"].split(";")),
        kinds=tuple(row["kinds"].split(";")),
        entries=tuple(row["entries"].split(";")),
        amount=int(row["amount"]) if row["amount"] else None,
        unit=row["unit"],
        basis=row["basis"],
        valid_from=dt.date.fromisoformat(row["valid_from"]) if row["valid_from"] else dt.date.min,
        valid_to=dt.date.fromisoformat(row["valid_to"]) if row["valid_to"] else dt.date.max,
        region=row["region"],
        owner=row["owner"],
        status=row["status"],
        note=row["note"],
    )
