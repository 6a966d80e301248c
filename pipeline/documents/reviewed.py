"""What people corrected of the division: a document's type, where one begins, which belongs to the one before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.corrections import PlacedCorrection, Reviewed
from pipeline.documents.types import BLANK

SURE = 1.0


@dataclass(frozen=True, slots=True)
class Span:
    """A run of pages that is one document of a kind. `reviewed`: who said so, where a person did."""

    kind: str
    first: int
    last: int
    sure: float = SURE
    reviewed: Reviewed | None = None


def corrected_spans(spans: Sequence[Span], corrections: Sequence[PlacedCorrection]) -> list[Span]:
    """Apply corrections of types and boundaries, in order of their making. Pages stay in exactly one document each.

    A blank page is a document of its own: nothing is joined with it. What changes nothing any more is passed over.
    """
    found = list(spans)
    for one in corrections:
        for page in one.pages:
            index = next((i for i, span in enumerate(found) if span.first <= page <= span.last), None)
            if index is None:
                continue
            match one.correction.kind:
                case "type":
                    found[index] = replace(found[index], kind=one.correction.value, sure=SURE, reviewed=one.reviewed)
                case "begin":
                    found[index : index + 1] = _split(found[index], page, one.reviewed)
                case "join" if index and _joinable(found[index - 1], found[index], page):
                    before = found[index - 1]
                    found[index - 1 : index + 1] = [replace(before, last=found[index].last, reviewed=one.reviewed)]
                case _:
                    pass
    return found


def _split(span: Span, page: int, by: Reviewed) -> list[Span]:
    if page == span.first:
        return [replace(span, reviewed=by)]
    return [replace(span, last=page - 1, reviewed=by), replace(span, first=page, reviewed=by)]


def _joinable(before: Span, span: Span, page: int) -> bool:
    return page == span.first and BLANK not in (before.kind, span.kind)
