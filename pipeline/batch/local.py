"""The local engine: supervised worker processes. It places work and knows nothing of cases or pages.

Each slot is a pebble pool of one spawned process with at most one job, so that a worker's death can only be the doing
of the job it held, no lock is shared between workers, and no queue builds up. Which deaths are tried again is told in
attempts.py. Workers notice the death of the coordinator and go.

Deadlines: pebble ends a job that takes longer than its own. It goes by the system's clock, so a deadline that passed
too early by the monotonic one (the clock was set) is no try, and one that never passes is ended here, after some
silence.

Memory: a worker that holds more than its ceiling is killed (looked at twice a second, on every platform). On Linux a
hard limit somewhat above it (RLIMIT_DATA) stops a burst that would be over before anybody looks. RLIMIT_AS would count
address space that OpenVINO and CUDA only reserve. Between two jobs a worker that did many, or grew, makes way for a
fresh one.
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
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Any, Self

import psutil
from pebble import ProcessExpired, ProcessPool
from pebble.pool.process import WORKERS_NAME

from pipeline.batch.attempts import Attempts, Blame
from pipeline.batch.engine import Attempt, Done, Job, answered, perform
from pipeline.config import Settings

START_SECONDS = 300.0
"""What starting a worker on a slow machine may take before the slot is made anew."""
LOOK_SECONDS = 0.5
BURST_MB = 2048
"""What the hard limit allows above the ceiling."""
EARLY = 0.9
"""A deadline of which less than this share has passed by the monotonic clock was never reached."""
SMALL = 0.5
"""A worker below this share of its ceiling that is killed was not killed for its memory."""


@dataclass(slots=True)
class _Slot:
    """`ready`: its worker did what its jobs want done first; `jobs`: how many it did."""

    pool: ProcessPool
    attempt: Attempt | None = None
    future: Future[Any] | None = field(default=None, repr=False)
    ready: bool = False
    jobs: int = 0


@dataclass(frozen=True, slots=True)
class Recycle:
    """When a worker makes way for a fresh one: after so many jobs, or holding so much after one; 0 = never."""

    jobs: int = 0
    memory_mb: int = 0


class LocalEngine:
    """Worker processes on this machine; to be used with `with`: leaving it ends every worker."""

    def __init__(
        self, workers: int, *, threads: int, memory_mb: int, recycle: Recycle = Recycle(), silence: float = 60.0
    ) -> None:
        """Set up `workers` slots (at least 1); a worker starts with its slot's first job.

        `threads` is how many threads numeric libraries may start in one worker; `memory_mb` the ceiling of one;
        `silence` the seconds beyond a job's deadline after which a worker that says nothing is given up.
        """
        self._threads = threads
        self._memory_mb = memory_mb
        self._recycle = recycle
        self._silence = silence
        self._slots = [_Slot(self._new_pool()) for _ in range(workers)]
        self._done: queue.SimpleQueue[tuple[_Slot, Future[Any]]] = queue.SimpleQueue()
        self._attempts = Attempts()
        self._given_up: list[Done] = []
        self._killed: set[int] = set()
        self._held: dict[int, int] = {}
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
        return max(0, sum(slot.attempt is None for slot in self._slots) - self._attempts.soon)

    @property
    def free_to_read(self) -> int:
        return self.free

    @property
    def workers(self) -> int:
        return len(self._slots)

    @property
    def ahead(self) -> int:
        return 1

    @property
    def pending(self) -> int:
        """How many jobs are under way or wait to be tried again."""
        return self._busy + len(self._attempts) + len(self._given_up)

    @property
    def _busy(self) -> int:
        return sum(slot.attempt is not None for slot in self._slots)

    def start(self, job: Job) -> None:
        """Give a job to a free slot. Raises RuntimeError where there is none: nothing queues up here."""
        self._place(Attempt(job))

    def load(self, job: Job) -> tuple[Done, ...]:
        """Have a first worker load the engine; the others do so with their first page."""
        self.start(job)
        return (self.wait(),)

    def wait(self) -> Done:
        """Wait for the next job to end. Raises RuntimeError where none is pending."""
        while True:
            done = self.poll(LOOK_SECONDS)
            if done is not None:
                return done

    def poll(self, seconds: float) -> Done | None:
        """Wait at most so long for the next job to end, else None. Raises RuntimeError where none is pending."""
        if self._given_up:
            return self._given_up.pop(0)
        while self._busy < len(self._slots) and (attempt := self._attempts.next(idle=not self._busy)):
            self._place(attempt)
        if not self._busy:
            raise RuntimeError("no job is pending")
        ended: tuple[_Slot, Future[Any]] | None = None
        with contextlib.suppress(queue.Empty):
            ended = self._done.get(timeout=seconds) if seconds > 0 else self._done.get_nowait()
        if time.monotonic() - self._looked > LOOK_SECONDS:
            self._look()
        if ended is None or ended[0].future is not ended[1]:  # in the latter case the slot was made anew meanwhile
            return None
        return self._settle(*ended)

    def _place(self, attempt: Attempt) -> None:
        free = [slot for slot in self._slots if slot.attempt is None]
        if not free:
            raise RuntimeError("no slot is free")
        slot = next((slot for slot in free if slot.ready == (attempt.job.first is not None)), free[0])
        self._submit(slot, attempt)

    def _submit(self, slot: _Slot, attempt: Attempt) -> None:
        """Give the slot's worker the job, or first what must be done before it."""
        attempt.preparing = attempt.job.first is not None and not slot.ready
        step = _step(attempt)
        attempt.placed, attempt.began = time.monotonic(), None
        arguments = (step.function, step.args)
        with _interrupts_held():
            try:
                future = slot.pool.schedule(_perform, args=arguments, timeout=step.seconds)
            except RuntimeError:  # its worker died between two jobs, which breaks a pool of one
                self._renew(slot)
                attempt.preparing = attempt.job.first is not None
                step = _step(attempt)
                future = slot.pool.schedule(_perform, args=(step.function, step.args), timeout=step.seconds)
        slot.attempt, slot.future = attempt, future
        future.add_done_callback(lambda ended: self._done.put((slot, ended)))

    def _settle(self, slot: _Slot, future: Future[Any]) -> Done | None:
        attempt = slot.attempt
        assert attempt is not None
        slot.attempt = slot.future = None
        seconds = time.monotonic() - attempt.placed
        error = future.exception()
        if error is not None:
            return self._failed(slot, attempt, error, seconds)
        answer, held = future.result()
        slot.jobs += 1
        done = answered(attempt, answer, seconds)
        if attempt.preparing and done.fault is None:
            slot.ready = True
            self._submit(slot, attempt)
            return None
        self._attempts.ended()
        if 0 < self._recycle.jobs <= slot.jobs or 0 < self._recycle.memory_mb * 1024 * 1024 < held:
            self._renew(slot)
        return done

    def _failed(self, slot: _Slot, attempt: Attempt, error: BaseException, seconds: float) -> Done | None:
        slot.ready, slot.jobs = False, 0
        if isinstance(error, TimeoutError):  # pebble has replaced the worker
            if attempt.preparing:
                return self._attempts.died(attempt, "start", seconds)
            if seconds < EARLY * attempt.job.seconds:
                return self._attempts.died(attempt, "outside", seconds)
            self._attempts.ended()
            return Done(attempt.job, fault="timeout", seconds=seconds)
        blame: Blame = "start" if attempt.preparing or not isinstance(error, ProcessExpired) else "job"
        if isinstance(error, ProcessExpired) and blame == "job":
            if error.pid in self._killed:
                self._killed.discard(error.pid)
                attempt.over_memory = True
            elif self._killed_from_outside(error):
                blame = "outside"
        self._renew(slot)
        return self._attempts.died(attempt, blame, seconds)

    def _killed_from_outside(self, error: ProcessExpired) -> bool:
        """Tell whether somebody killed a worker that gave no reason for it. Only POSIX says who died of what.

        A job's own fault looks otherwise: it breaks down (SIGSEGV, SIGABRT) or grows until it is killed.
        """
        if sys.platform == "win32" or error.exitcode != -signal.SIGKILL:
            return False
        return self._held.get(error.pid, 0) < SMALL * self._memory_mb * 1024 * 1024

    def _new_pool(self) -> ProcessPool:
        return ProcessPool(
            max_workers=1,
            context=multiprocessing.get_context("spawn"),
            initializer=begin_worker,
            initargs=(self._threads, self._memory_mb),
        )

    def _renew(self, slot: _Slot) -> None:
        """Give the slot a new worker: one that died may have taken a lock of its pool with it."""
        slot.pool.stop()
        slot.pool.join()
        slot.pool, slot.ready, slot.jobs = self._new_pool(), False, 0

    def _look(self) -> None:
        """Kill workers over their ceiling; make slots anew whose worker neither answers nor meets its deadline."""
        self._looked = time.monotonic()
        held: dict[int, int] = {}
        for process in _workers():
            with contextlib.suppress(psutil.Error):
                if process.pid:
                    held[process.pid] = psutil.Process(process.pid).memory_info().rss
                    if held[process.pid] > self._memory_mb * 1024 * 1024:
                        self._killed.add(process.pid)
                        psutil.Process(process.pid).kill()
        self._held = self._held | held if len(self._held) < 100 else held
        for slot in self._slots:
            if slot.attempt and slot.future:
                self._listen(slot, slot.attempt, slot.future)

    def _listen(self, slot: _Slot, attempt: Attempt, future: Future[Any]) -> None:
        """Give up a worker from which nothing is heard: it never began, or pebble's deadline did not end it."""
        if attempt.began is None and future.running():
            attempt.began = self._looked
        if attempt.began is None:  # a worker that did something before takes a job at once, unless it was stopped
            silent = self._looked - attempt.placed > (self._silence if slot.jobs else START_SECONDS)
        else:
            silent = self._looked - attempt.began > _step(attempt).seconds + self._silence
        if not silent:
            return
        slot.attempt = slot.future = None
        self._renew(slot)
        seconds = self._looked - attempt.placed
        done: Done | None = Done(attempt.job, fault="timeout", seconds=seconds)
        if attempt.began is None or attempt.preparing:
            done = self._attempts.died(attempt, "start", seconds)
        if done is not None:
            self._given_up.append(done)


def _step(attempt: Attempt) -> Job:
    """What the worker does now: the job itself, or what comes first."""
    return attempt.job.first if attempt.preparing and attempt.job.first else attempt.job


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


def local_engine(workers: int, settings: Settings) -> LocalEngine:
    """Set up the workers of a batch as the settings want them."""
    limits = settings.limits
    return LocalEngine(
        workers,
        threads=settings.ocr.threads,
        memory_mb=limits.memory_mb,
        recycle=Recycle(limits.recycle_jobs, limits.recycle_mb),
        silence=float(limits.seconds_of_silence),
    )


def begin_worker(threads: int, memory_mb: int) -> None:
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


def _perform(function: Callable[..., Any], args: tuple[Any, ...]) -> tuple[Any, int]:
    """Run a job in the worker; its answer, and the bytes that the worker holds after it."""
    return perform(function, args), psutil.Process().memory_info().rss
