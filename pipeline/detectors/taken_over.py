"""What the rules on copying share: passages found by an alignment as evidence on both pages, and what was not seen."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.casefile import Document, Evidence
from pipeline.detectors.passages import PlacedText
from pipeline.detectors.view import CaseView
from pipeline.outcomes import MatchedPassage
from pipeline.text.reuse import Reuse

BOILERPLATE = (
    "经依法审查查明", "经依法侦查查明", "认定上述事实的证据如下", "上述事实有下列证据证实", "犯罪事实清楚证据确实充分",
    "提起公诉请依法判处", "中华人民共和国刑法", "中华人民共和国刑事诉讼法", "应当以追究其刑事责任",
)  # fmt: skip
"""Phrases of charges that are nobody's own."""


def matched_passages(reuse: Reuse, own: PlacedText, source: PlacedText) -> tuple[MatchedPassage, ...]:
    """The matched passages, one for every pair of pages they touch, longest first."""
    found = []
    for passage in sorted(reuse.passages, key=lambda one: -one.length):
        copies = own.evidence(passage.copy_start, passage.copy_end)
        origins = source.evidence(passage.origin_start, passage.origin_end)
        # A passage over a page break: pair the first parts and the last parts.
        pairs = {(copies[0], origins[0]), (copies[-1], origins[-1])}
        found += [
            MatchedPassage(copy, origin, round(passage.similarity, 4))
            for copy, origin in sorted(pairs, key=lambda pair: (pair[0].page, pair[1].page))
        ]
    return tuple(found)


def passage_evidence(passages: Sequence[MatchedPassage]) -> tuple[Evidence, ...]:
    """Both places of the longest passages, each once."""
    seen: list[Evidence] = []
    for passage in passages[:4]:
        for item in (passage.copy, passage.origin):
            if item not in seen:
                seen.append(item)
    return tuple(seen)


def unseen_pages(case: CaseView, origin: Document) -> tuple[int, ...]:
    """Illegible pages of a charge that may hold the facts: a last page behind two legible ones only signs it."""
    pages = [number for number in origin.pages if not case.case.page(number).legible]
    if pages == [origin.last] and len(origin.pages) > 2:
        return ()
    return tuple(pages)
