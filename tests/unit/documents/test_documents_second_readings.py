"""Page numbers that were read in two ways: the reading that counts on is taken, what was written wrong is left."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pages_builder import pages_of
from test_documents_contents import table

from pipeline.casefile import PageText
from pipeline.documents.contents import read_catalogue

PAGES = ["1", "2-4", "5", "6", "7-9", "10"]


def read(at: int, text: str, second: str | None = None) -> tuple[int | None, int | None]:
    """The pages of a row of which the cell was read as `text` and a second time as `second`."""
    rows = [[str(n), "法律援助协议", cell] for n, cell in enumerate(PAGES, 1)]
    rows[at][2] = text
    page = table([0.1, 0.2, 0.75], ["序号", "文书名称", "页次"], *rows)
    row_top = page.lines[4 + 3 * at].box.y0
    lines = tuple(
        replace(line, second=second) if line.text == text and abs(line.box.y0 - row_top) < 0.001 else line
        for line in page.lines
    )
    found = read_catalogue(pages_of(PageText("scanned", 0, lines)))[at]
    return found.first, found.last


@pytest.mark.parametrize(
    ("text", "second", "pages"),
    [
        ("8", "6", (6, 6)),
        ("b", None, (6, 6)),
        ("b", "6", (6, 6)),
        ("6", "8", (6, 6)),
        ("8", None, (8, 8)),
        ("8", "3", (8, 8)),
        ("8", "", (8, 8)),
        ("16", "61", (16, 16)),
        ("x", "6", (6, 6)),
    ],
)
def test_the_reading_that_counts_on_is_taken(text: str, second: str | None, pages: tuple[int, int]) -> None:
    assert read(3, text, second) == pages


def test_a_range_read_short_is_taken_whole() -> None:
    assert read(4, "7", "7-9") == (7, 7)
    assert read(4, "1-9", "7-9") == (7, 9)


def test_a_letter_that_could_be_two_digits_is_neither_if_both_fit() -> None:
    rows = [["1", "申请表", "1"], ["2", "审批表", "2"], ["3", "起诉书", "S"], ["4", "传票", "9"], ["5", "判决书", "10"]]
    page = table([0.1, 0.2, 0.75], ["序号", "文书名称", "页次"], *rows)
    found = read_catalogue(pages_of(page))[2]
    assert (found.first, found.unread) == (None, True)
