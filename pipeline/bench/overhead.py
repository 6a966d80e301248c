"""What the engine of a batch costs: whole runs with 1, 2 … workers beside a bare loop that does the same jobs.

Everything is done over and over in turns (bare loop, 1 worker, 2 workers …; then backwards), so that a processor that
gets warm or other work on the machine meets them alike. Every run begins with an empty run folder; the first one,
which records the jobs and warms the disk's cache, does not count.
"""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.batch.events import Event, PageDone, RunStarted
from pipeline.batch.local import LocalEngine, worker_count
from pipeline.batch.run import run_batch
from pipeline.bench.figures import Figures, worker_steps
from pipeline.bench.machine import describe_machine
from pipeline.bench.measure import OnPage
from pipeline.bench.overhead_figures import Bare, Run, overhead_figures
from pipeline.bench.sample import Sample, choose
from pipeline.bench.traced import read_notes, replay, traced_work
from pipeline.config import Settings
from pipeline.problems import EngineError
from pipeline.store.workspace import Workspace

SCHEMA = 1
OnStep = Callable[[str, int], OnPage]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where it is measured: the settings, the day that rules take as today, the sample and a folder to work in."""

    settings: Settings
    today: dt.date
    sample: Sample
    root: Path

    @property
    def calls(self) -> Path:
        return self.root / "calls"

    def folder(self, name: str) -> Path:
        """Make an empty folder."""
        path = self.root / name
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir()
        return path


def measure_overhead(
    folder: Path, settings: Settings, *, pages: int, repeats: int, today: dt.date, on_step: OnStep
) -> Figures:
    """Measure over whole cases of `folder` that hold `pages` pages or more (0: all of them), `repeats` times.

    Raises `InputError` where the folder holds no case and `EngineError` where prescreen cannot read. Copies of the
    cases and the run folders stand in a temporary folder that is gone afterwards.
    """
    workers = worker_count(settings.run.workers, settings.ocr.threads)
    machine = describe_machine(workers * settings.ocr.threads)
    with tempfile.TemporaryDirectory(prefix="prescreen-bench-", ignore_cleanup_errors=True) as work:
        root = Path(work)
        with LocalEngine(1, threads=1, memory_mb=settings.limits.memory_mb) as opening:
            sample = choose(folder, pages, opening, root, settings.limits)
        place = _Place(settings, today, sample, root)
        place.calls.mkdir()
        _run(place, 1, on_step("记录", sample.pages), recording=True)
        bare: list[Bare] = []
        runs: list[Run] = []
        for number, count in _turns(repeats, worker_steps(workers)):
            title = f"{number + 1}/{repeats}: " + (f"{count} 个进程" if count else "单进程循环")
            on_page = on_step(title, sample.pages)
            if count:
                runs.append(_run(place, count, on_page))
            else:
                bare.append(_bare(place))
    return {
        "schema": SCHEMA,
        "machine": machine,
        "settings": settings.ocr.model_dump(),
        "sample": {"cases": sample.cases, "pages": sample.pages, "pages_per_case": round(sample.pages_per_case, 1)},
        "repeats": repeats,
        **overhead_figures(bare, runs),
    }


def _turns(repeats: int, steps: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Give (round, workers), 0 workers being the bare loop; every other round backwards."""
    order = [0, *steps]
    for number in range(repeats):
        yield from ((number, count) for count in (reversed(order) if number % 2 else order))


def _run(place: _Place, workers: int, on_page: OnPage, *, recording: bool = False) -> Run:
    notes, out = place.folder("notes"), place.folder("RUN")
    settings = place.settings.model_copy(update={"run": place.settings.run.model_copy(update={"workers": workers})})

    started = 0.0

    def on_event(event: Event) -> None:
        nonlocal started
        if isinstance(event, RunStarted):
            started = time.process_time()
        elif isinstance(event, PageDone):
            on_page()

    work = traced_work(notes, place.calls if recording else None)
    began, spent = time.perf_counter(), time.process_time()
    result = run_batch(place.sample.folder, out, settings, today=place.today, on_event=on_event, work=work)
    ended, all_spent = time.perf_counter(), time.process_time() - spent
    if not result.pages_read:
        raise EngineError("样本里没有一页被读出", "请换一个装有案卷的文件夹")
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    return Run(workers, began, ended, started - spent, all_spent, read_notes(notes), size)


def _bare(place: _Place) -> Bare:
    notes = place.folder("notes")
    # where the recorded calls unpack archives to; a run made it and took it away again
    scratch = Workspace(place.root / "RUN").scratch
    scratch.mkdir(parents=True, exist_ok=True)
    began, ended = replay(place.calls, notes, place.settings.ocr.threads, place.settings.limits.memory_mb)
    shutil.rmtree(scratch, ignore_errors=True)
    return Bare(began, ended, read_notes(notes))
