"""Slots behind labels that a colon closes."""

from __future__ import annotations

import re

from pipeline.casefile import Box, Line, Slot, SlotState
from pipeline.extraction.readings import PlacedRow
from pipeline.extraction.slot_choices import is_choice
from pipeline.extraction.slot_filling import slot_for, written
from pipeline.extraction.slot_labels import Label, labels_in, whole_label
from pipeline.extraction.slot_sight import Sight
from pipeline.text.dates import find_dates

_EDGE = 0.008
_ROOM = 0.06
"""Width (fraction of the page's) under which nothing can be written beside a label: its filling stands elsewhere."""
_WRAPS = 0.18
"""Room behind a label under which a name may have been set on the next line; a sentence there goes on with it."""
_REACH = 0.3
"""How far an underline goes that nothing ends."""
_SECTION = re.compile(r"[（(]?[一二三四五六七八九十]{1,2}[)）、]\s*[\u4e00-\u9fff]{2,9}\W?$")
_POINT = re.compile(r"\W{0,2}(\d{1,2}|[一二三四五六七八九十]{1,3})\W{0,2}[.、．,，)）]\s*\D")


def colon_slots(sight: Sight, document: str) -> list[Slot]:
    """Slots behind labels that a colon closes, in cells and in running lines."""
    slots: list[Slot] = []
    for order, place in enumerate(sight.rows):
        below = sight.rows[order + 1] if order + 1 < len(sight.rows) else None
        for at, line in enumerate(place.row.lines):
            labels = () if is_choice(line.text) else labels_in(line.text)
            for label, following in zip(labels, (*labels[1:], None), strict=False):
                if label.signing:
                    continue
                end = following.start if following else len(line.text)
                beside = place.row.lines[at + 1] if following is None and at + 1 < len(place.row.lines) else None
                slot = _colon_slot(sight, document, line, label, end, following, beside, below)
                if slot is not None:
                    slots.append(slot)
    return slots


def _colon_slot(
    sight: Sight,
    document: str,
    line: Line,
    label: Label,
    end: int,
    following: Label | None,
    beside: Line | None,
    below: PlacedRow | None,
) -> Slot | None:
    text = written(line.text[label.end : end])
    length = max(1, len(line.text))
    own = line.box.part(label.end / length, end / length)
    if text:
        return slot_for(sight, document, label, own, "filled", text)
    if following is not None:
        return slot_for(sight, document, label, own, _gap_state(sight, own, line), "")
    listed = bool(_POINT.match(line.text))
    if beside is not None and not _begins_anew(beside.text, listed):
        text = written(beside.text)
        if text:
            return slot_for(sight, document, label, beside.box, "filled", text)
        if find_dates(beside.text) and label.kind == "date":
            return slot_for(sight, document, label, beside.box, "empty", "")
    right = beside.box.x0 - _EDGE if beside is not None else min(sight.right, line.box.x1 + _REACH)
    place = Box(min(line.box.x1 + 0.002, right), line.box.y0, right, line.box.y1)
    narrow = place.width < _ROOM
    if (
        beside is None
        and below is not None
        and not _begins_anew(below.row.lines[0].text, listed)
        and written(below.text)
    ):
        first = below.row.lines[0]
        wrapped = first.box.width > place.width - 0.02 and below.row.box.x0 < line.box.x0 + 0.06
        wrapped = wrapped and (not re.search(r"[，,。；;]", first.text) or place.width < _WRAPS)
        wrapped = wrapped or (label.start < 2 and not listed)  # alone in its line it heads what stands below
        if label.block or narrow or wrapped:
            return None  # what fills it stands below
    if beside is None and below is not None and label.block and below.row.box.y0 - line.box.y1 > 0.7 * line.box.height:
        place = Box(line.box.x0, line.box.y1, sight.right, below.row.box.y0)  # its rule is drawn below it
    if narrow and beside is None:
        return None
    return slot_for(sight, document, label, place, sight.state(place), "")


def _gap_state(sight: Sight, place: Box, line: Line) -> SlotState:
    """Between two labels of one line: blank if the ink there is the labels' own; their line covers it all."""
    stretch = sight.inkless(line, 1.5)
    if sight.page.content.ink is not None and place.width > 2 * sight.character(line):
        return "empty" if stretch is not None and sight.sure else "unclear"
    return "empty" if sight.sure else "unclear"


def _begins_anew(text: str, listed: bool) -> bool:
    """Whether a line is a label and so nothing that fills the one before it; `listed`: or the next point of a list."""
    labels = labels_in(text)
    if whole_label(text) is not None or (labels and labels[0].start <= 3):
        return True
    return bool(_SECTION.match(text)) or (listed and bool(_POINT.match(text)))
