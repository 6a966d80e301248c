"""What runs on a node of a cluster: local.py's supervised workers, fed from afar.

One actor stands for the workers of a machine (or of one of its GPUs). It opens nothing itself: its workers are the same
processes as on a single machine, with the same deadlines, ceilings and rules about deaths, so that a page that kills
its reader costs the actor nothing and means the same wherever it is read. The actor's own end therefore is that of its
machine, and no try of the pages that were there.

Nothing here imports Ray but to fetch what was sent: the class can be tried without a cluster.
"""

from __future__ import annotations

import socket
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, is_dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.batch.engine import Done, Fault, Job, Raised
from pipeline.batch.laid import Laid
from pipeline.batch.local import LocalEngine, Recycle
from pipeline.problems import PrescreenError

TURN_SECONDS = 1.0
"""How long a turn waits for a job to end before it answers that there is nothing new: the node's sign of life."""
FETCH_SECONDS = 120.0
"""What sending a file may take."""
FETCHERS = 4
LOOK_SECONDS = 0.05
"""How many files come at once, and how often to look whether one is there; pages of others are read meanwhile."""


@dataclass(frozen=True, slots=True)
class Edition:
    """What must be the same on every node: the program, and the way it reads."""

    program: str
    reading: str


@dataclass(frozen=True, slots=True)
class Terms:
    """How the workers of a node are run; of `LocalEngine`."""

    workers: int
    threads: int
    memory_mb: int
    recycle: Recycle
    silence: float


@dataclass(frozen=True, slots=True)
class Introduction:
    """What a node says of itself: its name, its edition, and what came of loading the engine (None: not tried)."""

    host: str
    edition: Edition
    loaded: Done | None


@dataclass(frozen=True, slots=True)
class Errand:
    """A job as it travels, under a number; `files`: which key stands for which path among its arguments."""

    number: int
    function: Callable[..., Any]
    args: tuple[Any, ...]
    seconds: float
    first: Job | None
    files: tuple[tuple[Path, str], ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of an errand; as `Done`."""

    number: int
    value: Any
    fault: Fault | None
    raised: Raised | PrescreenError | None
    seconds: float


def edition() -> Edition:
    """Tell the edition that is installed here."""
    from pipeline import __version__
    from pipeline.ocr.read import READING_VERSION

    return Edition(__version__, str(READING_VERSION))


class Node:
    """The workers of one node. Its methods are called one after the other, never at once."""

    def __init__(self, terms: Terms) -> None:
        self._engine = LocalEngine(
            terms.workers,
            threads=terms.threads,
            memory_mb=terms.memory_mb,
            recycle=terms.recycle,
            silence=terms.silence,
        )
        self._laid = Laid()
        self._waiting: deque[Errand] = deque()
        self._fetching = ThreadPoolExecutor(FETCHERS)
        self._coming: dict[str, Future[Any]] = {}

    def begin(self, wanted: Edition, prepare: Job) -> Introduction:
        """Introduce itself; the engine is loaded, in a first worker, where the edition is the wanted one."""
        own = edition()
        loaded = None
        if own == wanted:
            self._engine.start(prepare)
            loaded = self._engine.wait()
        return Introduction(socket.gethostname(), own, loaded)

    def turn(self, errands: Sequence[Errand], contents: Mapping[str, Any], gone: Sequence[str]) -> list[Reply]:
        """Take errands on and give the replies that are there, or none after a while.

        `contents`: where to fetch the files that come with the errands, by key; `gone`: files no longer needed.
        """
        for key in gone:
            self._laid.drop(key)
        for key, content in contents.items():
            self._coming[key] = self._fetching.submit(_fetched, content)
        self._waiting.extend(errands)
        replies = self._place()
        end = time.monotonic() + TURN_SECONDS
        while not replies and (self._engine.pending or self._waiting) and (left := end - time.monotonic()) > 0:
            step = min(left, LOOK_SECONDS) if self._coming else left
            if not self._engine.pending:
                wait(self._coming.values(), step)
            elif (done := self._engine.poll(step)) is not None:
                replies.append(_reply(done))
            replies += self._place()
        while self._engine.pending and (done := self._engine.poll(0)) is not None:
            replies += [_reply(done), *self._place()]
        return replies

    def end(self) -> None:
        """End the workers and remove the files."""
        self._engine.__exit__(None, None, None)
        self._laid.__exit__(None, None, None)

    def _place(self) -> list[Reply]:
        """Lay the files that have come and begin the errands whose files are there; replies to those that cannot."""
        replies: list[Reply] = []
        refused: dict[str, Raised] = {}
        for key, fetched in [(key, fetched) for key, fetched in self._coming.items() if fetched.done()]:
            del self._coming[key]
            content = fetched.result()
            try:
                self._laid.lay(key, content)
            except OSError as error:  # no room here: these pages cannot be read on this node
                refused[key] = Raised(type(error).__name__, "batch/laid.py")
        for errand in list(self._waiting):
            keys = {key for _, key in errand.files}
            trouble = next((refused[key] for key in sorted(keys) if key in refused), None)
            if trouble is not None:
                replies.append(Reply(errand.number, None, "raised", trouble, 0.0))
            elif self._engine.free and not keys & self._coming.keys():
                self._engine.start(self._unpacked(errand))
            else:
                continue
            self._waiting.remove(errand)
        return replies

    def _unpacked(self, errand: Errand) -> Job:
        paths = {path: self._laid.path(key) for path, key in errand.files if key in self._laid}
        args = tuple(_moved(value, paths) for value in errand.args)
        return Job(errand.function, args, errand.seconds, errand.number, errand.first)


def _reply(done: Done) -> Reply:
    return Reply(done.job.tag, done.value, done.fault, done.raised, done.seconds)


def _fetched(content: Any) -> Any:
    """Bytes of a file: given as they are, or as a reference into Ray's object store."""
    if isinstance(content, bytes):
        return content
    import ray

    return ray.get(content, timeout=FETCH_SECONDS)


def _moved(value: Any, paths: Mapping[Path, Path]) -> Any:
    """An argument with the path of a file that was sent put in the place of the sender's."""
    if isinstance(value, Path):
        return paths.get(value, value)
    if is_dataclass(value) and not isinstance(value, type):
        path = getattr(value, "path", None)
        if isinstance(path, Path) and path in paths:
            return replace(value, path=paths[path])
    return value
