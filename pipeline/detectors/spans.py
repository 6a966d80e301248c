"""The two dates between which a time limit runs in a case, and what stops or excuses it (T01 T02 T03 T07 T13 T14)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.casefile import DateFact
from pipeline.detectors.base import Answer, Lawful, Pass, Unsure
from pipeline.detectors.order import approval_of, day, first_provided
from pipeline.detectors.stages import own_assignments, own_stage
from pipeline.detectors.view import CaseView

_OBJECTIVE = re.compile(
    r"(受援人|客观|疫情|羁押|在押|看守所|住院|外出|失联|无法联系)[^。.;]{0,16}(原因|未能|无法|不能|推迟|延期)"
)
_DETAINED = re.compile(r"看守所|羁押|监室")


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when. `stopped`: days in between that do not count. `excuse`: why running over is lawful here.

    `doubt`: why running over cannot be told here, with the pages to look at (a receipt stamp that is not there).
    """

    limit: str
    start: DateFact
    end: DateFact
    stopped: int = 0
    excuse: Lawful | None = None
    doubt: Unsure | None = None

    @property
    def runs_from(self) -> dt.date:
        return self.start.value + dt.timedelta(days=self.stopped)


def spans(case: CaseView) -> Iterator[Span | Answer]:
    """Every limit that can be measured in the case, and the answers of those that cannot be or need not be."""
    for build in _BUILDERS:
        yield from build(case)


def _application(case: CaseView) -> Iterator[Span | Answer]:
    """T01: from the application, or its receipt by the agency, to the approval; 补正 time does not count (LA11)."""
    approval, _ = approval_of(case)
    applied = own_stage(case, case.dates("application"))
    if case.by_notice or approval is None or not applied:
        return
    # Passed on by a detention centre or another agency, the application is received later than it was signed.
    received = [date for date in case.dates("application_received", "referral") if date.certain]
    start = max([min(applied, key=_value), *received], key=_value)
    if approval.value < start.value:
        return
    excuse: Lawful | None = first_provided(case)
    doubt: Unsure | None = None
    stopped = 0
    for notice in case.of_type("supplement_notice"):
        asked = [date for date in case.dates("supplement") if date.document == notice.id]
        given = [date for date in case.dates("supplemented") if date.document == notice.id]
        told = [*asked, *given]
        if len(told) >= 2 and all(date.certain for date in told) and given[-1].value >= asked[0].value:
            stopped += (given[-1].value - asked[0].value).days
        elif given or not asked:
            doubt = Unsure(f"补充材料的起止日期 (第{notice.first}页) 未能确认, 不能断定审查是否超期", (notice.first,))
        else:
            why = f"{notice.title} (第{notice.first}页, {day(asked[0])}): 补正时间不计入, 补齐日期卷内未载"
            excuse = excuse or Lawful(why, "LA11", notice.id, (notice.first,))
    yield Span("T01", start, approval, stopped, excuse, doubt)
    if stopped:
        notice = case.of_type("supplement_notice")[0]
        why = f"{notice.title} (第{notice.first}页): 补正 {stopped} 日不计入审查期限"
        yield Lawful(why, "LA11", notice.id, (notice.first,))


def _decision(case: CaseView) -> Iterator[Span | Answer]:
    """T02: from the decision to the first assignment of the own stage; a later one is a change of lawyer (LA05)."""
    approval, _ = approval_of(case)
    if case.by_notice or approval is None:
        return
    decided = [
        date for date in own_stage(case, case.dates("decision")) if date.certain and date.value >= approval.value
    ]
    start = max([approval, *decided], key=_value)
    own, _ = own_assignments(case, approval)
    later = [date for date in own if date.value >= start.value]
    if not own or (own[0].certain and own[0].value < start.value) or not later:
        return
    yield Span("T02", start, later[0])
    if len(own) > 1 and case.of_type("reassignment_notice", "reassignment_approval"):
        yield Lawful(
            f"第{own[-1].page}页为更换承办人后的指派, 期限以首次指派计", "LA05", own[-1].document, (own[-1].page,)
        )


def _notified(case: CaseView) -> Iterator[Span | Answer]:
    """T03: from the receipt stamp on the organ's notice to the assignment; without a stamp nobody can tell."""
    assigned = sorted(own_stage(case, case.dates("assignment")), key=_value)
    if not case.by_notice or not assigned:
        return
    stamped = sorted(own_stage(case, case.dates("notice_received")), key=_value)
    written = sorted(own_stage(case, case.dates("notice")), key=_value)
    starts = stamped or written
    if not starts:
        return
    start = starts[0]
    later = [date for date in assigned if date.value >= start.value]
    if not later:
        return
    doubt = None
    if not stamped:
        doubt = Unsure("通知公函上没有读到收文日期, 不能断定指派是否超期, 请人工核对收文章", (start.page,))
    yield Span("T03", start, later[0], doubt=doubt)


def _agreement(case: CaseView) -> Iterator[Span | Answer]:
    """T07: from the assignment of the lawyer who signed to the agreement, else to the power of attorney."""
    signed = sorted(case.dates("agreement") or case.dates("power_of_attorney"), key=_value)
    assigned = sorted(case.dates("assignment", "reassignment"), key=_value)
    if case.by_notice or not signed or not assigned:
        return
    end = signed[0]
    before = [date for date in assigned if date.value <= end.value]
    if not before:
        return
    start = before[-1]
    yield Span("T07", start, end, excuse=_objective(case, end))
    if start.value > assigned[0].value:
        why = f"更换承办人后的指派 {day(start)} (第{start.page}页), 签订协议的期限从更换之日起算"
        yield Lawful(why, "LA05", start.document, (start.page,))


def _objective(case: CaseView, end: DateFact) -> Lawful | None:
    """令148§27: reasons of the client's or other objective ones excuse; so does a client in custody met only then."""
    for document in case.of_type("situation_note", "aid_agreement", "work_log"):
        match = _OBJECTIVE.search(case.text_of(document))
        if match:
            why = f"{document.title} (第{document.first}页) 说明“{match[0]}”, 客观原因除外"
            return Lawful(why, "note", document.id, (document.first,))
    met = min(case.dates("interview"), key=_value, default=None)
    if case.criminal and met is not None and met.value >= end.value:
        record = case.case.document(met.document)
        if _DETAINED.search(case.text_of(record)[:160]):
            why = f"受援人在押, 首次会见 {day(met)} (第{met.page}页) 时签订, 属客观原因"
            return Lawful(why, "note", record.id, (met.page,))
    return None


def _closing(case: CaseView) -> Iterator[Span | Answer]:
    """T13: from the closing to the report that hands in the papers; T14: from there to the subsidy's approval."""
    reported = sorted(case.dates("closing_submitted") or case.dates("closing_report"), key=_value)
    closed = [date for date in case.dates("closing") if reported and date.value <= reported[0].value]
    if closed:
        # Cover and report may give two days: the later one counts for the lawyer.
        yield Span("T13", max(closed, key=_value), reported[0])
    paid = sorted(case.dates("subsidy"), key=_value)
    if paid and reported and paid[-1].value >= reported[-1].value:
        yield Span("T14", reported[-1], paid[-1])


def _value(date: DateFact) -> dt.date:
    return date.value


_BUILDERS: tuple[Callable[[CaseView], Iterator[Span | Answer]], ...] = (
    _application,
    _decision,
    _notified,
    _agreement,
    _closing,
)


def in_time(span: Span, limit: str) -> Pass:
    """What is said of a limit that was kept."""
    return Pass(f"{span.limit}: {day(span.start)} 至 {day(span.end)}, 未超过{limit}")
