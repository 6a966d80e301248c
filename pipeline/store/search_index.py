"""`RUN/index.db`: what the desk lists and searches, taken from the cases' JSON. Derived: it may be thrown away.

Text is kept folded (NFKC, lower case, no white space), so that a word is found across the ends of lines and in
full-width writing, and any piece of it is found: two characters of a name, four digits of a number.
"""

from __future__ import annotations

import json
import sqlite3
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

VERSION = 1
AROUND = 24
"""Characters shown on each side of what was found."""

_TABLES = """
CREATE TABLE cases (slug TEXT PRIMARY KEY, stamp TEXT NOT NULL, row TEXT NOT NULL);
CREATE TABLE pages (slug TEXT NOT NULL, page INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (slug, page));
"""


@dataclass(frozen=True, slots=True)
class Flag:
    """One finding, as the list of a batch needs it."""

    rule: str
    title: str
    severity: str
    key: str


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One case as the list of a batch needs it. `unreadable` counts pages, `unsure` rules in doubt.

    `attention`: how early it is shown (summary/ranking.py).
    """

    slug: str
    case_id: str
    status: str
    kind: str
    stage: str
    recipient: str
    lawyer: str
    firm: str
    agency: str
    county: str
    pages: int
    unreadable: int
    high: int
    medium: int
    low: int
    unsure: int
    attention: float
    flags: tuple[Flag, ...]
    doubts: tuple[str, ...]
    """Keys of the outcomes that are in doubt, `outcome:CODE`."""
    errors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A page on which something was found: what stands before it, the thing itself, what stands after."""

    slug: str
    page: int
    before: str
    found: str
    after: str


def folded(text: str) -> str:
    """Fold a text as the index keeps it."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


class SearchIndex:
    """One run's index. Every call opens the file anew, so that threads share nothing."""

    def __init__(self, path: Path) -> None:
        """Make the file where there is none; one of another version or damaged is made anew."""
        self._path = path
        try:
            with self._open() as db:
                version = db.execute("PRAGMA user_version").fetchone()[0]
        except sqlite3.DatabaseError:
            version = -1
        if version != VERSION:
            for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
                path.with_name(name).unlink(missing_ok=True)
            with self._open() as db:
                db.executescript(
                    f"PRAGMA journal_mode = WAL; BEGIN; {_TABLES} PRAGMA user_version = {VERSION}; COMMIT;"
                )

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path, timeout=10, isolation_level=None)) as db:
            db.execute("PRAGMA synchronous = OFF")  # derived: what a power cut takes is made again
            yield db

    def stamps(self) -> dict[str, str]:
        """Tell from which state of its JSON each case was taken."""
        with self._open() as db:
            return dict(db.execute("SELECT slug, stamp FROM cases").fetchall())

    def put(self, row: IndexRow, stamp: str, texts: Mapping[int, str]) -> None:
        """Take a case in, in place of what was known of it. `texts`: of its pages, by number."""
        with self._open() as db:
            db.execute("BEGIN IMMEDIATE")
            db.execute("DELETE FROM pages WHERE slug = ?", (row.slug,))
            db.execute("INSERT OR REPLACE INTO cases VALUES (?, ?, ?)", (row.slug, stamp, json.dumps(asdict(row))))
            db.executemany(
                "INSERT INTO pages VALUES (?, ?, ?)",
                [(row.slug, page, folded(_whole(text))) for page, text in texts.items()],
            )
            db.execute("COMMIT")

    def drop(self, slugs: Sequence[str]) -> None:
        """Forget cases."""
        with self._open() as db:
            db.execute("BEGIN IMMEDIATE")
            for table in ("cases", "pages"):
                db.executemany(f"DELETE FROM {table} WHERE slug = ?", [(slug,) for slug in slugs])
            db.execute("COMMIT")

    def rows(self) -> tuple[IndexRow, ...]:
        """All cases, those first that most need a person."""
        with self._open() as db:
            found = [_row(json.loads(text)) for (text,) in db.execute("SELECT row FROM cases")]
        return tuple(sorted(found, key=lambda row: (-row.attention, row.case_id)))

    def search(self, words: str, slugs: frozenset[str] | None = None, most: int = 200) -> tuple[Hit, ...]:
        """Find pages that hold the words, at most `most`, of these cases only (None: of all)."""
        wanted = folded(_whole(words))
        if not wanted:
            return ()
        hits: list[Hit] = []
        with self._open() as db:
            query = "SELECT slug, page, text FROM pages WHERE instr(text, ?) ORDER BY slug, page"
            for slug, page, text in db.execute(query, (wanted,)):
                if slugs is None or slug in slugs:
                    at = text.index(wanted)
                    end = at + len(wanted)
                    hits.append(Hit(slug, page, text[max(0, at - AROUND) : at], wanted, text[end : end + AROUND]))
                    if len(hits) >= most:
                        break
        return tuple(hits)


def _whole(text: str) -> str:
    """Without half characters, which SQLite cannot keep."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _row(data: dict[str, Any]) -> IndexRow:
    data["flags"] = tuple(Flag(**flag) for flag in data["flags"])
    for name in ("doubts", "errors"):
        data[name] = tuple(data[name])
    return IndexRow(**data)
