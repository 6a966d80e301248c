"""The many ways in which forms ask for a signature, and the words that look like it and do not."""

from __future__ import annotations

import pytest
from pages_builder import page_text, pages_of

from pipeline.casefile import Document, PageText
from pipeline.extraction.readings import placed_rows
from pipeline.extraction.signatures import signatures_of

BODY = "根据有关规定，现将有关事项告知如下，请仔细阅读并遵守，如有疑问可以随时向工作人员询问清楚。\n"
TALK = "问：你把事情的经过说一下？\n答：那天我在家里，后来民警就来了。\n" * 3
TABLE = "| 案情简介 | 申请人在工地干活时被砸伤，老板不赔钱，请求援助中心派律师打官司 |\n~\n"


def found(kind: str, markup: str) -> list[tuple[str, str, str]]:
    """Role, state and name of every signature of a one-page document."""
    text = page_text(markup)
    pages = pages_of(PageText("scanned", 0, text.lines, text.marks))
    document = Document("d1", kind, "", 1, 1, 1.0)
    return [(one.role, one.state, one.name) for one in signatures_of(document, placed_rows(document, pages), pages)]


@pytest.mark.parametrize(
    ("kind", "role", "wording"),
    [
        ("aid_application", "applicant", "申请人（签名或捺印）："),
        ("aid_application", "applicant", "申 请 人 签 名 ："),
        ("aid_application", "applicant", "申请人(签章):"),
        ("aid_application", "applicant", "申请人或代理申请人签字："),
        ("aid_application", "applicant", "申请人本人签名（捺指印）："),
        ("aid_application", "handler", "经办人签字："),
        ("aid_application", "handler", "以上材料收讫。接收人："),
        ("hardship_statement", "applicant", "承诺人（签字、按手印）："),
        ("hardship_statement", "applicant", "声明人签名："),
        ("hardship_statement", "applicant", "申报人："),
        ("approval_form", "reviewer", "初审人（签名）："),
        ("approval_form", "reviewer", "审查人员签字："),
        ("approval_form", "approver", "审批人（签字）："),
        ("approval_form", "approver", "分管领导签字："),
        ("approval_form", "approver", "中心主任签名："),
        ("approval_form", "approver", "负责人（签章）："),
        ("recipient_rights_notice", "recipient", "受援人（签名、指印）："),
        ("recipient_rights_notice", "recipient", "被告知人（受援人）签名："),
        ("recipient_rights_notice", "recipient", "受援人签收："),
        ("recipient_rights_notice", "recipient", "被告知人："),
        ("lawyer_rights_notice", "lawyer", "承办律师签字："),
        ("lawyer_rights_notice", "lawyer", "法律援助人员（签名）："),
        ("lawyer_rights_notice", "lawyer", "被告知人："),
        ("authority_rights_notice", "suspect", "被告知人（签名捺印）："),
        ("aid_agreement", "recipient", "甲方（签字）："),
        ("aid_agreement", "lawyer", "承办律师（签名）："),
        ("power_of_attorney", "recipient", "委托人（签名或盖章）："),
        ("power_of_attorney", "recipient", "授权人签字："),
        ("client_interview", "recipient", "被会见人签名（捺指印）："),
        ("client_interview", "recipient", "被会见人："),
        ("client_interview", "lawyer", "会见律师（签名）："),
        ("client_interview", "lawyer", "会见人："),
        ("client_interview", "clerk", "记录人（签字）："),
        ("client_talk", "recipient", "谈话对象签名："),
        ("client_talk", "lawyer", "谈话人："),
        ("file_reading_record", "lawyer", "阅卷律师签字："),
        ("closing_report", "handler", "承办人（签字）："),
        ("closing_report", "handler", "法律援助人员签名："),
        ("closing_report", "reviewer", "审核人签名："),
        ("feedback_form", "recipient", "被回访人签字："),
        ("quality_evaluation_form", "evaluator", "评查人员签字："),
        ("quality_evaluation_form", "evaluator", "评审专家："),
        ("file_catalogue", "clerk", "立卷人："),
        ("file_catalogue", "clerk", "装订人签名："),
        ("court_service_return", "addressee", "受送达人签名或盖章："),
        ("court_service_return", "addressee", "受送达人签名或者捺印："),
        ("detention_warrant", "suspect", "本证已向我宣布。被拘留人："),
        ("arrest_warrant", "suspect", "被逮捕人（签名、捺指印）："),
        ("bail_decision", "suspect", "本决定书已收到。被取保候审人（签名）："),
        ("interrogation_record", "suspect", "被讯问人签名："),
        ("apprehension_account", "officer", "抓获民警："),
        ("plea_affidavit", "suspect", "犯罪嫌疑人（签名、捺印）："),
        ("plea_affidavit", "lawyer", "辩护人/值班律师签名："),
        ("hearing_record", "judge", "审判员："),
        ("hearing_record", "clerk", "书记员："),
        ("hearing_record", "recipient", "被告人（签名）："),
        ("answer", "recipient", "答辩人（签名或盖章）："),
        ("civil_complaint", "recipient", "具状人："),
        ("arbitration_application", "recipient", "申请人："),
        ("reassignment_approval", "approver", "机构负责人意见：同意更换。　签名："),
        ("reassignment_approval", "handler", "工作人员意见：情况属实。　签名："),
    ],
)
def test_wordings(kind: str, role: str, wording: str) -> None:
    markup = "# 文书\n" + BODY + TALK * (kind in ("client_interview", "client_talk")) + "~\n" + wording
    assert (role, "signed", "许某某") in found(kind, markup + "许某某　　　2023年3月1日")
    blanks = found(kind, markup)
    assert [(one[0], one[1]) for one in blanks if one[0] == role] == [(role, "blank")], blanks


