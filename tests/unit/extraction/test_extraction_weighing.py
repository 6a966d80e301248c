"""Two readings that differ: the fuller one, what a mark or a unit misread changes, scraps under seals, days to come."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Literal

import pytest

from pipeline.casefile import Box, Document, Line, Mark, Page, PageText
from pipeline.extraction.misreadings import SHORTENED
from pipeline.extraction.placing import slice_of, tightened
from pipeline.extraction.readings import SeenDate, dates_in, placed_rows

LATEST = dt.date(2026, 1, 1)
PLACE = Box(0.55, 0.7, 0.85, 0.72)
SEAL = Mark("seal", Box(0.6, 0.65, 0.8, 0.78), "black")


def seen(*lines: Line, marks: tuple[Mark, ...] = ()) -> tuple[SeenDate, ...]:
    page = Page(1, "a.pdf", 1, PageText("scanned", 0, lines, marks, width=1240, height=1754))
    return dates_in(placed_rows(Document("d1", "other", "", 1, 1, 1.0), [page]), [page], LATEST)


@pytest.mark.parametrize(
    ("first", "score", "second", "second_score", "day", "certain"),
    [
        # One reading lost a character that the other has: the fuller one stands.
        ("二〇二四年八月二十日", 0.90, "二〇二四年八月二日", 0.89, "2024-08-20", True),
        ("二〇二四年八月二日", 0.90, "二〇二四年八月二十日", 0.89, "2024-08-20", True),
        ("二〇二四年八月二日", 0.90, "二〇二四年八月二十日", 0.60, "2024-08-02", False),
        # A thin stroke may as well be the edge of a seal or of a cell.
        ("二〇二四年八月二十日", 0.90, "二〇二四年八月二十一日", 0.89, "2024-08-21", False),
        ("2024年1月4日", 0.90, "2024年11月4日", 0.88, "2024-11-04", False),
        # Of two like strokes one is dropped in reading, however sure; where the strokes were counted, two stand there.
        ("2021年8月1日", 0.99, "2021年8月11日", 0.50, "2021-08-11", False),
        ("2021年1月8日", 0.99, "2021年11月8日", 0.50, "2021-11-08", False),
        ("2021年8月1日", 0.99, "2021年8月10日", 0.50, "2021-08-01", False),
        ("2021年8月12日", 0.99, "2021年8月112日", 0.50, "2021-08-12", True),
        # Two characters at once are no small loss.
        ("二〇二四年八月二十三日", 0.90, "二〇二四年八月二日", 0.92, "2024-08-23", False),
        ("2024年6月25日", 0.90, "2024年6月28日", 0.89, "2024-06-25", False),
    ],
)
def test_the_fuller_of_two_readings(
    first: str, score: float, second: str, second_score: float, day: str, certain: bool
) -> None:
    (date,) = seen(Line(first, PLACE, score, second, second_score))
    assert (str(date.value), date.certain) == (day, certain)


@pytest.mark.parametrize(
    ("text", "day", "certain"),
    [
        ("时间：2022年5月25目10时30分", "2022-05-25", True),
        ("2022午5月25日", "2022-05-25", True),
        ("阅卷时间：2021年.3月24日", "2021-03-24", True),
        # The mark may be what is left of a digit: 12月.
        ("阅卷时间：2021年.2月24日", "2021-02-24", False),
        ("2021年3月2.日", "2021-03-02", False),
        ("2021年3月2l日", "2021-03-21", False),
    ],
)
def test_a_misread_unit_leaves_the_day_as_it_is(text: str, day: str, certain: bool) -> None:
    (date,) = seen(Line(text, Box(0.1, 0.2, 0.6, 0.22), 0.98))
    assert (str(date.value), date.certain) == (day, certain)


def test_a_year_to_come_is_a_misreading() -> None:
    (date,) = seen(Line("二〇三四年四月九日", PLACE, 0.99))
    assert (date.value, date.certain) == (None, False)


def test_a_birth_long_ago_is_none() -> None:
    (date,) = seen(Line("出生日期：1952年4月9日", PLACE, 0.99))
    assert (str(date.value), date.certain) == ("1952-04-09", True)


def test_another_age_is_a_misreading() -> None:
    (date,) = seen(Line("日期：1952年4月9日", PLACE, 0.99))
    assert date.value is None


@pytest.mark.parametrize("scrap", ["三年十二十日", "五十二月六", "二百二三六十二一日"])
def test_scraps_of_a_date_under_a_seal_are_a_place_without_a_day(scrap: str) -> None:
    (date,) = seen(Line(scrap, PLACE, 0.8), marks=(SEAL,))
    assert (date.value, date.certain, date.raw) == (None, False, scrap)


@pytest.mark.parametrize("text", ["东河县公安局", "0019", "第二十一条", "局石渡分局", "心"])
def test_other_scraps_under_a_seal_are_none(text: str) -> None:
    assert seen(Line(text, PLACE, 0.8), marks=(SEAL,)) == ()


def test_scraps_without_a_seal_are_nothing() -> None:
    assert seen(Line("五十二月六", PLACE, 0.8)) == ()


def test_digits_are_half_as_wide_as_characters() -> None:
    line = Line("审批意见同意2022.8.3", Box(0.1, 0.2, 0.7, 0.22), 0.99)
    box = slice_of(line, 6, len(line.text))
    assert box.x0 == pytest.approx(0.1 + 0.6 * 6 / 10)
    assert box.x1 == pytest.approx(0.7)


def test_a_slanted_lines_box_is_cut_to_its_characters_height() -> None:
    page = PageText("scanned", width=1240, height=1754)
    tall = Box(0.5, 0.40, 0.7, 0.46)
    box = tightened(tall, "二〇二一年八月三日", page)
    assert box.height < 0.03
    assert (box.y0 + box.y1) / 2 == pytest.approx(0.43)
    level = Box(0.5, 0.40, 0.7, 0.42)
    assert tightened(level, "二〇二一年八月三日", page) == level


@pytest.mark.parametrize(
    ("first", "second", "day", "certain"),
    [
        # Only one of two readings has come yet, and one numeral tells them apart.
        ("二〇二二年十一月二十三日", "二〇三二年十一月二十三日", "2022-11-23", True),
        ("2029年9月10日", "2024年9月10日", "2024-09-10", True),
        # More than one numeral apart: nothing says that the rest was read.
        ("2029年9月1日", "2024年9月4日", "2024-09-04", False),
        ("二二二年十一月二十三日", "二〇三二年十一月二十三日", "2022-11-23", False),
        # Both are days that have come.
        ("2022年9月10日", "2024年9月10日", "2022-09-10", False),
    ],
)
def test_of_two_readings_the_one_that_can_be(first: str, second: str, day: str, certain: bool) -> None:
    (date,) = seen(Line(first, PLACE, 0.95, second, 0.94))
    assert (str(date.value), date.certain) == (day, certain)


BODY = Line("根据《中华人民共和国刑事诉讼法》第八十二条之规定，决定对", Box(0.15, 0.2, 0.15 + 28 * 0.024, 0.21), 0.99)
BODIES = (BODY, replace(BODY, box=Box(0.15, 0.23, BODY.box.x1, 0.24)))
PITCH = (BODY.box.width - 2 * 0.2 * 0.01) / 28


def closing_line(read: str, written: int, second: str | None = None) -> Line:
    """A date of so many characters as written, at the pitch of the page's print."""
    return Line(read, Box(0.55, 0.7, 0.55 + written * PITCH + 0.004, 0.71), 0.96, second, 0.96)


