"""Official seals of the documents they stand on, their texts mended by what the pages say themselves.

The letters along a seal's rim are read with a character wrong or lost in one seal of three, while the organisation is
named in print near by. A reading is replaced by such a name where it can only be that one misread; a seal that reads
well and names somebody else stays as it was read: a wrong seal is a finding, not a misreading.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz.distance import Levenshtein

from pipeline.casefile import Document, Fingerprint, Page, Seal
from pipeline.extraction.institutions import institutions_in, kind_of
from pipeline.text.lookalikes import misread

_NEAR, _FAR = 0.5, 0.66
"""How alike a reading and a name must be where the name stands on the same document, and elsewhere in the case."""
_LEAD = 0.1
"""Names less likely than the best by less than this are rivals: the reading itself must tell it from them."""


def seals_in(documents: Sequence[Document], pages: Sequence[Page]) -> tuple[Seal, ...]:
    """The official seals on each document's pages, in file order."""
    if not any(mark.kind == "seal" for page in pages for mark in page.content.marks):
        return ()
    everywhere = institutions_in(text for page in pages for text in _texts(page, covered=False))
    found: list[Seal] = []
    for document in documents:
        own = [pages[number - 1] for number in document.pages]
        seals = [(page.number, mark) for page in own for mark in page.content.marks if mark.kind == "seal"]
        if seals:
            near = institutions_in(text for page in own for text in _texts(page, covered=False))
            under = institutions_in(text for page in own for text in _texts(page, covered=True))
            found.extend(
                Seal(document.id, number, mark.box, mended(mark.text, near, everywhere, under))
                for number, mark in seals
            )
    return tuple(found)


def fingerprints_in(documents: Sequence[Document], pages: Sequence[Page]) -> tuple[Fingerprint, ...]:
    """Every fingerprint with the document that it was pressed on, in file order."""
    return tuple(
        Fingerprint(document.id, number, mark.box)
        for document in documents
        for number in document.pages
        for mark in pages[number - 1].content.marks
        if mark.kind == "fingerprint"
    )


def mended(read: str, near: Iterable[str], far: Iterable[str] = (), under: Iterable[str] = ()) -> str:
    """The name that a seal's reading stands for, or the reading itself where no name of the case is plainly meant.

    `near`: institutions named on the seal's own document; `far`: those of the whole case; `under`: those read where
    a seal lies over the print, which are themselves half misread.
    """
    near, far = frozenset(near), frozenset(far)
    if not read or read in near or read in far:
        return read
    for names, least in ((near, _NEAR), (far, _FAR), (under, _FAR)):
        ranked = sorted(((_likeness(read, name), name) for name in names), reverse=True)
        if not ranked or ranked[0][0] < least:
            continue
        best, name = ranked[0]
        rivals = [other for score, other in ranked[1:] if best - score < _LEAD and other not in name]
        if any(not _told_apart(read, name, other) for other in rivals) or _another(read, name):
            continue
        return name
    return read


def _likeness(read: str, name: str) -> float:
    """How alike they are, 0..1; a letter lost costs less than one misread or made up."""
    return float(Levenshtein.normalized_similarity(read, name, weights=(2, 3, 3)))


def _told_apart(read: str, name: str, other: str) -> bool:
    """Whether the reading holds a letter of the name's kind that a rival of another kind has not."""
    kind, rival = kind_of(name), kind_of(other)
    return kind == rival or any(char in read for char in set(kind) - set(rival))


def _another(read: str, name: str) -> bool:
    """Whether a reading names another body, or more than the name does: it is whole and differs where names differ."""
    if name in read:
        start = read.index(name)
        return (start > 0 and "\u3400" <= read[start - 1] <= "\u9fff") or len(read) - start - len(name) > 1
    if misread(read, name):
        return False
    kind = kind_of(name)
    mine = kind_of(read)
    if mine and mine != kind and not (mine.endswith(kind) or kind.endswith(mine)):
        return True
    theirs = name[: -len(kind)] if kind else name
    known = sum(char in read for char in theirs)
    if known * 2 < len(theirs):
        return True
    whole = mine == kind and len(read) == len(name) and read[-len(kind) - 1] in "省市县区镇乡村"
    return whole and known * 2 <= len(theirs)


def _texts(page: Page, covered: bool) -> Iterable[str]:
    """The page's lines that a seal covers, or those that none does."""
    seals = [mark.box for mark in page.content.marks if mark.kind == "seal"]
    for line in page.lines:
        area = max(1e-9, line.box.width * line.box.height)
        if covered == any(seal.overlap(line.box) > 0.5 * area for seal in seals):
            yield line.text
