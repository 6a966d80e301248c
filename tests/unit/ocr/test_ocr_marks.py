"""Seals, prints and stamps drawn shape by shape: what is what, and what is none of them."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.ocr.colour import colours, without_red
from pipeline.ocr.ink import contrast
from pipeline.ocr.lines import Strip
from pipeline.ocr.mark_net import look
from pipeline.ocr.marks import Spot, find_marks

Pixels = NDArray[np.uint8]
RED, BLUE, GREY = (205, 40, 50), (40, 60, 180), (120, 120, 120)
MM = 1684 / 297


@pytest.fixture
def paper() -> Pixels:
    return np.full((1684, 1190, 3), (247, 243, 228), np.uint8)


def marks(image: Pixels) -> list[Spot]:
    return seen_on(image, [])


def seen_on(image: Pixels, lines: list[Strip]) -> list[Spot]:
    seen, dark = colours(image), contrast(image)
    return find_marks(look(seen.red, seen.blue, dark), seen.red, seen.blue, dark, lines)


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
    seen = colours(stamped)
    clean = without_red(seen.balanced, seen.red)
    dark = clean.min(axis=2) < 120
    assert cv2.countNonZero(colours(clean).red) < 0.02 * cv2.countNonZero(seen.red)
    assert dark.sum() == pytest.approx((printed.min(axis=2) < 120).sum(), rel=0.15)
    assert np.array_equal(clean[:400], seen.balanced[:400])


def test_yellow_paper_has_no_coloured_ink(paper: Pixels) -> None:
    yellow = np.full_like(paper, (240, 222, 170))
    seen = colours(yellow)
    assert not seen.red.any() and not seen.blue.any()
    assert (seen.balanced >= 254).all()


def test_bands_of_the_image_leave_no_seams_in_its_colours(paper: Pixels) -> None:
    cv2.line(paper, (300, 100), (700, 1600), RED, 9, cv2.LINE_AA)
    turned = np.ascontiguousarray(paper[::-1])
    assert paper.shape[0] % 128, "bands of the turned image begin elsewhere"
    upright, over = colours(paper), colours(turned)
    assert np.array_equal(upright.balanced, over.balanced[::-1])
    assert np.array_equal(upright.red, over.red[::-1])
    assert upright.red[110:1590].any(axis=1).all()


def test_a_seal_with_a_thick_rim_is_found_on_its_middle(paper: Pixels) -> None:
    cv2.circle(paper, (600, 900), round(19 * MM), GREY, round(2.4 * MM), cv2.LINE_AA)
    (seal,) = [spot for spot in marks(paper) if spot.kind == "seal"]
    assert seal.ring is not None
    assert seal.ring.radius == pytest.approx(19 * MM, rel=0.04)


def test_a_copied_seal_of_which_text_leaves_only_arcs(paper: Pixels) -> None:
    draw_seal(paper, 700, 1000, GREY)
    lines = [
        Strip(np.array([[500, y], [900, y], [900, y + 40], [500, y + 40]], np.float32), "二〇二四年五月二十日", 0.98)
        for y in (910, 970, 1030)
    ]
    spots = seen_on(paper, lines)
    assert [spot.kind for spot in spots if spot.ring is not None] == ["seal"]


def test_a_crowd_of_ink_is_no_seal_and_costs_no_search(paper: Pixels) -> None:
    noise = np.random.default_rng(3).integers(0, 255, (90, 110), np.uint8)
    paper[300:1200, 50:1150] = cv2.resize(noise, (1100, 900), interpolation=cv2.INTER_CUBIC)[..., None]
    assert not [spot for spot in marks(paper) if spot.kind == "seal"]
