"""What an evaluator reads instead of the contract's keys: Chinese names, for the pages and the terminal."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

SEVERITIES = {"high": "高", "medium": "中", "low": "低"}
STATUSES = {"screened": "已初筛", "partial": "部分未能读取", "failed": "未能读取"}
VERDICTS = {
    "flag": "疑点",
    "unsure": "存疑",
    "lawful": "依法成立",
    "pass": "未见疑点",
    "not_applicable": "不适用",
    "error": "规则出错",
}
CASE_KINDS = {
    "criminal": "刑事",
    "civil": "民事",
    "administrative": "行政",
    "labour_arbitration": "劳动仲裁",
    "non_litigation": "非诉讼",
}
STAGES = {
    "investigation": "侦查",
    "prosecution_review": "审查起诉",
    "trial": "审判",
    "litigation": "诉讼",
    "arbitration": "仲裁",
    "non_litigation": "非诉讼",
}
ENTRIES = {"application": "依申请", "notice": "通知辩护／通知代理"}
REGIMES = {
    "R0": "2021 年底以前（条例、令 124 号）",
    "R1": "2022-01-01 起（法律援助法）",
    "R2": "2023-09-01 起（令 148 号）",
    "R3": "2026-01-01 起（河南省条例修订）",
}
PAGE_KINDS = {"scanned": "扫描", "digital": "电子", "blank": "空白", "failed": "未能读取"}
GRADES = {"good": "清晰", "fair": "尚可", "poor": "较差", "unreadable": "无法辨认"}
DATE_ROLES = {
    "application": "申请",
    "review": "初审签字",
    "approval": "负责人审批",
    "decision": "给予援助决定",
    "notice": "通知辩护公函",
    "assignment": "指派",
    "agreement": "委托协议",
    "power_of_attorney": "授权委托",
    "recipient_notice": "受援人告知书签收",
    "lawyer_notice": "律师告知书签收",
    "interview": "会见／谈话",
    "file_reading": "阅卷",
    "detention": "拘留",
    "arrest": "逮捕",
    "bail": "取保候审",
    "plea": "认罪认罚具结",
    "prosecution_opinion": "起诉意见书",
    "indictment": "起诉书",
    "hearing": "开庭",
    "statement": "代理词／辩护词／法律意见书",
    "judgment": "裁判文书",
    "service": "裁判文书签收",
    "closing": "结案",
    "closing_report": "结案报告",
    "evaluation": "质量评估",
    "notice_received": "收到通知",
    "prosecution_received": "移送审查起诉",
    "apprehension": "到案",
    "supplement": "补正",
    "supplemented": "补齐材料",
    "reassignment": "更换承办人",
    "termination": "终止",
    "archive": "归档",
    "subsidy": "补贴审批",
    "appeal": "上诉",
    "birth": "出生",
    "residence": "监视居住",
    "intake": "收案／接待",
    "application_received": "收到申请材料",
    "refusal": "不予援助决定",
    "aid_service": "援助文书签收",
    "assignment_received": "承办单位签收指派",
    "reply": "复函办案机关",
    "letter": "法律援助公函",
    "referral": "转交申请",
    "licence": "执业证",
    "investigation": "调查取证",
    "hearing_noted": "律师庭审记录",
    "hearing_signed": "庭审笔录落款",
    "complaint": "起诉状／仲裁申请书",
    "answer": "答辩状",
    "court_accepted": "受理／应诉通知",
    "registered": "受案／立案",
    "account": "到案经过落款",
    "summons": "传唤",
    "interrogation": "讯问",
    "non_prosecution": "不起诉决定",
    "sentencing_proposal": "量刑建议",
    "supplementary_investigation": "补充侦查",
    "administrative_decision": "行政决定",
    "feedback": "征询／回访",
    "note": "情况说明落款",
    "closing_submitted": "提交结案材料",
    "detention_told": "拘留（文书所述）",
    "arrest_told": "逮捕（文书所述）",
    "bail_told": "取保候审（文书所述）",
    "residence_told": "监视居住（文书所述）",
    "filed_told": "提起公诉（文书所述）",
    "hearing_told": "开庭（文书所述）",
}
SIGNERS = {
    "applicant": "申请人",
    "recipient": "受援人",
    "suspect": "犯罪嫌疑人／被告人",
    "guardian": "监护人",
    "lawyer": "承办律师",
    "firm_head": "律所负责人",
    "reviewer": "初审人",
    "approver": "审批人",
    "handler": "承办／经办人",
    "clerk": "记录人／书记员",
    "judge": "审判人员",
    "arbitrator": "仲裁员",
    "mediator": "调解员",
    "officer": "办案人员",
    "prosecutor": "检察官",
    "evaluator": "评估人",
    "addressee": "受送达人",
    "witness": "证人",
}
SIGNATURE_STATES = {"signed": "已签", "blank": "空白", "unclear": "不能确定"}
SIGNATURE_MARKS = {"handwriting": "手写", "fingerprint": "指印", "name_seal": "名章"}
PARTS = {
    "recipient": "受援人",
    "guardian": "监护人／法定代理人",
    "lawyer": "承办律师",
    "co_defendant": "同案被告人／嫌疑人",
    "opponent": "对方当事人",
    "victim": "被害人",
    "witness": "证人",
    "official": "办案／办事人员",
    "duty_lawyer": "值班律师",
    "other_lawyer": "他方律师",
    "accomplice": "另案处理人员",
    "co_party": "同方当事人",
    "third_party": "第三人",
}
BODIES = {
    "law_firm": "承办单位",
    "agency": "法律援助机构",
    "police": "公安机关",
    "procuratorates": "检察院",
    "courts": "法院",
    "commissions": "仲裁委／调解委",
}
NUMBERS = {"case": "案号", "document": "文号", "id": "身份证号", "phone": "电话"}
SLOT_KINDS = {
    "number": "编号",
    "unit": "单位",
    "recipient": "受援人",
    "cause": "案由",
    "date": "日期",
    "name": "姓名",
    "other": "其他",
}
SLOT_STATES = {"filled": "已填", "empty": "空白", "unclear": "不能确定"}
ALTERATIONS = {"struck": "划去", "overwritten": "描改", "whitened": "涂白"}
MARKS = {
    "seal": "印章",
    "fingerprint": "指印",
    "name_seal": "名章",
    "receipt_stamp": "收文章",
    "ink": "未识读的笔迹",
    **ALTERATIONS,
}
COLOURS = {"red": "红", "blue": "蓝", "black": "黑"}
RESTS_ON = {
    "title": "标题",
    "cues": "用语",
    "classifier": "分类模型",
    "catalogue": "卷内目录",
    "continuation": "接上页",
    "blank": "空白页",
    "reviewed": "评估员更正",
}
"""What a document's type rests on."""
LAWFUL = {
    "LA01": "先行提供法律援助",
    "LA02": "通知辩护／通知代理",
    "LA03": "值班律师在先",
    "LA04": "分阶段多次指派",
    "LA05": "更换承办人",
    "LA06": "转交申请或异地协作",
    "LA07": "申请时已签委托书",
    "LA08": "庭后提交书面意见",
    "LA09": "原案件的文书",
    "LA10": "同日办理",
    "LA11": "补正期间",
    "LA12": "同一事项的不同日期",
    "LA13": "速裁程序",
    "LA14": "终止、撤诉、调解或不起诉",
    "LA15": "识别可能有误",
    "note": "规则所列例外",
}
"""Short names of the lawful look-alikes of the domain reference, 2.4."""
LOSSES = {"file": "整个文件", "page": "该页", "nothing": "内容已读取"}


@dataclass(frozen=True, slots=True)
class Names:
    """Names that come from data of other stages: `types` document type → Chinese, `rules` rule code → title."""

    types: Mapping[str, str] = field(default_factory=dict)
    rules: Mapping[str, str] = field(default_factory=dict)

    def type(self, key: str | None) -> str:
        """Name a document type; an unknown one is shown as it is."""
        return self.types.get(key, key) if key else ""

    def rule(self, code: str) -> str:
        """Title a rule; an unknown one has none."""
        return self.rules.get(code, "")


def in_chinese(told: str) -> str:
    """Name kinds, stages and roles in what a case's `basis` says as evaluators know them."""
    return _KEY.sub(lambda key: _KNOWN.get(key[0], key[0]), told)


_KNOWN = {**CASE_KINDS, **STAGES, **DATE_ROLES}
_KEY = re.compile(r"[a-z_]{4,}")


def page_list(pages: list[int] | tuple[int, ...]) -> str:
    """Write page numbers for a reader, runs joined: "第 3–5、9 页"."""
    runs: list[list[int]] = []
    for page in sorted(set(pages)):
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return f"第 {'、'.join(str(a) if a == b else f'{a}–{b}' for a, b in runs)} 页" if runs else ""
