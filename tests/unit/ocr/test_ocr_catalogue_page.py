"""The closer look at a page that lists things: what it adds to the strips, which marks it leaves, what it lets be."""

from __future__ import annotations

import numpy as np
import pytest
from drawn_table import LEFT, PITCH, TOP, Pixels, Table, drawn, turned
from test_ocr_cells import Reader

from pipeline.casefile import Mark
from pipeline.ocr.catalogue_page import look_closer
from pipeline.ocr.colour import colours, without_red
from pipeline.ocr.lines import Strip
from pipeline.ocr.marks import Spot


def look(page: Table, reader: Reader, spots: list[Spot] | None = None) -> tuple[list[Strip], list[Mark]]:
    seen = colours(page.image)
    clean = without_red(page.image, seen.red)
    return look_closer(reader, page.image, clean, seen.red, page.strips, spots or [])


def texts(strips: list[Strip], row: int, column: str) -> list[str]:
    """What was read in a cell, from left to right."""
    found = [
        s
        for s in strips
        if abs(float(s.quad[:, 1].mean()) - (TOP + row * PITCH)) < 20
        and LEFT[column] - 30 < float(s.quad[:, 0].mean()) < LEFT[column] + 330
    ]
    return [s.text for s in sorted(found, key=lambda s: float(s.quad[0, 0]))]


def test_any_other_page_comes_back_as_it_is() -> None:
    image: Pixels = np.full((1684, 1190, 3), 240, np.uint8)
    strip = Strip(np.array([[100, 100], [900, 100], [900, 140], [100, 140]], np.float32), "正文", 0.99)
    reader = Reader(("7", 0.9))
    found = look(Table(image, [strip]), reader)
    assert found == ([strip], [])
    assert not reader.shown


def test_a_table_in_order_has_its_numbers_read_twice_and_no_marks() -> None:
    page = drawn(6, pages=["1", "2", "3", "4", "5", "6"])
    strips, marks = look(page, Reader(("8", 0.7)))
    again = [s for s in strips if s.second == "8"]
    assert [s.text for s in again] == ["1", "2", "3", "4", "5", "6"]
    assert marks == []


def test_a_number_read_as_letters_takes_the_second_reading() -> None:
    page = drawn(6, pages=["1", "2", "3", "4", "5", "6"])
    place = page.places[3, "pages"]
    page.strips = [s for s in page.strips if not (s.text == "4" and s.quad[0, 0] > 700)]
    page.read(place, "Y", 0.6)
    strips, _ = look(page, Reader(("4", 0.9)))
    assert texts(strips, 3, "pages") == ["4"]


@pytest.mark.parametrize("skew", [0.0, 1.0])
def test_what_was_written_behind_a_stroke_is_read_by_itself(skew: float) -> None:
    page = drawn(8)
    place = page.places[4, "title"]
    page.strips = [s for s in page.strips if not _at(s, place)]
    page.write(4, "title", "传票送达", at=place[2] - place[0] + 12, lost=True)
    page.read((place[0], place[1], place[2] + 124, place[3]), "申请表传票送达", 0.7)
    page.strike(4, "title", start=0.0, end=1.0)
    page = turned(page, skew) if skew else page
    behind: list[tuple[str, float]] = [("9", 0.9)] * 8 + [("审批表", 0.8), ("传票送达", 0.95)]
    strips, marks = look(page, Reader(*behind))
    assert [(m.kind, m.text) for m in marks] == [("struck", "审批表")]
    struck, behind_it = sorted((s for s in strips if s.text in ("审批表", "传票送达")), key=lambda s: s.quad[0, 0])
    assert (struck.text, behind_it.text) == ("审批表", "传票送达")
    assert struck.quad[1, 0] <= behind_it.quad[0, 0] + 2
    assert not any("申请表传票" in s.text for s in strips)


def _at(strip: Strip, place: tuple[int, int, int, int]) -> bool:
    return bool(abs(strip.quad[0, 0] - place[0]) < 10 and abs(strip.quad[0, 1] - place[1]) < 20)


def test_a_correction_that_reads_as_nothing_leaves_the_strip_whole() -> None:
    page = drawn(8)
    place = page.places[4, "title"]
    page.strips = [s for s in page.strips if not _at(s, place)]
    page.write(4, "title", "传票送达", at=place[2] - place[0] + 12, lost=True)
    page.read((place[0], place[1], place[2] + 124, place[3]), "申请表传票送达", 0.7)
    page.strike(4, "title", start=0.0, end=1.0)
    strips, marks = look(page, Reader(*[("9", 0.9)] * 8, ("", 0.0)))
    assert texts(strips, 4, "title") == ["申请表传票送达"]
    assert [(m.kind, m.text) for m in marks] == [("struck", "")]


def test_a_small_thumb_on_a_correction_is_a_fingerprint() -> None:
    page = drawn(8)
    page.strike(3, "title")
    right = page.places[3, "title"][2]
    page.thumb(right + 40, TOP + 3 * PITCH)
    _, marks = look(page, Reader(("9", 0.9)))
    assert sorted(m.kind for m in marks) == ["fingerprint", "struck"]


def test_red_ink_that_is_beside_no_correction_is_none() -> None:
    page = drawn(8)
    page.thumb(LEFT["remark"] + 40, TOP + 3 * PITCH)
    assert look(page, Reader(("9", 0.9)))[1] == []


def test_ink_that_nobody_could_read_is_marked() -> None:
    page = drawn(8)
    page.strips = [s for s in page.strips if not _at(s, page.places[5, "title"])]
    _, marks = look(page, Reader(*[("9", 0.9)] * 8, ("", 0.1)))
    assert [m.kind for m in marks] == ["ink"]
