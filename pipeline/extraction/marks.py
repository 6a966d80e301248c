"""Signatures in their slots, and official seals: a first honest version from labels, lines and coloured marks.

A signature slot is where a form prints whose name belongs there ("申请人（签字）："). It is *signed* where text, pen
strokes or a fingerprint stand behind the label, *blank* where the place is empty and the page was read well, and
*unclear* otherwise. Seals are the marks that ocr/marks.py saw, on the documents they stand on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.casefile import Box, Document, Mark, Page, Seal, Signature, SignatureMark, SignatureState
from pipeline.extraction.readings import PlacedRow
from pipeline.text.dates import find_dates

_BY_HAND = r"(?:签名|签字|签章|盖章|捺指印|捺印|手印)(?:[、或]?(?:盖章|捺指印|捺印|指印))?"
_SIGN = (
    rf"(?:(?:\((?:{_BY_HAND})\))?(?:{_BY_HAND})?(?:\((?:{_BY_HAND})\))?\s*[:：]"
    # In a table the label fills a cell of its own and has no colon behind it.
    rf"|\((?:{_BY_HAND})\)|(?:{_BY_HAND})(?=\s|$))"
)
_NARROW = str.maketrans("（）：〔〕［］﹕", "():()():")
"""One character to one character, so that places in a row's text stay true."""
# Signer roles by what the form prints before the slot, most telling first (contract.md, Signer roles).
_LABELS: tuple[tuple[str, str], ...] = (
    ("guardian", r"(?:法定代理人|监护人|代理申请人|代申请人)"),
    ("applicant", r"(?:申请人|承诺人|声明人)"),
    ("recipient", r"(?:受援人|(?:本|其)人(?=\s*\(?签)|甲方|委托人|答辩人|具状人|被谈话人|被约见人|当事人|原告)"),
    ("suspect", r"(?:被会见人|犯罪嫌疑人|被告人|被拘留人|被逮捕人|被取保候审人|嫌疑人|具结人|被告知人|被讯问人)"),
    ("reviewer", r"(?:初审人?|审查人|审核人)"),
    ("approver", r"(?:负责人|审批人|批准人)"),
    ("lawyer", r"(?:[会承]\w律师|承办人|法律援助人员?|辩护人|\w{0,2}代理人|(?:值班)?律师|阅卷人|谈话人|会见人)"),
    ("clerk", r"(?:记录人|书记员|立卷人)"),
    ("judge", r"(?:审判长|审判员)"),
    ("arbitrator", r"(?:首席仲裁员|仲裁员)"),
    ("mediator", r"(?:调解员)"),
    ("officer", r"(?:办案民警|侦查员|侦查人员|办案人|办案人员|民警)"),
    ("prosecutor", r"(?:检察员|检察官|公诉人)"),
    ("evaluator", r"(?:评估人|评查人|评估师)"),
    ("addressee", r"(?:受送达人)"),
    ("witness", r"(?:见证人|证人)"),
)  # fmt: skip
_FIXED_ROLES = {
    # In these documents the same label means another role: the man in charge of a firm is no approver there.
    "closing_report": {"approver": "handler", "lawyer": "handler"},
    "court_service_return": {"recipient": "addressee"},
    "plea_affidavit": {"recipient": "suspect"},
    "client_interview": {"suspect": "recipient"},
    "feedback_form": {"applicant": "recipient"},
    "aid_application": {"recipient": "applicant"},
    "hearing_record": {"suspect": "recipient", "arbitrator": "judge"},
}
_WANTED: dict[str, tuple[str, ...]] = {
    "aid_application": ("applicant", "guardian"),
    "hardship_statement": ("applicant",),
    "approval_form": ("reviewer", "approver"),
    "authority_rights_notice": ("suspect",),
    "lawyer_rights_notice": ("lawyer",),
    "recipient_rights_notice": ("recipient", "guardian"),
    "litigation_risk_notice": ("recipient",),
    "aid_agreement": ("recipient", "lawyer"),
    "power_of_attorney": ("recipient",),
    "client_interview": ("recipient", "lawyer", "clerk"),
    "client_talk": ("recipient", "lawyer", "clerk"),
    "file_reading_record": ("lawyer",),
    "defence_statement": ("lawyer",),
    "representation_statement": ("lawyer",),
    "legal_opinion": ("lawyer",),
    "situation_note": ("lawyer",),
    "detention_warrant": ("suspect",),
    "arrest_warrant": ("suspect",),
    "bail_decision": ("suspect",),
    "apprehension_account": ("officer",),
    "plea_affidavit": ("suspect", "lawyer"),
    "hearing_record": ("recipient", "judge", "clerk", "lawyer"),
    "closing_report": ("handler", "reviewer"),
    "feedback_form": ("recipient",),
    "quality_evaluation_form": ("evaluator",),
    "court_service_return": ("addressee",),
    "answer": ("recipient",),
    "civil_complaint": ("recipient",),
}


def seals_of(document: Document, pages: Sequence[Page]) -> tuple[Seal, ...]:
    """The official seals on a document's pages."""
    return tuple(
        Seal(document.id, number, mark.box, mark.text)
        for number in document.pages
        for mark in pages[number - 1].content.marks
        if mark.kind == "seal"
    )


