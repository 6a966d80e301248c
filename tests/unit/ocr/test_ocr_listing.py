"""Which pages are looked at as tables, and how their rows and columns are found."""

from __future__ import annotations

import numpy as np
import pytest
from drawn_table import GLYPH, LEFT, PITCH, TOP, Table, drawn, turned

from pipeline.ocr import listing
from pipeline.ocr.lines import Strip
from pipeline.ocr.listing import Listing, level, lists

SIZE = 1684, 1190


def strip(text: str, x: int, y: int, width: int = 30) -> Strip:
    return Strip(np.array([[x, y], [x + width, y], [x + width, y + 42], [x, y + 42]], np.float32), text, 0.99)


def table_of(page: Table) -> Listing:
    found = level(page.image, page.strips)
    assert found is not None
    return found


def test_a_catalogue_is_a_table() -> None:
    assert lists(drawn(4).strips, SIZE)


def test_a_table_without_a_title_is_one_by_its_columns_of_numbers() -> None:
    assert lists(drawn(6).strips[1:], SIZE)


def test_the_last_rows_of_a_table_on_a_page_of_their_own() -> None:
    rows = [strip("31", 120, 300), strip("刑事判决书", 190, 300, 150), strip("33-34 35-36", 820, 300, 120)]
    rows += [strip("32", 120, 356), strip("送达回证", 190, 356, 120), strip("37", 820, 356)]
    rows += [strip("33", 120, 412), strip("结案报告", 190, 412, 120), strip("38", 820, 412)]
    assert lists(rows, SIZE)


@pytest.mark.parametrize(
    "strips",
    [
        [strip("正文" * 10, 120, 200 + 50 * n, 800) for n in range(12)],
        [strip(str(n + 1), 120, 200 + 50 * n) for n in range(9)],
        [strip("2", 120, 300), strip("7", 820, 300), strip("5", 120, 400), strip("9", 820, 400)],
        [strip("1", 120, 300), strip("7", 820, 300), strip("2", 120, 400), strip("9", 820, 400)],
        [strip("卷内目录", 480, 150, 200), strip("1", 120, 300), strip("2", 120, 356)],
        [strip("目录", 480, 150, 200), *(strip("1", 10 * n, 300) for n in range(250))],
    ],
    ids=["running text", "numbered paragraphs", "numbers here and there", "a small list", "two numbers", "small print"],
)
def test_no_table(strips: list[Strip]) -> None:
    assert not lists(strips, SIZE)


@pytest.mark.parametrize("skew", [0.0, -1.5, 1.2])
def test_rows_and_columns_are_found_however_askew(skew: float) -> None:
    page = drawn(12, skew=skew)
    table = table_of(page)
    scale = listing.GLYPH / (0.62 * page.strips[1].height)
    assert len(table.rows) == 12
    assert np.diff(table.rows) == pytest.approx([PITCH * scale] * 11, abs=1.5)
    assert len(table.numbers) == 2
    assert len(table.names) == 1


def test_every_column_of_words_is_found() -> None:
    table = table_of(drawn(12, issuer=True))
    assert len(table.names) == 2
    (_, first), (second, _) = table.names
    assert first < second


def test_words_in_few_rows_are_no_column() -> None:
    page = drawn(12)
    page.write(2, "remark", "复印件")
    page.write(7, "remark", "复印件")
    assert len(table_of(page).names) == 1


def test_a_place_in_the_table_and_on_the_page() -> None:
    page = turned(drawn(8), 1.0)
    table = table_of(page)
    box = table.boxes[5]
    assert table.around(table.quad(box)) == pytest.approx(box, abs=0.01)
    assert table.row_of(box) is not None
    assert table.row_of((box[0], box[1] - 400, box[2], box[3] - 400)) is None


def test_the_first_row_is_one_though_its_numbers_were_lost() -> None:
    page = drawn(8)
    lost = page.places[0, "number"][1], page.places[0, "pages"][1]
    assert lost[0] == lost[1] == TOP - GLYPH // 2
    kept = [s for s in page.strips if not (s.text.isdigit() and abs(float(s.quad[:, 1].mean()) - TOP) < 10)]
    assert len(table_of(Table(page.image, kept)).rows) == 8


def test_headings_are_no_row() -> None:
    page = drawn(8)
    page.read((LEFT["title"], TOP - PITCH - 13, LEFT["title"] + 200, TOP - PITCH + 13), "文书名称")
    assert len(table_of(page).rows) == 8


def test_numbers_all_over_the_page_make_no_table() -> None:
    strips = [strip(str(n), 90 * n, 200 + 130 * n) for n in range(1, 9)]
    assert level(np.full((*SIZE, 3), 240, np.uint8), strips) is None
