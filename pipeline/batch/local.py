"""The local engine: supervised worker processes. It places work and knows nothing of cases or pages.

Each slot is a pebble pool of one spawned process with at most one job, so that a worker's death can only be the doing
of the job it held, no lock is shared between workers, and no queue builds up. A job whose worker died is tried again;
when the second one died too it waits until nothing else runs and is tried once more alone; after a third death it is
given back as lost. A deadline that passed is not tried again. The death of the coordinator is no try: workers notice
it and go.

Memory: a worker that holds more than its ceiling is killed (looked at twice a second, on every platform). On Linux a
hard limit somewhat above it (RLIMIT_DATA) stops a burst that would be over before anybody looks. RLIMIT_AS would count
address space that OpenVINO and CUDA only reserve.
"""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing
import os
import queue
import signal
import sys
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import PurePath
from types import TracebackType
from typing import Any, Literal, Self

import psutil
from pebble import ProcessExpired, ProcessPool
from pebble.pool.process import WORKERS_NAME

from pipeline.problems import PrescreenError

TRIES = 3
"""Deaths after which a job is lost: two beside others, one alone."""
START_SECONDS = 300.0
"""Beyond a job's own deadline, what starting a worker on a slow machine may cost before the slot is made anew."""
LOOK_SECONDS = 0.5
BURST_MB = 2048
"""What the hard limit allows above the ceiling."""

Fault = Literal["died", "memory", "timeout", "raised"]


@dataclass(frozen=True, slots=True)
class Job:
    """One call for a worker: `function` must be importable there, `args` picklable. `seconds` is its deadline.

    `tag` is for whoever gave the job; it stays here.
    """

    function: Callable[..., Any]
    args: tuple[Any, ...]
    seconds: float
    tag: Any = None


