"""Page images and engines that the tests of the OCR stage share; an engine is loaded once for all of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from pipeline.config import OcrSettings, load_settings
from pipeline.intake.page import PageImage
from pipeline.ocr.engine import Engine, make_engine

RESOURCES = Path(__file__).parents[2] / "resources" / "ocr"
Pixels = NDArray[np.uint8]


@pytest.fixture(scope="session")
def settings() -> OcrSettings:
    return load_settings().ocr


@pytest.fixture(scope="session")
def rapid(settings: OcrSettings) -> Engine:
    return make_engine(settings)


@pytest.fixture(scope="session")
def picture() -> Callable[[str], Pixels]:
    """A page of tests/resources/ocr with the grain of a scanner on it, the same every time."""

    def load(name: str, grain: float = 2.5) -> Pixels:
        with Image.open(RESOURCES / f"{name}.png") as image:
            pixels = np.asarray(image.convert("RGB"), np.float32)
        noise = np.random.default_rng(7).normal(0, grain, pixels.shape[:2])[..., None]
        return np.clip(pixels + noise, 0, 255).astype(np.uint8)

    return load


@pytest.fixture(scope="session")
def page(picture: Callable[[str], Pixels]) -> Callable[[str], PageImage]:
    return lambda name: PageImage(picture(name))
