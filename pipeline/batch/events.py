"""What happens in a run, told to whoever watches (the terminal). Nothing here quotes a case file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pipeline.summary.overview import CaseRow


@dataclass(frozen=True, slots=True)
class Earlier:
    """What earlier runs on the folder tell of how long this one takes.

    `pages`: of each case, its pages and how many of them are read. The others, seconds of a worker: to read a page, and
    for the rest of a case, by page; None where nothing was measured.
    """

    pages: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    reading: float | None = None
    judging: float | None = None


@dataclass(frozen=True, slots=True)
class RunStarted:
    """The batch was looked through: how many cases, what is no case, with what it is read."""

    cases: int
    skipped: tuple[tuple[str, str], ...]
    workers: int
    model: str
    earlier: Earlier = Earlier()


@dataclass(frozen=True, slots=True)
class CaseOpened:
    """A case's pages are counted: `pages` in all, `reused` of them known from an earlier run."""

    case_id: str
    pages: int
    reused: int


@dataclass(frozen=True, slots=True)
class PageDone:
    """One page was read, or given up (`failed`). `seconds`: what it cost a worker; 0 for more copies of its content."""

    case_id: str
    page: int
    failed: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class CaseDone:
    """A case's outputs are written."""

    row: CaseRow
    seconds: float


@dataclass(frozen=True, slots=True)
class Comparing:
    """All cases are read; `cases` of them are now compared with each other and written down anew."""

    cases: int


@dataclass(frozen=True, slots=True)
class CaseCompared:
    """A case was written down anew, with what the other cases say of it."""

    case_id: str


@dataclass(frozen=True, slots=True)
class NodeNews:
    """A machine of a cluster came (`jobs`: its workers), went (`jobs`: pages that others read now) or is not used."""

    node: str
    what: Literal["joined", "lost", "refused"]
    why: str
    jobs: int = 0


Event = RunStarted | CaseOpened | PageDone | CaseDone | Comparing | CaseCompared | NodeNews
