"""docs/dates.md says which ways to write a date are read and which are left out: the code does both."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipeline.text.dates import find_dates

PAGE = (Path(__file__).parents[3] / "docs" / "dates.md").read_text("utf-8")


def rows(heading: str) -> list[tuple[str, ...]]:
    """The cells of the table under a heading, without its own head."""
    part = PAGE.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in part.splitlines() if line.startswith("|")]
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines[2:]]


READ = [(cells[0], dt.date.fromisoformat(cells[1])) for cells in rows("Read")]
LEFT_OUT = [(cells[0], cells[1]) for cells in rows("Left out")]


def test_both_tables_are_there() -> None:
    assert len(READ) >= 12
    assert len(LEFT_OUT) >= 12
    assert all(len(why) > 5 for _, why in LEFT_OUT)


@pytest.mark.parametrize(("written", "value"), READ)
def test_what_is_listed_as_read_is_read(written: str, value: dt.date) -> None:
    assert [found.value for found in find_dates(written)] == [value]


@pytest.mark.parametrize(("written", "why"), LEFT_OUT)
def test_what_is_listed_as_left_out_gets_no_value(written: str, why: str) -> None:
    """… and where the page says that its place is kept, it is, under the form that is named."""
    found = find_dates(f"本院于{written}收到。")
    assert [date.value for date in found if date.value is not None] == []
    if "place is kept" in why:
        assert len(found) == 1
        form = why.split("(`")[1].split("`)")[0] if "(`" in why else found[0].form
        assert found[0].form == form
        assert found[0].complete == ("complete" in why)
