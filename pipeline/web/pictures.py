"""Draws pages for whoever looks at them: a queue, a few threads, and behind each a worker process.

This process never opens a user's file. What somebody looks at is drawn first, the last asked for before the others;
thumbnails come next, and pages that will probably be turned to last. A worker that dies, hangs or grows over its
ceiling costs the page that it was drawing.
"""

from __future__ import annotations

import logging
import math
import re
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cache
from pathlib import Path
from threading import Condition, Thread
from typing import Any, Literal

from pipeline.batch.engine import Engine, Job
from pipeline.batch.local import LocalEngine, Recycle
from pipeline.batch.origin import content_of
from pipeline.config import Settings
from pipeline.summary.crops import DRAWING
from pipeline.web.drawing import draw_page, load_libraries
from pipeline.web.opened import CaseKey, Opened, OpenedCases
from pipeline.web.picture_cache import PictureCache, PictureName

Json = dict[str, Any]
Reason = Literal["", "missing", "changed", "failed", "late"]
"""Why there is no picture: its file is not there, or another one by now; the page cannot be drawn; too much to do."""


class Width(IntEnum):
    """Widths in pixels in which a page is to be had."""

    THUMB = 200
    PAGE = 1000
    LARGE = 1600
    FULL = 2400


class Urgency(IntEnum):
    """What is drawn first."""

    SEEN = 0
    THUMB = 1
    AHEAD = 2


WORKERS = 2
SECONDS = 30.0
"""What drawing one page may take before it is given up."""
MEMORY_MB = 2048
"""Ceiling of one worker; a page of 200 megapixels needs some 1.3 GB to be decoded."""
RECYCLE = Recycle(jobs=5000, memory_mb=768)
AGAIN_SECONDS = 60.0
"""A page that could not be drawn is tried again after so long."""
WENT = ("F113", "F121")
"""The file is gone, or another one by now."""
MOST_WAITING = 600
MOST_AHEAD = 40
_log = logging.getLogger(__name__)
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Picture:
    """A page's JPEG, or why there is none."""

    content: bytes = b""
    reason: Reason = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page to draw: of which case (run folder and id), `name` as it is kept."""

    case: CaseKey
    name: PictureName
    file: str


@dataclass(slots=True)
class _Task:
    wanted: Wanted
    urgency: Urgency
    order: int
    future: Future[Picture] = field(default_factory=Future)


def wanted_picture(run_folder: Path, case: Json, page: Json, width: Width) -> Wanted | None:
    """Tell what to draw for a page of a case's JSON; None where it cannot be told which file holds it."""
    sha256 = content_of(case, page)
    if not _SHA256.fullmatch(sha256) or page["file_page"] < 1:
        return None
    name = PictureName(sha256, page["file_page"] - 1, page["rotation"], int(width), DRAWING)
    return Wanted((run_folder, case["case_id"]), name, page["file"])


