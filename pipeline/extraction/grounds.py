"""What an answer about the case rests on, in words with pages: for evaluators, never for rules."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.documents.types import type_title
from pipeline.extraction.papers import Paper

_MOST = 3
"""Papers that are named for one answer."""


def strongest(weighed: Iterable[tuple[Paper, float]]) -> str:
    """Name the papers that speak most for an answer, in file order ("起诉书 (第 22 页)、判决书 (第 36 页)"), if any do.

    `weighed`: papers with the points that they give it; those without any are left out, of each type the first stands.
    """
    by_type: dict[str, tuple[float, Paper]] = {}
    for paper, points in weighed:
        known = by_type.get(paper.document.type)
        if points > 0 and (known is None or points > known[0]):
            by_type[paper.document.type] = (points, paper)
    best = sorted(by_type.values(), key=lambda one: (-one[0], one[1].document.first))[:_MOST]
    papers = sorted((paper for _, paper in best), key=lambda paper: paper.document.first)
    return "、".join(f"{type_title(paper.document.type)} (第 {paper.document.first} 页)" for paper in papers)