@pytest.mark.parametrize(
    ("kind", "role", "damaged"),
    [
        ("aid_agreement", "lawyer", "承办大：许某某"),
        ("apprehension_account", "officer", "案民警：许某某"),
        ("closing_report", "reviewer", "中核人：许某某　2023年3月1日"),
        ("client_interview", "clerk", "会见律师：许某 记录人许某某"),
        ("apprehension_account", "officer", "办案民警许某某"),
        ("aid_application", "applicant", "申请人（签名：许某某"),
        ("power_of_attorney", "recipient", "委托人签名 许某某"),
    ],
)  # fmt: skip
def test_labels_that_lost_a_letter_or_their_colon(kind: str, role: str, damaged: str) -> None:
    assert (role, "signed", "许某某") in found(kind, "# 文书\n" + BODY + "~\n" + damaged)


@pytest.mark.parametrize(
    ("kind", "markup", "expected"),
    [
        # a cell for the label, the next one for the name
        ("aid_application", TABLE + "| 申请人签名 | 许某某 | 2023年3月1日 |", [("applicant", "signed", "许某某")]),
        ("aid_application", TABLE + "| 申请人签名 | | 年　月　日 |", [("applicant", "blank", "")]),
        # the name under the label
        ("power_of_attorney", BODY + "~\n委托人（签名）：\n许某某\n2023年3月1日", [("recipient", "signed", "许某某")]),
        # "（签字）" behind the place
        ("aid_application", TABLE + "申请人：许某某（签字）", [("applicant", "signed", "许某某")]),
        ("aid_application", TABLE + "申请人：　　　　（签字）", [("applicant", "blank", "")]),
        # two places on a row
        (
            "aid_agreement",
            BODY + "~\n| 甲方（签字）：许某某 | 乙方（签字）：韩某 |",
            [("recipient", "signed", "许某某"), ("lawyer", "signed", "韩某")],
        ),
        (
            "aid_agreement",
            BODY + "~\n甲方（签字）：许某某\n乙方（盖章）：青川律师事务所　　承办人：韩某",
            [("recipient", "signed", "许某某"), ("lawyer", "signed", "韩某")],
        ),
        # whose "签名：" it is, the section says
        (
            "approval_form",
            TABLE + "| 审查意见 | 同意给予法律援助。签名：丁某某　2023年3月1日 |\n\n"
            "| 审批意见 | 同意。签名：　　　　年　月　日 |",
            [("reviewer", "signed", "丁某某"), ("approver", "blank", "")],
        ),
        (
            "closing_report",
            TABLE + "| 承办单位意见 | 同意结案。负责人：汤某　2023年3月1日 |\n\n"
            "| 机构审核意见 | 同意归档。负责人：贺某某　2023年3月5日 |",
            [("handler", "signed", "汤某"), ("reviewer", "signed", "贺某某")],
        ),
        # several behind one label
        (
            "apprehension_account",
            BODY + "~\n民警：刘某某　王某某",
            [("officer", "signed", "刘某某"), ("officer", "signed", "王某某")],
        ),
        # who serves is not who is served
        (
            "court_service_return",
            "| 受送达人 | 许某某 |\n| 受送达人签名 | 许某某　2023年4月1日 |\n| 送达人 | 应某 |\n送达人：应某",
            [("addressee", "signed", "许某某")],
        ),
        # a guardian's place that nobody needs stays unsaid
        ("aid_application", TABLE + "申请人签名：许某某\n\n法定代理人签名：", [("applicant", "signed", "许某某")]),
        (
            "aid_application",
            TABLE + "申请人签名：\n\n法定代理人签名：韩某",
            [("applicant", "blank", ""), ("guardian", "signed", "韩某")],
        ),
        # people without a colon at the foot of a record
        (
            "hearing_record",
            "审：现在休庭。\n" * 3 + "~\n审 判 长　吕某某\n书 记 员　白某",
            [("judge", "signed", "吕某某"), ("clerk", "signed", "白某")],
        ),
    ],
)  # fmt: skip
def test_layouts(kind: str, markup: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(kind, "# 文书\n" + markup) == expected


@pytest.mark.parametrize(
    ("kind", "markup"),
    [
        ("aid_application", TABLE + "说明：本表由申请人签名或者捺印，填写有困难的可以由工作人员代填后由申请人签字。"),
        ("aid_agreement", BODY + "本协议自甲乙双方签字之日起生效，甲方签名后由乙方保存一份。"),
        ("recipient_rights_notice", BODY + "受援人应当如实陈述，并在笔录上签名，不得提供虚假材料。"),
        ("client_talk", "时间：2023年3月1日\n谈话人：许某　记录人：韩某\n" + TALK * 3),
        ("client_interview", "会见人：许某\n被会见人：周某甲\n" + TALK * 3),
        ("arbitration_application", "申请人：许某某，女，1988年6月18日出生，住北川县南山镇。\n" + BODY * 3),
        ("hearing_record", "审判员：是否愿意调解？\n原告：愿意，但对方不同意给钱。\n被告：不同意调解。\n" * 4),
        ("client_interview", "律师：你叫什么？\n当事人：2023年3月1日拘留，后来逮捕的，一直关着。\n" * 5),
        ("evidence_catalogue", "| 1 | 聊天记录 | 原告手机 | 证明欠薪 |\n" * 4),
        ("evidence_material", "# 借条\n> 借款人（签名）：许某某"),
        ("assignment_notice", BODY + "联系人：许某　电话：0000"),
    ],
)  # fmt: skip
def test_words_that_leave_no_place(kind: str, markup: str) -> None:
    assert found(kind, "# 文书\n" + markup) == []


@pytest.mark.parametrize(
    ("kind", "role", "close", "state"),
    [
        ("legal_opinion", "lawyer", "> 许某某\n> 青川律师事务所\n> 2023年3月1日", "blank"),
        ("defence_statement", "lawyer", "> 青川律师事务所\n> 2023年3月1日", "blank"),
        ("civil_complaint", "recipient", "此致\n北川县人民法院\n> 许某某\n> 2023年3月1日", "signed"),
        ("apprehension_account", "officer", "> 许某某\n> 2023年3月1日", "signed"),
        ("client_interview", "recipient", "以上笔录我看过，和我说的相符。\n许某某　2023年3月1日", "signed"),
        ("client_interview", "recipient", "以上笔录我看过，和我说的相符。许某某　2023年3月1日", "signed"),
        ("client_talk", "recipient", "以上笔录与我讲的一致。", "blank"),
    ],
)  # fmt: skip
def test_closings_without_a_label(kind: str, role: str, close: str, state: str) -> None:
    talk = kind.startswith("client")
    marks = found(kind, "# 文书\n" + (TALK if talk else BODY * 3) + ("" if talk else "~\n") + close)
    assert [(one[0], one[1]) for one in marks] == [(role, state)]


def test_a_letter_that_closes_with_a_date_alone_says_nothing_of_its_signer() -> None:
    assert found("recipient_rights_notice", "# 告知书\n" + BODY * 3 + "~\n> 北川县法律援助中心\n> 2023年3月1日") == []


@pytest.mark.parametrize(
    ("kind", "markup", "expected"),
    [
        ("feedback_form", TABLE + "| 受援人签名 | | 联系电话 | 13900000000 |", "recipient blank"),
        (
            "aid_application",
            TABLE + "| 申请人（签名） | 代理人（签名） |\n| 许某某 | |\n| 2023年3月1日 | |",
            "applicant signed",
        ),
        (
            "approval_form",
            TABLE + "| 审查人： | 审批人： |\n| 2023年3月1日 | 2023年3月2日 |",
            "reviewer blank, approver blank",
        ),
        (
            "approval_form",
            TABLE + "| 经办人：丁某 | 审核人：贺某 | 负责人：高某 |",
            "reviewer signed, reviewer signed, approver signed",
        ),
        ("power_of_attorney", BODY + "~\n委托人（签名、捺印）：____________", "recipient blank"),
        ("recipient_rights_notice", BODY + "~\n受援人签名：/", "recipient blank"),
        ("client_interview", TALK + "~\n被会见人签名：周某甲　　第 1 页", "recipient signed"),
        ("client_interview", TALK + "~\n被告人（签名）：周某甲（捺印）", "recipient signed"),
        ("client_interview", TALK + "~\n以上笔录属实 周某甲 2023.3.1", "recipient signed"),
        (
            "hearing_record",
            "审：现在休庭。\n" * 3 + "~\n审判长：吕某某　审判员：贾某某　人民陪审员：毛某\n书记员：白某",
            "judge signed, judge signed, judge signed, clerk signed",
        ),
        (
            "plea_affidavit",
            BODY * 3 + "~\n本人已阅读并理解。犯罪嫌疑人签名：周某甲　2023年3月1日\n值班律师签名：",
            "suspect signed, lawyer blank",
        ),
        ("detention_warrant", BODY + "~\n本证副本已收到。\n被拘留人：周某甲（指印）", "suspect signed"),
        ("apprehension_account", BODY + "~\n承办人：刘某某、王某某", "officer signed, officer signed"),
        (
            "file_remarks",
            "本卷情况说明：无\n~\n立卷人：许某　检查人：韩某　立卷时间：2023年3月1日",
            "clerk signed, reviewer signed",
        ),
        ("cover", "| 案由 | 盗窃罪 |\n| 承办人 | 许某某 |\n~\n| 立卷人 | 韩某某 |", "clerk signed"),
        (
            "aid_agreement",
            BODY + "~\n甲方（受援人）：（签名）许某某\n乙方（承办人）：（签名）韩某",
            "recipient signed, lawyer signed",
        ),
        (
            "aid_agreement",
            BODY + "~\n| 委托人（甲方）：许某某 | 受托人（乙方）：青川律师事务所（盖章） |",
            "recipient signed",
        ),
        ("lawyer_rights_notice", BODY + "~\n我已知悉上述权利义务。\n> 承办人：\n> 年　月　日", "lawyer blank"),
        (
            "closing_report",
            TABLE + "| 承办人签名 | 许某某 | 承办单位负责人签名 | 汤某 |",
            "handler signed, handler signed",
        ),
        ("quality_evaluation_form", TABLE + "评估人签名：燕某某　石某某", "evaluator signed, evaluator signed"),
        (
            "court_service_return",
            "| 受送达人 | 许某某 |\n| 送达文书 | 民事判决书一份 |\n| 受送达人（代收人）签名或盖章 | 2023年4月1日 |",
            "addressee blank",
        ),
        (
            "litigation_risk_notice",
            BODY + "~\n本人已阅读并完全理解上述风险提示。\n受援人或其法定代理人（签名）：许某某",
            "recipient signed",
        ),
        ("aid_application", TABLE + "申请人签名（盖章、捺指印）：　　　　申请日期：2023年3月1日", "applicant blank"),
        ("recipient_rights_notice", BODY + "~\n> 签名：许某某\n> 2023年3月1日", "recipient signed"),
        ("aid_application", TABLE + "本人签名：许某某　日期：2023年3月1日", "applicant signed"),
        (
            "interrogation_record",
            TALK + "~\n被讯问人：周某甲　侦查员：刘某　记录员：王某",
            "suspect signed, officer signed, clerk signed",
        ),
        ("legal_opinion", BODY * 3 + "~\n辩护人：青川律师事务所 许某某律师\n> 2023年3月1日", "lawyer blank"),
        ("defence_statement", BODY * 3 + "~\n> 辩护人：青川律师事务所律师\n> 2023年3月1日", "lawyer blank"),
        (
            "hardship_certificate",
            TABLE + "| 出具单位意见 | 情况属实。经办人：刘某某 （盖章） 2023年3月1日 |",
            "handler signed",
        ),
        ("approval_form", TABLE + "| 审批意见 | 同意。　　高某某　2023年3月2日 |", "approver signed"),
        ("approval_form", TABLE + "| 审批意见 | 同意。 | 2023年3月2日 |", "approver blank"),
        ("aid_application", BODY * 3 + "~\n申请人：许某某\n代书人：韩某\n2023年3月1日", "applicant signed"),
        ("client_talk", TALK + "~\n（以上笔录已向我宣读，和我说的一样）\n许某某\n2023年3月1日", "recipient signed"),
        (
            "client_talk",
            TALK + "~\n被谈话人：许某某　2023年3月1日\n谈话人：韩某　石某\n记录人：石某",
            "recipient signed, lawyer signed, clerk signed",
        ),
        (
            "reassignment_approval",
            TABLE + "| 申请人意见 | 因怀孕申请更换。 签名：向某 2023年3月1日 |\n\n"
            "| 机构工作人员意见 | 同意。 签名：丁某 2023年3月2日 |\n\n"
            "| 机构负责人意见 | 同意。 签名：　　年　月　日 |",
            "applicant signed, handler signed, approver blank",
        ),
        (
            "answer",
            BODY * 3 + "~\n此致\n北川县人民法院\n> 答辩人：许某某（指印）\n> 二〇二三年三月一日",
            "recipient signed",
        ),
        ("appeal", BODY * 3 + "~\n> 上诉人：\n> 年　月　日", "recipient blank"),
        (
            "arrest_warrant",
            BODY + "~\n本证已于2023年3月1日10时向我宣布。\n被逮捕人　周某甲　（捺指印）",
            "suspect signed",
        ),
        ("bail_decision", BODY + "~\n> 犯罪嫌疑人：\n> 年　月　日", "suspect blank"),
        (
            "subsidy_approval",
            TABLE + "| 承办人签字 | 许某 | 审核人签字 | 贺某 | 负责人签字 | |",
            "handler signed, reviewer signed, approver blank",
        ),
        ("intake_record", TABLE + "接待人：丁某　来访人签名：许某某", "handler signed, applicant signed"),
        (
            "evidence_catalogue",
            "| 1 | 合同 | 原件 | 证明关系 |\n~\n提交人（签名）：许某某　接收人：丁某\n2023年3月1日",
            "recipient signed",
        ),
        ("file_reading_record", BODY * 3 + "~\n> 阅卷人：许某某\n> 2023年3月1日", "lawyer signed"),
        ("situation_note", BODY * 3 + "~\n> 特此说明。\n> 承办律师：许某某\n> 2023年3月1日", "lawyer signed"),
        (
            "investigation_record",
            TALK + "~\n被调查人：许某某　调查人：韩某　记录人：石某",
            "witness signed, lawyer signed, clerk signed",
        ),
    ],
)
def test_forms_as_other_counties_lay_them_out(kind: str, markup: str, expected: str) -> None:
    told = [f"{role} {state}" for role, state, _ in found(kind, "# 文书\n" + markup)]
    assert sorted(told) == sorted(expected.split(", "))
