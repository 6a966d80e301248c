"""What sort of case a file is, from its papers: kind, stage, entry, regime."""

from __future__ import annotations

import datetime as dt

import pytest
from pages_builder import divided, pages_of
from test_documents_forms import APPLICATION_2023, PLEA, REPORTS
from test_documents_letters import (
    ARREST_NOTICE,
    ASSIGNMENT_NEW,
    COURT_ACCEPTS,
    COURT_TO_AGENCY,
    DECISION,
    HEARING_NOTICE,
    ISSUER_IN_TWO_LINES,
    LABOUR_ACCEPTS,
    LETTER_FROM_POLICE,
    LETTER_TO_COURT,
)
from test_documents_records import (
    BEFORE_COURT,
    HEARING,
    HEARING_LABOUR,
    INTERVIEW,
    OPINION_TO_PROSECUTOR,
    READING,
    TALK,
)
from test_documents_traps import COURT_SPEECH, PARTYS_COMPLAINT, POLICE_OPINION, PROSECUTORS

from pipeline.casefile import DateFact, Profile
from pipeline.extraction.extract import extract
from pipeline.extraction.profile import case_regime

AWARD = """
# 北川县劳动人事争议仲裁委员会
# 仲 裁 裁 决 书
> 北劳人仲案字〔2023〕第101号
申请人：马某某　被申请人：北川县某商贸有限公司
　　申请人与被申请人劳动争议一案，本委依法受理。经审理查明……本委认为……裁决如下：
　　一、被申请人支付工资。如不服本裁决，可自收到之日起十五日内向人民法院起诉。
> 仲裁员：戚某
> 二〇二三年六月一日
"""
LABOUR_CLAIM = """
# 劳动人事争议仲裁申请书
申请人：马某某　被申请人：北川县某商贸有限公司
仲裁请求：支付拖欠工资。
事实与理由：公司拖欠工资。
此致
北川县劳动人事争议仲裁委员会
> 申请人：马某某
"""
JUDGMENT_CIVIL = """
# 北川县人民法院
# 民 事 判 决 书
> （2023）豫0222民初77号
原告：马某某。被告：北川县某商贸有限公司。
　　原告诉被告劳动争议纠纷一案，本院立案后，依法适用简易程序公开开庭进行了审理。本院认为……判决如下：
　　如不服本判决，可上诉。
> 审判员　史某
> 二〇二三年九月一日
"""
JUDGMENT_APPEAL = """
# 南岭市中级人民法院
# 刑 事 裁 定 书
> （2022）南01刑终55号
　　上诉人（原审被告人）周某甲犯盗窃罪一案，本院依法组成合议庭，不开庭审理。裁定如下：驳回上诉，维持原判。本裁定为终审裁定。
> 审判长　史某
> 二〇二二年十一月一日
"""
JUDGMENT_ADMINISTRATIVE = """
# 北川县人民法院
# 行 政 判 决 书
> （2023）豫0222行初9号
原告：马某某。被告：北川县人力资源和社会保障局。
　　原告不服被告作出的工伤认定决定，提起行政诉讼。判决如下：如不服本判决，可上诉。
> 审判长　史某
> 二〇二三年九月一日
"""
COMPLAINT_ADMINISTRATIVE = """
# 行政起诉状
原告：马某某　被告：北川县人力资源和社会保障局
诉讼请求：撤销被告作出的不予认定工伤决定。
事实与理由：原告在上班途中受伤。
> 具状人：马某某
"""
MEDIATED = """
# 人民调解协议书
当事人：马某某、秦某
　　经北川县柳河镇人民调解委员会主持调解，双方自愿达成如下协议：秦某赔偿马某某五千元。
> 调解员：车某
> 2023年4月1日
"""
ASSIGNED_OUT_OF_COURT = ASSIGNMENT_NEW.replace("劳动争议一案提供法律援助，指派", "纠纷提供非诉讼代理法律援助，指派")
NOT_PROSECUTED = """
# 东河县人民检察院
# 不 起 诉 决 定 书
> 东检刑不诉〔2023〕5号
　　被不起诉人周某甲，因涉嫌盗窃罪被取保候审。本院决定对周某甲不起诉。
> 二〇二三年七月一日
"""
BY_POLICE = [LETTER_FROM_POLICE, ARREST_NOTICE, INTERVIEW, OPINION_TO_PROSECUTOR.replace("检察院", "公安局")]
APPLIED = [APPLICATION_2023, DECISION]


