"""`prescreen show --boxes`: every page of a case drawn again, with all that was seen on it in boxes.

Pictures and page are written into the run folder (`RUN/debug/<case_id>/`) only when they are asked for; the next run
removes them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from pipeline.batch.engine import Job
from pipeline.batch.local import LocalEngine, worker_count
from pipeline.batch.origin import ADVICE, content_of, find_source, open_source
from pipeline.batch.outputs import load_case
from pipeline.batch.work import draw, names
from pipeline.casefile import PageText
from pipeline.config import Settings
from pipeline.problems import InputError
from pipeline.store.ledger import Ledger, OutputRow
from pipeline.store.pages import unpack_page
from pipeline.store.workspace import Workspace
from pipeline.summary.boxes import boxed_pages
from pipeline.summary.crops import FULL_PAGE, CropRequest
from pipeline.summary.html import html_bytes, render_boxes
from pipeline.summary.links import boxes_path

if TYPE_CHECKING:
    from pipeline.intake.open_case import SourceFile

WIDTH = 1000
"""Pixels across of a page's picture: enough to read it, about 150 KB."""

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Drawn:
    """The page to open, of how many pages it shows the picture, and how many there are."""

    path: Path
    pictures: int
    pages: int


def draw_boxes(run_folder: Path, case_id: str, settings: Settings, *, batch: Path | None = None) -> Drawn:
    """Draw a case's pages from its files, which lie where the run found them or in `batch`, and write the page.

    A page that cannot be drawn, or whose file has changed since, is shown without its picture. Raises `InputError`
    where the case or its files are not to be had, `WorkspaceError` where the run folder cannot be written or is in use.
    """
    case = load_case(run_folder, case_id)
    if not case["pages"]:
        raise InputError(f"案卷 {case_id} 未能读取, 没有页面可画", "用 prescreen show 查看原因")
    workspace = Workspace(run_folder)
    with Ledger(workspace.ledger, read_only=True):  # no folder is made where there was no run
        pass
    with workspace.locked("show"), Ledger(workspace.ledger) as ledger:
        source = find_source(ledger, case_id, batch)
        workspace.create()
        try:
            workers = worker_count(settings.run.workers, settings.ocr.threads)
            with LocalEngine(workers, threads=settings.ocr.threads, memory_mb=settings.limits.memory_mb) as engine:
                files = open_source(engine, source, workspace.scratch, settings.limits)
                wanted = [job for page in case["pages"] if (job := _job(case, page, files, settings))]
                if not wanted:
                    raise InputError(f"案卷 {case_id} 的文件与运行时不同", ADVICE)
                pictures = set()
                for number, picture in _pictures(engine, wanted):
                    _write(workspace, ledger, case_id, boxes_path(case_id, number), picture)
                    pictures.add(number)
            readings = {page["page"]: reading for page in case["pages"] if (reading := _reading(ledger, case, page))}
            html = render_boxes(boxed_pages(case, readings, frozenset(pictures), names()), case)
            path = _write(workspace, ledger, case_id, boxes_path(case_id), html_bytes(html))
        finally:
            workspace.clear_scratch()
    return Drawn(path, len(pictures), len(case["pages"]))


def _job(case: Json, page: Json, files: tuple[SourceFile, ...], settings: Settings) -> Job | None:
    """The drawing of one page; None where it could not be read, or where its file is not the one that was read."""
    known = content_of(case, page)
    file = next((file for file in files if file.name == page["file"] and file.sha256 == known), None)
    if file is None or page["kind"] == "failed" or page["file_page"] > file.pages:
        return None
    request = CropRequest(page["page"], (), FULL_PAGE, WIDTH)
    limits = settings.limits
    args = (file, page["file_page"] - 1, page["rotation"], (request,), settings.ocr.pixels, limits)
    return Job(draw, args, float(limits.seconds_per_page), page["page"])


def _pictures(engine: LocalEngine, jobs: list[Job]) -> Iterator[tuple[int, bytes]]:
    """Number and JPEG of every page that could be drawn, as they come."""
    waiting = iter(jobs)
    job = next(waiting, None)
    while job or engine.pending:
        while job and engine.free:
            engine.start(job)
            job = next(waiting, None)
        done = engine.wait()
        if done.fault is None:
            yield done.job.tag, done.value[0]


def _reading(ledger: Ledger, case: Json, page: Json) -> PageText | None:
    packed = ledger.last_result(content_of(case, page), page["file_page"] - 1)
    return unpack_page(packed) if packed is not None else None


def _write(workspace: Workspace, ledger: Ledger, case_id: str, path: str, content: bytes) -> Path:
    """Write a file and note it, so that the next run removes it. Noted first, as `outputs` does."""
    ledger.keep_output(OutputRow(path, case_id, hashlib.sha256(content).hexdigest()))
    place = workspace.root.joinpath(*PurePosixPath(path).parts)
    workspace.write(place, content)
    return place
