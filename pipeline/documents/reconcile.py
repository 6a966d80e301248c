"""The file's own catalogue against what is in the file, both ways.

Rows without a document, documents without a row, and ranges that the catalogue's own numbers contradict: what a row
says alone against its neighbours is wrong; where the steps shift and stay shifted, something else is missing there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.casefile import Absent, CatalogueCheck, CatalogueRow, Document, Line, Page, Unlisted, WrongRange
from pipeline.documents.likeness import NAMED, heads, known, same_kind
from pipeline.documents.paging import read_span
from pipeline.documents.pairing import Pairing
from pipeline.documents.types import EVIDENCE, OTHER
from pipeline.documents.volumes import holders_of

_SURE_SCORE = 0.9
_ALIKE = ({"1", "7"}, {"4", "9"}, {"3", "8"}, {"0", "6"}, {"5", "6"}, {"2", "7"}, {"3", "5"})
"""Digits that pens write alike."""
_DOUBTFUL = 0.6
"""Confidence in a document's type below which it may be another."""
_BESIDE = 0.02
"""Gap, in parts of the page's width, between what is struck out and what was written instead."""
_NEAR = 2
"""Rows between one that no document answers to and one whose document may have swallowed it."""


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The catalogue's rows with their documents filled in, and what does not agree."""

    rows: tuple[CatalogueRow, ...]
    absent: tuple[Absent, ...] = ()
    unlisted: tuple[Unlisted, ...] = ()
    wrong: tuple[WrongRange, ...] = ()

    @property
    def check(self) -> CatalogueCheck:
        return CatalogueCheck(self.absent, self.unlisted, self.wrong)


def reconcile(rows: Sequence[CatalogueRow], documents: Sequence[Document], pages: Sequence[Page]) -> Reconciliation:
    """Compare a catalogue with the documents of the file; each volume's catalogue with the documents behind it.

    `pages` are all of the case's, in order. Fewer than three rows say nothing: then every row is without documents.
    """
    done = list(rows)
    absent: list[Absent] = []
    unlisted: list[Unlisted] = []
    wrong: list[WrongRange] = []
    for indices, papers in _volumes(rows, documents):
        if len(indices) < 3:
            continue
        pairs = Pairing([rows[index] for index in indices], papers, pages)
        for place, index in enumerate(indices):
            done[index] = replace(rows[index], documents=tuple(papers[d].id for d in sorted(pairs.given[place])))
        absent += [replace(one, row=indices[one.row]) for one in _absent(pairs)]
        unlisted += _unlisted(pairs)
        wrong += [replace(one, row=indices[one.row]) for one in _wrong(pairs)]
    return Reconciliation(tuple(done), tuple(absent), tuple(unlisted), tuple(wrong))


def _volumes(rows: Sequence[CatalogueRow], documents: Sequence[Document]) -> list[tuple[list[int], list[Document]]]:
    """Rows (indices) and documents of each volume: a catalogue lists what stands behind it, up to the next one.

    The documents before the first catalogue are the first volume's, too: some files have theirs at the end.
    """
    listed = {row.page for row in rows}
    groups = [group for group in holders_of(documents) if any(page in listed for d in group for page in d.pages)]
    volumes: list[tuple[list[int], list[Document]]] = []
    for number, group in enumerate(groups):
        start = 1 if number == 0 else group[0].first
        end = groups[number + 1][0].first if number + 1 < len(groups) else documents[-1].last + 1
        papers = [d for d in documents if start <= d.first < end]
        own = {page for d in group for page in d.pages}
        volumes.append(([i for i, row in enumerate(rows) if row.page in own], papers))
    return volumes


def _absent(pairs: Pairing) -> list[Absent]:
    """Rows that no document answers to."""
    found = []
    listed = [pairs.pages[page - 1] for d in pairs.open for page in pairs.papers[d].pages]
    for i, row in enumerate(pairs.rows):
        if pairs.given[i] or not row.title or any(heads(row, page) for page in listed):
            continue
        free = _free_pages(pairs, i)
        read = known(row) or (row.number and row.first is not None and len(row.title) >= 3)
        found.append(Absent(i, bool(read) and not free and not _hidden(row, pairs.pages[row.page - 1]), free))
    return found


def _free_pages(pairs: Pairing, row: int) -> tuple[int, ...]:
    """Pages that could be what the row means: of documents without a row, and beyond what another row claims."""
    free: list[int] = []
    for d in pairs.open:
        paper = pairs.papers[d]
        owner = pairs.owner(d)
        if owner is None:
            unsure = paper.type in (OTHER, EVIDENCE) or paper.score < _DOUBTFUL
            if unsure or not pairs.pages[paper.first - 1].legible or same_kind(pairs.rows[row], paper):
                free.extend(paper.pages)
            continue
        claim = pairs.rows[owner]
        if claim.first is None or claim.last is None or len(pairs.given[owner]) > 1 or abs(row - owner) > _NEAR:
            continue
        spare = len(paper.pages) - pairs.said(owner)
        if spare > 0 and pairs.ranged:
            free.extend(list(paper.pages)[-spare:])
    return tuple(sorted(free))


