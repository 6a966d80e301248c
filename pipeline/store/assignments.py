"""Which evaluators a run's cases are assigned to: `RUN/assignments.db`, which moves with the run.

Whoever is not assigned does not see a case; so a file that is not there or was left behind shows nothing to anybody
but admins.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.problems import WorkspaceError
from pipeline.store.opening import WAIT

NAME = "assignments.db"
_TABLES = """
CREATE TABLE IF NOT EXISTS assignments (
    case_id TEXT NOT NULL, user TEXT NOT NULL, at TEXT NOT NULL, by TEXT NOT NULL, PRIMARY KEY (case_id, user)
) WITHOUT ROWID
"""


@dataclass(frozen=True, slots=True)
class Assignments:
    """The assignments of one run. Its methods raise `WorkspaceError` where the file cannot be used."""

    path: Path

    def all(self) -> dict[str, frozenset[str]]:
        """Names of the evaluators of every case that has any."""
        if not self.path.is_file():
            return {}
        with self._open() as db:
            rows = db.execute("SELECT case_id, user FROM assignments").fetchall()
        found: dict[str, set[str]] = {}
        for case_id, user in rows:
            found.setdefault(case_id, set()).add(user)
        return {case_id: frozenset(users) for case_id, users in found.items()}

    def of(self, case_id: str) -> frozenset[str]:
        """Names of the evaluators of one case."""
        if not self.path.is_file():
            return frozenset()
        with self._open() as db:
            rows = db.execute("SELECT user FROM assignments WHERE case_id = ?", (case_id,)).fetchall()
        return frozenset(str(row[0]) for row in rows)

    def assign(self, wanted: Mapping[str, Iterable[str]], *, at: str, by: str) -> None:
        """Give these cases these evaluators, and no others; cases that are not named keep theirs."""
        with self._open() as db:
            db.execute("BEGIN IMMEDIATE")
            for case_id, users in wanted.items():
                chosen = frozenset(users)
                had = {str(row[0]) for row in db.execute("SELECT user FROM assignments WHERE case_id = ?", (case_id,))}
                db.executemany(
                    "DELETE FROM assignments WHERE case_id = ? AND user = ?", [(case_id, name) for name in had - chosen]
                )
                db.executemany(
                    "INSERT INTO assignments VALUES (?, ?, ?, ?)", [(case_id, name, at, by) for name in chosen - had]
                )
            db.execute("COMMIT")

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self.path, timeout=WAIT, isolation_level=None)) as db:
                # Written seldom and read at every request: without a log of its own (WAL) there is nothing to work in.
                if db.execute("SELECT 1 FROM sqlite_master").fetchone() is None:
                    db.execute(_TABLES)
                yield db
        except sqlite3.Error as error:
            raise WorkspaceError(
                f"分派记录读写失败: {self.path.name} ({error})", "请检查磁盘空间和权限; 运行文件夹请放在本机磁盘上"
            ) from error
