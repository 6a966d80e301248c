"""Have prescreen and its peers read the same pages, one after the other, each in processes of its own."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import psutil

from pipeline.batch.engine import Done, Job
from pipeline.batch.local import LocalEngine
from pipeline.batch.ready import ENGINE_SECONDS
from pipeline.bench.jobs import (
    PageCost,
    Started,
    Understood,
    draw_page,
    read_page_timed,
    read_with_peer,
    start_peer,
    start_reader,
    understand_timed,
)
from pipeline.bench.machine import MB
from pipeline.bench.pages import BenchPage
from pipeline.config import Settings
from pipeline.problems import EngineError, PrescreenError

PEER_SECONDS = 600.0
"""After which a peer's page is given up."""
FAULTS = {"timeout": "超过时限", "died": "进程被终止", "memory": "内存不足"}

OnPage = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Reading:
    """A page as one reader read it. `cost` is None where it was lost; `at`: seconds from the first page's start."""

    page: BenchPage
    at: float
    cost: PageCost | None


@dataclass(frozen=True, slots=True)
class Measured:
    """All pages as one reader read them, in the order they were given.

    `seconds`: the clock's, from the first page's start to the last one's end; for a peer, of its reading alone.
    `load_seconds`: before that, until every process was ready.
    """

    reader: str
    version: str
    workers: int
    load_seconds: float
    seconds: float
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Absent:
    """A reader that could not be measured, and why."""

    reader: str
    reason: str


def measure_prescreen(pages: Sequence[BenchPage], settings: Settings, workers: int, on_page: OnPage) -> Measured:
    """Read pages in `workers` processes as a batch does. Raises `EngineError` where the engine does not start."""
    cores = workers * settings.ocr.threads
    first = pages[0]
    with LocalEngine(workers, threads=settings.ocr.threads, memory_mb=settings.limits.memory_mb) as engine:
        begin = (first.file, first.index, settings.ocr, settings.limits, cores)
        for _ in range(workers):
            engine.start(Job(start_reader, begin, ENGINE_SECONDS))
        started = [_started(engine.wait()) for _ in range(workers)]
        seconds = float(settings.limits.seconds_per_page)
        jobs = (
            Job(read_page_timed, (page.file, page.index, settings.ocr, settings.limits), seconds, number)
            for number, page in enumerate(pages)
        )
        began = time.monotonic()
        ended = {done.job.tag: (time.monotonic() - began, done) for done in _work(engine, jobs, on_page)}
    readings = tuple(Reading(page, ended[i][0], _cost(ended[i][1])) for i, page in enumerate(pages))
    return Measured(
        "prescreen",
        started[0].version,
        workers,
        max(s.load_seconds for s in started),
        max(reading.at for reading in readings),
        readings,
    )


def measure_understanding(
    measured: Measured, settings: Settings, as_of: dt.date, on_case: OnPage
) -> tuple[Understood, ...]:
    """Have a process understand the pages that were read, those of a case together; what broke is left out.

    The first case is understood once before, so that models and tables are loaded.
    """
    cases: dict[str, list[bytes]] = {}
    for reading in sorted(measured.readings, key=lambda reading: reading.page.page):
        if reading.cost:
            cases.setdefault(reading.page.case_id, []).append(reading.cost.packed)
    seconds = float(settings.limits.seconds_per_case)
    found: list[Understood] = []
    with LocalEngine(1, threads=1, memory_mb=settings.limits.memory_mb) as engine:
        for number, case_id in enumerate([*sorted(cases)[:1], *sorted(cases)]):
            done = _ask(engine, Job(understand_timed, (tuple(cases[case_id]), as_of), seconds))
            if number:
                on_case()
                found += [done.value] if done.fault is None else []
    return tuple(found)


def measure_peer(
    reader: str, pages: Sequence[BenchPage], settings: Settings, cores: int, on_page: OnPage
) -> Measured | Absent:
    """Have a peer read the same pixels in one process with `cores` cores; pages are drawn beforehand, by another."""
    everything = int(psutil.virtual_memory().total / MB)
    readings: list[Reading] = []
    seconds = 0.0
    with (
        LocalEngine(1, threads=1, memory_mb=settings.limits.memory_mb) as drawing,
        LocalEngine(1, threads=cores, memory_mb=everything) as reading,
    ):
        first = next((p for page in pages if (p := _pixels(drawing, page, settings)) is not None), None)
        if first is None:
            return Absent(reader, "没有一页画得出来")
        try:
            started = _started(_ask(reading, Job(start_peer, (reader, first, cores), PEER_SECONDS)))
        except PrescreenError as error:
            return Absent(reader, error.message)
        for page in pages:
            pixels = _pixels(drawing, page, settings)
            cost = None
            if pixels is not None:
                done = _ask(reading, Job(read_with_peer, (reader, pixels), PEER_SECONDS))
                cost = _cost(done)
                seconds += cost.seconds if cost else done.seconds
            readings.append(Reading(page, seconds, cost))
            on_page()
    if all(r.cost is None for r in readings):
        return Absent(reader, "一页也没有读出来")
    return Measured(reader, started.version, 1, started.load_seconds, seconds, tuple(readings))


def _work(engine: LocalEngine, jobs: Iterable[Job], on_page: OnPage) -> Iterable[Done]:
    """Keep every worker busy; give what is done as it comes."""
    for job in jobs:
        while not engine.free:
            yield engine.wait()
            on_page()
        engine.start(job)
    while engine.pending:
        yield engine.wait()
        on_page()


def _ask(engine: LocalEngine, job: Job) -> Done:
    engine.start(job)
    return engine.wait()


def _pixels(engine: LocalEngine, page: BenchPage, settings: Settings) -> Any:
    """Give the pixels of a page; None where it cannot be drawn, which then nobody reads."""
    limits = settings.limits
    job = Job(draw_page, (page.file, page.index, settings.ocr.pixels, limits), float(limits.seconds_per_page))
    done = _ask(engine, job)
    return done.value if done.fault is None else None


def _cost(done: Done) -> PageCost | None:
    return done.value if done.fault is None else None


def _started(done: Done) -> Started:
    if isinstance(done.raised, PrescreenError):
        raise done.raised
    if done.fault is not None:
        reason = FAULTS.get(done.fault, str(done.raised))
        raise EngineError(f"无法启动: {reason}", "请运行 prescreen doctor 检查引擎和模型文件")
    started: Started = done.value
    return started
