"""Signatures: every place of a document where somebody signs, and what stands in it.

A place is *signed* where a name, strokes of a pen, a fingerprint or a name seal stand in it, *blank* where a page that
was read well shows nothing there, and *unclear* otherwise: a seal hides it, the page is poor, what stands there could
be a printed name where only a written one counts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.casefile import Box, Document, Line, Mark, Page, Signature, SignatureMark, SignatureState
from pipeline.extraction.closings import unlabelled_spots
from pipeline.extraction.letters import Letters, padding, page_pitch, spelled, width
from pipeline.extraction.penmanship import SURE, bends_more, written
from pipeline.extraction.readings import PlacedRow
from pipeline.extraction.signers import labels_in, roles_of, rules
from pipeline.extraction.signing_places import Spot, moved, name_like, spots_in_head, spots_on
from pipeline.extraction.signing_sheet import DATE, Sheet, of_seal, sheet_of
from pipeline.extraction.unread_ink import seen_in

_REACH = 7.0
"""Ems behind a label within which a mark belongs to it."""
_LONGER = 1.8
"""Ems by which a line outreaches its print where something else stands at its end."""
_NAME = 5
"""Characters of the longest usual name: more behind one label are several people's, or a reading gone wrong."""


@dataclass(slots=True)
class _Place:
    """A spot with what was found in it."""

    spot: Spot
    name: str = ""
    name_box: Box | None = None
    line: Line | None = None
    scrawl: Box | None = None
    beyond: Box | None = None
    marks: list[Mark] = field(default_factory=list)

    @property
    def region(self) -> Box:
        """Where a signature would stand: behind the label, about four characters wide."""
        if self.spot.place is not None:
            return self.spot.place
        label = self.spot.label
        em = self.spot.row.pitch or label.height
        x1 = min(max(self.spot.x1, label.x1 + em), label.x1 + 4 * em)
        return Box(min(label.x1, 0.98), label.y0, min(x1, 0.99), label.y1)


def signatures_of(document: Document, rows: Sequence[PlacedRow], pages: Sequence[Page]) -> tuple[Signature, ...]:
    """One entry for every signer and place of a document that somebody signs, in reading order."""
    if not roles_of(document.type):
        return ()
    found: list[Signature] = []
    sheets = [sheet_of(number, rows, pages[number - 1], document) for number in document.pages]
    labelled = [spots_on(sheet, document.type) for sheet in sheets]
    if not any(labelled):
        labelled[0] = spots_in_head(sheets[0], document.type)
    for sheet, spots in zip(sheets, labelled, strict=True):
        page = pages[sheet.number - 1]
        others = unlabelled_spots(sheet, page, document, [spot for one in labelled for spot in one])
        places = [_Place(spot) for spot in [*spots, *others]]
        for place in places:
            _read_name(place, sheet, page, document.type)
        _share_marks(places, page.content.marks)
        for place in places:
            if not any(_read_twice(place, other) for other in places):
                found.extend(_signatures(place, page, document))
    return tuple(found)


def _read_twice(place: _Place, other: _Place) -> bool:
    """Whether an engine gave one place twice, and the other reading is the one with a name."""
    if place is other or place.spot.role != other.spot.role or place.name or not (other.name or other.marks):
        return False
    return other.spot.label.overlap(place.spot.label) > 0.5 * _area(place.spot.label)


def _read_name(place: _Place, sheet: Sheet, page: Page, kind: str) -> None:
    """Find the name in a place: behind the label, at its height beside it, or on the row below."""
    spot = place.spot
    _take(place, spot.row, spot.start, spot.end, spot.printed, page)
    if place.name:
        return
    beside = _beside(place, sheet)
    if beside is not None:
        _take(place, beside, 0, len(beside.text), (), page)
    if place.name or place.scrawl is not None or not spot.row.text:
        return
    below = _below(place, sheet, kind)
    if below is not None:
        row, start, end = below
        place.spot = moved(spot, row, start, end)
        _take(place, row, start, end, (), page)
        return
    place.beyond = _beyond(spot)
    if place.beyond is not None and bends_more(spot.row.line_of(spot.start - 1), page.lines):
        place.scrawl = place.beyond


def _take(place: _Place, row: Letters, start: int, end: int, printed: Sequence[tuple[int, int]], page: Page) -> None:
    """Take the characters from `start` to `end` for the name, or for a scrawl where no name was read."""
    seals = [mark for mark in page.content.marks if mark.kind == "seal"]
    kept = [i for i in range(start, end) if not of_seal(row.line_of(i), seals)]
    text = "".join(row.text[i] for i in kept)
    name = name_like(text)
    chars = [i for i in kept if re.match(r"[\u3400-\u9fff·]" if name else r"[^\W_]", row.text[i])]
    if not chars:
        return
    box = _tight(row.box(chars[0], chars[-1] + 1, printed), row.line_of(chars[0]))
    if name:
        place.name, place.name_box, place.line = name, box, row.line_of(chars[0])
    elif len(chars) >= 2 and not re.fullmatch(r"[\d年月日.]*", text):
        place.scrawl = box


