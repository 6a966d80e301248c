"""Seals, prints and stamps drawn shape by shape: what is what, and what is none of them."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.ocr.colour import blue_ink, red_ink, white_balanced, without_red
from pipeline.ocr.ink import contrast
from pipeline.ocr.marks import Spot, find_marks

Pixels = NDArray[np.uint8]
RED, BLUE, GREY = (205, 40, 50), (40, 60, 180), (120, 120, 120)
MM = 1684 / 297


@pytest.fixture
def paper() -> Pixels:
    return np.full((1684, 1190, 3), (247, 243, 228), np.uint8)


def marks(image: Pixels) -> list[Spot]:
    balanced = white_balanced(image)
    return find_marks(red_ink(balanced), blue_ink(balanced), contrast(image), [])


def kinds(image: Pixels) -> list[tuple[str, str]]:
    return [(spot.kind, spot.colour) for spot in marks(image)]


def draw_seal(image: Pixels, x: int, y: int, colour: tuple[int, int, int]) -> None:
    cv2.circle(image, (x, y), round(20 * MM), colour, round(1.1 * MM), cv2.LINE_AA)
    cv2.circle(image, (x, y), round(4 * MM), colour, -1, cv2.LINE_AA)
    for k in range(9):
        angle = np.radians(160 + 25 * k)
        corner = (round(x + 15 * MM * np.cos(angle)), round(y + 15 * MM * np.sin(angle)))
        cv2.rectangle(image, corner, (corner[0] + 12, corner[1] + 14), colour, 2)


@pytest.mark.parametrize(("colour", "name"), [(RED, "red"), (BLUE, "blue"), (GREY, "black")])
def test_a_seal_of_any_colour(paper: Pixels, colour: tuple[int, int, int], name: str) -> None:
    draw_seal(paper, 800, 1200, colour)
    (seal,) = [spot for spot in marks(paper) if spot.kind == "seal"]
    assert seal.colour == name
    assert seal.ring is not None
    assert (seal.ring.x, seal.ring.y) == pytest.approx((800, 1200), abs=8)
    assert seal.ring.radius == pytest.approx(20 * MM, rel=0.08)


def test_a_seal_cut_by_the_edge_of_the_page(paper: Pixels) -> None:
    draw_seal(paper, 1185, 700, RED)
    (seal,) = [spot for spot in marks(paper) if spot.kind == "seal"]
    assert seal.rectangle[2] == 1190


def test_a_fingerprint_is_no_seal(paper: Pixels) -> None:
    for radius in range(8, 44, 6):
        cv2.ellipse(paper, (600, 900), (radius * 3 // 4, radius), 0, 0, 360, RED, 3, cv2.LINE_AA)
    assert kinds(paper) == [("fingerprint", "red")]


def test_a_name_seal_is_square(paper: Pixels) -> None:
    cv2.rectangle(paper, (400, 900), (475, 975), RED, 5)
    for x in (418, 448):
        cv2.rectangle(paper, (x, 915), (x + 14, 960), RED, 3)
    assert kinds(paper) == [("name_seal", "red")]


@pytest.mark.parametrize("colour", [RED, BLUE])
def test_a_receipt_stamp_is_a_frame(paper: Pixels, colour: tuple[int, int, int]) -> None:
    cv2.rectangle(paper, (200, 1200), (460, 1330), colour, 4)
    cv2.putText(paper, "2024.05.20", (225, 1280), cv2.FONT_HERSHEY_SIMPLEX, 1.1, colour, 3)
    assert kinds(paper) == [("receipt_stamp", "red" if colour == RED else "blue")]


def test_red_print_and_red_rules_are_no_marks(paper: Pixels) -> None:
    cv2.putText(paper, "RED LETTERHEAD OF AN OFFICE", (150, 200), cv2.FONT_HERSHEY_DUPLEX, 1.6, RED, 4)
    cv2.line(paper, (120, 240), (1070, 240), RED, 4)
    assert kinds(paper) == []


def test_tables_and_print_are_no_black_seals(paper: Pixels) -> None:
    for y in range(200, 1500, 60):
        cv2.line(paper, (100, y), (1090, y), (20, 20, 20), 2)
        cv2.putText(
            paper, "0123456789 abcdefghij ABCDEFG", (120, y + 40), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (20, 20, 20), 2
        )
    assert not [spot for spot in marks(paper) if spot.kind == "seal"]


def test_pen_strokes_that_no_line_covers(paper: Pixels) -> None:
    points = np.array([[500, 800], [520, 770], [545, 815], [570, 765], [600, 820], [640, 780], [660, 812]], np.int32)
    for shift in (0, 14):
        cv2.polylines(paper, [points + shift], False, (30, 30, 60), 5, cv2.LINE_AA)
    (pen,) = marks(paper)
    assert pen.kind == "ink"
    assert pen.rectangle[0] <= 505 and pen.rectangle[2] >= 655


def test_red_is_bleached_and_print_under_it_stays(paper: Pixels) -> None:
    cv2.putText(paper, "2024", (700, 1215), cv2.FONT_HERSHEY_SIMPLEX, 1.5, (25, 25, 25), 4)
    printed = paper.copy()
    stamp = np.full_like(paper, 255)
    draw_seal(stamp, 760, 1200, RED)
    stamped = (paper.astype(np.float32) * stamp / 255).astype(np.uint8)
    balanced = white_balanced(stamped)
    clean = without_red(balanced, red_ink(balanced))
    dark = clean.min(axis=2) < 120
    assert cv2.countNonZero(red_ink(clean)) < 0.02 * cv2.countNonZero(red_ink(balanced))
    assert dark.sum() == pytest.approx((printed.min(axis=2) < 120).sum(), rel=0.15)
    assert np.array_equal(clean[:400], balanced[:400])


def test_yellow_paper_has_no_coloured_ink(paper: Pixels) -> None:
    yellow = np.full_like(paper, (240, 222, 170))
    balanced = white_balanced(yellow)
    assert not red_ink(balanced).any() and not blue_ink(balanced).any()
