"""Forms of several sets: the old one of 2013, that of 2023, and what counties make of them."""

from __future__ import annotations

import pytest
from pages_builder import type_of

COVER = """
# 北川县法律援助中心
# 案  卷
| 类　　别 | 民事
| 受 援 人 | 马某某
| 承办人员 | 许某
| 收案日期 | 2023年3月1日
| 结案日期 | 2023年7月1日
| 立 卷 人 | 许某
| 保管期限 | 长期
= 本卷共 45 页
"""
BACK = """
# 卷内备考表
本卷情况说明：
　　本卷共45页，内容完整。
~
> 立卷人：许某
> 检查人：丁某
> 2023年8月1日
"""
APPLICATION_2023 = """
# 法律援助申请表
编号：
| 姓名 | 马某某 | 性别 | 女
| 身份证号码 | 410000197506010000 | 民族 | 汉
| 人群类别 | 妇女 农民工 | 文化程度 | 初中
| 联系电话 | 13000000000 | 住址 | 北川县柳河村
| 案情及申请理由 | 公司拖欠工资，请求法律援助。
　　本人承诺以上所填内容和提交的材料均真实。
> 申请人（签字）：马某某
> 2023年3月1日
"""
THREE_LEVELS = """
# 法律援助申请审批表
| 受援人 | 马某某 | 案由 | 劳动争议
| 案件来源 | 本人申请 | 援助方式 | 仲裁代理
承办人意见：
　　经审查，符合条件，建议给予法律援助。
> 承办人：丁某　2023年3月2日
审核意见：
　　同意。
> 审核人：方某　2023年3月3日
审批意见：
　　同意给予法律援助。
> 负责人：高某　批准日期：2023年3月4日
"""
THREE_LEVELS_OTHER_TITLE = THREE_LEVELS.replace("# 法律援助申请审批表", "# 法律援助案件受理审查表")
RIGHTS = """
# 法律援助受援人权利义务告知书
马某某：
　　根据法律援助法，现将受援人的权利义务告知如下：
　　一、受援人的权利：1.有权了解案件办理情况；2.有证据证明法律援助人员未依法履行职责的，可以申请更换。
　　二、受援人的义务：1.如实陈述案件事实；2.配合法律援助人员。
> 受援人签名：马某某
> 2023年3月5日
"""
RIGHTS_BARE = RIGHTS.replace("# 法律援助受援人权利义务告知书", "# 告 知 书")
LAWYER_RIGHTS = """
# 法律援助人员权利义务告知书
许某：
　　现将承办法律援助案件的权利义务告知如下：
　　一、权利：领取法律援助补贴；要求受援人配合。
　　二、义务：不得收取受援人财物；办结后30日内提交结案材料归档。
> 法律援助人员签名：许某
> 2023年3月5日
"""
LAWYER_RIGHTS_SHARED_TITLE = LAWYER_RIGHTS.replace("# 法律援助人员权利义务告知书", "# 权利义务告知书").replace(
    "　　现将承办", "　　现将律师承办"
)
PROSECUTORS_RIGHTS = """
# 南岭县人民检察院
# 权利义务告知书
周某甲：
　　根据刑事诉讼法，现将犯罪嫌疑人在审查起诉阶段的诉讼权利和义务告知如下：
　　一、有权申请检察人员回避；二、有权委托辩护人；三、对与本案无关的讯问有权拒绝回答。
> 被告知人：周某甲
> 2022年5月10日
"""
COURTS_RIGHTS = """
# 东河县人民法院
# 诉讼权利义务告知书
　　当事人在诉讼中享有下列权利：申请审判人员、书记员回避；委托代理人；提供证据。当事人应当履行下列义务：遵守诉讼秩序。
> 被告知人：
"""
PLEA_SYSTEM = """
# 认罪认罚从宽制度告知书
　　根据刑事诉讼法第十五条，犯罪嫌疑人、被告人自愿如实供述自己的罪行，承认指控的犯罪事实，愿意接受处罚的，可以依法从宽处理。有权获得值班律师帮助。
> 被告知人：周某甲
> 2022年5月10日
"""
PLEA = """
# 认 罪 认 罚 具 结 书
一、犯罪嫌疑人身份信息：本人姓名周某甲。
二、权利知悉：本人已阅读告知书，理解并接受其全部内容。
三、认罪认罚内容：本人知悉并认可指控的犯罪事实和量刑建议，同意适用速裁程序。
四、自愿签署声明：本人系自愿签署本具结书。
> 犯罪嫌疑人：周某甲　2022年5月30日
> 辩护人/值班律师：邓某　2022年5月30日
"""
AGREEMENT = """
# 法律援助委托代理协议
甲方（受援人）：马某某
乙方：北川县正明律师事务所
　　甲方因与某公司劳动争议一案，经法律援助中心决定给予法律援助，双方订立本协议：
　　一、乙方安排许某律师担任甲方的代理人。二、乙方不收取任何费用。
| 甲方：马某某 | 乙方：（章）
| 2023年3月6日 | 2023年3月6日
"""
MANDATE = """
# 特别授权委托书
委托人：马某某　身份证号：410000197506010000
受委托人：许某，北川县正明律师事务所律师
　　现委托上列受委托人在我与某公司劳动争议一案中，作为我方代理人。代理权限：特别授权，代为承认、放弃、变更仲裁请求。
> 委托人：马某某
> 2023年3月6日
"""
MANDATE_DEFENCE = """
# 委 托 书
　　委托人周某乙根据法律规定，特委托邓某律师为涉嫌盗窃罪案件的犯罪嫌疑人周某甲的辩护人。本委托书有效期自即日起至侦查终结止。
> 委托人：周某乙
> 2023年3月6日
"""
REPORTS = """
# 法律援助案件承办情况报告
| 受援人 | 马某某 | 案由 | 劳动争议
| 承办人 | 许某 | 结案方式 | 裁决
| 结案日期 | 2023年7月1日 | 承办结果 | 胜诉
办理经过：接受指派后约见受援人、调查取证、参加仲裁庭审。
> 承办人签名：许某　2023年7月10日
承办单位意见：同意结案。
"""
CALLED_BACK = """
# 法律援助案件受援人回访表
| 受援人 | 马某某 | 承办人 | 许某
1.承办人是否及时约见您？ 是
2.承办人是否收取费用？ 否
3.您对服务态度是否满意？ 满意 基本满意 不满意
> 受援人签名：马某某
"""
SCORED = """
# 民事法律援助案件质量同行评估表
| 评估指标 | 分值 | 得分
| 及时约见 | 10 | 8
| 代理意见 | 20 | 15
| 归档 | 10 | 9
评估等次：合格
> 评估人：卫某　2023年9月1日
"""
PAID = """
# 法律援助案件补贴审批单
| 承办人 | 许某 | 案件 | 马某某劳动争议
| 补贴标准 | 1800元 | 领款人签名 | 许某
审批意见：同意发放办案补贴。
> 2023年9月1日
"""
PROMISE = """
# 法律援助申请人诚信承诺书
　　本人马某某申请法律援助，承诺所提供的经济状况真实，如有虚假，愿意承担法律责任。
> 承诺人：马某某
> 2023年3月1日
"""
POVERTY_2013 = """
# 法律援助申请人经济状况证明表
| 姓名 | 马某某 | 家庭人口 | 3
| 家庭成员月收入 | 800元 | 低保 | 否
情况属实。
> 出具单位（盖章）：北川县柳河村村民委员会
> 经办人：车某　2022年8月1日
"""
POVERTY_LOOSE = """
# 证  明
　　兹证明我村村民马某某家庭生活困难，年收入不足三千元，情况属实。
> 北川县柳河村村民委员会（盖章）
> 经办人：车某
> 2021年8月1日
"""
SERVED_BY_AGENCY = """
# 送达回证
| 送达文书 | 给予法律援助决定书
| 受送达人 | 马某某
| 送达地点 | 北川县法律援助中心
| 受送达人签名 | 马某某　2023年3月5日
| 送达人 | 丁某
"""
SERVED_BY_COURT = """
# 东河县人民法院
# 送 达 回 证
| 案号 | （2023）东0101刑初66号
| 送达文书名称和件数 | 刑事判决书一份
| 受送达人 | 周某甲
| 受送达人签名 | 周某甲　2023年8月1日
| 送达人 | 谢某
"""
VISITOR = """
# 法律援助来访、来电咨询登记表
| 来访人 | 马某某 | 来访时间 | 2023年3月1日
| 咨询事项 | 拖欠工资
| 答复意见 | 告知可申请法律援助
"""
STUB = """
# 指派通知书（存根）
发往单位：北川县正明律师事务所
受援人：马某某　案由：劳动争议
经办人：丁某
> 2023年3月4日
"""
RISKS = """
# 诉讼（仲裁）风险提示书
　　为使当事人了解诉讼、仲裁风险，现提示如下：超过诉讼时效可能败诉；不能按期举证将承担不利后果；被执行人无财产的，可能执行不能。
> 受援人：马某某
> 2023年3月5日
"""
CHECKED_BACK = """
# 征求办案机关意见函
东河县人民法院：
　　请对我中心指派的律师在办理法律援助案件中的表现提出意见：
满意　　基本满意　　不满意
意见建议：
> （盖章）
"""


