"""What the network sees, on pages drawn for the purpose: marks in every state, and what only looks like one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import cv2
import drawn_marks as draw
import numpy as np
import pytest
from drawn_marks import BLACK, BLUE, GREY, MM, RED, Box, Pixels

from pipeline.ocr import mark_net
from pipeline.ocr.colour import colours
from pipeline.ocr.ink import contrast
from pipeline.ocr.mark_net import as_input, look, marks_in, overlap
from pipeline.ocr.marks import Spot, find_marks
from pipeline.ocr.network import OnnxNetwork, Scaling


def marks(page: Pixels) -> list[Spot]:
    seen, dark = colours(page), contrast(page)
    return find_marks(look(seen.red, seen.blue, dark), seen.red, seen.blue, dark, [])


def of_kind(page: Pixels, kind: str) -> list[Spot]:
    return [spot for spot in marks(page) if spot.kind == kind]


def at(spot: Spot, box: Box) -> float:
    return overlap(spot.rectangle, box)


@pytest.mark.parametrize(
    ("colour", "strength"), [(RED, 0.9), (RED, 0.35), ((235, 110, 120), 0.8), (BLUE, 0.9), (GREY, 0.9)]
)
@pytest.mark.parametrize("tall", [1.0, 0.72], ids=["round", "oval"])
def test_seals_over_print(colour: draw.Colour, strength: float, tall: float) -> None:
    page = draw.sheet()
    draw.print_lines(page)
    box = draw.seal(page, 800, 900, colour, tall, strength)
    (seal,) = of_kind(page, "seal")
    assert at(seal, box) > 0.7
    assert seal.colour == {RED: "red", BLUE: "blue", GREY: "black"}.get(colour, "red")


def test_square_seal() -> None:
    page = draw.sheet()
    draw.print_lines(page)
    box = draw.square_seal(page, 700, 1200, RED)
    (seal,) = of_kind(page, "seal")
    assert at(seal, box) > 0.7


@pytest.mark.parametrize("worn", [draw.one_bit, draw.copied])
def test_seals_of_copies(worn: Callable[[Pixels], Pixels]) -> None:
    page = draw.sheet()
    draw.print_lines(page)
    box = draw.seal(page, 780, 1250, BLACK)
    (seal,) = of_kind(worn(page), "seal")
    assert at(seal, box) > 0.7
    assert seal.colour == "black"


def test_two_seals_pressed_into_one_another() -> None:
    page = draw.sheet()
    draw.print_lines(page, last=700)
    boxes = [draw.seal(page, 700, 1150, RED), draw.seal(page, 845, 1195, RED)]
    seals = of_kind(page, "seal")
    assert len(seals) == 2
    assert all(max(at(seal, box) for seal in seals) > 0.6 for box in boxes)


@pytest.mark.parametrize("x", [1190, 0])
def test_half_a_seal_at_the_edge_of_the_page(x: int) -> None:
    page = draw.sheet()
    draw.print_lines(page)
    box = draw.seal(page, x, 800, RED)
    (seal,) = of_kind(page, "seal")
    assert at(seal, box) > 0.6


@pytest.mark.parametrize("colour", [RED, BLACK], ids=["red", "black"])
@pytest.mark.parametrize("how", [{}, {"solid": True}, {"smeared": True}], ids=["ridges", "blot", "smeared"])
def test_thumbs(colour: draw.Colour, how: dict[str, bool]) -> None:
    page = draw.sheet()
    draw.print_lines(page, last=800)
    box = draw.thumb(page, 700, 1100, colour, **how)
    found = [spot for spot in marks(page) if spot.kind in ("fingerprint", "seal", "name_seal")]
    assert [spot.kind for spot in found] == ["fingerprint"]
    assert at(found[0], box) > 0.5
    assert found[0].colour == ("red" if colour == RED else "black")


@pytest.mark.parametrize("worn", [draw.one_bit, draw.copied])
def test_black_thumbs_over_a_name(worn: Callable[[Pixels], Pixels]) -> None:
    page = draw.sheet()
    draw.print_lines(page, last=800)
    draw.signature(page, 640, 1100, BLACK)
    box = draw.thumb(page, 690, 1095, BLACK)
    (spot,) = of_kind(worn(page), "fingerprint")
    assert at(spot, box) > 0.5


def test_seal_over_a_thumb_are_two_marks() -> None:
    page = draw.sheet()
    draw.print_lines(page, last=700)
    seal, thumb = draw.seal(page, 800, 1100, RED), draw.thumb(page, 480, 1120, RED)
    assert [at(spot, seal) > 0.7 for spot in of_kind(page, "seal")] == [True]
    assert [at(spot, thumb) > 0.5 for spot in of_kind(page, "fingerprint")] == [True]


@pytest.mark.parametrize("colour", [BLACK, BLUE], ids=["black", "blue"])
def test_signatures_and_initials(colour: draw.Colour) -> None:
    page = draw.sheet()
    draw.print_lines(page)
    boxes = [draw.signature(page, 700, 1200, colour), draw.signature(page, 1080, 1600, colour, 7, 13, 8)]
    found = of_kind(page, "handwriting")
    assert all(max((at(spot, box) for spot in found), default=0) > 0.5 for box in boxes)
    assert len(found) == 2


NONE: dict[str, Callable[[Pixels], None]] = {
    "print": draw.print_lines,
    "table": draw.table,
    "card": draw.identity_card,
    "photograph": draw.photograph,
    "codes": draw.matrix_code,
    "red headline": draw.red_headline,
    "underlines": draw.underlines,
    "stains": draw.stains,
    "nothing": lambda page: None,
}


@pytest.mark.parametrize("what", NONE)
@pytest.mark.parametrize("worn", [lambda page: page, draw.one_bit], ids=["colour", "one bit"])
def test_what_only_looks_like_a_mark(what: str, worn: Callable[[Pixels], Pixels]) -> None:
    page = draw.sheet()
    NONE[what](page)
    assert [(spot.kind, spot.rectangle) for spot in marks(worn(page)) if spot.kind != "ink"] == []


def test_a_receipt_stamp_is_neither_seal_nor_thumb() -> None:
    page = draw.sheet()
    draw.print_lines(page, first=400)
    cv2.rectangle(page, (700, 120), (1040, 250), RED, 4)
    for y, text in ((175, "RECEIVED"), (225, "2024.05.20")):
        cv2.putText(page, text, (730, y), cv2.FONT_HERSHEY_DUPLEX, 1.2, RED, 3, cv2.LINE_AA)
    assert [spot.kind for spot in marks(page) if spot.kind != "ink"] == ["receipt_stamp"]


def test_onnx_runtime_sees_the_same() -> None:
    page = draw.sheet()
    draw.print_lines(page)
    draw.seal(page, 800, 1200, RED)
    seen, dark = colours(page), contrast(page)
    image, _ = as_input(seen.red, seen.blue, dark)
    other = OnnxNetwork(mark_net.WEIGHTS.with_suffix(".onnx"), Scaling((0.0,) * 3, (1.0,) * 3), 1)  # type: ignore[arg-type]
    answers = [np.asarray(network.run(image)[0]) for network in (mark_net.network(), other)]
    kinds = [
        [(seen.kind, seen.box) for seen in marks_in(answer, 0.4, 1.0, image.shape[1::-1])]  # type: ignore[arg-type]
        for answer in answers
    ]
    assert [kind for kind, _ in kinds[0]] == [kind for kind, _ in kinds[1]] == ["seal"]
    assert overlap(kinds[0][0][1], kinds[1][0][1]) > 0.9


def test_a_page_of_any_shape() -> None:
    wide = partial(np.full, fill_value=250, dtype=np.uint8)
    for shape in ((400, 1600, 3), (2000, 300, 3), (80, 80, 3)):
        assert [spot for spot in marks(wide(shape)) if spot.kind != "ink"] == []


def test_sizes_are_told_for_the_page_whatever_its_pixels() -> None:
    page = draw.sheet()
    box = draw.seal(page, 700, 900, RED)
    small = cv2.resize(page, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    (seal,) = of_kind(np.asarray(small, np.uint8), "seal")
    assert overlap(tuple(2 * side for side in seal.rectangle), box) > 0.7  # type: ignore[arg-type]
    assert box[2] - box[0] == pytest.approx(41 * MM, rel=0.05)
