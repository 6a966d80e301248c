"""One case judged once more, from what the run read: nothing is read again, the run folder is only looked at.

What a full run would write of the case with the same corrections is what comes out, byte for byte; but for the rules
that look at other files of the batch, whose answers are taken over from the run.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.batch.work import ReadPage, failed_page, screen
from pipeline.casefile import SourceRecord
from pipeline.corrections import Correction, places_of
from pipeline.detectors.registry import all_rules
from pipeline.problems import Problem
from pipeline.store.ledger import Ledger
from pipeline.store.pages import pack_page
from pipeline.store.workspace import Workspace
from pipeline.summary.contract import dump, given_outcomes
from pipeline.summary.links import JSON_FOLDER

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Again:
    """A case to be judged once more. `pack`: by which rules, where the run did not note its own."""

    run_folder: Path
    case_id: str
    corrections: tuple[Correction, ...]
    pack: str


def judge_again(wanted: Again) -> bytes:
    """Judge a case once more with these corrections in the place of those it was judged with; gives its JSON's bytes.

    Raises `WorkspaceError` where the ledger cannot be read, OSError and ValueError where the case's JSON cannot.
    """
    workspace = Workspace(wanted.run_folder)
    base: Json = json.loads((wanted.run_folder / JSON_FOLDER / f"{wanted.case_id}.json").read_bytes())
    with Ledger(workspace.ledger, read_only=True) as ledger:
        pages = _pages(ledger, base)
        as_of = dt.date.fromisoformat(ledger.meta("as_of") or "")
        pack = ledger.meta("pack") or wanted.pack
    sources = tuple(SourceRecord(s["file"], s["sha256"], s["pages"]) for s in base["sources"])
    problems = tuple(_problem(told) for told in (*base["errors"], *base["notes"]))
    screening = screen(wanted.case_id, sources, pages, problems, pack, as_of, True, wanted.corrections)
    return dump(_with_answers_of(base, json.loads(screening.json)))


def _pages(ledger: Ledger, base: Json) -> tuple[ReadPage, ...]:
    places = places_of([(source["sha256"], source["pages"]) for source in base["sources"]])
    found = []
    for page, place in zip(base["pages"], places, strict=True):
        packed = ledger.last_result(place.sha256, place.file_page - 1)
        if packed is None:  # of the moment, and not kept: its problem stands in the JSON
            told = [_problem(one) for one in base["errors"] if one["page"] == page["page"]]
            packed = pack_page(failed_page(*(Problem(one.code, one.message, one.advice) for one in told)))
        found.append(ReadPage(page["file"], page["file_page"], packed))
    return tuple(found)


def _problem(told: Json) -> Problem:
    return Problem(told["code"], told["message"], told["advice"], told["file"], told["page"], told["file_page"])


def _with_answers_of(base: Json, case: Json) -> Json:
    """Take over what the rules said that look at the other files; documents are found again by their first page."""
    rules = frozenset(rule.code for rule in all_rules() if rule.across)
    first = {document["id"]: document["pages"][0] for document in base["documents"]}

    def renamed(told: Json) -> Json:
        page = first.get(told.get("document") or "")
        if page is None:
            return told
        return told | {"document": _document_at(case["documents"], page)}

    outcomes = [renamed(told) for told in base["outcomes"] if told["rule"] in rules]
    findings = [renamed(told) for told in base["findings"] if told["rule"] in rules]
    return given_outcomes(case, outcomes, findings)


def _document_at(documents: Sequence[Json], page: int) -> str:
    return next(str(d["id"]) for d in documents if d["pages"][0] <= page <= d["pages"][1])
