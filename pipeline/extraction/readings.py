"""Dates as they stand on a document: every place with a date, its two readings weighed against each other."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.casefile import Box, Document, Line, Mark, Page
from pipeline.documents.rows import Row, rows_of
from pipeline.extraction.letters import page_pitch
from pipeline.extraction.misreadings import (
    IMPLAUSIBLE,
    SHORTENED,
    lost_letters,
    one_digit_apart,
    pressed_upon,
    years_meant,
)
from pipeline.extraction.placing import slice_of, tightened
from pipeline.extraction.weighing import BEYOND_DOUBT, FLOOR, decide, sound
from pipeline.text.dates import FoundDate, find_dates

EARLIEST = dt.date(1990, 1, 1)
FIRST_BIRTH = dt.date(1900, 1, 1)
_BORN = re.compile(r"(出\s*生|生于|生日)[^,，。;；\d]{0,10}$")
_BORN_AFTER = re.compile(r"\s*(出\s*)?生(?![效产活])")


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
    besides `value`, where its two readings disagree; of a day still to come what it may have been misread from.
    `score`: the worst score of its lines. `raws`: what was read there, reading by reading. `repaired`: characters of
    the reading that stands had to be supplied.
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
    raws: tuple[str, ...] = ()
    repaired: bool = False

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
    seen.extend(_remnants(rows, pages, seen))
    whole = [_framed(_unless_shortened(_plausible(date, latest), pages), pages) for date in seen]
    return tuple(sorted(whole, key=lambda date: (date.place.index, date.box.x0)))


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
                    box = slice_of(line, found.start, found.end, line.second)
                    sure = sound(found) and (line.second_score or 0.0) >= BEYOND_DOUBT
                    dates.append(
                        SeenDate(found.value, sure, found.raw, place, box, text[:start] + line.second[: found.start],
                                 line.second[found.end :] + text[end:], found.form, _stamped(box, stamps),
                                 "" if sure else "仅一次读出", (), line.second_score or 0.0, (found.raw, line.text))
                    )  # fmt: skip
    return dates


def _weigh(
    found: FoundDate, text: str, lines: list[tuple[Line, int, int]], place: PlacedRow, stamps: list[Mark]
) -> SeenDate:
    box: Box | None = None
    for line, start, end in lines:
        lead = len(line.text) - len(line.text.lstrip())
        part = slice_of(line, max(0, found.start - start) + lead, min(found.end, end) - start + lead)
        box = part if box is None else box.union(part)
    score = min((line.score if line.score is not None else 1.0) for line, _, _ in lines)
    decided = decide(found, score, lines)
    assert box is not None
    before, after = text[: found.start], text[found.end :]
    stamped = _stamped(box, stamps)
    upheld = not decided.certain and _upheld(decided.value, box, stamps)
    return SeenDate(
        decided.value,
        decided.certain or upheld,
        decided.raw,
        place,
        box,
        before,
        after,
        found.form,
        stamped,
        "" if upheld else decided.doubt,
        () if upheld else decided.others,
        score,
        decided.raws,
        not decided.sound,
    )


def _upheld(value: dt.date | None, box: Box, stamps: list[Mark]) -> bool:
    """Whether a red receipt stamp, read as a whole beyond doubt, shows the same day as the line read off the raw page.

    The second reading of such a line is worth nothing: taking the red away takes the date away with it.
    """
    for stamp in stamps:
        if stamp.colour == "red" and stamp.score >= BEYOND_DOUBT and _stamped(box, [stamp]):
            days = [found for found in find_dates(stamp.text) if found.value is not None and not found.repaired]
            if [found.value for found in days] == [value]:
                return True
    return False


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
            line = upper.row.lines[-1]
            box = slice_of(line, max(0, len(line.text) - (len(head) - found.start)), len(line.text))
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
    """A day that has not come yet, or one of another age, is a misreading; two good readings of it stay in doubt.

    Where the two readings differ in one numeral and only one of them can be, it is that one.
    """
    born = _BORN.search(date.before) or _BORN_AFTER.match(date.after)
    first = FIRST_BIRTH if born else EARLIEST
    readings = [value for value in (date.value, *date.others) if value is not None]
    possible = [value for value in readings if first <= value <= latest]
    if date.value is None or len(possible) == len(readings):
        return date
    if possible:
        sure = len(date.raws) == 2 and one_digit_apart(*date.raws) and date.score >= FLOOR and not date.repaired
        return replace(date, value=possible[0], certain=sure, others=(), doubt="两次识读不一致, 仅此合理")
    if date.certain and date.score >= BEYOND_DOUBT and EARLIEST.year <= date.value.year <= latest.year + 1:
        return replace(date, certain=False, doubt=IMPLAUSIBLE)
    # What is no reading but a file itself says so; what an engine read may be one digit away from what is written.
    meant = () if date.score >= 1.0 else years_meant(date.value, date.raw, latest)
    return replace(date, value=None, certain=False, doubt=IMPLAUSIBLE, others=meant, form="damaged")


def _unless_shortened(date: SeenDate, pages: Sequence[Page]) -> SeenDate:
    """A date under a black seal is in doubt where its line has room for strokes that were not read.

    What was read instead is no other day of the file either: only what tells of the paper itself can settle it.
    """
    if date.value is None:
        return date
    content = pages[date.place.page - 1].content
    seals = [mark.box for mark in content.marks if mark.kind == "seal" and mark.colour == "black"]
    own = [line for line in date.place.row.lines if date.box.overlap(line.box) > 0 and pressed_upon(line.box, seals)]
    if not own or not any(lost_letters(line, date.raw, page_pitch(content.lines)) for line in own):
        return date
    return replace(date, certain=False, doubt=SHORTENED)


_REMNANT = re.compile(r"[一二三四五六七八九十廿卅〇零○OoO0-9年月日]")
_UNITS = re.compile(r"[年月日]")


def _remnants(rows: Sequence[PlacedRow], pages: Sequence[Page], seen: Sequence[SeenDate]) -> list[SeenDate]:
    """Lines under or beside a seal of which only scraps of a date could be read: a place without a value."""
    dates = []
    for place in rows:
        seals = [mark.box for mark in pages[place.page - 1].content.marks if mark.kind == "seal"]
        for line in place.row.lines:
            near = any(box.grown(0.12, 0.01).overlap(line.box) > 0 for box in seals)
            if not near or any(date.place == place and date.box.overlap(line.box) > 0 for date in seen):
                continue
            scraps = [text for text in (line.text, line.second or "") if _is_scrap(text)]
            if scraps:
                raw = max(scraps, key=len)
                dates.append(
                    SeenDate(None, False, raw, place, line.box, "", "", "damaged", False, "印章遮盖", (),
                             line.score or 0.0, tuple(scraps))
                )  # fmt: skip
    return dates


def _is_scrap(text: str) -> bool:
    bare = re.sub(r"\s", "", text)
    kept = len(_REMNANT.findall(bare))
    chinese = re.search(r"[一二三四五六七八九十〇○]", bare)
    enough = kept >= 2 and kept >= 0.6 * len(bare) and len(bare) <= 14
    return enough and bool(chinese) and (kept >= 4 or bool(_UNITS.search(bare)))


def _framed(date: SeenDate, pages: Sequence[Page]) -> SeenDate:
    box = tightened(date.box, date.raw, pages[date.place.page - 1].content)
    return date if box == date.box else replace(date, box=box)


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


def _stamped(box: Box, stamps: list[Mark]) -> bool:
    area = max(box.width * box.height, 1e-9)
    return any(stamp.box.overlap(box) / area > 0.5 for stamp in stamps)
