"""Papers of courts, police, prosecutors and arbitrators by their usual faces; titles and what they match."""

from __future__ import annotations

import pytest
from pages_builder import type_of

from pipeline.documents.titles import match_title
from pipeline.documents.types import BLANK, doc_types, shared_titles, type_title

PAPERS = [
    (
        "aid_letter",
        """
# 北川县法律援助中心
# 函
> 川援函〔2022〕8号
北川县人民法院：
　　你院受理的马某某诉某公司一案，我中心已决定给予马某某法律援助，并指派许某律师担任其诉讼代理人。特此函告。
> 2022年3月8日
""",
    ),
    (
        "hearing_summons",
        """
# 北川县人民法院
# 传  票
| 案号 | （2023）豫0222民初77号
| 案由 | 买卖合同纠纷
| 被传唤人 | 马某某
| 传唤事由 | 开庭
| 应到时间 | 2023年5月9日9时
| 应到处所 | 第二法庭
> 书记员：谢某
""",
    ),
    (
        "judgment",
        """
# 南岭市中级人民法院
# 民 事 判 决 书
> （2023）豫01民终9号
上诉人（原审被告）：某公司。被上诉人（原审原告）：马某某。
　　上诉人因买卖合同纠纷一案，不服判决，向本院提起上诉。
""",
    ),
    (
        "appeal",
        """
# 民 事 上 诉 状
上诉人（原审原告）：马某某
被上诉人：某公司
上诉请求：撤销一审判决。
上诉理由：一审认定事实错误。
此致
南岭市中级人民法院
> 上诉人：马某某
""",
    ),
    (
        "answer",
        """
# 上诉答辩状
答辩人（被上诉人）：马某某
　　因上诉人某公司不服一审判决提起上诉，现提出如下答辩意见：
> 答辩人：马某某
""",
    ),
    (
        "ruling",
        """
# 北川县人民法院
# 民 事 裁 定 书
> （2023）豫0222民初77号
原告：马某某
　　原告于2023年5月1日提出撤诉申请。裁定如下：准许原告马某某撤诉。
> 审判员 史某
""",
    ),
    (
        "mediation_statement",
        """
# 北川县人民法院
# 民 事 调 解 书
> （2023）豫0222民初77号
原告：马某某　被告：某公司
　　本案审理过程中，经本院主持调解，当事人自愿达成如下协议。
> 审判员 史某
""",
    ),
    (
        "arbitral_award",
        """
# 北川县劳动人事争议仲裁委员会
# 仲 裁 调 解 书
> 北劳人仲案字〔2023〕第101号
申请人：马某某　被申请人：某公司
　　经本委主持调解，双方自愿达成如下协议。
> 仲裁员：戚某
""",
    ),
    (
        "bail_decision",
        """
# 东河县公安局
# 取保候审决定书
> 东公（刑）取保字〔2023〕9号
犯罪嫌疑人周某甲
　　我局正在侦查周某甲涉嫌盗窃案，根据刑事诉讼法，决定对其取保候审，由保证人周某乙担保。
""",
    ),
    (
        "detention_warrant",
        """
# 东河县公安局
# 拘 留 通 知 书
周某乙：
　　我局已于2023年2月21日将涉嫌盗窃罪的周某甲刑事拘留，现羁押在东河县看守所。
""",
    ),
    (
        "sentencing_proposal",
        """
# 东河县人民检察院
# 量刑建议书
> 东检量建〔2023〕5号
　　被告人周某甲涉嫌盗窃罪一案，建议判处有期徒刑六个月，缓刑一年。
""",
    ),
    (
        "expert_opinion",
        """
# 价格认定结论书
东河县公安局：
　　根据你单位委托，认定标的价格为1800元。
> 东河县价格认证中心
""",
    ),
    (
        "expert_opinion",
        """
# 刑事谅解书
谅解人：秦某
　　周某甲赔偿了我的损失，我对其予以谅解，请求从轻处罚。
> 谅解人：秦某
""",
    ),
    (
        "identity_proof",
        """
姓名 马秀兰
性别 女 民族 汉
出生 1975年6月1日
住址 北川县柳河镇柳河村12号
公民身份号码 410000197506010000

中华人民共和国
居民身份证
签发机关 北川县公安局
有效期限 2010.01.01-2030.01.01
""",
    ),
    (
        "practising_certificate",
        """
中华人民共和国
# 律师执业证
执业机构 北川县正明律师事务所
执业证类别 专职律师
执业证号 14107201510000000
持证人 许某
""",
    ),
    (
        "evidence_material",
        """
# 道路交通事故认定书
> 第4107号
当事人：马某某、秦某
　　事故责任：秦某负主要责任。
""",
    ),
    (
        "administrative_decision",
        """
# 北川县人力资源和社会保障局
# 不予认定工伤决定书
> 北人社工伤不认字〔2023〕3号
申请人：马某某
　　本机关决定不予认定为工伤。
""",
    ),
    (
        "administrative_decision",
        """
# 北川县人民政府
# 行政复议决定书
> 北政复决〔2023〕3号
申请人：马某某　被申请人：北川县人社局
　　本机关认为……决定维持。
""",
    ),
    (
        "enforcement_document",
        """
# 强制执行申请书
申请执行人：马某某
被执行人：某公司
请求事项：强制执行判决书确定的义务。
""",
    ),
    (
        "case_registration",
        """
# 东河县公安局
# 受案登记表
| 案件来源 | 群众报警
| 报案人 | 秦某
简要案情：被盗电动车一辆。
""",
    ),
    (
        "residential_surveillance",
        """
# 东河县公安局
# 监视居住决定书
> 东公（刑）监居字〔2023〕9号
犯罪嫌疑人周某甲
　　决定对其监视居住。
""",
    ),
    (
        "supplementary_investigation",
        """
# 东河县人民检察院
# 退回补充侦查决定书
　　你局移送审查起诉的周某甲一案，现退回补充侦查。
""",
    ),
    (
        "hardship_statement",
        """
# 经济困难状况说明表
| 申请人 | 马某某 | 家庭人口 | 3
| 家庭收入 | 元
　　本人承诺以上情况属实，如有虚假愿意承担法律责任。
> 申请人：马某某
""",
    ),
    (
        "cover",
        """
# 法律援助案件卷宗
| 全宗号 | | 年度 | 2023
| 案由 | 劳动争议
| 受援人 | 马某某
| 承办人 | 许某
| 立卷时间 | 2023年8月1日
""",
    ),
    (
        "representation_statement",
        """
# 关于马某某诉某公司买卖合同纠纷一案的
# 代 理 意 见
审判长、审判员：
　　受北川县法律援助中心指派，我作为原告马某某的代理人，发表代理意见如下。
> 代理人 许某
""",
    ),
    (
        "legal_opinion",
        """
# 羁押必要性审查申请书
东河县人民检察院：
　　申请人系犯罪嫌疑人周某甲的辩护人，申请对其进行羁押必要性审查，变更强制措施为取保候审。
> 申请人 邓某律师
""",
    ),
    (
        "evidence_catalogue",
        """
# 证 据 清 单
| 序号 | 证据名称 | 来源 | 证明对象
| 1 | 工资欠条 | 原告提交 | 欠薪事实
提交人：马某某
""",
    ),
    (
        "reassignment_approval",
        """
# 更换承办人申请审批表
| 受援人 | 马某某
更换理由：承办律师生病
审批意见：同意更换
""",
    ),
    (
        "acceptance_notice",
        """
# 北川县人民法院
# 举 证 通 知 书
> （2023）豫0222民初77号
马某某：
　　现将举证的有关事项通知如下：举证期限为十五日。
""",
    ),
    (
        "acceptance_notice",
        """
# 北川县劳动人事争议仲裁委员会
# 应诉通知书
某公司：
　　本委已受理马某某诉你单位劳动争议一案，请在收到本通知之日起十日内提交答辩书。
""",
    ),
]


