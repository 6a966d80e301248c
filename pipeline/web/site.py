"""What a server holds while it runs: the runs it shows, who may come in, what draws pages and judges anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from pipeline.batch.work import names
from pipeline.config import Settings
from pipeline.packs.load import Pack, load_pack
from pipeline.problems import UsageError
from pipeline.store import accounts_file, assignments
from pipeline.store.assignments import Assignments
from pipeline.store.ledger import Ledger
from pipeline.store.reviews import Review, Reviews
from pipeline.store.search_index import IndexRow
from pipeline.summary.labels import Names
from pipeline.web.access import Access
from pipeline.web.batch_view import Progress
from pipeline.web.catalogue import Catalogue
from pipeline.web.corrected import CorrectedCases
from pipeline.web.decisions import decided_keys
from pipeline.web.hosts import Doors
from pipeline.web.judging import Judging
from pipeline.web.people import User
from pipeline.web.pictures import Pictures
from pipeline.web.shelf import Json, Run, Shelf


@dataclass(slots=True)
class Site:
    """One server's things; made once by `serve`, handed to views by `people.site_of`."""

    shelf: Shelf
    settings: Settings
    names: Names = field(default_factory=names)
    pictures: Pictures = field(init=False)
    judging: Judging = field(init=False)
    corrected: CorrectedCases = field(init=False)
    now: Callable[[], str] = field(kw_only=True)
    """The time as ISO 8601 with its zone; the only clock of the web."""
    batch: Path | None = field(default=None, kw_only=True)
    """Where the files of the one run lie now, if not where it found them."""
    users: Path | None = field(default=None, kw_only=True)
    """The file of accounts; None: in the first run's folder."""
    doors: Doors = field(default=Doors(), kw_only=True)
    access: Access = field(init=False)
    _catalogues: dict[str, Catalogue] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self.pictures = Pictures(self.settings, batch=self.batch)
        self.judging = Judging(self.settings)
        self.corrected = CorrectedCases(self.judging)
        users = self.users or self.shelf.runs[0].root / accounts_file.NAME
        self.access = Access(users, self.settings.web, self.now, self.doors)

    def close(self) -> None:
        """End what runs beside the server."""
        self.pictures.close()
        self.access.close()
        self.judging.close()

    def case(self, run: Run, slug: str) -> Json:
        """Give a case as it stands now. Raises KeyError where there is none."""
        return self.corrected.case(run, slug)

    def assigned(self, run: Run, case_id: str) -> frozenset[str]:
        """Names of the evaluators to whom a case is assigned."""
        return self.assignments(run).of(case_id)

    def assignments(self, run: Run) -> Assignments:
        """Give what is assigned in a run."""
        return Assignments(run.root / assignments.NAME)

    def note(self, user: str, action: str, run: str = "", case: str = "", detail: str = "") -> None:
        """Add to the log what somebody did; `run`: its name, `case`: the case's id.

        What a view shows and what it takes from a form is noted by itself (audited.py); `people.tell` says more of it.
        """
        self.access.note(user, action, run, case, detail)

    def stamp(self, run: Run, slug: str) -> str:
        """Tell which state of a case `case` gives: another stamp, another state. "" where there is none."""
        return self.corrected.stamp(run, slug)

    def catalogue(self, run: Run) -> Catalogue:
        """Give the list of a run's cases."""
        with self._lock:
            if run.slug not in self._catalogues:
                self._catalogues[run.slug] = Catalogue(
                    run,
                    lambda slug: self.case(run, slug),
                    lambda slug: self.stamp(run, slug),
                    lambda: (run.written(), self.corrected.signature(run)),
                )
            return self._catalogues[run.slug]

    def rows(self, run: Run) -> tuple[tuple[IndexRow, ...], int]:
        """Give a run's cases, those first that most need a person, and how many are still to be taken in."""
        return self.catalogue(run).rows()

    def progress(self, run: Run, rows: Sequence[IndexRow], user: User) -> Mapping[str, Progress]:
        """Tell how far a user is with each case."""
        kept = Reviews(run.workspace.reviews)
        latest, done = kept.latest_of_all(), kept.done_of_all()
        return {row.slug: _progress(row, latest.get(row.case_id, ()), done.get(row.case_id), user) for row in rows}

    def pack(self, run: Run) -> Pack:
        """Give the pack by which a run was judged; where that is not to be had, the one in the settings."""
        with Ledger(run.workspace.ledger, read_only=True) as ledger:
            name = ledger.meta("pack") or self.settings.run.pack
        try:
            return load_pack(name)
        except UsageError:
            return load_pack(self.settings.run.pack)


def _progress(row: IndexRow, reviews: Sequence[Review], done: frozenset[str] | None, user: User) -> Progress:
    keys = {*(flag.key for flag in row.flags), *row.doubts}
    return Progress(len(keys & decided_keys(reviews, user.name)), len(keys), bool(done) and user.name in (done or ()))
