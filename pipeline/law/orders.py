"""Orders of dates D01–D27 that a file must keep, and the lawful inversions LA01–LA15: data (reference.md 2.3, 2.4)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal, cast

Grade = Literal["H", "M", "L"]


@dataclass(frozen=True, slots=True)
class Order:
    """An order of dates. `grade`: H contradicts itself under any law, M is normally a fault, L is a note only.

    `kinds`, `entries`: ("*",) for all. `lawful`: the inversions that excuse it. `owners`: the rules that report it.
    `status`: "" or 待核.
    """

    id: str
    title: str
    grade: Grade
    basis: str
    kinds: tuple[str, ...]
    entries: tuple[str, ...]
    lawful: tuple[str, ...]
    owners: tuple[str, ...]
    status: str

    def holds(self, kind: str, entry: str) -> bool:
        """Whether a case of such a kind that was opened in such a way must keep it."""
        return (self.kinds == ("*",) or kind in self.kinds) and (self.entries == ("*",) or entry in self.entries)


@dataclass(frozen=True, slots=True)
class Inversion:
    """A situation in which an order is lawfully the other way round."""

    id: str
    title: str
    why: str
    basis: str


@cache
def orders() -> dict[str, Order]:
    """Every order by its number."""
    return {
        row["id"]: Order(
            row["id"],
            row["title"],
            cast("Grade", row["grade"]),
            row["basis"],
            tuple(row["kinds"].split(";")),
            tuple(row["entries"].split(";")),
            tuple(one for one in row["lawful"].split(";") if one),
            tuple(row["owner"].split(";")),
            row["status"],
        )
        for row in _rows("orders.csv")
    }


@cache
def inversions() -> dict[str, Inversion]:
    """Every lawful inversion by its number."""
    return {row["id"]: Inversion(row["id"], row["title"], row["why"], row["basis"]) for row in _rows("exceptions.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(resources.files("pipeline.law").joinpath(name).read_text("utf-8").splitlines()))
