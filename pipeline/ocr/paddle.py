"""PaddleOCR: the `paddleocr` package itself on ONNX Runtime, offline; for GPUs and for larger weights in `models/`.

PaddleX reads a model from a folder with `inference.onnx` and `inference.yml`; such a folder is put together for the
moment of loading. Source: https://www.paddleocr.ai (paddleocr 3.7, `engine="onnxruntime"`).
"""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import yaml

from pipeline.casefile import Line
from pipeline.config import OcrSettings
from pipeline.ocr.engine import Image, Quad
from pipeline.ocr.lines import as_lines, read_strips
from pipeline.ocr.weights import (
    Weights,
    characters,
    configuration,
    find_weights,
    instruction_set,
    package_version,
)

_DETECTION, _RECOGNITION = "PP-OCRv6_small_det", "PP-OCRv6_small_rec"
_BATCH = 6


@contextmanager
def kept_out_of_home() -> Iterator[None]:
    """Give paddlex and the model hubs it imports a folder for caches while they load; what the user has set stays.

    They make folders in the user's home as soon as they are imported, although nothing is ever cached here and nothing
    is looked for there later. A worker process ends without the clearing up of `atexit`, so the folder goes at once.
    """
    names = {"PADDLE_PDX_CACHE_HOME", "MODELSCOPE_CACHE", "AISTUDIO_CACHE_HOME"} - set(os.environ)
    with tempfile.TemporaryDirectory(prefix="prescreen-paddle-", ignore_cleanup_errors=True) as home:
        os.environ.update(dict.fromkeys(names, home))
        try:
            yield
        finally:
            for name in names:
                del os.environ[name]


class PaddleEngine:
    """PaddleOCR's text detection and recognition modules behind the `Engine` protocol."""

    name = "paddle"

    def __init__(self, settings: OcrSettings) -> None:
        """Load both models. Raises `EngineError` when weights or packages are missing."""
        weights = find_weights(settings.models)
        with kept_out_of_home():
            import onnxruntime
            from paddleocr import TextDetection, TextRecognition

        logging.getLogger("paddlex").setLevel(logging.ERROR)
        gpu = "CUDAExecutionProvider" in onnxruntime.get_available_providers()
        common = {
            "engine": "onnxruntime",
            "device": "gpu:0" if gpu else "cpu",
            "engine_config": {"intra_op_num_threads": settings.threads, "inter_op_num_threads": 1},
        }
        # both models are read into memory whole, so the folders need not outlive the loading
        with tempfile.TemporaryDirectory(prefix="prescreen-models-") as folder:
            detection, recognition = model_folders(weights, Path(folder))
            self._detector: Any = TextDetection(
                model_name=model_name(detection), model_dir=str(detection), limit_type="max", **common
            )
            self._recogniser: Any = TextRecognition(
                model_name=model_name(recognition), model_dir=str(recognition), **common
            )
        self.version = "/".join(
            (
                f"paddleocr-{package_version('paddleocr')}",
                f"onnxruntime-{package_version('onnxruntime')}{'-cuda' if gpu else ''}",
                f"{weights.name}-{weights.fingerprint}",
                instruction_set(),
            )
        )

    def detect(self, image: Image, side: int) -> list[Quad]:
        bgr = cv2.cvtColor(image, cv2.COLOR_RGB2BGR)
        (result,) = self._detector.predict(bgr, limit_side_len=side, batch_size=1)
        return [_clockwise(np.asarray(quad, np.float32)) for quad in result["dt_polys"]]

    def recognise(self, crops: Sequence[Image]) -> list[tuple[str, float]]:
        if not crops:
            return []
        # lines of like length share a batch, which is padded to its longest
        order = sorted(range(len(crops)), key=lambda i: crops[i].shape[1] / crops[i].shape[0])
        images = [cv2.cvtColor(np.ascontiguousarray(crops[i]), cv2.COLOR_RGB2BGR) for i in order]
        results = self._recogniser.predict(images, batch_size=_BATCH)
        readings = [("", 0.0)] * len(crops)
        for i, result in zip(order, results, strict=True):
            readings[i] = (str(result["rec_text"]), float(result["rec_score"]))
        return readings

    def read(self, image: Image, side: int) -> tuple[Line, ...]:
        return as_lines(read_strips(self, image, side), image)


def _clockwise(quad: Quad) -> Quad:
    """Corners clockwise from the top left one of the left pair, as the other engine gives them."""
    by_x = quad[np.argsort(quad[:, 0], kind="stable")]
    left = by_x[:2][np.argsort(by_x[:2, 1], kind="stable")]
    right = by_x[2:][np.argsort(by_x[2:, 1], kind="stable")]
    return np.array([left[0], right[0], right[1], left[1]], np.float32)


def model_folders(weights: Weights, folder: Path) -> tuple[Path, Path]:
    """Put a detector's and a recogniser's folder together in `folder`, as paddlex reads them.

    Raises `EngineError` where the recogniser's characters are nowhere to be found.
    """
    known = characters(weights.recognition)
    return (
        _model_folder(folder / "det", weights.detection, _detection_config()),
        _model_folder(folder / "rec", weights.recognition, _recognition_config(known)),
    )


def _model_folder(folder: Path, weights: Path, config: dict[str, Any]) -> Path:
    """Put weights and configuration together as paddlex wants them; a configuration beside the weights has its say."""
    folder.mkdir()
    given = configuration(weights)
    if given is not None:
        for step in given["PreProcess"]["transform_ops"]:
            if "DetResizeForTest" in step:  # a fixed size would not let a page be searched at the larger one
                step["DetResizeForTest"] = {"limit_side_len": 960, "limit_type": "max"}
        config = given
    (folder / "inference.yml").write_text(yaml.safe_dump(config, allow_unicode=True), "utf-8")
    target = folder / "inference.onnx"
    try:
        target.symlink_to(weights.resolve())
    except OSError:  # Windows without the right to make links
        shutil.copyfile(weights, target)
    return folder


def model_name(folder: Path) -> str:
    """Tell by which name paddlex knows the model in a folder made by `model_folders`."""
    return str(yaml.safe_load((folder / "inference.yml").read_text("utf-8"))["Global"]["model_name"])


def _detection_config() -> dict[str, Any]:
    """What rapidocr's own configuration says of the same weights (config.yaml, Det)."""
    return {
        "Global": {"model_name": _DETECTION},
        "PreProcess": {
            "transform_ops": [
                {"DecodeImage": {"channel_first": False, "img_mode": "BGR"}},
                {"DetResizeForTest": {"limit_side_len": 960, "limit_type": "max"}},
                {"NormalizeImage": {"mean": [0.5] * 3, "std": [0.5] * 3, "scale": "1./255.", "order": "hwc"}},
                {"ToCHWImage": None},
            ]
        },
        "PostProcess": {
            "name": "DBPostProcess",
            "thresh": 0.3,
            "box_thresh": 0.5,
            "max_candidates": 1000,
            "unclip_ratio": 1.6,
        },
    }


def _recognition_config(known: list[str]) -> dict[str, Any]:
    return {
        "Global": {"model_name": _RECOGNITION},
        "PreProcess": {
            "transform_ops": [
                {"DecodeImage": {"channel_first": False, "img_mode": "BGR"}},
                {"RecResizeImg": {"image_shape": [3, 48, 320]}},
            ]
        },
        "PostProcess": {"name": "CTCLabelDecode", "character_dict": known},
    }
