"""Whether a paper is signed by those who must sign it: every place to sign, prints and name seals taken together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.casefile import Document, Evidence, Signature
from pipeline.detectors.view import CaseView
from pipeline.text.normalise import fold

CLIENT = frozenset({"applicant", "recipient", "suspect"})
"""One man, named by the paper that he signs."""
_INKED = 4
"""Squares of ink (casefile.InkGrid) in a place to sign from which something is written there that nobody could read."""
_NEAR = 0.05
"""Fraction of the page's height within which a stroke, print or name seal that is nobody else's may be the signer's."""
_TAIL = 7
_REFUSED = re.compile(r"拒绝签|拒不签|拒签|不愿签|无法签名|不能签名|不能书写|因.{0,8}未签名")


@dataclass(frozen=True, slots=True)
class Signing:
    """How a document stands with its signers. `blank` and `unclear`: the places that are, in file order.

    `state`: signed | blank | unclear | nowhere (no place to sign was made out).
    """

    state: Literal["signed", "blank", "unclear", "nowhere"]
    blank: tuple[Signature, ...] = ()
    unclear: tuple[Signature, ...] = ()

    @property
    def pages(self) -> tuple[int, ...]:
        return tuple(sorted({place.page for place in (*self.blank, *self.unclear)}))


def signing(case: CaseView, document: Document, roles: Iterable[str], *, prints: bool = False) -> Signing:
    """How a document stands with the signers of these roles. `prints`: a fingerprint anywhere on it will do."""
    wanted = frozenset(roles)
    places = [one for one in case.case.signatures if one.document == document.id and one.role in wanted]
    if any(one.state == "signed" for one in places) or (prints and _pressed(case, document)):
        return Signing("signed")
    unclear = tuple(one for one in places if one.state == "unclear" or _inked(case, one) or _marked_near(case, one))
    blank = tuple(one for one in places if one not in unclear)
    if unclear:
        return Signing("unclear", blank, unclear)
    return Signing("blank", blank) if blank else Signing("nowhere")


def signs_off(case: CaseView, document: Document, names: Sequence[str]) -> bool:
    """Whether one of these people is named, or a name seal stands, where the document ends."""
    page = case.case.page(document.last)
    if any(mark.kind == "name_seal" for mark in page.content.marks):
        return True
    tail = [fold(line.text) for line in page.lines[-_TAIL:]]
    return any(name and name in text for name in names for text in tail)


def refused(case: CaseView, document: Document) -> str:
    """What the paper says of a signature that was refused or could not be given, "" where it says nothing."""
    match = _REFUSED.search(case.text_of(document))
    return match[0] if match else ""


def legible(case: CaseView, document: Document) -> bool:
    """Whether every page was read well enough to say that nothing stands on it."""
    return all(case.case.page(number).content.quality.grade in ("good", "fair") for number in document.pages)


def places_of(signed: Signing, quote: str) -> tuple[Evidence, ...]:
    """The blank places as evidence."""
    return tuple(Evidence(one.page, one.box, quote) for one in signed.blank)


def _pressed(case: CaseView, document: Document) -> bool:
    return any(one.document == document.id for one in case.case.fingerprints)


def _marked_near(case: CaseView, place: Signature) -> bool:
    """A stroke, print or name seal stands by an empty place, and no other place has it."""
    others = [one.box for one in case.case.signatures if one.page == place.page and one.state == "signed"]
    return any(
        mark.kind in ("ink", "fingerprint", "name_seal")
        and abs(mark.box.centre[1] - place.box.centre[1]) <= _NEAR
        and not any(mark.box.overlap(box) > 0 for box in others)
        for mark in case.case.page(place.page).content.marks
    )


def _inked(case: CaseView, place: Signature) -> bool:
    """Something stands in an empty place that no engine made a line or a stroke of."""
    ink = case.case.page(place.page).content.ink
    return place.state == "blank" and not place.name and ink is not None and ink.count(place.box) >= _INKED