@pytest.mark.parametrize(
    ("markup", "kind"),
    [
        (COVER, "cover"),
        (BACK, "file_remarks"),
        (APPLICATION_2023, "aid_application"),
        (THREE_LEVELS, "approval_form"),
        (THREE_LEVELS_OTHER_TITLE, "approval_form"),
        (RIGHTS, "recipient_rights_notice"),
        (RIGHTS_BARE, "recipient_rights_notice"),
        (LAWYER_RIGHTS, "lawyer_rights_notice"),
        (LAWYER_RIGHTS_SHARED_TITLE, "lawyer_rights_notice"),
        (PROSECUTORS_RIGHTS, "authority_rights_notice"),
        (COURTS_RIGHTS, "authority_rights_notice"),
        (PLEA_SYSTEM, "authority_rights_notice"),
        (PLEA, "plea_affidavit"),
        (AGREEMENT, "aid_agreement"),
        (MANDATE, "power_of_attorney"),
        (MANDATE_DEFENCE, "power_of_attorney"),
        (REPORTS, "closing_report"),
        (CALLED_BACK, "feedback_form"),
        (CHECKED_BACK, "feedback_form"),
        (SCORED, "quality_evaluation_form"),
        (PAID, "subsidy_approval"),
        (PROMISE, "hardship_statement"),
        (POVERTY_2013, "hardship_certificate"),
        (POVERTY_LOOSE, "hardship_certificate"),
        (SERVED_BY_AGENCY, "aid_service_return"),
        (SERVED_BY_COURT, "court_service_return"),
        (VISITOR, "intake_record"),
        (STUB, "form_stub"),
        (RISKS, "litigation_risk_notice"),
    ],
)
def test_forms(markup: str, kind: str) -> None:
    assert type_of(markup) == kind


@pytest.mark.parametrize(
    "title", ["结案报告", "法律援助案件结案小结", "办案小结", "结案登记审批表", "案件办理情况报告表"]
)
def test_a_closing_report_by_any_name(title: str) -> None:
    assert type_of(REPORTS.replace("# 法律援助案件承办情况报告", f"# {title}")) == "closing_report"


@pytest.mark.parametrize("title", ["授权委托书", "会见笔录", "送达回证", "空白格式文书"])
def test_a_form_that_nobody_filled_in(title: str) -> None:
    rows = (
        "姓名：            性别：            民族：",
        "时间：        年    月    日    地点：",
        "案由：            承办人：",
    )
    assert type_of("\n".join((f"# {title}", *rows, "内容：", "备注：", " " * 20 + "年    月    日"))) == "blank_form"
