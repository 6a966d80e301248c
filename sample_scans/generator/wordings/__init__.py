"""Wordings of the document types for the training corpus: many short texts, alternatives in braces, slots with $.

Each module maps a type to `Wording`: titles, issuer, lines of a first page, lines of a page that goes on.
`{a|b|c}` is a choice, `$client` a slot filled by corpus.py; a line that begins with `?` is left out now and then.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """Titles and lines of one type. `issuer`: which unit heads the page ("" for none)."""

    titles: tuple[str, ...]
    lines: tuple[str, ...]
    more: tuple[str, ...] = ()
    """Lines of a continuation page; types without any have one page only."""
    issuer: str = ""
    untitled: float = 0.08
    """Share of first pages whose title is lost or was never printed."""