@dataclass(frozen=True, slots=True)
class Raised:
    """An exception of a job, without its message: that could quote a case file."""

    kind: str
    where: str

    def __str__(self) -> str:
        return f"{self.kind} ({self.where})" if self.where else self.kind


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a job: its `value`, or a `fault`. `raised` says which exception, where one was the fault.

    `seconds` is the time from giving it to a worker to the answer.
    """

    job: Job
    value: Any = None
    fault: Fault | None = None
    raised: Raised | PrescreenError | None = None
    seconds: float = 0.0


@dataclass(slots=True)
class _Attempt:
    job: Job
    deaths: int = 0
    over_memory: bool = False
    started: float = 0.0


@dataclass(slots=True)
class _Slot:
    pool: ProcessPool
    attempt: _Attempt | None = None
    future: Future[Any] | None = field(default=None, repr=False)


class LocalEngine:
    """Worker processes on this machine; to be used with `with`: leaving it ends every worker."""

    def __init__(self, workers: int, *, threads: int, memory_mb: int) -> None:
        """Set up `workers` slots (at least 1); a worker starts with its slot's first job.

        `threads` is how many threads numeric libraries may start in one worker; `memory_mb` the ceiling of one.
        """
        self._threads = threads
        self._memory_mb = memory_mb
        self._slots = [_Slot(self._new_pool()) for _ in range(workers)]
        self._done: queue.SimpleQueue[tuple[_Slot, Future[Any]]] = queue.SimpleQueue()
        self._again: deque[_Attempt] = deque()
        self._alone: deque[_Attempt] = deque()
        self._lost: deque[Done] = deque()
        self._killed: set[int] = set()
        self._looked = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if any(slot.attempt for slot in self._slots):  # left by an exception: nobody waits for these jobs
            for process in _workers():
                process.kill()
        for slot in self._slots:
            slot.pool.stop()
        for slot in self._slots:
            slot.pool.join()

    @property
    def free(self) -> int:
        """How many jobs can be started now."""
        return max(0, sum(slot.attempt is None for slot in self._slots) - len(self._again))

    @property
    def pending(self) -> int:
        """How many jobs are under way or wait to be tried again."""
        return sum(slot.attempt is not None for slot in self._slots) + len(self._again) + len(self._alone)

    def start(self, job: Job) -> None:
        """Give a job to a free slot. Raises RuntimeError where there is none: nothing queues up here."""
        self._place(_Attempt(job))

    def wait(self) -> Done:
        """Wait for the next job to end. Raises RuntimeError where none is pending."""
        while True:
            if self._lost:
                return self._lost.popleft()
            self._resume()
            if not any(slot.attempt for slot in self._slots):
                raise RuntimeError("no job is pending")
            try:
                slot, future = self._done.get(timeout=LOOK_SECONDS)
            except queue.Empty:
                self._look()
                continue
            if time.monotonic() - self._looked > LOOK_SECONDS:
                self._look()
            if slot.future is not future:
                continue  # the slot was made anew meanwhile
            done = self._settle(slot, future)
            if done is not None:
                return done

    def _resume(self) -> None:
        """Place what waits to be tried again; a job that is to be alone only when nothing else runs."""
        while self._again and any(slot.attempt is None for slot in self._slots):
            self._place(self._again.popleft())
        if self._alone and not any(slot.attempt for slot in self._slots):
            self._place(self._alone.popleft())

    def _place(self, attempt: _Attempt) -> None:
        slot = next((slot for slot in self._slots if slot.attempt is None), None)
        if slot is None:
            raise RuntimeError("no slot is free")
        attempt.started = time.monotonic()
        arguments = (attempt.job.function, attempt.job.args)
        with _interrupts_held():
            try:
                future = slot.pool.schedule(_perform, args=arguments, timeout=attempt.job.seconds)
            except RuntimeError:  # its worker died between two jobs, which breaks a pool of one
                self._renew(slot)
                future = slot.pool.schedule(_perform, args=arguments, timeout=attempt.job.seconds)
        slot.attempt, slot.future = attempt, future
        future.add_done_callback(lambda ended: self._done.put((slot, ended)))

    def _settle(self, slot: _Slot, future: Future[Any]) -> Done | None:
        attempt = slot.attempt
        assert attempt is not None
        slot.attempt = slot.future = None
        seconds = time.monotonic() - attempt.started
        error = future.exception()
        if error is None:
            answer = future.result()
            if isinstance(answer, Raised | PrescreenError):
                fault: Fault = "memory" if isinstance(answer, Raised) and answer.kind == "MemoryError" else "raised"
                return Done(attempt.job, None, fault, answer, seconds)
            return Done(attempt.job, answer, seconds=seconds)
        if isinstance(error, TimeoutError):
            return Done(attempt.job, fault="timeout", seconds=seconds)
        if isinstance(error, ProcessExpired) and error.pid in self._killed:
            self._killed.discard(error.pid)
            attempt.over_memory = True
        self._renew(slot)
        return self._died(attempt, seconds)

    def _died(self, attempt: _Attempt, seconds: float) -> Done | None:
        attempt.deaths += 1
        if attempt.deaths >= TRIES:
            return Done(attempt.job, fault="memory" if attempt.over_memory else "died", seconds=seconds)
        (self._again if attempt.deaths < TRIES - 1 else self._alone).append(attempt)
        return None

    def _new_pool(self) -> ProcessPool:
        return ProcessPool(
            max_workers=1,
            context=multiprocessing.get_context("spawn"),
            initializer=_begin,
            initargs=(self._threads, self._memory_mb),
        )

    def _renew(self, slot: _Slot) -> None:
        """Give the slot a new worker: one that died may have taken a lock of its pool with it."""
        slot.pool.stop()
        slot.pool.join()
        slot.pool = self._new_pool()

    def _look(self) -> None:
        """Kill workers over their ceiling; make slots anew whose worker neither answers nor meets its deadline."""
        self._looked = time.monotonic()
        for process in _workers():
            with contextlib.suppress(psutil.Error):
                if process.pid and psutil.Process(process.pid).memory_info().rss > self._memory_mb * 1024 * 1024:
                    self._killed.add(process.pid)
                    psutil.Process(process.pid).kill()
        for slot in self._slots:
            attempt = slot.attempt
            if attempt and self._looked - attempt.started > attempt.job.seconds + START_SECONDS:
                slot.attempt = slot.future = None
                self._renew(slot)
                done = self._died(attempt, self._looked - attempt.started)
                if done is not None:
                    self._lost.append(done)


def _workers() -> list[BaseProcess]:
    return [child for child in multiprocessing.active_children() if child.name == WORKERS_NAME]


@contextlib.contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C back while a worker is started: it inherits that, and so never dies of it half-started."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def worker_count(wanted: int, threads: int) -> int:
    """Tell how many workers to start: as many as asked for, or, for 0, so that workers x threads = cores."""
    if wanted:
        return wanted
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, cores // threads)


def _begin(threads: int, memory_mb: int) -> None:
    """Make a fresh process a worker. Runs before any numeric library is imported there."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"):
        os.environ[name] = str(threads)
    if sys.platform == "linux":
        import resource

        limit = (memory_mb + BURST_MB) * 1024 * 1024
        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (limit if most < 0 else min(limit, most), most))
    if sys.platform == "win32":
        ctypes.windll.kernel32.SetErrorMode(0x8003)  # no "has stopped working" window that waits for a click
    threading.Thread(target=_follow_parent, daemon=True).start()


def _follow_parent() -> None:
    """End this worker when the coordinator is gone, even in the middle of a job."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)


def _perform(function: Callable[..., Any], args: Sequence[Any]) -> Any:
    """Run a job in the worker; its exceptions come back as values, so that only the engine's own are raised."""
    try:
        return function(*args)
    except PrescreenError as error:
        return error
    except Exception as error:  # whatever a damaged file provokes
        return Raised(type(error).__name__, _place_of(error))


def _place_of(error: Exception) -> str:
    """`stage/module.py:line` of the last frame of our own code."""
    frames = [
        frame for frame in traceback.extract_tb(error.__traceback__) if "pipeline" in PurePath(frame.filename).parts
    ]
    if not frames:
        return ""
    return f"{'/'.join(PurePath(frames[-1].filename).parts[-2:])}:{frames[-1].lineno}"
