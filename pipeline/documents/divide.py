"""Pages → documents, decided over the whole file at once.

Every page's signs (signs.py) become features (features.py); a sequence model with learned weights finds the likeliest
reading of the whole file (sequence.py), so that one misread page does not tear a document apart. It is asked twice:
the first reading finds the file's own catalogue, the second hears what that says of every page.
A blank page is a document of its own wherever it lies (contract.md, Documents).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from pipeline.casefile import CatalogueCheck, CatalogueRow, Document, Page
from pipeline.corrections import PlacedCorrection
from pipeline.documents.classifier import classify
from pipeline.documents.features import join_features, kinds, type_features
from pipeline.documents.listed import runs_on
from pipeline.documents.placement import Placement
from pipeline.documents.reconcile import reconcile
from pipeline.documents.reviewed import Span, corrected_spans
from pipeline.documents.sequence import Emission, best_reading, emission_of, weights
from pipeline.documents.signs import Signs, signs_of
from pipeline.documents.types import BLANK, EVIDENCE, type_title
from pipeline.documents.volumes import volumes_of

CATALOGUE = "file_catalogue"


@dataclass(frozen=True, slots=True)
class Division:
    """The documents of a case and the catalogue they were checked against."""

    documents: tuple[Document, ...]
    catalogue: tuple[CatalogueRow, ...]
    placements: dict[int, Placement]
    check: CatalogueCheck = field(default_factory=CatalogueCheck)


def divide(pages: Sequence[Page], corrections: Sequence[PlacedCorrection] = ()) -> Division:
    """Divide a case into documents. Pages are all of the case's, in order; each ends up in exactly one document.

    `corrections`: what people corrected of types and boundaries; the file's catalogue is held against the outcome.
    """
    signs = signs_of_pages(pages)
    first = _documents(corrected_spans(_spans(signs, {}), corrections), signs, {})
    if not any(document.type == CATALOGUE for document in first):
        return Division(first, (), {})
    found = volumes_of(first, pages, frozenset(sign.page.number for sign in signs if sign.separator))
    rows, placements = found.rows, found.placements
    spans = corrected_spans(_spans(signs, placements), corrections) if placements else []
    documents = _documents(spans, signs, placements) if placements else first
    reconciled = reconcile(rows, documents, pages)
    return Division(documents, reconciled.rows, placements, reconciled.check)


def signs_of_pages(pages: Sequence[Page], model: Any = None) -> list[Signs]:
    """The signs of every page; numbers at the foot that run through the whole file are none of its documents'.

    `model`: see `classify`.
    """
    signs = [signs_of(page, classes) for page, classes in zip(pages, classify(pages, model), strict=True)]
    return _lists_run_on(_own_numbers(signs))


def emission(signs: Sequence[Signs], placements: dict[int, Placement]) -> Emission:
    """The features of the written pages among these."""
    written = [sign for sign in signs if not sign.separator]
    places = [placements.get(sign.page.number) for sign in written]
    types = [type_features(sign, place) for sign, place in zip(written, places, strict=True)]
    joins = [
        join_features(sign, written[max(0, index - 1)], places[index], places[max(0, index - 1)])
        for index, sign in enumerate(written)
    ]
    return emission_of(types, joins)


def _own_numbers(signs: list[Signs]) -> list[Signs]:
    """Forget numbers at the foot that run through the whole file: they are the file's, not the documents'."""
    numbers = [sign.number_within for sign in signs if sign.number_within is not None]
    written = sum(not sign.separator for sign in signs)
    rising = sum(after > before for before, after in pairwise(numbers))
    if len(numbers) < max(6, 0.6 * written) or rising < 0.9 * (len(numbers) - 1):
        return signs
    return [replace(sign, number_within=None, total_within=None) for sign in signs]


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


def _spans(signs: Sequence[Signs], placements: dict[int, Placement]) -> list[Span]:
    """Runs of pages that are one document each, in order."""
    reading = best_reading(emission(signs, placements), weights())
    read = iter(zip(reading.kinds, reading.begins, reading.sure_kind, strict=True))
    spans: list[Span] = []
    for sign in signs:
        number = sign.page.number
        if sign.separator:
            spans.append(Span(BLANK, number, number))
            continue
        index, begins, sure = next(read)
        last = spans[-1] if spans else None
        if last is None or begins or last.kind != kinds()[index]:
            spans.append(Span(kinds()[index], number, number, sure))
        else:
            spans[-1] = replace(last, last=number, sure=min(last.sure, sure))
    return _fit_to_kind(spans)


_CRIMINAL = frozenset({"client_interview", "indictment", "prosecution_opinion", "defence_statement", "defence_request"})
_OTHERS = frozenset(
    {"civil_complaint", "arbitration_application", "arbitral_award", "client_talk", "acceptance_notice"}
)


def _fit_to_kind(spans: list[Span]) -> list[Span]:
    """An expert's opinion is a paper of the investigation in a criminal file and a party's evidence in any other."""
    there = {span.kind for span in spans}
    if there & _CRIMINAL or not there & _OTHERS:
        return spans
    return [replace(span, kind=EVIDENCE) if span.kind == "expert_opinion" else span for span in spans]


def _documents(spans: Sequence[Span], signs: Sequence[Signs], placements: dict[int, Placement]) -> tuple[Document, ...]:
    return tuple(_document(index, span, signs, placements) for index, span in enumerate(spans, 1))


def _document(index: int, span: Span, signs: Sequence[Signs], placements: dict[int, Placement]) -> Document:
    kind, sign = span.kind, signs[span.first - 1]
    if kind == BLANK:
        basis = ("blank",) if span.reviewed is None else ("reviewed",)
        return Document(
            f"d{index}", BLANK, type_title(BLANK), span.first, span.last, 1.0, basis, reviewed=span.reviewed
        )
    heading = max(
        (title for title in sign.titles if dict(title.matches).get(kind, 0.0) > 0),
        key=lambda title: dict(title.matches)[kind] * title.prominence,
        default=None,
    )
    place = placements.get(span.first)
    evidence = []
    if heading:
        evidence.append("title")
    if sign.cues.get(kind, 0) > 0:
        evidence.append("cues")
    if sign.classes.get(kind, 0) > 0.5:
        evidence.append("classifier")
    if place and dict(place.types).get(kind):
        evidence.append("catalogue")
    title = heading.text if heading else (sign.heading.text if sign.heading else type_title(kind))
    box = heading.box if heading else None
    if span.reviewed is not None:
        evidence.append("reviewed")
    sure = round(span.sure, 4)
    return Document(f"d{index}", kind, title, span.first, span.last, sure, tuple(evidence), box, span.reviewed)
