"""A screened case → the JSON of the contract (`RUN/cases/<case_id>.json`, schema 1).

Keys and their order follow the contract; what it leaves open is added here and described in docs/output.md:

- `errors[]`: `code`, `advice`, `file_page` and `lost` ("file", "page" or "nothing") beside `page`, `file`, `message`;
- `notes[]`: same form, for what needs nobody's attention (a text layer replaced by OCR);
- `basis[]`: what kind, stage, entry and regime rest on;
- `pages[]`: `quality` {grade, confidence, reasons}, `width`, `height` (pixels of the upright image) and
  `marks[]` {kind, bbox, colour, text, score};
- `documents[]`: `evidence[]`, what the type rests on; `dates[]`: `source`; `signatures[]`: `name`;
- `catalogue[]`: the rows of the file's own 卷内目录; `alterations[]`: what was changed in it (listed.py);
- `corrections[]`: what people corrected; `reviewed` at the facts that they vouch for (corrected.py);
- `findings[]`: by severity times confidence; `key` (stable over re-runs), `passages[]` {similarity, copy, origin; in
  another case of the batch: `origin.case`}, `details.missing`.

What is not known is null; lists are never null. `bbox` is [x0, y0, x1, y1] in fractions of the upright page.
Pure: no clock, no path of the machine, floats rounded, so that equal input gives equal bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from pipeline.casefile import (
    Box,
    CaseFile,
    DateFact,
    Document,
    Evidence,
    FormVersion,
    Misdate,
    Page,
    People,
    Signature,
    Slot,
    SourceRecord,
)
from pipeline.outcomes import Consideration, Finding, MatchedPassage, Outcome
from pipeline.problems import CATALOGUE, Problem
from pipeline.summary.corrected import correction_json, reviewed_json
from pipeline.summary.listed import alteration_json, catalogue_json
from pipeline.summary.named import number_json, people_json, person_json
from pipeline.summary.ranking import ranked
from pipeline.summary.rows import page_text

SCHEMA = 1
DIGITS = 4
Status = Literal["screened", "partial", "failed"]

INFORMATIONAL = frozenset({"F122", "P206"})
"""Problems that ask nothing of anybody: they stand in `notes`, not in `errors`."""


def dump(case: dict[str, Any]) -> bytes:
    """Give the bytes of the case's JSON file: UTF-8, contract order, floats rounded to 4 decimals, a final newline.

    File names that are no valid Unicode survive as JSON escapes. Raises ValueError on NaN and infinity.
    """
    text = json.dumps(rounded(case), ensure_ascii=False, indent=1, allow_nan=False)
    return (text + "\n").encode("utf-8", errors="backslashreplace")


def case_json(case: CaseFile, outcomes: Sequence[Outcome], *, status: Status | None = None) -> dict[str, Any]:
    """Lay a case out as the contract's JSON; `status` is worked out from pages and problems unless it is given."""
    known = all_problems(case)
    profile = case.profile
    return _ordered(
        case.case_id,
        status or case_status(case),
        known,
        case.sources,
        case_kind=profile.case_kind or None,
        stage=profile.stage or None,
        entry=profile.entry or None,
        regime=profile.regime or None,
        basis=list(profile.basis),
        people=people_json(case.people),
        pages=[_page(page) for page in case.pages],
        documents=[_document(document) for document in case.documents],
        dates=[_date(date) for date in case.dates],
        misdates=[_misdate(date) for date in case.misdates],
        signatures=[_signature(signature) for signature in case.signatures],
        seals=[{"document": s.document, "page": s.page, "bbox": _bbox(s.box), "text": s.text} for s in case.seals],
        fingerprints=[{"document": f.document, "page": f.page, "bbox": _bbox(f.box)} for f in case.fingerprints],
        slots=[_slot(slot) for slot in case.slots],
        forms=[_form(form) for form in case.forms],
        persons=[person_json(person) for person in case.persons],
        numbers=[number_json(number) for number in case.numbers],
        catalogue=[catalogue_json(row) for row in case.catalogue],
        alterations=[alteration_json(one) for one in case.alterations],
        corrections=[correction_json(one) for one in case.corrections],
        findings=ranked([_finding(finding) for outcome in outcomes for finding in outcome.findings]),
        outcomes=[_outcome(outcome) for outcome in outcomes],
    )