def profile(*markups: str) -> Profile:
    pages = pages_of(*markups)
    return extract(pages, divided(*markups).documents, dt.date(2026, 1, 1)).profile


@pytest.mark.parametrize(
    ("papers", "kind", "stage", "entry"),
    [
        ([*BY_POLICE, REPORTS.replace("劳动争议", "盗窃罪")], "criminal", "investigation", "notice"),
        (
            [ISSUER_IN_TWO_LINES, INTERVIEW, READING, PLEA, POLICE_OPINION, OPINION_TO_PROSECUTOR, NOT_PROSECUTED],
            "criminal",
            "prosecution_review",
            "notice",
        ),
        (
            [COURT_TO_AGENCY, LETTER_TO_COURT, INTERVIEW, PROSECUTORS, HEARING_NOTICE, BEFORE_COURT, HEARING],
            "criminal",
            "trial",
            "notice",
        ),
        ([*APPLIED, LETTER_TO_COURT, INTERVIEW, BEFORE_COURT, JUDGMENT_APPEAL], "criminal", "trial", "application"),
        ([*APPLIED, TALK, PARTYS_COMPLAINT, COURT_ACCEPTS, COURT_SPEECH], "civil", "litigation", "application"),
        (
            [*APPLIED, ASSIGNMENT_NEW, TALK, LABOUR_CLAIM, LABOUR_ACCEPTS, HEARING_LABOUR, AWARD],
            "labour_arbitration",
            "arbitration",
            "application",
        ),
        (
            [*APPLIED, TALK, AWARD, PARTYS_COMPLAINT, COURT_ACCEPTS, COURT_SPEECH, JUDGMENT_CIVIL],
            "civil",
            "litigation",
            "application",
        ),
        (
            [*APPLIED, TALK, COMPLAINT_ADMINISTRATIVE, COURT_SPEECH, JUDGMENT_ADMINISTRATIVE],
            "administrative",
            "litigation",
            "application",
        ),
        ([*APPLIED, ASSIGNED_OUT_OF_COURT, TALK, MEDIATED], "non_litigation", "non_litigation", "application"),
    ],
)
def test_kind_stage_and_entry(papers: list[str], kind: str, stage: str, entry: str) -> None:
    found = profile(*papers)
    assert (found.case_kind, found.stage, found.entry) == (kind, stage, entry)


def test_every_answer_says_what_it_rests_on() -> None:
    kind, stage, entry, regime = profile(*APPLIED, LETTER_TO_COURT, INTERVIEW, BEFORE_COURT, JUDGMENT_APPEAL).basis
    assert kind.startswith("案件类别: ") and "会见笔录 (第 4 页)" in kind
    assert stage.startswith("阶段: ") and "裁定书 (第 6 页)" in stage
    assert entry.startswith("受理方式: 卷内有法律援助申请材料, 见法律援助申请表 (第 1 页)")
    assert regime.startswith("适用规定: ")


def fact(role: str, day: str, certain: bool = True) -> DateFact:
    from pipeline.casefile import Box

    return DateFact(role, dt.date.fromisoformat(day), "d1", 1, Box(0, 0, 1, 1), day, certain)


@pytest.mark.parametrize(
    ("dates", "entry", "regime"),
    [
        ([fact("application", "2021-12-31"), fact("assignment", "2022-01-05")], "application", "R0"),
        ([fact("application", "2022-01-01")], "application", "R1"),
        ([fact("assignment", "2023-09-01")], "application", "R2"),
        ([fact("notice", "2021-12-30"), fact("notice_received", "2022-01-02")], "notice", "R1"),
        ([fact("application", "2026-01-01")], "application", "R3"),
        ([fact("application", "2012-01-01", certain=False), fact("application", "2022-03-01")], "application", "R1"),
        ([fact("judgment", "2023-10-01"), fact("interview", "2023-08-01")], "application", "R1"),
        ([], "application", "R1"),
    ],
)
def test_the_regime_by_the_key_date(dates: list[DateFact], entry: str, regime: str) -> None:
    assert case_regime(dates, entry)[0] == regime
