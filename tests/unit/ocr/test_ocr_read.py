"""Whole pages through `read_page` with the real engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import cv2
import numpy as np
import pytest

from pipeline.casefile import Box, Line, PageText
from pipeline.config import OcrSettings, load_settings
from pipeline.intake.page import PageImage
from pipeline.ocr.engine import Engine, Image, Quad, make_engine
from pipeline.ocr.read import read_page

Page = Callable[[str], PageImage]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def notice(page: Page, rapid: Engine, settings: OcrSettings) -> PageText:
    return read_page(page("notice"), rapid, settings)


def test_reads_an_upright_page(notice: PageText) -> None:
    assert (notice.kind, notice.rotation, notice.quality.grade) == ("scanned", 0, "good")
    lines = [line.text for line in notice.lines]
    assert lines[:2] == ["青禾县人民法院", "提供法律援助通知书"]
    assert "其本人没有委托辩护人，符合应当通知辩护的情形。根据《中华人" in lines
    assert all(line.score is not None and line.score > 0.8 for line in notice.lines)


def test_boxes_are_fractions_of_the_upright_page(notice: PageText) -> None:
    title = next(line for line in notice.lines if line.text == "提供法律援助通知书")
    assert title.box.overlap(Box(0.30, 0.12, 0.70, 0.155)) > 0.5 * title.box.width * title.box.height
    assert (notice.width, notice.height) == (1120, 1584)


def test_a_date_under_a_seal_is_read_twice(notice: PageText) -> None:
    (date,) = [line for line in notice.lines if "二〇二四年" in line.text]
    assert date.text == date.second == "二〇二四年五月十八日"
    assert date.score is not None and date.score > 0.9


def test_a_name_under_a_fingerprint_is_read_whole(notice: PageText) -> None:
    assert any(line.text.endswith("顾临川") for line in notice.lines)


def test_characters_of_the_seal_are_no_lines(notice: PageText) -> None:
    assert sum("青禾县人民法院" in line.text for line in notice.lines) == 2
    assert len(notice.lines) == 15


def test_finds_seal_stamp_and_fingerprint_and_tells_them_apart(notice: PageText) -> None:
    marks = {mark.kind: mark for mark in notice.marks}
    assert sorted(mark.kind for mark in notice.marks) == ["fingerprint", "handwriting", "receipt_stamp", "seal"]
    assert marks["handwriting"].box.overlap(Box(0.333, 0.735, 0.43, 0.77)) > 0.003, "the name in blue ink"
    assert marks["seal"].colour == "red" and marks["seal"].text == "青禾县人民法院"
    assert marks["receipt_stamp"].colour == "blue" and "2024年05月20日" in marks["receipt_stamp"].text
    assert marks["fingerprint"].box.centre == pytest.approx((0.42, 0.75), abs=0.02)
    assert marks["seal"].box.overlap(Box(0.705, 0.48, 0.9, 0.617)) > 0.02


@pytest.mark.parametrize("clockwise", [90, 180, 270])
def test_turns_pages_that_lie_on_their_side_or_head(
    clockwise: int, page: Page, rapid: Engine, settings: OcrSettings
) -> None:
    lying = np.ascontiguousarray(np.rot90(page("form").pixels, clockwise // 90))  # counter-clockwise
    read = read_page(PageImage(lying), rapid, settings)
    assert read.rotation == clockwise
    assert read.lines[0].text == "法律援助申请表"
    assert read.height > read.width


def test_cells_of_a_row_come_left_to_right_on_a_skewed_scan(page: Page, rapid: Engine, settings: OcrSettings) -> None:
    text = "".join(line.text for line in read_page(page("form"), rapid, settings).lines)
    assert text.startswith("法律援助申请表姓名顾临川性别男民族汉出生日期1988年4月9日文化程度初中职业务农身份证号")


def test_show_through_is_blank(page: Page, rapid: Engine, settings: OcrSettings) -> None:
    read = read_page(page("back"), rapid, settings)
    assert (read.kind, read.lines, read.problems) == ("blank", (), ())


@pytest.mark.parametrize("turned_over", ["sideways", "upwards"])
def test_strong_show_through_is_blank_because_it_reads_mirrored(
    turned_over: str, page: Page, rapid: Engine, settings: OcrSettings
) -> None:
    front = page("notice").pixels
    ink = 255.0 - (front[:, ::-1] if turned_over == "sideways" else front[::-1]).astype(np.float32)
    through = np.clip(250 - cv2.GaussianBlur(ink, (0, 0), 1.0) * 0.3, 0, 255).astype(np.uint8)
    assert read_page(PageImage(through), rapid, settings).kind == "blank"


def test_faint_print_is_not_blank(page: Page, rapid: Engine, settings: OcrSettings) -> None:
    ink = 255.0 - page("notice").pixels.astype(np.float32)
    faint = np.clip(250 - ink * 0.18, 0, 255).astype(np.uint8)
    read = read_page(PageImage(faint), rapid, settings)
    assert read.kind == "scanned"
    assert "提供法律援助通知书" in read.text


def test_an_empty_sheet_is_blank(rapid: Engine, settings: OcrSettings) -> None:
    sheet = np.clip(np.random.default_rng(3).normal(240, 3, (1200, 850, 3)), 0, 255).astype(np.uint8)
    sheet[:, :20] = 15  # the scanner's border
    assert read_page(PageImage(sheet), rapid, settings).kind == "blank"


def test_a_page_of_which_nothing_can_be_read_is_unreadable(page: Page, rapid: Engine, settings: OcrSettings) -> None:
    ink = 255.0 - page("notice").pixels.astype(np.float32)
    lost = 245 - cv2.GaussianBlur(ink, (0, 0), 4.5) * 0.6
    grain = np.random.default_rng(5).normal(0, 9, lost.shape[:2])[..., None]
    read = read_page(PageImage(np.clip(lost + grain, 0, 255).astype(np.uint8)), rapid, settings)
    assert read.kind == "scanned"
    assert read.quality.grade == "unreadable"
    assert "几乎没有能辨认的文字" in read.quality.reasons
    assert [p.code for p in read.problems] == ["P207"]


def _layer(read: PageText, change: Callable[[str], str]) -> tuple[Line, ...]:
    return tuple(Line(change(line.text), line.box.grown(0.005, 0.003)) for line in read.lines)


def test_a_garbage_text_layer_is_replaced(page: Page, rapid: Engine, settings: OcrSettings, notice: PageText) -> None:
    garbage = _layer(notice, lambda text: "".join(chr(33 + ord(c) * 7 % 90) for c in text))
    read = read_page(replace(page("notice"), digital=garbage), rapid, settings)
    assert (read.kind, [p.code for p in read.problems]) == ("scanned", ["P206"])
    assert read.text == notice.text


def test_a_layer_over_a_scan_leaves_the_page_a_scan(
    page: Page, rapid: Engine, settings: OcrSettings, notice: PageText
) -> None:
    read = read_page(replace(page("notice"), digital=_layer(notice, str)), rapid, settings)
    assert (read.kind, read.problems) == ("scanned", ())
    assert read.lines == notice.lines


def test_a_drawn_page_keeps_its_own_text(
    picture: Callable[..., Image], rapid: Engine, settings: OcrSettings, notice: PageText
) -> None:
    digital = _layer(notice, str)
    drawn = picture("notice", 0.0)
    paper = drawn[0, 0]
    drawn[np.abs(drawn.astype(int) - paper).max(axis=2) <= 10] = paper  # no lens has softened its edges
    read = read_page(PageImage(drawn, digital), rapid, settings)
    assert (read.kind, read.lines) == ("digital", digital)
    assert any(mark.kind == "seal" for mark in read.marks)


def test_reading_twice_gives_the_same(page: Page, rapid: Engine, settings: OcrSettings, notice: PageText) -> None:
    assert read_page(page("notice"), rapid, settings) == notice


class _Broken:
    """An engine that fails as engines do: in the middle of a page."""

    name = "broken"
    version = "0"

    def __init__(self, error: BaseException) -> None:
        self.error = error

    def detect(self, image: Image, side: int) -> list[Quad]:
        raise self.error

    def recognise(self, crops: Sequence[Image]) -> list[tuple[str, float]]:
        raise self.error

    def read(self, image: Image, side: int) -> tuple[Line, ...]:
        raise self.error


@pytest.mark.parametrize(
    ("error", "said"), [(MemoryError(), "内存不足"), (RuntimeError("tensor"), "RuntimeError: tensor")]
)
def test_a_broken_engine_costs_the_page_not_the_run(error: Exception, said: str, settings: OcrSettings) -> None:
    read = read_page(PageImage(np.zeros((40, 30, 3), np.uint8)), _Broken(error), settings)
    assert (read.kind, read.width, read.height) == ("failed", 30, 40)
    assert read.problems[0].code == "P205" and said in read.problems[0].message


def test_stopping_the_run_is_not_taken_for_a_broken_page(settings: OcrSettings) -> None:
    with pytest.raises(KeyboardInterrupt):
        read_page(PageImage(np.zeros((40, 30, 3), np.uint8)), _Broken(KeyboardInterrupt()), settings)


def test_the_paddle_engine_reads_a_page_alike(page: Page, notice: PageText) -> None:
    paddle = load_settings(ocr={"engine": "paddle"}).ocr
    read = read_page(page("notice"), make_engine(paddle), paddle)
    assert [line.text for line in read.lines if "二〇二四年" in line.text] == ["二〇二四年五月十八日"]
    assert {mark.kind for mark in read.marks} == {mark.kind for mark in notice.marks}
