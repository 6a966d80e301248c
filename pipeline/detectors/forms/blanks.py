"""Slots left blank, as the rules on printed forms see them: what another reading of the paper fills is not blank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.casefile import Document, Evidence, Slot
from pipeline.detectors.view import CaseView

KINDS = {"number": "编号", "unit": "承办单位", "recipient": "受援人", "cause": "案由", "date": "日期", "name": "姓名"}


@dataclass(frozen=True, slots=True)
class Blanks:
    """Required slots of one document: those that are empty for certain, those of which it cannot be told, all."""

    empty: tuple[Slot, ...]
    unclear: tuple[Slot, ...]
    every: tuple[Slot, ...]

    @property
    def whole(self) -> bool:
        """Whether the form is as it was printed: several slots and not one that somebody filled."""
        return len(self.empty) >= 3 and not any(slot.state == "filled" for slot in self.every)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return tuple(Evidence(slot.page, slot.box, slot.label) for slot in self.empty)


def blanks_of(case: CaseView, document: Document) -> Blanks:
    """The required slots of a document; empty ones that a date, a number or a seal was read in are left out."""
    own = tuple(slot for slot in case.case.slots if slot.document == document.id)
    required = [slot for slot in own if not slot.optional and not _read_elsewhere(case, slot)]
    return Blanks(
        tuple(slot for slot in required if slot.state == "empty"),
        tuple(slot for slot in required if slot.state == "unclear"),
        own,
    )


def named(slots: Sequence[Slot]) -> str:
    """The slots in words, each once: their labels, or what they are for where the print says nothing."""
    return "、".join(dict.fromkeys(label_of(slot) for slot in slots))


def label_of(slot: Slot) -> str:
    label = slot.label.strip(" :：")
    return label if 1 < len(label) <= 16 else KINDS.get(slot.kind, label[:16] or "空格")


def _read_elsewhere(case: CaseView, slot: Slot) -> bool:
    if slot.kind == "date":
        near = slot.box.grown(0.01, 0.004)
        return any(
            date.document == slot.document and date.page == slot.page and date.box.overlap(near) > 0
            for date in case.case.dates
        )
    if slot.kind == "number":
        return any(
            n.kind == "document" and n.document == slot.document and n.page == slot.page for n in case.case.numbers
        )
    return False
