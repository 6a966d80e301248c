"""The course of one case through a run: opened, read page by page, screened, pictured, shown.

Pure bookkeeping: what is known, what is missing, what a lost job means. The coordinator (run.py) places the jobs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pipeline.batch.engine import Done
from pipeline.batch.work import Picture, ReadPage, Screening
from pipeline.casefile import SourceRecord
from pipeline.config import Limits
from pipeline.problems import CATALOGUE, PrescreenError, Problem, problem
from pipeline.store.ledger import CaseRow, FileRow, PageRow, PageState

if TYPE_CHECKING:
    from pipeline.intake.discover import CaseSource
    from pipeline.intake.open_case import CaseInput, SourceFile


@dataclass(frozen=True, slots=True)
class Place:
    """A page of a case before it is read: its number in the case (from 1), its file, its index there (from 0)."""

    number: int
    file: SourceFile
    index: int

    @property
    def key(self) -> tuple[str, int]:
        """What the page's reading hangs on: the content of the file and the place in it."""
        return self.file.sha256, self.index


@dataclass(slots=True)
class Course:
    """One case under way. `packed` holds the readings by page number; `drawing` counts pages not pictured yet.

    `parts` holds what was found file by file, in a case that could not be opened as a whole. `replaced`: a file was
    another one by the time its pages were read; `reopened`: the case was opened again because of that.
    """

    source: CaseSource
    position: int
    input: CaseInput | None = None
    parts: dict[int, tuple[tuple[SourceFile, ...], tuple[Problem, ...]]] = field(default_factory=dict)
    unopened: int = 0
    packed: dict[int, bytes] = field(default_factory=dict)
    unread: int = 0
    screening: Screening | None = None
    pictures: list[Picture] = field(default_factory=list)
    drawing: int = 0
    replaced: bool = False
    reopened: bool = False
    seconds: float = 0.0
    written: bool = False

    @property
    def case_id(self) -> str:
        return self.source.case_id

    def opened(self, found: CaseInput) -> None:
        """Take what was found."""
        self.input = found

    @property
    def places(self) -> tuple[Place, ...]:
        """The pages of all files, numbered through the case; made when asked for: a batch may hold millions."""
        files = self.input.files if self.input else ()
        pages = ((file, index) for file in files for index in range(file.pages))
        return tuple(Place(number, file, index) for number, (file, index) in enumerate(pages, 1))

    def begins_anew(self) -> bool:
        """Forget what was read where a file was replaced meanwhile; tells whether to open the case again, but once."""
        if not self.replaced or self.reopened:
            return False
        self.replaced, self.reopened = False, True
        self.packed.clear()
        self.parts.clear()
        return True

    def joined(self, limits: Limits) -> CaseInput:
        """Put together what was found file by file; a file beyond the pages that a case may have is left out."""
        from pipeline.intake.open_case import CaseInput, over_the_limit

        files: list[SourceFile] = []
        problems: list[Problem] = []
        for order in sorted(self.parts):
            held, told = self.parts[order]
            problems += told
            for file in held:
                if sum(f.pages for f in files) + file.pages > limits.pages_per_case:
                    problems.append(over_the_limit(file, limits))
                else:
                    files.append(file)
        return CaseInput(self.case_id, tuple(files), tuple(problems))

    def holders(self) -> tuple[SourceFile, ...]:
        """The files that its pages lie in."""
        return tuple(file for file in self.input.files if file.pages) if self.input else ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self.input.problems if self.input else ()

    @property
    def sources(self) -> tuple[SourceRecord, ...]:
        files = self.input.files if self.input else ()
        return tuple(SourceRecord(file.name, file.sha256, file.pages) for file in files)

    def read_pages(self) -> tuple[ReadPage, ...]:
        """List all pages in order, each with its reading. Raises KeyError where one is still missing."""
        return tuple(ReadPage(p.file.name, p.index + 1, self.packed[p.number]) for p in self.places)


def file_rows(course: Course) -> tuple[FileRow, ...]:
    """Give the ledger's rows of a case's files: those that were opened, then those that were refused."""
    opened = (FileRow(course.case_id, f.name, f.sha256, f.pages) for f in (course.input.files if course.input else ()))
    refused = (
        FileRow(course.case_id, p.file or "", "", p.pages, "skipped", p.code)
        for p in course.problems
        if CATALOGUE[p.code].fatal_for == "file"
    )
    return (*opened, *refused)


def page_rows(course: Course, codes: Mapping[int, str]) -> Iterator[PageRow]:
    """Give the ledger's rows of a case's pages. `codes`: of those known, what made them unreadable, or ""."""
    for place in course.places:
        code = codes.get(place.number)
        state: PageState = "waiting" if code is None else "unreadable" if code else "read"
        file = place.file
        yield PageRow(course.case_id, place.number, file.name, place.index + 1, file.sha256, state, code or "")


def finished_row(course: Course) -> CaseRow:
    """Give the ledger's row of a case whose outputs are written. Raises AssertionError before that."""
    assert course.screening is not None
    row = course.screening.row
    errors = json.loads(course.screening.json)["errors"]
    return CaseRow(
        course.case_id,
        course.position,
        row.status,  # type: ignore[arg-type]  # the contract's words are the ledger's
        row.pages,
        row.pages,
        len(row.unreadable),
        row.high,
        row.medium,
        row.low,
        row.unsure,
        round(course.seconds, 3),
        tuple((e["code"], e["file"], e["page"], e["message"]) for e in errors),
    )


def page_problem(done: Done, limits: Limits) -> Problem:
    """Say what became of a page whose job was lost."""
    match done.fault:
        case "timeout":
            return problem("P204", detail=f"{limits.seconds_per_page} 秒")
        case "memory":
            return problem("P210", detail=f"{limits.memory_mb} MB")
        case "raised":
            return problem("P205", detail=_told(done))
        case _:
            return problem("P203")


def file_problem(done: Done, name: str, limits: Limits) -> Problem:
    """Say what became of a file whose opening was lost."""
    match done.fault:
        case "timeout":
            told = problem("F116", detail=f"{done.job.seconds:.0f} 秒")
        case "memory":
            told = problem("F130", detail=f"{limits.memory_mb} MB")
        case "raised":
            told = problem("F113", detail=_told(done))
        case _:
            told = problem("F115")
    return replace(told, file=name)


def case_problem(done: Done) -> Problem:
    """Say why a case that was read could not be screened."""
    reasons = {"timeout": f"超过时限 {done.job.seconds:.0f} 秒", "memory": "占用内存过多", "died": "程序被终止"}
    return problem("F131", detail=reasons.get(done.fault or "", "") or _told(done))


def _told(done: Done) -> str:
    return done.raised.message if isinstance(done.raised, PrescreenError) else str(done.raised)
