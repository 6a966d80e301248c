"""The tables of a ledger, and how one of an earlier version is brought up to date."""

from __future__ import annotations

import sqlite3

SCHEMA = 2
"""What `PRAGMA user_version` of a ledger says."""

_FIRST = """
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

# Readings of a page or two of the database lie in half the room where they are not part of the key's own tree.
_SECOND = """
ALTER TABLE results RENAME TO earlier;
CREATE TABLE results (
    file_sha256 TEXT NOT NULL, page INTEGER NOT NULL, reader INTEGER NOT NULL REFERENCES readers (id),
    conditions TEXT NOT NULL, content BLOB NOT NULL, seconds REAL NOT NULL, commits INTEGER NOT NULL DEFAULT 1,
    UNIQUE (file_sha256, page, reader)
);
INSERT INTO results (file_sha256, page, reader, conditions, content, seconds) SELECT * FROM earlier;
DROP TABLE earlier;
CREATE TABLE files (
    case_id TEXT NOT NULL, position INTEGER NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL,
    pages INTEGER NOT NULL, state TEXT NOT NULL, code TEXT NOT NULL,
    PRIMARY KEY (case_id, position)
) WITHOUT ROWID;
CREATE TABLE pages (
    case_id TEXT NOT NULL, page INTEGER NOT NULL, file TEXT NOT NULL, file_page INTEGER NOT NULL,
    file_sha256 TEXT NOT NULL, state TEXT NOT NULL, code TEXT NOT NULL,
    PRIMARY KEY (case_id, page)
) WITHOUT ROWID;
"""

_STEPS = (_FIRST, _SECOND)


def bring_up_to_date(db: sqlite3.Connection, found: int) -> None:
    """Make the tables of an empty ledger, or take one of version `found` to `SCHEMA`, in one transaction."""
    steps = "".join(_STEPS[found:])
    db.executescript(f"BEGIN IMMEDIATE; {steps} PRAGMA user_version = {SCHEMA}; COMMIT;")
