"""Where an engine's weights lie and which they are: rapidocr's own, or a folder that the user put into `models/`."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

import cv2

from pipeline.problems import EngineError

_SHIPPED_DETECTION = "PP-OCRv6_det_small.onnx"
_SHIPPED_RECOGNITION = "PP-OCRv6_rec_small.onnx"
_INSTRUCTION_SETS = ("AVX512-SKX", "AVX2", "NEON")


@dataclass(frozen=True, slots=True)
class Weights:
    """The ONNX files of a text detector and a text recogniser (its characters are in its metadata)."""

    detection: Path
    recognition: Path
    name: str

    @property
    def fingerprint(self) -> str:
        """A short hash over both files: the same weights give the same one wherever they lie."""
        digest = hashlib.sha256()
        for path in (self.detection, self.recognition):
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        return digest.hexdigest()[:12]


def find_weights(folder: str = "") -> Weights:
    """Find det/inference.onnx and rec/inference.onnx in `folder`, or those that rapidocr ships if it is "".

    Raises `EngineError` naming the file that is missing.
    """
    if folder:
        base = Path(folder)
        weights = Weights(base / "det" / "inference.onnx", base / "rec" / "inference.onnx", base.name)
    else:
        spec = find_spec("rapidocr")
        if spec is None or spec.origin is None:
            raise EngineError(
                "没有安装 rapidocr (默认模型随它提供)", "请执行 pip install rapidocr, 或重新安装 prescreen"
            )
        base = Path(spec.origin).parent / "models"
        weights = Weights(base / _SHIPPED_DETECTION, base / _SHIPPED_RECOGNITION, "PP-OCRv6-small")
    for path in (weights.detection, weights.recognition):
        if not path.is_file():
            raise EngineError(f"缺少识别模型文件: {path}", "请重新安装 rapidocr, 或按 models/README.md 放好模型文件")
    return weights


def package_version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "?"


def instruction_set() -> str:
    """Name what the arithmetic of this machine depends on: the same weights differ in the last digits across these."""
    available = {name.strip("*") for name in cv2.getCPUFeaturesLine().split()}  # one that is missing ends with "?"
    return f"{sys.platform}-{next((name for name in _INSTRUCTION_SETS if name in available), 'base')}"
