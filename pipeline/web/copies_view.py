"""Copied passages beside their origins: on which pages they lie, which runs both have, and where on the pages. Pure.

A passage is text without line breaks and a box around its lines; the ledger's lines tell where each run of it stands.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz.distance import Indel

from pipeline.box import Box
from pipeline.casefile import Line, PageText
from pipeline.summary.boxes import page_size
from pipeline.summary.labels import Names, page_list
from pipeline.summary.passages import Linked, linked
from pipeline.web.page_view import in_pixels

Json = dict[str, Any]
Readings = Mapping[int, PageText]
"""What was read, by page number of a case."""
NARROW = 0.55
"""Width of a letter or digit, in characters of Chinese."""
SLACK = 0.004
"""How far outside of a passage's box the middle of one of its lines may lie: boxes are rounded."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A run of a passage on one line of its page: `bbox` in fractions, `frame` (left, top, width, height) in pixels."""

    run: int
    bbox: tuple[float, float, float, float]
    frame: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Half:
    """One side of a passage. `page` is None where who asks may not see the file that it lies in, only this text."""

    page: int | None
    place: str
    size: tuple[int, int]
    sized: bool
    bbox: tuple[float, float, float, float]
    frame: tuple[float, float, float, float]
    pieces: tuple[Linked, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A passage and its origin; `same` of the copy's `length` characters are in both."""

    number: int
    similarity: float
    copy: Half
    origin: Half
    same: int
    length: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where a passage lies in its papers: from `start` to `end`, in thousandths of their length."""

    number: int
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of the papers in the bar: its number, and where it begins and ends in thousandths."""

    page: int
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Bar:
    """The papers that passages lie in, one after the other."""

    label: str
    leaves: tuple[Leaf, ...]
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Copies:
    """All of a finding's passages. `other` is the case that the origins lie in, "" for this one."""

    key: str
    rule: str
    title: str
    message: str
    severity: str
    other: str
    visible: bool
    pairs: tuple[Pair, ...]
    bars: tuple[Bar, ...]


def view_copies(
    case: Json, finding: Json, other: Json | None, readings: Readings, others: Readings, names: Names
) -> Copies:
    """Lay out a finding's passages.

    `other`: the case that origins lie in that are not in this one, where who asks may see it, and its `others`
    readings; without it only the text is told that the finding quotes.
    """
    passages = finding.get("passages", ())
    foreign = next((p["origin"]["case"] for p in passages if p["origin"].get("case")), "")
    pairs = []
    for number, passage in enumerate(passages, 1):
        copy, origin = passage["copy"], passage["origin"]
        left, right = linked(copy["text"], origin["text"])
        there, read = (other, others) if origin.get("case") else (case, readings)
        pairs.append(
            Pair(
                number,
                passage["similarity"],
                _half(case, copy, left, readings, names),
                _half(there, origin, right, read, names) if there is not None else _text_only(right),
                sum(len(piece.text) for piece in left if piece.run),
                sum(len(piece.text) for piece in left),
            )
        )
    shown = other if foreign else case
    bars = [_bar("本文书", case, [(pair.number, pair.copy) for pair in pairs], names)]
    if shown is not None:
        label = f"案卷 {foreign}" if foreign else "来源"
        bars.append(_bar(label, shown, [(pair.number, pair.origin) for pair in pairs], names))
    return Copies(
        finding["key"],
        finding["rule"],
        finding["title"],
        finding["message"],
        finding["severity"],
        foreign,
        shown is not None,
        tuple(pairs),
        tuple(bars),
    )


def pages_needed(finding: Json) -> tuple[frozenset[int], frozenset[int]]:
    """Tell of which pages the lines are needed: of the case itself, and of the other one."""
    own: set[int] = set()
    foreign: set[int] = set()
    for passage in finding.get("passages", ()):
        own.add(passage["copy"]["page"])
        (foreign if passage["origin"].get("case") else own).add(passage["origin"]["page"])
    return frozenset(own), frozenset(foreign)


def _half(case: Json, place: Json, pieces: tuple[Linked, ...], readings: Readings, names: Names) -> Half:
    number = place["page"]
    page = next((page for page in case["pages"] if page["page"] == number), None)
    if page is None:
        return _text_only(pieces)
    size = page_size(page)
    x0, y0, x1, y1 = place["bbox"]
    bbox = (x0, y0, x1, y1)
    reading = readings.get(number)
    lines = _inside(reading.lines, Box(*bbox)) if reading and reading.rotation == page["rotation"] else ()
    marks = tuple(
        Mark(run, _four(box), in_pixels(_four(box), size)) for run, box in _marks(place["text"], pieces, lines)
    )
    document = _document(case, number)
    name = names.type(document["type"]) if document else ""
    sized = bool(page.get("width") and page.get("height"))
    return Half(number, f"第 {number} 页 {name}".strip(), size, sized, bbox, in_pixels(bbox, size), pieces, marks)


def _text_only(pieces: tuple[Linked, ...]) -> Half:
    nowhere = (0.0, 0.0, 0.0, 0.0)
    return Half(None, "", (0, 0), False, nowhere, nowhere, pieces, ())


def _inside(lines: Sequence[Line], box: Box) -> tuple[Line, ...]:
    """The lines whose middle lies in a passage's box, in reading order."""
    wide = box.grown(SLACK, SLACK)
    middles = ((line, line.box.centre) for line in lines)
    return tuple(line for line, (x, y) in middles if wide.x0 <= x <= wide.x1 and wide.y0 <= y <= wide.y1)


def _marks(text: str, pieces: Sequence[Linked], lines: Sequence[Line]) -> Iterator[tuple[int, Box]]:
    """Run and place of every run of a passage, one for each line that it touches."""
    stands: list[tuple[int, int] | None] = [None] * len(text)  # line, character in it
    there = [(number, place) for number, line in enumerate(lines) for place in range(len(line.text))]
    for step in Indel.opcodes("".join(line.text for line in lines), text):
        if step.tag == "equal":
            stands[step.dest_start : step.dest_end] = there[step.src_start : step.src_end]
    for piece in pieces:
        if not piece.run:
            continue
        touched: dict[int, list[int]] = {}
        for found in stands[piece.start : piece.start + len(piece.text)]:
            if found is not None:
                touched.setdefault(found[0], []).append(found[1])
        for number, places in touched.items():
            yield piece.run, _part(lines[number], min(places), max(places) + 1)


def _part(line: Line, start: int, end: int) -> Box:
    """The slice of a line between two of its characters; letters and digits are narrower."""
    widths = [1.0 if unicodedata.east_asian_width(c) in "WF" else NARROW for c in line.text]
    whole = sum(widths) or 1.0
    return line.box.part(sum(widths[:start]) / whole, sum(widths[:end]) / whole)


def _four(box: Box) -> tuple[float, float, float, float]:
    return round(box.x0, 4), round(box.y0, 4), round(box.x1, 4), round(box.y1, 4)


def _document(case: Json, number: int) -> Json | None:
    return next((d for d in case["documents"] if d["pages"][0] <= number <= d["pages"][-1]), None)


def _bar(label: str, case: Json, halves: Sequence[tuple[int, Half]], names: Names) -> Bar:
    """The papers that passages lie in, laid end to end, and where on them each passage is."""
    papers: dict[str, Json] = {}
    loose: set[int] = set()
    for _, half in halves:
        if half.page is not None:
            document = _document(case, half.page)
            if document is None:
                loose.add(half.page)
            else:
                papers[document["id"]] = document
    ranges = [range(d["pages"][0], d["pages"][-1] + 1) for d in papers.values()]
    pages = sorted({page for each in ranges for page in each} | loose)
    if not pages:
        return Bar(label, (), ())
    step = 1000 / len(pages)
    starts = {page: place * step for place, page in enumerate(pages)}
    stretches = tuple(
        Stretch(
            number,
            round(starts[half.page] + half.bbox[1] * step, 1),
            round(starts[half.page] + half.bbox[3] * step, 1),
        )
        for number, half in halves
        if half.page is not None
    )
    titles = "、".join(
        dict.fromkeys(names.type(d["type"]) for d in sorted(papers.values(), key=lambda d: d["pages"][0]))
    )
    leaves = tuple(Leaf(page, round(start, 1), round(start + step, 1)) for page, start in starts.items())
    return Bar(f"{label} {titles} {page_list(pages)}", leaves, stretches)
