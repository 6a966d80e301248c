"""What damage leaves of a date, laid beside the date."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.text.date_likeness import in_numerals, is_rest_of, likeness

NOVEMBER = dt.date(2023, 11, 20)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (dt.date(2021, 3, 12), "二〇二一年三月十二日"),
        (dt.date(2020, 10, 20), "二〇二〇年十月二十日"),
        (dt.date(2019, 12, 31), "二〇一九年十二月三十一日"),
        (dt.date(2022, 1, 1), "二〇二二年一月一日"),
    ],
)
def test_as_written(value: dt.date, written: str) -> None:
    assert in_numerals(value) == written


@pytest.mark.parametrize(
    "raw",
    [
        "二〇二三年十一月二十日",
        "二零二三年十一月二十日",
        "二O二三年十一月廿日",
        "2023年11月20日",
        "2023年Ⅱ月20日",
        "2023.11.20",
    ],
)
def test_every_way_of_writing_it_costs_nothing(raw: str) -> None:
    assert likeness(raw, NOVEMBER).cost == 0
    assert likeness(raw, NOVEMBER).kept == 1


def test_two_digits_for_small_months_and_days() -> None:
    assert likeness("2023年01月05日", dt.date(2023, 1, 5)).cost == 0


@pytest.mark.parametrize(
    ("raw", "near", "far"),
    [
        ("三年十一月二十日", "2023-11-20", "2023-12-02"),
        ("二〇二三年十一月十日", "2023-11-10", "2023-11-20"),
        ("二百二三六十二一日", "2023-12-01", "2023-11-20"),
        ("2024年1月4日", "2024-11-04", "2024-07-28"),
    ],
)
def test_the_nearer_date_costs_less(raw: str, near: str, far: str) -> None:
    assert likeness(raw, dt.date.fromisoformat(near)).cost < likeness(raw, dt.date.fromisoformat(far)).cost


def test_a_lost_thin_stroke_costs_less_than_another_digit() -> None:
    lost, other = likeness("二〇二三年十一月十日", NOVEMBER), likeness("二〇二三年十一月五十日", NOVEMBER)
    assert lost.cost < other.cost


def test_other_words_are_nothing_like_it() -> None:
    assert likeness("公安局石渡分", NOVEMBER).kept == 0


@pytest.mark.parametrize(
    ("read", "whole", "rest"),
    [
        ("八月二日", "八月二十日", True),
        ("月日", "八月二十日", True),
        ("八月二十日", "八月二十日", False),
        ("八月三日", "八月二十日", False),
    ],
)
def test_what_is_left(read: str, whole: str, rest: bool) -> None:
    assert is_rest_of(read, whole) is rest
