"""On which printed form a document stands, and of what generation: by its title, the laws its print cites, its words.

Only what the form itself prints counts. What was filled in, an applicant's reasons or a lawyer's account that happens
to cite a law, says nothing about the form.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.casefile import Document, Evidence, FormVersion, Line, Page, Slot
from pipeline.extraction.readings import PlacedRow, SeenDate, dates_in
from pipeline.law.forms import Form, forms
from pipeline.text.normalise import fold, fold_with_places

LEGAL_AID_FORMS = frozenset(
    {
        "aid_application", "hardship_certificate", "hardship_statement", "application_mandate", "application_receipt",
        "supplement_notice", "approval_form", "aid_decision", "aid_refusal", "aid_service_return", "assignment_notice",
        "reassignment_approval", "reassignment_notice", "aid_letter", "detention_visit_letter", "referral_letter",
        "aid_termination", "recipient_rights_notice", "lawyer_rights_notice", "litigation_risk_notice", "aid_agreement",
        "power_of_attorney", "closing_report", "feedback_form", "quality_evaluation_form", "subsidy_approval",
        "intake_record", "form_stub", "blank_form",
    }
)  # fmt: skip
"""Types of documents that legal-aid centres print, sets of forms of the ministry and their own."""
_STATUTES = re.compile(r"(?:中华人民共和国|国务院|[\u4e00-\u9fff]{2,3}[省市区])?法律援助(?:条例|法(?!律))")
_WORDS = re.compile(r"承办人(?!员)|受援中心|中心\(处\)|法律援助人员|本机构|诚信承诺|状况说明|状况证明|困难证明")
_MARKS = re.compile(
    r"\(?(?:19|20)\d\d年?(?:\d{1,2}月)?\W{0,2}(?:试行|修订|修正|版|印制|印|制|启用)\)?|(?:试行|修订|第.版)\W{0,3}(?:19|20)\d\d年?"
)
_FILLED_IN = re.compile(r"理由|案情|事实|经过|小结|过程|情况|原因|内容|简介|建议|体会")
_NO_SIGNING = re.compile(
    r"(出生|生于|有效期?|期限|到期|截止|届满|起至|至|案发|入职|指派|结案|办结|收案|立案|申请日期)\W*(日期|年月日|时间)?\W*$"
)
_HEAD = 8
"""Rows among which the title stands."""


@dataclass(frozen=True, slots=True)
class _Print:
    """A line of the form's print in the document's running text, folded; `start` is where it begins there."""

    page: int
    line: Line
    start: int
    places: tuple[int, ...]


def form_of(
    document: Document, rows: Sequence[PlacedRow], pages: Sequence[Page], slots: Sequence[Slot], as_of: dt.date
) -> FormVersion | None:
    """The form that a document stands on, with what tells its generation; None for what is no form of legal aid.

    `slots`: the document's own. `as_of`: the run's date, after which no date is taken for certain.
    """
    if document.type not in LEGAL_AID_FORMS:
        return None
    text, lines = _printed(rows, slots)
    title = fold(document.title) + "|" + "|".join(fold(place.text) for place in rows[:_HEAD] if len(place.text) < 30)
    cites = tuple(_found(_STATUTES, text, lines))
    words = (*_found(_WORDS, text, lines), *_found(_MARKS, text, lines))
    known = next((one for one in forms() if _fits(one, document.type, title, text)), None)
    signed = _signed(dates_in(rows, pages, as_of), rows) if known is not None else None
    return FormVersion(
        document.id,
        known.id if known is not None else "",
        cites,
        words,
        signed.value if signed is not None else None,
        Evidence(signed.place.page, signed.box, signed.raw) if signed is not None else None,
    )


def _fits(form: Form, kind: str, title: str, text: str) -> bool:
    if form.types == ("*",):
        if kind == "quality_evaluation_form":
            return False  # these have generations of their own
    elif kind not in form.types:
        return False
    if form.title is not None and not form.title.search(title):
        return False
    if form.print is not None and not form.print.search(text):
        return False
    return not (form.unless is not None and form.unless.search(title if form.print is None else text))


def _printed(rows: Sequence[PlacedRow], slots: Sequence[Slot]) -> tuple[str, list[_Print]]:
    """The running text of a form without what was written into its large cells, and its lines there."""
    filled = [slot for slot in slots if slot.state == "filled" and _FILLED_IN.search(slot.label) and _is_own(slot)]
    text, lines = "", []
    for place in rows:
        for line in place.row.lines:
            x, y = line.box.centre
            if any(
                slot.page == place.page and slot.box.x0 <= x <= slot.box.x1 and slot.box.y0 <= y <= slot.box.y1
                for slot in filled
            ):
                continue
            folded, places = fold_with_places(line.text)
            lines.append(_Print(place.page, line, len(text), places))
            text += folded
    return text, lines


def _is_own(slot: Slot) -> bool:
    """Opinions and declarations are printed in the form as often as not: 审查意见, 本人声明."""
    return not re.search(r"意见|声明|承诺|须知|说明", slot.label)


def _found(pattern: re.Pattern[str], text: str, lines: Sequence[_Print]) -> Iterator[Evidence]:
    """Every place where the print says it; one that a line break cuts in two stands where it begins."""
    for match in pattern.finditer(text):
        at = max((one for one in lines if one.start <= match.start()), key=lambda one: one.start)
        length = max(1, len(at.line.text))
        first = at.places[match.start() - at.start]
        last = at.places[min(len(at.places), match.end() - at.start) - 1] + 1
        yield Evidence(at.page, at.line.box.part(first / length, last / length), match.group())


def _signed(dates: Sequence[SeenDate], rows: Sequence[PlacedRow]) -> SeenDate | None:
    """The date that a form bears: the last certain one that is no date of something it speaks of."""
    signed = [
        date
        for date in dates
        if date.certain
        and date.value is not None
        and not date.stamped
        and not _NO_SIGNING.search(re.sub(r"\s+", "", date.before))
        and (date.alone or date.place.index >= len(rows) // 3)
        and len(re.sub(r"\W", "", date.after)) < 12
    ]
    return signed[-1] if signed else None
