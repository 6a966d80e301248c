"""One case judged once more, from what the run read: nothing is read again, the run folder is only looked at.

What a full run would write of the case with the same corrections is what comes out, byte for byte; but for the rules
that look at other files of the batch, whose answers are taken over from the run.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.batch.work import ReadPage, failed_page, screen, unpacked
from pipeline.casefile import Box, Line, Page, PageText, PlacedCorrection, SourceRecord
from pipeline.corrections import Correction, places_of
from pipeline.detectors.peers import Peers
from pipeline.detectors.registry import all_rules
from pipeline.packs.load import load_pack
from pipeline.problems import Problem
from pipeline.screen import Understood, judge, placed_in, understand
from pipeline.store.ledger import Ledger
from pipeline.store.pages import pack_page
from pipeline.store.workspace import Workspace
from pipeline.summary.contract import case_json, dump, given_outcomes, rounded
from pipeline.summary.links import JSON_FOLDER

Json = dict[str, Any]
KEPT_CASES = 3
DIVIDING = ("type", "begin", "join")
"""Corrections that change the documents; all others leave them as they are."""


@dataclass(frozen=True, slots=True)
class Again:
    """A case to be judged once more. `pack`: by which rules, where the run did not note its own."""

    run_folder: Path
    case_id: str
    corrections: tuple[Correction, ...]
    pack: str


@dataclass(frozen=True, slots=True)
class _Known:
    pages: tuple[Page, ...]
    understood: Understood


_kept: OrderedDict[str, _Known] = OrderedDict()
"""What this process understood of the last cases, by their pages and what changes their documents: a person corrects
several things in a file, one after the other, and most of them are dates."""


def judge_again(wanted: Again) -> bytes:
    """Judge a case once more with these corrections in the place of those it was judged with; gives its JSON's bytes.

    Raises `WorkspaceError` where the ledger cannot be read, OSError and ValueError where the case's JSON cannot.
    """
    workspace = Workspace(wanted.run_folder)
    base: Json = json.loads((wanted.run_folder / JSON_FOLDER / f"{wanted.case_id}.json").read_bytes())
    with Ledger(workspace.ledger, read_only=True) as ledger:
        pages = _pages(ledger, base)
        as_of = dt.date.fromisoformat(ledger.meta("as_of") or "")
        pack = load_pack(ledger.meta("pack") or wanted.pack)
    sources = tuple(SourceRecord(s["file"], s["sha256"], s["pages"]) for s in base["sources"])
    problems = tuple(_problem(told) for told in (*base["errors"], *base["notes"]))
    corrections = placed_in(sources, wanted.corrections)
    known = _known(pages, as_of, corrections)
    screened = judge(
        wanted.case_id, sources, known.pages, problems, pack, as_of, known.understood, corrections, Peers(False)
    )
    return dump(_with_answers_of(base, case_json(screened.case, screened.outcomes)))


def make_ready(pack: str) -> None:
    """Load all that judging needs, so that the first case does not wait for it."""
    line = Line("指派通知书", Box(0.3, 0.1, 0.7, 0.13), 0.9)
    page = ReadPage("", 1, pack_page(PageText("scanned", lines=(line,))))
    screen("", (), (page,), (), pack, dt.date(2026, 1, 1))


def _known(read: tuple[ReadPage, ...], as_of: dt.date, corrections: tuple[PlacedCorrection, ...]) -> _Known:
    dividing = tuple(one for one in corrections if one.correction.kind in DIVIDING)
    told = hashlib.sha256(f"{as_of} {dividing!r}".encode())
    for page in read:
        told.update(f"{page.file}\0{page.file_page}\0{len(page.packed)}\0".encode("utf-8", "surrogatepass"))
        told.update(page.packed)
    key = told.hexdigest()
    if key not in _kept:
        pages = unpacked(read)
        _kept[key] = _Known(pages, understand(pages, as_of, dividing))
        while len(_kept) > KEPT_CASES:
            _kept.popitem(last=False)
    _kept.move_to_end(key)
    return _kept[key]


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
    return given_outcomes(case | {"findings": rounded(case["findings"])}, outcomes, findings)


def _document_at(documents: Sequence[Json], page: int) -> str:
    return next(str(d["id"]) for d in documents if d["pages"][0] <= page <= d["pages"][1])
