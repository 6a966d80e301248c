"""Files that a far worker was sent, laid where its readers can open them, and where nobody else looks.

They lie in a private folder, in memory where the system has such a place (/dev/shm on Linux), so that a machine that is
switched off keeps nothing of a case. A process that was killed leaves its folder behind; the next one sweeps it away:
a folder is in use as long as its lock is held, and the system lets go of a lock however its holder dies.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from filelock import FileLock, Timeout

PREFIX = "prescreen-node-"
IN_MEMORY = Path("/dev/shm")
YOUNG_SECONDS = 60.0
"""A folder younger than this may be one that somebody is about to lock."""
SPARE = 2
"""How much more room than it is to take itself a memory-backed place must have."""


class Laid:
    """The folder of one process; to be used with `with`: leaving it removes what was laid."""

    def __init__(self, places: tuple[Path, ...] | None = None) -> None:
        """Make the folder in the first of `places` that can be written; sweep what dead processes left in all."""
        self._places = places or (IN_MEMORY, Path(tempfile.gettempdir()))
        for place in self._places:
            sweep(place)
        self._folders: dict[Path, tuple[Path, FileLock]] = {}
        self._files: dict[str, Path] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for folder, lock in self._folders.values():
            lock.release()
            shutil.rmtree(folder, ignore_errors=True)
        self._folders.clear()
        self._files.clear()

    def __contains__(self, key: str) -> bool:
        return key in self._files

    def lay(self, key: str, content: Any) -> None:
        """Write a file's bytes (anything with the buffer protocol). Raises OSError where no place takes them."""
        view = memoryview(content)
        last: OSError | None = None
        for place in self._places:
            try:
                if shutil.disk_usage(place).free < SPARE * view.nbytes:
                    continue
                path = self._folder(place) / f"{len(self._files)}-{key}"
                path.write_bytes(view)
            except OSError as error:
                last = error
                continue
            self._files[key] = path
            return
        raise last or OSError("no room for a file that is to be read")

    def path(self, key: str) -> Path:
        """Tell where a file lies. Raises KeyError where it was not laid."""
        return self._files[key]

    def drop(self, key: str) -> None:
        """Remove a file; one that a reader still holds open (Windows) goes with the folder."""
        path = self._files.pop(key, None)
        if path is not None:
            with contextlib.suppress(OSError):
                path.unlink()

    def _folder(self, place: Path) -> Path:
        if place not in self._folders:
            folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=place))  # 0700: of this user alone
            lock = FileLock(folder / ".lock", timeout=0)
            lock.acquire()
            self._folders[place] = folder, lock
        return self._folders[place][0]


def sweep(place: Path) -> None:
    """Remove the folders in `place` whose process is gone."""
    with contextlib.suppress(OSError):
        for folder in place.glob(f"{PREFIX}*"):
            if time.time() - folder.stat().st_mtime < YOUNG_SECONDS:
                continue
            with contextlib.suppress(OSError, Timeout, NotImplementedError), FileLock(folder / ".lock", timeout=0):
                for path in folder.iterdir():
                    if path.name != ".lock":
                        path.unlink()
            if not any(path.name != ".lock" for path in folder.iterdir()):
                shutil.rmtree(folder, ignore_errors=True)
