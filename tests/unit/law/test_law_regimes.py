"""The law in force on a day."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest

from pipeline.law.regimes import regime_on, regimes, regimes_on


@pytest.mark.parametrize(
    ("day", "regime"),
    [
        ("1999-01-01", "R0"),
        ("2021-12-31", "R0"),
        ("2022-01-01", "R1"),
        ("2023-08-31", "R1"),
        ("2023-09-01", "R2"),
        ("2025-12-31", "R2"),
        ("2026-01-01", "R3"),
        ("2040-01-01", "R3"),
    ],
)
def test_the_regime_changes_on_the_first_day_of_the_new_law(day: str, regime: str) -> None:
    assert regime_on(dt.date.fromisoformat(day)) == regime


def test_every_day_has_a_regime() -> None:
    assert regime_on(dt.date.min) == "R0"
    assert regime_on(dt.date.max) == "R3"


def test_the_periods_follow_each_other_without_a_gap() -> None:
    known = regimes()
    assert [one.id for one in known] == ["R0", "R1", "R2", "R3"]
    for before, after in pairwise(known):
        assert after.valid_from - before.valid_to == dt.timedelta(days=1)


def test_a_file_that_straddles_two_periods_has_both() -> None:
    assert regimes_on([dt.date(2022, 1, 3), dt.date(2021, 12, 30)]) == ("R0", "R1")


def test_what_is_not_verified_says_so() -> None:
    assert [one.id for one in regimes() if "待核" in one.status] == ["R3"]
    assert regimes()[1].in_words == "2022-01-01 至 2023-08-31"
