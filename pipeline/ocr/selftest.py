"""One small picture that every engine must be able to read: what `prescreen doctor` asks, and a run as it starts."""

from __future__ import annotations

import io
import time
from dataclasses import dataclass
from importlib import resources

import numpy as np
from PIL import Image as Pillow
from rapidfuzz import fuzz

from pipeline.ocr.engine import Engine
from pipeline.problems import EngineError

_EXPECTED = "法律援助案卷预审自检\n指派日期：二〇二四年五月十八日\n案号（2024）豫0899刑初57号"
_SIDE = 960
_READS = 60
"""Similarity (0..100) from which an engine reads at all; what is worn or small it may misread for all that."""
_ALIKE = str.maketrans("（）：○零", "():〇〇")


@dataclass(frozen=True, slots=True)
class SelfTest:
    """What stands on the built-in picture, what the engine read, how long that took. Width variants do not count."""

    ok: bool
    expected: str
    read: str
    seconds: float


def selftest(engine: Engine) -> SelfTest:
    """Read the built-in picture. Raises whatever the engine raises."""
    data = resources.files("pipeline.ocr").joinpath("selftest.png").read_bytes()
    with Pillow.open(io.BytesIO(data)) as picture:
        pixels = np.asarray(picture.convert("RGB"), np.uint8)
    start = time.perf_counter()
    read = "\n".join(line.text for line in engine.read(pixels, _SIDE))
    return SelfTest(_folded(read) == _folded(_EXPECTED), _EXPECTED, read, round(time.perf_counter() - start, 3))


def require_reading(engine: Engine) -> None:
    """Have an engine read the built-in picture before anything is entrusted to it.

    Weights whose characters do not belong to them, or that were damaged without breaking, load like any others; every
    page would be read as nothing, or as nonsense. Raises `EngineError` where the engine does not read.
    """
    result = selftest(engine)
    if fuzz.ratio(_folded(result.read), _folded(result.expected)) < _READS:
        read = " / ".join(result.read.split("\n"))[:60] or "无"
        raise EngineError(
            f"识别引擎 {engine.name} 读不出内置图片, 读得: {read}",
            "请运行 prescreen doctor; 模型文件可能损坏或与字符表不符, 请重新安装 prescreen 或更换 ocr.models",
        )


def _folded(text: str) -> str:
    return "".join(text.split()).translate(_ALIKE)
