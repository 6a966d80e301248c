"""A folder of cases with truth → the pages that are measured, each with what stands on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pipeline.batch.engine import Job
from pipeline.batch.local import LocalEngine
from pipeline.batch.work import inspect
from pipeline.config import Limits
from pipeline.evaluate.matching import pages_of
from pipeline.evaluate.score import Json, load_json
from pipeline.intake.discover import discover
from pipeline.problems import InputError

if TYPE_CHECKING:
    from pipeline.intake.open_case import CaseInput, SourceFile

SUFFIX = ".truth.json"
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class BenchPage:
    """One page to read, and its truth: `text` as it stands there, `written` by hand or printed, how it lies.

    `legible`: it counts for the character error rate. Blank pages, and those that the truth calls illegible, do not.
    """

    case_id: str
    page: int
    file: SourceFile
    index: int
    text: str
    written: str
    rotation: int
    legible: bool

    @property
    def upright(self) -> bool:
        return self.rotation == 0


def find_pages(folder: Path, engine: LocalEngine, workdir: Path, limits: Limits) -> tuple[BenchPage, ...]:
    """Find all pages with truth: `<case_id>.truth.json` beside the cases (contract.md, Truth), in the order of files.

    Files are opened in a worker of `engine`; copies are made under `workdir`. Raises `InputError` where the folder
    cannot be read or holds no case with truth.
    """
    truths = {p.name.removesuffix(SUFFIX): p for p in folder.glob(f"*{SUFFIX}")} if folder.is_dir() else {}
    found = [source for source in discover(folder).cases if source.case_id in truths]
    pages: list[BenchPage] = []
    for source in found:
        truth = load_json(truths[source.case_id])
        engine.start(Job(inspect, (source, workdir, limits), float(limits.seconds_per_file)))
        done = engine.wait()
        if done.fault is None:
            pages += pages_with_truth(done.value, truth)
    if not pages:
        raise InputError(f"没有带标准答案 (*{SUFFIX}) 的案卷: {folder}", "请给出装有案卷和 *.truth.json 的文件夹")
    return tuple(pages)


def pages_with_truth(case: CaseInput, truth: Json) -> list[BenchPage]:
    """Pair the pages of a case, counted through its files, with those of its truth."""
    places = [(file, index) for file in case.files for index in range(file.pages)]
    illegible = {p for finding in truth.get("findings", []) if finding["rule"] == "IMG001" for p in pages_of(finding)}
    pages = []
    for known in sorted(truth.get("pages", []), key=lambda page: int(page["page"])):
        number = int(known["page"])
        if not 1 <= number <= len(places):
            continue
        file, index = places[number - 1]
        text, written = known.get("text") or "", known.get("written", "printed")
        legible = (
            bool(text)
            and known.get("kind") != "blank"
            and written not in ("illegible", "blank")
            and number not in illegible
        )
        pages.append(BenchPage(case.case_id, number, file, index, text, written, known.get("rotation", 0), legible))
    return pages


def spread(items: Sequence[Item], count: int) -> tuple[Item, ...]:
    """Take `count` items spread evenly over the whole, always the same ones; all of them for 0 or too many."""
    if count <= 0 or count >= len(items):
        return tuple(items)
    return tuple(items[(2 * i + 1) * len(items) // (2 * count)] for i in range(count))
