"""What cases are about: the official names of charges (罪名) and causes (案由), and readings of them put right.

matters.csv holds names only: the charges of 刑法 by the 两高's 确定罪名的规定 up to its eighth supplement and names
they replaced (old files have them), the causes of 《民事案件案由规定》 (2020) that individuals sue on with names they
replaced, what labour arbitration calls them, and the heads of 《行政案件案由》 (2020). A name not in it is no mistake
of the file: it is left as it was read.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import cache
from importlib import resources

from pipeline.text.lookalikes import look_alike
from pipeline.text.normalise import fold

CHARGE = "criminal"


@cache
def names() -> dict[str, str]:
    """Every official name with its kind: criminal | civil | labour_arbitration | administrative | special."""
    text = resources.files("pipeline.law").joinpath("matters.csv").read_text("utf-8")
    return {row["name"]: row["kind"] for row in csv.DictReader(text.splitlines())}


def official(text: str, kinds: Iterable[str] = ()) -> bool:
    """Whether this is an official name (of one of `kinds`) or a selection out of one (贩卖毒品罪)."""
    wanted = tuple(kinds)
    kind = names().get(text)
    if kind is not None:
        return not wanted or kind in wanted
    return any(_selects(text, name) for name in _of(wanted) if "、" in name or "或者" in name)


@cache
def settled(text: str, kinds: tuple[str, ...] = ()) -> str:
    """The official name that a reading is of; the reading itself where none is near or several are.

    Only characters read for others are put right, never left out or added ones: what the file prints stands.
    """
    text = _unified(text)
    if not text or official(text, kinds):
        return text
    near: list[tuple[int, int, str]] = []
    for name in _of(kinds):
        if len(name) == len(text):
            wrong = [(a, b) for a, b in zip(text, name, strict=True) if a != b]
            strange = sum(not look_alike(a, b) for a, b in wrong)
            if len(wrong) <= max(1, len(text) // 3) and strange <= (1 if len(wrong) == 1 or len(text) > 5 else 0):
                near.append((strange, len(wrong), name))
    near.sort()
    if near and (len(near) == 1 or near[0][:2] < near[1][:2]):
        return near[0][2]
    return text


def charges(text: str) -> tuple[str, ...]:
    """The charges that a list names, put right: 盗窃、诈骗罪 are two, 掩饰、隐瞒犯罪所得罪 is one."""
    found: list[str] = []
    for part in re.split(r"(?<=罪)[、,;和及与]+", _unified(text)):
        whole = part if part.endswith("罪") else part + "罪"
        if len(whole) < 3:
            continue
        repaired = settled(whole, (CHARGE,))
        pieces = [settled(piece.removesuffix("罪") + "罪", (CHARGE,)) for piece in re.split(r"[、,和及与]", whole)]
        if not official(repaired, (CHARGE,)) and len(pieces) > 1 and all(official(one, (CHARGE,)) for one in pieces):
            found.extend(pieces)
        else:
            found.append(repaired)
    return tuple(dict.fromkeys(found))


@cache
def _of(kinds: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name, kind in names().items() if not kinds or kind in kinds)


@cache
def _selects(text: str, name: str) -> bool:
    """Whether `text` is `name` with parts left out, beginning and ending as one of its parts does."""
    if len(text) < 4 or text[-1] != name[-1]:
        return False
    rest = iter(name)
    return all(char in rest for char in text)


def _unified(text: str) -> str:
    return fold(text).replace(",", "、").strip("、.;:()")
