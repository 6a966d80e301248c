"""One case through all stages behind reading: the whole way on one screen.

intake and ocr have made pages of the files (batch/); here pages become documents, documents facts, facts outcomes.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pipeline.casefile import CaseFile, Page, SourceRecord
from pipeline.corrections import Correction, PlacedCorrection, placed, places_of
from pipeline.detectors.peers import Peers
from pipeline.detectors.registry import judge_case
from pipeline.documents.divide import Division, divide
from pipeline.extraction.extract import PapersRead, facts_of, read_papers
from pipeline.outcomes import Outcome
from pipeline.packs.load import Pack
from pipeline.problems import Problem


@dataclass(frozen=True, slots=True)
class Screened:
    """A case with what the rules say of it."""

    case: CaseFile
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Understood:
    """A case's documents and what stands in them: all but what hangs on corrected facts."""

    division: Division
    read: PapersRead


def understand(pages: tuple[Page, ...], as_of: dt.date, corrections: tuple[PlacedCorrection, ...] = ()) -> Understood:
    """Divide a case and read its documents; of the corrections those of types and boundaries matter. Pure."""
    division = divide(pages, corrections)
    return Understood(division, read_papers(pages, division.documents, as_of))


def judge(
    case_id: str,
    sources: tuple[SourceRecord, ...],
    pages: tuple[Page, ...],
    problems: tuple[Problem, ...],
    pack: Pack,
    as_of: dt.date,
    understood: Understood,
    corrections: tuple[PlacedCorrection, ...] = (),
    peers: Peers | None = None,
) -> Screened:
    """Put a case together from what was understood and corrected of it, and judge it. Pure."""
    division, facts = understood.division, facts_of(understood.read, understood.division.documents, as_of, corrections)
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
        corrections=corrections,
    )
    return Screened(case, judge_case(case, pack, peers))


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
    known = placed_in(sources, corrections)
    return judge(case_id, sources, pages, problems, pack, as_of, understand(pages, as_of, known), known, peers)


def placed_in(sources: tuple[SourceRecord, ...], corrections: tuple[Correction, ...]) -> tuple[PlacedCorrection, ...]:
    """Find the pages of a case that its corrections hold for."""
    return placed(corrections, places_of([(source.sha256, source.pages) for source in sources]))
