"""Invented papers of known types, from the markup of pages_builder: what extraction sees after documents are told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pages_builder import pages_of

from pipeline.casefile import DateFact, Document, Page
from pipeline.extraction.papers import Paper, paper_of
from pipeline.extraction.people import Named, named_in
from pipeline.extraction.readings import placed_rows

Typed = tuple[str, str]
"""(document type, markup of its only page)."""


def papers_of(*typed: Typed, score: float | None = None, hand: float | None = None) -> list[Paper]:
    """One paper a page; `score` and `hand` in place of those of clean print for every line."""
    pages = [_worn(page, score, hand) for page in pages_of(*(markup for _, markup in typed))]
    return [
        paper_of(document, placed_rows(document, pages))
        for document in (
            Document(f"d{number}", kind, "", number, number, 0.9) for number, (kind, _) in enumerate(typed, 1)
        )
    ]


def _worn(page: Page, score: float | None, hand: float | None) -> Page:
    lines = tuple(
        replace(line, score=line.score if score is None else score, hand=line.hand if hand is None else hand)
        for line in page.lines
    )
    return replace(page, content=replace(page.content, lines=lines))


def named(*typed: Typed, kind: str = "criminal", dates: Iterable[DateFact] = ()) -> Named:
    """Who and what these papers name."""
    return named_in(papers_of(*typed), kind, tuple(dates))


def parts(found: Named) -> dict[str, str]:
    """The part of everybody named."""
    return {person.name: person.part for person in found.persons}
