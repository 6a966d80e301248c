"""Findings by the items of the city's circular (平顶山市司法局, 2022-05-23), in its order; what it has not, last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.summary.views import FindingView

ITEMS = {
    1: "材料不全、填写不规范",
    2: "涂改、排列混乱、意见不署名",
    3: "庭审笔录过于简单",
    4: "阅卷、会见和辩护代理意见",
    5: "强制措施、到案、认罪认罚材料",
    6: "日期倒置",
    7: "辩护要点",
    8: "质量评估表未用新表",
    9: "意见缺乏法律依据",
    0: "通报以外的疑点",
}


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one item, in the order given. `number` is 0 for those that no item names."""

    number: int
    title: str
    findings: tuple[FindingView, ...]


def grouped(findings: Sequence[FindingView]) -> tuple[Group, ...]:
    """Sort findings into the circular's items; empty ones are left out."""
    made = (
        Group(number, title, tuple(f for f in findings if (f.data["circular_item"] or 0) == number))
        for number, title in ITEMS.items()
    )
    return tuple(group for group in made if group.findings)
