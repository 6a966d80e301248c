"""A case is opened by a worker: as a whole, or, where some file of it is too much for one, file by file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.batch.course import Course, file_problem
from pipeline.batch.desk import Desk
from pipeline.batch.engine import Done, Job
from pipeline.intake.discover import CaseSource
from pipeline.intake.names import shown

if TYPE_CHECKING:
    from pipeline.intake.open_case import CaseInput


class Opening:
    """Gives out the cases one by one and says what was found in each."""

    def __init__(
        self,
        desk: Desk,
        cases: Sequence[CaseSource],
        begin: Callable[[Course, CaseInput], None],
    ) -> None:
        """`begin` takes what was found in a case, be it nothing but a problem."""
        self._desk = desk
        self._unopened: Iterator[tuple[int, CaseSource]] = iter(enumerate(cases))
        self._begin = begin

    def next(self) -> Job | None:
        """Give the job that opens the next case; None when all have been given out."""
        position, source = next(self._unopened, (0, None))
        if source is None:
            return None
        return self.of(Course(source, position))

    def of(self, course: Course) -> Job:
        """Give the job that opens this case, be it for the second time."""
        limits = self._desk.settings.limits
        args = (course.source, self._desk.workdir(course), limits)
        return Job(self._desk.work.inspect, args, float(limits.seconds_per_file), (self._opened, course))

    def _opened(self, done: Done, course: Course) -> None:
        if done.fault:
            limits = self._desk.settings.limits
            args = (course.source, self._desk.workdir(course), limits)
            self._desk.ask(self._desk.work.list_files, args, limits.seconds_per_file, self._listed, course, done)
            return
        self._begin(course, done.value)

    def _listed(self, done: Done, course: Course, lost: Done) -> None:
        limits = self._desk.settings.limits
        files = done.value if done.fault is None else ()
        if len(files) < 2:
            from pipeline.intake.open_case import CaseInput

            told = file_problem(lost, shown(course.source.path.name), limits)
            self._begin(course, CaseInput(course.case_id, (), (told,)))
            return
        course.unopened = len(files)
        for order, (name, path) in enumerate(files):
            args = (course.case_id, name, path, self._desk.workdir(course), limits)
            handler = self._part_opened
            self._desk.ask(self._desk.work.inspect_file, args, limits.seconds_per_file, handler, course, order, name)

    def _part_opened(self, done: Done, course: Course, order: int, name: str) -> None:
        limits = self._desk.settings.limits
        if done.fault:
            course.parts[order] = ((), (file_problem(done, name, limits),))
        else:
            course.parts[order] = (done.value.files, done.value.problems)
        course.unopened -= 1
        if not course.unopened:
            self._begin(course, course.joined(limits))
