"""Where a page is searched again for text under red ink."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.casefile import Line
from pipeline.ocr.regions import detect_in, regions_around

Pixels = NDArray[np.uint8]
Quad = NDArray[np.float32]
HEIGHT, WIDTH, SIDE = 2200, 1556, 960


def strip(left: int, top: int, right: int, bottom: int) -> Quad:
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)


@pytest.fixture
def red() -> Pixels:
    return np.zeros((HEIGHT, WIDTH), np.uint8)


def test_a_page_without_red_is_not_searched(red: Pixels) -> None:
    assert regions_around(red, [strip(200, 300, 900, 335)], SIDE) == []


def test_a_print_away_from_text_is_not_searched(red: Pixels) -> None:
    red[1800:1900, 200:280] = 255
    assert regions_around(red, [strip(200, 300, 900, 335)], SIDE) == []


def test_a_seal_that_hides_all_of_its_text_is_searched(red: Pixels) -> None:
    red[1500:1780, 900:1180] = 255
    (region,) = regions_around(red, [strip(200, 300, 900, 335)], SIDE)
    assert region[0] <= 900 and region[1] <= 1500 and region[2] >= 1180 and region[3] >= 1780
    assert (region[2] - region[0]) * (region[3] - region[1]) < 0.25 * HEIGHT * WIDTH


def test_the_whole_line_that_a_print_touches_lies_within(red: Pixels) -> None:
    red[280:380, 850:930] = 255
    (region,) = regions_around(red, [strip(200, 300, 900, 335)], SIDE)
    assert region[0] < 200 and region[2] > 930


def test_regions_that_meet_are_one(red: Pixels) -> None:
    red[280:380, 300:380] = red[280:380, 700:780] = 255
    assert len(regions_around(red, [strip(200, 300, 900, 335)], SIDE)) == 1


def test_sides_come_in_few_sizes(red: Pixels) -> None:
    red[1500:1780, 900:1180] = 255
    (region,) = regions_around(red, [strip(900, 1650, 1200, 1685)], SIDE)
    scale = SIDE / HEIGHT
    for side in (region[2] - region[0], region[3] - region[1]):
        assert side * scale % 64 == pytest.approx(0, abs=1) or side * scale % 64 == pytest.approx(64, abs=1)


def test_red_all_over_the_page_means_all_of_it(red: Pixels) -> None:
    red[100:2100:3, 100:1400] = 255
    assert regions_around(red, [], SIDE) == [(0, 0, WIDTH, HEIGHT)]


class _Corners:
    """An engine that finds one strip in the middle of what it is shown, and keeps the sizes it was asked for."""

    name, version = "corners", "0"

    def __init__(self) -> None:
        self.asked: list[tuple[tuple[int, ...], int]] = []

    def detect(self, image: Pixels, side: int) -> list[Quad]:
        self.asked.append((image.shape[:2], side))
        y, x = image.shape[0] // 2, image.shape[1] // 2
        return [strip(x - 10, y - 5, x + 10, y + 5)]

    def recognise(self, crops: Sequence[Pixels]) -> list[tuple[str, float]]:
        return []

    def read(self, image: Pixels, side: int) -> tuple[Line, ...]:
        return ()


def test_strips_come_back_in_the_pages_pixels_at_the_pages_scale() -> None:
    engine = _Corners()
    page = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
    (quad,) = detect_in(engine, page, [(400, 1000, 1200, 1440)], SIDE)
    assert quad.mean(axis=0).tolist() == [800, 1220]
    assert engine.asked == [((440, 800), round(SIDE * 800 / HEIGHT))]
