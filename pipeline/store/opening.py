"""Opens the database of a ledger: to write, or to look at it without leaving anything behind."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

WAIT = 10.0
"""Seconds to wait for somebody else who writes."""
_NO_LOCKS = "win32-none" if os.name == "nt" else "unix-none"
"""SQLite's own file layer without locks and shared memory."""
REASONS = {
    "SQLITE_FULL": "磁盘空间不足",
    "SQLITE_IOERR": "磁盘读写错误, 或磁盘空间不足",
    "SQLITE_READONLY": "没有写入权限, 或磁盘只读",
    "SQLITE_CANTOPEN": "打不开, 或没有权限",
    "SQLITE_BUSY": "正被其他程序占用",
    "SQLITE_LOCKED": "正被其他程序占用",
}


def reason_of(error: sqlite3.Error) -> str:
    """Say in Chinese why SQLite refused; in its own words where nobody foresaw it."""
    name = getattr(error, "sqlite_errorname", None) or ""
    return next((words for code, words in REASONS.items() if name.startswith(code)), str(error))


def writable(path: Path) -> bool:
    """Whether this process may write a file, or into a folder."""
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """Open a ledger's file; in autocommit mode. Raises sqlite3.Error.

    Who only looks leaves nothing behind, and a folder that cannot be written (a backup, a share) is looked at like any
    other: where no log waits to be worked in nobody is writing, and the file is taken as one that does not change.
    Otherwise SQLite lays its files of coordination beside it; where it cannot, and there are none, nobody is writing
    either, and the log is read with its index in memory.
    """
    mode, alone = "rwc", False
    if read_only:
        log, index = (path.with_name(path.name + ending) for ending in ("-wal", "-shm"))
        settled = not log.is_file() or log.stat().st_size == 0
        alone = not settled and not index.exists() and not writable(path.parent)
        mode = "ro&immutable=1" if settled else f"ro&vfs={_NO_LOCKS}" if alone else "ro"
    db = sqlite3.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True, timeout=WAIT, isolation_level=None)
    if alone:
        db.execute("PRAGMA locking_mode = EXCLUSIVE")  # what makes SQLite do without the file of coordination
    return db
