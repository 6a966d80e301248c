"""Of what kind the slots of a printed form are: by their own word, their filling or the label before them."""

from __future__ import annotations

import re

from sample_scans.generator.facts import Case
from sample_scans.generator.paper import Slot

LABEL_END = re.compile(r"[，。；、！？（）()《》“”■□：:]")
NUMBER_LINE = re.compile(r"(编号[：:])?\S{0,16}[〔\[（(]?(19|20)\d\d[〕\]）)\-]\S{0,3}\d+号?")
LABELS = (
    ("number", re.compile(r"(编 *号|文 *号|案 *号|字|第|档号|卷号)$")),
    ("date", re.compile(r"(日期|时间|年月日|之日)$")),
    ("unit", re.compile(r"(单位|机构|机关|律师事务所|事务所|律所|乙方（.*）|主送|发往.*)$")),
    ("cause", re.compile(r"(案由|罪名|事项|涉嫌|纠纷)$")),
    ("recipient", re.compile(r"(受援人|申请人|当事人|委托人|甲方|被告知人)$")),
    ("name", re.compile(r"(姓名|承办人员?|律师|办理人|人员|负责人|联系人|经办人|立卷人|检查人)$")),
)
"""What the form prints before a slot tells its kind; the first that fits."""


def label_of(said: str) -> str:
    """The last words that the form prints before a slot."""
    words = re.sub(r"\s", "", said).rstrip("：:")
    return LABEL_END.split(words)[-1][-14:]


def kind_of(slot: Slot, case: Case) -> str:
    """number, unit, recipient, cause, date, name or other: by its own word, its filling, its label."""
    if slot.kind:
        return slot.kind
    known = {
        case.client.name: "recipient", case.about: "cause", case.lawyer.firm: "unit", case.lawyer.name: "name",
        case.office.centre: "unit", case.lawyer.clerk: "name",
    }  # fmt: skip
    if slot.text.strip() in known:
        return known[slot.text.strip()]
    squeezed = re.sub(r"\s", "", slot.label)
    return next((kind for kind, pattern in LABELS if pattern.search(squeezed)), "other")
