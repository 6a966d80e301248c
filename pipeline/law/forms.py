"""Printed forms of legal aid that a later law or a later set of forms took the place of: data with validity dates.

`forms.csv` says how each generation of forms is known (by its title, by what its print says and does not say) and until
when it was right to use it. Source: reference.md 4.3 and forms.csv there; what they mark 待核 is configuration here.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

Standing = Literal["current", "grace", "superseded"]


@dataclass(frozen=True, slots=True)
class Form:
    """One generation of a printed form.

    `types`: document types that may stand on it, ("*",) for every form of legal aid. `title`, `print`, `unless`: what
    its title is like, what its print says, what it must not say; None where that tells nothing (extraction/forms.py
    matches them). `valid_to`: last day on which it was current; `grace_to`: last day on which using it up is tolerated.
    `rule`: VER901 or VER902. `default`: False where a pack has to ask for it.
    """

    id: str
    types: tuple[str, ...]
    title: re.Pattern[str] | None
    print: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    valid_from: dt.date
    valid_to: dt.date
    grace_to: dt.date
    rule: str
    default: bool
    reason: str
    basis: str
    note: str

    def standing(self, day: dt.date) -> Standing:
        """How it stands with a form of this generation that bears that date."""
        if day <= self.valid_to:
            return "current"
        return "grace" if day <= self.grace_to else "superseded"


@cache
def forms() -> tuple[Form, ...]:
    """All generations, in the order in which they are tried."""
    text = resources.files("pipeline.law").joinpath("forms.csv").read_text("utf-8")
    return tuple(_form(row) for row in csv.DictReader(text.splitlines()))


@cache
def form(form_id: str) -> Form | None:
    """The generation with this id; None for "" and for ids that nobody knows."""
    return next((one for one in forms() if one.id == form_id), None)


def superseded(form_id: str, day: dt.date) -> str | None:
    """Say why a form of this generation (`FormVersion.form`) may not bear that date any more; None where it may."""
    known = form(form_id)
    if known is None or known.standing(day) != "superseded":
        return None
    until = f"有效至{known.valid_to:%Y-%m-%d}"
    grace = f"，过渡期至{known.grace_to:%Y-%m-%d}" if known.grace_to > known.valid_to else ""
    return f"{known.reason}（{until}{grace}）"


def _form(row: dict[str, str]) -> Form:
    valid_to = _day(row["valid_to"], dt.date.max)
    return Form(
        id=row["id"],
        types=tuple(row["types"].split(";")),
        title=_pattern(row["title"]),
        print=_pattern(row["print"]),
        unless=_pattern(row["unless"]),
        valid_from=_day(row["valid_from"], dt.date.min),
        valid_to=valid_to,
        grace_to=_day(row["grace_to"], valid_to),
        rule=row["rule"],
        default=row["default"] == "yes",
        reason=row["reason"],
        basis=row["basis"],
        note=row["note"],
    )


def _day(text: str, otherwise: dt.date) -> dt.date:
    return dt.date.fromisoformat(text) if text else otherwise


def _pattern(text: str) -> re.Pattern[str] | None:
    return re.compile(text) if text else None
