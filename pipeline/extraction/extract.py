"""Documents → facts: the whole understanding of a case on one screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.casefile import DateFact, Document, Page, People, Profile, Seal, Signature
from pipeline.documents.cues import folded_page
from pipeline.documents.types import BLANK
from pipeline.extraction.corroborate import Played, corroborate
from pipeline.extraction.date_roles import role_dates
from pipeline.extraction.marks import seals_of, signatures_of
from pipeline.extraction.people import people_of
from pipeline.extraction.profile import Paper, profile_of
from pipeline.extraction.readings import SeenDate, dates_in, placed_rows


@dataclass(frozen=True, slots=True)
class Facts:
    """All that was understood of a case's documents."""

    profile: Profile
    people: People
    dates: tuple[DateFact, ...]
    signatures: tuple[Signature, ...]
    seals: tuple[Seal, ...]


def extract(pages: Sequence[Page], documents: Sequence[Document], as_of: dt.date) -> Facts:
    """Read the facts out of the documents. `as_of` is the run's date: no paper of the file is younger."""
    seen: list[tuple[str, SeenDate]] = []
    played: list[Played] = []
    signatures: list[Signature] = []
    seals: list[Seal] = []
    papers: list[Paper] = []
    for document in documents:
        seals.extend(seals_of(document, pages))
        rows = placed_rows(document, pages)
        folded = [folded_page(place.text) for place in rows]
        papers.append(Paper(document, "".join(folded), "\n".join(folded)))
        if document.type == BLANK:
            continue
        found = dates_in(rows, pages, as_of)
        seen.extend((document.id, date) for date in found)
        played.extend((document.id, role, date) for role, date in role_dates(document.type, found, rows))
        signatures.extend(signatures_of(document, rows, pages))
    dates = [
        DateFact(role, date.value, document_id, date.place.page, date.box, date.raw, date.certain, date.doubt or "slot")
        for document_id, role, date in corroborate(played, seen)
        if date.value is not None
    ]
    profile = profile_of(papers, dates)
    return Facts(profile, people_of(papers, profile.case_kind), tuple(dates), tuple(signatures), tuple(seals))
