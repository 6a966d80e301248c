"""Slots that are ticked: □是 □否. One box of a group ticked is enough; engines drop or misread a ticked box."""

from __future__ import annotations

import re

from pipeline.casefile import Line, Slot, SlotState
from pipeline.extraction.slot_sight import Sight
from pipeline.text.normalise import fold

_OPEN = "□口囗▢◻☐○〇◯"
_TICKED = "■☑√✓✔☒▣回▨●◉◆"
_ANSWERS = (
    r"不满意|基本满意|比较满意|较满意|非常满意|很满意|满意|不同意|同意|不知道|知道|不属实|属实|未告知|已告知|不及时|及时|"
    r"不合格|合格|优秀|良好|没有|是|否|有|无|男|女|好|较好|一般|差|较差|能|不能|未成年人|农民工|农民|残疾人|老年人|妇女|"
    r"军人军属|本人申请|法律援助|刑事|民事|行政|其他"
)
_OPTION = re.compile(rf"[{_OPEN}]([^{_OPEN}{_TICKED}]*)")


def choice_slots(sight: Sight, document: str) -> list[Slot]:
    """Groups of boxes in a line, behind what they ask."""
    slots: list[Slot] = []
    for place in sight.rows:
        for line in place.row.lines:
            slot = _group(sight, document, line)
            if slot is not None:
                slots.append(slot)
    return slots


def ticked(text: str) -> tuple[SlotState, str] | None:
    """Tell a text that is nothing but a group of boxes: its state and what is ticked; None for other texts."""
    text = fold(text).replace("〇", "□").replace("口", "□")
    if not re.match(rf"[{_OPEN}{_TICKED}]", text) or len(re.findall(_ANSWERS, text)) < 2:
        return None
    return _state(text)


def is_choice(text: str) -> bool:
    """Whether a line asks to tick one of several boxes."""
    text = fold(text).replace("〇", "□").replace("口", "□")
    return bool(re.search(rf"[{_OPEN}{_TICKED}]", text)) and len(re.findall(_ANSWERS, text)) >= 2


def _group(sight: Sight, document: str, line: Line) -> Slot | None:
    text = fold(line.text).replace("〇", "□").replace("口", "□")
    if not is_choice(text):
        return None
    parted = re.match(r"^(?:\d{1,2}[.、,])?(?P<label>.{2,40}?)[:?](?P<boxes>.+)$", text)
    if parted is None:
        return None
    label, boxes = parted["label"], parted["boxes"]
    start = min(1.0, (text.index(boxes)) / max(1, len(text)))
    state, ticked = _state(boxes)
    return Slot(document, sight.page.number, line.box.part(start, 1.0), "other", label, state, ticked)


def _state(boxes: str) -> tuple[SlotState, str]:
    """Empty where every answer has its open box; a box that is missing was ticked and not read as one."""
    if re.search(rf"[{_TICKED}]", boxes):
        found = re.findall(rf"[{_TICKED}]+([^{_OPEN}{_TICKED}]*)", boxes)
        return "filled", "、".join(filter(None, found))
    if not re.match(rf"[{_OPEN}]", boxes):
        return "filled", re.split(rf"[{_OPEN}]", boxes)[0]
    for option in _OPTION.findall(boxes):
        answers = re.findall(_ANSWERS, option)
        if len(answers) > 1:
            return "filled", answers[-1]
    return "empty", ""
