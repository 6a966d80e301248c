"""The small protocol behind which the OCR engines stand, and the choice of one by the settings.

An engine knows only how to find strips of text and how to read them. Everything that makes a page result (turning,
blank pages, second readings) lives beside it and works with any engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from pipeline.casefile import Line
from pipeline.config import OcrSettings
from pipeline.problems import EngineError

Image = npt.NDArray[np.uint8]
"""Height x width x 3, RGB."""
Quad = npt.NDArray[np.float32]
"""4 x 2 pixel corners of a strip of text, clockwise from the one that is top left on the image as it lies."""


class Engine(Protocol):
    """One text detector and one recogniser, loaded once for the life of a process; not safe to share by threads."""

    name: str
    version: str
    """Package, weights, backend, instruction set: what a page result depends on besides the settings."""

    def detect(self, image: Image, side: int) -> list[Quad]:
        """Find strips of text, the long side of the image reduced to at most `side` pixels for the search."""
        ...

    def recognise(self, crops: Sequence[Image]) -> list[tuple[str, float]]:
        """Text and score (0..1) of each crop, which holds one upright line; ("", 0.0) where nothing was read."""
        ...

    def read(self, image: Image, side: int) -> tuple[Line, ...]:
        """Detect and recognise: lines in reading order, boxes in fractions of the given image."""
        ...


def make_engine(settings: OcrSettings) -> Engine:
    """Load the engine that the settings name, with its weights; takes about a second.

    Raises `EngineError` (Chinese: what is missing and how to get it).
    """
    try:
        if settings.engine == "paddle":
            from pipeline.ocr.paddle import PaddleEngine

            return PaddleEngine(settings)
        from pipeline.ocr.rapid import RapidEngine

        return RapidEngine(settings)
    except EngineError:
        raise
    except ImportError as error:
        package = "paddleocr" if settings.engine == "paddle" else "rapidocr"
        raise EngineError(
            f"识别引擎 {settings.engine} 缺少组件: {error.name or error}",
            f"请重新安装 prescreen, 或执行 pip install {package}; 再运行 prescreen doctor",
        ) from error
    except Exception as error:  # an engine may break in any way; the user needs one message, not its trace
        raise EngineError(
            f"识别引擎 {settings.engine} 无法启动: {type(error).__name__}: {error}",
            "请运行 prescreen doctor 检查引擎和模型文件; 必要时重新安装 prescreen",
        ) from error
