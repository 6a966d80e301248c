"""The run folder: what stands where in it, and the lock that keeps two runs apart.

Everything a run writes stands under `root`; nothing is written anywhere else.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.intake.failures import reason_zh
from pipeline.problems import WorkspaceError
from pipeline.store.holder import Holder, leave_note, myself, note_of, read_note, remove_note

_REFUSALS = frozenset(
    {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EEXIST, errno.ENOTDIR, errno.EIO, errno.ENAMETOOLONG}
)
"""Errors that speak of the place or the disk; others come of locking itself, which some shares do not know."""

GLANCE_SECONDS = 1.0
"""For so long at most somebody holds the lock who only looks whether it is held (`in_use`): no reason to give up."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """The paths of one run folder (`RUN`)."""

    root: Path

    @property
    def ledger(self) -> Path:
        return self.root / "ledger.db"

    @property
    def reviews(self) -> Path:
        """What people decided and corrected; no run writes or removes it."""
        return self.root / "reviews.db"

    @property
    def cases(self) -> Path:
        """`<case_id>.json` and `<case_id>.html` of every case."""
        return self.root / "cases"

    @property
    def assets(self) -> Path:
        """Pictures of evidence, named by what they show (content, place), so that they are rendered once."""
        return self.root / "assets"

    @property
    def scratch(self) -> Path:
        """Unpacked and repaired files, only while a run lasts."""
        return self.root / ".work"

    @property
    def lock_file(self) -> Path:
        return self.root / ".lock"

    @property
    def watch_lock_file(self) -> Path:
        return self.root / ".watch.lock"

    def create(self) -> None:
        """Make the folders; a scratch folder that a killed run left is emptied.

        Raises `WorkspaceError` where the run folder cannot be written.
        """
        try:
            for folder in (self.root, self.cases, self.assets):
                folder.mkdir(parents=True, exist_ok=True)
            self.clear_scratch()
            self.scratch.mkdir()
        except OSError as error:
            raise self._refused(error) from error

    def _refused(self, error: OSError) -> WorkspaceError:
        return WorkspaceError(
            f"运行文件夹写不了: {self.root} ({reason_zh(error)})", "请检查 --out 的路径、权限和磁盘空间"
        )

    def clear_scratch(self) -> None:
        """Remove unpacked and repaired files; what a dying worker still holds open is left to the next run."""
        shutil.rmtree(self.scratch, ignore_errors=True)

    @contextmanager
    def locked(self, command: str = "run") -> Iterator[None]:
        """Hold the run folder. The system lets go of it when the process dies, however it dies.

        `command` is what others are told who find it held. Raises `WorkspaceError` where another process holds it.
        """
        with self._held(self.lock_file, command, f"运行文件夹正被另一个 prescreen 使用: {self.root}"):
            yield

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Keep other watchers off this run folder, also while nothing runs. Raises `WorkspaceError` where one is."""
        with self._held(self.watch_lock_file, "watch", f"已有 prescreen watch 把结果写在这里: {self.root}"):
            yield

    @contextmanager
    def _held(self, lock_file: Path, command: str, refusal: str) -> Iterator[None]:
        lock = FileLock(lock_file, timeout=GLANCE_SECONDS)
        note = note_of(lock_file)
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            lock.acquire()
        except Timeout as error:
            holder = read_note(note)
            who = f" ({holder.in_words()})" if holder else ""
            raise WorkspaceError(f"{refusal}{who}", "请等它结束, 或换一个 --out 文件夹") from error
        except (OSError, NotImplementedError) as error:
            if isinstance(error, OSError) and error.errno in _REFUSALS:
                raise self._refused(error) from error
            raise WorkspaceError(f"运行文件夹无法加锁: {self.root}", "请把 --out 放在本机磁盘上") from error
        try:
            leave_note(note, myself(command))
            yield
        finally:
            remove_note(note)
            lock.release()

    def holder(self) -> Holder | None:
        """Tell who holds the run folder, as far as that is known; None also where nobody does."""
        return read_note(note_of(self.lock_file)) if self.in_use() else None

    def in_use(self) -> bool:
        """Whether a run holds the folder at this moment."""
        if not self.lock_file.exists():
            return False
        lock = FileLock(self.lock_file, timeout=0)
        try:
            lock.acquire()
        except Timeout:
            return True
        except (OSError, NotImplementedError):
            return False
        lock.release()
        return False

    def write(self, path: Path, content: bytes) -> bool:
        """Put a whole file in its place or nothing at all; tells whether the file changed.

        A file that already holds these bytes is left alone, so that its date says when its content was new.
        Raises `WorkspaceError` where it cannot be written.
        """
        part = self.scratch / "part"
        try:
            if path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content:
                return False
            path.parent.mkdir(parents=True, exist_ok=True)
            part.parent.mkdir(parents=True, exist_ok=True)
            with part.open("wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(path)
        except OSError as error:
            with suppress(OSError):  # its room may be needed to say what happened
                part.unlink(missing_ok=True)
            raise WorkspaceError(
                f"写不了 {path.name} ({reason_zh(error)})", "请检查磁盘空间, 以及该文件是否被其他程序打开"
            ) from error
        return True
