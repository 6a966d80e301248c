"""A database of what people did: rows are added, never changed or removed, and are on the disk when a call returns.

The tables themselves refuse anything else. A connection lives for one operation: calls may come from any thread, and
while nobody writes, the file alone holds everything and may be copied.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pipeline.problems import WorkspaceError
from pipeline.store.opening import WAIT, connect


def append_only(tables: str, *names: str) -> str:
    """Give the SQL that makes tables, with triggers by which the named ones refuse to change or forget a row."""
    return tables + "".join(
        f"CREATE TRIGGER {name}_{verb} BEFORE {verb} ON {name} BEGIN SELECT RAISE(ABORT, 'append only'); END;\n"
        for name in names
        for verb in ("UPDATE", "DELETE")
    )


class AppendOnly:
    """One such file. It is made by the first write. `steps`: the SQL that takes it from each version to the next.

    Every method raises `WorkspaceError` where the file cannot be read or written, or comes from a newer version.
    """

    def __init__(self, path: Path, steps: Sequence[str]) -> None:
        self._path = path
        self._steps = tuple(steps)

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Do one transaction: all or nothing, on the disk when it is over: people's work is not done twice."""
        with self._guarded(), contextlib.closing(connect(self._path, read_only=False)) as db:
            version = self._version(db)
            db.execute("PRAGMA synchronous = FULL")
            db.execute("PRAGMA foreign_keys = ON")
            if version < len(self._steps):
                db.execute("PRAGMA journal_mode = WAL")
            db.execute("BEGIN IMMEDIATE")
            try:
                self._bring_up_to_date(db)
                yield db
            except BaseException:
                if db.in_transaction:
                    db.execute("ROLLBACK")
                raise
            db.execute("COMMIT")

    def read(self, query: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """Give what a query finds; nothing where there is no file yet."""
        if not self._path.is_file():
            return []
        with self._guarded(), contextlib.closing(self._to_read()) as db:
            version = self._version(db)
            if version == 0:  # made a moment ago, and nothing in it yet
                return []
            if version < len(self._steps):
                with self.writing():
                    pass
            return db.execute(query, values).fetchall()

    def back_up(self, path: Path) -> None:
        """Copy everything, as it stands at one moment, into a new file; nothing where there is nothing yet."""
        if not self._path.is_file():
            return
        with (
            self._guarded(),
            contextlib.closing(self._to_read()) as db,
            contextlib.closing(sqlite3.connect(path)) as copy,
        ):
            db.backup(copy)

    def _version(self, db: sqlite3.Connection) -> int:
        found = int(db.execute("PRAGMA user_version").fetchone()[0])
        if found > len(self._steps):
            raise WorkspaceError(
                f"{self._path.name} 由更新版本的 prescreen 建立 (格式 {found}, 本程序只认到 {len(self._steps)})",
                "请升级 prescreen",
            )
        return found

    def _bring_up_to_date(self, db: sqlite3.Connection) -> None:
        for step in self._steps[self._version(db) :]:  # within the transaction: two may have come to do it
            for statement in _statements(step):
                db.execute(statement)
        db.execute(f"PRAGMA user_version = {len(self._steps)}")

    def _to_read(self) -> sqlite3.Connection:
        """Open it as one that others write to; a folder that cannot be written is only looked at."""
        try:
            address = f"{self._path.resolve().as_uri()}?mode=rw"
            db = sqlite3.connect(address, uri=True, timeout=WAIT, isolation_level=None)
            db.execute("PRAGMA query_only = ON")
            db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.OperationalError:
            return connect(self._path, read_only=True)
        return db

    @contextlib.contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise WorkspaceError(
                f"{self._path.name} 读写失败 ({error})", "请检查磁盘空间和权限; 运行文件夹请放在本机磁盘上"
            ) from error
        except sqlite3.DatabaseError as error:
            raise WorkspaceError(
                f"{self._path.name} 已损坏 ({error})", "请从备份恢复该文件; 不要删除它, 其中是人的工作"
            ) from error


def _statements(script: str) -> Iterator[str]:
    """Cut a script into its statements; a trigger holds semicolons of its own."""
    part = ""
    for line in script.splitlines(keepends=True):
        part += line
        if sqlite3.complete_statement(part):
            yield part
            part = ""
