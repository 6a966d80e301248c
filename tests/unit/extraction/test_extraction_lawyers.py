"""Who the client's lawyer is: wordings of many bureaus, changes, earlier stages, several lawyers, duty lawyers."""

from __future__ import annotations

import datetime as dt

import pytest
from papers_builder import named, parts

from pipeline.casefile import Box, DateFact

COVER = "# 法律援助案卷\n| 受援人 | 柯玉成 | 案由 | 盗窃罪 |\n| 承办人 | {lawyer} | 承办单位 | {firm} |"


def assigned(day: str, document: str) -> DateFact:
    return DateFact("assignment", dt.date.fromisoformat(day), document, 1, Box(0, 0, 1, 1), day, True)


@pytest.mark.parametrize(
    "wording",
    [
        "根据法律援助法的规定，现指派你所姚思远律师承办柯玉成盗窃一案的法律援助事项，请在三日内办理手续。",
        "兹指派贵所姚思远（执业证号13501201810123456）承办受援人柯玉成盗窃罪一案。",
        "现决定由福建南浦律师事务所姚思远律师担任柯玉成的辩护人，请遵照执行。",
        "经研究，安排你所律师姚思远为受援人柯玉成提供辩护。",
        "受援人柯玉成盗窃罪一案，我中心决定委派你单位姚思远同志办理。",
        "请你所接本通知后指派姚思远律师为受援人提供法律援助。",
        "受援人：柯玉成　案由：盗窃罪　承办律师：姚思远　阶段：审判",
        "现将柯玉成盗窃罪一案（审判阶段）指派给你单位，由姚思远律师承办。请依法履行职责。",
        "受援人姓名：柯玉成\n法律援助人员：姚思远\n援助事项：刑事辩护",
    ],
)
def test_wordings_of_an_assignment(wording: str) -> None:
    notice = f"# 指派通知书\n福建南浦律师事务所：\n　　{wording}\n> 南浦县法律援助中心\n> 2023年4月1日"
    people = named(("cover", COVER.format(lawyer="", firm="")), ("assignment_notice", notice)).people
    assert people.lawyer == "姚思远"
    assert people.lawyers == ("姚思远",)
    assert people.law_firm == "福建南浦律师事务所"
    assert people.agency == "南浦县法律援助中心"


def notice(firm: str, lawyer: str) -> str:
    return f"# 指派通知书\n{firm}：\n　　兹指派你所{lawyer}律师承办柯玉成盗窃罪一案。\n> 南浦县法律援助中心"


def test_the_last_assignment_counts_by_its_day_not_by_its_place_in_the_file() -> None:
    papers = [
        ("cover", COVER.format(lawyer="姚思远", firm="福建南浦律师事务所")),
        ("assignment_notice", notice("福建南浦律师事务所", "姚思远")),
        ("assignment_notice", notice("福建石帆律师事务所", "薛小棠")),
        ("closing_report", "# 结案报告表\n| 受援人 | 柯玉成 | 承办人 | 姚思远 |\n| 承办单位 | 福建南浦律师事务所 |"),
    ]
    dates = [assigned("2023-04-01", "d2"), assigned("2023-02-01", "d3")]
    people = named(*papers, dates=dates).people
    assert people.lawyers == ("薛小棠", "姚思远")
    assert (people.lawyer, people.law_firm) == ("姚思远", "福建南浦律师事务所")


