"""One small picture that every engine must be able to read: what `prescreen doctor` asks."""

from __future__ import annotations

import io
import time
from dataclasses import dataclass
from importlib import resources

import numpy as np
from PIL import Image as Pillow

from pipeline.ocr.engine import Engine

_EXPECTED = "法律援助案卷预审自检\n指派日期：二〇二四年五月十八日\n案号（2024）豫0899刑初57号"
_SIDE = 960
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


def _folded(text: str) -> str:
    return "".join(text.split()).translate(_ALIKE)
