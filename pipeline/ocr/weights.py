"""Where an engine's weights lie and which they are: rapidocr's own, or a folder that the user put into `models/`."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import cv2
import yaml

from pipeline.problems import EngineError

_SHIPPED_DETECTION = "PP-OCRv6_det_small.onnx"
_SHIPPED_RECOGNITION = "PP-OCRv6_rec_small.onnx"
_QUANTISED = Path(__file__).parents[2] / "models" / "ocr_int8"
_INSTRUCTION_SETS = ("AVX512-SKX", "AVX2", "NEON")


@dataclass(frozen=True, slots=True)
class Weights:
    """The files of a text detector and a text recogniser: ONNX, or OpenVINO's .xml with a .bin beside it."""

    detection: Path
    recognition: Path
    name: str

    @property
    def fingerprint(self) -> str:
        """A short hash over the files: the same weights give the same one wherever they lie."""
        digest = hashlib.sha256()
        for path in (self.detection, self.recognition):
            for part in (path, path.with_suffix(".bin")) if path.suffix == ".xml" else (path,):
                with part.open("rb") as file:
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


def find_quantised() -> Weights:
    """Find the shipped weights in 8 bits (models/ocr_int8, made by models/training/quantise.py) for OpenVINO.

    Raises `EngineError` naming the file that is missing.
    """
    weights = Weights(_QUANTISED / "det.xml", _QUANTISED / "rec.xml", "PP-OCRv6-small-int8")
    for path in (weights.detection, weights.recognition):
        for part in (path, path.with_suffix(".bin")):
            if not part.is_file():
                raise EngineError(
                    f"缺少识别模型文件: {part}", '请重新安装 prescreen, 或在设置文件里写 ocr.precision = "full"'
                )
    return weights


def configuration(weights: Path) -> dict[str, Any] | None:
    """Read the `inference.yml` beside an ONNX file, as PaddleOCR's own model folders have it; None without one."""
    path = weights.with_name("inference.yml")
    return dict(yaml.safe_load(path.read_text("utf-8"))) if path.is_file() else None


def characters(recognition: Path) -> list[str]:
    """List the recogniser's characters: from `characters.txt` or `inference.yml` beside it, or its own metadata.

    Raises `EngineError` where none has them: a package would then look for them on the network.
    """
    listed = recognition.with_name("characters.txt")
    if recognition.suffix == ".xml" and listed.is_file():
        return listed.read_text("utf-8").split("\n")
    given = configuration(recognition)
    if given is not None:
        return [str(character) for character in given["PostProcess"]["character_dict"]]
    metadata = metadata_of(recognition)
    if "character" not in metadata:
        raise EngineError(f"识别模型缺少字符表: {recognition}", "请按 models/README.md 把 inference.yml 放在模型旁边")
    return metadata["character"].splitlines()


def metadata_of(weights: Path) -> dict[str, str]:
    """Read the metadata of an ONNX file."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    session = onnxruntime.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])
    return dict(session.get_modelmeta().custom_metadata_map)


def package_version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "?"


def instruction_set() -> str:
    """Name what the arithmetic of this machine depends on: the same weights differ in the last digits across these."""
    available = {name.strip("*") for name in cv2.getCPUFeaturesLine().split()}  # one that is missing ends with "?"
    return f"{sys.platform}-{next((name for name in _INSTRUCTION_SETS if name in available), 'base')}"
