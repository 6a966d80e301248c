"""Train the page classifier: `python -m models.training.page_type` (about 2 minutes on 2 cores, offline).

Makes pages from the sample generator's corpus (sample_scans/generator/corpus.py: our own wordings, OCR-like noise),
writes them as spaCy's binary documents to a temporary folder, runs `spacy train` on models/training/page_type.cfg and
keeps the best pipeline as models/page_type. Half of the pages are shown without their title: the title catalogue reads
titles; the classifier is asked what the running text says. `meta.json` there holds the held-back accuracy.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import spacy
from spacy.tokens import DocBin

from pipeline.documents.classifier import READ
from pipeline.documents.cues import folded_page
from sample_scans.generator.corpus import pages

HERE = Path(__file__).parent
TARGET = HERE.parent / "page_type"
LEFT_OUT = {"blank_page"}
"""Blank sheets are told by their image, not by their text."""


def write_split(path: Path, seed: int, count: int) -> None:
    """Write `count` pages of one seed. Splits differ by seed, so no filled-in page stands in two of them."""
    nlp = spacy.blank("zh")
    made = [(text, kind) for text, kind, _ in pages(seed, count) if kind not in LEFT_OUT]
    kinds = sorted({kind for _, kind in made})
    rng = random.Random(seed)
    binary = DocBin()
    for text, kind in made:
        lines = text.split("\n")
        if len(lines) > 3 and rng.random() < 0.5:
            lines = lines[rng.choice((1, 1, 2)) :]
        doc = nlp.make_doc(folded_page("\n".join(lines))[:READ])
        doc.cats = {name: float(name == kind) for name in kinds}
        binary.add(doc)
    binary.to_disk(path)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        write_split(work / "train.spacy", 1, 12000)
        write_split(work / "dev.spacy", 2, 2500)
        command = [sys.executable, "-m", "spacy", "train", str(HERE / "page_type.cfg"), "--output", str(work / "out")]
        paths = ["--paths.train", str(work / "train.spacy"), "--paths.dev", str(work / "dev.spacy")]
        subprocess.run([*command, *paths], check=True)
        shutil.rmtree(TARGET, ignore_errors=True)
        shutil.copytree(work / "out" / "model-best", TARGET)
    meta = json.loads((TARGET / "meta.json").read_text("utf-8"))
    print(f"held-back macro F: {meta['performance']['cats_score']:.3f}")


if __name__ == "__main__":
    main()
