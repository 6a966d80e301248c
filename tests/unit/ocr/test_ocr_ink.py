"""How much ink: drawn pages whose shares are known, holes, dust, shadows; quantiles and smaller pictures."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.ocr.ink import contrast, measure
from pipeline.ocr.levels import histogram, percentile
from pipeline.ocr.shrink import halved, shrunk

Pixels = NDArray[np.uint8]


@pytest.fixture
def paper() -> Pixels:
    return np.full((2000, 1414, 3), 240, np.uint8)


def test_a_black_patch_counts_by_its_area(paper: Pixels) -> None:
    cv2.rectangle(paper, (400, 600), (999, 629), (20, 20, 20), -1)
    ink = measure(contrast(paper))
    sheet = (2000 - 2 * 28) * (1414 - 2 * 28)
    for share in (ink.faint, ink.clear, ink.dark):
        assert share == pytest.approx(600 * 30 / sheet, rel=0.1)


def test_a_shadow_over_half_the_page_is_no_ink(paper: Pixels) -> None:
    ramp = np.linspace(1.0, 0.6, 2000)[:, None, None]
    assert measure(contrast((paper * ramp).astype(np.uint8))).clear == 0.0


def test_dust_is_no_ink_and_a_thin_stroke_is(paper: Pixels) -> None:
    for y in range(300, 1700, 60):
        for x in range(200, 1200, 60):
            cv2.rectangle(paper, (x, y), (x + 3, y + 3), (30, 30, 30), -1)
    assert measure(contrast(paper)).clear == 0.0
    cv2.line(paper, (220, 330), (1180, 330), (30, 30, 30), 3)
    assert measure(contrast(paper)).clear > 0.0005


def test_punch_holes_are_no_paper(paper: Pixels) -> None:
    cv2.circle(paper, (60, 800), 18, (25, 25, 25), -1)
    cv2.circle(paper, (700, 800), 18, (25, 25, 25), -1)
    page = contrast(paper)
    assert page.sheet[400, 30] == 0
    assert page.sheet[400, 350] == 255
    assert page.value[400, 350] > 200


def test_grain_is_the_spread_of_the_bare_paper(paper: Pixels) -> None:
    noise = np.random.default_rng(2).normal(0, 12, paper.shape[:2])[..., None]
    smooth, grainy = measure(contrast(paper)), measure(contrast(np.clip(paper + noise, 0, 255).astype(np.uint8)))
    assert smooth.grain < 0.001
    assert 0.008 < grainy.grain < 0.04


@pytest.mark.parametrize("size", [(1, 1), (3, 700), (700, 3), (40, 30)])
def test_odd_sizes_of_pages_have_statistics_too(size: tuple[int, int]) -> None:
    ink = measure(contrast(np.full((*size, 3), 200, np.uint8)))
    assert ink.clear == 0.0


@pytest.mark.parametrize("part", [2, 30, 50, 98, 100])
def test_percentiles_are_those_of_the_sorted_levels(part: float) -> None:
    levels = np.random.default_rng(5).integers(0, 200, (60, 70), np.uint8)
    mask = (levels % 3 > 0).astype(np.uint8)
    exact = np.percentile(levels[mask > 0], part, method="inverted_cdf")
    assert percentile(histogram(levels, mask), part) == pytest.approx(float(exact), abs=1)


def test_the_percentile_of_nothing_is_zero() -> None:
    assert percentile(np.zeros(256), 50) == 0


def test_smaller_pictures_keep_their_mean_and_have_the_size_asked_for() -> None:
    image = np.random.default_rng(6).integers(0, 255, (1001, 703, 3), np.uint8)
    assert halved(image).shape == (500, 351, 3)
    small = shrunk(image, (160, 230))
    assert small.shape == (230, 160, 3)
    assert small.mean() == pytest.approx(image.mean(), abs=1)
