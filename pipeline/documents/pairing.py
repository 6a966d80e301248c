"""Which document of the file each row of its catalogue stands for, and which rows' numbers step as the pages do.

The catalogue counts pages in its own way: from some page on, with or without blank backs, anew in each volume. So no
count of ours is held against it: only steps are compared, from one document that a row names to the next. A step is in
order when it is the number of written pages between the two beginnings, or that and some of the blank ones.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.casefile import CatalogueRow, Document, Page
from pipeline.documents.likeness import NAMED, head_of, known, likeness
from pipeline.documents.types import BLANK, EVIDENCE, OTHER

UNCOUNTED = frozenset({"cover", "file_catalogue", BLANK})
"""What a catalogue need not list."""
_PLACE = 0.45
"""What agreeing numbers are worth beside a likeness of 1."""
_SKIP = 0.5
"""What a pair must be worth at least."""
_SHIFT = 1.6
"""Rows that must agree before a shift of the numbers is believed rather than their being wrong."""
_FAR = 12
"""Rows back that a row's numbers are compared with."""
_RIVAL = 0.8
"""Part of the best likeness from which on another still counts."""


class Pairing:
    """One catalogue and the documents behind it, paired.

    `given[row]`: the documents (indices into `papers`) that a row stands for, `open`: those that a catalogue lists,
    `like[row][n]`: how well a row names the n-th of these, `blank`: numbers of blank pages.
    """

    def __init__(self, rows: list[CatalogueRow], papers: list[Document], pages: Sequence[Page]) -> None:
        self.rows, self.papers, self.pages = rows, papers, pages
        self.blank = {n for d in papers if d.type == BLANK for n in d.pages}
        self.open = [i for i, d in enumerate(papers) if d.type not in UNCOUNTED]
        heads = {d: head_of(pages[papers[d].first - 1]) for d in self.open}
        self.like = _best([[likeness(row, papers[d], heads[d]) for d in self.open] for row in rows])
        self.ranged = any(row.first is not None and row.last is not None and row.last > row.first for row in rows)
        self.given: list[list[int]] = [[] for _ in rows]
        self._pair([[0.0] * len(self.open) for _ in rows])
        self._pair(self._agreement())
        self._pair_out_of_order()
        self._gather()

    # ---- which row is which document

    def _pair(self, places: list[list[float]]) -> None:
        """Pair rows and documents in the order of both, so that their worth is greatest."""
        across, down = len(self.open), len(self.rows)
        best = [[0.0] * (across + 1) for _ in range(down + 1)]
        for i in range(down - 1, -1, -1):
            for j in range(across - 1, -1, -1):
                pair = best[i + 1][j + 1] + self._worth(i, j, places)
                best[i][j] = max(best[i + 1][j], best[i][j + 1], pair)
        self.given = [[] for _ in self.rows]
        i = j = 0
        while i < down and j < across:
            worth = self._worth(i, j, places)
            if worth > 0 and best[i][j] == best[i + 1][j + 1] + worth:
                self.given[i] = [self.open[j]]
                i, j = i + 1, j + 1
            elif best[i][j] == best[i][j + 1]:
                j += 1
            else:
                i += 1

    def _worth(self, row: int, document: int, places: list[list[float]]) -> float:
        like, place = self.like[row][document], places[row][document]
        if like < NAMED and not (place and self._may_differ(row, self.open[document])):
            return 0.0
        return max(0.0, like + place - _SKIP)

    def _may_differ(self, row: int, document: int) -> bool:
        """Whether a row may mean a document that it names otherwise: one of the two is not known well enough."""
        return not known(self.rows[row]) or self.papers[document].type in (OTHER, EVIDENCE)

    def _agreement(self) -> list[list[float]]:
        """Where the numbers of a row agree with the numbers that a document should have by the pairs around it."""
        numbers = self._numbers()
        places = []
        for row in self.rows:
            agree = [row.first is not None and row.first in numbers.get(d, ()) for d in self.open]
            places.append([_PLACE if yes else 0.0 for yes in agree])
        return places

    def _numbers(self) -> dict[int, frozenset[int]]:
        """First page numbers that each document may have in the catalogue, by the pairs before and behind it."""
        anchors = self._anchors()
        numbers: dict[int, frozenset[int]] = {}
        for d in self.open:
            before = [a for a in anchors if a[0] < self.papers[d].first][-3:]
            behind = [a for a in anchors if a[0] > self.papers[d].first][:3]
            near = [n for page, n in anchors if page == self.papers[d].first]
            found: set[int] = set(near)
            for page, number in (*before, *behind):
                low, high = self.step(page, self.papers[d].first)
                found.update(range(number + low, number + high + 1))
            numbers[d] = frozenset(found)
        return numbers

    def _anchors(self) -> list[tuple[int, int]]:
        """Page in the case and number in the catalogue of what is paired, of rows that the others do not contradict."""
        chain = self.chain()
        return sorted((self.papers[self.given[i][0]].first, self.rows[i].first or 0) for i in chain)

    def step(self, start: int, end: int) -> tuple[int, int]:
        """Fewest and most that a catalogue may count from one page to another, backwards below 0."""
        if end < start:
            low, high = self.step(end, start)
            return -high, -low
        between = range(start, end)
        blank = sum(page in self.blank for page in between)
        return len(between) - blank, len(between)

    def _pair_out_of_order(self) -> None:
        """What is left over may be bound in another order than it is listed."""
        taken = {d for given in self.given for d in given}
        left = [
            (self.like[i][j], -i, -j)
            for i, given in enumerate(self.given)
            if not given
            for j, d in enumerate(self.open)
            if d not in taken and self.like[i][j] >= 0.75
        ]
        for _, i, j in sorted(left, reverse=True):
            d = self.open[-j]
            if not self.given[-i] and d not in taken:
                self.given[-i] = [d]
                taken.add(d)

    def _gather(self) -> None:
        """Give documents that no row names to the row whose range holds them: exhibits, enclosures, torn-off parts."""
        taken = {d: i for i, given in enumerate(self.given) for d in given}
        numbers = self._numbers()
        chain = set(self.chain())
        for d in self.open:
            if d in taken:
                continue
            before = taken.get(d - 1, taken.get(d - 2, -1) if d and self.papers[d - 1].type == BLANK else -1)
            holding = [i for i, row in enumerate(self.rows) if self._holds(row, numbers[d]) and self._room(i, d)]
            if holding:
                home = min(holding, key=lambda i: (i != before, bool(self.given[i]), i not in chain, i))
            elif before >= 0 and self._torn_off(d, before):
                home = before
            else:
                continue
            self.given[home].append(d)
            taken[d] = home

    def _torn_off(self, document: int, row: int) -> bool:
        """Whether an untitled document, or one more exhibit, goes on with what the row stands for."""
        paper = self.papers[document]
        same = paper.type == self.papers[self.given[row][0]].type
        return same and (paper.title_box is None or paper.type == EVIDENCE)

    @staticmethod
    def _holds(row: CatalogueRow, numbers: frozenset[int]) -> bool:
        if row.first is None or row.last is None:
            return False
        return any(row.first <= number <= row.last for number in numbers)

    def _room(self, row: int, document: int) -> bool:
        """Whether the row's range is long enough for one more document."""
        one, paper = self.rows[row], self.papers[document]
        held = sum(len(self.papers[d].pages) for d in self.given[row])
        long = (one.last or 0) - (one.first or 0) + 1
        return held + len(paper.pages) <= long

    # ---- whose numbers agree

    def nodes(self) -> list[int]:
        return [i for i, row in enumerate(self.rows) if row.first is not None and self.given[i]]

    def chain(self) -> list[int]:
        """The greatest set of rows whose numbers step as the pages do; a lasting shift is let pass at a price."""
        nodes = self.nodes()
        best: list[float] = []
        back: list[int] = []
        for at, i in enumerate(nodes):
            value, link = 1.0, -1
            for before in range(at - 1, max(-1, at - _FAR - 1), -1):
                step = best[before] + 1.0 - (0.0 if self.steps(nodes[before], i) else _SHIFT)
                if step > value:
                    value, link = step, before
            best.append(value)
            back.append(link)
        chain: list[int] = []
        at = max(range(len(nodes)), key=lambda n: best[n]) if nodes else -1
        while at >= 0:
            chain.append(nodes[at])
            at = back[at]
        return chain[::-1]

    def steps(self, one: int, other: int) -> bool:
        """Whether the catalogue counts from one row to another what lies between their documents."""
        start, end = self.papers[self.given[one][0]].first, self.papers[self.given[other][0]].first
        if end <= start:
            return False
        low, high = self.step(start, end)
        taken = {d for given in self.given for d in given}
        low -= sum(
            len(self.papers[d].pages) for d in self.open if d not in taken and start < self.papers[d].first < end
        )
        high += sum(self.said(i) for i in range(one + 1, other) if not self.given[i])
        said = (self.rows[other].first or 0) - (self.rows[one].first or 0)
        return low <= said <= high

    def owner(self, document: int) -> int | None:
        """The row that a document was given to."""
        return next((i for i, given in enumerate(self.given) if document in given), None)

    def span(self, row: int) -> tuple[int, int]:
        """First and last page in the case of a row's documents."""
        given = self.given[row]
        return self.papers[min(given)].first, self.papers[max(given)].last

    def said(self, row: int) -> int:
        """How many pages a row claims."""
        one = self.rows[row]
        return max(1, (one.last or 0) - (one.first or 0) + 1)


def _best(like: list[list[float]]) -> list[list[float]]:
    """Likenesses without those that are much less than another of the same row or document.

    律师权利义务告知书 is like 受援人权利义务告知书, but means it only where there is no other.
    """
    if not like:
        return like
    across = [max(row, default=0.0) for row in like]
    down = [max(column, default=0.0) for column in zip(*like, strict=True)]
    return [
        [value if value >= _RIVAL * max(across[i], down[j]) else 0.0 for j, value in enumerate(row)]
        for i, row in enumerate(like)
    ]
