"""Several assignments in one file: which are this case's own."""

from __future__ import annotations

import pytest
from detector_cases import Paper, case_of

from pipeline.detectors.stages import own_assignments, own_stage, stage_named
from pipeline.detectors.view import CaseView


def notice(text: str, day: str) -> Paper:
    return Paper("assignment_notice", ((text,),), (("assignment", day),), title="指派通知书")


def approval(text: str, day: str) -> Paper:
    return Paper("approval_form", ((text,),), (("approval", day),), title="法律援助审批表")


def split(case: CaseView) -> tuple[list[str], list[str]]:
    own, other = own_assignments(case, case.dates("approval")[0])
    return [date.raw for date in own], [date.raw for date, _ in other]


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("担任侦查阶段的辩护人", "investigation"),
        ("审查起诉阶段", "prosecution_review"),
        ("担任一审的辩护人", "trial"),
        ("侦 查\n阶 段", "investigation"),
        ("□侦查 □审查起诉 ☑一审", None),
        ("担任王某的辩护人", None),
    ],
)
def test_a_stage_is_named_where_only_one_is(text: str, stage: str | None) -> None:
    case = case_of(Paper("assignment_notice", (tuple(text.splitlines()),)))
    assert stage_named(case, case.case.documents[0]) == stage


def test_a_single_notice_is_the_cases_own_whatever_it_says() -> None:
    case = case_of(approval("", "2022-08-03"), notice("侦查阶段 〔2021〕第9号", "2022-08-01"))
    assert split(case) == (["2022-08-01"], [])


def test_the_notice_of_another_stage_is_not_its_own() -> None:
    case = case_of(approval("", "2022-08-03"), notice("侦查阶段", "2022-06-01"), notice("担任一审辩护人", "2022-08-04"))
    assert split(case) == (["2022-08-04"], ["2022-06-01"])


def test_the_same_file_bound_for_the_earlier_stage() -> None:
    case = case_of(
        approval("", "2022-06-01"),
        notice("侦查阶段", "2022-06-01"),
        notice("担任一审辩护人", "2022-08-04"),
        stage="investigation",
    )
    assert split(case) == (["2022-06-01"], ["2022-08-04"])


def test_own_assignments_come_by_day_not_by_page() -> None:
    case = case_of(approval("", "2022-08-03"), notice("", "2022-08-20"), notice("", "2022-08-01"))
    assert split(case) == (["2022-08-01", "2022-08-20"], [])


@pytest.mark.parametrize("kind", ["criminal", "civil"])
def test_another_number_is_another_assignment(kind: str) -> None:
    case = case_of(
        notice("援指字〔2022〕第015号", "2022-02-10"),
        approval("援审字（2022）第81号", "2022-08-03"),
        notice("援指字[2022]081号", "2022-08-04"),
        kind=kind,
    )
    assert split(case) == (["2022-08-04"], ["2022-02-10"])


def test_numbers_say_nothing_where_none_is_the_approvals() -> None:
    """Forms numbered in series of their own are no sign of another file."""
    case = case_of(
        approval("援审字〔2022〕第81号", "2022-08-03"),
        notice("援指字〔2022〕第15号", "2022-08-01"),
        notice("援指字〔2022〕第16号", "2022-08-04"),
    )
    assert split(case) == (["2022-08-01", "2022-08-04"], [])


def test_the_number_of_the_year_before_is_another() -> None:
    case = case_of(
        notice("援指字〔2021〕第81号", "2022-02-10"),
        approval("援审字〔2022〕第81号", "2022-08-03"),
        notice("援指字〔2022〕第81号", "2022-08-04"),
    )
    assert split(case) == (["2022-08-04"], ["2022-02-10"])


@pytest.mark.parametrize("paper", ["reassignment_notice", "reassignment_approval"])
def test_after_a_change_of_lawyer_other_numbers_are_still_this_cases(paper: str) -> None:
    case = case_of(
        approval("援审字〔2022〕第81号", "2022-08-03"),
        notice("援指字〔2022〕第80号", "2022-08-01"),
        Paper(paper),
        notice("援指字〔2022〕第81号", "2022-08-20"),
    )
    assert split(case) == (["2022-08-01", "2022-08-20"], [])


def test_where_all_are_of_other_stages_the_last_one_counts() -> None:
    case = case_of(approval("", "2022-08-03"), notice("侦查阶段", "2022-06-01"), notice("审查起诉", "2022-07-01"))
    assert split(case) == (["2022-07-01"], ["2022-06-01"])


def test_approvals_of_another_stage_are_left_out_unless_all_are() -> None:
    earlier, own = approval("所处阶段：侦查", "2022-05-01"), approval("所处阶段：一审", "2022-08-03")
    case = case_of(own, earlier)
    assert [date.raw for date in own_stage(case, case.dates("approval"))] == ["2022-08-03"]
    only = case_of(earlier)
    assert [date.raw for date in own_stage(only, only.dates("approval"))] == ["2022-05-01"]
    civil = case_of(own, earlier, kind="civil", stage="litigation")
    assert len(own_stage(civil, civil.dates("approval"))) == 2


def undated(text: str) -> Paper:
    return Paper("assignment_notice", ((text,),), (), title="指派通知书")


def test_no_other_stages_day_stands_in_for_one_that_was_not_read() -> None:
    case = case_of(approval("", "2022-08-03"), notice("侦查阶段", "2022-06-01"), undated("担任一审辩护人"))
    assert split(case) == ([], ["2022-06-01"])


def test_the_number_of_a_notice_without_a_day_tells_the_other_one_apart() -> None:
    case = case_of(
        approval("援审字〔2022〕第81号", "2022-08-03"),
        notice("援指字〔2022〕第15号", "2022-02-10"),
        undated("援指字〔2022〕第81号"),
    )
    assert split(case) == ([], ["2022-02-10"])
