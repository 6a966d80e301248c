"""`prescreen bench`: the whole measurement, from a folder with truth to its figures."""

from __future__ import annotations

import datetime as dt
import itertools
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.batch.local import LocalEngine, worker_count
from pipeline.bench import figures
from pipeline.bench.figures import Figures
from pipeline.bench.machine import describe_machine
from pipeline.bench.measure import Measured, OnPage, measure_peer, measure_prescreen, measure_understanding
from pipeline.bench.pages import BenchPage, find_pages, spread
from pipeline.bench.peers import TITLES
from pipeline.config import Settings

SCHEMA = 1

OnStep = Callable[[str, int], OnPage]
"""Told what is measured next and over how many pages; gives whom to tell of each page."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to measure: `pages` of the folder (0 = all), against which peers, and how far the cost is to grow.

    `growth_pages`: 0 for no second table.
    """

    pages: int
    peers: tuple[str, ...]
    growth_pages: int


def run_bench(folder: Path, settings: Settings, wanted: Wanted, as_of: dt.date, on_step: OnStep) -> Figures:
    """Measure; `as_of` is what understanding takes as today.

    Raises `InputError` for a folder without truth and `EngineError` where prescreen itself cannot read. A peer that
    cannot be had is told as such in its figures. Copies of what lies in archives are made in a temporary folder that
    is gone afterwards.
    """
    workers = worker_count(settings.run.workers, settings.ocr.threads)
    cores = workers * settings.ocr.threads
    machine = describe_machine(cores)
    with tempfile.TemporaryDirectory(prefix="prescreen-bench-", ignore_cleanup_errors=True) as work:
        with LocalEngine(1, threads=1, memory_mb=settings.limits.memory_mb) as opening:
            found = find_pages(folder, opening, Path(work), settings.limits)
        pages = spread(found, wanted.pages)
        measured = measure_prescreen(pages, settings, workers, on_step(TITLES["prescreen"], len(pages)))
        own = figures.reader_figures(measured)
        stages = figures.stage_figures(measured)
        cases = len({page.case_id for page in pages})
        understood = measure_understanding(measured, settings, as_of, on_step("prescreen, 理解", cases))
        peers = [
            figures.reader_figures(measure_peer(name, pages, settings, cores, on_step(TITLES[name], len(pages))))
            for name in wanted.peers
        ]
        growth = _growth(pages, settings, workers, wanted.growth_pages, on_step) if wanted.growth_pages else None
    return {
        "schema": SCHEMA,
        "machine": machine,
        "settings": settings.ocr.model_dump(),
        "sample": _sample(found, pages),
        "readers": [own, *peers],
        "stages": stages,
        "understanding": figures.understanding_figures(understood, own),
        "verdict": figures.verdict(own, peers),
        "growth": growth,
    }


def _sample(found: Sequence[BenchPage], pages: Sequence[BenchPage]) -> Figures:
    return {
        "pages_found": len(found),
        "pages": len(pages),
        "cases": len({page.case_id for page in pages}),
        "legible": sum(page.legible for page in pages),
        "upright": sum(page.upright for page in pages),
    }


def _growth(pages: Sequence[BenchPage], settings: Settings, workers: int, count: int, on_step: OnStep) -> Figures:
    """Read the pages over and over with all workers, then once with 1, 2 … of them."""
    cycle = list(itertools.islice(itertools.cycle(pages), count))
    long = measure_prescreen(cycle, settings, workers, on_step(f"prescreen, {count} 页", count))
    runs: list[Measured] = []
    for number in figures.worker_steps(workers):
        runs.append(measure_prescreen(pages, settings, number, on_step(f"prescreen, {number} 个进程", len(pages))))
    return {
        "by_pages": figures.growth_by_pages(long, figures.page_steps(count)),
        "by_workers": figures.growth_by_workers(runs),
        "memory": figures.memory_series(long),
    }
