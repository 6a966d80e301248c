"""Whose cell of a form a date stands in: the one who examines, the one who approves, or somebody else.

Approval forms print 审查意见 and 审批意见 one below the other or side by side, as a heading of the cell, as a label in
the left column (often one character below the other) or before the signature; the date stands beside the signature,
below it or above it. What is written in a cell (报请负责人审批) is no label.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.casefile import Box
from pipeline.extraction.readings import PlacedRow, SeenDate

Level = Literal["lower", "upper", "other"]

_UPPER = r"负责人|审批|批准|签发|主任|领导|局长|处长|所长|批示|审定|机构意见|中心意见|援助中心|援助处|决定"
_MIDDLE = r"科室|部门|科长|股长|处室|窗口|复核"
_LOWER = r"初审|审查|审核|经办|承办人|承办意见|接待|受理|拟办|办理人|工作人员|具体意见|初核|呈批|呈报"
_OTHER = r"指派意见|指派情况|承办单位|承办律师|律师事务所|申请人|受援人|备注|通知|告知|送达|归档|填表|代理人|回执|领取"
_NAMES = rf"(?:{_UPPER}|{_MIDDLE}|{_LOWER}|{_OTHER})"
_TAIL = (
    r"(?:人员|人|机构|单位|中心|审查|审核|审批|批准|意见|情况|栏|签名|签字|签章|签署|盖章|日期|时间|"
    r"[（(][^（）()]{0,8}[)）])*"
)
_HEADED = re.compile(
    rf"(?:^|(?<=[\s\W年月日]))[\w\s、/]{{0,10}}?{_NAMES}(?:[\w（）()、/]{{0,12}}?\s*[:：]|{_TAIL}\s*(?:$|(?=\s)))"
)
_REACH = 0.45
"""How far up the page a cell may begin, in fractions of its height."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a form prints to say who signs."""

    level: Level
    page: int
    box: Box


def level_of(text: str) -> Level:
    """Who signs under this label; the words of the one who approves count before those of the one who examines."""
    bare = re.sub(r"\s+", "", text)
    if re.search(_OTHER, bare):
        return "other"
    if re.search(_UPPER, bare) and not re.search(_MIDDLE, bare):
        return "upper"
    return "lower"


def labels_in(rows: Sequence[PlacedRow]) -> tuple[Label, ...]:
    """Every signer's label of a form, with those of the left column that are broken over several lines."""
    labels = []
    for place in rows:
        for line in place.row.lines:
            text = line.text.strip()
            for match in _HEADED.finditer(text):
                if len(text) > 14 and not match[0].rstrip().endswith((":", "：")):
                    continue
                share = match.start() / len(text), match.end() / len(text)
                labels.append(Label(level_of(match[0]), place.page, line.box.part(*share)))
    return (*labels, *_columns(rows))


def _columns(rows: Sequence[PlacedRow]) -> list[Label]:
    """Labels of a narrow column, one or a few characters to a line: 审/查/意/见, 机构负责/人意见."""
    labels = []
    narrow = [
        (place.page, line.text.strip(), line.box)
        for place in rows
        for line in place.row.lines
        if line.box.x1 < 0.34 and re.fullmatch(r"[一-鿿（）()\s]{1,6}", line.text.strip())
    ]
    used: set[int] = set()
    for start, (page, text, box) in enumerate(narrow):
        if start in used:
            continue
        whole, frame, size = text, box, 1
        for index in range(start + 1, len(narrow)):
            other_page, more, below = narrow[index]
            apart = below.y0 - frame.y1
            same = min(frame.x1, below.x1) - max(frame.x0, below.x0) > 0.4 * min(frame.width, below.width)
            if other_page == page and same and -0.5 * below.height < apart < 1.6 * below.height:
                whole, frame, size = whole + more, frame.union(below), size + 1
                used.add(index)
        if size > 1 and re.fullmatch(rf".{{0,10}}{_NAMES}{_TAIL}", re.sub(r"\s+", "", whole)):
            labels.append(Label(level_of(whole), page, frame))
    return labels


def owner_of(date: SeenDate, labels: Sequence[Label]) -> Level | None:
    """The level of the cell in which a date stands; None where no label stands before or above it."""
    page, box = date.place.page, date.box
    middle = (box.y0 + box.y1) / 2
    near = [
        label
        for label in labels
        if label.page == page and label.box.x0 <= box.x0 + 0.01 and middle - _REACH < label.box.y0 <= middle
    ]
    if not near:
        return None
    beside = [label for label in near if label.box.y1 > box.y0 and label.box.y0 < box.y1 and label.box.height < 0.05]
    if beside:
        return max(beside, key=lambda label: label.box.x0).level
    lowest = max(label.box.y0 for label in near)
    # Headings of one row of cells: the one furthest right that still begins left of the date.
    level = [label for label in near if lowest - label.box.y0 < 0.6 * max(label.box.height, 0.012)]
    return max(level, key=lambda label: label.box.x0).level
