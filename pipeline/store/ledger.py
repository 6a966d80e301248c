"""The ledger of a run folder (`RUN/ledger.db`, SQLite): what was read, what became of each case, what was written.

A page result is unique on (file content, page, reader): that key *is* the cache, the resume and the exactly-once
effect. Only the coordinator writes; `prescreen status` reads while a run goes on (write-ahead log).
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from pipeline.problems import WorkspaceError

SCHEMA = 1

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE readers (
    id INTEGER PRIMARY KEY,
    stage TEXT NOT NULL, version TEXT NOT NULL, model TEXT NOT NULL, parameters TEXT NOT NULL,
    UNIQUE (stage, version, model, parameters)
);
CREATE TABLE results (
    file_sha256 TEXT NOT NULL, page INTEGER NOT NULL, reader INTEGER NOT NULL REFERENCES readers (id),
    conditions TEXT NOT NULL, content BLOB NOT NULL, seconds REAL NOT NULL,
    PRIMARY KEY (file_sha256, page, reader)
) WITHOUT ROWID;
CREATE TABLE cases (
    case_id TEXT PRIMARY KEY, position INTEGER NOT NULL, status TEXT NOT NULL,
    pages INTEGER NOT NULL, pages_read INTEGER NOT NULL, unreadable INTEGER NOT NULL,
    high INTEGER NOT NULL, medium INTEGER NOT NULL, low INTEGER NOT NULL, unsure INTEGER NOT NULL,
    seconds REAL NOT NULL, problems TEXT NOT NULL
);
CREATE TABLE outputs (path TEXT PRIMARY KEY, case_id TEXT NOT NULL, sha256 TEXT NOT NULL);
"""

CaseState = Literal["waiting", "reading", "screened", "partial", "failed"]
FINISHED: tuple[CaseState, ...] = ("screened", "partial", "failed")


@dataclass(frozen=True, slots=True)
class Reader:
    """What a page result depends on besides the page itself (design.md, Batches)."""

    stage: str
    version: str
    model: str
    parameters: str


@dataclass(frozen=True, slots=True)
class CaseRow:
    """Where one case stands. `problems`: (code, file, page, message) of what went wrong."""

    case_id: str
    position: int
    status: CaseState = "waiting"
    pages: int = 0
    pages_read: int = 0
    unreadable: int = 0
    high: int = 0
    medium: int = 0
    low: int = 0
    unsure: int = 0
    seconds: float = 0.0
    problems: tuple[tuple[str, str | None, int | None, str], ...] = ()


@dataclass(frozen=True, slots=True)
class OutputRow:
    """A file that a run wrote: `path` relative to the run folder with `/`, and the hash of its bytes."""

    path: str
    case_id: str
    sha256: str


