"""Small case files for the tests of this folder: papers one after the other, written line by line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.casefile import Box, CaseFile, DateFact, Document, Line, Page, PageText, People, Profile, Quality
from pipeline.detectors.view import CaseView
from pipeline.packs.load import Pack

TITLE_BOX = Box(0.3, 0.04, 0.7, 0.08)
PACK = Pack(name="try", title="试验", rules=frozenset())
UNREADABLE = Quality("unreadable", 0.1, ("模糊",))


@dataclass(frozen=True)
class Paper:
    """A document with its pages (the lines of each; None: illegible) and its dates by role."""

    type: str
    pages: tuple[Sequence[str] | None, ...] = ((),)
    dates: tuple[tuple[str, str], ...] = ()
    title: str = ""
    score: float = 0.9


def line_box(index: int, step: float = 0.03) -> Box:
    """The box of a page's line, counted from 0 behind the title."""
    top = 0.1 + index * step
    return Box(0.1, top, 0.9, top + 0.02)


def page_of(number: int, lines: Sequence[str] | None, title: str = "", *, step: float = 0.03) -> Page:
    if lines is None:
        return Page(number, "a.pdf", number, PageText("scanned", quality=UNREADABLE))
    written = [Line(text, line_box(index, step), 0.98) for index, text in enumerate(lines)]
    if title:
        written.insert(0, Line(title, TITLE_BOX, 0.99))
    return Page(number, "a.pdf", number, PageText("scanned", lines=tuple(written)))


def case_of(*papers: Paper, stage: str = "trial", kind: str = "criminal", step: float = 0.03) -> CaseView:
    """A case of these papers, pages numbered on; documents are d1, d2 …"""
    pages: list[Page] = []
    documents: list[Document] = []
    dates: list[DateFact] = []
    for index, paper in enumerate(papers, 1):
        first = len(pages) + 1
        for lines in paper.pages:
            title = paper.title if len(pages) + 1 == first and lines is not None else ""
            pages.append(page_of(len(pages) + 1, lines, title, step=step))
        box = TITLE_BOX if paper.title and paper.pages[0] is not None else None
        name = f"d{index}"
        documents.append(Document(name, paper.type, paper.title or paper.type, first, len(pages), paper.score, (), box))
        dates += [
            DateFact(role, dt.date.fromisoformat(day), name, first, line_box(20), day, True)
            for role, day in paper.dates
        ]
    profile = Profile(kind, stage, "application", "R1")
    return CaseView(CaseFile("a", (), tuple(pages), tuple(documents), profile, People(), dates=tuple(dates)), PACK)