def _beyond(spot: Spot) -> Box | None:
    """What a line holds behind its label though no letter of it was read: the line is longer than its print."""
    row, last = spot.row, spot.start - 1
    if (
        not row.pitch
        or last < 0
        or (spot.start < len(row.letters) and row.letters[spot.start].line == row.letters[last].line)
    ):
        return None
    line = row.lines[row.letters[last].line]
    units = sum(width(char) for char in line.text)
    ends = line.box.x0 + padding(line) + units * row.pitch
    if line.box.x1 - padding(line) - ends < _LONGER * row.pitch:
        return None
    return Box(ends, line.box.y0, line.box.x1, line.box.y1)


def _tight(box: Box, line: Line) -> Box:
    """The ink itself: an engine's lines stand taller than what is written on them."""
    room = padding(line)
    return Box(box.x0, box.y0 + 0.75 * room, box.x1, box.y1 - 0.5 * room)


def _beside(place: _Place, sheet: Sheet) -> Letters | None:
    """Lines at the height of the label and right of it that another row has taken, skewed or written high."""
    label = place.spot.label
    own = set(place.spot.row.lines)
    near = []
    for line in sheet.lines:
        shared = min(line.box.y1, label.y1) - max(line.box.y0, label.y0)
        fits = (
            shared > 0.35 * min(line.box.height, label.height) and label.x1 - 0.01 < line.box.x0 < place.spot.x1 - 0.01
        )
        if fits and line not in own and line.box.width < 0.3 and not re.search(r"[:：]", line.text):
            near.append(line)
    row = spelled(sorted(near, key=lambda line: line.box.x0), place.spot.row.pitch)
    return row if row.text and not DATE.search(row.text) else None


def _below(place: _Place, sheet: Sheet, kind: str) -> tuple[Letters, int, int] | None:
    """A name alone on the row under the label, or at the left margin where the label ends its row."""
    spot, label = place.spot, place.spot.label
    if spot.index + 1 >= len(sheet.rows) or not any(row is spot.row for row in sheet.spelled):
        return None
    row, placed = sheet.spelled[spot.index + 1], sheet.rows[spot.index + 1]
    if placed.row.box.y0 - label.y1 > 1.6 * label.height:
        return None
    if any(one.colon or one.sign for one in labels_in(row, kind)) or re.search(r"[:：]", row.text):
        return None
    wraps = label.x1 > 0.8 and spot.end == len(spot.row.text)
    for number, line in enumerate(row.lines):
        mine = [i for i, letter in enumerate(row.letters) if letter.line == number]
        under = line.box.x0 < label.x1 + 0.12 and line.box.x1 > label.x0
        text = row.text[mine[0] : mine[-1] + 1] if mine else ""
        name = name_like(re.sub(DATE, "", text))
        if 2 <= len(name) <= 4 and len(text) <= 18 and (under or (wraps and number == 0)) and not _word(text):
            end = DATE.search(row.text, mine[0])
            return row, mine[0], min(end.start() if end else len(row.text), mine[-1] + 1)
    return None


def _word(text: str) -> bool:
    """Form words that are no name though as short as one."""
    return bool(re.search(r"意见|日期|时间|备注|说明|备考|方式|情况|原因|理由|本人|以上|第.页|共.页", text))


def _share_marks(places: list[_Place], marks: Sequence[Mark]) -> None:
    """Give every fingerprint, name seal and stroke of a pen to the place it lies nearest to."""
    for mark in marks:
        if mark.kind not in ("fingerprint", "name_seal", "ink"):
            continue
        reached = [(distance, i) for i, place in enumerate(places) if (distance := _distance(place, mark)) is not None]
        if reached:
            places[min(reached)[1]].marks.append(mark)
        if mark.kind == "ink":
            for place in places:
                # writing of two rows may have run together
                region = place.region
                shared = min(region.y1, mark.box.y1) - max(region.y0, mark.box.y0)
                if (
                    not place.name
                    and mark not in place.marks
                    and region.overlap(mark.box)
                    and shared > 0.5 * region.height
                ):
                    place.marks.append(mark)