def signatures_of(document: Document, rows: Sequence[PlacedRow], pages: Sequence[Page]) -> tuple[Signature, ...]:
    """One entry for every signature slot of a document that must be signed (doctypes.csv: signer roles)."""
    wanted = _WANTED.get(document.type, ())
    found: list[Signature] = []
    more: list[Signature] = []
    for place in rows:
        for role, start, end in _labels_in(place.text.translate(_NARROW), document.type):
            if role in wanted and _is_slot(place, start, end):
                found.append(_read_slot(document, role, place, end, pages[place.page - 1]))
                more.extend(_more_signers(found[-1], place))
    return (*_one_per_slot(found), *more)


def _labels_in(text: str, kind: str) -> list[tuple[str, int, int]]:
    hits: list[tuple[str, int, int]] = []
    for role, label in _LABELS:
        for match in re.finditer(label + r"\s*" + _SIGN, text):
            if not any(start < match.end() and match.start() < end for _, start, end in hits):
                hits.append((_FIXED_ROLES.get(kind, {}).get(role, role), match.start(), match.end()))
    if kind == "closing_report":
        # A label cell broken over two lines ("法律援助人 / 员签字") shows as a name and a date behind its first half.
        for match in re.finditer(r"(?:法律援助人员?|承办人|承办律师)\s+(?=[\u4e00-\u9fff·]{2,4}\s+\W?\d{4}年)", text):
            if not any(start < match.end() and match.start() < end for _, start, end in hits):
                hits.append(("handler", match.start(), match.end()))
    return hits


def _is_slot(place: PlacedRow, start: int, end: int) -> bool:
    """A label in the head names a person ("会见人：张三", "张三律师："); a slot says 签 or stands near the close."""
    label = place.text[start:end]
    if re.search(r"[签捺章印]", label):
        return True
    head = place.row.box.centre[1] < 0.3 and place.index < 8 and not label.startswith("阅卷人")
    running = len(place.text) - end > 26
    return not head and not running


def _read_slot(document: Document, role: str, place: PlacedRow, end: int, page: Page) -> Signature:
    text = place.text
    rest = text[end:]
    dates = find_dates(rest)
    cut = min([date.start for date in dates], default=len(rest))
    next_label = re.search(r"[\u4e00-\u9fff]{2,6}\s*[(（]?(?:签|盖)[^::]{0,6}[)）]?\s*[:：]", rest)
    if next_label:
        cut = min(cut, next_label.start())
    name = re.sub(r"[\W\d_]", "", rest[:cut])
    box = _place_behind(place, end, page)
    prints = [mark for mark in page.content.marks if mark.kind == "fingerprint" and _touches(mark.box, box)]
    stamps = [mark for mark in page.content.marks if mark.kind == "name_seal" and _touches(mark.box, box)]
    strokes = [mark for mark in page.content.marks if mark.kind == "ink" and _touches(mark.box, box)]
    state, mark = _state(name, place, prints, stamps, strokes, page, document.type)
    return Signature(document.id, role, state, mark, place.page, box, name[:4])


def _more_signers(first: Signature, place: PlacedRow) -> list[Signature]:
    """A second officer or assessor who signs beside the first, behind one label."""
    if first.role not in ("officer", "arbitrator", "mediator") or first.state != "signed":
        return []
    names = [line for line in place.row.lines if re.fullmatch(r"[\u4e00-\u9fff·]{2,4}", line.text.strip())]
    return [
        replace(first, box=line.box, name=line.text.strip()) for line in names if line.text.strip() not in first.name
    ]


def _state(
    name: str, place: PlacedRow, prints: list[Mark], stamps: list[Mark], strokes: list[Mark], page: Page, kind: str
) -> tuple[SignatureState, SignatureMark | None]:
    if stamps:
        return "signed", "name_seal"
    hand = max((line.hand for line in place.row.lines if line.hand is not None), default=None)
    printed_kind = kind in ("defence_statement", "representation_statement", "legal_opinion")
    if name and (not printed_kind or (hand is not None and hand > 0.5)):
        return "signed", "handwriting"
    if strokes:
        return "signed", "handwriting"
    if prints:
        return "signed", "fingerprint"
    if name and printed_kind:
        return ("blank", None) if hand is not None and hand < 0.3 else ("unclear", None)
    return ("blank", None) if page.content.quality.grade in ("good", "fair") else ("unclear", None)


def _place_behind(place: PlacedRow, end: int, page: Page) -> Box:
    """Where the signature should stand: behind the label, about the width of a written name."""
    box = place.row.box
    share = end / max(1, len(place.text))
    left = box.x0 + box.width * share
    return Box(left, box.y0, min(1.0, max(left + 0.18, left + 0.02)), box.y1).grown(0.0, 0.015)


def _touches(one: Box, other: Box) -> bool:
    return one.overlap(other) > 0


def _one_per_slot(found: list[Signature]) -> tuple[Signature, ...]:
    """One reading of a slot that two lines touch, the signed one first."""
    kept: list[Signature] = []
    for signature in sorted(found, key=lambda one: one.state != "signed"):
        if not any(_same_slot(signature, other) for other in kept):
            kept.append(signature)
    return tuple(sorted(kept, key=lambda one: (one.page, one.box.y0, one.box.x0)))


def _same_slot(one: Signature, other: Signature) -> bool:
    shared = min(one.box.y1, other.box.y1) - max(one.box.y0, other.box.y0)
    level = shared > 0.5 * min(one.box.height, other.box.height)
    near = level and abs(one.box.x0 - other.box.x0) < 0.12
    return near and (one.page, one.role) == (other.page, other.role)
