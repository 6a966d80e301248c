"""What forms declare of a case, through boxes, lost boxes and ce"
"lls read together; and kind, stage and entry from it."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from papers_builder import papers_of

from pipeline.extraction.declared import declared, ticked
from pipeline.extraction.papers import Paper
from pipeline.extraction.profile import profile_of
from pipeline.text.lookalikes import misread


@pytest.mark.parametrize(
    ("value", "chosen"),
    [
        ("刑事辩护\t所处阶段", "刑事辩护"),
        ("□侦查☑审查起诉□审判", "审查起诉"),
        ("□本人申请■人民法院通知□公安机关通知", "人民法院通知"),
        ("本人申请□人民法院通知□公安机关通知", "本人申请"),
        ("本人申请人民法院通知公安机关通知", "本人申请人民法院通知公安机关通知"),
        ("□民事□刑事□行政", ""),
    ],
)
def test_the_option_that_is_ticked(value: str, chosen: str) -> None:
    assert ticked(value) == chosen


@pytest.mark.parametrize(
    ("markup", "told"),
    [
        ("| 案件类别 | 刑事 | 承办方式 | 刑事辩护 |", {("kind", "criminal")}),
        ("| 类别 | 民事 | 承办人 | 姚思远 |", {("class", "civil")}),
        ("| 援助方式 | 民事诉讼代理 | 所处阶段 | 二审 |", {("kind", "civil"), ("stage", "trial")}),
        ("援助方式：仲裁代理　阶段：仲裁", {("kind", "labour_arbitration")}),
        ("援助形式：非诉讼法律事务代理", {("kind", "non_litigation")}),
        ("| 援助方式 | 行政诉讼代理 |", {("kind", "administrative")}),
        ("办案机关：南浦县公安局", {("organ_stage", "investigation"), ("organ_kind", "criminal")}),
        ("| 审理机关 | 南浦县人民法院 | 结案日期 | 2023年1月1日 |", {("organ_stage", "trial")}),
        ("| 案件来源 | □本人申请 ☑人民法院通知 □公安机关通知 |", {("source", "notice")}),
        ("案件来源：本人申请人民法院通知公安机关通知其他", set()),
        ("所处阶段审查起诉", {("stage", "prosecution_review")}),
        ("　　本案类别繁多，援助方式由中心决定。", set()),
    ],
)
def test_slots(markup: str, told: set[tuple[str, str]]) -> None:
    found = {(what, value) for what, value, _ in declared(papers_of(("approval_form", f"# 法律援助审批表\n{markup}")))}
    assert found == told


def test_papers_of_others_declare_nothing() -> None:
    assert list(declared(papers_of(("judgment", "# 判决书\n案件类别：刑事")))) == []


NOTICE = (
    "defence_request",
    "# {organ}\n# 提供法律援助通知书\n南浦县法律援助中心：\n　　请指派律师为柯玉成提供辩护。\n> {organ}",
)
APPLIED = [
    ("aid_application", "# 法律援助申请表\n| 姓名 | 柯玉成 | 性别 | 男 |\n此致\n南浦县法律援助中心"),
    ("aid_decision", "# 给予法律援助决定书\n柯玉成：\n　　你提出的法律援助申请，经审查，符合条件。援助方式：{means}。"),
]
COVER = (
    "cover",
    "# 法律援助案卷\n| 案件类别 | {class_} | 援助方式 | {means} |\n"
    "| 受援人 | 柯玉成 | 案由 | {cause} |\n| 办案机关 | {organ} | 承办人 | 姚思远 |",
)
APPROVAL = (
    "approval_form",
    "# 法律援助审批表\n| 受援人 | 柯玉成 | 案由 | {cause} |\n| 援助方式 | {means} | 所处阶段 | {stage} |",
)
ASSIGNED = (
    "assignment_notice",
    "# 指派通知书\n福建南浦律师事务所：\n　　现指派你所姚思远律师承办柯玉成{cause}一案（{stage}阶段）。",
)
CLOSED = (
    "closing_report",
    "# 结案报告表\n| 受援人 | 柯玉成 | 案由 | {cause} |\n| 办案机关 | {organ} | 承办人 | 姚思远 |",
)
CRIME = [
    ("client_interview", "# 会见笔录\n会见人：姚思远\n被会见人：柯玉成　涉嫌罪名：{cause}"),
    (
        "prosecution_opinion",
        "# 起诉意见书\n　　犯罪嫌疑人柯玉成涉嫌{cause}一案，现移送审查起诉。\n　　此致\n南浦县人民检察院",
    ),
]
COURT = [
    ("indictment", "# 起诉书\n　　被告人柯玉成，男。\n　　此致\n南浦县人民法院"),
    ("defence_statement", "# 辩护词\n　　审判长、审判员：受指派担任柯玉成的辩护人。"),
    ("hearing_record", "# 法庭审理笔录\n案号：（2023）闽0722刑初5号"),
]
CIVIL = [
    ("client_talk", "# 谈话笔录\n受援人：柯玉成"),
    ("representation_statement", "# 代理词\n　　审判长、审判员：受指派担任柯玉成的代理人。"),
]
JUDGED = {
    "criminal": ("judgment", "# 刑事判决书\n> （2023）闽0722刑初5号"),
    "civil": ("judgment", "# 民事判决书\n> （2023）闽0722民初5号"),
    "administrative": ("judgment", "# 行政判决书\n> （2023）闽0722行初5号"),
}
AWARD = ("arbitral_award", "# 南浦县劳动人事争议仲裁委员会\n# 仲裁裁决书\n> 南劳人仲案〔2023〕5号")
CLAIM = ("arbitration_application", "# 劳动人事争议仲裁申请书\n申请人：柯玉成")
COMPLAINT = ("civil_complaint", "# 民事起诉状\n原告：柯玉成")
SUED = ("civil_complaint", "# 行政起诉状\n原告：柯玉成\n被告：南浦县人力资源和社会保障局")
AGREED = ("mediation_statement", "# 南浦县石桥镇人民调解委员会\n# 人民调解协议书\n　　经调解达成协议。")
COURT_NAME, OFFICE, POLICE = "南浦县人民法院", "南浦县人民检察院", "南浦县公安局"
COMMISSION, MEDIATORS = "南浦县劳动人事争议仲裁委员会", "石桥镇人民调解委员会"

FILES = {
    "investigation by notice": (
        ("criminal", "investigation", "notice"), [NOTICE, *CRIME[:1], ("legal_opinion", "# 法律意见书\n南浦县公安"
            "局：\n　　建议取保候审。")],
        {"class_": "刑事", "means": "刑事辩护", "cause": "诈骗罪", "stage": "侦查", "organ": POLICE},
    ),
    "investigation by application": (
        ("criminal", "investigation", "application"), [*APPLIED, *CRIME],
        {"class_": "刑事", "means": "刑事辩护", "cause": "诈骗罪", "stage": "侦查", "organ": POLICE},
    ),
    "review by notice": (
        ("criminal", "prosecution_review", "notice"), [NOTICE, *CRIME, COURT[0]],
        {"class_": "刑事", "means": "刑事辩护", "cause": "诈骗罪", "stage": "审查起诉", "organ": OFFICE},
    ),
    "review by application, not prosecuted": (
        ("criminal", "prosecution_review", "application"),
        [*APPLIED, *CRIME, ("non_prosecution_decision", "# 不起诉决定书\n　　本院决定对柯玉成不起诉。")],
        {"class_": "刑事", "means": "刑事辩护", "cause": "诈骗罪", "stage": "审查起诉", "organ": OFFICE},
    ),
    "trial by notice": (
        ("criminal", "trial", "notice"), [NOTICE, *CRIME, *COURT, JUDGED["criminal"]],
        {"class_": "刑事", "means": "刑事辩护", "cause": "诈骗罪", "stage": "一审", "organ": COURT_NAME},
    ),
    "second instance by application": (
        ("criminal", "trial", "application"),
        [*APPLIED, *CRIME[:1], COURT[1], ("ruling", "# 刑事裁定书\n> （2023）闽07刑终5号\n"
            "　　驳回上诉，维持原判。"), JUDGED["criminal"]],
        {"class_": "刑事", "means": "刑事辩护", "cause": "诈骗罪", "stage": "二审", "organ": "闽北市中级人民法院"},
    ),
    "a victim's claim within the trial": (
        ("criminal", "trial", "application"), [*APPLIED, CIVIL[0], CIVIL[1], JUDGED["criminal"], COURT[0]],
        {"class_": "刑事", "means": "刑事代理", "cause": "故意伤害罪", "stage": "一审", "organ": COURT_NAME},
    ),
    "compulsory treatment": (
        ("criminal", "trial", "notice"),
        [("representation_request", "# 强制医疗通知代理公函\n"
            "　　请指派律师担任被申请人的诉讼"
                "代理人。\n> 南浦县人民法院"), ("ruling", "# 强制医疗决定书\n> （2023）闽0722刑医5号")],
        {"class_": "刑事", "means": "刑事代理", "cause": "强制医疗", "stage": "审判", "organ": COURT_NAME},
    ),
    "a lawsuit": (
        ("civil", "litigation", "application"), [*APPLIED, *CIVIL, COMPLAINT, JUDGED["civil"]],
        {"class_": "民事", "means": "民事诉讼代理", "cause": "离婚纠纷", "stage": "一审", "organ": COURT_NAME},
    ),
    "a lawsuit after an accident that was a crime": (
        ("civil", "litigation", "applicatio"
            "n"), [*APPLIED, *CIVIL, COMPLAINT, JUDGED["criminal"], COURT[0], JUDGED["civil"]],
        {"class_": "民事", "means": "民事诉讼代理", "cause": "机动车交通事故"
            "责任纠纷", "stage": "一审", "organ": COURT_NAME},
    ),
    "a lawsuit settled in court": (
        ("civil", "litigation", "application"), [*APPLIED, *CIVIL[:1], COMPLAINT, ("mediation_statement", "# 民事"
            "调解书\n> （2023）闽0722民初5号")],
        {"class_": "民事", "means": "民事诉讼代理", "cause": "离婚纠纷", "stage": "一审", "organ": COURT_NAME},
    ),
    "labour arbitration": (
        ("labour_arbitration", "arbitration", "application"), [*APPLIED, *CIVIL, CLAIM, AWARD],
        {"class_": "民事", "means": "劳动仲裁代理", "cause": "确认劳动关系争议", "stage": "仲裁", "organ": COMMISSION},
    ),
    "a labour case that went on to court": (
        ("civil", "litigation", "application"), [*APPLIED, *CIVIL, AWARD, COMPLAINT, JUDGED["civil"]],
        {"class_": "民事", "means": "民事诉讼代理", "cause": "劳动争议", "stage": "一审", "organ": COURT_NAME},
    ),
    "an administrative case": (
        ("administrative", "litigation", "application"), [*APPLIED, *CIVIL, SUED, JUDGED["administrative"]],
        {"class_": "行政", "means": "行政诉讼代理", "cause": "工伤认定", "stage": "一审", "organ": COURT_NAME},
    ),
    "settled out of court": (
        ("non_litigation", "non_litigation", "application"), [*APPLIED, *CIVIL[:1], AGREED],
        {"class_": "非诉讼", "means": "非诉讼代理", "cause": "健康权纠纷", "stage": "调解", "organ": MEDIATORS},
    ),
    "settled out of court and called civil": (
        ("non_litigation", "non_litigation", "application"), [*APPLIED, *CIVIL[:1], AGREED],
        {"class_": "民事", "means": "非诉讼法律事务代理", "cause": "健康权纠纷", "stage": "调解", "organ": MEDIATORS},
    ),
}  # fmt: skip


def file_of(name: str) -> tuple[tuple[str, str, str], list[tuple[str, str]]]:
    expected, own, words = FILES[name]
    papers = [COVER, APPROVAL, ASSIGNED, *own, CLOSED]
    return expected, [(kind, _filled(markup, words)) for kind, markup in papers]


def _filled(markup: str, words: dict[str, str]) -> str:
    for key, value in words.items():
        markup = markup.replace(f"{{{key}}}", value)
    return markup


def answers(papers: Sequence[Paper]) -> tuple[str, str, str]:
    found = profile_of(papers, ())
    return found.case_kind, found.stage, found.entry


@pytest.mark.parametrize("name", sorted(FILES))
def test_kind_stage_and_entry(name: str) -> None:
    expected, papers = file_of(name)
    assert answers(papers_of(*papers)) == expected


@pytest.mark.parametrize("name", sorted(FILES))
def test_any_one_form_may_be_missing(name: str) -> None:
    expected, papers = file_of(name)
    for lost in range(len(papers)):
        rest = papers[:lost] + papers[lost + 1 :]
        kind, stage, entry = answers(papers_of(*rest))
        assert (kind, stage) == expected[:2], papers[lost][0]
        if papers[lost][0] not in ("defence_request", "representation_request", "aid_application"):
            assert entry == expected[2], papers[lost][0]


MISREAD = {
    "刑": "荆",
    "事": "亊",
    "诉": "诈",
    "院": "陀",
    "通": "逋",
    "知": "和",
    "审": "宙",
    "查": "杏",
    "仲": "伸",
    "民": "艮",
}


@pytest.mark.parametrize("name", sorted(FILES))
def test_one_character_in_twelve_may_be_misread(name: str) -> None:
    expected, papers = file_of(name)
    right = 0
    for seed in range(10):
        chance = random.Random(seed)
        worn = [
            (kind, "".join(MISREAD.get(c, c) if chance.random() < 1 / 12 else c for c in markup))
            for kind, markup in papers
        ]
        right += answers(papers_of(*worn)) == expected
    assert right >= 9


def test_the_misreadings_above_are_such_as_happen() -> None:
    assert sum(misread(one, other) for one, other in MISREAD.items()) >= 5
