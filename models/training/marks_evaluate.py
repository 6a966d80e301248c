"""Measures the signatures and initials that reading finds against boxes drawn by people.

    python -m models.training.marks_evaluate FOLDER [--least 0.3]

FOLDER holds page images and `boxes.json`: a list of {"image": file name, "tag", "bbox": [left, top, right, bottom] in
fractions of the page}; images that the list does not name have none. Every page is read as a run reads it; what counts
are its marks of kind `handwriting`. Printed are: pages with handwriting told from pages without (mean of the shares
told right of each sort), recall and precision of the boxes at an overlap (intersection over union) of at least
`--least`, and by page what was missed and what is not in the list.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.box import Box
from pipeline.config import load_settings
from pipeline.evaluate.places import iou
from pipeline.intake.discover import discover
from pipeline.intake.open_case import open_case
from pipeline.intake.page import load_page
from pipeline.ocr.engine import make_engine
from pipeline.ocr.read import read_page

Sides = Sequence[float]


def found_in(folder: Path) -> Iterator[tuple[str, list[Sides]]]:
    """Read each image; its file name and the boxes of its handwriting."""
    settings = load_settings()
    engine = make_engine(settings.ocr)
    for source in discover(folder).cases:
        with tempfile.TemporaryDirectory() as scratch:
            for file in open_case(source, Path(scratch), settings.limits).files:
                image = load_page(file, 0, settings.ocr.pixels, settings.limits)
                page = read_page(image, engine, settings.ocr)
                boxes = [sides(mark.box) for mark in page.marks if mark.kind == "handwriting"]
                yield Path(file.name).name, boxes


def sides(box: Box) -> Sides:
    return box.x0, box.y0, box.x1, box.y1


def matches(found: Sequence[Sides], true: Sequence[Sides], least: float) -> set[tuple[int, int]]:
    """Pair boxes one to one, those that overlap most first: numbers of found and true."""
    near = sorted(((iou(a, b), i, j) for i, a in enumerate(found) for j, b in enumerate(true)), reverse=True)
    pairs: dict[int, int] = {}
    for overlap, i, j in near:
        if overlap >= least and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return set(pairs.items())


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--least", type=float, default=0.3)
    given = arguments.parse_args()
    true: dict[str, list[Sides]] = {}
    for entry in json.loads((given.folder / "boxes.json").read_text("utf-8")):
        true.setdefault(entry["image"], []).append(entry["bbox"])
    hits = told = there = 0
    right: dict[bool, list[bool]] = {True: [], False: []}
    for name, found in found_in(given.folder):
        wanted = true.get(name, [])
        pairs = matches(found, wanted, given.least)
        hits, told, there = hits + len(pairs), told + len(found), there + len(wanted)
        right[bool(wanted)].append(bool(found) == bool(wanted))
        missed = [box for j, box in enumerate(wanted) if j not in {pair[1] for pair in pairs}]
        false = [box for i, box in enumerate(found) if i not in {pair[0] for pair in pairs}]
        for word, boxes in (("missed", missed), ("not in the list", false)):
            for box in boxes:
                print(f"{name}: {word} {[round(side, 3) for side in box]}")
    shares = [sum(told_right) / len(told_right) for told_right in right.values() if told_right]
    print(f"pages with: {sum(right[True])} of {len(right[True])}, without: {sum(right[False])} of {len(right[False])}")
    print(f"pages told: {sum(shares) / max(1, len(shares)):.3f} (balanced)")
    print(f"boxes: recall {hits / max(1, there):.3f} ({hits} of {there})", end=", ")
    print(f"precision {hits / max(1, told):.3f} ({hits} of {told})")


if __name__ == "__main__":
    main()
