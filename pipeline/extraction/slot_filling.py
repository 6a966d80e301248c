"""What was written into a slot, apart from what the form prints there."""

from __future__ import annotations

import re

from pipeline.casefile import Box, Slot, SlotState
from pipeline.extraction.slot_labels import Label, labels_in
from pipeline.extraction.slot_sight import Sight
from pipeline.text.dates import find_dates

_HINTS = re.compile(
    r"[（(【\[][^（()）\]】]{0,16}?(签|盖|章|印|姓名|名称|如有|选填|可|注明)[^（()）\]】]{0,12}[)）\]】]"
)
"""What a form prints in brackets to say how a slot is to be filled."""
_UNFILLED_DATES = ("empty_slot", "partial_slot", "partial")


def written(text: str) -> str:
    """What of a cell's text is no printed label, no empty date and no fill-in line; "" where nothing was written."""
    for label in reversed(labels_in(text)):
        text = text[: label.start] + " " + text[label.end :]
    for date in reversed(find_dates(text)):
        if date.form in _UNFILLED_DATES and not re.search(r"\d|[一二三四五六七八九十]", date.raw):
            text = text[: date.start] + " " + text[date.end :]
    text = _HINTS.sub(" ", text)
    text = re.sub(r"[_\s＿﹍…·.:：,，;；。|丨()（）〔〕\[\]-]+", " ", text).strip()
    return "" if re.fullmatch(r"(年|月|日|第|号|元|人|岁|次|页|份|盖章|公章|签字|签名| )*", text) else text


def slot_for(sight: Sight, document: str, label: Label, box: Box, state: SlotState, text: str) -> Slot:
    """The slot that a label announces."""
    return Slot(document, sight.page.number, box, label.kind, label.text, state, text, label.optional)
