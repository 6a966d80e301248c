"""One case through all stages behind reading: the whole way on one screen.

intake and ocr have made pages of the files (batch/); here pages become documents, documents facts, facts outcomes.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pipeline.casefile import CaseFile, Page, SourceRecord
from pipeline.corrections import Correction, placed, places_of
from pipeline.detectors.peers import Peers
from pipeline.detectors.registry import judge_case
from pipeline.documents.divide import divide
from pipeline.extraction.extract import extract
from pipeline.outcomes import Outcome
from pipeline.packs.load import Pack
from pipeline.problems import Problem


@dataclass(frozen=True, slots=True)
class Screened:
    """A case with what the rules say of it."""

    case: CaseFile
    outcomes: tuple[Outcome, ...]


def screen(
    case_id: str,
    sources: tuple[SourceRecord, ...],
    pages: tuple[Page, ...],
    problems: tuple[Problem, ...],
    pack: Pack,
    as_of: dt.date,
    peers: Peers | None = None,
    corrections: tuple[Correction, ...] = (),
) -> Screened:
    """Understand and judge one case. Pure: the same pages, pack, date and corrections give the same answer.

    `peers`: what is known of the other files of the batch, None where there are none. `corrections`: what people
    corrected in it.
    """
    known = placed(corrections, places_of([(source.sha256, source.pages) for source in sources]))
    division = divide(pages, known)
    facts = extract(pages, division.documents, as_of, known)
    case = CaseFile(
        case_id=case_id,
        sources=sources,
        pages=pages,
        documents=division.documents,
        profile=facts.profile,
        people=facts.people,
        dates=facts.dates,
        misdates=facts.misdates,
        signatures=facts.signatures,
        seals=facts.seals,
        fingerprints=facts.fingerprints,
        slots=facts.slots,
        forms=facts.forms,
        alterations=facts.alterations,
        persons=facts.persons,
        numbers=facts.numbers,
        catalogue=division.catalogue,
        catalogue_check=division.check,
        catalogue_types={page: place.likely for page, place in division.placements.items()},
        problems=problems,
        corrections=known,
    )
    return Screened(case, judge_case(case, pack, peers))
