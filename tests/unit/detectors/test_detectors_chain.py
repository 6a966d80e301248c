"""Which dates of a case stand on either side of an order."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from detector_cases import Paper, case_of

from pipeline.casefile import DateFact
from pipeline.detectors.chain import (
    at_the_window,
    by_other_hands,
    earlier_assignment,
    earlier_judgments,
    hearings,
    judgments,
    services,
    settled,
)
from pipeline.detectors.view import CaseView


def _days(dates: tuple[DateFact, ...]) -> list[str]:
    return [date.value.isoformat() for date in dates]


def test_a_hearing_is_held_by_its_record_and_only_planned_by_the_summons() -> None:
    summons = Paper("hearing_summons", dates=(("hearing", "2022-05-10"),))
    record = Paper("hearing_record", dates=(("hearing", "2022-05-16"),))
    assert _days(hearings(case_of(summons, record))) == ["2022-05-16"]
    assert hearings(case_of(summons)) == ()
    assert _days(hearings(case_of(summons, Paper("hearing_record")))) == ["2022-05-10"]


def test_judgments_from_before_the_aid_are_papers_of_the_case_itself() -> None:
    case = case_of(
        Paper("judgment", dates=(("judgment", "2022-01-10"),)),
        Paper("assignment_notice", dates=(("assignment", "2022-03-01"),)),
        Paper("judgment", dates=(("judgment", "2022-06-10"),)),
    )
    assert _days(judgments(case)) == ["2022-06-10"]
    assert _days(earlier_judgments(case)) == ["2022-01-10"]


def test_a_ruling_counts_where_it_ends_the_case() -> None:
    preserving = Paper("ruling", (("查封被申请人名下房产。",),), dates=(("judgment", "2022-04-01"),))
    ending = Paper("ruling", (("准许原告李某撤回起诉。",),), dates=(("judgment", "2022-05-01"),))
    assert _days(judgments(case_of(preserving, ending))) == ["2022-05-01"]


def test_returns_of_other_papers_are_no_service_of_a_judgment() -> None:
    summons = Paper("court_service_return", (("送达文书：传票",),), dates=(("service", "2022-04-01"),))
    judged = Paper("court_service_return", (("送达文书：民事判决书",),), dates=(("service", "2022-06-01"),))
    assert _days(services(case_of(summons, judged))) == ["2022-06-01"]


def test_a_date_that_another_paper_contradicts_is_in_doubt() -> None:
    warrant = Paper("detention_warrant", dates=(("detention", "2023-02-09"),))
    charge = Paper("indictment", dates=(("detention_told", "2023-12-09"),))
    case = case_of(warrant, charge)
    assert [date.certain for date in settled(case, case.dates("detention"))] == [False]
    same = case_of(Paper("detention_warrant", dates=(("detention", "2023-12-09"),)), charge)
    assert [date.certain for date in settled(same, same.dates("detention"))] == [True]


def test_work_that_an_earlier_assignment_covers() -> None:
    first = Paper("assignment_notice", dates=(("assignment", "2022-05-12"),))
    second = Paper("assignment_notice", dates=(("assignment", "2022-05-23"),))
    talk = Paper("client_talk", dates=(("interview", "2022-05-16"),))
    case = case_of(first, talk, second, Paper("reassignment_notice"), kind="civil", stage="litigation")
    lawful = earlier_assignment(case, case.dates("interview")[0], case.dates("assignment"))
    assert lawful is not None
    assert (lawful.lawful, lawful.pages) == ("LA05", (2,))
    criminal = case_of(first, Paper("client_interview", dates=(("interview", "2022-05-16"),)), second)
    lawful = earlier_assignment(criminal, criminal.dates("interview")[0], criminal.dates("assignment"))
    assert lawful is not None
    assert lawful.lawful == "LA04"
    alone = case_of(second, talk)
    assert earlier_assignment(alone, alone.dates("interview")[0], alone.dates("assignment")) is None


def test_records_of_other_hands() -> None:
    duty = case_of(Paper("client_interview", (("会见人：值班律师贺某",),), dates=(("interview", "2022-05-16"),)))
    helped = case_of(Paper("client_talk", (("委托我们协助约见你。",),), dates=(("interview", "2022-05-16"),)))
    own = case_of(Paper("client_talk", (("问：此前值班律师见过你吗？",),), dates=(("interview", "2022-05-16"),)))
    found = [by_other_hands(case, case.dates("interview")[0]) for case in (duty, helped, own)]
    assert [one.lawful if one else None for one in found] == ["LA03", "LA06", None]


def test_a_mandate_signed_with_the_application() -> None:
    applied = Paper("aid_application", dates=(("application", "2022-09-29"),))
    mandate = Paper("power_of_attorney", dates=(("power_of_attorney", "2022-09-29"),))
    case = case_of(applied, mandate)
    lawful = at_the_window(case, case.dates("power_of_attorney")[0])
    assert lawful is not None
    assert lawful.lawful == "LA07"
    before = replace(case.dates("power_of_attorney")[0], value=dt.date(2022, 9, 1))
    assert at_the_window(case, before) is None
    assert at_the_window(CaseView(replace(case.case, dates=()), case.pack), before) is None