class Ledger:
    """Opens, reads and writes a ledger; to be used with `with`.

    Raises `WorkspaceError` where the file cannot be opened or written, is damaged or comes from a newer version.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self._path = path
        if read_only and not path.is_file():
            raise WorkspaceError(
                f"不是运行文件夹 (没有 ledger.db): {path.parent}", "请给出 prescreen run --out 的文件夹"
            )
        with self._guarded():
            target = f"{path.resolve().as_uri()}?mode={'ro' if read_only else 'rwc'}"
            self._db = sqlite3.connect(target, uri=True, timeout=10, isolation_level=None)
        try:
            with self._guarded():
                self._prepare(read_only)
        except WorkspaceError:
            self._db.close()
            raise
        self._reader_ids: dict[Reader, int] = {}

    def _prepare(self, read_only: bool) -> None:
        if not read_only:
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")
        found = self._db.execute("PRAGMA user_version").fetchone()[0]
        if found > SCHEMA:
            raise WorkspaceError(
                f"运行文件夹由更新版本的 prescreen 建立 (账本格式 {found}, 本程序只认到 {SCHEMA})",
                "请升级 prescreen, 或换一个 --out 文件夹",
            )
        if found == 0 and not read_only:
            self._db.executescript(f"BEGIN; {_TABLES} PRAGMA user_version = {SCHEMA}; COMMIT;")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise WorkspaceError(
                f"账本读写失败: {self._path.name} ({error})", "请检查磁盘空间和权限; 运行文件夹请放在本机磁盘上"
            ) from error
        except sqlite3.DatabaseError as error:
            raise WorkspaceError(
                f"账本已损坏: {self._path} ({error})", "请删除或改名该文件后重新运行; 各页会重新识别"
            ) from error

    # the run itself

    def meta(self, key: str) -> str | None:
        """Look up a word about the run (`as_of`, `batch`: where its files lie, `reader`), or None."""
        with self._guarded():
            row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def set_meta(self, **values: str) -> None:
        """Note words about the run."""
        with self._guarded():
            self._db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", list(values.items()))

    def as_of(self, today: dt.date, given: dt.date | None = None) -> dt.date:
        """Settle the date that rules take as today: `given`, else that of the folder's first run, else `today`."""
        noted = self.meta("as_of")
        date = given or (dt.date.fromisoformat(noted) if noted else today)
        self.set_meta(as_of=date.isoformat())
        return date

    # page results

    def _reader_id(self, reader: Reader) -> int:
        if reader not in self._reader_ids:
            key = (reader.stage, reader.version, reader.model, reader.parameters)
            self._db.execute(
                "INSERT OR IGNORE INTO readers (stage, version, model, parameters) VALUES (?, ?, ?, ?)", key
            )
            row = self._db.execute(
                "SELECT id FROM readers WHERE stage = ? AND version = ? AND model = ? AND parameters = ?", key
            ).fetchone()
            self._reader_ids[reader] = int(row[0])
        return self._reader_ids[reader]

    def result(self, file_sha256: str, page: int, reader: Reader, conditions: str = "") -> bytes | None:
        """Give what `reader` made of a page (index from 0 within the file) earlier, or None.

        A result that only holds under certain conditions (a deadline, a memory ceiling) counts where they are the same.
        """
        with self._guarded():
            row = self._db.execute(
                "SELECT content FROM results WHERE file_sha256 = ? AND page = ? AND reader = ?"
                " AND conditions IN ('', ?)",
                (file_sha256, page, self._reader_id(reader), conditions),
            ).fetchone()
        return None if row is None else bytes(row[0])

    def keep_result(
        self, file_sha256: str, page: int, reader: Reader, content: bytes, *, seconds: float, conditions: str = ""
    ) -> None:
        """Keep what `reader` made of a page; from now on it outlives this process, however that ends."""
        with self._guarded():
            self._db.execute(
                "INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?, ?)",
                (file_sha256, page, self._reader_id(reader), conditions, content, seconds),
            )

    def note_reader(self, reader: Reader) -> None:
        """Note with what this run reads, so that `last_result` finds it."""
        with self._guarded():
            self.set_meta(reader=str(self._reader_id(reader)))

    def last_result(self, file_sha256: str, page: int) -> bytes | None:
        """Give what the last run's reader made of a page (index from 0), whichever that was, or None.

        A ledger that noted no reader gives the newest one's result.
        """
        with self._guarded():
            row = self._db.execute(
                "SELECT content FROM results WHERE file_sha256 = ? AND page = ?"
                " ORDER BY reader = CAST(? AS INTEGER) DESC, reader DESC LIMIT 1",
                (file_sha256, page, self.meta("reader") or "0"),
            ).fetchone()
        return None if row is None else bytes(row[0])

    def forget_failures(self) -> int:
        """Drop the results that hold only under conditions, so that those pages are tried again; tells how many."""
        with self._guarded():
            return self._db.execute("DELETE FROM results WHERE conditions <> ''").rowcount

    # cases

    def begin_cases(self, case_ids: list[str]) -> None:
        """Note the cases of this batch, in order, all waiting; rows of cases that are no longer in it go."""
        with self._guarded():
            self._db.execute("BEGIN")
            self._db.execute("DELETE FROM cases")
            self._db.executemany(
                "INSERT INTO cases VALUES (?, ?, 'waiting', 0, 0, 0, 0, 0, 0, 0, 0, '[]')",
                [(case_id, position) for position, case_id in enumerate(case_ids)],
            )
            self._db.execute("COMMIT")

    def keep_case(self, row: CaseRow) -> None:
        """Note where a case stands."""
        with self._guarded():
            self._db.execute(
                "INSERT OR REPLACE INTO cases VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    row.case_id,
                    row.position,
                    row.status,
                    row.pages,
                    row.pages_read,
                    row.unreadable,
                    row.high,
                    row.medium,
                    row.low,
                    row.unsure,
                    row.seconds,
                    json.dumps(row.problems, ensure_ascii=True),
                ),
            )

    def cases(self) -> tuple[CaseRow, ...]:
        """All cases of the last batch, in its order."""
        with self._guarded():
            rows = self._db.execute("SELECT * FROM cases ORDER BY position").fetchall()
        return tuple(CaseRow(*[*row[:-1], tuple(tuple(p) for p in json.loads(row[-1]))]) for row in rows)

    # files written

    def keep_output(self, row: OutputRow) -> None:
        """Note a file that this run wrote."""
        with self._guarded():
            self._db.execute("INSERT OR REPLACE INTO outputs VALUES (?, ?, ?)", (row.path, row.case_id, row.sha256))

    def outputs(self) -> tuple[OutputRow, ...]:
        """Every file that runs on this folder wrote and that still counts."""
        with self._guarded():
            rows = self._db.execute("SELECT path, case_id, sha256 FROM outputs ORDER BY path").fetchall()
        return tuple(OutputRow(*row) for row in rows)

    def forget_output(self, path: str) -> None:
        with self._guarded():
            self._db.execute("DELETE FROM outputs WHERE path = ?", (path,))
