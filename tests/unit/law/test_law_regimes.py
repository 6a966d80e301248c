"""The law in force on a day."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.law.regimes import STARTS, regime_on


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


def test_the_newest_law_stands_first() -> None:
    starts = [start for _, start in STARTS]
    assert starts == sorted(starts, reverse=True)
