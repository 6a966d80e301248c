"""Print against the same print bent as by a hand."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.ocr.hand import hand_score, measures
from pipeline.ocr.lines import Strip

Pixels = NDArray[np.uint8]
LINES = [(125, 342 + 56 * i, 870, 44) for i in range(1, 5)]


def strips() -> list[Strip]:
    return [
        Strip(np.array([[x, y], [x + w, y], [x + w, y + h], [x, y + h]], np.float32), "其本人没有委托辩护人", 1.0)
        for x, y, w, h in LINES
    ]


def bent(image: Pixels, strength: float) -> Pixels:
    """The page with a slant to the right and its strokes shaken."""
    height, width = image.shape[:2]
    noise = np.random.default_rng(4).normal(0, 1, (height, width, 2)).astype(np.float32)
    shift = cv2.GaussianBlur(noise, (0, 0), 6) * 6 * strength * 6
    y, x = np.mgrid[:height, :width].astype(np.float32)
    slant = ((y % 56) - 28) * 0.18 * strength
    return cv2.remap(image, x + slant + shift[..., 0], y + shift[..., 1], cv2.INTER_LINEAR, borderValue=(255,) * 3)


def test_print_scores_low_and_bent_print_high(picture: Callable[[str], Pixels]) -> None:
    page = picture("notice")
    printed = [hand_score(page, s) for s in strips()]
    shaken = [hand_score(bent(page, 1.0), s) for s in strips()]
    assert all(score is not None and score < 0.4 for score in printed), printed
    assert all(score is not None and score > 0.6 for score in shaken), shaken


def test_a_little_skew_is_no_hand(picture: Callable[[str], Pixels]) -> None:
    page = picture("notice")
    skewed = cv2.warpAffine(
        page, np.array([[1, 0, 0], [0.012, 1, -6]], np.float32), page.shape[1::-1], borderValue=(255,) * 3
    )
    assert all((hand_score(skewed, s) or 0) < 0.5 for s in strips())


def test_too_little_to_tell() -> None:
    blank = np.full((60, 300, 3), 250, np.uint8)
    quad = np.array([[5, 5], [290, 5], [290, 50], [5, 50]], np.float32)
    assert hand_score(blank, Strip(quad, "空白", 0.9)) is None
    assert hand_score(blank, Strip(quad, "一", 0.9)) is None
    assert measures(np.full((40, 200), 255, np.uint8)) is None


def test_a_strip_at_the_edge_of_the_page_or_beyond_it(picture: Callable[[str], Pixels]) -> None:
    page = picture("notice")
    x, y, w, h = LINES[0]

    def placed(left: float, top: float) -> Strip:
        corners = [[left, top], [left + w, top], [left + w, top + h], [left, top + h]]
        return Strip(np.array(corners, np.float32), "其本人没有委托辩护人", 1.0)

    inside = hand_score(page, placed(x, y))
    assert hand_score(page[:, x + 4 :], placed(-4.0, y)) == pytest.approx(inside, abs=0.1)
    assert hand_score(page, placed(page.shape[1] + 50, y)) is None
    assert hand_score(page, placed(-2000, y)) is None


def test_a_line_upside_down_measures_like_itself(picture: Callable[[str], Pixels]) -> None:
    page = picture("notice")
    (first, *_) = strips()
    over = Strip(page.shape[1::-1] - first.quad, first.text, 1.0)
    turned = np.ascontiguousarray(page[::-1, ::-1])
    assert hand_score(turned, over) == pytest.approx(hand_score(page, first), abs=0.1)


def test_measures_are_shares() -> None:
    line = np.full((40, 400), 255, np.uint8)
    for x in range(20, 380, 24):
        cv2.rectangle(line, (x, 6), (x + 12, 34), 0, 3)
    found = measures(line)
    assert found is not None
    upright, level, _, oblique = found
    assert upright + level > 0.7 and oblique < 0.1
    assert upright == pytest.approx(0.7, abs=0.2)
