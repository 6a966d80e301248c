"""Who holds a run folder: a note beside its lock, so that whoever finds it in use can say by whom.

The lock decides; the note only tells. One that a killed process left is never taken for the holder's.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import socket
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

_CLOCK_SLACK = 60.0
"""Seconds by which two looks at when a process began may differ: the system reckons it from a clock that is set."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A process that holds a run folder: the command, its machine and number; `began`: seconds since 1970."""

    command: str
    host: str
    pid: int
    began: float

    def in_words(self) -> str:
        """Say who it is."""
        since = dt.datetime.fromtimestamp(self.began).astimezone()
        return f"prescreen {self.command}, 电脑 {self.host}, 进程号 {self.pid}, 开始于 {since:%Y-%m-%d %H:%M}"

    @property
    def lives(self) -> bool:
        """Whether that very process may still be there; of another machine nobody here can say otherwise."""
        if self.host != socket.gethostname():
            return True
        try:
            return abs(psutil.Process(self.pid).create_time() - self.began) <= _CLOCK_SLACK
        except psutil.NoSuchProcess:
            return False
        except psutil.Error:
            return True


def myself(command: str) -> Holder:
    """Describe this process."""
    return Holder(command, socket.gethostname(), os.getpid(), psutil.Process().create_time())


def note_of(lock_file: Path) -> Path:
    """Where the note of a lock lies: `.lock.json` beside `.lock`."""
    return lock_file.with_name(f"{lock_file.name}.json")


def leave_note(path: Path, holder: Holder) -> None:
    """Note who holds the folder, whole or not at all; where that fails nobody is told, and nothing else is lost."""
    part = path.with_name(f"{path.name}.{holder.pid}")
    with contextlib.suppress(OSError):
        try:
            part.write_text(json.dumps(asdict(holder)), encoding="utf-8")
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)


def remove_note(path: Path) -> None:
    """Take the note away, before the lock is let go of."""
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def read_note(path: Path) -> Holder | None:
    """Who holds the folder as far as can be told; None for no note, a damaged one, or one of a process that is gone."""
    try:
        noted = json.loads(path.read_text("utf-8"))
        holder = Holder(str(noted["command"]), str(noted["host"]), int(noted["pid"]), float(noted["began"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return holder if holder.lives else None
