"""Readings against truth: the character error rate, as `prescreen evaluate` and the contract's scorer count it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from pipeline.bench.pages import BenchPage
from pipeline.evaluate.figures import ratio
from pipeline.evaluate.matching import edits, fold

KINDS = ("printed", "mixed", "handwritten")
Rates = dict[str, float | None]


def error_rates(pages: Sequence[BenchPage], texts: Sequence[str]) -> Rates:
    """Give the share of wrong characters over `all` legible pages and over those of each kind; None of no characters.

    `texts`: what was read, page by page; "" where nothing was.
    """
    return _rates(zip(pages, texts, strict=True))


def upright_error_rates(pages: Sequence[BenchPage], texts: Sequence[str]) -> Rates:
    """Give the same over the pages that lie upright as they come: fair to who does not turn pages."""
    return _rates((page, text) for page, text in zip(pages, texts, strict=True) if page.upright)


def _rates(readings: Iterable[tuple[BenchPage, str]]) -> Rates:
    characters: Counter[str] = Counter()
    errors: Counter[str] = Counter()
    for page, text in readings:
        if not page.legible:
            continue
        wanted = fold(page.text)
        wrong = min(len(wanted), edits(wanted, fold(text)))
        for kind in ("all", page.written):
            characters[kind] += len(wanted)
            errors[kind] += wrong
    return {kind: ratio(errors[kind], characters[kind]) for kind in ("all", *KINDS)}
