"""Bring PP-OCR's shipped weights to 8 bits: `python -m models.training.quantise` (about 2 minutes, offline).

Post-training quantisation with NNCF (https://github.com/openvinotoolkit/nncf, `nncf.quantize`): weights and activations
of the convolutions and matrix products become 8-bit integers, their ranges taken from the invented case files in
sample_scans/cases. Writes models/ocr_int8/{det,rec}.xml and .bin (OpenVINO) and the recogniser's characters.

What was tried, on 1,300 lines of pages that took no part (share of characters read otherwise than with full weights,
where 32-bit arithmetic against bfloat16 makes 0.2 %): everything in 8 bits 1.2 %; the first five convolutions of the
recogniser left alone 0.8 %; attention treated as such (`ModelType.TRANSFORMER`) as well 0.63 %; activations that are
not symmetric given a zero point (`MIXED`) as well 0.52 %, which is what stands here. The detector's boxes are the same
to within a pixel or two however it is done, so all of it is quantised.

NNCF is needed for this alone: `pip install nncf` (its dependencies are of no use to who only reads pages).
"""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

import cv2
import nncf
import numpy as np
import openvino

from pipeline.config import load_settings
from pipeline.intake.discover import discover
from pipeline.intake.open_case import open_case
from pipeline.intake.page import close_files, load_page
from pipeline.ocr.engine import Image, make_engine
from pipeline.ocr.lines import cut
from pipeline.ocr.orientation import turned
from pipeline.ocr.weights import characters, find_weights

TARGET = Path(__file__).parents[1] / "ocr_int8"
SAMPLES = Path(__file__).parents[2] / "sample_scans" / "cases"
PAGES, LINES = 60, 300
LINES_OF_A_PAGE = 8
STEM = [f"Conv.{i}" for i in range(5)]
"""The recogniser's first convolutions, which see the pixels: 8 bits there cost half of all that is lost."""

Pixels = np.ndarray[tuple[int, ...], np.dtype[np.float32]]


def upright_pages() -> Iterator[Image]:
    """Give every page of the samples, turned upright as its truth says."""
    settings = load_settings()
    for source in discover(SAMPLES).cases:
        truth = json.loads((SAMPLES / f"{source.case_id}.truth.json").read_text("utf-8"))
        rotations = iter([page["rotation"] for page in truth["pages"]])
        with tempfile.TemporaryDirectory() as folder:
            for file in open_case(source, Path(folder), settings.limits).files:
                for index in range(file.pages):
                    image = load_page(file, index, settings.ocr.pixels, settings.limits)
                    yield turned(image.pixels, next(rotations))
            close_files()


def as_input(image: Image) -> Pixels:
    """Scale an image as the networks expect it: 1 x 3 x height x width, blue first, -1 to 1."""
    return np.asarray(cv2.dnn.blobFromImage(image, 1 / 127.5, mean=(127.5,) * 3, swapRB=True))


def searched(page: Image, side: int) -> Image:
    """Reduce a page as the detector gets it."""
    height, width = page.shape[:2]
    scale = side / max(height, width)
    return cv2.resize(page, tuple(round(length * scale / 32) * 32 for length in (width, height)))


def line(crop: Image) -> Image:
    """Bring a strip to the recogniser's height, filled up to 320 pixels and multiples of 32."""
    height, width = crop.shape[:2]
    if height > 1.5 * width:
        crop, (height, width) = np.ascontiguousarray(np.rot90(crop)), (width, height)
    needed = max(16, int(np.ceil(48 * width / height)))
    strip = np.full((48, max(320, -(-needed // 32) * 32), 3), 127, np.uint8)
    strip[:, :needed] = cv2.resize(crop, (needed, 48))
    return strip


def main() -> None:
    rng = random.Random(3)
    settings = load_settings(ocr={"precision": "full"}).ocr
    engine = make_engine(settings)
    pages: list[Image] = []
    strips: list[Image] = []
    for page in upright_pages():
        quads = engine.detect(page, settings.detection_side)
        pages.append(searched(page, settings.detection_side))
        strips += [line(cut(page, quad)) for quad in rng.sample(quads, min(len(quads), LINES_OF_A_PAGE))]
    weights = find_weights()
    detector = nncf.quantize(
        openvino.convert_model(weights.detection),
        nncf.Dataset([as_input(page) for page in rng.sample(pages, PAGES)]),
        subset_size=PAGES,
        preset=nncf.QuantizationPreset.MIXED,
    )
    recogniser = nncf.quantize(
        openvino.convert_model(weights.recognition),
        nncf.Dataset([as_input(strip) for strip in rng.sample(strips, LINES)]),
        subset_size=LINES,
        preset=nncf.QuantizationPreset.MIXED,
        model_type=nncf.ModelType.TRANSFORMER,
        ignored_scope=nncf.IgnoredScope(names=STEM),
    )
    TARGET.mkdir(exist_ok=True)
    openvino.save_model(detector, TARGET / "det.xml", compress_to_fp16=False)
    openvino.save_model(recogniser, TARGET / "rec.xml", compress_to_fp16=False)
    (TARGET / "characters.txt").write_text("\n".join(characters(weights.recognition)), "utf-8")


if __name__ == "__main__":
    main()
