"""One page of a file as it is looked at: its boxes, its lines with how sure they were read, what was found on it. Pure.

Lines come from the ledger's page result; where it has none, the running text of the case's JSON stands in.
Boxes are fractions of the upright page, as in the JSON, and pixels of its image for drawing (`summary.boxes`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

from rapidfuzz.distance import Levenshtein

from pipeline.casefile import Line, PageText
from pipeline.summary import labels
from pipeline.summary.boxes import HAND, KINDS, PlacedBox, page_boxes, page_size
from pipeline.summary.labels import Names
from pipeline.summary.ranking import ranked
from pipeline.summary.rows import rows
from pipeline.web.groups import ITEMS

Json = dict[str, Any]
Sureness = Literal["sure", "low", "poor"]
LOW, POOR = 0.93, 0.80
"""Scores of a line below which it is tinted: of 100 lines of scans, some 6 and 2."""
SHOWN = ("evidence",)
"""Kinds of boxes that are shown at first."""
ORDER = ("evidence", "date", "signature", "seal", "fingerprint", "empty", "filled", "alteration", "catalogue", "number",
         "person", "mark", "hand", "line")  # fmt: skip
"""Kinds of boxes as they are offered, those first that flags rest on."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run of characters of a line; `doubtful` where a second reading says something else."""

    text: str
    doubtful: bool


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text; `score` 0..1, None for digital text. `frame`: left, top, width, height in pixels.

    `number` counts them in reading order, `row` the rows that they stand on, from 0.
    """

    number: int
    row: int
    text: str
    bbox: tuple[float, float, float, float]
    frame: tuple[float, float, float, float]
    score: float | None
    sureness: Sureness
    hand: bool
    second: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A finding that rests on this page, numbered as its boxes are; `elsewhere`: the other pages it rests on."""

    number: int
    key: str
    rule: str
    title: str
    message: str
    severity: str
    label: str
    copied: bool
    chosen: bool
    elsewhere: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A flag to go to: its key, the page it first rests on, its title."""

    key: str
    page: int
    title: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A rule that could not tell, and named this page."""

    rule: str
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class Place:
    """The document that the page belongs to; `nth` of its pages, which are from `first` to `last`."""

    id: str
    type: str
    name: str
    title: str
    first: int
    last: int

    def nth(self, page: int) -> int:
        return page - self.first + 1


@dataclass(frozen=True, slots=True)
class PageView:
    """All that is shown of a page. `size`: pixels of the upright page; `sized` whether that is known.

    `previous`, `next`: numbers of its neighbours. `text`: all of it, for copying. `lines` is empty where no reading is
    kept any more.
    """

    page: int
    pages: int
    previous: int | None
    next: int | None
    file: str
    file_page: int
    kind: str
    rotation: int
    size: tuple[int, int]
    sized: bool
    facts: tuple[str, ...]
    problems: tuple[str, ...]
    document: Place | None
    text: str
    lines: tuple[TextLine, ...]
    boxes: tuple[PlacedBox, ...]
    findings: tuple[Found, ...]
    doubts: tuple[Doubt, ...]


def view_page(case: Json, page: Json, reading: PageText | None, names: Names, chosen: str = "") -> PageView:
    """Work out what is shown of a page of a case; `chosen` is the key of the finding that somebody came from."""
    number, numbers = page["page"], [other["page"] for other in case["pages"]]
    at = numbers.index(number)
    size = page_size(page)
    sized = bool(page.get("width") and page.get("height"))
    if reading is not None and (reading.kind == "failed" or reading.rotation != page["rotation"]):
        reading = None  # not what the JSON tells of
    lines = tuple(_lines(reading, size)) if reading else ()
    return PageView(
        page=number,
        pages=len(numbers),
        previous=numbers[at - 1] if at else None,
        next=numbers[at + 1] if at + 1 < len(numbers) else None,
        file=page["file"],
        file_page=page["file_page"],
        kind=page["kind"],
        rotation=page["rotation"],
        size=size,
        sized=sized,
        facts=tuple(_facts(page)),
        problems=tuple(f"{e['message']}（{e['code']}）" for e in _problems(case) if e.get("page") == number),
        document=_place(case, number, names),
        text=page["text"],
        lines=lines,
        boxes=tuple(sorted(page_boxes(case, number, reading, names), key=lambda box: -ORDER.index(box.kind))),
        findings=tuple(_findings(case, number, chosen)),
        doubts=tuple(
            Doubt(outcome["rule"], names.rule(outcome["rule"]), outcome["why"])
            for outcome in case["outcomes"]
            if outcome["verdict"] == "unsure" and number in outcome.get("pages", ())
        ),
    )


def kinds_of(view: PageView) -> tuple[tuple[str, str, int], ...]:
    """Give the kinds of boxes on a page: key, name, how many; in the order in which they are offered."""
    counted = {kind: sum(box.kind == kind for box in view.boxes) for kind in ORDER}
    return tuple((kind, KINDS[kind].label, count) for kind, count in counted.items() if count)


