"""Judges a case anew after a correction, in a worker of its own that stays warm: one case at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Lock, Thread

from pipeline.batch.again import Again, judge_again, make_ready
from pipeline.batch.engine import Engine, Job
from pipeline.batch.local import LocalEngine, Recycle
from pipeline.config import Settings
from pipeline.corrections import Correction
from pipeline.problems import PrescreenError

READY_SECONDS = 120.0
RECYCLE = Recycle(jobs=500, memory_mb=1536)


class JudgingError(Exception):
    """A case could not be judged anew; its message says why, in Chinese."""


class Judging:
    """The worker of one server; it starts with the first case, or when it is told to be ready."""

    def __init__(self, settings: Settings, engine: Callable[[], Engine] | None = None) -> None:
        """`engine` makes what the worker runs in."""
        self._settings = settings
        self._make = engine or self._one_worker
        self._engine: Engine | None = None
        self._prepared: Again | None = None
        self._closed = False
        self._lock = Lock()

    def judge(self, run_folder: Path, case_id: str, corrections: tuple[Correction, ...]) -> bytes:
        """Judge a case with these corrections; the bytes of its JSON. Raises `JudgingError`."""
        wanted = Again(run_folder, case_id, corrections, self._settings.run.pack)
        with self._lock:
            engine = self._started()
            engine.start(Job(judge_again, (wanted,), float(self._settings.limits.seconds_per_case)))
            done = engine.wait()
        if done.fault is not None:
            reason = done.raised.message if isinstance(done.raised, PrescreenError) else str(done.raised or done.fault)
            raise JudgingError(f"未能按更正重新判断: {reason}")
        content: bytes = done.value
        return content

    def prepare(self, run_folder: Path, case_id: str, corrections: tuple[Correction, ...]) -> None:
        """Have the worker understand a case beside the server, since somebody looks at it; not while it is busy."""
        wanted = Again(run_folder, case_id, corrections, self._settings.run.pack)
        if self._engine is None or wanted == self._prepared:
            return
        self._prepared = wanted
        Thread(target=self._understand, args=(wanted,), name="judging", daemon=True).start()

    def warm(self) -> None:
        """Have the worker load what it needs, beside the server."""
        Thread(target=self._get_ready, name="judging", daemon=True).start()

    def close(self) -> None:
        """End the worker."""
        with self._lock:
            self._closed = True
            if self._engine is not None:
                self._engine.__exit__(None, None, None)
                self._engine = None

    def _get_ready(self) -> None:
        with self._lock:
            if not self._closed:
                engine = self._started()
                engine.start(Job(make_ready, (self._settings.run.pack,), READY_SECONDS))
                engine.wait()

    def _understand(self, wanted: Again) -> None:
        if not self._lock.acquire(blocking=False):
            return
        try:
            if not self._closed and self._engine is not None:
                self._engine.start(Job(judge_again, (wanted,), float(self._settings.limits.seconds_per_case)))
                self._engine.wait()
        finally:
            self._lock.release()

    def _started(self) -> Engine:
        if self._closed:
            raise JudgingError("服务正在停止")
        if self._engine is None:
            self._engine = self._make().__enter__()
        return self._engine

    def _one_worker(self) -> Engine:
        return LocalEngine(1, threads=1, memory_mb=self._settings.limits.memory_mb, recycle=RECYCLE)
