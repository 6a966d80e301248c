"""The ledger of a run folder (`RUN/ledger.db`, SQLite): what was read, what became of each case, what was written.

A page result is unique on (file content, page, reader): that key *is* the cache, the resume and the exactly-once
effect. Only the coordinator writes; `prescreen status` reads while a run goes on (write-ahead log).
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from pipeline.problems import WorkspaceError
from pipeline.store.opening import connect, reason_of
from pipeline.store.schema import SCHEMA, bring_up_to_date

LOG_PAGES = 262_144
"""Pages of 4 KB that the write-ahead log may hold before it is worked into the database: 1 GB, some 60,000 readings.

Until then the database file itself stays as the run found it, and only the log grows: so a copy of the folder that is
taken while a run goes on, file by file, holds the ledger as it was at some moment.
"""

DURABLE_SECONDS = 5.0
"""A power cut costs what was committed in so many seconds at most: that often a commit waits for the disk.

Every commit outlives its process anyway; only the machine's own end can take what the system had not written yet.
"""

CaseState = Literal["waiting", "reading", "screened", "partial", "failed"]
FINISHED: tuple[CaseState, ...] = ("screened", "partial", "failed")
PageState = Literal["waiting", "read", "unreadable", "skipped"]
"""A page waits until it is read, or is unreadable or skipped with the code of a problem: one of the three, for good."""
Place = tuple[str, int]
"""Case and page in it (from 1)."""


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
class FileRow:
    """A file of a case: opened (`read`, with its pages), or `skipped` with the code of what is wrong with it.

    `pages` of a skipped file are those that were counted before it was refused; 0 where nobody could count.
    """

    case_id: str
    file: str
    sha256: str
    pages: int
    state: PageState = "read"
    code: str = ""


@dataclass(frozen=True, slots=True)
class PageRow:
    """What became of a page of a case. `page` counts from 1 through the case, `file_page` from 1 within its file."""

    case_id: str
    page: int
    file: str
    file_page: int
    file_sha256: str
    state: PageState = "waiting"
    code: str = ""


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
        self._synced = 0.0
        if read_only and not path.is_file():
            raise WorkspaceError(
                f"不是运行文件夹 (没有 ledger.db): {path.parent}", "请给出 prescreen run --out 的文件夹"
            )
        with self._guarded():
            self._db = connect(path, read_only=read_only)
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
            self._db.execute(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")
            self._require_sound()
        found = int(self._db.execute("PRAGMA user_version").fetchone()[0])
        if found > SCHEMA:
            raise WorkspaceError(
                f"运行文件夹由更新版本的 prescreen 建立 (账本格式 {found}, 本程序只认到 {SCHEMA})",
                "请升级 prescreen, 或换一个 --out 文件夹",
            )
        self._version = found
        if found < SCHEMA and not read_only:
            bring_up_to_date(self._db, found)
            self._version = SCHEMA

    def _require_sound(self) -> None:
        """Refuse a ledger that was cut off or overwritten now, not hours later in the middle of a run."""
        found = [str(row[0]) for row in self._db.execute("PRAGMA quick_check(1)")]
        if found != ["ok"]:
            raise sqlite3.DatabaseError(found[0])
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

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
                f"账本读写失败: {self._path.name} ({reason_of(error)})",
                "请检查磁盘空间和权限; 运行文件夹请放在本机磁盘上",
            ) from error
        except sqlite3.DatabaseError as error:
            raise WorkspaceError(
                f"账本已损坏: {self._path} ({error})", "请删除或改名该文件后重新运行; 各页会重新识别"
            ) from error

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """All or nothing. Now and then all commits so far are made to outlive a power cut."""
        with self._guarded():
            durable = time.monotonic() - self._synced > DURABLE_SECONDS
            if durable:
                self._db.execute("PRAGMA synchronous = FULL")
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                if self._db.in_transaction:  # a full disk may have ended it already
                    self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")
            if durable:
                self._db.execute("PRAGMA synchronous = NORMAL")
                self._synced = time.monotonic()

    @property
    def version(self) -> int:
        """The version of its tables; one that was opened to read stays as it was found."""
        return self._version

    # the run itself

    def meta(self, key: str) -> str | None:
        """Look up a word about the run (`as_of`, `batch`: where its files lie, `reader`, `ending`), or None."""
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
        self,
        file_sha256: str,
        page: int,
        reader: Reader,
        content: bytes,
        *,
        seconds: float,
        conditions: str = "",
        places: Sequence[Place] = (),
        code: str = "",
    ) -> None:
        """Keep what `reader` made of a page, and settle the `places` where it stands, all in one go.

        From now on it outlives this process, however that ends. `code`: of the problem that made it unreadable.
        """
        with self._transaction():
            self._db.execute(
                "INSERT INTO results VALUES (?, ?, ?, ?, ?, ?, 1) ON CONFLICT DO UPDATE SET content = excluded.content,"
                " seconds = excluded.seconds, conditions = excluded.conditions,"
                " commits = CASE WHEN conditions = excluded.conditions THEN commits + 1 ELSE 1 END",
                (file_sha256, page, self._reader_id(reader), conditions, content, seconds),
            )
            self._settle(places, code)

    def settle(self, places: Sequence[Place], code: str) -> None:
        """Settle pages of which nothing is kept: what is wrong with them may have passed by the next run."""
        with self._transaction():
            self._settle(places, code)

    def _settle(self, places: Sequence[Place], code: str) -> None:
        state: PageState = "unreadable" if code else "read"
        for case_id, page in places:
            self._db.execute(
                "UPDATE pages SET state = ?, code = ? WHERE case_id = ? AND page = ?", (state, code, case_id, page)
            )
            self._db.execute("UPDATE cases SET pages_read = pages_read + 1 WHERE case_id = ?", (case_id,))

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

    def forget_failures(self, conditions: str | None = None) -> int:
        """Drop the results that hold only under conditions (under these ones), so that those pages are tried again.

        Tells how many.
        """
        with self._guarded():
            return self._db.execute(
                "DELETE FROM results WHERE conditions <> '' AND conditions = coalesce(?, conditions)", (conditions,)
            ).rowcount

    # cases

    def begin_cases(self, case_ids: Sequence[str]) -> None:
        """Note the cases of this batch, in order, all waiting; what was noted of an earlier run's cases goes."""
        with self._transaction():
            for table in ("cases", "files", "pages"):
                self._db.execute(f"DELETE FROM {table}")
            self._db.executemany(
                "INSERT INTO cases VALUES (?, ?, 'waiting', 0, 0, 0, 0, 0, 0, 0, 0, '[]')",
                [(case_id, position) for position, case_id in enumerate(case_ids)],
            )

    def open_case(self, row: CaseRow, files: Iterable[FileRow], pages: Iterable[PageRow]) -> None:
        """Note a case that was opened, its files and its pages; what was noted of it before goes."""
        with self._transaction():
            for table in ("files", "pages"):
                self._db.execute(f"DELETE FROM {table} WHERE case_id = ?", (row.case_id,))
            self._keep_case(row)
            self._db.executemany(
                "INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?)",
                [(f.case_id, n, f.file, f.sha256, f.pages, f.state, f.code) for n, f in enumerate(files, 1)],
            )
            self._db.executemany(
                "INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?, ?)",
                [(p.case_id, p.page, p.file, p.file_page, p.file_sha256, p.state, p.code) for p in pages],
            )

    def files(self) -> tuple[FileRow, ...]:
        """All files of the last batch's cases that were opened, in order."""
        with self._guarded():
            rows = self._db.execute(
                "SELECT f.case_id, f.file, f.sha256, f.pages, f.state, f.code FROM files f JOIN cases c"
                " USING (case_id) ORDER BY c.position, f.position"
            ).fetchall()
        return tuple(FileRow(*row) for row in rows)

    def pages(self) -> Iterator[PageRow]:
        """All pages of the last batch's cases that were opened, in order."""
        with self._guarded():
            for row in self._db.execute(
                "SELECT p.* FROM pages p JOIN cases c USING (case_id) ORDER BY c.position, p.page"
            ):
                yield PageRow(*row)

    def keep_case(self, row: CaseRow) -> None:
        """Note where a case stands."""
        with self._guarded():
            self._keep_case(row)

    def _keep_case(self, row: CaseRow) -> None:
        *values, problems = (getattr(row, each.name) for each in fields(CaseRow))
        self._db.execute(
            "INSERT OR REPLACE INTO cases VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*values, json.dumps(problems, ensure_ascii=True)),
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
