"""Nothing breaks in silence: weights that are not there or not whole, engines that raise, engines that say nothing."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.casefile import Line, PageText
from pipeline.cli import main
from pipeline.config import OcrSettings, load_settings
from pipeline.intake.page import PageImage
from pipeline.ocr.engine import Engine, Image, Quad, make_engine
from pipeline.ocr.lines import as_lines, read_strips
from pipeline.ocr.read import read_page
from pipeline.ocr.selftest import require_reading, selftest
from pipeline.ocr.weights import find_weights
from pipeline.problems import EngineError, ExitCode

ENGINES = {
    "rapid": {"engine": "rapid"},
    "rapid-onnxruntime": {"engine": "rapid", "backend": "onnxruntime"},
    "paddle": {"engine": "paddle"},
}


@pytest.fixture
def own_weights(tmp_path: Path) -> Path:
    """A folder as models/README.md describes it, with the weights that rapidocr ships."""
    weights = find_weights()
    for part, path in (("det", weights.detection), ("rec", weights.recognition)):
        (tmp_path / part).mkdir()
        shutil.copyfile(path, tmp_path / part / "inference.onnx")
    return tmp_path


def truncate(path: Path) -> None:
    """What a copy leaves behind that broke off half-way."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


# Weights


@pytest.mark.slow
@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("part", ["det", "rec"])
def test_a_truncated_model_is_an_engine_error(name: str, part: str, own_weights: Path) -> None:
    truncate(own_weights / part / "inference.onnx")
    with pytest.raises(EngineError, match="无法启动") as raised:
        make_engine(load_settings(ocr={**ENGINES[name], "models": str(own_weights)}).ocr)
    assert "doctor" in raised.value.advice
    assert raised.value.exit_code == ExitCode.ENGINE


@pytest.mark.parametrize("name", ENGINES)
def test_a_folder_without_a_recogniser_is_named(name: str, own_weights: Path) -> None:
    shutil.rmtree(own_weights / "rec")
    with pytest.raises(EngineError, match=r"缺少识别模型文件: .*rec.inference\.onnx"):
        make_engine(load_settings(ocr={**ENGINES[name], "models": str(own_weights)}).ocr)


@pytest.mark.parametrize("name", ENGINES)
def test_models_in_each_other_s_place_are_an_engine_error(name: str, own_weights: Path) -> None:
    (own_weights / "det").rename(own_weights / "other")
    (own_weights / "rec").rename(own_weights / "det")
    (own_weights / "other").rename(own_weights / "rec")
    with pytest.raises(EngineError):
        make_engine(load_settings(ocr={**ENGINES[name], "models": str(own_weights)}).ocr)


