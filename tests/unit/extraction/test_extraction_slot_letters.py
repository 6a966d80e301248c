"""Blanks of letters: number, addressee, names inside sentences, the date below the issuer."""

from __future__ import annotations

import base64
from dataclasses import replace

import numpy as np
import pytest
from pages_builder import pages_of

from pipeline.casefile import Box, Document, InkGrid, Line, Mark, Page, PageText, Quality, Slot
from pipeline.extraction.readings import placed_rows
from pipeline.extraction.slots import required_empty, slots_of

TITLE = Box(0.37, 0.09, 0.62, 0.13)
NUMBER = "平援指字〔2024〕第11号"
UNIT = "河南某某律师事务所："
BODY = (
    ("受援人赵某某因追索劳动报酬争议一案，本中心已决定给", 0.18, 0.86),
    ("予法律援助。根据《中华人民共和国法律援助法》第四十三条的规", 0.13, 0.86),
    ("定，现指派你单位罗某某律师承办该案劳动仲裁阶段法律援助事", 0.13, 0.86),
    ("宜，请按照有关规定及时办理。", 0.13, 0.48),
)
CLOSE = (("某县法律援助中心", 0.59, 0.82), ("二〇二四年三月七日", 0.6, 0.82))
Row = tuple[tuple[str, float, float], ...]


def page(
    *, number: str | Row = NUMBER, unit: str = UNIT, body: tuple[Row | tuple[str, float, float], ...] = BODY,
    close: tuple[tuple[str, float, float], ...] = CLOSE, grade: str = "good",
) -> PageText:  # fmt: skip
    """An assignment letter as an engine reads it; "" leaves a line out, a row of parts leaves gaps."""
    lines = [Line("指派通知书", TITLE, 1.0)]

    def put(row: Row, y: float, height: float = 0.026) -> None:
        lines.extend(Line(text, Box(x0, y, x1, y + height), 0.99) for text, x0, x1 in row)

    if number:
        put(((number, 0.6, 0.87),) if isinstance(number, str) else number, 0.158, 0.02)
    if unit:
        put(((unit, 0.13, 0.4),), 0.184)
    for index, row in enumerate(body):
        put(row if isinstance(row[0], tuple) else (row,), 0.221 + 0.036 * index)  # type: ignore[arg-type]
    for index, line in enumerate(close):
        put((line,), 0.47 + 0.036 * index)
    return PageText("scanned", 0, tuple(lines), quality=Quality(grade, 0.95))  # type: ignore[arg-type]


def found(content: PageText, kind: str = "assignment_notice") -> list[Slot]:
    pages: tuple[Page, ...] = pages_of(content)
    document = Document("d1", kind, "指派通知书", 1, 1, 1.0, title_box=TITLE)
    return list(slots_of(document, placed_rows(document, pages), pages))


def empty(content: PageText, kind: str = "assignment_notice") -> list[str]:
    return [slot.kind for slot in required_empty(found(content, kind))]


def ink(*boxes: Box) -> InkGrid:
    bits = np.zeros((180, 128), bool)
    for b in boxes:
        bits[round(b.y0 * 180) : round(b.y1 * 180) + 1, round(b.x0 * 128) : round(b.x1 * 128) + 1] = True
    return InkGrid(128, 180, base64.b64encode(np.packbits(bits).tobytes()).decode("ascii"))


def test_a_letter_in_order_has_nothing_empty() -> None:
    slots = found(page())
    assert {slot.state for slot in slots} == {"filled"}
    assert {"number", "unit"} <= {slot.kind for slot in slots}


@pytest.mark.parametrize(
    "number",
    [
        (("〔2024〕豫0422法援指字第", 0.54, 0.81), ("号", 0.84, 0.87)),
        "平援指字〔2024〕第　号",
        "（　）援指字〔　〕第　号",
        (("某援指字〔", 0.6, 0.7), ("〕第", 0.76, 0.8), ("号", 0.86, 0.88)),
        (("某法援（", 0.6, 0.68), ("）指", 0.75, 0.8), ("号", 0.86, 0.88)),
    ],
)
def test_a_number_line_without_a_number(number: str | Row) -> None:
    assert empty(page(number=number)) == ["number"]


@pytest.mark.parametrize("number", ["平援指字〔2024〕第川号", "编号：平援指2024-11", "（2024）平法援指第一一号", ""])
def test_other_ways_to_number_a_letter_are_in_order(number: str) -> None:
    assert empty(page(number=number)) == []


def test_a_number_nobody_could_read_is_not_missing() -> None:
    row = (("平援指字〔2024〕第", 0.6, 0.78), ("号", 0.85, 0.87))
    text = replace(page(number=row), ink=ink(Box(0.79, 0.158, 0.84, 0.178)))
    assert [slot.state for slot in found(text) if slot.kind == "number"] == ["filled"]


