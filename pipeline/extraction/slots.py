"""Which blanks of printed forms are filled, and which are not.

Slots are found by what forms print around them (slot_labels.py), in cells, behind colons, inside sentences and as boxes
to tick; whether one is empty is asked of the text first, then of marks and of ink that nobody could read. Places to
sign are no slots: they are signatures (marks.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.casefile import Box, Document, Page, Slot
from pipeline.extraction.readings import PlacedRow
from pipeline.extraction.slot_cells import cell_slots
from pipeline.extraction.slot_choices import choice_slots
from pipeline.extraction.slot_colons import colon_slots
from pipeline.extraction.slot_prose import (
    addressee_slots,
    date_slots,
    frame_slots,
    gap_slots,
    is_sentence,
    issue_date_slots,
    number_slots,
)
from pipeline.extraction.slot_sight import Sight, sights_of
from pipeline.extraction.slot_table import label_cells
from pipeline.extraction.statement_form import STATEMENTS, statement_slots

LETTERS = {
    "assignment_notice": "unit",
    "aid_letter": "unit",
    "detention_visit_letter": "unit",
    "referral_letter": "unit",
    "assignment_reply": "unit",
    "law_firm_letter": "unit",
    "aid_decision": "recipient",
    "aid_refusal": "recipient",
    "aid_termination": "recipient",
    "reassignment_notice": "recipient",
    "supplement_notice": "recipient",
}
"""Printed letters, and of what kind their addressee is."""
FORMS = frozenset(LETTERS) | {
    "cover",
    "file_remarks",
    "aid_application",
    "hardship_certificate",
    "hardship_statement",
    "application_mandate",
    "application_receipt",
    "approval_form",
    "aid_service_return",
    "reassignment_approval",
    "recipient_rights_notice",
    "lawyer_rights_notice",
    "litigation_risk_notice",
    "aid_agreement",
    "power_of_attorney",
    "closing_report",
    "feedback_form",
    "quality_evaluation_form",
    "subsidy_approval",
    "intake_record",
    "form_stub",
    "blank_form",
    "client_interview",
    "client_talk",
    "file_reading_record",
    "court_service_return",
    "situation_note",
}
"""Types of documents that are forms somebody printed and somebody else fills in."""
_RECORDS = frozenset({"client_interview", "client_talk", "file_reading_record"})
"""Of records only the head is a form; below it stands what was said."""
_HEAD_ROWS = 14


def slots_of(document: Document, rows: Sequence[PlacedRow], pages: Sequence[Page]) -> tuple[Slot, ...]:
    """All slots of a printed form, and the parts that a statement's form has, in reading order; else none."""
    if document.type in STATEMENTS:
        return statement_slots(document, rows, pages)
    if document.type not in FORMS:
        return ()
    if document.type in _RECORDS:
        rows = [place for place in rows if place.index < _HEAD_ROWS and place.page == document.first]
    slots: list[Slot] = []
    for sight in sights_of(rows, pages):
        slots.extend(_of_page(sight, document))
    return tuple(sorted(slots, key=lambda slot: (slot.page, slot.box.y0, slot.box.x0)))


def required_empty(slots: Iterable[Slot]) -> tuple[Slot, ...]:
    """The slots that had to be filled and are not."""
    return tuple(slot for slot in slots if slot.state == "empty" and not slot.optional)


def wholly_blank(slots: Iterable[Slot]) -> bool:
    """Whether a form is as it was printed: several slots, and not one that somebody filled."""
    every = tuple(slots)
    return len(required_empty(every)) >= 3 and not any(slot.state == "filled" for slot in every)


def _of_page(sight: Sight, document: Document) -> list[Slot]:
    found = number_slots(sight, document)
    if document.type in LETTERS:
        found += addressee_slots(sight, document, LETTERS[document.type])
    cells = [cell for cell in label_cells(sight) if not _is_title(cell.box, sight, document)]
    if document.type in LETTERS:
        spoken = {id(line) for place in sight.rows if is_sentence(place.row) for line in place.row.lines}
        cells = [cell for cell in cells if id(cell.lines[0]) not in spoken]
    found += cell_slots(sight, document.id, cells, signing=document.type == "blank_form")
    found = _one_number(found, colon_slots(sight, document.id))
    found += choice_slots(sight, document.id)
    if document.type not in _RECORDS:
        gaps = gap_slots(sight, document.id, {id(ln) for cell in cells if not cell.rest for ln in cell.lines})
        found += gaps
        if document.type in LETTERS:
            found += frame_slots(sight, document.id, gaps)
    dates = date_slots(sight, document.id)
    if document.type in LETTERS:
        found += issue_date_slots(sight, document, dates)
    return _with_dates(found, dates)


def _is_title(box: Box, sight: Sight, document: Document) -> bool:
    title = document.title_box
    return title is not None and sight.page.number == document.first and box.overlap(title) > 0


def _one_number(found: list[Slot], behind_colons: list[Slot]) -> list[Slot]:
    """A number line that a label heads (编号：) is one slot."""
    lines = [slot for slot in found if slot.kind == "number" and slot.state != "filled"]
    doubles = [s for s in behind_colons if s.kind == "number" and any(abs(s.box.y0 - n.box.y0) < 0.02 for n in lines)]
    return [*found, *(slot for slot in behind_colons if slot not in doubles)]


def _with_dates(slots: list[Slot], dates: list[Slot]) -> list[Slot]:
    """One slot for a date and the label beside it; the label tells what it is, the date where it stands."""
    kept = list(slots)
    for date in dates:
        same = next((s for s in kept if s.kind == "date" and _same_place(s.box, date.box)), None)
        if same is None:
            kept.append(date)
        elif not same.text:
            box = same.box.union(date.box) if same.box.x1 <= date.box.x0 + 0.01 else date.box
            kept[kept.index(same)] = replace(date, box=box, label=same.label, optional=same.optional)
    return kept


def _same_place(one: Box, other: Box) -> bool:
    x, y = other.centre
    level = min(one.y1, other.y1) - max(one.y0, other.y0) > 0.5 * min(one.height, other.height)
    if level and -0.01 < other.x0 - one.x1 < 0.06:
        return True  # the label's room ends where the date's printed units begin
    holds = one.x0 - 0.01 <= x <= one.x1 + 0.01 and one.y0 - 0.005 <= y <= one.y1 + 0.005
    return holds or one.overlap(other) > 0.5 * other.width * other.height