class Pictures:
    """The pictures of one server. Threads and workers start with the first page that is asked for."""

    def __init__(
        self,
        settings: Settings,
        workers: int = WORKERS,
        engine: Callable[[int], Engine] | None = None,
        batch: Path | None = None,
    ) -> None:
        """`engine` makes what draws, given its memory's ceiling in MB: each thread has one of its own.

        `batch`: where the files lie now, if not where the run found them.
        """
        self._limits = settings.limits
        self._engine = engine or _one_worker
        self._workers = workers
        self._cases = OpenedCases(settings.limits, batch)
        self._waiting: dict[Wanted, _Task] = {}
        self._drawn_now: dict[Wanted, _Task] = {}
        self._busy: list[CaseKey] = []
        self._opening: set[CaseKey] = set()
        self._known: set[CaseKey] = set()
        self._failed: dict[PictureName, float] = {}  # what cannot be drawn is the content's fault, in any case
        self._asked = 0
        self._closed = False
        self._changed = Condition()
        self._threads: list[Thread] = []

    @staticmethod
    @cache
    def kept(run_folder: Path) -> PictureCache:
        """Give the pictures that are kept of a run."""
        return PictureCache(run_folder)

    def ask(self, wanted: Wanted, urgency: Urgency) -> Future[Picture]:
        """Have a page drawn; whoever asks for the same page meanwhile gets the same answer."""
        with self._changed:
            task = self._waiting.get(wanted) or self._drawn_now.get(wanted)
            self._asked += 1
            if task is None:
                task = _Task(wanted, urgency, self._asked)
                if self._closed:
                    task.future.set_result(Picture(reason="late"))
                    return task.future
                self._waiting[wanted] = task
                self._drop_surplus()
            else:
                task.urgency, task.order = min(task.urgency, urgency), self._asked
            self._start()
            self._changed.notify()
        return task.future

    def warm(self) -> None:
        """Start the workers now, so that the first page does not wait for them."""
        with self._changed:
            self._start()

    def close(self, seconds: float = 5.0) -> None:
        """End the threads and their workers; who still waits gets no picture. Copies of users' files are removed."""
        with self._changed:
            self._closed = True
            for task in self._waiting.values():
                task.future.set_result(Picture(reason="late"))
            self._waiting.clear()
            self._changed.notify_all()
        for thread in self._threads:
            thread.join(seconds)
        self._cases.close()

    def _start(self) -> None:
        while len(self._threads) < self._workers and not self._closed:
            thread = Thread(target=self._work, name=f"pictures-{len(self._threads)}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _drop_surplus(self) -> None:
        """What waited longest of the least urgent is given up: whoever asked has scrolled on since."""
        ahead = [task for task in self._waiting.values() if task.urgency is Urgency.AHEAD]
        dropped = sorted(ahead, key=lambda task: task.order)[: max(0, len(ahead) - MOST_AHEAD)]
        if len(self._waiting) - len(dropped) > MOST_WAITING:
            dropped.append(max(self._waiting.values(), key=lambda task: (task.urgency, -task.order)))
        for task in dropped:
            if self._waiting.pop(task.wanted, None) is not None:
                task.future.set_result(Picture(reason="late"))

    def _next(self) -> _Task | None:
        """The next task; None when the server closes. A case that is being opened is left to who opens it."""
        with self._changed:
            while not self._closed:
                able = [task for task in self._waiting.values() if task.wanted.case not in self._opening]
                if able:
                    task = min(able, key=lambda task: (task.urgency, -task.order))
                    del self._waiting[task.wanted]
                    self._drawn_now[task.wanted] = task
                    self._busy.append(task.wanted.case)
                    if task.wanted.case not in self._known:
                        self._opening.add(task.wanted.case)
                    return task
                self._changed.wait()
        return None

    def _work(self) -> None:
        memory = min(MEMORY_MB, self._limits.memory_mb)
        while not self._closed:
            try:
                with self._engine(memory) as engine:
                    engine.start(Job(load_libraries, (), SECONDS))
                    engine.wait()
                    self._serve(engine)
            except Exception as error:  # no worker can be started, say: whoever asks next has another try
                _log.warning("pictures: %s", type(error).__name__)
                time.sleep(1.0)

    def _serve(self, engine: Engine) -> None:
        while (task := self._next()) is not None:
            picture = Picture(reason="failed")
            try:
                picture = self._draw(engine, task.wanted)
            finally:
                self._finish(task, picture)

    def _finish(self, task: _Task, picture: Picture) -> None:
        case = task.wanted.case
        with self._changed:
            del self._drawn_now[task.wanted]
            self._busy.remove(case)
            self._opening.discard(case)
            self._known.add(case)
            over = [key for key in self._cases.over() if key not in self._busy]
            self._known.difference_update(over)
            self._opening.update(over)  # nobody begins with them while their copies are removed
            self._changed.notify_all()
        task.future.set_result(picture)
        for key in over:
            self._cases.forget(key)
        with self._changed:
            self._opening.difference_update(over)
            self._changed.notify_all()

    def _draw(self, engine: Engine, wanted: Wanted) -> Picture:
        kept, name = self.kept(wanted.case[0]), wanted.name
        content = kept.get(name)
        if content is not None:
            return Picture(content)
        if time.monotonic() - self._failed.get(name, -math.inf) < AGAIN_SECONDS:
            return Picture(reason="failed")
        opened = self._cases.find(engine, wanted.case, name.sha256)
        answer = self._drawn(engine, opened, name)
        if answer in WENT:
            opened = self._cases.find(engine, wanted.case, name.sha256, gone=opened)
            answer = self._drawn(engine, opened, name)
        if isinstance(answer, bytes):
            kept.put(name, answer)
            return Picture(answer)
        if name.sha256 not in opened.files:
            return Picture(reason="changed" if wanted.file in opened.names else "missing")
        self._failed = {name: at for name, at in self._failed.items() if time.monotonic() - at < AGAIN_SECONDS}
        self._failed[name] = time.monotonic()
        return Picture(reason="failed")

    def _drawn(self, engine: Engine, opened: Opened, name: PictureName) -> bytes | str:
        """A page's JPEG, or the code of a problem; "" where the worker did not come to its end with it."""
        file = opened.files.get(name.sha256)
        if file is None:
            return ""
        seconds = min(SECONDS, float(self._limits.seconds_per_page))
        engine.start(Job(draw_page, (file, name, self._limits), seconds))
        answer: bytes | str | None = engine.wait().value
        return answer or ""


def _one_worker(memory_mb: int) -> LocalEngine:
    return LocalEngine(1, threads=1, memory_mb=memory_mb, recycle=RECYCLE)
