"""A ledger that is only looked at, as a whole: what an audit needs of it and a run does not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.store.ledger import Ledger


class InspectedLedger(Ledger):
    """A ledger opened to be read; a run may be writing it meanwhile."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, read_only=True)

    @contextmanager
    def at_one_moment(self) -> Iterator[None]:
        """See everything as it stood at one moment, whatever a run writes meanwhile."""
        with self._guarded():
            self._db.execute("BEGIN")
            try:
                yield
            finally:
                self._db.execute("ROLLBACK")

    def damage(self) -> tuple[str, ...]:
        """What SQLite finds wrong with the file, in its own words; empty where it is sound."""
        with self._guarded():
            found = [str(row[0]) for row in self._db.execute("PRAGMA integrity_check(20)")]
        return () if found == ["ok"] else tuple(found)

    def kept(self) -> Iterator[tuple[str, int, int]]:
        """Every page result that is held, whoever read it: file, page (from 0), how often it was committed."""
        with self._guarded():
            yield from self._db.execute("SELECT file_sha256, page, commits FROM results")
