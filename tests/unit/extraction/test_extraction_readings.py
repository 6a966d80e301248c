"""Two readings of one date weighed against each other; dates in stamps, over line breaks, in empty slots."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import pytest

from pipeline.casefile import Box, Document, Line, Mark, Page, PageText
from pipeline.extraction.readings import SeenDate, dates_in, placed_rows

LATEST = dt.date(2026, 1, 1)
DAY = dt.date(2021, 8, 3)
PLACE = Box(0.55, 0.7, 0.85, 0.72)


def seen(*lines: Line, marks: tuple[Mark, ...] = ()) -> tuple[SeenDate, ...]:
    page = Page(1, "a.pdf", 1, PageText("scanned", 0, lines, marks))
    return dates_in(placed_rows(Document("d1", "other", "", 1, 1, 1.0), [page]), [page], LATEST)


@pytest.mark.parametrize(
    ("text", "score", "second", "second_score", "value", "certain"),
    [
        ("2021年8月3日", 0.99, None, None, DAY, True),
        ("2021年8月3日", 0.80, None, None, DAY, False),
        ("2021年8月3日", None, None, None, DAY, True),
        ("2021年8月3日", 0.85, "2021年8月3日", 0.80, DAY, True),
        ("2021年8月3日", 0.60, "2021年8月3日", 0.50, DAY, False),
        ("2021年8月3日", 0.99, "2021年8月8日", 0.99, None, False),
        ("2021年8月3日", 0.80, "", 0.0, DAY, False),
        ("年 月 日", 0.99, "2021年8月3日", 0.97, DAY, True),
        ("年 月 日", 0.99, "2021年8月3日", 0.70, DAY, False),
        ("二〇二一年八月三日", 0.97, "二〇二一年八月三日", 0.97, DAY, True),
    ],
)
def test_certain_when_two_readings_agree_or_one_is_beyond_doubt(
    text: str, score: float | None, second: str | None, second_score: float | None, value: dt.date | None, certain: bool
) -> None:
    (date,) = seen(Line(text, PLACE, score, second, second_score))
    assert date.certain is certain
    assert bool(date.doubt) is not certain
    if value is not None:
        assert date.value == value


def test_readings_that_differ_never_make_a_certain_date() -> None:
    for first, second in [("2021年8月3日", "2021年9月3日"), ("2021年8月3日", "2022年8月3日")]:
        (date,) = seen(Line(first, PLACE, 0.99, second, 0.99))
        assert not date.certain
        assert date.doubt == "两次识读不一致"


@pytest.mark.parametrize(
    ("colour", "text", "score", "certain"),
    [
        ("red", "法援中心收文章 2021年8月3日", 0.99, True),
        ("red", "法援中心收文章 2021年8月8日", 0.99, False),
        ("red", "法援中心收文章 2021年8月3日", 0.80, False),
        ("red", "2021年8月3日收文 2021年8月5日转办", 0.99, False),
        ("blue", "法援中心收文章 2021年8月3日", 0.99, False),
    ],
)
def test_a_red_receipt_stamp_read_as_a_whole_upholds_its_date(
    colour: Literal["red", "blue"], text: str, score: float, certain: bool
) -> None:
    """Taking the red away takes the stamp's date away: what the second reading made of the rest is no contradiction."""
    stamp = Mark("receipt_stamp", PLACE.grown(0.05, 0.03), colour, text, score)
    (date,) = seen(Line("2021年8月3日", PLACE, 0.90, "2021年8月9日", 0.86), marks=(stamp,))
    assert (date.value, date.certain) == (DAY, certain)
    assert bool(date.doubt) is not certain


def test_each_of_two_dates_in_a_line_is_weighed_against_its_own_counterpart() -> None:
    first, last = seen(Line("2021年8月3日至2021年8月9日", PLACE, 0.97, "2021年8月3日至2021年8月8日", 0.97))
    assert (first.value, first.certain) == (DAY, True)
    assert not last.certain


def test_the_box_of_a_date_is_its_part_of_the_line() -> None:
    (date,) = seen(Line("会见时间：2021年8月3日", Box(0.1, 0.2, 0.5, 0.22), 0.99))
    assert date.box.x0 > 0.2
    assert date.box.x1 == pytest.approx(0.5)
    assert (date.before, date.after) == ("会见时间：", "")


def test_a_date_of_cells_side_by_side_is_one() -> None:
    cells = [("2021", 0.5), ("年", 0.56), ("8", 0.6), ("月", 0.64), ("3", 0.68), ("日", 0.72)]
    (date,) = seen(*(Line(text, Box(left, 0.7, left + 0.02, 0.72), 0.99) for text, left in cells))
    assert date.value == DAY


def test_a_date_that_a_line_break_cuts() -> None:
    lines = [
        Line("　　马某某与某公司劳动争议一案，经审查，本机构决定自2021年8", Box(0.13, 0.3, 0.87, 0.32), 0.99),
        Line("月3日起给予法律援助，指派你所承办。", Box(0.13, 0.33, 0.6, 0.35), 0.99),
    ]
    assert [date.value for date in seen(*lines) if date.value] == [DAY]


@pytest.mark.parametrize(
    ("day", "certain"), [("1987年8月3日", False), ("2025年12月31日", True), ("2026年3月1日", False)]
)
def test_days_before_1990_and_after_the_run_are_not_certain(day: str, certain: bool) -> None:
    (date,) = seen(Line(day, PLACE, 0.99))
    assert date.certain is certain


def test_a_receipt_stamp_read_as_a_mark_gives_its_date() -> None:
    stamp = Mark("receipt_stamp", Box(0.1, 0.05, 0.3, 0.12), "red", "收文 2021年8月3日", 0.97)
    (date,) = seen(Line("法律援助公函", Box(0.3, 0.1, 0.7, 0.14), 0.99), marks=(stamp,))
    assert (date.value, date.stamped, date.certain) == (DAY, True, True)


def test_a_line_under_a_receipt_stamp_is_stamped() -> None:
    stamp = Mark("receipt_stamp", PLACE.grown(0.02, 0.02), "red", "", 0.9)
    (date,) = seen(Line("2021年8月3日", PLACE, 0.99), marks=(stamp,))
    assert date.stamped


def test_rows_are_numbered_through_all_pages_of_a_document() -> None:
    pages = [
        Page(n, "a.pdf", n, PageText("scanned", 0, (Line("甲", PLACE), Line("乙", Box(0, 0, 1, 0.1))))) for n in (1, 2)
    ]
    rows = placed_rows(Document("d1", "other", "", 1, 2, 1.0), pages)
    assert [(row.page, row.index, row.text) for row in rows] == [(1, 0, "乙"), (1, 1, "甲"), (2, 2, "乙"), (2, 3, "甲")]
