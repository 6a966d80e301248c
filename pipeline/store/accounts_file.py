"""The file of accounts (`users.db`, SQLite): who may come in, who is in, who tried, who saw and did what.

It lies in the first run folder that a server shows, or where `--users` says. The file is made by the first that has
something to write into it, readable for its owner only.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import Lock

from pipeline.problems import WorkspaceError
from pipeline.store.opening import WAIT

NAME = "users.db"
SCHEMA = 1
"""What `PRAGMA user_version` of the file says."""

KEPT = 8
"""Connections that are kept open."""
_Identity = tuple[int, int]

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE users (
    name TEXT PRIMARY KEY, folded TEXT NOT NULL UNIQUE, role TEXT NOT NULL, password TEXT NOT NULL,
    disabled INTEGER NOT NULL DEFAULT 0, temporary INTEGER NOT NULL DEFAULT 0, created TEXT NOT NULL,
    avoids TEXT NOT NULL DEFAULT ''
);
CREATE TABLE sessions (
    token BLOB PRIMARY KEY, user TEXT NOT NULL REFERENCES users (name), began REAL NOT NULL, seen REAL NOT NULL
) WITHOUT ROWID;
CREATE INDEX sessions_of ON sessions (user);
CREATE TABLE attempts (name BLOB NOT NULL, address BLOB NOT NULL, at REAL NOT NULL);
CREATE INDEX attempts_of_name ON attempts (name, at);
CREATE INDEX attempts_of_address ON attempts (address, at);
CREATE TABLE log (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, user TEXT NOT NULL, address TEXT NOT NULL,
    action TEXT NOT NULL, run TEXT NOT NULL, case_id TEXT NOT NULL, detail TEXT NOT NULL
);
CREATE INDEX log_of_user ON log (user, id);
CREATE INDEX log_of_case ON log (case_id, id);
CREATE TRIGGER log_is_not_changed BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;
CREATE TRIGGER log_is_not_replaced BEFORE INSERT ON log WHEN EXISTS (SELECT 1 FROM log WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;
CREATE TRIGGER log_is_not_cut BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;
"""


class AccountsFile:
    """Gives the file for one operation at a time, to any thread. Its methods raise `WorkspaceError` where it fails.

    A few connections are kept open between operations: opening one anew costs more than most of what is asked, and
    whenever the last one is closed SQLite works its log into the file and waits for the disk.
    """

    def __init__(self, path: Path) -> None:
        """`path` need not be there yet."""
        self.path = path
        self._idle: list[tuple[_Identity, sqlite3.Connection]] = []
        self._lock = Lock()

    def close(self) -> None:
        """Close what is kept open; it can be used again all the same."""
        with self._lock:
            idle, self._idle = self._idle, []
        for _, db in idle:
            db.close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give the file to read from; where there is none yet, one without rows."""
        with self._guarded():
            if not self.path.is_file():
                with closing(sqlite3.connect(":memory:", isolation_level=None)) as empty:
                    empty.executescript(_TABLES)
                    yield empty
                return
            with self._connection() as db:
                yield db

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give the file to write into: all or nothing, one writer at a time; it is made where there is none."""
        with self._guarded():
            if not self.path.is_file():
                # No moment at which others could read it; SQLite's own files beside it take over its mode.
                with suppress(FileExistsError):
                    os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            with self._connection() as db:
                db.execute("BEGIN IMMEDIATE")
                try:
                    yield db
                except BaseException:
                    if db.in_transaction:
                        db.execute("ROLLBACK")
                    raise
                db.execute("COMMIT")

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """Take a connection that is kept open, of the file that lies there now, or open one; keep it afterwards."""
        now = _identity(self.path)
        with self._lock:
            known, db = self._idle.pop() if self._idle else (now, None)
        if db is not None and known != now:  # the file was taken away or replaced
            db.close()
            self.close()
            db = None
        if db is None:
            db = self._connect()
        try:
            yield db
        except sqlite3.Error:
            db.close()
            raise
        except BaseException:
            self._keep(now, db)
            raise
        self._keep(now, db)

    def _keep(self, identity: _Identity, db: sqlite3.Connection) -> None:
        with self._lock:
            if len(self._idle) < KEPT:
                self._idle.append((identity, db))
                return
        db.close()

    def _connect(self) -> sqlite3.Connection:
        db = sqlite3.connect(self.path, timeout=WAIT, isolation_level=None, check_same_thread=False)
        try:
            db.execute("PRAGMA synchronous = NORMAL")  # a power cut may cost the last moments, a crash costs nothing
            found = int(db.execute("PRAGMA user_version").fetchone()[0])
            if found == 0:
                self._prepare(db)
            elif found > SCHEMA:
                raise WorkspaceError(f"用户文件由更新版本的 prescreen 建立: {self.path.name}", "请升级 prescreen")
        except BaseException:
            db.close()
            raise
        return db

    def _prepare(self, db: sqlite3.Connection) -> None:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("BEGIN IMMEDIATE")
        if int(db.execute("PRAGMA user_version").fetchone()[0]) == 0:  # nobody else was quicker
            for statement in _statements():
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {SCHEMA}")
        db.execute("COMMIT")

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.OperationalError, OSError) as error:
            raise WorkspaceError(
                f"用户文件读写失败: {self.path.name} ({error})", "请检查磁盘空间和权限; 请放在本机磁盘上"
            ) from error
        except sqlite3.DatabaseError as error:
            raise WorkspaceError(f"用户文件已损坏: {self.path.name} ({error})", "请用备份恢复该文件") from error


def _statements() -> Iterator[str]:
    """The statements of the tables one by one: `executescript` would end the transaction."""
    statement = ""
    for line in _TABLES.strip().splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _identity(path: Path) -> _Identity:
    """Tell which file lies there, whatever its name: device and number on it."""
    facts = path.stat()
    return facts.st_dev, facts.st_ino
