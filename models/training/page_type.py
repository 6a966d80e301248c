"""Train what tells documents apart: `python -m models.training.page_type` (about 2 minutes on 2 idle cores, offline).

Everything is made from the sample generator's wordings (sample_scans/generator: corpus.py single pages, corpus_files.py
whole case files); no font and no scan is needed. Three steps:

1. Two text classifiers, each on one half of the wordings. A classifier that has seen a paper's wording is surer of it
   than it will ever be of papers of other hands, so the sequence model must not learn from such.
2. The sequence model, on files in whose wordings the classifier that reads them was not trained.
3. The text classifier that is kept, on all wordings.

The accuracy that is printed and kept in `meta.json` (performance) is that of step 1 and 2 on further files: of pages
and papers whose wordings the classifier never saw.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from models.training import page_type_sequence as sequence
from models.training import page_type_text as text
from pipeline.documents.sequence import PARTS, Weights
from sample_scans.generator.corpus import Source

TARGET = Path(__file__).parents[1] / "page_type"
HALVES: tuple[tuple[Source, ...], tuple[Source, ...]] = (("first", "cases"), ("second",))
ALL: tuple[Source, ...] = ("first", "second", "cases")
LESSONS = 60
"""Files of each half that the sequence model learns from."""
HELD_BACK = 20
"""Files of each half that it is tried on."""


@dataclass(frozen=True, slots=True)
class Performance:
    """Shares on held-back files: pages typed right by the classifier alone and by the whole decision, boundaries."""

    classifier_alone: float
    page_types: float
    boundaries_f1: float


def main() -> None:
    """Train, print the held-back accuracy and replace models/page_type."""
    readers = [text.train(text.examples(11 + index, 5000, 80, half)) for index, half in enumerate(HALVES)]
    # Each half is read by the classifier that learned from the other.
    lessons = _lessons(readers, 1000, LESSONS)
    weights = sequence.train(lessons)
    alone = [text.accuracy(readers[1 - index], text.examples(41, 1500, 0, half)) for index, half in enumerate(HALVES)]
    types, boundaries = sequence.accuracy(_lessons(readers, 9000, HELD_BACK), weights)
    performance = Performance(*(round(value, 4) for value in (sum(alone) / len(alone), types, boundaries)))
    write(text.train(text.examples(31, 9000, 150, ALL)), weights, performance)
    print(f"held-back wordings, classifier alone: {performance.classifier_alone:.3f} of the pages right")
    print(f"held-back files: page types {performance.page_types:.3f}, boundaries F1 {performance.boundaries_f1:.3f}")


def _lessons(readers: Sequence[Any], seed: int, count: int) -> list[sequence.Lesson]:
    return [
        sequence.lesson(seed + number, half, readers[1 - index])
        for index, half in enumerate(HALVES)
        for number in range(index * count, (index + 1) * count)
    ]


def write(nlp: Any, weights: Weights, performance: Performance) -> None:
    """Replace what stands in models/page_type."""
    shutil.rmtree(TARGET, ignore_errors=True)
    nlp.meta["name"] = "page_type"
    nlp.meta["performance"] = asdict(performance)
    nlp.to_disk(TARGET)
    named = {
        part: {name: round(float(value), 4) for name, value in zip(names, getattr(weights, part), strict=True)}
        for part, names in PARTS.items()
    }
    (TARGET / "sequence.json").write_text(json.dumps(named, indent=1) + "\n", "utf-8", newline="\n")


if __name__ == "__main__":
    main()
