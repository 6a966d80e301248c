"""Which papers of a batch are compared across files, in one place after all cases are read.

A case's `Digest` is small: hashes of the buckets and clauses of its texts. From the digests of all cases come the
clauses that the batch shows to be printed and the pairs worth aligning; the pairs' abstracts go to workers. What comes
out depends on the cases and their order alone, not on workers or on who was first. docs/reuse.md tells how.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from pydantic import TypeAdapter

from pipeline.detectors.peers import GROUPS, Abstract, Peers, Resemblance
from pipeline.detectors.resemblance import LEAST_OWN, OwnWords, own_words, resemblance
from pipeline.text.minhash import Hashes, band_hashes, candidate_pairs, clause_hashes
from pipeline.text.normalise import content

PRINTED_BY = 4
PRINTED_SHARE = 0.2
"""Lawyers of the batch who all write a clause that counts as printed, and the share of the texts that hold it."""
PAIRS_OF_A_JOB = 40

Pair = tuple[int, int, int, int]
"""Position of a case, index of its text, position of the other case, index of its text."""


@dataclass(frozen=True, slots=True)
class Digest:
    """Of each compared text of a case, in order: its group, its buckets, its clauses. `lawyer`: who wrote them."""

    lawyer: str
    groups: tuple[str, ...]
    buckets: tuple[Hashes, ...]
    clauses: tuple[Hashes, ...]


def digest_of(abstract: Abstract) -> Digest:
    """Take the hashes of a case's texts."""
    texts = [text.text for text in abstract.texts]
    return Digest(
        abstract.lawyer or f"? {abstract.case_id}",
        tuple(GROUPS[text.type] for text in abstract.texts),
        tuple(band_hashes(text) for text in texts),
        tuple(clause_hashes(text) for text in texts),
    )


@cache
def _adapter() -> TypeAdapter[Abstract]:
    return TypeAdapter(Abstract)


def pack_abstract(abstract: Abstract) -> bytes:
    """Give the bytes of an abstract."""
    return zlib.compress(_adapter().dump_json(abstract), 6)


def unpack_abstract(content: bytes) -> Abstract:
    """Give the abstract of these bytes."""
    return _adapter().validate_json(zlib.decompress(content))


def printed_clauses(digests: Mapping[int, Digest]) -> Hashes:
    """Clauses that the batch shows to be printed: hashes, sorted.

    A fifth of the texts of a group hold them, and `PRINTED_BY` lawyers at least write them: what one lawyer copies from
    file to file is not printed.
    """
    found = [_common([(digests[case].clauses[text], digests[case].lawyer) for case, text in _of(digests, group)])
             for group in _groups()]  # fmt: skip
    printed: Hashes = np.unique(np.concatenate(found))
    return printed


def _groups() -> tuple[str, ...]:
    return tuple(sorted(set(GROUPS.values())))


def _of(digests: Mapping[int, Digest], group: str) -> tuple[tuple[int, int], ...]:
    """Where the texts of a group are: position of the case, index of the text."""
    return tuple(
        (case, text) for case in sorted(digests) for text, kind in enumerate(digests[case].groups) if kind == group
    )


def _common(texts: Sequence[tuple[Hashes, str]]) -> Hashes:
    """Hashes that a fifth of the texts hold, of `PRINTED_BY` lawyers at least."""
    if not texts:
        return np.empty(0, np.uint64)
    lawyers = {name: number for number, name in enumerate(sorted({lawyer for _, lawyer in texts}))}
    keys = np.concatenate([hashes for hashes, _ in texts])
    writers = np.repeat(np.array([lawyers[name] for _, name in texts], np.uint64), [len(one) for one, _ in texts])
    found, times = np.unique(keys, return_counts=True)
    often = np.isin(keys, found[times >= PRINTED_SHARE * len(texts)])
    pairs = np.unique(np.stack([keys[often], writers[often]], axis=1), axis=0)
    found, written_by = np.unique(pairs[:, 0], return_counts=True)
    common: Hashes = found[written_by >= PRINTED_BY]
    return common


def pairs_to_align(digests: Mapping[int, Digest]) -> tuple[Pair, ...]:
    """Pairs of texts of one group in different cases that may share passages, in the order of the cases."""
    found: list[Pair] = []
    for group in _groups():
        places = _of(digests, group)
        buckets = [digests[case].buckets[text] for case, text in places]
        common = _common([(digests[case].buckets[text], digests[case].lawyer) for case, text in places])
        for one, other in candidate_pairs(buckets, common):
            if places[one][0] != places[other][0]:
                found.append((*places[one], *places[other]))
    return tuple(sorted(found))


def align(
    abstracts: Mapping[int, bytes], pairs: Sequence[Pair], printed: Hashes
) -> tuple[tuple[int, Resemblance], ...]:
    """Compare pairs of texts; each resemblance with the position of the case that it is of."""
    unpacked = {position: unpack_abstract(packed) for position, packed in abstracts.items()}
    return tuple(_aligned(unpacked, pairs, printed))


def _aligned(
    abstracts: Mapping[int, Abstract], pairs: Sequence[Pair], printed: Hashes
) -> Iterator[tuple[int, Resemblance]]:
    known = frozenset(printed.tolist())
    words: dict[tuple[int, int], OwnWords] = {}
    for one, mine, other, theirs in pairs:
        for case, text in ((one, mine), (other, theirs)):
            if (case, text) not in words:
                words[case, text] = own_words(abstracts[case].texts[text], known)
        both = resemblance(abstracts[one], words[one, mine], abstracts[other], words[other, theirs])
        if both is not None:
            yield one, both[0]
            yield other, both[1]


def in_jobs(pairs: Sequence[Pair]) -> Iterator[tuple[Pair, ...]]:
    """Cut the pairs into what one worker aligns at a time."""
    for start in range(0, len(pairs), PAIRS_OF_A_JOB):
        yield tuple(pairs[start : start + PAIRS_OF_A_JOB])


def printed_of(printed: Hashes, digests: Mapping[int, Digest], pairs: Sequence[Pair]) -> Hashes:
    """Those of the printed clauses that stand in these pairs' texts."""
    own = [digests[case].clauses[text] for one in pairs for case, text in (one[:2], one[2:])]
    found: Hashes = np.intersect1d(printed, np.concatenate(own)) if own else printed[:0]
    return found


def peers_of(abstract: Abstract, resemblances: Sequence[Resemblance]) -> Peers:
    """What the rules of a case are told of the others; pages that kept a text from being compared are named."""
    unread = tuple(page for text in abstract.texts if len(content(text.text)) < LEAST_OWN for page in text.lost)
    order = sorted(resemblances, key=lambda one: (one.document, -max(one.share, one.other_share), one.other_case))
    return Peers(True, tuple(order), unread)


def compare_all(abstracts: Sequence[Abstract]) -> tuple[Peers, ...]:
    """Compare a whole batch in this process; what each case is told, in the order given."""
    digests = {position: digest_of(abstract) for position, abstract in enumerate(abstracts)}
    found: dict[int, list[Resemblance]] = {position: [] for position in digests}
    known = dict(enumerate(abstracts))
    for position, one in _aligned(known, pairs_to_align(digests), printed_clauses(digests)):
        found[position].append(one)
    return tuple(peers_of(abstract, found[position]) for position, abstract in enumerate(abstracts))
