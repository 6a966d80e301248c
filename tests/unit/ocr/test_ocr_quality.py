"""The grade of a page: what the image shows, what was read of it, and the reasons an evaluator is given."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from itertools import pairwise

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.casefile import Grade
from pipeline.config import OcrSettings
from pipeline.intake.page import PageImage
from pipeline.ocr import ink
from pipeline.ocr.engine import Engine
from pipeline.ocr.lines import Strip, read_strips
from pipeline.ocr.quality import LOST, UNREAD, confidence, judge, problem_of
from pipeline.ocr.read import read_page
from pipeline.ocr.writing import Writing, look

Pixels = NDArray[np.uint8]
Picture = Callable[..., Pixels]
GRADES: tuple[Grade, ...] = ("good", "fair", "poor", "unreadable")


def grained(pixels: NDArray[np.floating] | Pixels, grain: float = 3.0) -> Pixels:
    noise = np.random.default_rng(11).normal(0, grain, pixels.shape[:2])[..., None]
    return np.clip(pixels.astype(np.float32) + noise, 0, 255).astype(np.uint8)


def blurred(page: Pixels, sigma: float) -> Pixels:
    return grained(cv2.GaussianBlur(page, (0, 0), sigma))


def moved(page: Pixels, length: int) -> Pixels:
    """The page was drawn through the scanner too fast."""
    return grained(cv2.blur(page, (length, 1)))


def faded(page: Pixels, left: float) -> Pixels:
    """Thermal paper in the sun: that part of the ink is left."""
    return grained(245 - (255.0 - page.astype(np.float32)) * left)


def thickened(page: Pixels, by: int) -> Pixels:
    """Copied too dark: strokes grow until they run together."""
    return grained(cv2.erode(page, np.ones((by, by), np.uint8)))


def reduced(page: Pixels, long_side: int) -> Pixels:
    part = long_side / max(page.shape[:2])
    return np.asarray(cv2.resize(page, None, fx=part, fy=part, interpolation=cv2.INTER_AREA), np.uint8)


def ruled(dark: int = 60) -> Pixels:
    """A sheet of ruled paper on which nothing is written."""
    sheet = np.full((1584, 1120, 3), 250, np.uint8)
    for y in range(200, 1450, 45):
        cv2.line(sheet, (110, y), (1010, y - 8), (dark, dark, dark), 2)
    return grained(sheet)


def photograph(seed: int = 4, soft: float = 14.0) -> Pixels:
    """Two photographs glued to a sheet: patches of every darkness, no row of anything."""
    rough = np.random.default_rng(seed).uniform(0, 255, (500, 800)).astype(np.float32)
    smooth = cv2.GaussianBlur(rough, (0, 0), soft)
    shades = cv2.normalize(smooth, None, 10, 240, cv2.NORM_MINMAX)[..., None].repeat(3, axis=2)
    sheet = np.full((1584, 1120, 3), 246, np.float32)
    sheet[150:650, 160:960] = shades
    sheet[850:1350, 160:960] = shades[::-1]
    return grained(sheet)


def seen(page: Pixels) -> Writing:
    return look(ink.contrast(page))


def strips(*read: tuple[str, float], high: int = 30, slope: float = 0.0) -> list[Strip]:
    """Strips one below the other, each as long as its text."""
    made = []
    for row, (text, score) in enumerate(read):
        left, top, length = 100, 100 + 2 * high * row, high * max(1, len(text))
        quad = [[left, top], [left + length, top + slope * length]]
        quad += [[left + length, top + slope * length + high], [left, top + high]]
        made.append(Strip(np.array(quad, np.float32), text, score))
    return made


def graded(page: Pixels, read: Sequence[Strip]) -> tuple[Grade, tuple[str, ...]]:
    contrast = ink.contrast(page)
    quality = judge(ink.measure(contrast), read, contrast=contrast)
    return quality.grade, quality.reasons


# What the image shows


def test_rows_tell_how_much_there_is_to_read(picture: Picture) -> None:
    """About 200 characters stand on the page in rows (the rest in stamps and a letterhead)."""
    page = picture("notice")
    assert 150 < seen(page).characters < 260
    assert seen(page).characters == pytest.approx(seen(faded(page, 0.7)).characters, rel=0.2)
    assert seen(page).characters == pytest.approx(seen(blurred(page, 1.5)).characters, rel=0.2)


@pytest.mark.parametrize(
    ("spoil", "levels", "measure"),
    [
        (blurred, (0.6, 1.5, 2.5, 3.5), "sharpness"),
        (moved, (3, 7, 13, 21), "sharpness"),
        (faded, (0.9, 0.6, 0.4, 0.25), "darkness"),
    ],
)
def test_a_measure_falls_as_the_page_gets_worse(
    picture: Picture, spoil: Callable[..., Pixels], levels: tuple[float, ...], measure: str
) -> None:
    values = [getattr(seen(spoil(picture("notice"), level)), measure) for level in levels]
    assert all(one > other for one, other in pairwise(values)), values


def test_strokes_that_run_together_fill_their_rows(picture: Picture) -> None:
    values = [seen(thickened(picture("notice"), by)).solidity for by in (1, 3, 5, 7)]
    assert all(one < other for one, other in pairwise(values)), values


def test_ruled_paper_and_photographs_carry_no_writing() -> None:
    assert seen(ruled()).characters < 3
    assert seen(ruled()).ink < 0.001 < ink.measure(ink.contrast(ruled())).clear
    assert max(seen(photograph(seed, soft)).characters for seed in (4, 5) for soft in (4, 8, 14, 25)) < 25


def test_an_empty_sheet_is_measured_too() -> None:
    assert seen(grained(np.full((900, 640, 3), 240, np.uint8))) == Writing(0.0, 0.0, 0.0, 0.0, 0.0)
    assert seen(np.zeros((40, 30, 3), np.uint8)).characters == 0


# The grade by what was read


def test_what_was_read_surely_is_good_whatever_the_image_looks_like(picture: Picture) -> None:
    lines = strips(*[("本院审理的被告人故意伤害一案符合通知辩护的情形", 0.98)] * 14)
    for page in (picture("notice"), faded(picture("notice"), 0.3), blurred(picture("notice"), 2)):
        assert graded(page, lines) == ("good", ())


@pytest.mark.parametrize(
    ("scores", "grade", "share"),
    [((0.95, 0.99), "good", None), ((0.97, 0.78), "fair", "约 50% "), ((0.9, 0.7, 0.7, 0.7), "poor", "约 75% ")],
)
def test_the_share_of_low_score_text_is_told(
    picture: Picture, scores: tuple[float, ...], grade: Grade, share: str | None
) -> None:
    lines = strips(*[("提供法律援助通知书提供法律援助通知书提供法律援助通知书", score) for score in scores] * 4)
    found, reasons = graded(picture("notice"), lines)
    assert found == grade
    assert [reason for reason in reasons if "识别把握低" in reason] == ([f"{share}的文字识别把握低"] if share else [])


def test_skew_grain_and_low_resolution_are_reasons(picture: Picture) -> None:
    low = [("提供法律援助通知书提供法律援助", 0.8)] * 12
    assert "页面倾斜" in graded(picture("notice"), strips(*low, slope=0.08))[1]
    assert "分辨率低" in graded(picture("notice"), strips(*low, high=11))[1]
    assert "扫描颗粒重" in graded(picture("notice", 18.0), strips(*low))[1]
    plain = graded(picture("notice"), strips(*low))[1]
    assert not {"页面倾斜", "分辨率低", "扫描颗粒重"} & set(plain)


# Unreadable, and what is not


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda page: blurred(page, 3.0), "字迹模糊"),
        (lambda page: moved(page, 17), "字迹模糊"),
        (lambda page: faded(page, 0.3), "墨迹浅淡"),
        (lambda page: thickened(page, 9), "笔画粘连"),
    ],
)
def test_a_spoilt_page_of_which_little_was_read_is_unreadable(
    picture: Picture, spoil: Callable[[Pixels], Pixels], reason: str
) -> None:
    page = spoil(picture("notice"))
    for read in ([], strips(("提供法律援助通知书", 0.95)), strips(*[("损供洁律援肋", 0.45)] * 12)):
        grade, reasons = graded(page, read)
        assert grade == "unreadable"
        assert {reason, LOST} <= set(reasons)


def test_a_hand_that_the_engine_cannot_read_is_poor_on_a_good_image(picture: Picture) -> None:
    """A person reads it: the headings were read, the rows under them only badly."""
    lines = strips(("会见笔录", 0.99), ("时间地点会见人记录人", 0.95), *[("扰当时圣家中没青出门", 0.55)] * 14)
    assert graded(picture("notice"), lines)[0] == "poor"


def test_half_a_page_is_not_unreadable(picture: Picture) -> None:
    page = picture("notice")
    page[page.shape[0] // 2 :] = blurred(page, 6.0)[page.shape[0] // 2 :]
    lines = strips(*[("本院审理的被告人故意伤害一案符合通知辩护", 0.98)] * 5)
    assert graded(page, lines)[0] != "unreadable"


@pytest.mark.parametrize("read", [[], [("身份证", 0.9)], [("一", 0.4), ("口", 0.3)]])
def test_a_picture_is_not_unreadable(read: list[tuple[str, float]]) -> None:
    for page in (photograph(), photograph(5, 8.0), blurred(photograph(), 4.0)):
        assert graded(page, strips(*read))[0] != "unreadable"


def test_a_signature_on_ruled_paper_is_not_unreadable(picture: Picture) -> None:
    """Grey rules are ink of which nothing is to be read; the few words are all there is."""
    page = ruled(150)
    page[100:190, 600:1000] = np.minimum(page[100:190, 600:1000], picture("notice")[300:390, 150:550])
    assert graded(page, strips(("阅卷人(签名)", 0.99)))[0] == "good"


def test_writing_that_was_passed_over_is_told(picture: Picture) -> None:
    grade, reasons = graded(picture("notice"), strips(("提供法律援助通知书符合应当通知辩护的", 0.9)))
    assert (grade, "部分字迹没有读出" in reasons) == ("poor", True)


def test_an_engine_that_reads_nothing_on_a_page_full_of_writing_is_told_as_such(picture: Picture) -> None:
    contrast = ink.contrast(picture("notice"))
    quality = judge(ink.measure(contrast), [], contrast=contrast)
    assert (quality.grade, quality.confidence, quality.reasons) == ("unreadable", 0.0, (UNREAD,))
    told = problem_of(quality)
    assert told is not None and told.code == "P211"


def test_a_problem_is_told_of_unreadable_pages_only(picture: Picture) -> None:
    lost = ink.contrast(blurred(picture("notice"), 4.0))
    told = problem_of(judge(ink.measure(lost), [], contrast=lost))
    assert told is not None and told.code == "P207"
    page = ink.contrast(photograph())
    assert problem_of(judge(ink.measure(page), [], contrast=page)) is None


def test_without_the_image_the_ink_speaks_alone(picture: Picture) -> None:
    faint = ink.measure(ink.contrast(faded(picture("notice"), 0.3)))
    assert judge(faint, []).grade == "unreadable"
    assert judge(faint, strips(*[("本院审理的被告人故意伤害一案", 0.98)] * 12)).grade == "good"
    assert judge(ink.measure(ink.contrast(picture("notice"))), []).grade == "poor"


def test_judging_a_page_costs_little(picture: Picture) -> None:
    """A few milliseconds where there is doubt, nearly nothing where there is none."""
    contrast = ink.contrast(picture("notice"))
    stains, sure = ink.measure(contrast), strips(*[("本院审理的被告人故意伤害一案符合通知辩护", 0.98)] * 14)

    def cost(read: Sequence[Strip]) -> float:
        times = []
        for _ in range(5):
            start = time.process_time()
            judge(stains, read, contrast=contrast)
            times.append(time.process_time() - start)
        return min(times)

    assert cost([]) < 0.03
    assert cost(sure) < 0.002


# With the real engine


@pytest.mark.slow
@pytest.mark.parametrize(
    ("spoil", "levels"),
    [(blurred, (1.0, 2.2, 3.2, 5.0)), (moved, (3, 7, 13, 21)), (thickened, (1, 5, 9, 13)), (reduced, (1400, 500, 330))],
)
def test_the_grade_falls_as_a_page_gets_worse(
    picture: Picture, rapid: Engine, spoil: Callable[..., Pixels], levels: tuple[float, ...]
) -> None:
    grades = []
    for level in levels:
        page = spoil(picture("notice"), level)
        read = read_strips(rapid, page, 960)
        grades.append(GRADES.index(graded(page, read)[0]))
    assert grades == sorted(grades), [GRADES[g] for g in grades]
    assert GRADES[grades[0]] == "good"
    assert GRADES[grades[-1]] != "good"


@pytest.mark.slow
def test_faded_paper_that_reads_is_not_called_bad(picture: Picture, rapid: Engine, settings: OcrSettings) -> None:
    for left in (0.5, 0.25):
        read = read_page(PageImage(faded(picture("notice"), left)), rapid, settings)
        assert read.quality.grade in ("good", "fair")
        assert confidence(read_strips(rapid, faded(picture("notice"), left), 960)) > 0.85
