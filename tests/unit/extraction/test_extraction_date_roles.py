"""Which date plays which role, on the layouts that papers of other counties and form sets have."""

from __future__ import annotations

import datetime as dt

import pytest
from pages_builder import page_text, pages_of

from pipeline.casefile import Box, Document, Mark
from pipeline.extraction.date_roles import role_dates
from pipeline.extraction.readings import dates_in, placed_rows

AS_OF = dt.date(2026, 1, 1)


def roles(kind: str, *markups: str, marks: tuple[Mark, ...] = ()) -> dict[str, list[str]]:
    """{role: dates} of a document of these pages; a place without a value is "?"."""
    pages = pages_of(*(page_text(markup, marks=marks) for markup in markups))
    document = Document("d1", kind, "", 1, len(pages), 1.0)
    rows = placed_rows(document, pages)
    found: dict[str, list[str]] = {}
    for role, date in role_dates(kind, dates_in(rows, pages, AS_OF), rows):
        found.setdefault(role, []).append(date.value.isoformat() if date.value else "?")
    return found


@pytest.mark.parametrize(
    "close",
    [
        "> 北川县法律援助中心\n> 二〇二一年九月三日",
        "> 二〇二一年九月三日\n> 北川县法律援助中心",
        "> 北川县法律援助中心　2021年9月3日",
        "> （公章）\n> 2021 年 9 月 3 日",
        "> 北川县法律援助中心\n> 二〇二一年九月三日\n说明：1.本文书用于指派。2.本文书一式三份。",
        "> 二〇二一年九月三日\n附：1.受援人申请材料 2.格式文书",
        "> 2021.9.3",
        "> 2021年9月3日（盖章）",
    ],
)
def test_the_issue_date_of_a_notice(close: str) -> None:
    text = """
# 指派通知书
北川县正明律师事务所：
　　马某某于2021年8月30日提出的申请，我中心已于2021年9月1日决定给予法律援助。现指派你所承办。
联系人：丁某　　联系电话：0000-1234567
"""
    assert roles("assignment_notice", text + close) == {"assignment": ["2021-09-03"]}


def test_a_notice_whose_date_is_blank_has_none() -> None:
    text = "# 指派通知书\n　　你于2021年8月30日提出的申请收悉。\n> 北川县法律援助中心\n>       年    月    日"
    assert "2021-08-30" not in roles("assignment_notice", text).get("assignment", [])


def test_what_the_law_firm_writes_at_the_foot_is_no_issue_date() -> None:
    text = """
# 指派通知书
北川县正明律师事务所：
　　现指派你所承办马某某一案。
> 北川县法律援助中心
> 二〇二一年九月三日
签收人：许某　签收日期：2021年9月6日
"""
    assert roles("assignment_notice", text)["assignment"] == ["2021-09-03"]


def test_a_receipt_stamp_is_no_issue_date() -> None:
    text = """
# 提供法律援助通知书
南岭县法律援助中心：
　　本院受理的周某甲盗窃一案，没有委托辩护人，请你中心指派律师。
> 二〇二二年六月十日
收文日期 2022年6月13日
"""
    assert roles("defence_request", text) == {"notice": ["2022-06-10"], "notice_received": ["2022-06-13"]}


def test_a_stamp_seen_as_such_gives_the_day_of_receipt() -> None:
    text = "# 通知辩护公函\n南岭县法律援助中心：\n　　请指派律师。\n> 2022年6月10日\n\n2022年6月14日"
    stamp = Mark("receipt_stamp", Box(0.1, 0.2, 0.4, 0.3), "red", "南岭县法律援助中心收文 2022年6月14日", 0.95)
    page = page_text(text)
    date_box = page.lines[-1].box.grown(0.02, 0.02)
    found = roles("defence_request", text, marks=(Mark("receipt_stamp", date_box, "red", stamp.text, 0.95),))
    assert found == {"notice": ["2022-06-10"], "notice_received": ["2022-06-14"]}


APPROVALS = {
    "two cells": """
# 法律援助审批表
| 申请日期 | 2023年3月1日 | 收案日期 | 2023年3月1日
审查意见：
　　符合条件，建议给予法律援助。
> 审查人：丁某　2023年3月2日
审批意见：
　　同意。
> 负责人：高某　2023年3月4日
""",
    "three levels": """
# 法律援助申请审批表
承办人意见：建议给予法律援助。
> 承办人：丁某　2023年3月2日
审核意见：同意。
> 审核人：方某　2023年3月3日
审批意见：同意给予法律援助。
> 负责人：高某　批准日期：2023年3月4日
""",
    "date above the signature": """
# 法律援助审批表
初审意见：
　　符合条件。
> 2023年3月2日
> 初审人（签字）：丁某
批准意见：
　　同意。
> 2023年3月4日
> 批准人（签字）：高某
""",
    "date cells": """
# 法律援助审批表
| 经办人意见 | 建议给予法律援助
| 经办人 | 丁某 | 经办日期 | 2023年3月2日
| 领导意见 | 同意
| 批准人 | 高某 | 批准日期 | 2023年3月4日
""",
    "head of the agency": """
# 法律援助审批表
机构工作人员意见：符合条件，建议给予法律援助。
> 签名：丁某
> 2023年3月2日
机构负责人意见：同意。
> 签名：高某
> 2023年3月4日
""",
    "in words of the centre": """
# 法律援助审批表
审查人员意见：拟给予援助。
> 丁某　2023.3.2
中心主任审批意见：同意援助。
> 高某　2023.3.4
""",
}


