"""What people corrected of the facts: dates, signatures, what sort of case it is. Reviewed facts are certain.

What was corrected is found again by role and words, or by its place on the page; where it is not read at all any more,
the reviewed fact stands by itself: a person saw it on that page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, TypeVar

from pipeline.casefile import Box, DateFact, Document, FormVersion, Misdate, Profile, Signature, Slot
from pipeline.corrections import Correction, PlacedCorrection
from pipeline.extraction.papers import Paper
from pipeline.extraction.profile import case_regime, case_stage

WHOLE_PAGE = Box(0.0, 0.0, 1.0, 1.0)
_SAME = 0.3
"""Two boxes that share so much of what they cover together are one place."""
_TOLD = "_told"
_DATES = ("date", "no_date", "new_date")
_Fact = TypeVar("_Fact", DateFact, Misdate, Signature)


def reviewed_dates(
    dates: Sequence[DateFact], documents: Sequence[Document], corrections: Sequence[PlacedCorrection], *, told: bool
) -> tuple[DateFact, ...]:
    """Apply corrections to the papers' own dates, or to those that papers tell of others (`told`)."""
    found = list(dates)
    for one in corrections:
        if one.correction.kind in _DATES and one.correction.target.role.endswith(_TOLD) == told:
            for page in one.pages:
                _correct_date(found, one, page, documents)
    return tuple(found)


def _correct_date(found: list[DateFact], one: PlacedCorrection, page: int, documents: Sequence[Document]) -> None:
    correction, target = one.correction, one.correction.target
    index = None if correction.kind == "new_date" else _same(found, page, correction)
    if correction.kind == "no_date":
        if index is not None:
            del found[index]
        return
    value, role = dt.date.fromisoformat(correction.value), correction.role or target.role
    if index is None:
        _insert(found, _added_date(one, page, documents, value, role))
        return
    here = found[index]
    for place, date in enumerate(found):  # what is written once is one date, whichever roles it plays
        if (date.page, date.box, date.raw) == (here.page, here.box, here.raw):
            own = role if place == index else date.role
            found[place] = replace(
                date, role=own, value=value, certain=True, source=_source(one, date.value, value), reviewed=one.reviewed
            )


def _source(one: PlacedCorrection, before: dt.date, value: dt.date) -> str:
    read = "" if before == value else f", 原识别为 {before.isoformat()}"
    return f"评估员 {one.correction.author} {'确认' if before == value else '更正'}{read}"


def _added_date(one: PlacedCorrection, page: int, documents: Sequence[Document], value: dt.date, role: str) -> DateFact:
    target = one.correction.target
    document = next(document for document in documents if document.first <= page <= document.last)
    raw = target.raw or f"{value.year}年{value.month}月{value.day}日"
    source = f"评估员 {one.correction.author} 补录"
    return DateFact(role, value, document.id, page, target.box or WHOLE_PAGE, raw, True, source, reviewed=one.reviewed)


def _insert(found: list[DateFact], date: DateFact) -> None:
    """Put a date where it stands in the file."""
    later = (i for i, other in enumerate(found) if (other.page, other.box.y0) > (date.page, date.box.y0))
    found.insert(next(later, len(found)), date)


def reviewed_misdates(misdates: Sequence[Misdate], corrections: Sequence[PlacedCorrection]) -> tuple[Misdate, ...]:
    """Leave out the odd dates of which a person said what they are, or that they are none."""
    found = list(misdates)
    for one in corrections:
        if one.correction.kind in _DATES:
            for page in one.pages:
                index = _same(found, page, one.correction)
                if index is not None:
                    del found[index]
    return tuple(found)


def reviewed_forms(forms: Sequence[FormVersion], corrections: Sequence[PlacedCorrection]) -> tuple[FormVersion, ...]:
    """Give the forms whose date was corrected their right one."""
    found = list(forms)
    for one in corrections:
        if one.correction.kind not in ("date", "no_date"):
            continue
        value = dt.date.fromisoformat(one.correction.value) if one.correction.kind == "date" else None
        for index, form in enumerate(found):
            dated = form.dated
            if dated and dated.page in one.pages and _shared(dated.box, one.correction.target.box) >= _SAME:
                found[index] = replace(form, date=value, dated=dated if value else None)
    return tuple(found)


