"""The sequence model against every possible reading of small files, written out one by one."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from pipeline.documents.features import JOIN_NAMES, TYPE_NAMES, kinds
from pipeline.documents.sequence import (
    PARTS,
    best_path,
    best_reading,
    chances,
    emission_of,
    marginals,
    weights,
)
from pipeline.problems import EngineError

PAGES, KINDS = 4, 3


def _scores(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return rng.normal(0, 2, (PAGES, KINDS)), rng.normal(0, 2, (PAGES, KINDS)), rng.normal(0, 1.5, KINDS)


def _readings(begin: np.ndarray, go_on: np.ndarray, beside: np.ndarray) -> dict[tuple[tuple[int, bool], ...], float]:
    """The score of every reading: on each page a type, and whether a paper begins there."""
    found = {}
    for path in product(product(range(KINDS), (True, False)), repeat=PAGES):
        if not path[0][1] or any(not b and path[i][0] != k for i, (k, b) in enumerate(path[1:])):
            continue
        score = begin[0, path[0][0]]
        for page, (kind, begins) in enumerate(path[1:], 1):
            score += begin[page, kind] if begins else go_on[page, kind]
            score += beside[kind] if begins and path[page - 1][0] == kind else 0.0
        found[path] = float(score)
    return found


@pytest.mark.parametrize("seed", range(12))
def test_the_best_path_is_the_best_of_all(seed: int) -> None:
    begin, go_on, beside = _scores(seed)
    readings = _readings(begin, go_on, beside)
    best = max(readings, key=lambda path: readings[path])
    assert best_path(begin, go_on, beside) == list(best)


@pytest.mark.parametrize("seed", range(12))
def test_probabilities_are_shares_of_all_readings(seed: int) -> None:
    begin, go_on, beside = _scores(seed)
    readings = _readings(begin, go_on, beside)
    total = np.log(sum(np.exp(list(readings.values()))))
    kind_chance, begin_chance = np.zeros((PAGES, KINDS)), np.zeros(PAGES)
    for path, score in readings.items():
        for page, (kind, begins) in enumerate(path):
            kind_chance[page, kind] += np.exp(score - total)
            begin_chance[page] += np.exp(score - total) * begins
    got_kinds, got_begins = marginals(begin, go_on, beside)
    assert np.allclose(got_kinds, kind_chance)
    assert np.allclose(got_begins, begin_chance)
    assert chances(begin, go_on, beside)[3] == pytest.approx(total)


def test_a_file_without_pages_has_no_reading() -> None:
    assert best_reading(emission_of([], []), weights()).kinds == ()


def test_the_trained_weights_stand_by_name_and_are_finite() -> None:
    model = weights()
    assert [len(getattr(model, part)) for part in PARTS] == [len(names) for names in PARTS.values()]
    assert all(np.isfinite(getattr(model, part)).all() for part in PARTS)
    assert len(kinds()) == 83  # all but the blank page
    assert len(set(TYPE_NAMES)) == len(TYPE_NAMES)
    assert len(set(JOIN_NAMES)) == len(JOIN_NAMES)


def test_weights_of_another_version_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "sequence.json"
    path.write_text(json.dumps({part: {} for part in PARTS}), "utf-8")
    with pytest.raises(EngineError):
        weights(path)
    with pytest.raises(EngineError):
        weights(tmp_path / "nowhere.json")
