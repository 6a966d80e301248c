"""Pages as they come from phones, faxes and old scanners read nearly as the clean page does."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from pipeline.config import OcrSettings
from pipeline.intake.page import PageImage
from pipeline.ocr.engine import Engine
from pipeline.ocr.read import read_page

Pixels = NDArray[np.uint8]

pytestmark = pytest.mark.slow


def skewed(page: Pixels) -> Pixels:
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -5, 1)
    return np.asarray(cv2.warpAffine(page, turn, (width, height), borderValue=(255, 255, 255)), np.uint8)


def photographed(page: Pixels) -> Pixels:
    """From the side, on a dark table."""
    height, width = page.shape[:2]
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    shifts = np.array([[0.1, 0.05], [-0.03, 0.0], [0.0, -0.04], [0.02, 0.0]], np.float32) * (width, height)
    matrix = cv2.getPerspectiveTransform(corners, (corners + shifts).astype(np.float32))
    return np.asarray(cv2.warpPerspective(page, matrix, (width, height), borderValue=(60, 60, 60)), np.uint8)


def shadowed(page: Pixels) -> Pixels:
    height, width = page.shape[:2]
    across = np.linspace(0, 1, width)[None, :] + np.linspace(0, 1, height)[:, None]
    light = 1 - 0.6 / (1 + np.exp(-(across - 1.1) * 18))
    return (page * light[..., None]).astype(np.uint8)


def bilevel(page: Pixels) -> Pixels:
    return np.repeat(((cv2.cvtColor(page, cv2.COLOR_RGB2GRAY) > 170) * 255).astype(np.uint8)[..., None], 3, axis=2)


def faxed(page: Pixels) -> Pixels:
    return bilevel(shrunk(page, 0.7))


def small(page: Pixels) -> Pixels:
    return shrunk(page, 0.6)


def faded(page: Pixels) -> Pixels:
    return (255 - (255 - page.astype(np.int16)) * 0.35).astype(np.uint8)


def shining_through(page: Pixels) -> Pixels:
    behind = cv2.GaussianBlur(np.ascontiguousarray(page[:, ::-1]), (0, 0), 2).astype(np.int16)
    return np.clip(page.astype(np.int16) - (255 - behind) * 0.2, 0, 255).astype(np.uint8)


def compressed(page: Pixels) -> Pixels:
    return np.asarray(cv2.imdecode(cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, 15])[1], 1), np.uint8)


def curled(page: Pixels) -> Pixels:
    height, width = page.shape[:2]
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    lifted = (y + 0.012 * height * np.sin(x / width * np.pi)).astype(np.float32)
    return np.asarray(cv2.remap(page, x, lifted, cv2.INTER_LINEAR, borderValue=(255, 255, 255)), np.uint8)


def far_away(page: Pixels) -> Pixels:
    """Lying small on a grey glass."""
    height, width = page.shape[:2]
    glass = np.full((round(height * 1.4), round(width * 1.4), 3), 90, np.uint8)
    glass[height // 5 : height // 5 + height, width // 5 : width // 5 + width] = page
    return shrunk(glass, 1 / 1.4)


def shrunk(page: Pixels, part: float) -> Pixels:
    return np.asarray(cv2.resize(page, None, fx=part, fy=part, interpolation=cv2.INTER_AREA), np.uint8)


WEAR = (
    (skewed, 0.03),
    (photographed, 0.03),
    (shadowed, 0.03),
    (bilevel, 0.04),
    (faxed, 0.08),
    (small, 0.03),
    (faded, 0.03),
    (shining_through, 0.05),
    (compressed, 0.03),
    (curled, 0.03),
    (far_away, 0.03),
)


@pytest.mark.parametrize(("wear", "allowed"), WEAR, ids=[wear.__name__ for wear, _ in WEAR])
def test_a_worn_page_reads_like_the_clean_one(
    wear: Callable[[Pixels], Pixels],
    allowed: float,
    rapid: Engine,
    settings: OcrSettings,
    picture: Callable[[str], Pixels],
) -> None:
    lost = length = 0
    for name in ("form", "notice"):
        clean = "".join(read_page(PageImage(picture(name)), rapid, settings).text.split())
        worn = read_page(PageImage(np.ascontiguousarray(wear(picture(name)))), rapid, settings)
        assert worn.rotation == 0
        lost += Levenshtein.distance(clean, "".join(worn.text.split()))
        length += len(clean)
    assert lost <= allowed * length