def with_outcomes(case: dict[str, Any], outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Put outcomes in the place of those of the same rules, with their findings; the rest stays as it is."""
    findings = [_finding(finding) for outcome in outcomes for finding in outcome.findings]
    return given_outcomes(case, [_outcome(outcome) for outcome in outcomes], findings)


def given_outcomes(
    case: dict[str, Any], outcomes: Sequence[dict[str, Any]], findings: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    """Put outcomes and findings, laid out already, in the place of those of the same rules."""
    new = {outcome["rule"]: outcome for outcome in outcomes}
    kept = [finding for finding in case["findings"] if finding["rule"] not in new]
    told = [new.get(old["rule"], old) for old in case["outcomes"]]
    return case | {"findings": ranked([*kept, *findings]), "outcomes": told}


def failed_case_json(
    case_id: str, sources: Sequence[SourceRecord], problems: Sequence[Problem], *, rules: Sequence[str] = ()
) -> dict[str, Any]:
    """Give the contract's JSON of a case of which nothing could be read; each of `rules` (codes) is `unsure`."""
    why = "案卷未能读取, 无法判断"
    return _ordered(
        case_id,
        "failed",
        tuple(dict.fromkeys(problems)),
        sources,
        people=people_json(People()),
        outcomes=[{"rule": rule, "verdict": "unsure", "why": why} for rule in rules],
    )


def case_status(case: CaseFile) -> Status:
    """`failed` where no page could be read at all, `partial` where a file or page was lost, else `screened`."""
    readable = [page for page in case.pages if page.content.kind != "failed"]
    if not readable:
        return "failed"
    lost = len(readable) < len(case.pages) or any(_lost(p) != "nothing" for p in all_problems(case))
    return "partial" if lost else "screened"


def all_problems(case: CaseFile) -> tuple[Problem, ...]:
    """List the problems of the case and of its pages, each once, those of the pages with page and file filled in."""
    found = list(case.problems)
    for page in case.pages:
        for p in page.content.problems:
            found.append(Problem(p.code, p.message, p.advice, page.file, page.number, page.file_page))
    # A problem may be told by intake and again on the page it became: the one with a page number stands.
    paged = {(p.code, p.file, p.file_page) for p in found if p.page is not None}
    kept = [p for p in found if p.page is not None or p.file_page is None or (p.code, p.file, p.file_page) not in paged]
    return tuple(dict.fromkeys(kept))


def _ordered(
    case_id: str, status: Status, problems: Sequence[Problem], sources: Sequence[SourceRecord], **rest: Any
) -> dict[str, Any]:
    blank: dict[str, Any] = {
        "schema": SCHEMA,
        "case_id": case_id,
        "status": status,
        "errors": [_problem(p) for p in problems if p.code not in INFORMATIONAL],
        "notes": [_problem(p) for p in problems if p.code in INFORMATIONAL],
        "sources": [{"file": s.file, "sha256": s.sha256, "pages": s.pages} for s in sources],
        **dict.fromkeys(("case_kind", "stage", "entry", "regime")),
        "basis": [],
        "people": {},
        **{
            key: []
            for key in (
                "pages",
                "documents",
                "dates",
                "misdates",
                "signatures",
                "seals",
                "fingerprints",
                "slots",
                "forms",
                "persons",
                "numbers",
                "catalogue",
                "alterations",
                "corrections",
            )
        },
        "findings": [],
        "outcomes": [],
    }
    return blank | rest


def _misdate(date: Misdate) -> dict[str, Any]:
    return {
        "role": date.role,
        "text": date.text,
        "document": date.document,
        "page": date.page,
        "bbox": _bbox(date.box),
        "reason": date.reason,
        "certain": date.certain,
    }


def _lost(problem: Problem) -> str:
    kind = CATALOGUE.get(problem.code)
    return kind.fatal_for if kind else "nothing"


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "page": problem.page,
        "file": problem.file,
        "message": problem.message,
        "code": problem.code,
        "advice": problem.advice,
        "file_page": problem.file_page,
        "lost": _lost(problem),
    }