def test_a_colon_alone_addresses_nobody() -> None:
    assert empty(page(unit="：")) == ["unit"]


def test_room_for_an_addressee_whom_the_text_speaks_to() -> None:
    slots = required_empty(found(page(unit="")))
    assert [slot.kind for slot in slots] == ["unit"]
    assert 0.17 < slots[0].box.y0 < slots[0].box.y1 <= 0.222


def test_no_room_or_nobody_spoken_to_or_named_in_the_text_is_no_missing_addressee() -> None:
    near = page(unit="", number=((NUMBER, 0.6, 0.87),))
    lines = tuple(
        replace(line, box=Box(line.box.x0, 0.19, line.box.x1, 0.21)) if line.text == NUMBER else line
        for line in near.lines
    )
    assert empty(replace(near, lines=lines)) == []
    named = (("兹指派河南某某律师事务所罗某某律师为受援人赵某某追索劳动报酬一案", 0.18, 0.86), *BODY[1:])
    assert empty(page(unit="", body=named)) == []
    third = tuple((text.replace("你单位", "本所"), x0, x1) for text, x0, x1 in BODY)
    assert empty(page(unit="", body=third)) == []


def test_ink_where_the_addressee_stands_is_an_addressee_nobody_read() -> None:
    text = replace(page(unit=""), ink=ink(Box(0.14, 0.188, 0.35, 0.208)))
    assert empty(text) == []


@pytest.mark.parametrize(
    ("first", "kind"),
    [
        ((("受援人", 0.17, 0.26), ("因追索劳动报酬争议一案，本中心已决定给", 0.35, 0.86)), "recipient"),
        ((("受援人陈某某因", 0.17, 0.39), ("一案，本中心已决定给予法律援助。", 0.47, 0.87)), "cause"),
        ((("根据法律援助法的规定，现指派你单位", 0.17, 0.55), ("律师承办该案法律援助事宜，", 0.64, 0.87)), "name"),
    ],
)
def test_gaps_inside_a_sentence_are_blanks_of_a_kind(first: Row, kind: str) -> None:
    assert empty(page(body=(first, *BODY[1:]))) == [kind]


def test_a_gap_full_of_ink_is_writing_that_was_not_read() -> None:
    first = (("受援人", 0.17, 0.26), ("因追索劳动报酬争议一案，本中心已决定给", 0.35, 0.86))
    text = replace(page(body=(first, *BODY[1:])), ink=ink(Box(0.27, 0.224, 0.34, 0.244)))
    assert empty(text) == []


def test_labels_side_by_side_are_no_gap_in_a_sentence() -> None:
    body = (*BODY, (("机构联系人：陈某某", 0.18, 0.42), ("联系电话：0375-3354149", 0.45, 0.74)))
    assert empty(page(body=body)) == []


def test_a_blank_that_left_no_gap_between_the_words_is_doubted_until_its_ink_is_seen() -> None:
    line = "受援人因追索劳动报酬争议一案，本中心已决定给"
    text = page(body=((line, 0.18, 0.86), *BODY[1:]))
    assert [slot.state for slot in found(text) if slot.kind == "recipient"] == ["unclear"]
    printed = ink(Box(0.18, 0.225, 0.26, 0.243), Box(0.36, 0.225, 0.86, 0.243))
    assert empty(replace(text, ink=printed)) == ["recipient"]
    whole = ink(Box(0.18, 0.225, 0.86, 0.243))
    assert empty(replace(text, ink=whole)) == []


@pytest.mark.parametrize("date", ["年　月　日", "2024年　月　日", "2024年3月　日"])
def test_a_date_left_open_or_half_open_is_empty(date: str) -> None:
    assert empty(page(close=(CLOSE[0], (date, 0.6, 0.82)))) == ["date"]


def test_a_letter_that_bears_no_date_at_all() -> None:
    assert empty(page(close=CLOSE[:1])) == ["date"]


@pytest.mark.parametrize("date", ["二〇二四年三月七日", "2024.3.7", "二0二四年三日七日", "20 24年3月"])
def test_a_date_read_well_or_badly_is_there(date: str) -> None:
    assert "date" not in empty(page(close=(CLOSE[0], (date, 0.6, 0.82))))


def test_a_date_under_a_seal_that_only_the_second_reading_made_out() -> None:
    content = page(close=(CLOSE[0], ("年月日", 0.6, 0.82)))
    lines = tuple(
        replace(ln, second="2024年3月7日", second_score=0.95) if ln.text == "年月日" else ln for ln in content.lines
    )
    seal = Mark("seal", Box(0.6, 0.45, 0.79, 0.58), "red")
    assert empty(replace(content, lines=lines, marks=(seal,))) == []


def test_a_page_read_badly_accuses_nobody() -> None:
    assert empty(page(unit="", close=CLOSE[:1], grade="poor")) == []
