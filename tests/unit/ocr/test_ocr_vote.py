"""Votes among readings of one date."""

from __future__ import annotations

import pytest

from pipeline.ocr.second import has_numbers
from pipeline.ocr.vote import elect, looks_like_date, whole_date


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


@pytest.mark.parametrize(("text", "wanted"), [("（2024）豫0899刑初57号", True), ("十八日", True), ("审判长", False)])
def test_lines_that_deserve_a_second_reading(text: str, wanted: bool) -> None:
    assert has_numbers(text) is wanted


def test_the_majority_leads_and_is_confirmed() -> None:
    first, second = elect(
        [("二二四年五月十八日", 0.99), ("二〇二四年五月十八日", 0.95), ("二○二四年五月十八日", 0.93)]
    ) or (("", 0), ("", 0))
    assert first == ("二〇二四年五月十八日", 0.95)
    assert second == ("二○二四年五月十八日", 0.93)


def test_a_strong_minority_is_kept_as_the_second_reading() -> None:
    readings = [("2021年3月12日", 0.99), ("2021年3月12日", 0.98), ("2022年3月12日", 0.99)]
    outcome = elect(readings)
    assert outcome is not None
    assert [text for text, _ in outcome] == ["2021年3月12日", "2022年3月12日"]


def test_a_lone_reading_is_not_confirmed() -> None:
    assert elect([("2021年3月12日", 0.8), ("2021年3月日", 0.9)]) == (("2021年3月12日", 0.8), ("", 0.0))


def test_without_any_whole_date_nothing_is_elected() -> None:
    assert elect([("三月十日", 0.9), ("", 0.0)]) is None
