"""What a run did not do, and why.

Files and pages that could not be read, rules that broke, cases not reached, children of the batch that are no case:
each with its reason and what to do. Nothing may be missing in silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pipeline.summary.labels import page_list

Loss = Literal["case", "file", "page", "rule", "child", "nothing"]
LOSSES: dict[Loss, str] = {
    "case": "案卷尚未完成",
    "file": "文件或案卷未能处理",
    "page": "页面未能读取",
    "rule": "规则未能判断",
    "child": "不是案卷, 已跳过",
    "nothing": "已读取, 请留意",
}
"""What is lost, gravest first."""

Halt = Literal["interrupted", "out of time", "under way"]
HALTS: dict[Halt, str] = {
    "interrupted": "运行中断",
    "out of time": "到时停止 (--until)",
    "under way": "写下本页时运行尚未结束",
}
"""Why a run did not reach all cases."""
GO_ON = "再次执行同一条 prescreen run 命令即从断处继续, 已识别的页不再识别"


@dataclass(frozen=True, slots=True)
class Undone:
    """One thing that was not done. `case_id` is "" for what belongs to no case; `where`: file or pages."""

    case_id: str
    loss: Loss
    where: str
    code: str
    reason: str
    advice: str


@dataclass(frozen=True, slots=True)
class Unreached:
    """A case that a run did not finish: `pages` of it are known (0: it was not opened), `read` of them are read."""

    case_id: str
    pages: int = 0
    read: int = 0


def lost_of_case(case: dict[str, Any]) -> tuple[Undone, ...]:
    """What was not done of a case, from its JSON: pages with the same trouble are one entry."""
    pages: dict[tuple[str, str, str, str, str], list[int]] = {}
    for error in case["errors"]:
        loss = error.get("lost") or "nothing"
        file = "" if loss == "page" else error["file"] or ""
        key = (loss, file, error.get("code") or "", error["message"], error.get("advice") or "")
        pages.setdefault(key, []).extend([error["page"]] if error["page"] else [])
    found = [
        Undone(case["case_id"], loss, _where(file, numbers), code, reason, advice)  # type: ignore[arg-type]
        for (loss, file, code, reason, advice), numbers in pages.items()
    ]
    broken = (outcome for outcome in case["outcomes"] if outcome["verdict"] == "error" and case["status"] != "failed")
    advice = "请把这行文字告诉维护人员; 其他规则不受影响"
    found += [
        Undone(case["case_id"], "rule", f"规则 {one['rule']}", one["rule"], one["why"] or "规则出错", advice)
        for one in broken
    ]
    return in_order(found)


def _where(file: str, pages: Sequence[int]) -> str:
    return " ".join(part for part in (file, page_list(tuple(pages))) if part) or "整个案卷"


def unreached(cases: Sequence[Unreached], halt: Halt) -> Iterator[Undone]:
    """Name the cases that a run did not finish, with how far each came."""
    for case in cases:
        where = f"已识别 {case.read} / {case.pages} 页" if case.pages else "尚未打开"
        yield Undone(case.case_id, "case", where, "", HALTS[halt], GO_ON)


def skipped(children: Sequence[tuple[str, str]]) -> Iterator[Undone]:
    """Name the children of the batch that are no case, with why."""
    for name, reason in children:
        yield Undone("", "child", name, "", reason, "如应作为案卷处理, 请转成 PDF、图片、ZIP 或文件夹后重新放入")


def in_order(undone: Sequence[Undone]) -> tuple[Undone, ...]:
    """Put what is gravest first; of equally grave ones in the order given."""
    order = list(LOSSES)
    return tuple(sorted(undone, key=lambda one: order.index(one.loss)))
