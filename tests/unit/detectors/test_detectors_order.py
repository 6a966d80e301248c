"""What a form's words say of the case at hand, and what they only print."""

from __future__ import annotations

from dataclasses import replace

import pytest
from detector_cases import Paper, case_of

from pipeline.detectors.order import approval_of, approved, first_provided, referred, uncertain
from pipeline.detectors.view import CaseView


@pytest.mark.parametrize(
    "text",
    [
        "时效将届满，先行提供法律援助",
        "☑先行提供",
        "√ 先行提供法律援助",
        "□一般受理 ☑先行提供",
        "是否先行提供：☑是 □否",
        "是否先行提供法律援助：是",
        "由窗口先行受理",
        "依照法律援助法第四十四条先行提供法律援助，受援人应当及时补办有关手续",
        "同意先行指派，手续后补",
        "申请手续事后补办",
    ],
)
def test_said_of_the_case(text: str) -> None:
    found = first_provided(case_of(Paper("approval_form", ((text,),))))
    assert found is not None
    assert (found.lawful, found.document, found.pages) == ("LA01", "d1", (1,))


@pytest.mark.parametrize(
    "text",
    [
        "□先行提供法律援助",
        "☐ 先行提供",
        "口先行提供 ☑一般受理",
        "是否先行提供：□是 ☑否",
        "是否先行提供：否",
        "是否属于先行提供：是□ 否☑",
        "不属于先行提供的情形",
        "未先行提供法律援助",
        "无先行提供情形",
        "发现有下列情形之一的，可以决定先行提供法律援助：",
        "法律援助机构先行提供法律援助的，受援人应当及时补办有关手续，补充有关材料。",
        "",
    ],
)
def test_only_printed_or_denied(text: str) -> None:
    assert first_provided(case_of(Paper("approval_form", ((text,),)))) is None


def test_only_the_aid_organs_forms_count() -> None:
    assert first_provided(case_of(Paper("evidence_material", (("先行提供样品",),)))) is None


@pytest.mark.parametrize(
    ("text", "lawful"),
    [
        ("由看守所转交法律援助申请", True),
        ("异地协作案件", True),
        ("现委托你中心协作会见", True),
        ("□转交申请", False),
        ("□看守所转交申请 ☑本人申请", False),
        ("☑看守所转交申请 □本人申请", True),
        ("委托其妻代为申请法律援助", False),
        ("已移交检察院，现申请取保候审", False),
        ("材料转交申请人", False),
    ],
)
def test_referred_by_another_body(text: str, lawful: bool) -> None:
    found = referred(case_of(Paper("aid_application", ((text,),))))
    assert (found is not None) is lawful


def dated(kind: str, role: str, *days: str) -> Paper:
    return Paper(kind, ((),), tuple((role, day) for day in days))


def unsure_of(case: CaseView, *raw: str) -> CaseView:
    dates = tuple(replace(date, certain=date.raw not in raw) for date in case.case.dates)
    return CaseView(replace(case.case, dates=dates), case.pack)


def test_the_approval_is_the_responsible_persons_then_the_decisions() -> None:
    both = case_of(dated("approval_form", "approval", "2022-08-03"), dated("aid_decision", "decision", "2022-08-05"))
    found, unread = approval_of(both)
    assert found is not None
    assert (approved(found), unread) == ("审批 2022-08-03", ())
    found, _ = approval_of(case_of(dated("aid_decision", "decision", "2022-08-05")))
    assert found is not None
    assert approved(found) == "决定书 2022-08-05"


def test_a_certain_approval_goes_before_a_later_uncertain_one() -> None:
    case = case_of(dated("approval_form", "approval", "2022-08-03"), dated("approval_form", "approval", "2022-08-09"))
    found, _ = approval_of(unsure_of(case, "2022-08-09"))
    assert found is not None
    assert found.raw == "2022-08-03"


def test_an_approval_that_was_not_read_is_named() -> None:
    found, unread = approval_of(case_of(Paper("cover"), Paper("approval_form")))
    assert found is None
    assert [document.id for document in unread] == ["d2"]
    assert approval_of(case_of(Paper("cover"))) == (None, ())


def test_uncertain_dates_are_named_with_their_pages_once() -> None:
    case = unsure_of(
        case_of(dated("approval_form", "approval", "2022-08-03", "2022-08-09")), "2022-08-03", "2022-08-09"
    )
    (doubt,) = uncertain("审批日期", case.case.dates)
    assert doubt.pages == (1,)
    assert "第1页“2022-08-03”、第1页“2022-08-09”" in doubt.why
    assert list(uncertain("审批日期", ())) == []
