"""What a worker does: the jobs of a batch, each one call with plain arguments. Heavy libraries load on first use.

A worker opens files that nobody trusts; the coordinator never does.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pipeline.casefile import Page, PageText, Quality, SourceRecord
from pipeline.config import Limits, OcrSettings
from pipeline.problems import Problem, problem
from pipeline.store.pages import pack_page, unpack_page

if TYPE_CHECKING:
    from pipeline.batch.compare import Digest, Pair
    from pipeline.corrections import Correction
    from pipeline.detectors.peers import Resemblance
    from pipeline.intake.discover import CaseSource
    from pipeline.intake.open_case import CaseInput, SourceFile
    from pipeline.ocr.engine import Engine
    from pipeline.summary.crops import CropRequest
    from pipeline.summary.labels import Names
    from pipeline.summary.overview import CaseRow
    from pipeline.text.minhash import Hashes


Picture = tuple["CropRequest", str]
"""What a picture shows, and the name of its file under RUN/assets/."""


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page of a case as it travels: where it comes from and its packed reading (`store.pages`)."""

    file: str
    file_page: int
    packed: bytes


@dataclass(frozen=True, slots=True)
class Screening:
    """A screened case: the bytes of its JSON, its row in the batch's table, the pictures its page shows.

    `abstract` (packed) and `digest` are for comparing it with the other cases of its batch; None where it was not read.
    """

    json: bytes
    row: CaseRow
    pictures: tuple[Picture, ...]
    abstract: bytes | None = None
    digest: Digest | None = None
    others: tuple[str, ...] = ()
    """Cases of the batch that its findings point into."""


@dataclass(frozen=True, slots=True)
class Work:
    """The jobs that a batch is made of; tests put ones in their place that break."""

    prepare: Callable[..., str]
    inspect: Callable[..., CaseInput]
    list_files: Callable[..., tuple[tuple[str, Path], ...]]
    inspect_file: Callable[..., CaseInput]
    read: Callable[..., bytes]
    screen: Callable[..., Screening]
    compare: Callable[..., tuple[tuple[int, Resemblance], ...]]
    conclude: Callable[..., Screening]
    draw: Callable[..., tuple[bytes, ...]]
    render: Callable[..., bytes]


@cache
def _engine(settings: OcrSettings) -> Engine:
    """Load the one engine of this process, for life; one that reads nonsense is refused at once."""
    import cv2

    from pipeline.ocr.engine import make_engine
    from pipeline.ocr.selftest import require_reading

    cv2.setNumThreads(settings.threads)
    engine = make_engine(settings)
    require_reading(engine)
    return engine


def prepare(settings: OcrSettings) -> str:
    """Load the engine and try the trained models; tell the engine's name and version. Raises `EngineError`."""
    from pipeline.batch.models import require_models

    engine = _engine(settings)
    require_models()
    return f"{engine.name} {engine.version}"


def inspect(source: CaseSource, workdir: Path, limits: Limits) -> CaseInput:
    """Find a case's files, count their pages, unpack and mend what needs it under `workdir`."""
    from pipeline.intake.open_case import open_case

    return open_case(source, workdir, limits)


def list_files(source: CaseSource, workdir: Path, limits: Limits) -> tuple[tuple[str, Path], ...]:
    """List a case's files by name and place, unopened but for a ZIP: for a case of which some file kills its worker."""
    from pipeline.intake.archive import unpack
    from pipeline.intake.kinds import kind_of_file
    from pipeline.intake.names import natural_key, shown
    from pipeline.intake.walk import walk

    if not source.path.is_dir():
        if kind_of_file(source.path) != "zip":
            return ((shown(source.path.name), source.path),)
        members, _ = unpack(source.path, shown(source.path.name), workdir, limits)
        return tuple((member.name, member.path) for member in members)
    paths = (entry.path for entry in walk(source.path) if not entry.trouble)
    named = ((shown(p.relative_to(source.path).as_posix()), p) for p in paths if kind_of_file(p) in ("pdf", "image"))
    return tuple(sorted(named, key=lambda item: natural_key(item[0])))


def inspect_file(case_id: str, name: str, path: Path, workdir: Path, limits: Limits) -> CaseInput:
    """Open one file of a case by itself; `name` is what it is called in the case."""
    from pipeline.intake.discover import CaseSource
    from pipeline.intake.open_case import open_case

    found = open_case(CaseSource(case_id, path), workdir, limits)
    return replace(
        found,
        files=tuple(replace(file, name=name) for file in found.files),
        problems=tuple(replace(p, file=name) for p in found.problems),
    )


def read(file: SourceFile, index: int, settings: OcrSettings, limits: Limits) -> bytes:
    """Read page `index` (from 0) of a file; the packed `PageText`, of kind "failed" where the page cannot be read.

    The result speaks of the content alone: its problems name no file, so that it holds wherever the page turns up.
    """
    from pipeline.intake.page import PageError, load_page
    from pipeline.ocr.read import read_page

    engine = _engine(settings)
    try:
        image = load_page(file, index, settings.pixels, limits)
        page = read_page(image, engine, settings)
        page = replace(page, problems=tuple(dict.fromkeys((*image.problems, *page.problems))))
    except PageError as error:
        page = failed_page(error.problem)
    except MemoryError:
        page = failed_page(problem("P210", detail=f"{limits.memory_mb} MB"))
    return pack_page(_without_place(page))


