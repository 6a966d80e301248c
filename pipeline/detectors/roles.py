"""What the roles of dates are called in findings."""

from __future__ import annotations

from pipeline.casefile import DateFact
from pipeline.detectors.view import CaseView
from pipeline.documents.types import type_title

ROLE_NAMES = {
    "application": "申请",
    "application_received": "收到申请",
    "referral": "转交申请",
    "review": "初审",
    "approval": "审批",
    "decision": "决定书",
    "notice": "通知公函",
    "notice_received": "收到通知",
    "assignment": "指派",
    "reassignment": "更换承办人",
    "agreement": "签订协议",
    "power_of_attorney": "授权委托书",
    "interview": "会见(谈话)",
    "file_reading": "阅卷",
    "apprehension": "到案",
    "detention": "拘留",
    "detention_told": "拘留",
    "arrest": "逮捕",
    "arrest_told": "逮捕",
    "prosecution_opinion": "起诉意见书",
    "prosecution_received": "移送审查起诉",
    "plea": "具结书",
    "indictment": "起诉书",
    "hearing": "开庭",
    "hearing_told": "开庭",
    "hearing_signed": "庭审笔录落款",
    "statement": "代理/辩护意见",
    "judgment": "裁判文书",
    "service": "签收裁判文书",
    "appeal": "上诉状",
    "closing": "结案",
    "closing_report": "结案报告",
    "closing_submitted": "提交结案材料",
    "subsidy": "补贴审批",
    "archive": "归档",
    "evaluation": "质量评估",
    "birth": "出生",
}


def named(case: CaseView, date: DateFact) -> str:
    """A date in words with its paper and page: 会见(谈话) 2022-08-24 (会见笔录第16页)."""
    paper = type_title(type_at(case, date))
    return f"{ROLE_NAMES.get(date.role, date.role)} {date.value.isoformat()} ({paper}第{date.page}页)"


def type_at(case: CaseView, date: DateFact) -> str:
    """The type of the document that a date stands on."""
    return case.case.document(date.document).type
