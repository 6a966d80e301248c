"""Lines → rows of text."""

from pipeline.casefile import Box, Line
from pipeline.summary.rows import page_text, rows


def line(text: str, x0: float, y0: float, x1: float, y1: float) -> Line:
    return Line(text, Box(x0, y0, x1, y1), 0.9)


def test_label_and_value_on_one_row_are_joined_from_left_to_right():
    told = page_text(
        [line("王某", 0.3, 0.201, 0.4, 0.221), line("受援人", 0.1, 0.2, 0.2, 0.22), line("案由", 0.1, 0.3, 0.2, 0.32)]
    )
    assert told == "受援人 王某\n案由"


def test_close_rows_stay_apart():
    assert page_text([line("第一行", 0.1, 0.10, 0.9, 0.12), line("第二行", 0.1, 0.115, 0.9, 0.135)]) == "第一行\n第二行"


def test_a_skewed_row_stays_one_row():
    pieces = [line(str(i), 0.1 * i, 0.5 + 0.004 * i, 0.1 * i + 0.09, 0.52 + 0.004 * i) for i in range(8)]
    assert page_text(pieces) == "0 1 2 3 4 5 6 7"


def test_a_label_beside_two_lines_joins_neither_twice():
    told = rows(
        [line("理由", 0.05, 0.21, 0.15, 0.23), line("上", 0.2, 0.2, 0.9, 0.22), line("下", 0.2, 0.222, 0.9, 0.242)]
    )
    assert sorted(x.text for row in told for x in row) == ["上", "下", "理由"]
    assert [x.text for row in told for x in row if x.text in "上下"] == ["上", "下"]


def test_a_tall_stamp_is_no_part_of_a_row():
    told = page_text([line("左", 0.1, 0.4, 0.3, 0.42), line("印", 0.5, 0.3, 0.6, 0.5), line("右", 0.7, 0.4, 0.8, 0.42)])
    assert "左 右" in told


def test_empty_pages_and_lines():
    assert page_text([]) == ""
    assert page_text([line("  ", 0.1, 0.1, 0.2, 0.2), line("零高", 0.1, 0.5, 0.2, 0.5)]) == "零高"
