"""Pages → documents, decided over the whole file at once.

Every page either begins a document of some type or continues the one before; each choice earns points by the page's
title, its cues, the classifier, the page number within the document and the file's own catalogue. The best sequence
of choices is found by dynamic programming (Viterbi), so that one misread page does not tear a document apart.
A blank page is a document of its own wherever it lies (contract.md, Documents).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pipeline.casefile import CatalogueCheck, CatalogueRow, Document, Page
from pipeline.documents.classifier import classify
from pipeline.documents.listed import runs_on
from pipeline.documents.placement import Placement
from pipeline.documents.reconcile import reconcile
from pipeline.documents.signs import Signs, signs_of
from pipeline.documents.types import BLANK, EVIDENCE, OTHER, type_title
from pipeline.documents.volumes import volumes_of

TITLE = 6.0
"""A perfect, prominent title; the other points are worth a part of it."""
CUE = 0.6
CLASS = 2.2
UNTITLED = -2.6
UNSUPPORTED = 0.5
OTHERWISE_HEADED = -0.6
UNKNOWN_HEADING = -0.8
CATALOGUE_BEGINS = 2.4
CATALOGUE_WITHIN = 1.6
CONTINUE = 1.4
NUMBER_WITHIN = 2.5
MID_SENTENCE = 1.2
DIALOGUE = 1.4
LIST_RUNS_ON = 5.0


@dataclass(frozen=True, slots=True)
class Division:
    """The documents of a case and the catalogue they were checked against."""

    documents: tuple[Document, ...]
    catalogue: tuple[CatalogueRow, ...]
    placements: dict[int, Placement]
    check: CatalogueCheck = field(default_factory=CatalogueCheck)


@dataclass(frozen=True, slots=True)
class _Step:
    points: float
    kind: str
    begins: bool
    back: int


def divide(pages: Sequence[Page]) -> Division:
    """Divide a case into documents. Pages are all of the case's, in order; each ends up in exactly one document."""
    signs = _lists_run_on(_own_numbers([signs_of(page, classify(page)) for page in pages]))
    first = _documents(signs, {})
    if not any(document.type == "file_catalogue" for document in first):
        return Division(first, (), {})
    blank = frozenset(sign.page.number for sign in signs if sign.separator)
    found = volumes_of(first, pages, blank)
    rows, placements = found.rows, found.placements
    documents = _documents(signs, placements) if placements else first
    reconciled = reconcile(rows, documents, pages)
    return Division(documents, reconciled.rows, placements, reconciled.check)


def _own_numbers(signs: list[Signs]) -> list[Signs]:
    """Forget numbers at the foot that run through the whole file: they are the file's, not the documents'."""
    numbers = [sign.number_within for sign in signs if sign.number_within is not None]
    written = sum(not sign.separator for sign in signs)
    rising = sum(after > before for before, after in pairwise(numbers))
    if len(numbers) < max(6, 0.6 * written) or rising < 0.9 * (len(numbers) - 1):
        return signs
    return [replace(sign, number_within=None) for sign in signs]


def _lists_run_on(signs: Sequence[Signs]) -> list[Signs]:
    """Forget the titles of pages on which a list goes on from the page before: they are its rows."""
    done: list[Signs] = []
    before: Signs | None = None
    for sign in signs:
        if before is not None and not sign.separator and runs_on(before.rows, sign.rows):
            sign = replace(sign, titles=(), heading=None, runs_on=True)
        done.append(sign)
        before = before if sign.separator else sign
    return done


def _documents(signs: Sequence[Signs], placements: dict[int, Placement]) -> tuple[Document, ...]:
    written = [sign for sign in signs if not sign.separator]
    steps = _best_steps(written, placements)
    kinds = {sign.page.number: step for sign, step in zip(written, steps, strict=True)}
    spans: list[tuple[str, int, int]] = []
    for sign in signs:
        number = sign.page.number
        step = kinds.get(number)
        if step is None:
            spans.append((BLANK, number, number))
        elif step.begins or not spans or spans[-1][0] != step.kind:
            spans.append((step.kind, number, number))
        else:
            spans[-1] = (step.kind, spans[-1][1], number)
    spans = _fit_to_kind(spans)
    return tuple(
        _document(index, kind, first, last, signs, placements) for index, (kind, first, last) in enumerate(spans, 1)
    )


_CRIMINAL = frozenset({"client_interview", "indictment", "prosecution_opinion", "defence_statement", "defence_request"})
_OTHERS = frozenset(
    {"civil_complaint", "arbitration_application", "arbitral_award", "client_talk", "acceptance_notice"}
)


