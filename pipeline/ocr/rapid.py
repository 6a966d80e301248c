"""RapidOCR's PP-OCR weights on OpenVINO or ONNX Runtime, quick on CPUs; the default engine.

Of the package `rapidocr` this uses the weights and the post-processing of the detector (contours to boxes). What it
does around each line is done here in one pass: rapidocr reads lines in batches, each padded to its longest, every
batch of another shape, which costs more on a CPU than it saves.
Source: https://rapidai.github.io/RapidOCRDocs/ (rapidocr 3.10); https://arxiv.org/abs/2009.09941 (PP-OCR).
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from itertools import accumulate, repeat, takewhile
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from pipeline.casefile import Line
from pipeline.config import OcrSettings
from pipeline.ocr.ctc import Recogniser, SplitRecogniser, WholeRecogniser
from pipeline.ocr.engine import Image, Quad
from pipeline.ocr.lines import as_lines, read_strips
from pipeline.ocr.network import Network, OnnxNetwork, OpenVinoNetwork, Scaling
from pipeline.ocr.weights import (
    Weights,
    characters,
    configuration,
    find_quantised,
    find_weights,
    instruction_set,
    package_version,
)
from pipeline.problems import EngineError

_HEIGHT = 48
"""Height in pixels to which the recogniser's lines are brought."""
_LONG, _SQUEEZED = 12, 0.75
"""Lines longer than so many times their height are running text: read at this part of their width they are read as
well (2.88 against 2.89 % of the characters wrong), for as much less work. Numbers that matter are read again in full.
"""
_PAPER = 127
"""Grey that the networks see as nothing (0 after scaling); lines are filled up with it."""


def _widths() -> tuple[int, ...]:
    grown = accumulate(repeat(0), lambda width, _: max(width + 32, round(width * 1.2 / 32) * 32), initial=64)
    return tuple(takewhile(lambda width: width <= 4096, grown))


_WIDTHS = _widths()
"""Widths to which lines are filled up, each about a fifth more than the one before: every width costs memory for its
prepared kernels and 2 ms whenever it follows another one. Longer lines are squeezed into the last."""


def choose_backend(wanted: str) -> str:
    """`auto` is OpenVINO where it can be loaded (about 1.8 x ONNX Runtime on 2 cores), else ONNX Runtime.

    Raises `EngineError` when the backend asked for by name cannot be loaded.
    """
    if wanted in ("auto", "openvino"):
        try:
            import openvino  # noqa: F401
        except Exception as error:  # a broken native library raises more than ImportError
            if wanted == "openvino":
                raise EngineError(
                    f"OpenVINO 无法加载: {error}", "请执行 pip install openvino, 或把 ocr.backend 设为 onnxruntime"
                ) from error
        else:
            return "openvino"
    if find_spec("onnxruntime") is None:
        raise EngineError("没有安装 onnxruntime", "请执行 pip install onnxruntime, 或重新安装 prescreen")
    return "onnxruntime"


class RapidEngine:
    """PP-OCR's detector and recogniser behind the `Engine` protocol."""

    name = "rapid"

    def __init__(self, settings: OcrSettings) -> None:
        """Load both models. Raises `EngineError` when weights or backend are missing."""
        from rapidocr.ch_ppocr_det.utils import DBPostProcess

        self.backend = choose_backend(settings.backend)
        quantised = self.backend == "openvino" and settings.precision == "int8" and not settings.models
        weights = find_quantised() if quantised else find_weights(settings.models)
        self._characters = ("", *characters(weights.recognition), " ")  # CTC's blank comes first
        self._detector = self._load(weights.detection, settings.threads)
        self._recogniser = self._load_recogniser(weights.recognition, settings.threads)
        # the values that rapidocr's config.yaml has for these weights
        self._boxes: Any = DBPostProcess(
            thresh=0.3, box_thresh=0.5, max_candidates=1000, unclip_ratio=1.6, use_dilation=True
        )
        self._check(weights)
        self.version = "/".join(
            (
                f"rapidocr-{package_version('rapidocr')}",
                f"{self.backend}-{package_version(self.backend)}",
                f"{weights.name}-{weights.fingerprint}",
                instruction_set(),
            )
        )

    def _load_recogniser(self, weights: Path, threads: int) -> Recogniser:
        if self.backend == "openvino" and weights.suffix == ".xml":
            return SplitRecogniser(weights, _scaling(weights), threads)
        return WholeRecogniser(self._load(weights, threads))

    def _load(self, weights: Path, threads: int) -> Network:
        scaling = _scaling(weights)
        if self.backend == "openvino":
            return OpenVinoNetwork(weights, scaling, threads, "f32" if weights.suffix == ".xml" else "")
        return OnnxNetwork(weights, scaling, threads)

    def _check(self, weights: Weights) -> None:
        """Raise `EngineError` where the weights are not what their names say: a model of another kind loads as well."""
        found = self._detector.run(np.full((64, 64, 3), 255, np.uint8))
        if found.ndim != 4 or self._recogniser.classes != len(self._characters):
            raise EngineError(
                f"识别模型与字符表不符: {weights.recognition}", "请按 models/README.md 放好模型文件和 inference.yml"
            )

    def detect(self, image: Image, side: int) -> list[Quad]:
        height, width = image.shape[:2]
        scale = min(1.0, side / max(height, width))
        size = tuple(max(32, round(int(length * scale) / 32) * 32) for length in (width, height))
        boxes, _ = self._boxes(self._detector.run(np.asarray(cv2.resize(image, size), np.uint8)), (height, width))
        return [np.asarray(quad, np.float32) for quad in sorted(boxes, key=lambda q: (q[0][1], q[0][0]))]

    def recognise(self, crops: Sequence[Image]) -> list[tuple[str, float]]:
        readings = [("", 0.0)] * len(crops)
        # lines of one width follow each other: preparing the network for another width costs about 2 ms
        for i in sorted(range(len(crops)), key=lambda i: crops[i].shape[1] / crops[i].shape[0]):
            readings[i] = self._read(crops[i])
        return readings

    def _read(self, crop: Image) -> tuple[str, float]:
        height, width = crop.shape[:2]
        shown = _HEIGHT * width / height * (_SQUEEZED if width > _LONG * height else 1)
        needed = min(_WIDTHS[-1], max(8, int(np.ceil(shown))))
        strip = np.full((_HEIGHT, next(w for w in _WIDTHS if w >= needed), 3), _PAPER, np.uint8)
        strip[:, :needed] = cv2.resize(crop, (needed, _HEIGHT))
        best, chances = self._recogniser.answer(strip)
        # CTC: a character counts where it begins; the blank parts equal neighbours
        begins = best != 0
        begins[1:] &= best[1:] != best[:-1]
        places = np.flatnonzero(begins)
        if not places.size:
            return "", 0.0
        return "".join(self._characters[best[i]] for i in places), float(chances[places].mean())

    def read(self, image: Image, side: int) -> tuple[Line, ...]:
        return as_lines(read_strips(self, image, side), image)


def _scaling(weights: Path) -> Scaling:
    """What the `inference.yml` beside the weights says of scaling pixels, else what PP-OCRv6 was trained with."""
    given = configuration(weights)
    for step in given["PreProcess"]["transform_ops"] if given else ():
        if "NormalizeImage" in step:
            return Scaling(tuple(step["NormalizeImage"]["mean"]), tuple(step["NormalizeImage"]["std"]))
    return Scaling()
