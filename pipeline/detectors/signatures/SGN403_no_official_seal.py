"""应盖章文书未盖章

## 检查内容
指派 (安排) 通知书、给予法律援助决定书、法律援助公函上有没有法律援助机构的公章。

## 依据
法律援助文书格式 (落款处盖章); 《河南省法律援助案件材料立卷归档办法》第四条。

## 判定
各页都看得清而没有公章的, 报疑点, 每份文书一个; 有页看不清, 或者印痕未能辨认的, 报“存疑”。

## 合法例外
复印件上的黑色印章视为有章; 存根不要求盖章。

## 命中示例
法律援助公函落款只有打印的机构名称和日期。

## 不命中示例
指派通知书系复印件, 落款处有黑色圆章。
"""

from collections.abc import Iterator

from pipeline.casefile import Document, Evidence, Mark
from pipeline.detectors.base import Answer, Flag, Lawful, NotApplicable, Pass, Unsure, detector
from pipeline.detectors.signing import legible
from pipeline.detectors.view import CaseView

SEALED = ("assignment_notice", "aid_decision", "aid_letter")
LARGE = 0.1
"""Width, as a fraction of the page, from which a stamp or print of another kind may be a seal taken for it."""


@detector(
    code="SGN403",
    title="应盖章文书未盖章",
    severity="medium",
    circular_item=0,
    basis={"*": "法律援助文书格式(落款盖章); 河南省法律援助案件材料立卷归档办法第四条"},
    advice="请看原件落款处; 复印件上的黑色印章视为有章",
)
def no_official_seal(case: CaseView) -> Iterator[Answer]:
    papers = case.of_type(*SEALED)
    if not papers:
        yield NotApplicable("卷内无指派通知书、决定书、公函")
        return
    for paper in papers:
        yield from _judge(case, paper)


def _judge(case: CaseView, paper: Document) -> Iterator[Answer]:
    where = f"{paper.title} (第{paper.first}页)"
    seals = [mark for mark in _marks(case, paper) if mark.kind == "seal"]
    if seals or any(seal.document == paper.id for seal in case.case.seals):
        if seals and all(mark.colour == "black" for mark in seals):
            yield Lawful(f"{where} 为复印件, 黑色印章视为有章", "note", paper.id, (paper.first,))
        else:
            yield Pass(f"{where} 盖有公章")
        return
    hints = [mark for mark in _marks(case, paper) if mark.kind != "ink" and mark.box.width >= LARGE]
    if hints or not legible(case, paper):
        yield Unsure(f"{where} 看不清是否盖有公章, 请人工查看", tuple(paper.pages))
        return
    yield Flag(
        f"{where} 没有法律援助机构公章",
        evidence=(_foot(case, paper),),
        document=paper.id,
        document_type=paper.type,
        confidence=0.92,
    )


def _marks(case: CaseView, paper: Document) -> list[Mark]:
    return [mark for number in paper.pages for mark in case.case.page(number).content.marks]


def _foot(case: CaseView, paper: Document) -> Evidence:
    """Where the seal should stand: over the date, else the last lines."""
    dated = [date for date in case.case.dates if date.document == paper.id and date.page == paper.last]
    if dated:
        return dated[-1].evidence
    lines = case.case.page(paper.last).lines
    return Evidence(paper.last, lines[-1].box, lines[-1].text) if lines else case.whole(paper)