@pytest.mark.parametrize("layout", sorted(APPROVALS))
def test_review_and_approval(layout: str) -> None:
    found = roles("approval_form", APPROVALS[layout])
    assert found["approval"] == ["2023-03-04"]
    assert found["review"][0] == "2023-03-02"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("会见时间：自2023年3月5日9时10分至2023年3月5日10时02分", "2023-03-05"),
        ("时间：2023年3月5日 9：10—10：02", "2023-03-05"),
        ("会见日期 2023.3.5", "2023-03-05"),
        ("起止时间：2023年3月5日上午9时至11时", "2023-03-05"),
        ("2023年3月5日9时10分至10时2分", "2023-03-05"),
        ("时间：二〇二三年三月五日", "2023-03-05"),
    ],
)
def test_when_a_client_was_met(line: str, day: str) -> None:
    talk = "问：你什么时候被拘留的？\n答：2023年2月20日。\n被会见人：周某甲\n2023年3月6日"
    text = f"# 会见笔录\n{line}\n地点：东河县看守所\n{talk}"
    assert roles("client_interview", text) == {"interview": [day]}


def test_a_record_dated_only_at_its_end() -> None:
    text = (
        "# 谈话笔录\n问：你的诉求是什么？\n答：要工资。\n问：还有补充吗？\n答：没有。\n被谈话人：马某某\n2023年3月6日"
    )
    assert roles("client_talk", text) == {"interview": ["2023-03-06"]}


def test_a_day_told_in_the_talk_is_not_the_day_of_the_talk() -> None:
    text = "# 谈话笔录\n时间：　　年　　月　　日\n地点：律所\n问：何时入职？\n答：2019年3月1日到公司上班。"
    assert "2019-03-01" not in roles("client_talk", text).get("interview", [])


def test_two_readings_of_a_file() -> None:
    text = "# 阅卷笔录\n阅卷时间：2023年5月20日　阅卷地点：检察院\n阅卷人：邓某\n卷一 P3 受案登记表 2023年2月20日"
    assert roles("file_reading_record", text) == {"file_reading": ["2023-05-20"]}


@pytest.mark.parametrize(
    "line",
    [
        "　　定于2022年7月8日9时在本院第二审判庭公开开庭审理，请准时出庭。",
        "| 应到时间 | 2022年7月8日上午9时",
        "开庭时间：2022年7月8日9时00分",
        "　　本院决定于二〇二二年七月八日上午九时开庭审理。",
        "　　现通知你于2022年7月8日9时到本院第三法庭参加庭审。",
    ],
)
def test_when_a_hearing_is_to_be(line: str) -> None:
    text = f"# 出庭通知书\n许某律师：\n　　本院于2022年6月1日受理的周某甲盗窃一案。\n{line}\n> 2022年7月3日"
    assert roles("hearing_summons", text) == {"hearing": ["2022-07-08"]}


JUDGMENT_TAIL = """
　　如不服本判决，可在接到判决书的第二日起十日内提出上诉。
> 审判长　史某
> 审判员　陶某
> {date}
> 书记员　谢某
"""


@pytest.mark.parametrize("date", ["二〇二二年七月十五日", "二○二二年七月十五日", "2022年7月15日"])
def test_the_day_of_a_judgment(date: str) -> None:
    head = "# 东河县人民法院\n# 刑事判决书\n　　被告人周某甲，1990年2月3日出生，2022年3月1日被拘留。"
    assert roles("judgment", head, JUDGMENT_TAIL.format(date=date)) == {"judgment": ["2022-07-15"]}


def test_a_copy_certified_below_is_still_dated_by_its_judges() -> None:
    tail = JUDGMENT_TAIL.format(date="二〇二二年七月十五日") + "本件与原本核对无异\n附：相关法律条文"
    assert roles("judgment", tail) == {"judgment": ["2022-07-15"]}