@pytest.mark.parametrize(("kind", "markup"), PAPERS, ids=[f"{n}-{kind}" for n, (kind, _) in enumerate(PAPERS)])
def test_papers_by_their_usual_faces(kind: str, markup: str) -> None:
    assert type_of(markup) == kind


OWN_TITLES = [
    (kind.type, title)
    for kind in doc_types().values()
    for title in kind.titles
    if kind.type != BLANK and title not in shared_titles() and len(title) >= 2
]


def test_every_known_title_is_its_own_types_or_shared() -> None:
    wrong = [(kind, title) for kind, title in OWN_TITLES if dict(match_title(title)).get(kind) != 1.0]
    assert wrong == []


def test_one_misread_character_loses_few_titles() -> None:
    titles = [(kind, title) for kind, title in OWN_TITLES if len(title) >= 5]
    tried = [(kind, title[:at] + "囗" + title[at + 1 :]) for kind, title in titles for at in (0, len(title) // 2)]
    found = sum(kind in dict(match_title(text)) for kind, text in tried)
    assert found / len(tried) > 0.98


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("会见犯罪嫌疑人、被告人笔录", "client_interview"),
        ("为犯罪嫌疑人提供法律帮助委托协议", "aid_agreement"),
        ("行政诉讼起诉书", "civil_complaint"),
        ("执行仲裁裁决申请书", "enforcement_document"),
        ("回避申请书", "other"),
        ("律师事务所函", "law_firm_letter"),
        ("法律援助公函（通知辩护）", "defence_request"),
        ("法律援助公函（转交申请）", "referral_letter"),
        ("讯问笔录（第二次）", "interrogation_record"),
        ("援助指派通知书存根", "form_stub"),
    ],
)
def test_a_title_is_read_by_its_head_noun(text: str, kind: str) -> None:
    assert match_title(text)[0][0] == kind


@pytest.mark.parametrize("text", ["", "一", "第12页", "北川县", "尊敬的"])
def test_what_is_no_title_matches_nothing(text: str) -> None:
    assert match_title(text) == ()


def test_shared_titles_name_types_that_there_are() -> None:
    assert {key for keys in shared_titles().values() for key in keys} <= set(doc_types())


def test_a_type_s_name_is_for_people() -> None:
    assert type_title("assignment_notice") == "指派通知书"
    assert type_title("no_such_type") == "no_such_type"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("会见犯罪嫌疑人（被告人）专用函", "detention_visit_letter"),
        ("关于指派辩护律师的复函", "assignment_reply"),
        ("2022年下半年车间工人工资表", "evidence_material"),
        ("更换法律援助承办律师申请审批表", "reassignment_approval"),
        ("法律援助案件承办律师权利与义务告知", "lawyer_rights_notice"),
        ("受援群众权利义务告知单", "recipient_rights_notice"),
        ("关于未能查阅本案卷宗的说明", "situation_note"),
        ("法律援助民事案件卷宗质量评查打分表", "quality_evaluation_form"),
    ],
)
def test_a_title_nobody_listed_is_known_by_its_shape(title: str, kind: str) -> None:
    assert match_title(title)[0][0] == kind
