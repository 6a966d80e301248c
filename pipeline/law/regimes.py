"""Which law a case stands under: the regime by its key date (reference.md 2.1), data in `regimes.csv`."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Regime:
    """A period of the law: both days count. `region`: where alone it holds, "" for everywhere. `status`: "" or 待核."""

    id: str
    valid_from: dt.date
    valid_to: dt.date
    region: str
    instruments: str
    status: str

    @property
    def in_words(self) -> str:
        """The period in Chinese: 2022-01-01 至 2023-08-31."""
        start = "" if self.valid_from == dt.date.min else f"{self.valid_from:%Y-%m-%d}"
        end = "" if self.valid_to == dt.date.max else f"{self.valid_to:%Y-%m-%d}"
        if not start:
            return f"{end} 以前"
        return f"{start} 至 {end}" if end else f"{start} 以后"


@cache
def regimes() -> tuple[Regime, ...]:
    """The four periods, oldest first, without a gap."""
    text = resources.files("pipeline.law").joinpath("regimes.csv").read_text("utf-8")
    return tuple(
        Regime(
            row["id"],
            dt.date.fromisoformat(row["valid_from"]) if row["valid_from"] else dt.date.min,
            dt.date.fromisoformat(row["valid_to"]) if row["valid_to"] else dt.date.max,
            row["region"],
            row["instruments"],
            row["status"],
        )
        for row in csv.DictReader(text.splitlines())
    )


def regime_on(day: dt.date) -> str:
    """The regime in force on a day."""
    return next(regime.id for regime in regimes() if regime.valid_from <= day <= regime.valid_to)


def regimes_on(days: Iterable[dt.date]) -> tuple[str, ...]:
    """The regimes that any of these days falls under, oldest first: of a file that straddles them the milder counts."""
    found = {regime_on(day) for day in days}
    return tuple(regime.id for regime in regimes() if regime.id in found)
