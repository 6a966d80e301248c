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
from numpy.typing import NDArray
from pydantic import TypeAdapter

from pipeline.detectors.peers import GROUPS, Abstract, Peers, Resemblance
from pipeline.detectors.resemblance import LEAST_OWN, resemblance
from pipeline.text.minhash import Hashes, band_hashes, candidate_pairs, clause_hashes
from pipeline.text.normalise import content

PRINTED_BY = 4
"""Lawyers of the batch who all write a clause that counts as printed."""
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


def printed_clauses(digests: Sequence[Digest]) -> Hashes:
    """Clauses that at least `PRINTED_BY` lawyers of the batch write: hashes, sorted."""
    lawyers = {name: number for number, name in enumerate(sorted({digest.lawyer for digest in digests}))}
    keys, writers = [np.empty(0, np.uint64)], [np.empty(0, np.int64)]
    for digest in digests:
        for hashes in digest.clauses:
            keys.append(hashes)
            writers.append(np.full(len(hashes), lawyers[digest.lawyer], np.int64))
    both = np.unique(np.stack([np.concatenate(keys), np.concatenate(writers).astype(np.uint64)], axis=1), axis=0)
    clauses, counts = np.unique(both[:, 0], return_counts=True)
    printed: Hashes = clauses[counts >= PRINTED_BY]
    return printed


def pairs_to_align(digests: Mapping[int, Digest]) -> tuple[Pair, ...]:
    """Pairs of texts of one group in different cases that may share passages, in the order of the cases."""
    found: list[Pair] = []
    for group in sorted(set(GROUPS.values())):
        places = [
            (position, index)
            for position in sorted(digests)
            for index, kind in enumerate(digests[position].groups)
            if kind == group
        ]
        buckets = [digests[position].buckets[index] for position, index in places]
        for one, other in candidate_pairs(buckets):
            if places[one][0] != places[other][0]:
                found.append((*places[one], *places[other]))
    return tuple(sorted(found))


def align(
    abstracts: Mapping[int, bytes], pairs: Sequence[Pair], printed: NDArray[np.uint64]
) -> tuple[tuple[int, Resemblance], ...]:
    """Compare pairs of texts; each resemblance with the position of the case that it is of."""
    unpacked = {position: unpack_abstract(packed) for position, packed in abstracts.items()}
    known = frozenset(printed.tolist())
    found: list[tuple[int, Resemblance]] = []
    for one, mine, other, theirs in pairs:
        both = resemblance(
            unpacked[one], unpacked[one].texts[mine], unpacked[other], unpacked[other].texts[theirs], known
        )
        if both is not None:
            found += [(one, both[0]), (other, both[1])]
    return tuple(found)


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
    printed = printed_clauses(list(digests.values()))
    found: dict[int, list[Resemblance]] = {position: [] for position in digests}
    known = frozenset(printed.tolist())
    for one, mine, other, theirs in pairs_to_align(digests):
        both = resemblance(
            abstracts[one], abstracts[one].texts[mine], abstracts[other], abstracts[other].texts[theirs], known
        )
        if both is not None:
            found[one].append(both[0])
            found[other].append(both[1])
    return tuple(peers_of(abstract, found[position]) for position, abstract in enumerate(abstracts))