def _fit_to_kind(spans: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """An expert's opinion is a paper of the investigation in a criminal file and a party's evidence in any other."""
    kinds = {kind for kind, _, _ in spans}
    if kinds & _CRIMINAL or not kinds & _OTHERS:
        return spans
    return [(EVIDENCE if kind == "expert_opinion" else kind, first, last) for kind, first, last in spans]


def _best_steps(signs: Sequence[Signs], placements: dict[int, Placement]) -> list[_Step]:
    """The best choice for every page, by dynamic programming over (type, begins or continues)."""
    table: list[list[_Step]] = []
    for index, sign in enumerate(signs):
        place = placements.get(sign.page.number)
        row: list[_Step] = []
        before = table[-1] if table else []
        lead = max(range(len(before)), key=lambda i: before[i].points) if before else -1
        base = before[lead].points if before else 0.0
        evidence_near = bool(before) and before[lead].kind in (EVIDENCE, "evidence_catalogue")
        for kind in _candidates(sign, place):
            row.append(_Step(base + _begin_points(sign, kind, place, evidence_near), kind, True, lead))
        if before:
            previous = signs[index - 1]
            best: dict[str, int] = {}
            for i, step in enumerate(before):
                if step.kind not in best or before[best[step.kind]].points < step.points:
                    best[step.kind] = i
            earlier = placements.get(previous.page.number)
            for kind, i in best.items():
                points = before[i].points + _continue_points(sign, previous, kind, place, earlier)
                row.append(_Step(points, kind, False, i))
        table.append(row)
    steps: list[_Step] = []
    at = max(range(len(table[-1])), key=lambda i: table[-1][i].points) if table else -1
    for row in reversed(table):
        steps.append(row[at])
        at = row[at].back
    return steps[::-1]


def _candidates(sign: Signs, place: Placement | None) -> list[str]:
    kinds = {EVIDENCE, OTHER}
    for title in sign.titles:
        kinds.update(kind for kind, _ in title.matches[:6])
    kinds.update(sign.openings)
    kinds.update(sorted(sign.cues, key=lambda kind: -sign.cues[kind])[:5])
    kinds.update(sorted(sign.classes, key=lambda kind: -sign.classes[kind])[:4])
    if place:
        kinds.update(kind for kind, _ in place.types[:2])
    kinds.discard(BLANK)
    return sorted(kinds)


def _title_points(sign: Signs, kind: str) -> float:
    best = 0.0
    for title in sign.titles:
        likeness = dict(title.matches).get(kind, 0.0)
        best = max(best, likeness**1.5 * (0.35 + 0.65 * title.prominence))
    return TITLE * best


def _text_points(sign: Signs, kind: str) -> float:
    cues = sign.cues.get(kind, 0.0)
    # The classifier knows no "none of these": without a title or a word that points the same way, it counts half.
    borne_out = cues > 0 or any(dict(title.matches).get(kind) for title in sign.titles)
    return CUE * cues + CLASS * sign.classes.get(kind, 0.0) * (1.0 if borne_out else UNSUPPORTED)


def _begin_points(sign: Signs, kind: str, place: Placement | None, evidence_near: bool) -> float:
    titled = _title_points(sign, kind)
    opening = sign.openings.get(kind, 0.0)
    points = titled + opening + _text_points(sign, kind)
    if titled == 0.0 and not opening:
        if sign.heading is None:
            points += UNTITLED
        else:
            points += UNKNOWN_HEADING if kind in (EVIDENCE, OTHER) else UNTITLED + OTHERWISE_HEADED
    if kind == EVIDENCE and evidence_near:
        points += 1.0
    if place:
        likeness = dict(place.types).get(kind, 0.0)
        points += likeness * (CATALOGUE_BEGINS if place.begins else 0.6)
    if sign.number_within is not None and sign.number_within >= 2:
        points -= NUMBER_WITHIN
    return points


def _continue_points(
    sign: Signs, previous: Signs, kind: str, place: Placement | None, earlier: Placement | None
) -> float:
    points = CONTINUE + 0.7 * _text_points(sign, kind)
    strongest = max((title.best**1.5 * (0.35 + 0.65 * title.prominence) for title in sign.titles), default=0.0)
    if not (sign.number_within and sign.number_within >= 2):
        points -= 0.5 * TITLE * strongest
        if not sign.titles and sign.heading is not None:
            points -= 1.6
    if sign.number_within is not None:
        follows = previous.number_within is not None and sign.number_within == previous.number_within + 1
        points += NUMBER_WITHIN if follows else (1.0 if sign.number_within >= 2 else -1.0)
    points -= max(sign.openings.values(), default=0.0)
    if sign.opens_mid_sentence:
        points += MID_SENTENCE
    if sign.runs_on:
        points += LIST_RUNS_ON
    if sign.dialogue and previous.dialogue:
        points += DIALOGUE
    if place and earlier:
        if not set(place.rows) & set(earlier.rows):
            points -= CATALOGUE_WITHIN if place.begins else 0.0
        elif kind != EVIDENCE and (not place.types or dict(place.types).get(kind)):
            points += CATALOGUE_WITHIN
    if sign.page.number - previous.page.number > 1:
        points -= 0.5
    if kind == EVIDENCE:
        points -= 0.6  # each contract, bill or photograph is a document of its own
    return points


def _document(
    index: int, kind: str, first: int, last: int, signs: Sequence[Signs], placements: dict[int, Placement]
) -> Document:
    sign = signs[first - 1]
    if kind == BLANK:
        return Document(f"d{index}", BLANK, type_title(BLANK), first, last, 1.0, ("blank",))
    heading = max(
        (title for title in sign.titles if dict(title.matches).get(kind, 0.0) > 0),
        key=lambda title: dict(title.matches)[kind] * title.prominence,
        default=None,
    )
    place = placements.get(first)
    evidence = []
    if heading:
        evidence.append("title")
    if sign.cues.get(kind, 0) > 0:
        evidence.append("cues")
    if sign.classes.get(kind, 0) > 0.5:
        evidence.append("classifier")
    if place and dict(place.types).get(kind):
        evidence.append("catalogue")
    scores = {k: _begin_points(sign, k, place, False) for k in _candidates(sign, place)}
    own = scores.pop(kind, UNTITLED)
    rival = max(scores.values(), default=0.0)
    confidence = 1 / (1 + math.exp(-(own - max(rival, -1.0)) / 1.2))
    title = heading.text if heading else (sign.heading.text if sign.heading else type_title(kind))
    return Document(
        f"d{index}", kind, title, first, last, round(confidence, 4), tuple(evidence), heading.box if heading else None
    )
