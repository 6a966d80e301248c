"""代理/辩护意见未署名

## 检查内容
代理词、辩护词、法律意见书的落款处有没有承办律师的亲笔签名或者名章。

## 依据
平顶山市司法局通报(2022-05-23)第二项 (代理意见格式不规范且有未署名)。

## 判定
落款处留白, 或者只有打印的姓名, 报疑点, 每份文书一个。看不清落款、落款处有未能认出的笔迹的, 报“存疑”。
同一份意见另有一份签了名的, 不报。

## 合法例外
亲笔签名之外, 律师名章视为署名。卷内没有这类文书的, 不适用 (是否缺少, 见 DOC104)。

## 命中示例
辩护词落款“辩护人: 张某”系打印, 没有签名。

## 不命中示例
代理词落款加盖“李某”名章; 辩护意见末尾亲笔签名。
"""

from collections.abc import Iterator

from rapidfuzz import fuzz

from pipeline.casefile import Document, Evidence
from pipeline.detectors.base import Answer, Flag, Lawful, NotApplicable, Pass, Unsure, detector
from pipeline.detectors.checking import loose_page_after
from pipeline.detectors.signing import legible, places_of, signing, signs_off
from pipeline.detectors.view import WHOLE_PAGE, CaseView

STATEMENTS = ("defence_statement", "representation_statement", "legal_opinion")
SAME = 85
"""Percent of likeness from which two statements are the same one, filed twice."""


@detector(
    code="SGN401",
    title="代理/辩护意见未署名",
    severity="high",
    circular_item=2,
    basis={"*": "平顶山市司法局通报(2022)第二项; 律师业务档案立卷归档办法"},
    advice="请看落款处原件: 打印的姓名不算署名, 亲笔签名或者名章都可以",
)
def unsigned_statement(case: CaseView) -> Iterator[Answer]:
    statements = case.of_type(*STATEMENTS)
    if not statements:
        yield NotApplicable("卷内无代理词、辩护词、法律意见书 (是否缺少, 见 DOC104)")
        return
    signed = [one for one in statements if signing(case, one, ("lawyer",)).state == "signed"]
    for statement in statements:
        if statement in signed:
            yield from _signed(case, statement)
        else:
            yield from _unsigned(case, statement, signed)


def _signed(case: CaseView, statement: Document) -> Iterator[Answer]:
    marks = {one.mark for one in case.case.signatures if one.document == statement.id and one.role == "lawyer"}
    if "handwriting" not in marks and "name_seal" in marks:
        yield Lawful(
            f"{statement.title} (第{statement.last}页) 盖有律师名章, 视为署名", "note", statement.id, (statement.last,)
        )
    else:
        yield Pass(f"{statement.title} (第{statement.last}页) 已署名")


def _unsigned(case: CaseView, statement: Document, signed: list[Document]) -> Iterator[Answer]:
    where = f"{statement.title} (第{statement.last}页)"
    twin = next((one for one in signed if _same(case, statement, one)), None)
    if twin is not None:
        yield Pass(f"{where} 未署名, 另有署名的同一份 (第{twin.last}页)")
        return
    found = signing(case, statement, ("lawyer",))
    if found.state == "unclear" or not legible(case, statement):
        yield Unsure(f"{where} 落款看不清是否署名, 请人工查看", found.pages or (statement.last,))
        return
    if found.state == "nowhere":
        ended = signs_off(case, statement, (*case.people.lawyers, case.people.lawyer))
        strokes = any(mark.kind in ("ink", "fingerprint") for mark in case.case.page(statement.last).content.marks)
        if ended or strokes or loose_page_after(case, statement) is not None:
            yield Unsure(f"{where} 没有认出落款处, 不能断定是否署名", (statement.last,))
            return
    printed = next((place.name for place in found.blank if place.name), "")
    what = f"落款只有打印的姓名“{printed}”" if printed else "落款处没有签名、名章"
    yield Flag(
        f"{where} {what}",
        evidence=places_of(found, printed or "落款处留白") or (Evidence(statement.last, WHOLE_PAGE, "文末没有署名"),),
        document=statement.id,
        document_type=statement.type,
        confidence=0.93 if found.blank else 0.8,
    )


def _same(case: CaseView, one: Document, other: Document) -> bool:
    return one.type == other.type and fuzz.ratio(case.text_of(one), case.text_of(other)) >= SAME
