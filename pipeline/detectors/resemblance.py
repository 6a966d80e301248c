"""Two cases' abstracts → what their papers have in common beyond print, and whether the cases are related.

The alignment is that of CPY601 (text/reuse.py). Left out on both sides are clauses that the batch shows to be printed
and phrases that everybody writes (standard_phrases.txt).
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from functools import cache
from importlib import resources

from pipeline.casefile import Line
from pipeline.detectors.passages import PlacedText, placed_text
from pipeline.detectors.peers import GROUPS, Abstract, ComparedText, Resemblance
from pipeline.outcomes import MatchedPassage
from pipeline.text.minhash import clauses
from pipeline.text.normalise import content
from pipeline.text.reuse import Reuse, find_reuse

SHINGLE = 4
WORTH_ALIGNING = 0.3
"""Share of the shorter text's runs of four characters that the other must hold; two poor scans keep two fifths."""
SAME_FACTS = 0.5
"""Share of one charge that stands in the other, from which on two cases are about the same facts."""
LEAST_OWN = 80
"""Own characters below which a paper says too little to be told from others."""
NOTABLE = 0.4
"""Share under which a resemblance is not worth naming."""
ASKED = 0.5
"""Share from which on it is asked whether the cases are related."""


@cache
def standard_phrases() -> tuple[str, ...]:
    """Phrases of interviews, reading records and statements that are nobody's own."""
    text = resources.files("pipeline.text").joinpath("standard_phrases.txt").read_text("utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


@dataclass(frozen=True, slots=True)
class OwnWords:
    """A paper's words without what is printed, and what tells quickly whether another is worth aligning with it."""

    paper: ComparedText
    placed: PlacedText
    length: int
    shingles: frozenset[str]


def own_words(paper: ComparedText, printed: Set[int] = frozenset()) -> OwnWords:
    """Blank the clauses that are printed (`printed`: hashes of text/minhash.py) out of a paper's words."""
    placed = placed_text((line.page, Line(line.text, line.box)) for line in paper.lines)
    known = [(start, end) for start, end, key in clauses(placed.text) if key in printed]
    if known:
        letters = list(placed.text)
        for start, end in known:
            letters[start:end] = " " * (end - start)
        placed = PlacedText("".join(letters), placed.starts, placed.lines)
    plain = content(placed.text)
    shingles = frozenset(plain[at : at + SHINGLE] for at in range(len(plain) - SHINGLE + 1))
    return OwnWords(paper, placed, len(plain), shingles)


def resemblance(
    one: Abstract, mine: OwnWords, other: Abstract, theirs: OwnWords
) -> tuple[Resemblance, Resemblance] | None:
    """Compare two papers; the resemblance as the one case sees it and as the other does, None where there is none."""
    if GROUPS[mine.paper.type] != GROUPS[theirs.paper.type] or min(mine.length, theirs.length) < LEAST_OWN:
        return None
    least = WORTH_ALIGNING * min(len(mine.shingles), len(theirs.shingles))
    if len(mine.shingles & theirs.shingles) < least:
        return None
    left, right = mine.placed, theirs.placed
    reuse = find_reuse(left.text, right.text, frequent=standard_phrases())
    if reuse.length < LEAST_OWN or max(reuse.share, reuse.origin_share) < NOTABLE:
        return None
    related = relation(one, other) if max(reuse.share, reuse.origin_share) >= ASKED else ""
    return (
        Resemblance(
            mine.paper.document,
            other.case_id,
            theirs.paper.title,
            (theirs.paper.first, theirs.paper.last),
            round(reuse.share, 4),
            round(reuse.origin_share, 4),
            reuse.copied,
            related,
            _passages(reuse, left, right, other.case_id, turned=False),
        ),
        Resemblance(
            theirs.paper.document,
            one.case_id,
            mine.paper.title,
            (mine.paper.first, mine.paper.last),
            round(reuse.origin_share, 4),
            round(reuse.share, 4),
            reuse.copied,
            related,
            _passages(reuse, left, right, one.case_id, turned=True),
        ),
    )


def relation(one: Abstract, other: Abstract) -> str:
    """Say why two cases lawfully tell the same; "" where nothing speaks for it."""
    if set(one.client) & set(other.client):
        return "同一受援人的案卷"
    if set(one.client) & set(other.others) or set(other.client) & set(one.others):
        return "同案被告人、同案当事人"
    shared = sorted(set(one.numbers) & set(other.numbers))
    if shared:
        return f"同一案号 {shared[0]}"
    if set(one.opponents) & set(other.opponents):
        return "相对方相同的系列案"
    if one.charge and other.charge:
        same = find_reuse(one.charge, other.charge)
        if max(same.share, same.origin_share) >= SAME_FACTS:
            return "起诉书、判决书等所载事实相同"
    return ""


def _passages(
    reuse: Reuse, left: PlacedText, right: PlacedText, case: str, *, turned: bool
) -> tuple[MatchedPassage, ...]:
    """The matched passages, one for every pair of pages they touch, longest first."""
    found = []
    for passage in sorted(reuse.passages, key=lambda one: -one.length):
        mine = left.evidence(passage.copy_start, passage.copy_end)
        theirs = right.evidence(passage.origin_start, passage.origin_end)
        pairs = {(mine[0], theirs[0]), (mine[-1], theirs[-1])}
        for here, there in sorted(pairs, key=lambda pair: (pair[0].page, pair[1].page)):
            if turned:
                here, there = there, here
            found.append(MatchedPassage(here, there, round(passage.similarity, 4), case))
    return tuple(found)
