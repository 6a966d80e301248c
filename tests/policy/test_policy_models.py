"""The manifest says what the weights are: what lies in the tree is what it names."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODELS = json.loads((ROOT / "models" / "manifest.json").read_text("utf-8"))["models"]


@pytest.mark.parametrize("model", [m for m in MODELS if m["shipped_by"] == "prescreen"], ids=lambda m: m["name"])
def test_weights_in_the_tree_are_those_of_the_manifest(model: dict[str, str | int]) -> None:
    content = (ROOT / str(model["file"])).read_bytes()
    assert (len(content), hashlib.sha256(content).hexdigest()) == (model["bytes"], model["sha256"])


def test_every_model_names_its_licence_and_source() -> None:
    assert {"page_type", "PP-OCRv6_small_det", "PP-OCRv6_small_rec"} <= {m["name"] for m in MODELS}
    assert all(m["licence"] and m["source"] for m in MODELS)