def in_order(case: Json) -> list[Json]:
    """Give a case's findings in the order in which its page tells them: by the circular's items, then by weight."""
    order = {item: place for place, item in enumerate(ITEMS)}
    return sorted(ranked(case["findings"]), key=lambda finding: order.get(finding["circular_item"] or 0, len(order)))


def walk(case: Json, number: int, chosen: str) -> tuple[Step | None, Step | None]:
    """Tell which flag comes before the chosen one and which after it; of a page without one, what begins there."""
    steps = [Step(f["key"], f["evidence"][0]["page"], f["title"]) for f in in_order(case) if f["evidence"]]
    at = next((place for place, step in enumerate(steps) if step.key == chosen), None)
    if at is None:
        return None, next((step for step in steps if step.page >= number), steps[0] if steps else None)
    return steps[at - 1] if at else None, steps[at + 1] if at + 1 < len(steps) else None


def _place(case: Json, number: int, names: Names) -> Place | None:
    own = next((d for d in case["documents"] if d["pages"][0] <= number <= d["pages"][-1]), None)
    if own is None:
        return None
    return Place(own["id"], own["type"], names.type(own["type"]), own["title"], own["pages"][0], own["pages"][-1])


def _problems(case: Json) -> list[Json]:
    return [*case["errors"], *case.get("notes", ())]


def _facts(page: Json) -> Iterator[str]:
    quality = page.get("quality") or {}
    if page["kind"] in ("blank", "failed", "digital"):
        yield {"blank": "空白页", "failed": "未能读取", "digital": "电子文字"}[page["kind"]]
    if page["rotation"]:
        yield f"扫描件已转正（顺时针 {page['rotation']}°）"
    if page["kind"] == "scanned" and quality:
        reasons = f"（{'、'.join(quality['reasons'])}）" if quality.get("reasons") else ""
        yield f"字迹{labels.GRADES.get(quality['grade'], '')}{reasons}"


def _findings(case: Json, number: int, chosen: str) -> Iterator[Found]:
    on_page = [f for f in in_order(case) if any(evidence["page"] == number for evidence in f["evidence"])]
    for count, finding in enumerate(on_page, 1):
        pages = {evidence["page"] for evidence in finding["evidence"]}
        yield Found(
            count,
            finding["key"],
            finding["rule"],
            finding["title"],
            finding["message"],
            finding["severity"],
            labels.SEVERITIES[finding["severity"]],
            bool(finding.get("passages")),
            finding["key"] == chosen,
            tuple(sorted(pages - {number})),
        )


def _lines(reading: PageText, size: tuple[int, int]) -> Iterator[TextLine]:
    placed = [(row, line) for row, lines in enumerate(rows(reading.lines)) for line in lines]
    for number, (row, line) in enumerate(placed):
        box = line.box
        bbox = (round(box.x0, 4), round(box.y0, 4), round(box.x1, 4), round(box.y1, 4))
        yield TextLine(
            number,
            row,
            line.text,
            bbox,
            in_pixels(bbox, size),
            None if line.score is None else round(line.score, 3),
            sureness(line.score),
            line.hand is not None and line.hand >= HAND,
            line.second or "",
            compared(line),
        )


def in_pixels(bbox: tuple[float, ...], size: tuple[int, int]) -> tuple[float, float, float, float]:
    """Left, top, width and height of a box in pixels of the page, to a hundredth."""
    x0, y0, x1, y1 = bbox
    width, height = size
    return (
        round(x0 * width, 2),
        round(y0 * height, 2),
        round(max(0.0, x1 - x0) * width, 2),
        round(max(0.0, y1 - y0) * height, 2),
    )


def sureness(score: float | None) -> Sureness:
    """Tell how sure a line was read: by its score, 0..1; digital text (None) is sure."""
    if score is None or score >= LOW:
        return "sure"
    return "low" if score >= POOR else "poor"


def compared(line: Line) -> tuple[Run, ...]:
    """Cut a line where a second reading of it, sure enough to be heard, says something else."""
    if not line.second or (line.second_score or 0.0) < POOR or line.score is None:
        return (Run(line.text, False),) if line.text else ()
    first, second = _told(line.text), _told(line.second)
    doubtful = bytearray(len(line.text))
    for step in Levenshtein.opcodes([c for c, _ in first], [c for c, _ in second]):
        if step.tag == "replace" or (step.tag == "delete" and line.score < LOW):  # a seal over it may hide it there
            for _, place in first[step.src_start : step.src_end]:
                doubtful[place] = 1
    cuts = [0, *(i for i in range(1, len(doubtful)) if doubtful[i] != doubtful[i - 1]), len(doubtful)]
    return tuple(Run(line.text[a:b], bool(doubtful[a])) for a, b in pairwise(cuts) if b > a)


def _told(text: str) -> list[tuple[str, int]]:
    """Letters, digits and ideographs in one width with their places: other differences are of no weight."""
    return [
        (c, place)
        for place, character in enumerate(text)
        for c in unicodedata.normalize("NFKC", character)
        if c.isalnum()
    ]
