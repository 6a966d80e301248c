"""The sequence model: which pages begin a paper of which type, decided over the whole file at once.

Every written page either begins a paper or goes on with the one before, and has a type; a page that goes on has the
type of the page before. The score of a whole reading of the file is the sum, over its pages, of weighted features
(features.py), so this is a linear-chain conditional random field. The best reading comes from the Viterbi algorithm,
the probability that a page has its type from the forward and backward sums. The weights are learned by
`models/training/page_type.py` from invented case files, and stand in models/page_type/sequence.json by name.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.documents.features import JOIN_NAMES, TEXT_NAMES, TYPE_NAMES, Array, kinds
from pipeline.documents.types import EVIDENCE
from pipeline.problems import EngineError

MODEL = Path(__file__).parents[2] / "models" / "page_type" / "sequence.json"
BESIDE = ("evidence_beside", "same_beside")
"""Weights of a paper that begins right behind one of its own type: a run of evidence, or anything else."""


@dataclass(frozen=True, slots=True)
class Weights:
    """`text`: by TEXT_NAMES; `begins`, `goes_on`: by TYPE_NAMES; `join`: by JOIN_NAMES; `beside`: by BESIDE."""

    text: Array
    begins: Array
    goes_on: Array
    join: Array
    beside: Array


PARTS = {"text": TEXT_NAMES, "begins": TYPE_NAMES, "goes_on": TYPE_NAMES, "join": JOIN_NAMES, "beside": BESIDE}
"""The features of each part of the weights, in their order."""


@dataclass(frozen=True, slots=True)
class Emission:
    """What the pages of one file say: N pages × types × (TEXT_NAMES, TYPE_NAMES), and N × JOIN_NAMES.

    The first page joins none: its second row says nothing.
    """

    types: Array
    joins: Array

    def scores(self, model: Weights) -> tuple[Array, Array]:
        """N × types: what each page earns for beginning a paper of a type, and for going on with one."""
        begin = self.types @ np.concatenate([model.text, model.begins])
        go_on = self.types @ np.concatenate([model.text, model.goes_on])
        return begin, go_on + (self.joins @ model.join)[:, None]


@dataclass(frozen=True, slots=True)
class Reading:
    """For every page: index of its type in `kinds()`, whether it begins a paper, probability of the type."""

    kinds: tuple[int, ...]
    begins: tuple[bool, ...]
    sure_kind: tuple[float, ...]


@cache
def weights(path: Path = MODEL) -> Weights:
    """The learned weights. Raises `EngineError` where they are missing or of another set of features."""
    try:
        stored = json.loads(path.read_text("utf-8"))
        return Weights(**{part: np.array([stored[part][name] for name in names]) for part, names in PARTS.items()})
    except (OSError, KeyError, ValueError) as error:
        raise EngineError(
            "页面分类模型 models/page_type/sequence.json 缺失或与程序不符",
            "请重新安装 prescreen, 或运行 python -m models.training.page_type",
        ) from error


def beside_scores(model: Weights) -> Array:
    """What a type earns for beginning right behind a paper of the same type, for each of `kinds()`."""
    return np.array([model.beside[0 if kind == EVIDENCE else 1] for kind in kinds()])


def best_reading(emission: Emission, model: Weights) -> Reading:
    """The likeliest reading of a file and how sure it is, page by page; empty for no pages."""
    count = len(emission.types)
    if not count:
        return Reading((), (), ())
    begin, go_on = emission.scores(model)
    beside = beside_scores(model)
    found = best_path(begin, go_on, beside)
    kind_chance, _ = marginals(begin, go_on, beside)
    return Reading(
        tuple(kind for kind, _ in found),
        tuple(begins for _, begins in found),
        tuple(float(kind_chance[index, kind]) for index, (kind, _) in enumerate(found)),
    )


def best_path(begin: Array, go_on: Array, beside: Array) -> list[tuple[int, bool]]:
    """The reading with the highest score: (type, whether a paper begins) for every page, by the Viterbi algorithm.

    `begin`, `go_on`: pages × types; `beside`: what a type earns on top for beginning right behind its own kind.
    """
    best, own_place = begin[0], np.arange(begin.shape[1])
    backs: list[tuple[NDArray[np.bool_], NDArray[np.int64]]] = []
    for index in range(1, len(begin)):
        lead = int(best.argmax())
        rest = np.where(own_place == lead, -np.inf, best)
        second = int(rest.argmax())
        other = np.where(own_place == lead, second, lead)  # the best page before of another type
        behind_own = best + beside > np.where(other == own_place, -np.inf, best[other])
        fresh = begin[index] + np.where(behind_own, best + beside, best[other])
        held = go_on[index] + best
        goes = held >= fresh
        backs.append((goes, np.where(goes | behind_own, own_place, other)))
        best = np.where(goes, held, fresh)
    at, found = int(best.argmax()), []
    for goes, back in reversed(backs):
        found.append((at, not goes[at]))
        at = int(back[at])
    found.append((at, True))
    return found[::-1]


def marginals(begin: Array, go_on: Array, beside: Array) -> tuple[Array, Array]:
    """Probability of each type on each page (N × types) and that each page begins a paper (N)."""
    begun, gone = chances(begin, go_on, beside)[:2]
    return begun + gone, begun.sum(axis=1)


def chances(begin: Array, go_on: Array, beside: Array) -> tuple[Array, Array, Array, float]:
    """Forward and backward sums: P(begins with type), P(goes on with type), P(begins behind its own type), log total.

    All but the last are N × types. Sums are kept relative to their greatest term on every page.
    """
    count, extra = len(begin), np.expm1(beside)
    ahead = np.zeros_like(begin)
    shift = np.zeros(count)
    shift[0] = begin[0].max()
    ahead[0] = np.exp(begin[0] - shift[0])
    starts = [np.ones_like(beside)]
    for index in range(1, count):
        before = ahead[index - 1] / ahead[index - 1].sum()
        shift[index] = max(begin[index].max(), go_on[index].max())
        starts.append(before.sum() + before * extra)
        fresh = np.exp(begin[index] - shift[index]) * starts[index]
        ahead[index] = fresh + np.exp(go_on[index] - shift[index]) * before
        shift[index] += np.log(ahead[index - 1].sum())
    total = float(shift.sum() + np.log(ahead[-1].sum()))
    behind = np.ones_like(beside)
    begun, gone, again = np.zeros_like(begin), np.zeros_like(begin), np.zeros_like(begin)
    for index in range(count - 1, -1, -1):
        whole = ahead[index] * behind
        norm = whole.sum()
        if index == 0:
            begun[0] = whole / norm
            break
        top = max(begin[index].max(), go_on[index].max())
        before = ahead[index - 1] / ahead[index - 1].sum()
        fresh, held = np.exp(begin[index] - top) * behind, np.exp(go_on[index] - top) * behind
        begun[index] = fresh * starts[index]
        gone[index] = held * before
        again[index] = fresh * before * (1 + extra)
        norm = begun[index].sum() + gone[index].sum()
        begun[index], gone[index], again[index] = begun[index] / norm, gone[index] / norm, again[index] / norm
        behind = fresh.sum() + fresh * extra + held
        behind = behind / behind.max()
    return begun, gone, again, total


def emission_of(types: Sequence[Array], joins: Sequence[Array]) -> Emission:
    """The features of all pages of a file as one block; a file without pages gives an empty one."""
    if not types:
        return Emission(np.zeros((0, len(kinds()), len(TEXT_NAMES) + len(TYPE_NAMES))), np.zeros((0, len(JOIN_NAMES))))
    return Emission(np.stack(types), np.stack(joins))
