"""RapidOCR: PP-OCR on OpenVINO or ONNX Runtime, quick on CPUs; the default engine.

The weights' paths are given to it outright, so that it never looks for a newer one on a model host.
Source: https://rapidai.github.io/RapidOCRDocs/ (rapidocr 3.10).
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from pipeline.casefile import Line
from pipeline.config import OcrSettings
from pipeline.ocr.engine import Image, Quad
from pipeline.ocr.lines import as_lines, read_strips
from pipeline.ocr.weights import Weights, characters, configuration, find_weights, instruction_set, package_version
from pipeline.problems import EngineError


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


SHAPES_KEPT = 16
"""Input shapes for which OpenVINO keeps its prepared kernels. By default it keeps 5,000 and a worker grows by about
10 MB a page, since every page has crops of new widths; 16 keep it flat (735 MB) at the same speed."""


def _bound_memory(session: Any, threads: int) -> None:
    """Compile a RapidOCR session's model anew with the bound that rapidocr has no setting for."""
    from openvino import Core

    core = Core()
    core.set_property("CPU", {"INFERENCE_NUM_THREADS": threads, "CPU_RUNTIME_CACHE_CAPACITY": str(SHAPES_KEPT)})
    session.session = core.compile_model(session.model, "CPU").create_infer_request()


class RapidEngine:
    """RapidOCR's detector and recogniser behind the `Engine` protocol."""

    name = "rapid"

    def __init__(self, settings: OcrSettings) -> None:
        """Load both models. Raises `EngineError` when weights or backend are missing."""
        self.backend = choose_backend(settings.backend)
        weights = find_weights(settings.models)
        from rapidocr import RapidOCR
        from rapidocr.ch_ppocr_rec import TextRecInput
        from rapidocr.utils.typings import EngineType

        with tempfile.TemporaryDirectory(prefix="prescreen-models-") as folder:
            ocr = RapidOCR(params=_parameters(settings, weights, EngineType(self.backend), Path(folder)))
            # Loading is lazy in rapidocr; one small reading makes a missing or broken model show itself here.
            ocr(np.full((64, 256, 3), 255, np.uint8), use_rec=False)
            ocr(np.full((48, 320, 3), 255, np.uint8), use_det=False, use_rec=True)
        self._detector: Any = ocr.text_det
        self._recogniser: Any = ocr.text_rec
        if self.backend == "openvino":
            for part in (self._detector, self._recogniser):
                _bound_memory(part.session, settings.threads)
        self._input: Any = TextRecInput
        self.version = "/".join(
            (
                f"rapidocr-{package_version('rapidocr')}",
                f"{self.backend}-{package_version(self.backend)}",
                f"{weights.name}-{weights.fingerprint}",
                instruction_set(),
            )
        )

    def detect(self, image: Image, side: int) -> list[Quad]:
        self._detector.limit_side_len = side
        found = self._detector(cv2.cvtColor(image, cv2.COLOR_RGB2BGR)).boxes
        return [] if found is None else [np.asarray(quad, np.float32) for quad in found]

    def recognise(self, crops: Sequence[Image]) -> list[tuple[str, float]]:
        if not crops:
            return []
        images = [cv2.cvtColor(np.ascontiguousarray(crop), cv2.COLOR_RGB2BGR) for crop in crops]
        result = self._recogniser(self._input(img=images))
        return [(str(text), float(score)) for text, score in zip(result.txts, result.scores, strict=True)]

    def read(self, image: Image, side: int) -> tuple[Line, ...]:
        return as_lines(read_strips(self, image, side), image)


def _parameters(settings: OcrSettings, weights: Weights, backend: Any, folder: Path) -> dict[str, Any]:
    """Everything that rapidocr would otherwise decide, or fetch, by itself. `folder` is for a list of characters."""
    parameters: dict[str, Any] = {
        "Global.log_level": "critical",
        "Global.use_cls": False,
        "Global.min_side_len": 1,
        "Global.max_side_len": 1_000_000,  # images keep their pixels; only the search is reduced
        "Global.width_height_ratio": -1,
        "Global.text_score": 0.0,
        "Det.engine_type": backend,
        "Det.model_path": str(weights.detection),
        "Det.limit_type": "max",
        "Det.limit_side_len": settings.detection_side,
        "Rec.engine_type": backend,
        "Rec.model_path": str(weights.recognition),
        "EngineConfig.onnxruntime.intra_op_num_threads": settings.threads,
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        "EngineConfig.openvino.inference_num_threads": settings.threads,
    }
    detection = configuration(weights.detection)
    for step in detection["PreProcess"]["transform_ops"] if detection else ():
        if "NormalizeImage" in step:
            parameters["Det.mean"] = step["NormalizeImage"]["mean"]
            parameters["Det.std"] = step["NormalizeImage"]["std"]
    known = characters(weights.recognition)
    if known is not None:
        keys = folder / "keys.txt"
        keys.write_text("\n".join(known), "utf-8")
        parameters["Rec.rec_keys_path"] = str(keys)
    return parameters
