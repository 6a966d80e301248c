"""The dates of a file one below another, with the orders that are broken drawn between them. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pipeline.summary import labels
from pipeline.summary.labels import Names

Json = dict[str, Any]
ROW = 34
"""Height of a row, in pixels; the arcs are drawn by it."""
LANE = 14
"""How far apart arcs lie that would cross."""
OUTSIDE = frozenset({"birth"})
"""Roles that have no place in a file's course."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One date: where it stands in the JSON (`index`), what it is, on which page; `gap`: days since the one before."""

    index: int
    value: str
    role: str
    role_key: str
    document: str
    page: int
    bbox: tuple[float, float, float, float]
    raw: str
    certain: bool
    broken: bool
    gap: int | None


@dataclass(frozen=True, slots=True)
class Arc:
    """A broken order: the rows of both dates, how far out the arc bends, the finding that tells of it."""

    y0: int
    y1: int
    x: int
    key: str
    title: str
    severity: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """All of it; `width` is that of the arcs, `height` that of the rows, in pixels."""

    moments: tuple[Moment, ...]
    arcs: tuple[Arc, ...]
    width: int
    height: int


def timeline(case: Json, names: Names) -> Timeline:
    """Lay out a case's dates by day, and between them the orders that its findings say are broken."""
    documents = {document["id"]: document for document in case["documents"]}
    dated = [(n, d) for n, d in enumerate(case["dates"]) if d["role"] not in OUTSIDE]
    dated.sort(key=lambda item: (item[1]["value"], item[1]["page"]))
    rows = {_place(date): row for row, (_, date) in reversed(list(enumerate(dated)))}
    arcs = tuple(_arcs(case, rows))
    bent = {arc.y0 for arc in arcs} | {arc.y1 for arc in arcs}
    gaps = [None, *(_days(a["value"], b["value"]) for (_, a), (_, b) in pairwise(dated))]
    moments = tuple(
        Moment(
            index=index,
            value=date["value"],
            role=labels.DATE_ROLES.get(date["role"], date["role"]),
            role_key=date["role"],
            document=_document(date, documents, names),
            page=date["page"],
            bbox=tuple(date["bbox"]),
            raw=date["raw"],
            certain=date["certain"],
            broken=_middle(row) in bent,
            gap=gaps[row],
        )
        for row, (index, date) in enumerate(dated)
    )
    return Timeline(moments, arcs, max((arc.x for arc in arcs), default=0) + 8, ROW * len(moments))


def _arcs(case: Json, rows: Mapping[tuple[int, tuple[float, ...]], int]) -> Iterator[Arc]:
    lanes = 0
    for finding in case["findings"]:
        if not finding["rule"].startswith("DAT"):
            continue
        touched = {rows[_place(e)] for e in finding["evidence"] if _place(e) in rows}
        latest = max(touched, default=0)  # what should have come first, as a rule: the others hang on it
        for row in sorted(touched - {latest}):
            lanes += 1
            x = 10 + LANE * lanes
            yield Arc(_middle(row), _middle(latest), x, finding["key"], finding["message"], finding["severity"])


def _place(item: Json) -> tuple[int, tuple[float, ...]]:
    return item["page"], tuple(item["bbox"])


def _middle(row: int) -> int:
    return row * ROW + ROW // 2


def _document(date: Json, documents: Mapping[str, Json], names: Names) -> str:
    document = documents.get(date["document"])
    return names.type(document["type"]) if document else ""


def _days(earlier: str, later: str) -> int:
    return (dt.date.fromisoformat(later) - dt.date.fromisoformat(earlier)).days
