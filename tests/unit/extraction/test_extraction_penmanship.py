"""Printed names told from written ones, and characters placed on the page."""

from __future__ import annotations

import pytest

from pipeline.casefile import Box, Document, Line, Mark, Page, PageText
from pipeline.extraction.letters import page_pitch, spelled
from pipeline.extraction.penmanship import SURE, bends_more, written
from pipeline.extraction.readings import placed_rows
from pipeline.extraction.signatures import signatures_of

EM = 0.024
"""Width of a printed character of the pages below."""


def line(
    text: str, x0: float, y0: float, hand: float, *, em: float = EM, height: float = 0.024, score: float = 0.99
) -> Line:
    return Line(text, Box(x0, y0, x0 + em * len(text) + 0.4 * height, y0 + height), score, hand=hand)


def statement(close: Line, *, worn: float = 0.01) -> list[Line]:
    body = [
        line("被告人自愿认罪认罚，已经赔偿被害人的损失并取得谅解书，", 0.13, 0.2 + 0.03 * i, worn) for i in range(8)
    ]
    return [line("辩护词", 0.42, 0.1, worn, em=0.04, height=0.035), *body, close, line("2023年7月10日", 0.6, 0.6, 0.0)]


def mixed(name_em: float, hand: float, *, height: float = 0.024, score: float = 0.99) -> Line:
    """ "辩护人：" in print with a name of three characters, each `name_em` wide, behind it."""
    width = 4 * EM + 3 * name_em + 0.4 * height
    return Line("辩护人：邓一山", Box(0.55, 0.55, 0.55 + width, 0.55 + height), score, hand=hand)


def state(close: Line, *marks: Mark, worn: float = 0.01, kind: str = "defence_statement") -> tuple[str, str | None]:
    page = Page(1, "a", 1, PageText("scanned", lines=tuple(statement(close, worn=worn)), marks=marks))
    document = Document("d1", kind, "", 1, 1, 1.0)
    (found,) = signatures_of(document, placed_rows(document, [page]), [page])
    return found.state, found.mark


def test_a_printed_name_leaves_a_statement_unsigned() -> None:
    assert state(mixed(EM * 1.05, 0.02)) == ("blank", None)


def test_a_written_name_signs_it() -> None:
    assert state(mixed(EM * 1.4, 0.7, height=0.032)) == ("signed", "handwriting")


def test_a_wide_hand_is_told_on_a_worn_page_whose_print_looks_bent() -> None:
    assert state(mixed(EM * 1.6, 0.5, height=0.03), worn=0.7) == ("signed", "handwriting")
    assert state(mixed(EM * 1.05, 0.7), worn=0.7)[0] == "blank"


def test_what_lies_between_is_nobodys_guess() -> None:
    assert state(mixed(EM * 1.25, 0.25, height=0.027)) == ("unclear", None)


@pytest.mark.parametrize(
    ("kind", "mark"), [("name_seal", "name_seal"), ("fingerprint", "fingerprint"), ("ink", "handwriting")]
)
def test_a_mark_beside_a_printed_name_signs(kind: str, mark: str) -> None:
    beside = Mark(kind, Box(0.73, 0.545, 0.77, 0.575), "red")  # type: ignore[arg-type]
    assert state(mixed(EM * 1.05, 0.02), beside) == ("signed", mark)


def test_a_firms_seal_over_the_name_signs_nothing() -> None:
    seal = Mark("seal", Box(0.6, 0.5, 0.78, 0.63), "red", "青川律师事务所")
    assert state(mixed(EM * 1.05, 0.02), seal) == ("blank", None)


def test_on_a_form_that_anybody_fills_in_a_name_is_a_signature() -> None:
    close = Line("被告知人：邓一山", Box(0.55, 0.55, 0.75, 0.574), 0.99, hand=0.0)
    assert state(close, kind="recipient_rights_notice") == ("signed", "handwriting")


def test_typed_text_of_a_digital_page_is_never_writing() -> None:
    close = Line("辩护人：邓一山", Box(0.55, 0.55, 0.8, 0.59), None)
    assert state(close) == ("blank", None)
    typed = Line("受援人签名：邓一山", Box(0.5, 0.55, 0.8, 0.59), None)
    assert state(typed, kind="recipient_rights_notice") == ("unclear", None)


def test_a_scrawl_that_no_letter_was_read_of_shows_in_a_line_too_long_for_its_print() -> None:
    long = Line("受援人签名：", Box(0.5, 0.55, 0.82, 0.58), 0.97, hand=0.6)
    assert state(long, kind="recipient_rights_notice") == ("signed", "handwriting")
    faint = Line("受援人签名：", Box(0.5, 0.55, 0.82, 0.58), 0.97, hand=0.05)
    assert state(faint, kind="recipient_rights_notice") == ("unclear", None)
    short = Line("受援人签名：", Box(0.5, 0.55, 0.5 + 6.4 * EM, 0.574), 0.97, hand=0.6)
    assert state(short, kind="recipient_rights_notice") == ("blank", None)


def test_doubtful_reading_speaks_for_writing() -> None:
    lines = statement(mixed(EM * 1.2, 0.2))
    box = Box(0.66, 0.55, 0.66 + 3 * EM * 1.2, 0.574)
    sure, doubtful = (written("邓一山", box, mixed(EM * 1.2, 0.2, score=score), lines, EM) for score in (0.99, 0.5))
    assert sure < 1 - SURE < SURE < doubtful


def test_bends_are_told_against_the_pages_own_print() -> None:
    lines = statement(mixed(EM, 0.5), worn=0.4)
    assert not bends_more(mixed(EM, 0.5), lines)
    assert bends_more(mixed(EM, 0.9), lines)
    assert not bends_more(Line("x", Box(0, 0, 1, 1), 0.9), lines)


def test_the_pitch_of_a_page_is_that_of_its_running_text() -> None:
    assert page_pitch(statement(mixed(EM * 1.5, 0.9))) == pytest.approx(EM, rel=0.02)
    assert page_pitch([]) == 0.0


def test_a_name_stands_where_the_print_before_it_ends() -> None:
    close = mixed(EM * 1.5, 0.9)
    row = spelled([close], EM)
    box = row.box(4, 7, [(0, 4)])
    assert box.x0 == pytest.approx(0.55 + 0.2 * 0.024 + 4 * EM, abs=0.002)
    assert box.x1 == pytest.approx(close.box.x1 - 0.2 * 0.024, abs=0.002)


def test_spaces_are_dropped_and_the_gaps_of_the_layout_kept() -> None:
    row = spelled([line("审 判 长　吕某", 0.13, 0.5, 0.1), line("（签字）", 0.6, 0.5, 0.1)], EM)
    assert row.text == "审判长吕某(签字)"
    assert [letter.char for letter in row.letters if letter.breaks] == ["吕", "("]
