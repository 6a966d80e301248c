"""Time limits by period of the law, and the milder of two where both are in force."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.law.limits import in_force, limits, mildest
from pipeline.law.regimes import regimes


def test_every_limit_is_there_with_its_source() -> None:
    known = {limit.id for limit in limits()}
    assert known == {f"T{number:02}" for number in range(1, 17)}
    for limit in limits():
        assert limit.basis and limit.step
        assert limit.valid_from <= limit.valid_to
        assert limit.unit in {"calendar", "working", "hours", "years"}
        assert limit.owner in {"DAT505", "organ", "none"}
        assert set(limit.regimes) <= {regime.id for regime in regimes()}


def test_only_the_limits_of_agency_and_lawyer_are_held_against_them() -> None:
    assert {limit.id for limit in limits() if limit.owner == "DAT505"} == {"T01", "T02", "T03", "T07", "T13", "T14"}
    assert {limit.id for limit in limits() if limit.owner == "organ"} >= {"T04", "T05", "T06", "T10", "T11", "T12"}


def test_what_is_not_verified_is_marked() -> None:
    assert {limit.id for limit in limits() if limit.status} >= {"T13", "T14", "T08"}


@pytest.mark.parametrize("regime", ["R0", "R1", "R2", "R3"])
@pytest.mark.parametrize(("limit", "entry"), [("T01", "application"), ("T02", "application"), ("T03", "notice")])
def test_every_period_has_the_main_limits(regime: str, limit: str, entry: str) -> None:
    assert in_force(limit, [regime], "criminal", entry)


def test_an_application_has_no_limit_of_a_notice() -> None:
    assert in_force("T03", ["R1"], "criminal", "application") == ()
    assert in_force("T01", ["R1"], "criminal", "notice") == ()


def test_of_two_texts_the_milder_counts() -> None:
    term = mildest(in_force("T02", ["R0"], "criminal", "application"), dt.date(2021, 3, 8))
    assert (term.limit.amount, term.last) == (5, dt.date(2021, 3, 15))
    term = mildest(in_force("T02", ["R0", "R1"], "civil", "application"), dt.date(2021, 12, 30))
    assert term.limit.in_words == "7个工作日"


def test_r3_goes_on_with_r2() -> None:
    for limit in ("T01", "T02", "T03", "T07", "T13", "T14"):
        for entry in ("application", "notice"):
            assert in_force(limit, ["R3"], "civil", entry) == in_force(limit, ["R2"], "civil", entry)


def test_an_unknown_year_leaves_the_end_open() -> None:
    term = mildest(in_force("T01", ["R3"], "civil", "application"), dt.date(2099, 5, 4))
    assert term.last is None
    assert term.limit.id == "T01"


def test_hours_are_not_counted_in_days() -> None:
    hours = next(limit for limit in limits() if limit.unit == "hours")
    with pytest.raises(ValueError, match=hours.id):
        hours.ends(dt.date(2022, 3, 7))