def test_a_change_of_lawyers_with_its_approval_and_notice() -> None:
    approval = """
# 更换法律援助人员审批表
| 受援人 | 柯玉成 | 案由 | 盗窃罪 |
| 原承办人 | 薛小棠 | 更换后承办人 | 姚思远 |
更换理由：原承办律师外出进修。
申请人：薛小棠
"""
    told = """
# 更换法律援助人员通知书
柯玉成：
　　因原法律援助人员薛小棠不能继续办理，现更换为福建南浦律师事务所姚思远律师。
> 南浦县法律援助中心
"""
    papers = [
        ("assignment_notice", notice("福建石帆律师事务所", "薛小棠")),
        ("reassignment_approval", approval),
        ("reassignment_notice", told),
        ("closing_report", "# 结案报告表\n| 受援人 | 柯玉成 | 承办人 | 姚思远 |\n| 承办单位 | 福建南浦律师事务所 |"),
    ]
    found = named(*papers)
    assert found.people.recipient == "柯玉成"
    assert found.people.lawyers == ("薛小棠", "姚思远")
    assert found.people.law_firm == "福建南浦律师事务所"
    assert named(*papers[1:]).people.lawyers == ("薛小棠", "姚思远")  # the first assignment is missing
    assert named(*papers[:1], *papers[3:]).people.lawyers == ("薛小棠", "姚思远")  # the change is missing


def test_two_lawyers_on_one_assignment() -> None:
    people = named(
        ("assignment_notice", notice("福建南浦律师事务所", "姚思远、薛小棠")),
        ("closing_report", "# 结案报告表\n| 受援人 | 柯玉成 | 承办人 | 姚思远 |\n| 承办单位 | 福建南浦律师事务所 |"),
    ).people
    assert set(people.lawyers) == {"姚思远", "薛小棠"}
    assert people.lawyer == "姚思远"


def test_the_duty_lawyer_is_not_the_lawyer() -> None:
    plea = """
# 认罪认罚具结书
犯罪嫌疑人柯玉成，男，1990年1月2日出生。
犯罪嫌疑人（签名）：柯玉成
值班律师（签名）：褚小禾
"""
    found = named(
        ("plea_affidavit", plea),
        ("assignment_notice", notice("福建南浦律师事务所", "姚思远")),
        ("cover", COVER.format(lawyer="姚思远", firm="福建南浦律师事务所")),
    )
    assert found.people.lawyers == ("姚思远",)
    assert parts(found)["褚小禾"] == "duty_lawyer"


def test_staff_of_the_centre_handle_the_case_themselves() -> None:
    own = """
# 安排通知书
姚思远：
　　受援人柯玉成因劳务合同纠纷一案，本中心已决定给予法律援助，现安排你承办该案。
> 南浦县法律援助中心
"""
    people = named(("assignment_notice", own), kind="civil").people
    assert (people.lawyer, people.law_firm, people.agency) == ("姚思远", "南浦县法律援助中心", "南浦县法律援助中心")


def test_a_legal_service_office_of_a_town() -> None:
    told = """
# 指派通知书
青溪县石桥法律服务所：
　　兹指派你所法律工作者姚思远承办柯玉成追索劳动报酬纠纷一案。
> 青溪县法律援助中心
"""
    people = named(("assignment_notice", told), kind="civil").people
    assert (people.lawyer, people.law_firm) == ("姚思远", "青溪县石桥法律服务所")


def test_who_defends_another_accused_is_not_the_lawyer() -> None:
    judgment = """
# 南浦县人民法院
# 刑 事 判 决 书
　　被告人柯玉成，男，1990年1月2日出生。
　　辩护人姚思远，福建南浦律师事务所律师。
　　被告人尤大江，男，1991年1月2日出生。
　　辩护人褚小禾，福建石帆律师事务所律师。
"""
    found = named(("assignment_notice", notice("福建南浦律师事务所", "姚思远")), ("judgment", judgment))
    assert found.people.lawyers == ("姚思远",)
    assert parts(found)["褚小禾"] == "other_lawyer"
    assert parts(found)["尤大江"] == "co_defendant"


def test_a_lawyer_without_any_assignment_is_known_from_the_other_papers() -> None:
    interview = "# 会见笔录\n会见人：姚思远　单位：福建南浦律师事务所\n被会见人：柯玉成　涉嫌罪名：盗窃罪"
    people = named(("client_interview", interview), ("cover", COVER.format(lawyer="姚思远", firm=""))).people
    assert (people.lawyer, people.law_firm) == ("姚思远", "福建南浦律师事务所")
