"""The readers that prescreen is measured against, each as it comes: its defaults, its own number of threads.

None of them may reach for the network: weights are those that come with their packages, or prescreen's own.
"""

from __future__ import annotations

import logging
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import psutil

from pipeline.bench.machine import MB
from pipeline.problems import EngineError

if TYPE_CHECKING:
    from pipeline.ocr.engine import Image

LANGUAGE = "chi_sim"
TITLES = {
    "prescreen": "prescreen",
    "rapid": "RapidOCR 默认",
    "paddle": "PaddleOCR 默认 (ONNX Runtime)",
    "tesseract": f"Tesseract {LANGUAGE}",
}
PEERS = tuple(name for name in TITLES if name != "prescreen")


@dataclass(frozen=True, slots=True)
class PeerText:
    """What a peer read: `text` in its own order of lines, `in_our_order` in prescreen's, where it says the places."""

    text: str
    in_our_order: str | None = None


class Peer(Protocol):
    """One reader. Only `read` is timed; `prepare` brings the page into its form, `texts` takes the lines out."""

    version: str
    extra_peak_mb: float
    """What processes of its own held at most, beside this one."""

    def prepare(self, page: Image) -> Any: ...

    def read(self, prepared: Any) -> Any: ...

    def texts(self, result: Any) -> PeerText: ...


def open_peer(name: str) -> Peer:
    """Load a peer. Raises `EngineError` where it is not installed; whatever else it raises is its own."""
    makers: dict[str, Callable[[], Peer]] = {"rapid": _Rapid, "paddle": _Paddle, "tesseract": _Tesseract}
    try:
        return makers[name]()
    except ImportError as error:
        raise EngineError(f"没有安装 {error.name or error}") from error


def _bgr(page: Image) -> Any:
    import cv2

    return cv2.cvtColor(page, cv2.COLOR_RGB2BGR)


def _both_orders(texts: Sequence[str], quads: Sequence[Any]) -> PeerText:
    import numpy as np

    from pipeline.ocr.lines import Strip, in_reading_order

    strips = [Strip(np.asarray(quad, np.float32), text, 1.0) for quad, text in zip(quads, texts, strict=True)]
    return PeerText("\n".join(texts), "\n".join(strip.text for strip in in_reading_order(strips)))


class _Rapid:
    """`RapidOCR()`: PP-OCRv6 small on ONNX Runtime, with the classifier of lines that stand on their head."""

    extra_peak_mb = 0.0

    def __init__(self) -> None:
        from rapidocr import RapidOCR

        from pipeline.ocr.weights import package_version

        self._ocr: Any = RapidOCR()
        logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
        self.version = f"rapidocr {package_version('rapidocr')}, onnxruntime {package_version('onnxruntime')}"

    def prepare(self, page: Image) -> Any:
        return _bgr(page)

    def read(self, prepared: Any) -> Any:
        return self._ocr(prepared)

    def texts(self, result: Any) -> PeerText:
        if result.txts is None or result.boxes is None:
            return PeerText("", "")
        return _both_orders(list(result.txts), list(result.boxes))


class _Paddle:
    """PaddleOCR's pipeline with its own settings, on ONNX Runtime and with the weights that rapidocr ships.

    The three models that it would put before the reading (turning pages, flattening them, turning lines) are left
    out: their weights would have to be fetched.
    """

    extra_peak_mb = 0.0

    def __init__(self) -> None:
        from pipeline.ocr.paddle import kept_out_of_home, model_folders, model_name
        from pipeline.ocr.weights import find_weights, package_version

        with kept_out_of_home():
            from paddleocr import PaddleOCR
        logging.getLogger("paddlex").setLevel(logging.ERROR)
        with tempfile.TemporaryDirectory(prefix="prescreen-models-") as folder:
            detection, recognition = model_folders(find_weights(), Path(folder))
            self._ocr: Any = PaddleOCR(
                text_detection_model_dir=str(detection),
                text_detection_model_name=model_name(detection),
                text_recognition_model_dir=str(recognition),
                text_recognition_model_name=model_name(recognition),
                use_doc_orientation_classify=False,
                use_doc_unwarping=False,
                use_textline_orientation=False,
                engine="onnxruntime",
                device="cpu",
            )
        self.version = f"paddleocr {package_version('paddleocr')}, onnxruntime {package_version('onnxruntime')}"

    def prepare(self, page: Image) -> Any:
        return _bgr(page)

    def read(self, prepared: Any) -> Any:
        return self._ocr.predict(prepared)[0]

    def texts(self, result: Any) -> PeerText:
        return _both_orders(list(result["rec_texts"]), list(result["rec_polys"]))


class _Tesseract:
    """The program `tesseract`, one call a page, as it is used from a command line; the page goes in by stdin."""

    def __init__(self) -> None:
        program = shutil.which("tesseract")
        if program is None:
            raise EngineError("没有安装 tesseract")
        listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False)
        if LANGUAGE not in listed.stdout.split():
            raise EngineError(f"tesseract 没有语言包 {LANGUAGE}")
        told = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
        self._program = program
        self.version = (told.stdout or told.stderr).partition("\n")[0].strip()
        self.extra_peak_mb = 0.0

    def prepare(self, page: Image) -> Any:
        import cv2

        return cv2.imencode(".ppm", _bgr(page))[1].tobytes()

    def read(self, prepared: Any) -> Any:
        command = [self._program, "stdin", "stdout", "-l", LANGUAGE]
        with psutil.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
            ended = threading.Event()
            looking = threading.Thread(target=self._look, args=(process, ended), daemon=True)
            looking.start()
            try:
                output, _ = process.communicate(prepared)
            finally:
                ended.set()
                looking.join()
            if process.returncode:
                raise EngineError(f"tesseract 以 {process.returncode} 退出")
        return output

    def _look(self, process: psutil.Popen, ended: threading.Event) -> None:
        """Look at the memory of a running call until it has ended."""
        while not ended.wait(0.02):
            try:
                self.extra_peak_mb = max(self.extra_peak_mb, process.memory_info().rss / MB)
            except psutil.Error:
                return

    def texts(self, result: Any) -> PeerText:
        return PeerText(result.decode("utf-8", errors="replace"))
