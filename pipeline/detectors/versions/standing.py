"""How a file's printed forms stand at their dates: by the law's register of generations and by the pack's own."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.casefile import DateFact, Document, Evidence
from pipeline.detectors.base import Answer, Flag, Lawful, Pass, Unsure
from pipeline.detectors.view import CaseView
from pipeline.law.forms import form
from pipeline.packs.pack import Pack

_AID_DATES = (
    "application",
    "approval",
    "decision",
    "assignment",
    "agreement",
    "closing",
    "closing_report",
    "evaluation",
)


@dataclass(frozen=True, slots=True)
class Version:
    """A printed form whose generation is known: until when it was right to use, and until when it was tolerated."""

    document: Document
    reason: str
    basis: str
    valid_to: dt.date
    grace_to: dt.date
    date: dt.date | None
    evidence: tuple[Evidence, ...]


def versions(case: CaseView, rule: str) -> Iterator[Version]:
    """Every form of the file of which a generation is known that this rule (VER901 or VER902) speaks of."""
    seen: set[str] = set()
    for one in case.case.forms:
        known = form(one.form)
        if known is None or known.rule != rule or not _asked_for(case.pack, known.id, known.default):
            continue
        document = case.case.document(one.document)
        seen.add(document.id)
        signs = (*one.cites, *one.words)[:3]
        date, place = (one.date, one.dated) if one.date else _own_date(case, document)
        evidence = (*(signs or (case.whole(document),)), *((place,) if place else ()))
        yield Version(document, known.reason, known.basis, known.valid_to, known.grace_to, date, evidence)
    for registered in case.pack.forms:
        if registered.rule != rule:
            continue
        for document in case.case.documents:
            fits = document.type in registered.types or "*" in registered.types
            match = re.search(registered.print, case.text_of(document)) if fits else None
            if match is None or document.id in seen:
                continue
            seen.add(document.id)
            date, place = _own_date(case, document)
            yield Version(
                document,
                registered.reason,
                registered.basis,
                registered.valid_to,
                registered.grace_to or registered.valid_to,
                date,
                (case.whole(document, match[0]), *((place,) if place else ())),
            )


def answer_on(case: CaseView, version: Version) -> Answer:
    """How a form stands: out of date, within the grace period, right at its date, or of a date that nobody read."""
    document = version.document
    place = f"{document.title} (第{document.first}页)"
    until = f"有效至{version.valid_to.isoformat()}, 过渡期至{version.grace_to.isoformat()}"
    if version.date is None:
        latest = max((date.value for date in case.dates(*_AID_DATES) if date.certain), default=None)
        if latest is not None and latest <= version.valid_to:
            return Pass(f"{place} 全案日期都在该格式有效期内 ({until})")
        return Unsure(f"{place} {version.reason}, 但其日期未能读出, 请人工看", tuple(document.pages))
    day = version.date.isoformat()
    if version.date <= version.valid_to:
        return Pass(f"{place} {day} 时该格式有效 ({until})")
    if version.date <= version.grace_to:
        return Lawful(f"{place} {day}, 在过渡期内 ({until})", "note", document.id, (document.first,))
    return Flag(
        f"{place} {day}: {version.reason} ({until}; {version.basis or '以规则包登记为准'})",
        evidence=version.evidence,
        document=document.id,
        document_type=document.type,
        confidence=0.88,
    )


def _asked_for(pack: Pack, form_id: str, default: bool) -> bool:
    return form_id in pack.forms_on or (default and form_id not in pack.forms_off)


def _own_date(case: CaseView, document: Document) -> tuple[dt.date | None, Evidence | None]:
    """The last certain date that a document bears as its own."""
    own: list[DateFact] = [date for date in case.case.dates if date.document == document.id and date.certain]
    if not own:
        return None, None
    last = max(own, key=lambda date: (date.page, date.box.y0))
    return last.value, last.evidence
