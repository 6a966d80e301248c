"""What the orders D01–D25 compare in a case: which of its dates stand on either side, and what excuses an inversion.

An order is broken where the first of the earlier side lies behind the last of the later side: several dates on a side
are readings of one event, sittings of one hearing or papers filed twice, and any pair in order clears it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.casefile import DateFact, Document
from pipeline.detectors.base import Lawful, Unsure
from pipeline.detectors.order import approval_of, day, first_provided, referred
from pipeline.detectors.stages import own_stage
from pipeline.detectors.view import CaseView

Dates = tuple[DateFact, ...]
_TOLD = {"detention": "detention_told", "arrest": "arrest_told", "bail": "bail_told", "indictment": "filed_told"}
_DUTY = re.compile(
    r"(人|律师|单位)[:][^问答:]{0,16}值班律师|(我|我们|本人)(是|系)[^问答.]{0,24}值班律师|法律帮助(会见|谈话)?(笔录|记录)"
)
_OTHERS_RECORD = re.compile(r"协作|受[^,.;]{2,20}委托.{0,6}(代为|协助)|委托我们?协助")
_JUDGED = re.compile(r"判决书|裁定书|调解书|裁决书|决定书")
_ENDING = re.compile(
    r"准许.{0,20}撤(回起|回上)?诉|按.{0,12}撤诉处理|终结|驳回(起诉|上诉)|维持原判|撤回(起诉|上诉|仲裁申请)"
)


@dataclass(frozen=True, slots=True)
class Pair:
    """One order as it stands in a case. `about`: the paper that a finding is on, "later" or "earlier"'s.

    `excuses`: lawful inversions that hold here, first one first. `notes`: what is lawful though the order is kept.
    """

    order: str
    earlier: Dates
    later: Dates
    about: Literal["earlier", "later"] = "later"
    excuses: tuple[Lawful, ...] = ()
    notes: tuple[Lawful, ...] = ()


def value(date: DateFact) -> dt.date:
    return date.value


def settled(case: CaseView, dates: Dates) -> Dates:
    """Dates of papers with those put in doubt that what other papers tell of the same event contradicts (LA15)."""
    return tuple(_settled(case, date) for date in dates)


def _settled(case: CaseView, date: DateFact) -> DateFact:
    told = [one.value for one in case.dates(_TOLD.get(date.role, "")) if one.certain and one.document != date.document]
    return replace(date, certain=False) if told and date.value not in told else date


def own(case: CaseView, *roles: str) -> Dates:
    """Dates of the file's own stage, in order of time."""
    return tuple(sorted(own_stage(case, settled(case, case.dates(*roles))), key=value))


def first_assignments(case: CaseView) -> Dates:
    """All assignments, first one first: those of earlier stages and lawyers begin the work that they cover."""
    return tuple(sorted(case.dates("assignment"), key=value))


def hearings(case: CaseView) -> Dates:
    """Days on which a hearing was held, by its record; a summons only plans one, which is held where a record is."""
    if not case.of_type("hearing_record"):
        return ()
    held = tuple(date for date in case.dates("hearing") if case.case.document(date.document).type == "hearing_record")
    return tuple(sorted(held or case.dates("hearing"), key=value))


def judgments(case: CaseView) -> Dates:
    """What ended the case: judgments, awards and mediation, rulings that end it; none from before the aid (LA09)."""
    begun = [date.value for date in case.dates("assignment", "application", "notice") if date.certain]
    found = []
    for date in case.dates("judgment"):
        document = case.case.document(date.document)
        if document.type == "ruling" and not _ENDING.search(case.text_of(document)):
            continue
        if begun and date.value < min(begun):
            continue
        found.append(date)
    return tuple(sorted(found, key=value))


def earlier_judgments(case: CaseView) -> Dates:
    """Judgments of an earlier instance, from before the aid (LA09)."""
    ended = judgments(case)
    return tuple(date for date in case.dates("judgment") if date not in ended)


def services(case: CaseView) -> Dates:
    """When a judgment was signed for: returns that serve something else do not count."""
    return tuple(
        sorted(
            (date for date in case.dates("service") if _JUDGED.search(case.text_of(case.case.document(date.document)))),
            key=value,
        )
    )


def by_other_hands(case: CaseView, record: DateFact) -> Lawful | None:
    """LA03, LA06: a record that a duty lawyer or another agency made."""
    document = case.case.document(record.document)
    text = case.text_of(document)
    where = f"{document.title} (第{document.first}页)"
    if _DUTY.search(text[:400]):
        return Lawful(f"{where} 系值班律师所为", "LA03", document.id, (document.first,))
    if _OTHERS_RECORD.search(document.title + text[:260]):
        return Lawful(f"{where} 系协作机构所为", "LA06", document.id, (document.first,))
    return None


def earlier_assignment(case: CaseView, work: DateFact, assigned: Sequence[DateFact]) -> Lawful | None:
    """LA04, LA05: an assignment before the work, of another stage or of the lawyer who was replaced."""
    covering = [date for date in assigned if date.value <= work.value]
    later = [date for date in assigned if date.value > work.value]
    if not covering or not later:
        return None
    changed = bool(case.of_type("reassignment_notice", "reassignment_approval"))
    lawful = "LA05" if changed or not case.criminal else "LA04"
    what = "原承办人" if lawful == "LA05" else "前一阶段"
    why = f"{day(work)} (第{work.page}页) 在{what}的指派 {day(covering[-1])} (第{covering[-1].page}页) 之后"
    return Lawful(why, lawful, work.document, (work.page,))


def at_the_window(case: CaseView, mandate: DateFact) -> Lawful | None:
    """LA07: a power of attorney signed with the application."""
    applied = [date for date in case.dates("application") if date.value <= mandate.value]
    if not applied:
        return None
    why = f"授权委托书 {day(mandate)} (第{mandate.page}页) 在申请 ({day(applied[0])}) 时签署"
    return Lawful(why, "LA07", mandate.document, (mandate.page,))


def aid_excuses(case: CaseView) -> tuple[Lawful, ...]:
    """LA01, LA06: work came before the papers, or another body began it."""
    return tuple(one for one in (first_provided(case), referred(case)) if one is not None)


def approval(case: CaseView) -> Dates:
    """The approval that the rules on the aid's own papers compare with."""
    found, _ = approval_of(case)
    return (found,) if found is not None else ()


def documents_of(case: CaseView, dates: Sequence[DateFact]) -> Iterator[Document]:
    """The papers that these dates stand on."""
    for date in dates:
        yield case.case.document(date.document)


def doubt(pair: Pair, what: str, shown: Sequence[DateFact]) -> Unsure:
    """Say that an order seems broken by a date that was not read for certain."""
    pages = tuple(sorted({date.page for date in shown}))
    listed = "、".join(f"第{date.page}页“{date.raw}”" for date in shown if not date.certain)
    return Unsure(f"{pair.order} {what}: 看来不符, 但{listed}未能确认, 请人工看日期", pages)