def reviewed_slots(slots: Sequence[Slot], corrections: Sequence[PlacedCorrection]) -> tuple[Slot, ...]:
    """Fill the blanks for a date in which a person saw one."""
    found = list(slots)
    for one in corrections:
        box = one.correction.target.box
        if one.correction.kind not in ("date", "new_date") or box is None:
            continue
        for index, slot in enumerate(found):
            blank = slot.kind == "date" and slot.state != "filled"
            if blank and slot.page in one.pages and _within(box, slot.box):
                found[index] = replace(slot, state="filled", text=one.correction.value)
    return tuple(found)


def reviewed_signatures(
    signatures: Sequence[Signature], documents: Sequence[Document], corrections: Sequence[PlacedCorrection]
) -> tuple[Signature, ...]:
    """Apply what people said of places to sign: signed, or blank."""
    found = list(signatures)
    for one in corrections:
        correction, target = one.correction, one.correction.target
        if correction.kind != "signature":
            continue
        state: Literal["signed", "blank"] = "signed" if correction.value == "signed" else "blank"
        for page in one.pages:
            index = _same(found, page, correction)
            if index is not None:
                mark = (found[index].mark or "handwriting") if state == "signed" else None
                found[index] = replace(found[index], state=state, mark=mark, reviewed=one.reviewed)
            else:
                document = next(document for document in documents if document.first <= page <= document.last)
                box, mark = target.box or WHOLE_PAGE, "handwriting" if state == "signed" else None
                found.append(
                    Signature(document.id, target.role, state, mark, page, box, target.raw, reviewed=one.reviewed)
                )
    return tuple(found)


def reviewed_profile(
    profile: Profile, papers: Sequence[Paper], dates: Sequence[DateFact], corrections: Sequence[PlacedCorrection]
) -> Profile:
    """Apply what people said of kind, stage and entry; what follows from them is worked out anew."""
    said = {one.correction.kind: one.correction for one in corrections}
    kind_why, stage_why, entry_why, regime_why = profile.basis
    kind, stage, entry, regime = profile.case_kind, profile.stage, profile.entry, profile.regime
    if "case_kind" in said:
        kind, kind_why = said["case_kind"].value, f"案件类别: {_by(said['case_kind'])}"
        stage, stage_why = case_stage(papers, kind)
    if "stage" in said:
        stage, stage_why = said["stage"].value, f"阶段: {_by(said['stage'])}"
    if "entry" in said:
        entry, entry_why = said["entry"].value, f"受理方式: {_by(said['entry'])}"
        regime, regime_why = case_regime(dates, entry)
    return Profile(kind, stage, entry, regime, (kind_why, stage_why, entry_why, regime_why))


def _by(correction: Correction) -> str:
    return f"评估员 {correction.author} 更正"


def _same(facts: Sequence[_Fact], page: int, correction: Correction) -> int | None:
    """Index of the fact that a correction is about; None where it is not there any more."""
    target = correction.target
    known = [
        (_alike(fact, target.raw), _shared(fact.box, target.box), -index)
        for index, fact in enumerate(facts)
        if fact.page == page and fact.role == target.role
    ]
    best = max(known, default=None)
    if best is None or not (best[0] or best[1] >= _SAME):
        return None
    return -best[2]


def _alike(fact: DateFact | Misdate | Signature, raw: str) -> bool:
    if isinstance(fact, Signature):
        return False  # whose name was read there is no help: it may have been nobody's
    return (fact.text if isinstance(fact, Misdate) else fact.raw) == raw != ""


def _shared(one: Box, other: Box | None) -> float:
    """What two boxes share of what they cover together; 0 where there is only one."""
    if other is None:
        return 0.0
    shared = one.overlap(other)
    whole = one.width * one.height + other.width * other.height - shared
    return shared / whole if whole > 0 else float(one == other)


def _within(box: Box, slot: Box) -> bool:
    """Whether one is mostly the other."""
    least = min(box.width * box.height, slot.width * slot.height)
    return least > 0 and box.overlap(slot) / least >= 0.5
