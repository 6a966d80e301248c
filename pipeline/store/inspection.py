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

    def codes_under_way(self) -> tuple[tuple[str, int, int], ...]:
        """Codes of what came to grief in unfinished cases: code, how many pages and files, in how many cases.

        A finished case tells of its own in its row.
        """
        if self.version < 2:
            return ()
        with self._guarded():
            rows = self._db.execute(
                "SELECT code, COUNT(*), COUNT(DISTINCT case_id) FROM"
                " (SELECT case_id, code FROM pages UNION ALL SELECT case_id, code FROM files)"
                " JOIN cases USING (case_id) WHERE code <> '' AND status IN ('waiting', 'reading') GROUP BY code"
            ).fetchall()
        return tuple((str(code), int(number), int(cases)) for code, number, cases in rows)

    def kept(self) -> Iterator[tuple[str, int, int]]:
        """Every page result that is held, whoever read it: file, page (from 0), how often it was committed."""
        with self._guarded():
            yield from self._db.execute("SELECT file_sha256, page, commits FROM results")
