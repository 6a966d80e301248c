"""Training of the sequence model (pipeline/documents/sequence.py) on invented case files, by maximum likelihood.

The classifier that reads these files must not have been trained on their wordings, or its probabilities would be
trusted more than they deserve on papers of other hands: `page_type.py` takes care of that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.casefile import Box, Line, Page, PageText
from pipeline.documents.contents import read_catalogue
from pipeline.documents.divide import CATALOGUE, emission, signs_of_pages
from pipeline.documents.features import TEXT_NAMES, Array, kinds
from pipeline.documents.placement import Placement, place_pages
from pipeline.documents.sequence import PARTS, Emission, Weights, beside_scores, best_reading, chances
from pipeline.documents.types import EVIDENCE
from sample_scans.generator.corpus import Source
from sample_scans.generator.corpus_files import FilePage, case_file

Flags = NDArray[np.bool_]
STEPS = 250
RATE = 0.08
KEEP_SMALL = 0.0003
"""Weight of the squared weights in what is made small, for each page."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One file: what its pages say, and for every written page its type and whether it begins a paper."""

    emission: Emission
    kinds: Array
    begins: Flags


def page_of(number: int, made: FilePage) -> Page:
    """An invented page as if an engine had read it."""
    lines = tuple(Line(one.text, Box(one.x0, one.y0, one.x1, one.y1), 0.95) for one in made.lines)
    return Page(number, "invented.pdf", number, PageText("blank" if made.blank else "scanned", 0, lines))


def lesson(seed: int, sources: tuple[Source, ...], model: Any) -> Lesson:
    """One invented file as features and truth."""
    made = case_file(seed, sources)
    pages = [page_of(number, page) for number, page in enumerate(made, 1)]
    signs = signs_of_pages(pages, model)
    holder = [number for number, page in enumerate(made, 1) if page.kind == CATALOGUE]
    placements: dict[int, Placement] = {}
    if holder:
        rows = read_catalogue(pages[holder[0] - 1 : holder[-1]])
        placements = place_pages(pages, holder[-1], rows, frozenset(s.page.number for s in signs if s.separator))
    written = [page for sign, page in zip(signs, made, strict=True) if not sign.separator]
    place = {kind: index for index, kind in enumerate(kinds())}
    begins = [True] + [before.document != page.document for before, page in pairwise(written)]
    truth = np.array([place.get(page.kind, place[EVIDENCE]) for page in written])
    return Lesson(emission(signs, placements), truth, np.array(begins))


def train(lessons: Sequence[Lesson]) -> Weights:
    """Weights that make the truth likely, by Adam on all files at once. The same lessons give the same weights."""
    cuts = np.cumsum([len(names) for names in PARTS.values()])
    vector, mean, spread = (np.zeros(cuts[-1]) for _ in range(3))
    pages = sum(len(one.kinds) for one in lessons)
    for step in range(1, STEPS + 1):
        model = Weights(*np.split(vector, cuts[:-1]))
        slope = np.concatenate([sum(parts) for parts in zip(*(_slope(one, model) for one in lessons), strict=True)])
        slope = slope / pages + KEEP_SMALL * vector
        mean = 0.9 * mean + 0.1 * slope
        spread = 0.99 * spread + 0.01 * slope**2
        rate = RATE * min(1.0, 3 * (1 - step / (STEPS + 1)))
        vector = vector - rate * (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.99**step)) + 1e-8)
    return Weights(*np.split(vector, cuts[:-1]))


def _slope(one: Lesson, model: Weights) -> tuple[Array, ...]:
    """Expected less true feature counts of a file, for each of PARTS."""
    types, joins = one.emission.types, one.emission.joins
    begin, go_on = one.emission.scores(model)
    begun, gone, again, _ = chances(begin, go_on, beside_scores(model))
    at = np.arange(len(one.kinds))
    begun[at, one.kinds] -= one.begins
    gone[at, one.kinds] -= ~one.begins
    behind = np.concatenate([[False], (one.kinds[1:] == one.kinds[:-1]) & one.begins[1:]])
    again[at, one.kinds] -= behind
    own = again[:, kinds().index(EVIDENCE)].sum()
    text = len(TEXT_NAMES)
    return (
        np.einsum("nk,nkf->f", begun + gone, types[:, :, :text]),
        np.einsum("nk,nkf->f", begun, types[:, :, text:]),
        np.einsum("nk,nkf->f", gone, types[:, :, text:]),
        gone.sum(axis=1) @ joins,
        np.array([own, again.sum() - own]),
    )


def accuracy(lessons: Sequence[Lesson], model: Weights) -> tuple[float, float]:
    """Share of the pages typed right, and F1 of the papers found with both ends right."""
    typed = pages = found = told = true = 0
    for one in lessons:
        reading = best_reading(one.emission, model)
        typed += sum(got == want for got, want in zip(reading.kinds, one.kinds, strict=True))
        pages += len(one.kinds)
        got_spans, want_spans = _spans(reading.begins), _spans(one.begins)
        found, told, true = found + len(got_spans & want_spans), told + len(got_spans), true + len(want_spans)
    return typed / pages, 2 * found / (told + true)


def _spans(begins: Sequence[bool] | Flags) -> set[tuple[int, int]]:
    starts = [index for index, begin in enumerate(begins) if begin]
    return set(pairwise([*starts, len(begins)]))
