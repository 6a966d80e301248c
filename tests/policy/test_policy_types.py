"""Every document type that the program tells apart occurs in the samples, or is tried on a page of its own."""

import csv
import json
import re
from pathlib import Path

from sample_scans.generator.corpus import WORDINGS

KINDS = 84


def types(root: Path) -> set[str]:
    with (root / "pipeline" / "documents" / "doctypes.csv").open(encoding="utf-8", newline="") as table:
        return {row["type"] for row in csv.DictReader(table)}


def test_every_type_is_seen_on_a_scan_or_tried_in_a_test_of_documents(root: Path) -> None:
    truths = (root / "sample_scans" / "cases").glob("*.truth.json")
    scanned = {d["type"] for path in truths for d in json.loads(path.read_text("utf-8"))["documents"]}
    tests = (root / "tests" / "unit" / "documents").glob("test_*.py")
    tried = set(re.findall(r'"([a-z_]+)"', "".join(path.read_text("utf-8") for path in tests)))
    assert types(root) - scanned - tried == set()
    assert len(scanned) >= KINDS - 7


def test_every_type_has_texts_to_train_on(root: Path) -> None:
    assert types(root) == set(WORDINGS)
    assert len(WORDINGS) == KINDS
