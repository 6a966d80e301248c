"""Records held against a checklist: each item found, with its page, or not; and where it may hide unread."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.casefile import Document, Evidence, Page
from pipeline.detectors.view import CaseView
from pipeline.documents.cues import folded_page
from pipeline.documents.types import BLANK, OTHER
from pipeline.packs.checklists import Item, checklist

_SPOKEN = re.compile(r"^\W*(问|答)\W{0,2}[:;.]")
_HEAD = 10
"""Lines of a record's head, at most."""
_HARD = 0.85
"""Share of a page's writing read surely from which on no item hides in what was misread."""
_SURE = 0.6
_UNSURE_TYPE = 0.4
"""Score of a document's type under which it may as well be another paper."""
_CLEAR = 0.95
"""Confidence of a page from which on hardly a word of it is misread."""


@dataclass(frozen=True, slots=True)
class Found:
    """An item of a checklist and where it stands, None where it was not found."""

    item: Item
    place: Evidence | None


def checked(case: CaseView, rule: str, kind: str, records: Sequence[Document]) -> tuple[Found, ...]:
    """Every item that the pack asks of a type of record, looked for in all of these records together."""
    items = [item for item in checklist(kind) if case.pack.parameter(rule, item.key, 1)]
    return tuple(Found(item, _place(case, item, records)) for item in items)


def said(found: Sequence[Found]) -> str:
    """What was found and where: 起止时间 (第16页)、地点 (第16页)."""
    return "、".join(f"{one.item.title} (第{one.place.page}页)" for one in found if one.place is not None)


def lost_pages(case: CaseView, records: Sequence[Document]) -> tuple[int, ...]:
    """Pages of which so much could not be read that an item may stand there, and pages that may go on with a record."""
    unread = {
        number
        for record in records
        for number in record.pages
        if case.case.page(number).content.kind != "blank" and not well_read(case.case.page(number))
    }
    loose = {page for record in records if (page := loose_page_after(case, record)) is not None}
    return tuple(sorted(unread | loose))


def loose_page_after(case: CaseView, document: Document) -> int | None:
    """The page behind a document that nothing was made of: it may be the rest of it; None where there is none."""
    for page in case.case.pages[document.last :]:
        behind = case.case.document_at(page.number)
        if behind.type == BLANK:
            continue
        unknown = behind.type == OTHER or behind.score < _UNSURE_TYPE
        return page.number if unknown and behind.title_box is None else None
    return None


def unsure_pages(case: CaseView, records: Sequence[Document]) -> tuple[int, ...]:
    """Pages that were read, but of which a word here and there may be wrong."""
    return tuple(
        number
        for record in records
        for number in record.pages
        if case.case.page(number).content.quality.confidence < _CLEAR and case.case.page(number).lines
    )


def well_read(page: Page) -> bool:
    """Whether nearly all of a page's writing was read surely: an unsure hand hides what it says."""
    if not page.legible or page.content.quality.grade == "poor":
        return False
    letters = sum(len(line.text) for line in page.lines)
    doubtful = sum(len(line.text) for line in page.lines if line.score is not None and line.score < _SURE)
    return letters > 0 and page.content.quality.confidence >= _HARD and doubtful <= (1 - _HARD) * letters


def _place(case: CaseView, item: Item, records: Sequence[Document]) -> Evidence | None:
    for record in records:
        if item.key == "time":
            timed = [date for date in case.case.dates if date.document == record.id and date.time]
            if timed:
                return timed[0].evidence
        text, starts = _running(case, record, head=item.where == "head")
        match = item.cue.search(text)
        span = match.span() if match else _one_misread(item.words, text)
        if span is not None:
            number, line = next((page, line) for at, page, line in reversed(starts) if at <= span[0])
            box = case.case.page(number).lines[line].box
            return Evidence(number, box, text[span[0] : span[1]])
    return None


def _one_misread(words: Sequence[str], text: str) -> tuple[int, int] | None:
    """Where one of the words stands with one of its characters misread."""
    for word in words:
        for start in range(len(text) - len(word) + 1):
            if sum(a == b for a, b in zip(word, text[start : start + len(word)], strict=True)) >= len(word) - 1:
                return start, start + len(word)
    return None


def _running(case: CaseView, record: Document, *, head: bool) -> tuple[str, list[tuple[int, int, int]]]:
    """A record's folded text without its title, with (offset, page, line) of every line; its head alone if asked."""
    text = ""
    starts: list[tuple[int, int, int]] = []
    for number in record.pages:
        for index, line in enumerate(case.case.page(number).lines):
            titled = (
                number == record.first and record.title_box is not None and line.box.y1 <= record.title_box.y1 + 0.01
            )
            folded = folded_page(line.text)
            if titled or not folded:
                continue
            if head and (_SPOKEN.match(folded) or len(starts) >= _HEAD):
                return text, starts or [(0, number, index)]
            starts.append((len(text), number, index))
            text += folded
    return text, starts or [(0, record.first, 0)]
