"""代理意见格式不规范

## 检查内容
代理词、辩护词有没有标题、称呼 (致送对象)、结论和落款日期。

## 依据
律师业务档案立卷归档办法、律师办案规范对代理词、辩护词格式的要求; 平顶山市司法局通报(2022-05-23)第二项。

## 判定
四项中有一项确实没有, 报疑点, 写明缺哪几项; 页面不清、不能断定的, 报“存疑”。署名由 SGN401 检查。

## 合法例外
无。侦查、审查起诉阶段的法律意见书不检查。

## 命中示例
代理词没有标题、结论和日期。

## 不命中示例
辩护词: “审判长、审判员: …综上, 建议从轻处罚。此致 某某法院 … 二〇二二年八月三日”。
"""

import re
from collections.abc import Iterator

from pipeline.casefile import Document, Evidence, Slot
from pipeline.detectors.base import Answer, Flag, NotApplicable, Pass, Unsure, detector
from pipeline.detectors.view import CaseView
from pipeline.documents.types import BLANK, type_title
from pipeline.extraction.statement_form import CONCLUSION, DATE, TITLE
from pipeline.text.dates import find_dates

_ASIDE, _AROUND = 0.1, 0.03
"""How far around the place of a missing part its writing may stand, in parts of the page's width and height."""
_WRITING = 14
"""Inked squares (1.6 mm) from which somebody wrote there."""
_LITTLE = 60
"""Characters of a page (numbers left out) that is no paper of its own."""


@detector(
    code="FRM303",
    title="代理意见格式不规范",
    severity="low",
    circular_item=2,
    basis={"*": "律师业务档案立卷归档办法; 律师办案规范; 平顶山市司法局通报(2022)第二项"},
    advice="请看代理词、辩护词原件, 标题、称呼、结论、日期应当齐全",
)
def statement_form(case: CaseView) -> Iterator[Answer]:
    statements = case.of_type("representation_statement", "defence_statement")
    if not statements:
        yield NotApplicable("卷内没有代理词、辩护词 (见 DOC104)")
        return
    for document in statements:
        yield _judged(case, document)


def _judged(case: CaseView, document: Document) -> Answer:
    slots = [slot for slot in case.case.slots if slot.document == document.id]
    tail = _tail(case, document)
    behind = (CONCLUSION, DATE) if tail else ()
    doubtful = [slot for slot in slots if slot.label in behind or _inked(case, slot)]
    empty = [slot for slot in slots if slot.state == "empty" and slot not in doubtful]
    unclear = [slot for slot in slots if slot.state == "unclear" or (slot.state == "empty" and slot in doubtful)]
    if tail and _dated(case, tail):
        unclear = [slot for slot in unclear if slot.label != DATE]
    pages = (*document.pages, *((tail,) if tail else ()))
    legible = all(case.case.page(number).legible for number in pages)
    if empty and legible:
        names = "、".join(slot.label for slot in empty)
        title = type_title(document.type) if any(slot.label == TITLE for slot in empty) else document.title
        return Flag(
            f"{title} (第{document.first}页) 没有{names}",
            evidence=tuple(Evidence(slot.page, slot.box, slot.text or slot.label) for slot in empty),
            document=document.id,
            document_type=document.type,
            missing=tuple(slot.label for slot in empty),
            confidence=0.85,
        )
    if unclear or not legible:
        names = "、".join(slot.label for slot in unclear) or "格式"
        return Unsure(f"{document.title} (第{document.first}页) {names}不能断定, 请人工看", pages)
    return Pass(f"{document.title} (第{document.first}页) 标题、称呼、结论、日期齐全")


def _inked(case: CaseView, slot: Slot) -> bool:
    """Whether there is writing near the place of a missing part that no line was found for."""
    page = case.case.page(slot.page)
    if page.content.ink is None or slot.label == CONCLUSION:
        return False
    near = slot.box.grown(_ASIDE, _AROUND)
    covers = [line.box.grown(0.006, 0.004) for line in page.lines]
    covers += [mark.box.grown(0.01, 0.01) for mark in page.content.marks]
    return page.content.ink.count(near, covers) >= _WRITING


def _tail(case: CaseView, document: Document) -> int | None:
    """The page behind a statement, if it has no heading and little on it: most likely the statement's own end."""
    number = document.last + 1
    if number > len(case.case.pages) or case.case.document_at(number).type == BLANK:
        return None
    after = case.case.document_at(number)
    text = re.sub(r"[\W\d]", "", case.page_text(number))
    return number if after.title_box is None and after.first == number and len(text) < _LITTLE else None


def _dated(case: CaseView, number: int) -> bool:
    return any(date.value is not None for line in case.case.page(number).lines for date in find_dates(line.text))
