"""Several assignments in one file kept apart: which belong to this case's own stage and approval (LA04, LA05)."""

from __future__ import annotations

import re

from pipeline.casefile import DateFact, Document
from pipeline.detectors.view import CaseView

_STAGE_WORDS: tuple[tuple[str, str], ...] = (
    ("investigation", r"侦查"),
    ("prosecution_review", r"审查起诉|检察"),
    ("trial", r"一审|二审|再审|审判|法院"),
)


def stage_named(case: CaseView, document: Document) -> str | None:
    """The one stage a document names, None where it names none or several."""
    text = case.text_of(document)
    named = [stage for stage, words in _STAGE_WORDS if re.search(words, text)]
    return named[0] if len(named) == 1 else None


def own_stage(case: CaseView, dates: tuple[DateFact, ...]) -> tuple[DateFact, ...]:
    """Dates without those on papers of another stage (copies bound into the file), unless all of them are."""
    if not case.criminal or len({date.document for date in dates}) < 2:
        return dates
    stages = {date.document: stage_named(case, case.case.document(date.document)) for date in dates}
    own = tuple(date for date in dates if stages[date.document] in (None, case.profile.stage))
    return own or dates


def own_assignments(
    case: CaseView, approval: DateFact
) -> tuple[tuple[DateFact, ...], tuple[tuple[DateFact, str], ...]]:
    """Assignments to compare with this file's approval, and those of an earlier stage with the reason.

    An assignment is another stage's where it names that stage and not the file's own, or carries another file's
    number while a later assignment carries the approval's. Without such a sign all of them count: a second one in the
    own stage is a change of lawyer (LA05), whose first assignment is the one to compare.
    """
    dates = sorted(case.dates("assignment"), key=lambda date: date.page)
    notices = case.of_type("assignment_notice")
    if len(notices) < 2:
        return tuple(dates), ()
    own: list[DateFact] = []
    other: list[tuple[DateFact, str]] = []
    serial = _number(case, case.case.document(approval.document))
    numbers = {notice.id: _number(case, notice) for notice in notices}
    for date in dates:
        document = case.case.document(date.document)
        stage = stage_named(case, document)
        foreign = serial and numbers.get(date.document) not in (None, serial) and serial in numbers.values()
        changed = bool(case.of_type("reassignment_notice", "reassignment_approval"))
        if case.criminal and stage is not None and stage != case.profile.stage:
            other.append((date, f"第{date.page}页为其他阶段的指派 (LA04)"))
        elif foreign and not changed:
            other.append((date, f"第{date.page}页指派通知书文号与本案审批不同, 属另一次指派 (LA04)"))
        else:
            own.append(date)
    if not own and {notice.id for notice in notices} - {date.document for date in dates}:
        # The own stage's notice is there, but its day was not read: another stage's does not stand in for it.
        return (), tuple(other)
    if not own:
        return tuple(dates[-1:]), tuple(other[:-1])
    return tuple(sorted(own, key=lambda date: (date.value, date.page))), tuple(other)


def _number(case: CaseView, document: Document) -> str | None:
    """The serial of a form's own number (援审字〔2022〕第81号 → 2022-81), to tell one file's forms from another's."""
    head = case.text_of(document)[:120]
    match = re.search(r"\(?(20\d\d)\)?[^\d]{0,12}第?0*(\d{1,4})号", head)
    return f"{match[1]}-{match[2]}" if match else None
