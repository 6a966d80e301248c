"""Dates of one case weighed together: what another paper may settle, and what it may not."""

import datetime as dt
from dataclasses import replace

import pytest

from pipeline.casefile import Box, Line
from pipeline.documents.rows import Row
from pipeline.extraction.corroborate import corroborate
from pipeline.extraction.misreadings import SHORTENED
from pipeline.extraction.readings import PlacedRow, SeenDate
from pipeline.extraction.tellings import Telling
from pipeline.text.date_likeness import in_numerals as written
from pipeline.text.told import Told

BOX = Box(0.5, 0.7, 0.8, 0.73)
PLACE = PlacedRow(1, Row((Line("x", BOX, 1.0),)), 0)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def seen(value: str | None, *, certain: bool = True, raw: str = "", others: tuple[str, ...] = (), score: float = 0.99):
    moment = day(value) if value else None
    return SeenDate(
        moment,
        certain,
        raw or (written(moment) if moment else ""),
        PLACE,
        BOX,
        "",
        "",
        "numerals",
        others=tuple(map(day, others)),
        score=score,
    )


def settle(doubtful: SeenDate, *elsewhere: str, role: str = "assignment", same_paper: bool = False) -> SeenDate:
    """The doubtful date of document d1 after the other papers' certain dates were heard."""
    others = [("d1" if same_paper else "d2", seen(value)) for value in elsewhere]
    played = corroborate([("d1", role, doubtful)], [("d1", doubtful), *others])
    return played[0][2]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2021-03-12", "二〇二一年三月十二日"),
        ("2020-10-10", "二〇二〇年十月十日"),
        ("2022-12-30", "二〇二二年十二月三十日"),
        ("2023-01-01", "二〇二三年一月一日"),
    ],
)
def test_written(value: str, text: str) -> None:
    assert written(day(value)) == text


def test_two_readings_that_disagree_are_settled_by_another_paper() -> None:
    date = settle(seen("2022-03-12", certain=False, others=("2021-03-12",)), "2021-03-12", "2021-05-06")
    assert (date.value, date.certain) == (day("2021-03-12"), True)


def test_another_place_of_the_same_paper_settles_nothing() -> None:
    date = settle(seen("2022-03-12", certain=False, others=("2021-03-12",)), "2021-03-12", same_paper=True)
    assert not date.certain


def test_both_readings_borne_out_stay_in_doubt() -> None:
    date = settle(seen("2022-03-12", certain=False, others=("2021-03-12",)), "2021-03-12", "2022-03-12")
    assert not date.certain


def test_a_date_of_which_the_year_was_lost_is_taken_from_another_paper() -> None:
    date = settle(seen(None, certain=False, raw="一年月二十五日"), "2021-01-25", "2021-02-26")
    assert (date.value, date.certain) == (day("2021-01-25"), True)


def test_a_day_that_was_read_is_never_turned_into_another() -> None:
    """三月十日 is a part of the letters of 三月十二日, and another day."""
    date = settle(seen(None, certain=False, raw="二一年三月十日"), "2021-03-12")
    assert date.value is None


def test_a_lost_zero_is_supplied_where_the_file_is_of_that_year() -> None:
    doubtful = seen("2024-04-05", certain=False, raw="二二四年四月五日")
    assert settle(doubtful, "2024-03-29", "2024-06-20").certain
    assert not settle(doubtful, "2023-03-29", "2023-06-20").certain
    assert not settle(
        seen("2024-04-05", certain=False, raw="二二四年四月五日", score=0.8), "2024-03-29", "2024-06-20"
    ).certain


def test_what_was_misread_otherwise_is_not_supplied() -> None:
    assert not settle(seen("2024-04-05", certain=False, raw="二〇二四年四月日"), "2024-03-29", "2024-06-20").certain


def course(odd: SeenDate, role: str, *, elsewhere: tuple[str, ...] = ()) -> SeenDate:
    """A date among the usual dates of an aid from 2022-11-14 on."""
    usual = {
        "application": "2022-11-14",
        "approval": "2022-11-16",
        "assignment": "2022-11-17",
        "agreement": "2022-11-21",
    }
    played = [(f"d{i}", name, seen(value)) for i, (name, value) in enumerate(usual.items(), 2)]
    everything = [(document, date) for document, _, date in played] + [("d9", seen(value)) for value in elsewhere]
    return corroborate([*played, ("d1", role, odd)], everything)[-1][2]


def test_a_lost_stroke_puts_a_date_in_doubt() -> None:
    assert not course(seen("2022-01-22"), "recipient_notice").certain  # 11 read as 1


def test_the_stroke_is_given_back_where_another_paper_bears_the_date() -> None:
    date = course(seen("2022-01-22"), "recipient_notice", elsewhere=("2022-11-22",))
    assert (date.value, date.certain) == (day("2022-11-22"), True)


def test_a_date_that_is_really_early_stays_certain() -> None:
    """A fault of months must stay one: no lost stroke leads from July to November."""
    assert course(seen("2022-07-20"), "interview").certain


