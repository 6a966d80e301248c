"""Generations of forms: until when each was right, what its patterns know it by, and that the data holds together."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.law.forms import form, forms, superseded

RULES = {"VER901", "VER902"}


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_every_generation_has_its_dates_in_order_and_a_reason() -> None:
    assert len({one.id for one in forms()}) == len(forms())
    for one in forms():
        assert one.valid_from <= one.valid_to <= one.grace_to
        assert one.rule in RULES
        assert one.reason and one.basis
        assert one.title is not None or one.print is not None, "a generation nothing is known by fits every form"


@pytest.mark.parametrize(
    ("form_id", "date", "standing"),
    [
        ("hardship_certificate", "2023-08-31", "current"),
        ("hardship_certificate", "2023-09-01", "grace"),
        ("hardship_certificate", "2023-12-31", "grace"),
        ("hardship_certificate", "2024-01-01", "superseded"),
        ("regulation_of_2003", "2021-12-31", "current"),
        ("regulation_of_2003", "2022-06-30", "grace"),
        ("regulation_of_2003", "2022-07-01", "superseded"),
        ("evaluation_before_2020", "2019-12-31", "current"),
        ("evaluation_before_2020", "2021-06-11", "superseded"),
        ("words_of_2013", "2024-05-31", "grace"),
    ],
)
def test_a_form_stands_by_the_date_it_bears(form_id: str, date: str, standing: str) -> None:
    known = form(form_id)
    assert known is not None
    assert known.standing(day(date)) == standing
    assert (superseded(form_id, day(date)) is not None) == (standing == "superseded")


def test_the_reason_names_both_ends() -> None:
    said = superseded("hardship_certificate", day("2024-08-05"))
    assert said is not None
    assert "2023-08-31" in said
    assert "2023-12-31" in said


def test_no_form_and_an_unknown_one_are_never_superseded() -> None:
    assert superseded("", day("2030-01-01")) is None
    assert superseded("nobody_knows", day("2030-01-01")) is None


@pytest.mark.parametrize(
    ("text", "old"),
    [
        ("根据(法律援助条例)第十七条", True),
        ("根据(中华人民共和国法律援助条例)", True),
        ("依据国务院(法律援助条例)", True),
        ("根据(河南省法律援助条例)第二十二条", False),
        ("依照(郑州市法律援助条例)", False),
        ("根据(中华人民共和国法律援助法)", False),
    ],
)
def test_the_national_regulation_is_told_from_the_provinces_own(text: str, old: bool) -> None:
    known = form("regulation_of_2003")
    assert known is not None
    assert known.print is not None
    assert bool(known.print.search(text)) is old


@pytest.mark.parametrize(
    ("mark", "old"),
    [
        ("(2014年试行)", True),
        ("2016年修订", True),
        ("(试行2012)", True),
        ("2018年版", True),
        ("2021年修订", False),
        ("SF/T0084-2020", False),
        ("2014年3月5日", False),
    ],
)
def test_version_marks_of_evaluation_sheets(mark: str, old: bool) -> None:
    known = form("evaluation_before_2020")
    assert known is not None
    assert known.print is not None
    assert bool(known.print.search(mark)) is old


def test_words_alone_are_for_packs_that_ask_for_them() -> None:
    known = form("words_of_2013")
    assert known is not None
    assert not known.default
