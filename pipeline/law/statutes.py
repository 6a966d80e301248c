"""Laws with the days on which they were in force: data (`laws.csv`), from general knowledge, 待核.

A family is what people call by one name: the interpretation of 2012 and that of 2021 are one family of two versions.
`by_facts`: facts from the time of the old law are still judged by it (民法典时间效力规定第一条); rules of procedure and
sentencing guides go by the day of the paper instead. `articles`: how many a version has, None where none is entered.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from pipeline.text.citations import NATION, Citation, issue_number


@dataclass(frozen=True, slots=True)
class Statute:
    """One version of a law, an administrative regulation or a judicial interpretation."""

    family: str
    name: str
    aliases: tuple[str, ...]
    number: str
    valid_from: dt.date
    valid_to: dt.date | None
    replaced_by: str
    articles: int | None
    by_facts: bool

    def in_force(self, day: dt.date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    @property
    def ended(self) -> str:
        """Say until when it was in force and what took its place; "" while it is."""
        if self.valid_to is None:
            return ""
        until = self.valid_to + dt.timedelta(days=1)
        by = f", 由{self.replaced_by}取代" if self.replaced_by else ""
        return f"自{until:%Y-%m-%d}起废止{by}"


@cache
def statutes() -> tuple[Statute, ...]:
    """Every version there is, as entered."""
    text = resources.files("pipeline.law").joinpath("laws.csv").read_text("utf-8")
    return tuple(
        Statute(
            row["family"],
            row["name"],
            tuple(filter(None, row["aliases"].split(";"))),
            row["number"],
            dt.date.fromisoformat(row["valid_from"]),
            dt.date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            row["replaced_by"],
            int(row["articles"]) if row["articles"] else None,
            row["by_facts"] == "yes",
        )
        for row in csv.DictReader(text.splitlines())
    )


@cache
def spellings() -> Mapping[str, str]:
    """Every spelling of a law's name → its family; for `find_citations`."""
    found: dict[str, str] = {}
    for one in statutes():
        for name in (one.name, one.name.removeprefix(NATION), *one.aliases):
            found[name] = one.family
    return found


def versions_cited(citation: Citation) -> tuple[Statute, ...]:
    """The versions that a citation may mean: all of the family, or the one whose number or year is put to the name.

    Empty where the law is not on the list, or where the number named is none of the list's.
    """
    family = tuple(one for one in statutes() if one.family == citation.law)
    if citation.number:
        return tuple(one for one in family if one.number and issue_number(one.number) == citation.number)
    if citation.year is not None and len(family) > 1:
        named = tuple(one for one in family if str(citation.year) in one.number or one.valid_from.year == citation.year)
        return named or family
    return family
