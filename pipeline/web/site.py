"""What a server holds while it runs: the runs it shows, who may come in, what draws pages and judges anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from pipeline.batch.work import names
from pipeline.config import Settings
from pipeline.summary.labels import Names
from pipeline.web.shelf import Json, Run, Shelf


@dataclass(slots=True)
class Site:
    """One server's things; made once by `serve`, handed to views by `people.site_of`."""

    shelf: Shelf
    settings: Settings
    names: Names = field(default_factory=names)
    now: Callable[[], str] = field(kw_only=True)
    """The time as ISO 8601 with its zone; the only clock of the web."""

    def case(self, run: Run, slug: str) -> Json:
        """Give a case as it stands now. Raises KeyError where there is none."""
        return run.case(slug)

    def assigned(self, run: Run, case_id: str) -> frozenset[str]:
        """Names of the evaluators to whom a case is assigned."""
        return frozenset()