@pytest.mark.parametrize(
    "rows",
    [
        "| 受送达人签名或盖章 | 周某甲　2022年7月20日",
        "| 受送达人 | 周某甲\n| 收到日期 | 2022年7月20日",
        "受送达人签收：周某甲\n> 2022年7月20日",
        "| 签收人及日期 | 周某甲 2022.7.20",
    ],
)
def test_when_a_judgment_was_served(rows: str) -> None:
    text = f"# 送达回证\n| 送达文书 | 刑事判决书\n{rows}\n| 送达人 | 谢某"
    assert roles("court_service_return", text) == {"service": ["2022-07-20"]}


CLOSINGS = {
    "cells": """
# 法律援助结案报告表
| 受援人 | 马某某 | 指派日期 | 2023年3月4日
| 结案方式 | 裁决 | 结案日期 | 2023年7月1日
办理经过：2023年3月6日约见受援人，2023年5月9日参加仲裁庭审。
> 承办人（签名）：许某　2023年7月10日
承办单位意见：同意结案。
> 负责人：高某　2023年7月12日
机构审查意见：合格。
> 审查人：丁某　2023年7月20日
""",
    "date below the name": """
# 结案报告
| 收案时间 | 2023年3月4日 | 结案时间 | 2023年7月1日
承办小结：本案于2023年6月20日裁决。
> 承办人：许某
> 2023年7月10日
> 负责人：高某
> 2023年7月12日
""",
    "running text": """
# 办案小结
　　本案于2023年3月4日指派，2023年7月1日结案。承办人参加仲裁庭审一次，代理意见被采纳。
办结日期：2023年7月1日
> 承办律师：许某
> 2023年7月10日
""",
}


@pytest.mark.parametrize("layout", sorted(CLOSINGS))
def test_closing_and_its_report(layout: str) -> None:
    assert roles("closing_report", CLOSINGS[layout]) == {"closing": ["2023-07-01"], "closing_report": ["2023-07-10"]}


def test_a_plea_is_dated_by_the_suspect() -> None:
    text = """
# 认罪认罚具结书
　　本人周某甲，2022年5月28日被告知权利。
> 犯罪嫌疑人签名：周某甲
> 2022年5月30日
> 值班律师签名：邓某
> 2022年5月31日
"""
    assert roles("plea_affidavit", text) == {"plea": ["2022-05-30"]}


@pytest.mark.parametrize(
    "lines",
    [
        "| 甲方：马某某 | 乙方：正明律师事务所\n| 2023年3月6日 | 2023年3月6日",
        "> 甲方（签名）：马某某\n> 乙方（盖章）：\n> 2023年3月6日",
        "甲方：马某某　　乙方：（章）\n签订日期：2023年3月6日",
    ],
)
def test_when_an_agreement_was_made(lines: str) -> None:
    text = f"# 法律援助协议\n　　经北川县法律援助中心2023年3月4日指派，双方订立本协议。\n{lines}"
    assert roles("aid_agreement", text)["agreement"] == ["2023-03-06"]


@pytest.mark.parametrize(
    "lines",
    [
        "> 申请人（签名）：马某某\n> 2023年3月1日",
        "申请人（签名）：马某某　　申请日期：2023年3月1日",
        "| 申请人 | 马某某 | 申请时间 | 2023年3月1日",
        "> 2023年3月1日\n> 申请人：马某某",
    ],
)
def test_when_aid_was_asked_for(lines: str) -> None:
    text = f"# 法律援助申请表\n| 姓名 | 马某某 | 出生日期 | 1975年6月1日\n　　公司自2022年10月1日起拖欠工资。\n{lines}"
    assert roles("aid_application", text)["application"] == ["2023-03-01"]


def test_what_the_agency_adds_below_is_not_when_aid_was_asked_for() -> None:
    text = """
# 法律援助申请表
| 姓名 | 马某某 | 出生日期 | 1975年6月1日
> 申请人（签名）：马某某
> 2023年3月1日
受理意见：材料齐全，予以受理。
> 接待人：丁某　2023年3月2日
"""
    assert roles("aid_application", text)["application"] == ["2023-03-01"]


def test_a_warrants_date_is_the_organs_not_the_prisoners() -> None:
    text = """
# 拘 留 证
　　兹派我局侦查人员对犯罪嫌疑人周某甲执行拘留。
> 局长：钱某
> 二〇二二年三月一日
本证已于2022年3月1日15时向我宣布。
> 被拘留人：周某甲
拘留时间：2022年3月1日16时，送东河县看守所。
"""
    assert roles("detention_warrant", text) == {"detention": ["2022-03-01"]}


def test_the_face_of_a_cover() -> None:
    text = "# 案卷\n| 收案日期 | 2023年3月1日\n| 结案日期 | 2023年7月1日\n| 归档日期 | 2023年8月5日"
    assert roles("cover", text) == {"closing": ["2023-07-01"], "archive": ["2023-08-05"], "intake": ["2023-03-01"]}


def test_types_without_roles_have_none() -> None:
    assert roles("evidence_material", "# 借条\n今借到马某某壹万元\n> 2021年1月5日") == {}
