"""Official seals and fingerprints of the documents they stand on."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.casefile import Document, Page, Seal


def seals_of(document: Document, pages: Sequence[Page]) -> tuple[Seal, ...]:
    """The official seals on a document's pages."""
    return tuple(
        Seal(document.id, number, mark.box, mark.text)
        for number in document.pages
        for mark in pages[number - 1].content.marks
        if mark.kind == "seal"
    )
