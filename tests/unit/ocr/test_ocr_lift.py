"""Black seals of copies drawn over lines of strokes: what goes and what stays."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.ocr.ballot import whole_line
from pipeline.ocr.lift import without_black_seals
from pipeline.ocr.marks import Colour, Spot
from pipeline.ocr.rings import Ring

Pixels = NDArray[np.uint8]
X, Y, RADIUS = 500, 400, 140


def copy_of_a_seal(level: int) -> Pixels:
    """A seal with rim and star, and below its star a line of dark strokes that runs out of it on both sides."""
    page = np.full((800, 1000, 3), 250, np.uint8)
    cv2.circle(page, (X, Y), RADIUS, (level,) * 3, 7, cv2.LINE_AA)
    cv2.circle(page, (X, Y), 40, (level,) * 3, -1, cv2.LINE_AA)
    for x in range(X - 210, X + 210, 30):
        cv2.line(page, (x, Y + 60), (x, Y + 90), (20, 20, 20), 4)
    return page


def spot(colour: Colour = "black") -> Spot:
    return Spot("seal", colour, (X - RADIUS, Y - RADIUS, X + RADIUS, Y + RADIUS), 1.0, Ring(X, Y, RADIUS, 1.0))


def rim(page: Pixels) -> float:
    angles = np.radians(np.arange(180, 360))  # the upper half, where no strokes are
    columns = np.rint(X + RADIUS * np.cos(angles)).astype(int)
    rows = np.rint(Y + RADIUS * np.sin(angles)).astype(int)
    return float(page[rows, columns, 1].mean())


def strokes(page: Pixels) -> int:
    return int((page[Y + 75, X - 225 : X + 225, 1] < 120).sum())


@pytest.mark.parametrize("level", [10, 130])
def test_the_rim_goes_and_the_strokes_stay(level: int) -> None:
    page = copy_of_a_seal(level)
    lifted = without_black_seals(page, [spot()])
    assert lifted is not None
    for way in (lifted.mild, lifted.strong):
        assert rim(page) < 140 < 200 < rim(way)
        assert strokes(way) > 0.7 * strokes(page)  # those along the rim lose a part
    assert lifted.where[Y, X] == 255 and lifted.where[Y, X + 170] == 0


def test_the_star_goes_in_one_of_the_two_ways() -> None:
    page = copy_of_a_seal(10)
    lifted = without_black_seals(page, [spot()])
    assert lifted is not None
    assert (lifted.mild[Y, X, 1], lifted.strong[Y, X, 1]) == (10, 255)


def test_the_page_outside_the_seal_is_left_alone() -> None:
    page = copy_of_a_seal(10)
    lifted = without_black_seals(page, [spot()])
    assert lifted is not None
    assert np.array_equal(lifted.strong[:, : X - 170], page[:, : X - 170])


def test_coloured_seals_are_not_its_business() -> None:
    assert without_black_seals(copy_of_a_seal(10), [spot("red")]) is None


def test_a_seal_cut_by_the_edge_of_the_page() -> None:
    page = copy_of_a_seal(10)[:, : X + 60]
    lifted = without_black_seals(page, [spot()])
    assert lifted is not None and lifted.strong.shape == page.shape


def test_a_strip_is_lengthened_to_the_ends_of_its_line() -> None:
    page = np.full((200, 1000, 3), 250, np.uint8)
    for x in [*range(300, 600, 30), 700]:
        cv2.line(page, (x, 80), (x, 110), (20, 20, 20), 4)
    middle = np.array([[420, 75], [510, 75], [510, 115], [420, 115]], np.float32)
    longer = whole_line(page, middle)
    assert longer[:, 0].min() == pytest.approx(298, abs=3)
    assert longer[:, 0].max() == pytest.approx(573, abs=3)
    assert longer[:, 1].tolist() == middle[:, 1].tolist()
