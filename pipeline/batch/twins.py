"""Cases of a batch with the same content: the same files in the same order, whatever they and the cases are called.

Somebody copied a file twice, or packed a folder and left it. Every case keeps its outputs (contract.md); what they have
in common is that they are one file, and that is told, rather than that everything in them is copied.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from pipeline.batch.course import Course
from pipeline.problems import CATALOGUE


def content_of(course: Course) -> tuple[str, ...]:
    """Give the hashes of a case's files in order; none where one was refused: nobody knows what that one holds."""
    found = course.input
    if found is None or any(CATALOGUE[one.code].fatal_for == "file" for one in found.problems):
        return ()
    return tuple(file.sha256 for file in found.files)


@dataclass(slots=True)
class Twins:
    """What each case of a batch holds, by position."""

    _contents: dict[int, tuple[str, ...]] = field(default_factory=dict)
    _ids: dict[int, str] = field(default_factory=dict)

    def opened(self, course: Course) -> None:
        """Note what a case holds; one that is opened again holds what it holds now."""
        self._contents[course.position] = content_of(course)
        self._ids[course.position] = course.case_id

    def firsts(self, positions: Collection[int] | None = None) -> dict[int, int]:
        """Of each case that has the content of an earlier one (among these), by position: the first of them."""
        first: dict[tuple[str, ...], int] = {}
        found: dict[int, int] = {}
        for position in sorted(self._contents if positions is None else positions):
            content = self._contents.get(position, ())
            if content and first.setdefault(content, position) != position:
                found[position] = first[content]
        return found

    def same_as(self) -> dict[int, str]:
        """Of each case that has the content of an earlier one, by position: the id of the first of them."""
        return {position: self._ids[first] for position, first in self.firsts().items()}
