"""The file's own catalogue (卷内目录) as read, and where it and the file do not agree: nouns of casefile.py."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.box import Box


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """One row of the file's own 卷内目录. `first`/`last` count by the catalogue's own page numbers.

    `documents`: the documents of the case that the row stands for; empty where nothing in the file answers to it.
    `unread`: something stands in its empty cell of title or pages that could not be read.
    """

    number: str
    title: str
    first: int | None
    last: int | None
    page: int
    box: Box
    remark: str = ""
    documents: tuple[str, ...] = ()
    unread: bool = False


@dataclass(frozen=True, slots=True)
class Absent:
    """A row (index into `CaseFile.catalogue`) with no such document.

    `sure`: its title was read and no page is left that could be it; else `pages` could be.
    """

    row: int
    sure: bool
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A document of two pages or more that no row names or holds. `sure`: its own title stands on it."""

    document: str
    sure: bool


@dataclass(frozen=True, slots=True)
class WrongRange:
    """A row (index) whose pages are not those of its documents; `expected` counts as the catalogue's other rows do."""

    row: int
    expected: tuple[int, int]
    sure: bool


@dataclass(frozen=True, slots=True)
class CatalogueCheck:
    """Where the catalogue and the file do not agree (documents/reconcile.py)."""

    absent: tuple[Absent, ...] = ()
    unlisted: tuple[Unlisted, ...] = ()
    wrong: tuple[WrongRange, ...] = ()
