"""Days that the calendar lacks and days still to come: said by the paper, or misread."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.casefile import Box, Document, Line, Mark, Misdate, Page, PageText
from pipeline.extraction.date_facts import CaseDates, date_facts
from pipeline.extraction.readings import placed_rows

AS_OF = dt.date(2026, 1, 1)
PLACE = Box(0.6, 0.7, 0.85, 0.72)
TITLE = Line("法律援助指派通知书", Box(0.3, 0.1, 0.7, 0.13), 0.99)
BODY = Line("现指派你所承办该案，请于收到本通知后安排人员办理。", Box(0.13, 0.3, 0.87, 0.32), 0.99)


def understood(*closings: Line, marks: tuple[Mark, ...] = ()) -> CaseDates:
    """What comes of assignment notices that close with these lines, one notice a line."""
    pages, papers = [], []
    for number, closing in enumerate(closings, 1):
        pages.append(Page(number, "a.pdf", number, PageText("scanned", 0, (TITLE, BODY, closing), marks)))
    for page in pages:
        document = Document(f"d{page.number}", "assignment_notice", "", page.number, page.number, 1.0)
        papers.append((document, placed_rows(document, pages)))
    return date_facts(papers, pages, AS_OF)


def odd(text: str, score: float | None = 0.99, second: str | None = None, hand: float = 0.0) -> tuple[Misdate, ...]:
    again = None if second is None else 0.99
    return understood(Line(text, PLACE, score, second, again, hand)).odd


@pytest.mark.parametrize(
    "text", ["2021年2月30日", "二〇二一年二月三十日", "2021年13月5日", "2021年6月31日", "2023.2.29"]
)
def test_a_day_that_the_calendar_lacks_is_said_by_a_paper_read_beyond_doubt(text: str) -> None:
    (date,) = odd(text, second=text)
    assert (date.role, date.document, date.page, date.text) == ("assignment", "d1", 1, text)
    assert (date.reason, date.certain) == ("no_such_day", True)
    assert understood(Line(text, PLACE, 0.99, text, 0.99)).own == ()


def test_it_is_rather_a_misreading_in_a_hand_on_a_worn_line_or_read_another_way() -> None:
    assert [date.certain for date in odd("2021年2月30日", hand=0.6)] == [False]
    assert [date.certain for date in odd("2021年2月30日", score=0.9)] == [False]
    assert not any(date.certain for date in odd("2021年2月30日", second="2021年2月50日"))


def test_what_is_pressed_upon_it_may_have_changed_it() -> None:
    seal = Mark("seal", Box(0.6, 0.65, 0.8, 0.78), "black")
    found = understood(Line("2021年2月30日", PLACE, 0.99), marks=(seal,))
    assert [date.certain for date in found.odd] == [False]


def test_a_second_reading_that_knows_the_day_settles_it() -> None:
    found = understood(Line("2021年2月30日", PLACE, 0.9, "2021年2月20日", 0.98))
    assert found.odd == ()
    assert [str(date.value) for date in found.own] == ["2021-02-20"]


@pytest.mark.parametrize(
    ("text", "score", "certain"),
    [
        ("2026年3月1日", 0.99, False),
        ("2062年3月1日", 0.99, False),
        ("2062年3月1日", None, True),
        ("1921年3月1日", None, True),
    ],
)
def test_days_to_come_are_certain_only_of_digital_text(text: str, score: float | None, certain: bool) -> None:
    (date,) = odd(text, score)
    assert (date.reason, date.certain) == ("to_come", certain)


def test_days_that_can_be_lost_days_and_empty_slots_are_none() -> None:
    for text in ("2021年8月3日", "年 月 日", "2021年8月", "二一年八月", ""):
        assert odd(text) == ()


def test_a_year_to_come_that_another_paper_settles_is_none() -> None:
    found = understood(Line("2029年12月6日", PLACE, 0.98), Line("2024年12月6日", PLACE, 0.99))
    assert found.odd == ()
    assert [(str(date.value), date.certain) for date in found.own] == [("2024-12-06", True)] * 2
