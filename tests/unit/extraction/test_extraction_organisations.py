"""Bodies are named in full and without the phrase before them, whatever their place's name begins with."""

from __future__ import annotations

import pytest
from papers_builder import papers_of

from pipeline.extraction.organisations import bodies_of

PLACES = [
    "和县",
    "向阳区",
    "呼和浩特市赛罕区",
    "平和县",
    "由拳市",
    "经开区",
    "在平县",
    "东乡族自治县",
    "达茂旗",
    "白沙黎族自治县",
]


@pytest.mark.parametrize("place", PLACES)
def test_an_agency_s_place_may_begin_with_any_character(place: str) -> None:
    decision = (
        f"# 给予法律援助决定书\n柯玉成：\n"
        f"　　你向{place}法律援助中心提出的申请，本中心决定给予法律援助。\n> {place}法律援助中心"
    )
    letter = (
        f"# 法律援助公函\n{place}人民法院：\n　　经{place}法律援助中心指派，律师担任辩护人。\n> {place}法律援助中心"
    )
    bodies = bodies_of(papers_of(("aid_decision", decision), ("aid_letter", letter)), ())
    assert bodies.agency == f"{place}法律援助中心"
    assert bodies.courts == (f"{place}人民法院",)


@pytest.mark.parametrize(
    "running",
    [
        "由山东泰岱律师事务所姚思远律师承办",
        "现指派山东泰岱律师事务所姚思远律师担任辩护人",
        "委托山东泰岱律师事务所律师姚思远为代理人",
        "辩护人姚思远，山东泰岱律师事务所律师。",
        "受南浦县法律援助中心指派，山东泰岱律师事务所姚思远律师",
        "乙方山东泰岱律师事务所接受指派，由姚思远律师承办",
    ],
)
def test_a_firm_in_running_text_alone(running: str) -> None:
    papers = papers_of(("power_of_attorney", f"# 授权委托书\n　　委托人柯玉成因盗窃罪一案，{running}"))
    assert bodies_of(papers, ("姚思远",)).firm == "山东泰岱律师事务所"


def test_the_firm_is_that_of_the_lawyer_assigned_last() -> None:
    papers = papers_of(
        ("assignment_notice", "# 指派通知书\n山东石帆律师事务所：\n　　兹指派你所薛小棠律师承办。"),
        ("client_interview", "# 会见笔录\n会见人：薛小棠　单位：山东石帆律师事务所\n被会见人：柯玉成"),
        ("client_interview", "# 会见笔录\n会见人：薛小棠　单位：山东石帆律师事务所\n被会见人：柯玉成"),
        ("assignment_notice", "# 指派通知书\n山东泰岱律师事务所：\n　　兹指派你所姚思远律师承办。"),
        ("cover", "# 案卷\n| 承办单位 | 山东泰岱律师事务所 | 承办人 | 姚思远 |"),
    )
    assert bodies_of(papers, ("姚思远",)).firm == "山东泰岱律师事务所"


def test_a_misread_firm_is_outvoted() -> None:
    good = papers_of(
        ("aid_letter", "# 法律援助公函\n　　现指派山东泰岱律师事务所姚思远律师担任辩护人。"),
        ("aid_agreement", "# 协议\n乙方：山东泰岱律师事务所"),
        ("power_of_attorney", "# 授权委托书\n　　委托山东泰岱律师事务所姚思远律师。"),
    )
    bad = papers_of(("cover", "# 案卷\n| 承办单位 | 山东秦岱律师事务所 | 承办人 | 姚思远 |"), score=0.7, hand=0.7)
    assert bodies_of([*bad, *good], ("姚思远",)).firm == "山东泰岱律师事务所"


def test_courts_procuratorates_police_and_commissions_with_their_place() -> None:
    papers = papers_of(
        (
            "prosecution_opinion",
            "# 沂水市公安局东关分局\n# 起诉意见书\n　　此致\n沂水市人民检察院\n> 沂水市公安局东关分局",
        ),
        ("indictment", "# 沂水市人民检察院\n# 起诉书\n　　此致\n沂水市人民法院"),
        ("judgment", "# 沂水市人民法院\n# 刑事判决书\n　　如不服本判决，可上诉于琅琊市中级人民法院。"),
        ("arbitral_award", "# 沂水市劳动人事争议仲裁委员会\n# 仲裁裁决书"),
    )
    bodies = bodies_of(papers, ())
    assert bodies.police == ("沂水市公安局东关分局",)
    assert bodies.procuratorates == ("沂水市人民检察院",)
    assert bodies.courts == ("沂水市人民法院",)
    assert bodies.commissions == ("沂水市劳动人事争议仲裁委员会",)


def test_a_body_read_with_a_character_lost_is_no_second_one() -> None:
    papers = papers_of(
        ("indictment", "# 起诉书\n　　此致\n沂水市东关区人民法院"),
        ("judgment", "# 沂水市东关区人民法院\n# 刑事判决书"),
        ("hearing_summons", "# 沂市东关区人民法院\n# 传票"),
        ("aid_letter", "# 法律援助公函\n东关区人民法院："),
    )
    assert bodies_of(papers, ()).courts == ("沂水市东关区人民法院",)


def test_the_agency_that_helps_out_is_not_the_one_that_aids() -> None:
    papers = papers_of(
        ("other", "# 法律援助协作函\n蒙山县法律援助中心：\n　　请贵中心协助约见申请人。\n> 沂水市法律援助中心"),
        ("client_talk", "# 谈话笔录\n谈话地点：蒙山县法律援助中心\n承办人：蒙月　单位：蒙山县法律援助中心"),
        (
            "assignment_notice",
            "# 指派通知书\n山东泰岱律师事务所：\n　　兹指派你所姚思远律师承办。\n> 沂水市法律援助中心",
        ),
    )
    assert bodies_of(papers, ("姚思远",)).agency == "沂水市法律援助中心"


def test_nothing_is_named_where_nothing_is() -> None:
    bodies = bodies_of(papers_of(("evidence_material", "# 借条\n今借到壹万元")), ())
    assert (bodies.agency, bodies.firm, bodies.courts) == ("", "", ())
