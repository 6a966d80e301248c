"""Dates near the place where a paper's own date stands, which are somebody else's."""

from __future__ import annotations

import datetime as dt

import pytest
from pages_builder import pages_of
from test_extraction_date_roles import AS_OF, roles

from pipeline.casefile import Document
from pipeline.extraction.readings import dates_in, placed_rows


def test_a_slip_at_the_foot_of_a_notice_is_the_receivers() -> None:
    text = """
# 指派通知书
北川县正明律师事务所：
　　现指派你所承办马某某一案。
> 北川县法律援助中心
> 2021年9月3日

# 回　执
　　你中心的指派通知书我所已收悉，已安排许某律师承办。
> 北川县正明律师事务所
> 2021年9月8日
"""
    assert roles("assignment_notice", text) == {"assignment": ["2021-09-03"], "assignment_received": ["2021-09-08"]}


def test_a_birthday_in_the_head_of_a_record_is_not_its_day() -> None:
    text = """
# 会见笔录
被会见人：周某甲　出生日期：1990年2月3日
拘留时间：2023年2月20日
会见时间：2023年3月5日
问：你是否同意我为你辩护？
答：同意。
"""
    assert roles("client_interview", text) == {"interview": ["2023-03-05"]}


def test_who_certifies_a_copy_does_not_date_it() -> None:
    text = """
# 给予法律援助决定书
　　经审查，决定给予法律援助。
> 北川县法律援助中心
> 2022年3月5日
复印件与原件一致　许某　2022年8月1日
"""
    assert roles("aid_decision", text) == {"decision": ["2022-03-05"]}


@pytest.mark.parametrize(
    "close",
    [
        "受援人（签名）：马某某　2023年3月6日\n> 北川县法律援助中心\n> 2023年3月4日",
        "> 北川县法律援助中心\n> 2023年3月4日\n受援人签收：马某某　2023年3月6日",
        "> 受援人签名：马某某\n> 2023年3月6日",
    ],
)
def test_a_notice_of_rights_is_dated_by_who_signs_for_it(close: str) -> None:
    text = "# 受援人权利义务告知书\n　　受援人有权了解案件办理情况。受援人应当如实陈述。\n"
    assert roles("recipient_rights_notice", text + close) == {"recipient_notice": ["2023-03-06"]}


def test_an_impossible_day_has_no_value() -> None:
    text = "# 给予法律援助决定书\n　　决定给予法律援助。\n> 北川县法律援助中心\n> 2022年2月30日"
    assert roles("aid_decision", text) == {"decision": ["?"]}


def test_a_day_to_come_is_not_certain() -> None:
    pages = pages_of("# 给予法律援助决定书\n> 北川县法律援助中心\n> 2027年2月3日")
    rows = placed_rows(Document("d1", "aid_decision", "", 1, 1, 1.0), pages)
    assert [(date.value, date.certain) for date in dates_in(rows, pages, AS_OF)] == [(dt.date(2027, 2, 3), False)]
