"""Two readings that differ: the fuller one, what a mark or a unit misread changes, scraps under seals, days to come."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.casefile import Box, Document, Line, Mark, Page, PageText
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
