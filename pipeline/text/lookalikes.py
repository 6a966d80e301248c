"""Characters that are read for each other because they look alike: 枪 for 抢, 字 for 宇.

The table (lookalikes.csv) is made by models/training/lookalikes.py from drawn characters of GB 2312.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources


@cache
def _table() -> dict[str, frozenset[str]]:
    text = resources.files("pipeline.text").joinpath("lookalikes.csv").read_text("utf-8")
    alike: dict[str, set[str]] = {}
    for row in csv.DictReader(text.splitlines()):
        for other in row["alike"]:
            alike.setdefault(row["char"], set()).add(other)
            alike.setdefault(other, set()).add(row["char"])
    return {char: frozenset(others) for char, others in alike.items()}


def look_alike(one: str, other: str) -> bool:
    """Whether two single characters are the same or may be misread for each other."""
    return one == other or other in _table().get(one, frozenset())


def misread(one: str, other: str) -> bool:
    """Whether two texts of one length may be readings of the same: every differing pair looks alike."""
    return len(one) == len(other) and all(map(look_alike, one, other))