def failed_page(*problems: Problem) -> PageText:
    """Make the page that stands in for one that could not be read."""
    return PageText("failed", quality=Quality("unreadable", 0.0), problems=problems)


def _without_place(page: PageText) -> PageText:
    return replace(page, problems=tuple(replace(p, file=None, page=None, file_page=None) for p in page.problems))


def screen(
    case_id: str,
    sources: tuple[SourceRecord, ...],
    pages: Sequence[ReadPage],
    problems: tuple[Problem, ...],
    pack: str,
    as_of: dt.date,
    alone: bool = True,
    corrections: tuple[Correction, ...] = (),
) -> Screening:
    """Take a case's read pages through documents, facts and rules to the contract's JSON.

    Unless it is `alone` in its batch, what hangs on the other cases stays open until `conclude`. `corrections`: what
    people corrected in it.
    """
    from pipeline.batch.compare import digest_of, pack_abstract
    from pipeline.detectors.abstracts import abstract_of
    from pipeline.detectors.peers import Peers
    from pipeline.packs.load import load_pack
    from pipeline.screen import screen as screen_case
    from pipeline.summary.contract import case_json

    rules = load_pack(pack)
    peers = None if alone else Peers(compared=False)
    screened = screen_case(case_id, sources, unpacked(pages), problems, rules, as_of, peers, corrections)
    shown = present(case_json(screened.case, screened.outcomes))
    if alone:
        return shown
    try:
        abstract = abstract_of(screened.case, rules)
    except Exception:  # what breaks here costs the comparison, which stays open, never the case
        return shown
    return replace(shown, abstract=pack_abstract(abstract), digest=digest_of(abstract))


def unpacked(pages: Sequence[ReadPage]) -> tuple[Page, ...]:
    """Unpack and number a case's pages; one whose reading is damaged is a failed one."""
    return tuple(
        Page(number, page.file, page.file_page, unpack_page(page.packed) or failed_page(problem("P205", detail="账本")))
        for number, page in enumerate(pages, 1)
    )


def compare(abstracts: dict[int, bytes], pairs: Sequence[Pair], printed: Hashes) -> tuple[tuple[int, Resemblance], ...]:
    """Align pairs of papers of different cases."""
    from pipeline.batch.compare import align

    return align(abstracts, pairs, printed)


def conclude(content: bytes, abstract: bytes, resemblances: Sequence[Resemblance], pack: str) -> Screening:
    """Judge a case once more by the rules that look across files, and put their answers into its JSON."""
    from pipeline.batch.compare import peers_of, unpack_abstract
    from pipeline.casefile import CaseFile, People, Profile
    from pipeline.detectors.registry import judge_across
    from pipeline.packs.load import load_pack
    from pipeline.summary.contract import with_outcomes

    case = json.loads(content)
    told = unpack_abstract(abstract)
    # Of the case, these rules see its documents and its peers.
    profile = Profile(case["case_kind"] or "", case["stage"] or "", case["entry"] or "", told.regime)
    known = CaseFile(told.case_id, (), (), told.documents, profile, People())
    outcomes = judge_across(known, load_pack(pack), peers_of(told, resemblances))
    passages = [passage for outcome in outcomes for finding in outcome.findings for passage in finding.passages]
    others = tuple(sorted({passage.case for passage in passages if passage.case}))
    return replace(present(with_outcomes(case, outcomes)), others=others)


def present(case: dict[str, Any]) -> Screening:
    """Lay out a case's JSON for writing, with what else is shown of it."""
    from pipeline.summary.contract import dump
    from pipeline.summary.crops import asset_name, crops_needed
    from pipeline.summary.overview import case_row

    content = dump(case)
    written = json.loads(content)  # what stands in the file, rounded, is what everything else is made of
    return Screening(content, case_row(written), tuple((r, asset_name(written, r)) for r in crops_needed(written)))


def draw(
    file: SourceFile,
    index: int,
    rotation: Literal[0, 90, 180, 270],
    requests: tuple[CropRequest, ...],
    pixels: int,
    limits: Limits,
) -> tuple[bytes, ...]:
    """Show places of one page: a JPEG for each request, of the page turned upright. Raises `PageError`."""
    from pipeline.intake.page import load_page
    from pipeline.ocr.orientation import turned
    from pipeline.summary.crops import draw_crop

    image = turned(load_page(file, index, pixels, limits).pixels, rotation)
    return tuple(draw_crop(image, request) for request in requests)


def render(content: bytes, pictures: tuple[Picture, ...], beside: tuple[bytes, ...] = ()) -> bytes:
    """Write the page that evaluators open, from the bytes of the case's JSON and the pictures that were made.

    `beside`: the JSON of other cases that its findings point into.
    """
    from pipeline.summary.html import html_bytes, render_case

    return html_bytes(
        render_case(json.loads(content), dict(pictures), names(), [json.loads(other) for other in beside])
    )


def names() -> Names:
    """Give the Chinese names of document types and rules."""
    from pipeline.detectors.registry import all_rules
    from pipeline.documents.types import doc_types
    from pipeline.summary.labels import Names

    types = {key: known.title for key, known in doc_types().items()}
    return Names(types, {rule.code: rule.title for rule in all_rules()})


REAL = Work(prepare, inspect, list_files, inspect_file, read, screen, compare, conclude, draw, render)
