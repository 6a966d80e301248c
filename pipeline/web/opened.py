"""The files of cases, opened to draw their pages: where the run found them, checked to be what was read.

A worker looks for them and opens them; this process only keeps what it said. ZIPs are unpacked, and damaged PDFs
mended, into a scratch folder of the server's own (RUN/pages/.work-…), so that no lock of the run folder is needed:
an overnight run may go on meanwhile.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from pipeline.batch.engine import Engine, Job
from pipeline.batch.origin import open_source, source_at
from pipeline.config import Limits
from pipeline.problems import PrescreenError
from pipeline.store.ledger import Ledger
from pipeline.store.workspace import Workspace
from pipeline.web.picture_cache import FOLDER

if TYPE_CHECKING:
    from pipeline.intake.open_case import SourceFile

PREFIX = ".work-"
KEPT = 24
"""Cases that stay opened: their copies take room on the disk."""
AGAIN_SECONDS = 10.0
"""A file that was not there is looked for again after so long."""

CaseKey = tuple[Path, str]
"""Run folder and case id."""


@dataclass(slots=True)
class Opened:
    """The files of one case, by what they hold. `there`: whether the case was found at all; `at`: monotonic clock."""

    files: dict[str, SourceFile] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    there: bool = False
    at: float = 0.0
    scratch: Path | None = None


class OpenedCases:
    """Opens cases and keeps the last ones opened; safe for threads, each with an engine of its own."""

    def __init__(self, limits: Limits, batch: Path | None = None) -> None:
        """`batch`: where the files lie now, if not where the run found them."""
        self._limits = limits
        self._batch = batch
        self._kept: OrderedDict[CaseKey, Opened] = OrderedDict()
        self._scratch: dict[Path, _Scratch] = {}
        self._locks: dict[CaseKey, Lock] = {}
        self._lock = Lock()

    def find(self, engine: Engine, key: CaseKey, sha256: str, *, gone: Opened | None = None) -> Opened:
        """Give what a case holds, opening it where it is not yet, or not with that content for a while.

        `gone`: what was opened and does not hold any more.
        """
        with self._lock_of(key):
            with self._lock:
                opened = self._kept.get(key)
                if opened is not None:
                    self._kept.move_to_end(key)
            recent = opened is not None and time.monotonic() - opened.at < AGAIN_SECONDS
            if opened is not None and opened is not gone and (recent or sha256 in opened.files):
                return opened
            self.forget(key)
            opened = self._open(engine, key)
            with self._lock:
                self._kept[key] = opened
            return opened

    def forget(self, key: CaseKey) -> None:
        """Drop a case and the copies made of it."""
        with self._lock:
            opened = self._kept.pop(key, None)
        if opened is not None and opened.scratch is not None:
            shutil.rmtree(opened.scratch, ignore_errors=True)

    def over(self) -> list[CaseKey]:
        """Name the cases that are too many, those first that nobody has looked at for longest."""
        with self._lock:
            return list(self._kept)[: max(0, len(self._kept) - KEPT)]

    def close(self) -> None:
        """Remove all copies."""
        with self._lock:
            self._kept.clear()
            for scratch in self._scratch.values():
                scratch.remove()
            self._scratch.clear()

    def _lock_of(self, key: CaseKey) -> Lock:
        with self._lock:
            return self._locks.setdefault(key, Lock())

    def _open(self, engine: Engine, key: CaseKey) -> Opened:
        run_folder, case_id = key
        try:
            with Ledger(Workspace(run_folder).ledger, read_only=True) as ledger:
                told = ledger.meta("batch") or ""
            engine.start(Job(source_at, (told, case_id, self._batch), float(self._limits.seconds_per_file)))
            found = engine.wait()
            if found.fault is not None:
                return Opened(at=time.monotonic())
            folder = self._folder_for(run_folder)
            files = open_source(engine, found.value, folder, self._limits)
        except (PrescreenError, OSError):
            return Opened(at=time.monotonic())
        names = frozenset(file.name for file in files)
        return Opened({file.sha256: file for file in files}, names, True, time.monotonic(), folder)

    def _folder_for(self, run_folder: Path) -> Path:
        """A new scratch folder for a case; where none can be made, one that is not there: most files need none."""
        try:
            with self._lock:
                if run_folder not in self._scratch:
                    self._scratch[run_folder] = _Scratch(run_folder / FOLDER)
                return Path(tempfile.mkdtemp(prefix="case-", dir=self._scratch[run_folder].folder))
        except OSError:
            return run_folder / FOLDER / f"{PREFIX}none"


class _Scratch:
    """A folder of this server's own in RUN/pages/, held by a lock; what servers left that are gone is removed."""

    def __init__(self, parent: Path) -> None:
        """Raises OSError where the folder cannot be made."""
        parent.mkdir(exist_ok=True)
        for left in parent.glob(f"{PREFIX}*"):
            _remove_unless_held(left)
        for part in parent.glob("??/*.part"):  # of a server that was killed while it wrote
            with contextlib.suppress(OSError):
                if time.time() - part.stat().st_mtime > 3600:
                    part.unlink()
        self.folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
        self._held = FileLock(self.folder / "held", timeout=0)
        self._held.acquire()

    def remove(self) -> None:
        with contextlib.suppress(OSError):
            self._held.release()
        shutil.rmtree(self.folder, ignore_errors=True)


def _remove_unless_held(folder: Path) -> None:
    lock = FileLock(folder / "held", timeout=0)
    try:
        lock.acquire()
    except (Timeout, OSError, NotImplementedError):
        return
    lock.release()
    shutil.rmtree(folder, ignore_errors=True)
