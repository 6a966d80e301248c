"""Which generation of a form a paper stands on: what its print says, not what was written into it."""

from __future__ import annotations

import datetime as dt

import pytest
from pages_builder import page_text, pages_of

from pipeline.casefile import Document, FormVersion
from pipeline.extraction.forms import form_of
from pipeline.extraction.readings import placed_rows
from pipeline.extraction.slots import slots_of
from pipeline.law.forms import superseded

TODAY = dt.date(2026, 6, 1)


def version(kind: str, markup: str, title: str = "") -> FormVersion | None:
    pages = pages_of(page_text(markup))
    document = Document("d1", kind, title, 1, len(pages), 1.0)
    rows = placed_rows(document, pages)
    return form_of(document, rows, pages, slots_of(document, rows, pages), TODAY)


def late(kind: str, markup: str, title: str = "") -> str | None:
    found = version(kind, markup, title)
    assert found is not None
    return superseded(found.form, found.date) if found.date is not None else None


NOTICE = """
    # 受援人权利义务告知书
    根据《{}》的规定，现将你的权利义务告知如下：
    一、可以免费获得法律援助；二、应当如实陈述案情。
    受援人（签名）：黄某某　　{}
"""


def test_a_notice_that_cites_only_the_regulation_is_old_by_2024() -> None:
    assert late("recipient_rights_notice", NOTICE.format("法律援助条例", "2024年5月29日"))


@pytest.mark.parametrize(
    ("law", "day"),
    [
        ("法律援助条例", "2021年3月15日"),
        ("法律援助条例", "2022年4月1日"),
        ("中华人民共和国法律援助法", "2024年5月29日"),
        ("河南省法律援助条例", "2024年5月29日"),
    ],
)
def test_the_regulation_in_its_days_the_law_and_the_provinces_own_are_right(law: str, day: str) -> None:
    assert late("recipient_rights_notice", NOTICE.format(law, day)) is None


def test_both_statutes_are_the_new_print() -> None:
    text = NOTICE.format("法律援助条例》《中华人民共和国法律援助法", "2024年5月29日")
    assert late("recipient_rights_notice", text) is None


def test_a_citation_broken_over_two_lines_is_found_where_it_begins() -> None:
    found = version(
        "aid_agreement",
        """
        # 法律援助协议
        甲乙双方就法律援助事项协商一致，自愿订立本协议，并依照国务院《法律援助条例》的规定履行。
        签订日期：2024年8月12日
        """,
    )
    assert found is not None
    assert found.form == "regulation_of_2003"
    assert found.cites[0].quote.endswith("法律援助条例")
    assert 0.0 < found.cites[0].box.x0 < found.cites[0].box.x1 <= 1.0


def test_what_an_applicant_wrote_says_nothing_about_the_form() -> None:
    assert (
        late(
            "aid_application",
            """
            # 法律援助申请表
            | 姓名 | 黄某某 | 性别 | 男
            | 申请理由 | 家庭困难请依法律援助条例援助
            | 住址 | 某县某镇
            申请人（签字）：黄某某　　2024年3月5日
            """,
        )
        is None
    )


CERTIFICATE = """
    # {}
    | 申请人 | 黄某某 | 职业 | 务农
    | 家庭人口 | 三人 | 人均月收入 | 五百元
    兹证明上述情况属实。
    > 2024年8月5日
"""


@pytest.mark.parametrize("title", ["法律援助申请人经济状况证明表", "经济困难证明", "家庭经济困难状况证明"])
def test_certificates_of_hardship_had_their_day(title: str) -> None:
    reason = late("hardship_certificate", CERTIFICATE.format(title), title)
    assert reason is not None
    assert "2023-12-31" in reason


@pytest.mark.parametrize("title", ["低保证", "经济困难状况说明表", "个人诚信承诺书"])
def test_other_proofs_and_statements_have_not(title: str) -> None:
    assert late("hardship_certificate", CERTIFICATE.format(title), title) is None


SHEET = """
    # 法律援助案件质量检查评分表
    = {}
    | 检查项目 | 标准分 | 得分
    | 指派手续 | 10 | 9
    评估人：曹某某　　{}
"""


@pytest.mark.parametrize(
    ("mark", "day", "old"),
    [
        ("（2014年试行）", "2021年6月11日", True),
        ("（2014年试行）", "2020年6月11日", False),
        ("（2021年修订）", "2021年6月11日", False),
        ("（刑事案件）", "2021年6月11日", False),
        ("依据：《法律援助条例》", "2023年6月11日", True),
        ("依据：《法律援助法》、SF/T 0084—2020", "2023年6月11日", False),
    ],
)
def test_evaluation_sheets_by_their_mark_and_the_day_they_were_used(mark: str, day: str, old: bool) -> None:
    found = version("quality_evaluation_form", SHEET.format(mark, day))
    assert found is not None
    assert bool(found.date and superseded(found.form, found.date)) is old


def test_marks_and_words_are_kept_for_a_bureaus_own_register() -> None:
    found = version("quality_evaluation_form", SHEET.format("（2014年试行）", "2021年6月11日"))
    assert found is not None
    assert "(2014年试行)" in [place.quote for place in found.words]


def test_the_date_is_that_of_the_signature_not_of_what_the_form_speaks_of() -> None:
    found = version(
        "closing_report",
        """
        # 结案报告表
        | 承办人 | 宋某某 | 结案日期 | 2024年6月24日
        | 办理经过 | 会见一次
        承办人签字：宋某某　　2024年7月5日
        """,
    )
    assert found is not None
    assert found.form == "words_of_2013"
    assert found.date == dt.date(2024, 7, 5)
    assert found.dated is not None
    assert found.dated.quote == "2024年7月5日"


def test_papers_of_courts_and_lawyers_are_no_forms_of_legal_aid() -> None:
    assert version("defence_statement", "# 辩护词\n根据《法律援助条例》，受指派担任辩护人。") is None
    assert version("judgment", "# 刑事判决书\n依照《法律援助条例》指定辩护。") is None
