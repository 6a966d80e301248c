"""Rest days, holidays and shifted working days; a year that nobody knows."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.law.working_days import is_working_day, last_day, rolled_over


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2022-10-07", False),  # Friday of the holiday
        ("2022-10-08", True),  # Saturday, worked in its stead
        ("2022-10-09", True),
        ("2022-03-05", False),
        ("2022-03-07", True),
    ],
)
def test_shifted_days_count_as_the_notice_says(day: str, working: bool) -> None:
    assert is_working_day(_day(day)) is working


def test_a_year_that_the_calendar_does_not_know_has_no_answer() -> None:
    assert is_working_day(_day("2099-05-04")) is None
    assert rolled_over(_day("2099-05-04")) is None
    assert last_day(_day("2099-05-04"), 3, working=True) is None
    assert last_day(_day("2099-05-04"), 3, working=False) is None


@pytest.mark.parametrize(
    ("start", "days", "working", "end"),
    [
        ("2022-09-29", 7, False, "2022-10-08"),
        ("2022-03-07", 7, False, "2022-03-14"),
        ("2022-03-05", 7, False, "2022-03-14"),
        ("2021-07-19", 7, True, "2021-07-28"),
        ("2022-09-29", 3, True, "2022-10-09"),
        ("2022-03-07", 0, True, "2022-03-07"),
    ],
)
def test_a_limit_ends_on_a_working_day(start: str, days: int, working: bool, end: str) -> None:
    assert last_day(_day(start), days, working=working) == _day(end)


def test_the_turn_of_a_known_year_to_an_unknown_one() -> None:
    first = next(year for year in range(2020, 2100) if is_working_day(dt.date(year, 5, 4)) is None)
    assert last_day(dt.date(first - 1, 12, 30), 7, working=False) is None
    assert last_day(dt.date(first - 1, 12, 1), 7, working=False) is not None
