"""Dates as they stand on a document: every place with a date, its two readings weighed against each other."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.casefile import Box, Document, Line, Mark, Page
from pipeline.documents.rows import Row, rows_of
from pipeline.text.dates import FoundDate, find_dates

BEYOND_DOUBT = 0.93
"""Score of a line above which one whole, unrepaired reading of a date stands without a second one."""
FLOOR = 0.75
"""Two agreeing readings are taken as certain only when neither line was read worse than this."""
EARLIEST = dt.date(1990, 1, 1)


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row of a document: its page and how far down the document it stands."""

    page: int
    row: Row
    index: int

    @property
    def text(self) -> str:
        return self.row.text


@dataclass(frozen=True, slots=True)
class SeenDate:
    """A date, a damaged date or an empty date slot at one place of a document.

    `value` is None where it is empty, impossible or not to be read. `before`/`after`: the rest of its row.
    `stamped`: it stands in a receipt stamp. `doubt` says why it is not certain. `others`: what the place was read as
    besides `value`, where its two readings disagree. `score`: the worst score of its lines.
    """

    value: dt.date | None
    certain: bool
    raw: str
    place: PlacedRow
    box: Box
    before: str
    after: str
    form: str
    stamped: bool = False
    doubt: str = ""
    others: tuple[dt.date, ...] = ()
    score: float = 0.0

    @property
    def alone(self) -> bool:
        """The row is little more than this date: an issue date, or the date of a signature."""
        return len(re.sub(r"[\W_]", "", self.before + self.after)) <= 3


def placed_rows(document: Document, pages: Sequence[Page]) -> tuple[PlacedRow, ...]:
    """All rows of a document, in reading order."""
    placed: list[PlacedRow] = []
    for number in document.pages:
        for row in rows_of(pages[number - 1].lines):
            placed.append(PlacedRow(number, row, len(placed)))
    return tuple(placed)


def dates_in(rows: Sequence[PlacedRow], pages: Sequence[Page], latest: dt.date) -> tuple[SeenDate, ...]:
    """Every date of a document in reading order. Dates later than `latest` or before 1990 are not certain."""
    seen: list[SeenDate] = []
    for place in rows:
        stamps = [mark for mark in pages[place.page - 1].content.marks if mark.kind == "receipt_stamp"]
        seen.extend(_in_row(place, stamps))
    seen.extend(_across_rows(rows, seen))
    seen.extend(_in_stamps(rows, pages, seen))
    seen = [_plausible(date, latest) for date in seen]
    return tuple(sorted(seen, key=lambda date: (date.place.index, date.box.x0)))


def _in_row(place: PlacedRow, stamps: list[Mark]) -> list[SeenDate]:
    text, spans = _joined(place.row)
    dates: list[SeenDate] = []
    read = find_dates(text)
    for found in read:
        lines = [(line, start, end) for line, start, end in spans if start < found.end and found.start < end]
        dates.append(_weigh(found, text, lines, place, stamps))
    covered = [line for line, start, end in spans if any(f.start < end and start < f.end for f in read)]
    for line, start, end in spans:
        # A date that only the second reading made out: the seal or fingerprint over it was taken away.
        if line.second and line not in covered:
            for found in find_dates(line.second):
                if found.form != "empty_slot":
                    box = _slice(line, found.start / len(line.second), found.end / len(line.second))
                    whole = found.value is not None and not found.repaired
                    sure = whole and (line.second_score or 0.0) >= BEYOND_DOUBT
                    dates.append(
                        SeenDate(found.value, sure, found.raw, place, box, text[:start], text[end:], found.form,
                                 _stamped(box, stamps), "" if sure else "仅一次读出")
                    )  # fmt: skip
    return dates


def _weigh(
    found: FoundDate, text: str, lines: list[tuple[Line, int, int]], place: PlacedRow, stamps: list[Mark]
) -> SeenDate:
    box: Box | None = None
    for line, start, end in lines:
        part = _slice(line, (found.start - start) / (end - start), (found.end - start) / (end - start))
        box = part if box is None else box.union(part)
    score = min((line.score if line.score is not None else 1.0) for line, _, _ in lines)
    decided = _decide(found, score, lines)
    assert box is not None
    before, after = text[: found.start], text[found.end :]
    stamped = _stamped(box, stamps)
    return SeenDate(
        decided.value,
        decided.certain,
        decided.raw,
        place,
        box,
        before,
        after,
        found.form,
        stamped,
        decided.doubt,
        decided.others,
        score,
    )


@dataclass(frozen=True, slots=True)
class _Decision:
    """What two readings of one place come to: the value, whether it is certain, why not, the text it rests on."""

    value: dt.date | None
    certain: bool
    raw: str
    doubt: str
    others: tuple[dt.date, ...] = ()