def _bbox(box: Box) -> list[float]:
    return [box.x0, box.y0, box.x1, box.y1]


def _page(page: Page) -> dict[str, Any]:
    content = page.content
    quality = content.quality
    return {
        "page": page.number,
        "file": page.file,
        "file_page": page.file_page,
        "kind": content.kind,
        "rotation": content.rotation,
        "text": page_text(content.lines),
        "quality": {"grade": quality.grade, "confidence": quality.confidence, "reasons": list(quality.reasons)},
        "width": content.width,
        "height": content.height,
        "marks": [
            {"kind": m.kind, "bbox": _bbox(m.box), "colour": m.colour, "text": m.text, "score": m.score}
            for m in content.marks
        ],
    }


def _document(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "type": document.type,
        "title": document.title,
        "pages": [document.first, document.last],
        "confidence": document.score,
        "evidence": list(document.evidence),
        **reviewed_json(document.reviewed),
    }


def _date(date: DateFact) -> dict[str, Any]:
    return {
        "role": date.role,
        "value": date.value.isoformat(),
        "document": date.document,
        "page": date.page,
        "bbox": _bbox(date.box),
        "raw": date.raw,
        "certain": date.certain,
        "source": date.source,
        "stage": date.stage,
        "person": date.person,
        "time": date.time,
        **reviewed_json(date.reviewed),
    }


def _form(form: FormVersion) -> dict[str, Any]:
    return {
        "document": form.document,
        "form": form.form,
        "cites": [_evidence(place) for place in form.cites],
        "words": [_evidence(place) for place in form.words],
        "date": form.date.isoformat() if form.date else None,
        "dated": _evidence(form.dated) if form.dated else None,
    }


def _slot(slot: Slot) -> dict[str, Any]:
    return {
        "document": slot.document,
        "page": slot.page,
        "bbox": _bbox(slot.box),
        "kind": slot.kind,
        "label": slot.label,
        "state": slot.state,
        "text": slot.text,
        "optional": slot.optional,
    }


def _signature(signature: Signature) -> dict[str, Any]:
    return {
        "document": signature.document,
        "role": signature.role,
        "state": signature.state,
        "mark": signature.mark,
        "page": signature.page,
        "bbox": _bbox(signature.box),
        "name": signature.name or None,
        **reviewed_json(signature.reviewed),
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {"page": evidence.page, "bbox": _bbox(evidence.box), "text": evidence.quote}


def _passage(passage: MatchedPassage) -> dict[str, Any]:
    return {
        "similarity": passage.similarity,
        "copy": _evidence(passage.copy),
        "origin": ({"case": passage.case} if passage.case else {}) | _evidence(passage.origin),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    details: dict[str, Any] = {}
    if finding.constraint:
        details["constraint"] = finding.constraint
    if finding.missing:
        details["missing"] = list(finding.missing)
    return {
        "rule": finding.rule,
        "circular_item": finding.circular_item,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "title": finding.title,
        "message": finding.message,
        "document": finding.document,
        "document_type": finding.document_type,
        "basis": finding.basis,
        "advice": finding.advice,
        "evidence": [_evidence(evidence) for evidence in finding.evidence],
        "details": details,
        "key": finding.key,
        "passages": [_passage(passage) for passage in finding.passages],
    }


def _weighed(weighed: Outcome | Consideration) -> dict[str, Any]:
    optional: Iterable[tuple[str, Any]] = (("document", weighed.document), ("pages", list(weighed.pages)))
    lawful = {"lawful": weighed.lawful} if weighed.lawful else {}
    return {
        "verdict": weighed.verdict,
        **lawful,
        "why": weighed.why,
        **{key: value for key, value in optional if value},
    }


def _outcome(outcome: Outcome) -> dict[str, Any]:
    considered = [_weighed(c) for c in outcome.considered]
    return {"rule": outcome.rule, **_weighed(outcome), **({"considered": considered} if considered else {})}


def rounded(value: Any) -> Any:
    """Round all floats in it as they stand in the file."""
    if isinstance(value, float):
        return round(float(value), DIGITS) + 0.0  # + 0.0 turns -0.0 into 0.0
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(item) for item in value]
    return value
