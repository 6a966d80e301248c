"""Documents → facts: the whole understanding of a case on one screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.casefile import (
    Alteration,
    DateFact,
    Document,
    Fingerprint,
    FormVersion,
    Misdate,
    Number,
    Page,
    People,
    Person,
    Profile,
    Seal,
    Signature,
    Slot,
)
from pipeline.corrections import PlacedCorrection
from pipeline.documents.types import BLANK
from pipeline.extraction.alterations import alterations_of
from pipeline.extraction.date_facts import CaseDates, date_facts
from pipeline.extraction.date_owners import owned
from pipeline.extraction.forms import form_of
from pipeline.extraction.papers import Paper, paper_of
from pipeline.extraction.people import Mentioned, mentioned_in, named_in
from pipeline.extraction.profile import profile_of
from pipeline.extraction.readings import PlacedRow, placed_rows
from pipeline.extraction.reviewed import (
    reviewed_dates,
    reviewed_forms,
    reviewed_misdates,
    reviewed_profile,
    reviewed_signatures,
    reviewed_slots,
)
from pipeline.extraction.seals import fingerprints_in, seals_in
from pipeline.extraction.signatures import signatures_of
from pipeline.extraction.slots import slots_of
from pipeline.extraction.tellings import told_facts


@dataclass(frozen=True, slots=True)
class Facts:
    """All that was understood of a case's documents."""

    profile: Profile
    people: People
    dates: tuple[DateFact, ...]
    misdates: tuple[Misdate, ...]
    signatures: tuple[Signature, ...]
    seals: tuple[Seal, ...]
    fingerprints: tuple[Fingerprint, ...]
    slots: tuple[Slot, ...]
    forms: tuple[FormVersion, ...]
    alterations: tuple[Alteration, ...]
    persons: tuple[Person, ...]
    numbers: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class PapersRead:
    """What stands in the documents, before it is known whose case it is and what people corrected: the costly part."""

    papers: tuple[Paper, ...]
    dates: CaseDates
    signatures: tuple[Signature, ...]
    seals: tuple[Seal, ...]
    fingerprints: tuple[Fingerprint, ...]
    slots: tuple[Slot, ...]
    forms: tuple[FormVersion, ...]
    alterations: tuple[Alteration, ...]
    mentioned: Mentioned


def read_papers(pages: Sequence[Page], documents: Sequence[Document], as_of: dt.date) -> PapersRead:
    """Read the documents, each for itself. `as_of` is the run's date: no paper of the file is younger."""
    placed: list[tuple[Document, tuple[PlacedRow, ...]]] = []
    signatures: list[Signature] = []
    slots: list[Slot] = []
    forms: list[FormVersion] = []
    papers: list[Paper] = []
    for document in documents:
        rows = placed_rows(document, pages)
        papers.append(paper_of(document, rows))
        if document.type == BLANK:
            continue
        placed.append((document, rows))
        signatures.extend(signatures_of(document, rows, pages))
        own = slots_of(document, rows, pages)
        slots.extend(own)
        form = form_of(document, rows, pages, own, as_of)
        if form is not None:
            forms.append(form)
    return PapersRead(
        papers=tuple(papers),
        dates=date_facts(placed, pages, as_of),
        signatures=tuple(signatures),
        seals=seals_in(documents, pages),
        fingerprints=fingerprints_in(documents, pages),
        slots=tuple(slots),
        forms=tuple(forms),
        alterations=tuple(one for document in documents for one in alterations_of(document, pages)),
        mentioned=mentioned_in(papers),
    )


def facts_of(
    read: PapersRead, documents: Sequence[Document], as_of: dt.date, corrections: Sequence[PlacedCorrection] = ()
) -> Facts:
    """Put together what was read. `corrections`: what follows from a date or a kind follows from the corrected one."""
    own_dates = reviewed_dates(read.dates.own, documents, corrections, told=False)
    profile = reviewed_profile(profile_of(read.papers, own_dates), read.papers, own_dates, corrections)
    named = named_in(read.papers, profile.case_kind, own_dates, read.mentioned)
    tellings = told_facts(read.dates.tellings, named.people.recipient, as_of)
    told = reviewed_dates(tellings, documents, corrections, told=True)
    return Facts(
        profile=profile,
        people=named.people,
        dates=owned((*own_dates, *told), read.papers, named.persons),
        misdates=reviewed_misdates(read.dates.odd, corrections),
        signatures=reviewed_signatures(read.signatures, documents, corrections),
        seals=read.seals,
        fingerprints=read.fingerprints,
        slots=reviewed_slots(read.slots, corrections),
        forms=reviewed_forms(read.forms, corrections),
        alterations=read.alterations,
        persons=named.persons,
        numbers=named.numbers,
    )


def extract(
    pages: Sequence[Page],
    documents: Sequence[Document],
    as_of: dt.date,
    corrections: Sequence[PlacedCorrection] = (),
) -> Facts:
    """Read the facts out of the documents, as people corrected them."""
    return facts_of(read_papers(pages, documents, as_of), documents, as_of, corrections)
