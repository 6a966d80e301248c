"""Orders among the papers of the aid itself, from application to closing (D01–D08, D18, D20, D22)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipeline.casefile import DateFact
from pipeline.detectors.base import Lawful
from pipeline.detectors.chain import (
    Pair,
    aid_excuses,
    approval,
    at_the_window,
    by_other_hands,
    earlier_assignment,
    first_assignments,
    hearings,
    own,
)
from pipeline.detectors.order import day, first_provided
from pipeline.detectors.roles import named
from pipeline.detectors.view import CaseView


def aid_orders(case: CaseView) -> Iterator[Pair]:
    """Every order of the aid's own dates that the case has both sides of."""
    for build in _BUILDERS:
        for pair in build(case):
            if pair.earlier and pair.later:
                yield pair


def _applied(case: CaseView) -> Iterator[Pair]:
    """D01: application before review and approval."""
    if case.by_notice:
        return
    applied = own(case, "application")
    for role in ("review", "approval"):
        yield Pair("D01", applied, own(case, role), excuses=aid_excuses(case))


def _reviewed(case: CaseView) -> Iterator[Pair]:
    """D02: on one form the review is signed before the approval."""
    for form in case.of_type("approval_form"):
        sides = [tuple(one for one in case.dates(role) if one.document == form.id) for role in ("review", "approval")]
        yield Pair("D02", sides[0], sides[1])


def _decided(case: CaseView) -> Iterator[Pair]:
    """D03: approval before the decision that tells of it."""
    first = first_provided(case)
    if not case.by_notice:
        yield Pair("D03", approval(case), own(case, "decision"), excuses=(first,) if first else ())


def _notified(case: CaseView) -> Iterator[Pair]:
    """D05: the organ's notice before the assignment."""
    if case.by_notice:
        received = own(case, "notice_received") or own(case, "notice")
        yield Pair("D05", received, own(case, "assignment"))


def _met(case: CaseView) -> Iterator[Pair]:
    """D06: assignment before the first meeting; one that others held or another assignment covers is lawful."""
    assigned = first_assignments(case)
    for met in sorted(case.dates("interview"), key=lambda date: date.value):
        covered = earlier_assignment(case, met, assigned)
        others = by_other_hands(case, met) or _other_stage(case, met)
        excuses = (*((others,) if others else ()), *aid_excuses(case))
        yield Pair("D06", assigned, (met,), excuses=excuses, notes=(covered,) if covered else ())


def _other_stage(case: CaseView, met: DateFact) -> Lawful | None:
    """LA04: a record of another stage bound into the file, as it says or as its day shows."""
    if not case.criminal:
        return None
    if met.stage not in ("", case.profile.stage):
        return Lawful(f"会见 {day(met)} (第{met.page}页) 属其他阶段", "LA04", met.document, (met.page,))
    begins = {"trial": "indictment", "prosecution_review": "prosecution_received"}.get(case.profile.stage, "")
    begun = [date for date in case.dates(begins) if date.certain]
    if not begun or any(date.value <= met.value for date in begun):
        return None
    why = f"会见 {day(met)} (第{met.page}页) 在本阶段开始 ({named(case, begun[0])}) 之前, 属前一阶段"
    return Lawful(why, "LA04", met.document, (met.page,))


def _contracted(case: CaseView) -> Iterator[Pair]:
    """D07: assignment before agreement and power of attorney; the latter may be signed at the window (LA07)."""
    assigned = first_assignments(case)
    for role in ("agreement", "power_of_attorney"):
        for signed in case.dates(role):
            window = at_the_window(case, signed) if role == "power_of_attorney" else None
            excuses = (*((window,) if window else ()), *aid_excuses(case))
            covered = earlier_assignment(case, signed, assigned)
            yield Pair("D07", assigned, (signed,), excuses=excuses, notes=(covered,) if covered else ())


def _mandated(case: CaseView) -> Iterator[Pair]:
    """D08: power of attorney before the (last) hearing."""
    yield Pair("D08", own(case, "power_of_attorney"), hearings(case), about="earlier")


def _closed(case: CaseView) -> Iterator[Pair]:
    """D18, D20, D22: assignment before closing before the report before filing, evaluation and subsidy."""
    closed, reported = own(case, "closing"), own(case, "closing_report")
    yield Pair("D18", first_assignments(case), closed)
    yield Pair("D20", closed, reported)
    yield Pair("D20", reported, own(case, "archive"))
    yield Pair("D20", reported, own(case, "evaluation"))
    yield Pair("D22", own(case, "closing_submitted") or reported, own(case, "subsidy"))


_BUILDERS: tuple[Callable[[CaseView], Iterator[Pair]], ...] = (
    _applied,
    _reviewed,
    _decided,
    _notified,
    _met,
    _contracted,
    _mandated,
    _closed,
)
