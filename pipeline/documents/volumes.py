"""The catalogues of a file: one for each volume, on one page or on several, with blank backs between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.casefile import CatalogueRow, Document, Page
from pipeline.documents.contents import read_catalogue
from pipeline.documents.placement import Placement, place_pages
from pipeline.documents.titles import match_title
from pipeline.documents.types import BLANK

_OWN = 0.5
"""Share of a later catalogue's rows for which papers must stand behind it; else it is a copy of another file's."""
_FEW = 3


@dataclass(frozen=True, slots=True)
class Volumes:
    """The rows of all catalogues in the file's order, and what they say of the pages behind them."""

    rows: tuple[CatalogueRow, ...]
    placements: dict[int, Placement]


def holders_of(documents: Sequence[Document]) -> list[list[Document]]:
    """The documents that hold catalogues, those together that only blank pages part."""
    groups: list[list[Document]] = []
    last = -1
    for at, document in enumerate(documents):
        if document.type != "file_catalogue":
            continue
        if groups and all(between.type == BLANK for between in documents[last + 1 : at]):
            groups[-1].append(document)
        else:
            groups.append([document])
        last = at
    return groups


def volumes_of(documents: Sequence[Document], pages: Sequence[Page], blank: frozenset[int]) -> Volumes:
    """Read the catalogues of a file and place its pages by them. `blank`: numbers of blank sheets and separators.

    The first catalogue is the file's own. A later one is another volume's if the papers behind it are those it lists.
    """
    read = [(group, read_catalogue([pages[n - 1] for d in group for n in d.pages])) for group in holders_of(documents)]
    own = [one for index, one in enumerate(read) if index == 0 or _lists(one[1], documents, one[0][-1].last)]
    rows: list[CatalogueRow] = []
    placements: dict[int, Placement] = {}
    for index, (group, found) in enumerate(own):
        end = own[index + 1][0][0].first - 1 if index + 1 < len(own) else len(pages)
        placed = place_pages(pages[:end], group[-1].last, found, blank)
        offset = len(rows)
        placements |= {n: replace(p, rows=tuple(row + offset for row in p.rows)) for n, p in placed.items()}
        rows.extend(found)
    return Volumes(tuple(rows), placements)


def _lists(rows: Sequence[CatalogueRow], documents: Sequence[Document], after: int) -> bool:
    """Whether papers of the types that the rows name stand behind a page."""
    behind = {document.type for document in documents if document.first > after}
    there = sum(any(kind in behind for kind, _ in match_title(row.title)[:1]) for row in rows)
    return len(rows) >= _FEW and there >= _OWN * len(rows)