@pytest.mark.slow
def test_doctor_tells_a_truncated_model_from_a_whole_one(own_weights: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = own_weights / "own.toml"
    settings.write_text(f"[ocr]\nmodels = {json.dumps(str(own_weights))}\n", "utf-8")
    assert main(["doctor", "--config", str(settings)]) == ExitCode.OK
    assert "可以运行" in capsys.readouterr().out
    truncate(own_weights / "rec" / "inference.onnx")
    assert main(["doctor", "--config", str(settings)]) == ExitCode.ENGINE
    told = capsys.readouterr().out
    assert "无法启动" in told and "不能运行" in told


# Engines that break on a page


class _Reader:
    """An engine with the strips of a real one, whose recogniser says what the test wants."""

    name = "stand-in"
    version = "0"

    def __init__(self, quads: Sequence[Quad], say: Callable[[int], tuple[str, float]]) -> None:
        self._quads, self._say = list(quads), say

    def detect(self, image: Image, side: int) -> list[Quad]:
        return list(self._quads)

    def recognise(self, crops: Sequence[Image]) -> list[tuple[str, float]]:
        return [self._say(index) for index in range(len(crops))]

    def read(self, image: Image, side: int) -> tuple[Line, ...]:
        return as_lines(read_strips(self, image, side), image)


ROWS = [np.array([[120, y], [1000, y], [1000, y + 30], [120, y + 30]], np.float32) for y in range(200, 1300, 60)]


def _out_of_memory(index: int) -> tuple[str, float]:
    raise MemoryError


def _bad_allocation(index: int) -> tuple[str, float]:
    raise RuntimeError("bad allocation")  # what OpenVINO and ONNX Runtime make of std::bad_alloc


def _mute(index: int) -> tuple[str, float]:
    return "", 0.0


@pytest.mark.parametrize(("say", "told"), [(_out_of_memory, "内存不足"), (_bad_allocation, "bad allocation")])
def test_memory_that_runs_out_over_a_line_costs_the_page_and_is_told(
    say: Callable[[int], tuple[str, float]],
    told: str,
    picture: Callable[[str], NDArray[np.uint8]],
    settings: OcrSettings,
) -> None:
    read = read_page(PageImage(picture("notice")), _Reader(ROWS, say), settings)
    assert (read.kind, read.quality.grade) == ("failed", "unreadable")
    assert [problem.code for problem in read.problems] == ["P205"]
    assert told in read.problems[0].message


# Engines that say nothing


def test_an_engine_that_says_nothing_is_not_trusted_with_a_run() -> None:
    nonsense = _Reader(ROWS, lambda index: ("泖後揵努桉卸颅客臬棁", 0.9))
    for engine in (_Reader([], _mute), _Reader(ROWS, _mute), nonsense):
        with pytest.raises(EngineError, match="读不出内置图片") as raised:
            require_reading(engine)
        assert "doctor" in raised.value.advice


@pytest.mark.slow
def test_an_engine_that_reads_may_run(rapid: Engine) -> None:
    require_reading(rapid)


@pytest.mark.slow
def test_weights_with_another_model_s_characters_are_not_trusted(own_weights: Path) -> None:
    """As many characters, but each stands for its neighbour: everything loads, and every page would be nonsense."""
    import onnxruntime
    import yaml

    session = onnxruntime.InferenceSession(str(own_weights / "rec" / "inference.onnx"))
    known = session.get_modelmeta().custom_metadata_map["character"].splitlines()
    shifted = {
        "PreProcess": {"transform_ops": [{"RecResizeImg": {"image_shape": [3, 48, 320]}}]},
        "PostProcess": {"character_dict": [*known[1:], known[0]]},
    }
    (own_weights / "rec" / "inference.yml").write_text(yaml.safe_dump(shifted, allow_unicode=True), "utf-8")
    engine = make_engine(load_settings(ocr={"engine": "rapid", "models": str(own_weights)}).ocr)
    assert not selftest(engine).ok
    with pytest.raises(EngineError, match="读不出内置图片"):
        require_reading(engine)


@pytest.fixture(params=["no strips", "strips without a word"])
def mute(request: pytest.FixtureRequest) -> Iterator[Engine]:
    yield _Reader([] if request.param == "no strips" else ROWS, _mute)


@pytest.mark.parametrize("name", ["notice", "form"])
def test_a_page_full_of_writing_of_which_nothing_was_read_is_told(
    name: str, mute: Engine, picture: Callable[[str], NDArray[np.uint8]], settings: OcrSettings
) -> None:
    read: PageText = read_page(PageImage(picture(name)), mute, settings)
    assert (read.kind, read.quality.grade, read.lines) == ("scanned", "unreadable", ())
    assert [problem.code for problem in read.problems] == ["P211"]


def test_an_empty_sheet_is_blank_whoever_reads_it(mute: Engine, settings: OcrSettings) -> None:
    sheet = np.clip(np.random.default_rng(3).normal(240, 3, (1200, 850, 3)), 0, 255).astype(np.uint8)
    if not mute.detect(sheet, 960):
        read = read_page(PageImage(sheet), mute, settings)
        assert (read.kind, read.problems) == ("blank", ())