@pytest.mark.parametrize(
    ("read", "written", "colour", "certain"),
    [
        ("二〇二三年二月九日", 10, "black", False),  # 十二月
        ("二〇二五年四月十一日", 11, "black", False),  # 二十一日
        ("二〇二三年二月九日", 9, "black", True),
        ("二〇二五年四月二十一日", 11, "black", True),
        # Of a red seal the second reading is free.
        ("二〇二三年二月九日", 10, "red", True),
        # Digits are narrower than characters: nothing can be told.
        ("2023年2月9日", 10, "black", True),
    ],
)
def test_a_line_longer_than_what_was_read_under_a_black_seal(
    read: str, written: int, colour: Literal["black", "red"], certain: bool
) -> None:
    seal = Mark("seal", Box(0.6, 0.65, 0.8, 0.78), colour)
    (date,) = seen(*BODIES, closing_line(read, written, read), marks=(seal,))
    assert date.certain is certain
    assert (date.doubt == SHORTENED) is not certain


def test_the_fuller_of_two_readings_fits_its_line() -> None:
    line = closing_line("二〇二四年八月二日", 10, "二〇二四年八月二十日")
    (date,) = seen(*BODIES, line, marks=(SEAL,))
    assert (str(date.value), date.certain) == ("2024-08-20", True)


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("2029年12月6日", ["2024-12-06"]),
        ("二〇三三年十一月八日", ["2013-11-08", "2023-11-08"]),
        ("2099年3月1日", []),
    ],
)
def test_what_a_day_to_come_was_misread_from(read: str, meant: list[str]) -> None:
    (date,) = seen(Line(read, PLACE, 0.97, read, 0.97))
    assert (date.value, date.certain) == (None, False)
    assert [str(value) for value in date.others] == meant


def test_what_a_digital_page_says_is_no_misreading() -> None:
    (date,) = seen(Line("2029年12月6日", PLACE, None))
    assert (date.value, date.others) == (None, ())


def test_zeros_of_western_dates_are_digits_like_others() -> None:
    """Only Chinese numerals lose their thin 〇: 20 is no 26 that lost a stroke."""
    (date,) = seen(Line("2024年2月26日", PLACE, 0.9, "2024年2月20日", 0.88))
    assert (date.certain, date.doubt) == (False, "两次识读不一致")