def test_a_closing_before_the_beginning_is_doubted_only_where_a_stroke_explains_it() -> None:
    assert not course(seen("2022-01-30"), "closing").certain
    assert not course(seen("2022-09-10"), "closing").certain  # 2023 read as 2022
    assert course(seen("2021-07-10"), "closing").certain
    assert course(seen("2023-02-10"), "closing").certain


def shortened(value: str) -> SeenDate:
    """A date under a black seal whose line has room for more than was read."""
    return replace(seen(value, certain=False), doubt=SHORTENED)


def tell(value: str, role: str = "detention", *, certain: bool = True) -> Telling:
    told = Told(role, day(value), 0, 0, value)
    return Telling("d9", "indictment", told, 1, BOX, certain)


def told(doubtful: SeenDate, *tellings: Telling, role: str = "detention") -> tuple[str, bool]:
    date = corroborate([("d1", role, doubtful)], [("d1", doubtful)], tellings)[0][2]
    return str(date.value), date.certain


def test_strokes_that_a_seal_took_are_supplied_by_what_the_papers_tell() -> None:
    assert told(shortened("2023-02-09"), tell("2023-12-09")) == ("2023-12-09", True)
    assert told(shortened("2025-04-11"), tell("2025-04-21")) == ("2025-04-21", True)
    assert told(shortened("2023-02-09"), tell("2023-02-11"))[1] is False
    assert told(shortened("2023-02-09"), tell("2023-12-09", certain=False))[1] is False
    assert told(shortened("2023-02-09"), tell("2023-12-09", "arrest"))[1] is False


def test_another_paper_that_bears_the_shortened_day_settles_nothing() -> None:
    assert settle(shortened("2025-04-11"), "2025-04-11").certain is False


def test_a_day_read_with_certainty_that_the_papers_tell_with_a_stroke_more() -> None:
    assert told(seen("2023-02-09"), tell("2023-12-09")) == ("2023-12-09", False)
    assert told(seen("2023-02-09"), tell("2023-12-09"), tell("2023-02-09")) == ("2023-02-09", True)
    assert told(seen("2023-02-09"), tell("2023-12-19"), tell("2023-12-09")) == ("2023-02-09", False)
    # Told otherwise, but no loss explains it: a fault in the file must stay one.
    assert told(seen("2023-02-09"), tell("2023-03-09")) == ("2023-02-09", True)


def misread_year(raw: str, *meant: str) -> SeenDate:
    return replace(seen(None, certain=False, raw=raw, others=meant, score=0.96), doubt="日期不合理")


def test_a_year_to_come_is_settled_by_the_one_paper_that_bears_the_day() -> None:
    settled = settle(misread_year("2029年12月6日", "2024-12-06"), "2024-12-06", role="closing")
    assert (settled.value, settled.certain) == (day("2024-12-06"), True)
    assert settle(misread_year("2029年12月6日", "2024-12-06"), "2024-12-05", role="closing").value is None


def test_a_year_to_come_is_guessed_from_the_course_and_stays_in_doubt() -> None:
    begun = ("d2", "assignment", seen("2024-09-10"))
    closed = ("d1", "closing_report", misread_year("2029年12月20日", "2024-12-20"))
    settled = corroborate([begun, closed], [(document, date) for document, _, date in (begun, closed)])[1][2]
    assert (settled.value, settled.certain) == (day("2024-12-20"), False)


def two(first: str, second: str) -> SeenDate:
    """A place that was read twice, one day and another."""
    return replace(seen(first, certain=False, others=(second,)), raws=(written(day(first)), written(day(second))))


def test_days_close_together_are_not_settled_by_another_papers_day() -> None:
    assert settle(two("2024-09-18", "2024-09-13"), "2024-09-18").certain is False
    # Far apart, or one the rest of the other: no chance brings such a day into another paper.
    assert settle(two("2024-03-13", "2024-09-13"), "2024-09-13").certain is True
    assert settle(two("2024-05-11", "2024-05-01"), "2024-05-11").certain is True
    assert settle(two("2024-08-10", "2024-08-12"), "2024-08-12").certain is True


def test_a_day_whose_end_is_gone_is_not_settled_by_another_papers_day() -> None:
    assert settle(seen(None, certain=False, raw="二〇二二年三月十"), "2022-03-10").certain is False
    assert settle(seen(None, certain=False, raw="二〇二二年三月"), "2022-03-10").certain is False
    assert settle(seen(None, certain=False, raw="二二年三月十日"), "2022-03-10").certain is True


@pytest.mark.parametrize("raw", ["2024年", "二〇二三年", "二〇二三年十一月", "二〇"])
def test_scraps_without_a_day_are_any_day(raw: str) -> None:
    scraps = seen(None, certain=False, raw=raw)
    date = corroborate([("d1", "detention", scraps)], [("d1", scraps)], [tell("2023-11-20")])[0][2]
    assert date.certain is False
