"""Trained models that are missing or damaged are told before a batch, not page by page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.batch.models import require_models
from pipeline.documents import classifier, sequence
from pipeline.ocr import mark_net
from pipeline.problems import EngineError, ExitCode


@pytest.fixture(autouse=True)
def tried_anew() -> Iterator[None]:
    """Every test loads for itself, and leaves the real models behind."""
    loaders = (require_models, mark_net.network, sequence.weights, classifier.load)
    for loader in loaders:
        loader.cache_clear()
    yield
    for loader in loaders:
        loader.cache_clear()


@pytest.mark.slow
def test_the_models_that_come_with_prescreen_work() -> None:
    require_models()


def test_a_missing_model_for_marks_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mark_net, "WEIGHTS", tmp_path / "marks.onnx")
    with pytest.raises(EngineError, match=r"models/marks/marks\.onnx") as raised:
        require_models()
    assert raised.value.exit_code == ExitCode.ENGINE


def test_a_model_cut_off_half_way_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = mark_net.WEIGHTS.read_bytes()
    (tmp_path / "marks.onnx").write_bytes(whole[: len(whole) // 2])
    monkeypatch.setattr(mark_net, "WEIGHTS", tmp_path / "marks.onnx")
    with pytest.raises(EngineError, match="印章、指印和签名模型无法使用"):
        require_models()


class Blind:
    """A network that is loaded, and sees nothing."""

    def run(self, image: object) -> list[NDArray[np.float32]]:
        return [np.full((len(mark_net.KINDS) + 12, 104, 96), -9.0, np.float32)]


def test_a_model_that_sees_no_seal_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mark_net, "network", Blind)
    with pytest.raises(EngineError, match="看不出内置的印章"):
        require_models()


def test_missing_types_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load = classifier.load.__wrapped__
    monkeypatch.setattr(classifier, "load", lambda: load(tmp_path))
    with pytest.raises(EngineError, match="models/page_type"):
        require_models()
