"""Both engines on the same weights, and what is said when one cannot be loaded."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from pipeline.config import OcrSettings, load_settings
from pipeline.ocr.engine import Engine, make_engine
from pipeline.ocr.lines import cut
from pipeline.ocr.rapid import choose_backend
from pipeline.ocr.selftest import selftest
from pipeline.ocr.weights import find_quantised, find_weights
from pipeline.problems import EngineError, ExitCode

VARIANTS = {
    "rapid": {"engine": "rapid", "backend": "auto"},
    "rapid-full": {"engine": "rapid", "backend": "auto", "precision": "full"},
    "rapid-onnxruntime": {"engine": "rapid", "backend": "onnxruntime"},
    "paddle": {"engine": "paddle"},
}


@pytest.fixture(scope="module", params=sorted(VARIANTS))
def engine(request: pytest.FixtureRequest) -> Engine:
    return make_engine(load_settings(ocr=VARIANTS[request.param]).ocr)


@pytest.mark.slow
def test_reads_the_built_in_picture(engine: Engine) -> None:
    result = selftest(engine)
    assert result.ok, result
    assert result.seconds > 0


@pytest.mark.slow
def test_engines_agree(engine: Engine, rapid: Engine, picture: Callable[[str], NDArray[np.uint8]]) -> None:
    image = picture("form")
    one, other = ("".join(line.text for line in e.read(image, 960)) for e in (rapid, engine))
    assert Levenshtein.distance(one, other) <= 0.03 * len(one)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="this system tells no affinity")
def test_an_engine_leaves_the_process_on_all_cores(engine: Engine) -> None:
    before = os.sched_getaffinity(0)
    selftest(engine)
    assert os.sched_getaffinity(0) == before == set(range(os.cpu_count() or 1)) & before


@pytest.mark.slow
def test_an_engine_takes_odd_images(engine: Engine) -> None:
    assert engine.recognise([]) == []
    assert engine.read(np.full((300, 200, 3), 255, np.uint8), 960) == ()
    assert len(engine.recognise([np.zeros((1, 1, 3), np.uint8), np.full((9, 400, 3), 200, np.uint8)])) == 2
    assert isinstance(engine.detect(np.zeros((3, 5000, 3), np.uint8), 960), list)


@pytest.mark.slow
def test_the_version_names_package_backend_and_weights(engine: Engine) -> None:
    package, backend, weights, machine = engine.version.split("/")
    assert package.startswith(("rapidocr-3.", "paddleocr-3."))
    assert backend.startswith(("openvino-", "onnxruntime-"))
    own = {f"{w.name}-{w.fingerprint}" for w in (find_weights(), find_quantised())}
    assert weights in own
    assert machine.startswith(sys.platform)


@pytest.mark.parametrize("name", ["rapid", "paddle"])
def test_missing_weights_are_named_with_what_to_do(name: str, tmp_path: Path) -> None:
    settings = load_settings(ocr={"engine": name, "models": str(tmp_path)}).ocr
    with pytest.raises(EngineError, match=r"det.inference\.onnx") as raised:
        make_engine(settings)
    assert "models/README.md" in raised.value.advice
    assert raised.value.exit_code == ExitCode.ENGINE


def test_missing_quantised_weights_are_named_with_the_way_round_them(
    monkeypatch: pytest.MonkeyPatch, settings: OcrSettings, tmp_path: Path
) -> None:
    monkeypatch.setattr("pipeline.ocr.weights._QUANTISED", tmp_path)
    with pytest.raises(EngineError, match=r"det\.xml") as raised:
        make_engine(settings)
    assert "precision" in raised.value.advice


def test_weights_of_another_kind_are_an_engine_error(tmp_path: Path) -> None:
    own = find_weights()
    for part, source in (("det", own.recognition), ("rec", own.recognition)):
        (tmp_path / part).mkdir()
        (tmp_path / part / "inference.onnx").write_bytes(source.read_bytes())
    with pytest.raises(EngineError):
        make_engine(load_settings(ocr={"models": str(tmp_path)}).ocr)


@pytest.mark.slow
def test_eight_bits_read_what_full_weights_read(rapid: Engine, picture: Callable[[str], NDArray[np.uint8]]) -> None:
    full = make_engine(load_settings(ocr={"precision": "full"}).ocr)
    for name in ("form", "notice"):
        one, other = ("".join(line.text for line in e.read(picture(name), 960)) for e in (rapid, full))
        assert rapid.version != full.version
        assert Levenshtein.distance(one, other) <= 0.02 * len(other)


@pytest.mark.slow
def test_a_line_is_read_alike_beside_others_and_alone(
    rapid: Engine, picture: Callable[[str], NDArray[np.uint8]]
) -> None:
    image = picture("form")
    crops = [cut(image, quad) for quad in rapid.detect(image, 960)]
    assert rapid.recognise(crops) == [rapid.recognise([crop])[0] for crop in crops]
    assert rapid.recognise(crops[::-1]) == rapid.recognise(crops)[::-1]


@pytest.mark.parametrize("name", ["rapid", "paddle"])
def test_broken_weights_are_an_engine_error(name: str, tmp_path: Path) -> None:
    for part in ("det", "rec"):
        (tmp_path / part).mkdir()
        (tmp_path / part / "inference.onnx").write_bytes(b"no model")
    with pytest.raises(EngineError, match="无法启动") as raised:
        make_engine(load_settings(ocr={"engine": name, "models": str(tmp_path)}).ocr)
    assert "doctor" in raised.value.advice


def test_a_missing_package_is_an_engine_error(monkeypatch: pytest.MonkeyPatch, settings: OcrSettings) -> None:
    for module in ("rapidocr", "rapidocr.ch_ppocr_det.utils"):
        monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.delitem(sys.modules, "pipeline.ocr.rapid", raising=False)
    with pytest.raises(EngineError, match="rapidocr"):
        make_engine(settings)


def test_a_backend_asked_for_by_name_must_load(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openvino", None)
    assert choose_backend("auto") == "onnxruntime"
    with pytest.raises(EngineError, match="OpenVINO") as raised:
        choose_backend("openvino")
    assert "onnxruntime" in raised.value.advice


@pytest.mark.slow
def test_weights_can_come_from_a_folder(tmp_path: Path) -> None:
    own = find_weights()
    for part, source in (("det", own.detection), ("rec", own.recognition)):
        (tmp_path / part).mkdir()
        (tmp_path / part / "inference.onnx").write_bytes(source.read_bytes())
    for name in ("rapid", "paddle"):
        engine = make_engine(load_settings(ocr={"engine": name, "models": str(tmp_path)}).ocr)
        assert f"{tmp_path.name}-{own.fingerprint}" in engine.version
        assert selftest(engine).ok


@pytest.mark.slow
def test_loading_leaves_nothing_in_the_home_folder(tmp_path: Path) -> None:
    """onnxruntime and openvino report their use, paddlex makes caches, unless they are told not to."""
    code = (
        "from pipeline.config import load_settings\n"
        "from pipeline.ocr.engine import make_engine\n"
        "for name in ('rapid', 'paddle'):\n"
        "    make_engine(load_settings(ocr={'engine': name}).ocr)\n"
    )
    env = {**os.environ, "HOME": str(tmp_path), "USERPROFILE": str(tmp_path), "LOCALAPPDATA": str(tmp_path)}
    for name in ("ORT_DISABLE_TELEMETRY", "PADDLE_PDX_CACHE_HOME", "XDG_CACHE_HOME", "MODELSCOPE_CACHE"):
        env.pop(name, None)
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert [path.relative_to(tmp_path) for path in tmp_path.rglob("*")] == []
