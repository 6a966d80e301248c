"""Why an evaluator decides as he does: short lists to choose from, for each decision, in Chinese."""

from __future__ import annotations

DECIDED: dict[str, str] = {"accept": "成立", "reject": "不成立", "unsure": "拿不准", "open": "未判断"}
"""The decisions in words."""

REASONS: dict[str, dict[str, str]] = {
    "accept": {
        "fault": "问题属实",
        "partly": "属实, 但情节轻微",
        "explained": "属实, 承办人可补正或说明",
    },
    "reject": {
        "misread": "文字或日期识别错误",
        "wrong_paper": "文书类型或分界认错",
        "elsewhere": "所缺材料在卷内别处",
        "lawful": "有合法理由或例外",
        "local_rule": "本地规定与此不同",
        "not_a_fault": "属实, 但不算问题",
    },
    "unsure": {
        "illegible": "页面看不清",
        "not_in_file": "卷内材料不足以判断",
        "ask_lawyer": "需向承办人核实",
        "ask_agency": "需向法律援助机构核实",
        "law_unclear": "规定不明确",
    },
}
"""Keys that are kept, with what is shown. "" (no reason) is always allowed; what else there is to say is the note's."""


def is_reason(decision: str, reason: str) -> bool:
    """Tell whether a reason may be given for a decision."""
    return not reason or reason in REASONS.get(decision, {})


def in_words(decision: str, reason: str) -> str:
    """Say a reason in Chinese; "" for none, and a key of another version as it is."""
    return REASONS.get(decision, {}).get(reason, reason)
