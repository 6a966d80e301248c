"""Which texts of many may share passages, at a cost that grows with their number and not with its square.

A text is cut into windows that begin at content-defined places (where a hash of three characters says so), so that a
passage copied into another text is cut the same way there, whatever stands before it. Each window's MinHash signature
(Broder, 1997) is put into bands (locality-sensitive hashing): windows that agree in a band land in one bucket. Full
buckets, which printed forms make, are linked as a chain and not pairwise. What comes out are candidates to be aligned.

Hashes are polynomials modulo 2^64 finished by SplitMix64 (Steele, Lea, Flood, 2014): the same on every machine and run.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.text.normalise import content

SHINGLE = 3
WINDOW = 36
"""Characters of a window; shorter texts are one window."""
ANCHOR = 12
"""A window begins at one in this many places."""
BANDS = 20
ROWS = 4
CHAIN = 12
"""Neighbours in a bucket that a text is paired with; bounds the pairs that a bucket of a printed form makes."""
PARTNERS = 5
"""Candidates that a text chooses; bounds the alignments that come of it, however many texts there are."""
LEAST_SHARED = 3
"""Buckets that two texts must share: one or two are chance."""
LEAST = 24
"""Characters below which a text is not looked at."""

LEAST_CLAUSE = 6

_CLAUSE = re.compile(r"[^,，.。;；:：!！?？、]+")
_FIGURE = re.compile(r"[0-9〇一二三四五六七八九十百千万]+")

Hashes = NDArray[np.uint64]
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_SEEDS: Hashes = (np.arange(1, BANDS * ROWS + 1, dtype=np.uint64) * _GOLDEN).astype(np.uint64)


def _mixed(values: Hashes) -> Hashes:
    """SplitMix64's finisher: every bit of the result hangs on every bit of the value."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: Hashes = values ^ (values >> np.uint64(31))
    return mixed


def clause_hashes(text: str) -> Hashes:
    """Hash every clause of a text that is long enough to tell, each once, sorted; figures count as one and the same."""
    return np.unique(np.array([key for _, _, key in clauses(text)], np.uint64))


def clauses(text: str) -> Iterator[tuple[int, int, int]]:
    """Cut a text at its marks: start, end (exclusive) and hash of every clause of `LEAST_CLAUSE` characters or more."""
    for match in _CLAUSE.finditer(text):
        plain = _FIGURE.sub("0", content(match[0]))
        if len(plain) >= LEAST_CLAUSE:
            digest = hashlib.blake2b(plain.encode(), digest_size=8).digest()
            yield match.start(), match.end(), int.from_bytes(digest, "big")


def band_hashes(text: str) -> Hashes:
    """Give the buckets that a text's windows fall into, each once, sorted; empty for a text too short to tell."""
    codes = np.fromiter((ord(char) for char in content(text)), np.uint64)
    if len(codes) < LEAST:
        return np.empty(0, np.uint64)
    with np.errstate(over="ignore"):
        shingles = np.zeros(len(codes) - SHINGLE + 1, np.uint64)
        for offset in range(SHINGLE):
            shingles = shingles * np.uint64(1_000_003) + codes[offset : len(codes) - SHINGLE + 1 + offset]
        shingles = _mixed(shingles + _GOLDEN)
        width = min(WINDOW - SHINGLE + 1, len(shingles))
        starts = np.flatnonzero(shingles[: len(shingles) - width + 1] % np.uint64(ANCHOR) == 0)
        if not len(starts):
            starts = np.array([0])
        found = []
        for seeds in _SEEDS.reshape(BANDS, ROWS):
            lowest = np.lib.stride_tricks.sliding_window_view(_mixed(shingles[None, :] ^ seeds[:, None]), width, axis=1)
            least = lowest[:, starts].min(axis=2)
            key = np.full(len(starts), seeds[0], np.uint64)
            for row in least:
                key = _mixed(key * _GOLDEN + row)
            found.append(key)
    return np.unique(np.concatenate(found))


def candidate_pairs(buckets: Sequence[Hashes], common: Hashes) -> tuple[tuple[int, int], ...]:
    """Pair the texts (by index) that share buckets: of each text the `PARTNERS` with which it shares most.

    `buckets`: `band_hashes` of every text; those of `common` (printed forms) do not count. Of equal partners the
    earlier ones are taken; a pair that either of the two chooses is given once, in order.
    """
    kept = [one[~np.isin(one, common)] for one in buckets]
    if not any(len(one) for one in kept):
        return ()
    keys = np.concatenate(kept)
    owners = np.repeat(np.arange(len(buckets), dtype=np.int64), [len(one) for one in kept])
    order = np.lexsort((owners, keys))
    keys, owners = keys[order], owners[order]
    codes = []
    for step in range(1, CHAIN + 1):
        same = keys[step:] == keys[:-step]
        codes.append(owners[:-step][same] * len(buckets) + owners[step:][same])
    pairs, shared = np.unique(np.concatenate(codes), return_counts=True)
    pairs, shared = pairs[shared >= LEAST_SHARED], shared[shared >= LEAST_SHARED]
    if not len(pairs):
        return ()
    left, right = pairs // len(buckets), pairs % len(buckets)
    mine, theirs = np.concatenate([left, right]), np.concatenate([right, left])
    ranking = np.lexsort((theirs, -np.tile(shared, 2), mine))
    firsts = np.searchsorted(mine[ranking], mine[ranking])  # where each text's partners begin
    best = ranking[np.arange(len(mine)) - firsts < PARTNERS]
    chosen = np.zeros(len(pairs), bool)
    chosen[best % len(pairs)] = True
    return tuple(zip(left[chosen].tolist(), right[chosen].tolist(), strict=True))
