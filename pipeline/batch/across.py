"""The last stage of a batch: cases are compared with each other, and those rules judged that look across files.

It begins when every case has been written once. Nothing of it is kept: a run that was interrupted compares anew, in
seconds, since everything that was read is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from pipeline.batch.compare import Digest, in_jobs, pairs_to_align, printed_clauses, printed_of
from pipeline.batch.course import Course
from pipeline.batch.engine import Done, Job
from pipeline.batch.work import Screening, Work
from pipeline.detectors.peers import Resemblance


@dataclass(slots=True)
class Across:
    """What the batch's cases are compared by, by position. `seconds` is what comparing cost."""

    abstracts: dict[int, bytes] = field(default_factory=dict)
    digests: dict[int, Digest] = field(default_factory=dict)
    courses: dict[int, Course] = field(default_factory=dict)
    found: dict[int, list[Resemblance]] = field(default_factory=dict)
    incomplete: set[int] = field(default_factory=set)
    twins: dict[int, int] = field(default_factory=dict)
    """Cases with the content of an earlier one: they are not compared, what is said of that one holds for them."""
    seconds: float = 0.0

    def take(self, course: Course, screening: Screening) -> None:
        """Keep what comparing needs of a case that was screened."""
        if screening.abstract is not None and screening.digest is not None:
            self.abstracts[course.position] = screening.abstract
            self.digests[course.position] = screening.digest
            self.courses[course.position] = course

    def compare(self, work: Work, seconds: float, handler: Callable[..., None]) -> Iterator[Job]:
        """Jobs that align the pairs worth it; their answers go to `compared` through `handler`."""
        digests = {position: digest for position, digest in self.digests.items() if position not in self.twins}
        printed = printed_clauses(digests)
        for pairs in in_jobs(pairs_to_align(digests)):
            positions = sorted({position for pair in pairs for position in (pair[0], pair[2])})
            abstracts = {position: self.abstracts[position] for position in positions}
            known = printed_of(printed, digests, pairs)
            yield Job(work.compare, (abstracts, pairs, known), seconds, (handler, self, tuple(positions)))

    def compared(self, done: Done, positions: tuple[int, ...]) -> None:
        """Take the answer of such a job; where it was lost, its cases stay without one."""
        if done.fault:
            self.incomplete.update(positions)
            return
        for position, one in done.value:
            self.found.setdefault(position, []).append(one)

    def to_conclude(self) -> Iterator[tuple[Course, bytes, tuple[Resemblance, ...]]]:
        """Every case that was compared, in order: its course, its abstract, what it has in common with others."""
        for position in sorted(self.courses):
            first = self.twins.get(position, position)
            if first not in self.incomplete:
                yield self.courses[position], self.abstracts[position], tuple(self.found.get(first, ()))
