"""What interviews, hearing and reading records must hold: a checklist in data (`checklists.csv`), 待核 throughout.

The province's model texts have not been entered yet, so every item is configuration: a pack takes one out by giving it
the number 0 among its rule's parameters (`parameters.REC702 = {plea = 0}`). The cues are patterns for folded text.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a checklist. `where`: "head" of the record, before anything is asked, or "text" for all of it.

    `words`: phrases of four characters and more that tell the item even where one of them was misread.
    """

    type: str
    key: str
    title: str
    where: str
    cue: re.Pattern[str]
    words: tuple[str, ...]
    authority: str


@cache
def checklist(kind: str) -> tuple[Item, ...]:
    """The items that a type of document must hold, in order; empty where nothing is asked of it."""
    text = resources.files("pipeline.packs").joinpath("checklists.csv").read_text("utf-8")
    return tuple(
        Item(
            row["type"],
            row["item"],
            row["title"],
            row["where"],
            re.compile(row["cue"]),
            tuple(word for word in row["words"].split(";") if word),
            row["authority"],
        )
        for row in csv.DictReader(text.splitlines())
        if row["type"] == kind
    )
