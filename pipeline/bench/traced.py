"""The jobs of a batch with a stopwatch: what each cost its worker; and the very same calls once more in a bare loop.

A run is recorded call by call, so that the loop does the same work whatever a batch is made of. What is noted of a
job is one line of JSON in a file of its process: nothing that would show in the figures.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import pickle
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields
from functools import partial
from pathlib import Path
from typing import Any

from pipeline.batch.local import begin_worker
from pipeline.batch.work import REAL, Work
from pipeline.bench.machine import peak_memory_mb
from pipeline.problems import EngineError

LOAD = "prepare"
"""The job that loads an engine."""
READ = "read"


@dataclass(frozen=True, slots=True)
class Noted:
    """One job of a batch as its worker saw it: `began` and `ended` by the clock that all processes share (seconds).

    `cpu`: processor seconds of the job; `cpu_so_far`: of its process since that started; `peak_mb`: the most that the
    process ever held.
    """

    name: str
    pid: int
    began: float
    ended: float
    cpu: float
    cpu_so_far: float
    peak_mb: float
    failed: bool

    @property
    def seconds(self) -> float:
        return self.ended - self.began

    def within(self, start: float) -> float:
        """Which share of it lies after `start`."""
        return 1.0 if self.began >= start else max(0.0, self.ended - start) / self.seconds


def traced_work(notes: Path, calls: Path | None = None) -> Work:
    """Give the real work, each job noted in the folder `notes`; with `calls`, recorded there to be done again."""
    return Work(
        **{
            field.name: partial(_traced, str(notes), str(calls) if calls else "", field.name, getattr(REAL, field.name))
            for field in fields(Work)
        }
    )


def read_notes(notes: Path) -> tuple[Noted, ...]:
    """Give all jobs that were noted, in the order in which they began."""
    lines = [line for path in notes.glob("*.jsonl") for line in path.read_text("utf-8").splitlines()]
    return tuple(sorted((Noted(**json.loads(line)) for line in lines), key=lambda job: job.began))


def _traced(notes: str, calls: str, name: str, function: Callable[..., Any], *args: Any) -> Any:
    """Do a job of a batch and note what it cost."""
    if calls:
        # the clock's ticks as the name: calls are replayed in the order in which they were made
        Path(calls, f"{time.perf_counter_ns():020d}.pickle").write_bytes(pickle.dumps((name, args)))
    return _note(Path(notes), name, function, args)


def _note(notes: Path, name: str, function: Callable[..., Any], args: Sequence[Any]) -> Any:
    began, spent, failed = time.perf_counter(), time.process_time(), True
    try:
        value = function(*args)
        failed = False
        return value
    finally:
        ended, so_far = time.perf_counter(), time.process_time()
        job = Noted(name, os.getpid(), began, ended, so_far - spent, so_far, peak_memory_mb(), failed)
        with (notes / f"{os.getpid()}.jsonl").open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(asdict(job)) + "\n")


def replay(calls: Path, notes: Path, threads: int, memory_mb: int) -> tuple[float, float]:
    """Do recorded calls once more, one after the other in one fresh process, without ledger, engine or coordinator.

    Gives when its process was started and when the last call had ended, by the clock of `Noted`. Raises `EngineError`
    where the process did not come to its end.
    """
    began = time.perf_counter()
    process = multiprocessing.get_context("spawn").Process(
        target=_replay, args=(str(calls), str(notes), threads, memory_mb)
    )
    process.start()
    process.join()
    if process.exitcode:
        raise EngineError("对照用的单进程循环没有做完", "请重新测量; 仍不行请运行 prescreen doctor")
    return began, max(job.ended for job in read_notes(notes))


def _replay(calls: str, notes: str, threads: int, memory_mb: int) -> None:
    begin_worker(threads, memory_mb)
    for path in sorted(Path(calls).iterdir()):
        name, args = pickle.loads(path.read_bytes())  # one by one, as a worker gets them
        try:
            _traced(notes, "", name, getattr(REAL, name), *args)
        except Exception:  # noted as failed; a batch goes on, too
            continue
