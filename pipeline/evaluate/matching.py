"""Which finding of a run is the one that the truth speaks of, and how near two texts are (contract.md, Score)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz.distance import Levenshtein

Entry = dict[str, Any]
"""A finding of a case's JSON, or an entry of a truth file: finding, trap or tolerated."""

TYPED = frozenset({"DOC111", "FRM302", "SGN402", "SGN403", "VER902", "CPY603"})
"""Rules with one finding for each document type."""
CONSTRAINED = frozenset({"DAT504", "DAT505"})
"""Rules with one finding for each broken D- or T-number."""
PERSON = {"applicant": "client", "recipient": "client", "suspect": "client"}

_PUNCTUATION = str.maketrans(
    {"〔": "[", "〕": "]", "【": "[", "】": "]", "“": '"', "”": '"', "‘": "'", "’": "'"}
    | {"。": ".", "、": ",", "—": "-", "–": "-", "－": "-", "○": "〇", "·": "."}
)


def fold(text: str | None) -> str:
    """Fold width, white space and punctuation variants away, which are nobody's error."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text or "")).translate(_PUNCTUATION)


def edits(one: str, other: str) -> int:
    """Count the characters to insert, delete or replace to make one text the other."""
    return int(Levenshtein.distance(one, other))


def document_kind(entry: Entry) -> str | None:
    """Name the document type that an entry is about."""
    return entry.get("document_type") or entry.get("about") or _details(entry).get("document_type")


def constraint(entry: Entry) -> str | None:
    """Name the D- or T-number that an entry is about."""
    return entry.get("constraint") or _details(entry).get("constraint")


def person(role: str | None) -> str | None:
    """Name the signer: the client is one man, whatever the document that he signs calls him."""
    return PERSON.get(role, role) if role else role


def _details(entry: Entry) -> Entry:
    details: Entry = entry.get("details") or {}
    return details


def pages_of(entry: Entry) -> set[int]:
    """Find the pages an entry speaks of: named, of its evidence, or the numbers in its note."""
    if entry.get("pages"):
        return set(entry["pages"])
    if entry.get("page"):
        return {entry["page"]}
    if entry.get("evidence"):
        return {evidence["page"] for evidence in entry["evidence"] if evidence.get("page")}
    return {int(number) for number in re.findall(r"\d+", entry.get("note", ""))}


def same(expected: Entry, found: Entry, rule: str, *, strict: bool) -> bool:
    """Tell whether a finding is what an entry of the truth speaks of.

    `strict`: traps and tolerated entries that name a document type mean that type; findings match whatever the type.
    """
    if rule in CONSTRAINED and constraint(expected):
        return constraint(found) == constraint(expected)
    if rule in TYPED and document_kind(expected):
        return document_kind(found) == document_kind(expected)
    one, other = document_kind(expected), document_kind(found)
    return not (one and other) or one == other or not strict


@dataclass(slots=True)
class Matched:
    """The findings of one rule in one case against the truth."""

    pairs: list[tuple[Entry, Entry]] = field(default_factory=list)
    false: list[Entry] = field(default_factory=list)
    missed: list[Entry] = field(default_factory=list)
    repeated: list[Entry] = field(default_factory=list)


def match(truth: Sequence[Entry], found: Sequence[Entry], rule: str) -> Matched:
    """Pair expected and reported findings of one rule in one case. A repeated report is neither right nor wrong."""
    left, matched = list(found), Matched()
    for expected in truth:
        hit = next((f for f in left if same(expected, f, rule, strict=bool(expected.get("reason")))), None)
        if hit is None:
            matched.missed.append(expected)
        else:
            matched.pairs.append((expected, hit))
            left.remove(hit)
    seen = {_label(hit, rule) for _, hit in matched.pairs}
    for entry in left:
        (matched.repeated if _label(entry, rule) in seen else matched.false).append(entry)
        seen.add(_label(entry, rule))
    return matched


def _label(entry: Entry, rule: str) -> str | None:
    if rule in CONSTRAINED:
        return constraint(entry)
    return document_kind(entry) if rule in TYPED else None