def _unlisted(pairs: Pairing) -> list[Unlisted]:
    """Documents of two pages or more that no row names or holds."""
    found = []
    for n, d in enumerate(pairs.open):
        paper = pairs.papers[d]
        if pairs.owner(d) is not None or len(paper.pages) < 2:
            continue
        named = any(pairs.like[i][n] >= NAMED for i, given in enumerate(pairs.given) if not given)
        sure = paper.title_box is not None and paper.type not in (OTHER, EVIDENCE) and not named
        found.append(Unlisted(paper.id, sure))
    return found


def _wrong(pairs: Pairing) -> list[WrongRange]:
    """Rows whose pages are others than the steps around them say."""
    chain = pairs.chain()
    found = []
    for i in pairs.nodes():
        row, expected = pairs.rows[i], _expected(pairs, i, chain)
        if expected is None or expected == (row.first, row.last):
            continue
        sure = _believed(pairs, i, chain) and _well_read(row, expected, pairs.pages[row.page - 1])
        if i not in chain:
            found.append(WrongRange(i, expected, sure))
        elif pairs.ranged and not _as_long_as_said(pairs, i):
            # A row that gives only its first page is no contradiction.
            found.append(WrongRange(i, expected, sure and row.first != row.last and _closed(pairs, i, chain)))
    return found


def _expected(pairs: Pairing, row: int, chain: Sequence[int]) -> tuple[int, int] | None:
    """The pages of the row's documents as the catalogue counts around it."""
    first = pairs.rows[row].first or 0
    start, end = pairs.span(row)
    low, high = pairs.step(start, end + 1)
    length = min(max(pairs.said(row), low), high)
    if row not in chain:
        before, behind = _around(row, chain)
        if not before and not behind:
            return None
        near = before[-1] if before else behind[0]
        first = (pairs.rows[near].first or 0) + pairs.step(pairs.span(near)[0], start)[0]
    return (first, first + length - 1) if first > 0 else None


def _around(row: int, chain: Sequence[int]) -> tuple[list[int], list[int]]:
    return [i for i in chain if i < row], [i for i in chain if i > row]


def _believed(pairs: Pairing, row: int, chain: Sequence[int]) -> bool:
    """Whether the rows before and behind agree with one another about what the row should say."""
    before, behind = _around(row, chain)
    if before and behind:
        return pairs.steps(before[-1], behind[0])
    edge = before[-2:] if before else behind[:2]
    return len(edge) == 2 and pairs.steps(*edge)


def _as_long_as_said(pairs: Pairing, row: int) -> bool:
    start, end = pairs.span(row)
    low, high = pairs.step(start, end + 1)
    return low <= pairs.said(row) <= high


def _closed(pairs: Pairing, row: int, chain: Sequence[int]) -> bool:
    """Whether the next row begins where this row's documents end: then it is the row's last page that is wrong."""
    _, behind = _around(row, chain)
    if not behind or behind[0] != row + 1:
        return False
    between = range(pairs.span(row)[1] + 1, pairs.span(behind[0])[0])
    return all(page in pairs.blank for page in between) and pairs.steps(row, behind[0])


def _well_read(row: CatalogueRow, expected: tuple[int, int], page: Page) -> bool:
    """Whether the row's numbers were read beyond doubt, and no pen's 1 may be the 7 that is expected."""
    if _hidden(row, page):
        return False
    wanted = {row.first, row.last}
    seen: set[int | None] = set()
    for line in page.lines:
        span = read_span(line.text)
        if span is None or not row.box.y0 <= line.box.centre[1] <= row.box.y1 or not set(span) <= wanted:
            continue
        if (line.score is not None and line.score < _SURE_SCORE) or _beside_stroke(line, page):
            return False
        if line.second and read_span(line.second) != span:
            return False
        seen.update(span)
    pen = _confusable(str(row.first), str(expected[0])) and _confusable(str(row.last), str(expected[1]))
    return seen == wanted and not pen


def _beside_stroke(line: Line, page: Page) -> bool:
    """Whether a number stands behind or below a stroke: a piece of what is struck out may have been read with it."""
    near = line.box.grown(_BESIDE, 0.0)
    return any(mark.kind == "struck" and mark.box.overlap(near) > 0 for mark in page.content.marks)


def _hidden(row: CatalogueRow, page: Page) -> bool:
    """Whether an entry of the row was written over or painted out: what stands there reads as anything."""
    marks = [mark for mark in page.content.marks if mark.kind in ("overwritten", "whitened")]
    return any(row.box.y0 < mark.box.centre[1] < row.box.y1 for mark in marks)


def _confusable(one: str, other: str) -> bool:
    if len(one) != len(other):
        return False
    return all(a == b or {a, b} in _ALIKE for a, b in zip(one, other, strict=True))