def _distance(place: _Place, mark: Mark) -> float | None:
    """How far a mark lies from a place, in heights of its row; None where it is out of reach."""
    spot = place.spot
    region = place.name_box.union(place.region) if place.name_box else place.region
    em = spot.row.pitch or region.height
    height = max(region.height, em * 0.7)
    across, down = mark.box.centre
    drop = max(0.0, abs(down - region.centre[1]) - 0.25 * mark.box.height) / height
    left = max(0.0, region.x0 - mark.box.x1, mark.box.x0 - max(region.x1, min(region.x0 + _REACH * em, spot.x1 + em)))
    if mark.kind == "ink" and (mark.box.height > 4.5 * height or across < region.x0 - em):
        return None
    if drop > 1.3 or left > 1.5 * em or across < spot.label.x0:
        return None
    return drop + left / em


def _signatures(place: _Place, page: Page, document: Document) -> list[Signature]:
    spot = place.spot
    state, mark = _state(place, page, document.type)
    if state == "blank" and (spot.weak or spot.role in rules().optional):
        return []
    boxes = _name_boxes(place, document.type)
    marks = [one.box for one in place.marks]
    if not boxes:
        whole = marks[0] if marks else place.scrawl or place.region
        for box in marks[1:]:
            whole = whole.union(box)
        return [Signature(document.id, spot.role, state, mark, spot.page, whole, "")]
    found = []
    for i, (name, box) in enumerate(boxes):
        whole = box
        for other in marks if i == len(boxes) - 1 else ():
            whole = whole.union(other)
        found.append(Signature(document.id, spot.role, state, mark, spot.page, whole, name[:_NAME]))
    return found


def _name_boxes(place: _Place, kind: str) -> list[tuple[str, Box]]:
    """The name with its box; two of each where two people signed behind one label."""
    if place.name_box is None:
        return []
    name, box, row = place.name, place.name_box, place.spot.row
    if place.spot.role not in rules().several or not 4 <= len(name) <= 8:
        return [(name, box)]
    inside = [i for i in range(place.spot.start, place.spot.end) if re.match(r"[\u3400-\u9fff]", row.text[i])]
    cuts = [
        n
        for n, i in enumerate(inside)
        if n and (row.letters[i].breaks or row.letters[i].line != row.letters[i - 1].line)
    ]
    cut = next((n for n in cuts if 2 <= n <= len(name) - 2), 0)
    if not cut and len(name) < _NAME:
        return [(name, box)]
    cut = cut or (len(name) + 1) // 2
    share = cut / len(name)
    if cuts and len(inside) == len(name):
        first = row.box(inside[0], inside[cut - 1] + 1, place.spot.printed)
        return [(name[:cut], first), (name[cut:], row.box(inside[cut], inside[-1] + 1, place.spot.printed))]
    return [(name[:cut], box.part(0, share)), (name[cut:], box.part(share, 1))]


def _state(place: _Place, page: Page, kind: str) -> tuple[SignatureState, SignatureMark | None]:
    kinds = {mark.kind for mark in place.marks}
    stamps = [mark for mark in place.marks if mark.kind == "name_seal"]
    stamped = place.name_box is not None and any(_covers(mark.box, place.name_box) for mark in stamps)
    if stamps and (not place.name or stamped or kind in rules().pen_only):
        return "signed", "name_seal"
    if "ink" in kinds:
        return "signed", "handwriting"
    if place.name:
        state, mark = _named(place, page, kind)
        if state != "signed" and "fingerprint" in kinds:
            return "signed", "fingerprint"
        return state, mark
    if "fingerprint" in kinds:
        return "signed", "fingerprint"
    if place.scrawl is not None:
        return "signed", "handwriting"
    hidden = any(
        mark.kind == "seal" and mark.box.overlap(place.region) > 0.4 * _area(place.region)
        for mark in page.content.marks
    )
    poor = page.content.quality.grade not in ("good", "fair")
    inked = seen_in(place.region, page, [place.spot.label], place.spot.row.lines)
    if inked == "signed" and not hidden and kind not in rules().pen_only:
        return "signed", "handwriting"
    return ("unclear", None) if hidden or poor or place.beyond is not None or inked != "blank" else ("blank", None)


def _named(place: _Place, page: Page, kind: str) -> tuple[SignatureState, SignatureMark | None]:
    """A name was read: a signature, unless only a written one counts and this one is printed."""
    if kind in rules().print_counts:
        return "signed", None
    assert place.line is not None and place.name_box is not None
    if kind not in rules().pen_only:
        return ("unclear", None) if place.line.score is None else ("signed", "handwriting")
    share = written(place.name, place.name_box, place.line, page.lines, page_pitch(page.lines))
    if share > SURE:
        return "signed", "handwriting"
    poor = page.content.quality.grade not in ("good", "fair")
    return ("unclear", None) if share > 1 - SURE or poor else ("blank", None)


def _covers(upper: Box, lower: Box) -> bool:
    return upper.overlap(lower) > 0.4 * _area(lower)


def _area(box: Box) -> float:
    return max(1e-9, box.width * box.height)
