"""Training of the text classifier (pipeline/documents/classifier.py): a spaCy pipeline with our own layer.

Half of the pages are shown without their title: the title catalogue reads titles, the classifier is asked what the
running text says.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import spacy
from spacy.training import Example
from spacy.util import fix_random_seed

from pipeline.documents import grams  # noqa: F401 registers the layer
from pipeline.documents.classifier import legible_part
from pipeline.documents.cues import folded_page
from sample_scans.generator.corpus import Source, pages
from sample_scans.generator.corpus_files import case_file

SLOTS = 16384
PASSES, BATCH, RATE = 5, 128, 0.02
LEFT_OUT = 0.3
"""Share of a page's characters and pairs that one step does not see."""
TITLE_GONE = 0.5

Labelled = tuple[str, str]
"""What the classifier reads of a page, and the page's type."""


def examples(seed: int, count: int, files: int, sources: tuple[Source, ...]) -> list[Labelled]:
    """`count` single pages and those of `files` whole files, where pages are cut as they fall.

    Blank sheets are left out: they are told by their image. Splits of other seeds have no filled-in page in common.
    """
    rng = random.Random(seed)
    texts = [(text, kind) for text, kind, _ in pages(seed, count, sources)]
    for number in range(files):
        made = case_file(seed * 10_000 + number, sources)
        texts += [("\n".join(line.text for line in page.lines), page.kind) for page in made]
    labelled = []
    for text, kind in texts:
        lines = text.split("\n")
        if len(lines) > 3 and rng.random() < TITLE_GONE:
            lines = lines[rng.choice((1, 1, 2)) :]
        read = legible_part(folded_page("\n".join(lines)))
        if read and kind != "blank_page":
            labelled.append((read, kind))
    return labelled


def train(made: Sequence[Labelled]) -> Any:
    """The spaCy pipeline after PASSES passes over the examples. The same examples give the same weights."""
    fix_random_seed(0)
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "char"}}})
    layer = {"@architectures": "prescreen.PageGrams.v1", "slots": SLOTS}
    component = nlp.add_pipe("textcat", config={"threshold": 0.0, "model": layer})
    kinds = sorted({kind for _, kind in made})
    for kind in kinds:
        component.add_label(kind)
    lessons = [
        Example.from_dict(nlp.make_doc(text), {"cats": {name: float(name == kind) for name in kinds}})
        for text, kind in made
    ]
    optimizer = nlp.initialize(lambda: lessons[:BATCH])
    optimizer.learn_rate = RATE
    rng = random.Random(0)
    for _ in range(PASSES):
        rng.shuffle(lessons)
        for start in range(0, len(lessons), BATCH):
            nlp.update(lessons[start : start + BATCH], drop=LEFT_OUT, sgd=optimizer)
    return nlp


def accuracy(nlp: Any, made: Sequence[Labelled]) -> float:
    """Share of the examples whose likeliest type is the right one."""
    docs = nlp.pipe([text for text, _ in made])
    right: int = sum(max(doc.cats, key=doc.cats.get) == kind for doc, (_, kind) in zip(docs, made, strict=True))
    return right / len(made)
