"""Three sets of printed forms: how legal-aid centres a, b and c title, number and date their papers."""

from __future__ import annotations

from sample_scans.generator.blocks import Look
from sample_scans.generator.facts import Case

FORMS: dict[str, Look] = {
    "a": Look(body="song", title="serif-bold", size=29),
    "b": Look(body="kai", title="sans-bold", size=30, left=150, right=140, top=190, paper=(250, 248, 236)),
    "c": Look(
        body="serif", title="serif-bold", size=27, left=175, right=165, top=150, leading=1.85, paper=(247, 248, 250)
    ),
    # centres d and e have forms of their own (lined_forms.py, boxed_forms.py)
    "d": Look(body="wenkai", title="sans-bold", size=28, left=155, right=150, top=150, paper=(251, 249, 240)),
    "e": Look(body="song", title="sans-bold", size=26, left=140, right=130, top=145, paper=(250, 250, 250)),
}

TITLES: dict[str, dict[str, str]] = {
    "a": {
        "cover": "法律援助案卷", "file_catalogue": "卷内文件目录", "aid_application": "法律援助申请表",
        "hardship_statement": "经济困难状况说明表", "approval_form": "法律援助审批表", "aid_decision": "给予法律援助决定书",
        "assignment_notice": "法律援助指派通知书", "recipient_rights_notice": "受援人权利义务告知书",
        "lawyer_rights_notice": "法律援助人员权利义务告知书", "aid_agreement": "委托辩护协议",
        "closing_report": "法律援助案件结案报告表", "feedback_form": "受援人满意度测评表",
    },
    "b": {
        "cover": "法律援助卷宗", "file_catalogue": "案卷目录", "aid_application": "法律援助申请书",
        "hardship_statement": "个人诚信承诺书", "approval_form": "法律援助申请审批表", "aid_decision": "准予法律援助决定书",
        "assignment_notice": "指派函", "recipient_rights_notice": "法律援助受援人须知",
        "lawyer_rights_notice": "承办律师权利义务告知书", "aid_agreement": "法律援助协议书",
        "closing_report": "承办情况报告", "feedback_form": "回访记录",
    },
    "c": {
        "cover": "卷宗封面", "file_catalogue": "归档目录", "aid_application": "申请表（法律援助）",
        "hardship_statement": "经济困难状况说明", "approval_form": "法律援助案件审批表", "aid_decision": "法律援助决定书",
        "assignment_notice": "法律援助案件指派通知书", "recipient_rights_notice": "权利义务告知书",
        "lawyer_rights_notice": "法律援助律师须知", "aid_agreement": "法律援助协议",
        "closing_report": "结案登记表", "feedback_form": "服务质量反馈表",
    },
}  # fmt: skip

DATES: dict[str, dict[str, str]] = {
    "a": {"issue": "zh", "slot": "slot", "sign": "slot"},
    "b": {"issue": "ar", "slot": "hand", "sign": "hand"},
    "c": {"issue": "zh○", "slot": "slot", "sign": "handdot"},
}


def look(case: Case) -> Look:
    return FORMS[case.office.house]


def title(case: Case, kind: str) -> str:
    return TITLES[case.office.house][kind]


def style(case: Case, use: str) -> str:
    """The way this centre writes dates: `issue` (printed under the seal), `slot` (in forms), `sign` (beside a name)."""
    return DATES[case.office.house][use]


def number(case: Case, letter: str) -> str:
    """A document number in the centre's own form; `letter`: 申 审 决 指 函."""
    office, year = case.office, case.year
    if office.house == "a":
        return f"{office.short}援{letter}字〔{year}〕第{case.number}号"
    if office.house == "b":
        return f"（{office.short}）法援{letter}[{year}]{case.number:03}号"
    return f"编号：{office.short}{letter}{year}-{case.number:04}"
