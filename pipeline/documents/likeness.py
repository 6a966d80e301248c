"""How well a row of the catalogue names a document: by its words, its type, the head of its first page."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz

from pipeline.casefile import CatalogueRow, Document, Page
from pipeline.documents.rows import rows_of
from pipeline.documents.titles import match_title
from pipeline.documents.types import EVIDENCE, OTHER, type_title
from pipeline.text.normalise import content

_ASIDE = re.compile(r"[(（\[〔【].*?[)）\]〕】]|复印件|复制件|原件|副本")
_EVIDENCES = re.compile(r"证据|书证|物证|举证|证明材料|有关材料|相关材料|案件材料")
_HEAD = 7
"""Rows of a page among which its title stands."""
_HEADING = 5
"""… and rows among which it is looked for on pages that were given to other documents."""
_ISSUER = 16
"""Letters of an issuer's name before a title."""
_SENTENCE = re.compile(r"[，,。；;]")
NAMED = 0.62
"""Likeness from which a row may name a document."""


def likeness(row: CatalogueRow, document: Document, head: str) -> float:
    """How well the row's title names the document, 0..1; 0 for a row without a title. `head`: `head_of` its page."""
    title = bare(row.title)
    if len(title) < 2:
        return 0.0
    best = fuzz.ratio(title, bare(document.title)) / 100
    types = dict(match_title(row.title))
    if document.type in types and document.type != OTHER:
        # A title is somewhat like several types' titles, and means those it is most like.
        best = max(best, types[document.type] * (1.0 if types[document.type] >= 0.9 * max(types.values()) else 0.7))
    if document.type == EVIDENCE and _EVIDENCES.search(title) and "目录" not in title and "清单" not in title:
        best = max(best, 0.75)
    if best < 0.9 and len(title) >= 4:
        best = max(best, 0.95 * fuzz.partial_ratio(title, head, score_cutoff=88) / 100)
    return best


def heads(row: CatalogueRow, page: Page) -> bool:
    """Whether the row's title is the heading of a page, whatever document the page was given to."""
    title = bare(row.title)
    if len(title) < 3:
        return False
    for line in rows_of(page.lines)[:_HEADING]:
        text = content(line.text)
        heading = abs(line.box.centre[0] - 0.5) < 0.15 and line.gap < 0.12 and len(text) <= len(title) + _ISSUER
        if heading and not _SENTENCE.search(line.text) and (text.endswith(title) or fuzz.ratio(title, text) >= 80):
            return True
    return False


def known(row: CatalogueRow) -> bool:
    """Whether the row's title is one that papers of a known type carry: then it was read well enough."""
    matches = match_title(row.title)
    return bool(matches) and matches[0][1] >= 0.8


def same_kind(row: CatalogueRow, document: Document) -> bool:
    """Whether the row's title may mean the document's type."""
    return document.type in dict(match_title(row.title)) or bare(type_title(document.type)) == bare(row.title)


@lru_cache(maxsize=4096)
def bare(title: str) -> str:
    """A title's letters without what stands in brackets or says what sort of copy it is."""
    return content(_ASIDE.sub("", title)) or content(title)


def head_of(page: Page) -> str:
    """The letters among which a page's title stands."""
    return "".join(content(row.text) for row in rows_of(page.lines)[:_HEAD])
