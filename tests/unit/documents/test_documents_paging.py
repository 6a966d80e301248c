"""The page column in all the ways that people write it."""

from __future__ import annotations

import pytest

from pipeline.documents.paging import is_ditto, joins, read_number, read_span, upright


@pytest.mark.parametrize(
    ("written", "span"),
    [
        ("7", (7, 7)),
        ("007", (7, 7)),
        ("7页", (7, 7)),
        ("第7页", (7, 7)),
        ("P7", (7, 7)),
        ("-7-", (7, 7)),
        ("七", (7, 7)),
        ("第十七页", (17, 17)),
        ("二〇", (20, 20)),
        ("3-5", (3, 5)),
        ("3—5", (3, 5)),
        ("3——5", (3, 5)),
        ("3~5", (3, 5)),
        ("3至5", (3, 5)),
        ("3.5", (3, 5)),
        ("3...5", (3, 5)),
        ("3、5", (3, 5)),
        ("3一5", (3, 5)),
        ("第3页至第5页", (3, 5)),
        ("第3页-第5页", (3, 5)),
        ("三至五", (3, 5)),
        ("十二—十五", (12, 15)),
        ("P3-P5", (3, 5)),
        ("1O-l4", (10, 14)),
        ("113-5", (113, 115)),
        ("t7", (7, 7)),
    ],
)
def test_first_and_last_page(written: str, span: tuple[int, int]) -> None:
    assert read_span(written) == span


@pytest.mark.parametrize("other", ["", "2022.3.5", "2022", "复印件", "20复印件", "共3页", "原件1份", "〃", "传票"])
def test_what_is_no_page(other: str) -> None:
    assert read_span(other) is None


def test_a_range_that_runs_backwards_is_left_as_it_stands() -> None:
    assert read_span("19-12") == (19, 12)


@pytest.mark.parametrize(
    ("written", "number"), [("3", 3), ("3.", 3), ("(三)", 3), ("十二、", 12), ("第3号", 3), ("①", 1)]
)
def test_numbers_of_rows(written: str, number: int) -> None:
    assert read_number(written) == number


def test_a_range_is_no_number_of_a_row() -> None:
    assert read_number("3-5") is None


@pytest.mark.parametrize("mark", ["〃", "″", '"', "同上", "同前", " 〃 "])
def test_ditto(mark: str) -> None:
    assert is_ditto(mark)


def test_a_title_is_no_ditto() -> None:
    assert not is_ditto("同意书")


def test_what_joins_two_cells() -> None:
    assert joins("至")
    assert joins("—")
    assert not joins("1")


def test_strokes_read_as_if_they_lay_on_their_side() -> None:
    assert [upright(text) for text in ("一", "二", "十", "2")] == ["1", "11", "十", "2"]