def _decide(found: FoundDate, score: float, lines: list[tuple[Line, int, int]]) -> _Decision:
    whole = found.value is not None and not found.repaired
    if len(lines) != 1 or lines[0][0].second is None:
        sure = whole and score >= BEYOND_DOUBT
        return _Decision(found.value, sure, found.raw, "" if sure else "字迹不清")
    line = lines[0][0]
    second_score = line.second_score or 0.0
    other = _counterpart(found, line)
    if other is None or other.value is None:
        sure = whole and score >= BEYOND_DOUBT and second_score < score
        return _Decision(found.value, sure, found.raw, "" if sure else "两次识读不一致")
    if found.value is None:
        sure = not other.repaired and second_score >= BEYOND_DOUBT
        return _Decision(other.value, sure, other.raw, "" if sure else "仅一次读出")
    if found.value == other.value:
        sure = not (found.repaired and other.repaired) and max(score, second_score) >= FLOOR
        return _Decision(found.value, sure, found.raw, "" if sure else "字迹不清")
    better, worse = (found, other)
    if (not other.repaired, second_score) > (not found.repaired, score):
        better, worse = (other, found)
    return _Decision(better.value, False, better.raw, "两次识读不一致", (worse.value,) if worse.value else ())


def _counterpart(found: FoundDate, line: Line) -> FoundDate | None:
    """The date of the second reading that stands at the same place of the line as `found`."""
    second = line.second or ""
    others = [other for other in find_dates(second) if other.form != "empty_slot" or found.form == "empty_slot"]
    if not others:
        return None
    at = found.start / max(1, len(line.text))
    return min(others, key=lambda other: abs(other.start / max(1, len(second)) - at))


def _across_rows(rows: Sequence[PlacedRow], seen: Sequence[SeenDate]) -> list[SeenDate]:
    """Dates of running text that a line break cuts in two."""
    dates = []
    for upper, lower in pairwise(rows):
        if upper.page != lower.page or upper.row.box.width < 0.45 or upper.row.box.x1 < 0.75:
            continue
        head, tail = upper.text[-12:], lower.text[:12]
        for found in find_dates(head + "\n" + tail):
            if found.value is None or not found.start < len(head) < found.end - 1 or found.repaired:
                continue
            scores = [line.score or 1.0 for line in (upper.row.lines[-1], lower.row.lines[0])]
            sure = min(scores) >= BEYOND_DOUBT
            box = upper.row.box.part(max(0.0, 1 - (len(head) - found.start) / len(upper.text)), 1.0)
            before = upper.text[: len(upper.text) - len(head) + found.start]
            after = lower.text[found.end - len(head) - 1 :]
            dates.append(
                SeenDate(found.value, sure, found.raw.replace("\n", ""), upper, box, before, after, found.form)
            )
    return dates


def _in_stamps(rows: Sequence[PlacedRow], pages: Sequence[Page], seen: Sequence[SeenDate]) -> list[SeenDate]:
    """Dates of receipt stamps that were read only on the stamp itself."""
    dates: list[SeenDate] = []
    for number in sorted({row.page for row in rows}):
        place = next(row for row in rows if row.page == number)
        for mark in pages[number - 1].content.marks:
            if mark.kind != "receipt_stamp" or any(d.stamped and d.value and d.place.page == number for d in seen):
                continue
            for found in find_dates(mark.text):
                if found.value is not None:
                    sure = not found.repaired and mark.score >= BEYOND_DOUBT
                    dates.append(
                        SeenDate(found.value, sure, found.raw, place, mark.box, mark.text[: found.start], "",
                                 found.form, True, "" if sure else "字迹不清")
                    )  # fmt: skip
    return dates


def _plausible(date: SeenDate, latest: dt.date) -> SeenDate:
    if date.value is None or EARLIEST <= date.value <= latest or not date.certain:
        return date
    return replace(date, certain=False, doubt="日期不合理")


def _joined(row: Row) -> tuple[str, list[tuple[Line, int, int]]]:
    """The row's text and where each line stands in it."""
    text, spans = "", []
    for line in row.lines:
        if text:
            text += " "
        start = len(text)
        text += line.text.strip()
        spans.append((line, start, max(len(text), start + 1)))
    return text, spans


def _slice(line: Line, start: float, end: float) -> Box:
    return line.box.part(min(1.0, max(0.0, start)), min(1.0, max(0.0, end)))


def _stamped(box: Box, stamps: list[Mark]) -> bool:
    area = max(box.width * box.height, 1e-9)
    return any(stamp.box.overlap(box) / area > 0.5 for stamp in stamps)
