"""What a lawyer's YAML may say of a paper beyond its text and dates: blanks, form, changes, a table; and its facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict

from pipeline.casefile import Alteration, Box, Document, Evidence, FormVersion, Line, Slot

TOP, FOOT, LEFT, RIGHT = 0.09, 0.9, 0.12, 0.88
WHOLE_LINE = RIGHT - LEFT

Words = Annotated[str, BeforeValidator(lambda value: value.isoformat() if isinstance(value, dt.date) else value)]
"""Words to look for; YAML takes a bare 2021-03-17 for a date."""


class Strict(BaseModel):
    """What a lawyer wrote; unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class WrittenProfile(Strict):
    """What sort of case it is (contract.md, Output)."""

    case_kind: Literal["criminal", "civil", "administrative", "labour_arbitration", "non_litigation"] = "criminal"
    stage: Literal["investigation", "prosecution_review", "trial", "litigation", "arbitration", "non_litigation"] = (
        "trial"
    )
    entry: Literal["application", "notice"] = "application"
    regime: Literal["R0", "R1", "R2", "R3"] = "R1"


class WrittenPeople(Strict):
    """Who is who, where a rule asks for it. `opponents`: the other side, by name."""

    recipient: str = ""
    lawyer: str = ""
    lawyers: tuple[str, ...] = ()
    law_firm: str = ""
    agency: str = ""
    charge_or_cause: str = ""
    opponents: tuple[str, ...] = ()
    case_numbers: tuple[str, ...] = ()
    co_defendants: tuple[str, ...] = ()


class WrittenSlot(Strict):
    """A blank of a printed form. `optional`: the form says that it may stay empty."""

    kind: Literal["number", "unit", "recipient", "cause", "date", "name", "other"] = "other"
    label: str = ""
    state: Literal["filled", "empty", "unclear"] = "empty"
    optional: bool = False


class WrittenForm(Strict):
    """The generation of forms that a document stands on (law/forms.csv), and the day that it bears."""

    id: str
    date: dt.date | None = None
    cites: str = ""


class WrittenChange(Strict):
    """Something changed in a catalogue: in which row (from 1), how, and whether a thumb or seal confirms it."""

    row: int
    kind: Literal["struck", "overwritten", "whitened"] = "struck"
    confirmed: bool = False
    text: str = ""


def slot_of(slot: WrittenSlot, place: int, document: Document) -> Slot:
    top = 0.2 + 0.03 * place
    box = Box(0.3, top, 0.6, top + 0.02)
    text = "已填" if slot.state == "filled" else ""
    return Slot(document.id, document.first, box, slot.kind, slot.label, slot.state, text, slot.optional)


def form_of(form: WrittenForm, document: Document) -> FormVersion:
    box = Box(0.2, 0.85, 0.6, 0.87)
    cites = (Evidence(document.first, box, form.cites),) if form.cites else ()
    dated = Evidence(document.last, Box(0.6, 0.9, 0.8, 0.92), form.date.isoformat()) if form.date else None
    return FormVersion(document.id, form.id, cites, (), form.date, dated)


def change_of(change: WrittenChange, document: Document) -> Alteration:
    box = Box(0.2, TOP + 0.03 * change.row, 0.4, TOP + 0.03 * change.row + 0.015)
    return Alteration(document.id, document.first, box, change.kind, change.confirmed, change.text)


def cells_of(table: tuple[tuple[str, ...], ...], above: int) -> Iterator[Line]:
    """A table below so many lines of text, its columns of equal width."""
    for index, row in enumerate(table):
        top = TOP + 0.03 * above + 0.035 * index
        width = WHOLE_LINE / len(row)
        for place, cell in enumerate(row):
            if cell:
                left = LEFT + place * width
                yield Line(cell, Box(left, top, left + min(0.9 * width, 0.022 * len(cell)), top + 0.018), 0.98, cell)
