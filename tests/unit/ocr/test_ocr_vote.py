"""Votes among readings of one date."""

from __future__ import annotations

import pytest

from pipeline.ocr.second import has_numbers
from pipeline.ocr.vote import Vote, elect, looks_like_date, settled, whole_date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("二○二四年五月十八日", "二〇二四年五月十八日"),
        ("二O二四年 五月 十八日", "二〇二四年五月十八日"),
        ("签收：2022 年 3 月 14 日", "2022年3月14日"),
        ("2010年10月20日", "2010年10月20日"),
        ("一九九八年十二月三十一日", "一九九八年十二月三十一日"),
        ("二二四年五月十八日", None),
        ("二〇二四年六月二千三日", None),
        ("2217年3月1日", None),
        ("五月十八日", None),
    ],
)
def test_whole_dates(text: str, date: str | None) -> None:
    assert whole_date(text) == date


@pytest.mark.parametrize("text", ["二一年三月十日", "二〇二〇年十一十九日", "一年月二十五日", "2022年3月14日"])
def test_remains_of_a_date_look_like_one(text: str) -> None:
    assert looks_like_date(text)


@pytest.mark.parametrize("text", ["被告人于2020年1月4日凌晨与他人发生冲突", "审判长 吕文涛", "第十二条", "12"])
def test_other_lines_do_not(text: str) -> None:
    assert not looks_like_date(text)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("二C二三年一月三日", "二〇二三年一月三日"),
        ("二つ二四年八月十二日", "二〇二四年八月十二日"),
        ("二C三年一月三日", None),
    ],
)
def test_a_zero_cut_by_a_rim_is_still_a_zero(text: str, date: str | None) -> None:
    assert whole_date(text) == date


@pytest.mark.parametrize(
    "text", ["二〇二五年一月一十六日", "二〇二五年十三月一日", "二〇二五年一月四十日", "2025年1月32日"]
)
def test_what_nobody_writes_is_no_date(text: str) -> None:
    assert whole_date(text) is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("（2024）豫0899刑初57号", True),
        ("十八日", True),
        ("年  月  日", True),
        ("二〇二", True),
        ("2024.5.27", True),
        ("110101199003070011", True),
        ("9时00分至11:10", True),
        ("退赔4380元", True),
        ("审判长", False),
        ("0017", False),
        ("19-20", False),
        ("第十二条", False),
        ("判处有期徒刑三年", False),
        ("联系电话：0375-2799819", False),
    ],
)
def test_lines_that_deserve_a_second_reading(text: str, wanted: bool) -> None:
    assert has_numbers(text) is wanted


def votes(*read: tuple[str, str, float]) -> list[Vote]:
    return [Vote(*one) for one in read]


def test_readings_made_in_two_ways_confirm_each_other() -> None:
    outcome = elect(votes(("pale", "二〇二四年五月十八日", 0.99), ("grey", "二○二四年五月十八日", 0.97)))
    assert outcome == (("二〇二四年五月十八日", 0.99), ("二○二四年五月十八日", 0.97))


def test_readings_made_in_one_way_do_not() -> None:
    outcome = elect(votes(("pale", "二〇二四年五月十八日", 0.99), ("pale", "二〇二四年五月十八日", 0.98)))
    assert outcome == (("二〇二四年五月十八日", 0.9), ("", 0.0))


def test_another_date_read_well_is_kept_as_the_second_reading() -> None:
    outcome = elect(
        votes(
            ("pale", "2024年9月13日", 0.947),
            ("grey", "2024年3月13日", 0.997),
            ("palest", "2024年3月13日", 0.991),
            ("strong", "2024年3月13日", 0.958),
        )
    )
    assert outcome == (("2024年3月13日", 0.9), ("2024年9月13日", 0.89))  # the leading one keeps the higher score


def test_damaged_readings_speak_against_a_day() -> None:
    outcome = elect(
        votes(
            ("raw", "二〇四年四月二九日", 0.96),
            ("mild", "二〇二四年四月十九日", 0.98),
            ("strong", "二〇二四年四月十九日", 0.95),
            ("raw", "二〇四年四月二九日", 0.97),
        )
    )
    assert outcome == (("二〇二四年四月十九日", 0.9), ("", 0.0))


def test_readings_that_lost_only_the_zero_confirm_the_whole_one() -> None:
    outcome = elect(votes(("pale", "二二二年四月十八日", 1.0), ("strong", "二〇二二年四月十八日", 0.97)))
    assert outcome == (("二〇二二年四月十八日", 0.97), ("二二二年四月十八日", 1.0))


def test_a_lone_reading_is_not_confirmed() -> None:
    outcome = elect(votes(("raw", "2021年3月12日", 0.99), ("cleaned", "2021年3月日", 0.9)))
    assert outcome == (("2021年3月12日", 0.9), ("", 0.0))


def test_without_any_whole_date_nothing_is_elected() -> None:
    assert elect(votes(("raw", "三月十日", 0.9), ("cleaned", "", 0.0))) is None


@pytest.mark.parametrize(
    ("read", "enough"),
    [
        ([("a", "2021年3月12日", 0.99), ("b", "2021年3月12日", 0.98)], True),
        ([("a", "2021年3月12日", 0.99), ("b", "2021年3月12日", 0.91)], False),
        ([("a", "2021年3月12日", 0.99), ("b", "2021年3月17日", 0.98)], False),
        ([("a", "年3月12日", 0.99), ("b", "年3月12日", 0.98)], False),
    ],
)
def test_no_more_readings_once_the_first_agree(read: list[tuple[str, str, float]], enough: bool) -> None:
    assert settled(votes(*read)) is enough
