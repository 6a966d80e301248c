"""prescreen's own trained models, tried before anything is entrusted to them: marks on pages, types of papers."""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np

from pipeline.problems import EngineError, PrescreenError

_SIZE, _MIDDLE, _RADIUS = (1000, 707), (430, 600), 68
"""Height and width of the drawn page, and the seal upon it, in pixels (0.3 mm)."""


@cache
def require_models() -> None:
    """Load every trained model and have the one for marks find a drawn seal. Raises `EngineError` naming which fails.

    Where one is missing or damaged every page would fail, or every paper be of no type: that is told before a batch.
    """
    for what, try_it in (("印章、指印和签名", _try_marks), ("文书分类", _try_types)):
        try:
            try_it()
        except PrescreenError:
            raise
        except Exception as error:  # whatever a library makes of a file that was cut off
            raise EngineError(
                f"{what}模型无法使用: {type(error).__name__}", "模型文件可能损坏, 请重新安装 prescreen"
            ) from error


def _try_marks() -> None:
    from pipeline.ocr.ink import Contrast
    from pipeline.ocr.mark_net import look

    ink = np.zeros(_SIZE, np.uint8)
    cv2.circle(ink, _MIDDLE, _RADIUS, 255, 5)
    cv2.circle(ink, _MIDDLE, _RADIUS // 4, 255, -1)
    for turn in np.linspace(-2, 2, 11):
        x, y = _MIDDLE[0] + 52 * np.sin(turn), _MIDDLE[1] - 52 * np.cos(turn)
        cv2.rectangle(ink, (round(x) - 6, round(y) - 7), (round(x) + 6, round(y) + 7), 255, 2)
    page = Contrast(np.asarray(ink * 0.6, np.uint8), np.full(_SIZE, 255, np.uint8))
    if not any(mark.kind == "seal" for mark in look(ink, np.zeros_like(ink), page).marks):
        raise EngineError("印章、指印和签名模型看不出内置的印章", "模型文件可能损坏, 请重新安装 prescreen")


def _try_types() -> None:
    from pipeline.documents.classifier import load
    from pipeline.documents.sequence import weights

    load()
    weights()
