"""证据目录内容混乱

## 检查内容
受援人一方提交的证据目录有没有编号、证明对象 (证明目的)、页码, 编号顺序对不对。

## 依据
证据目录应当写明证据名称、来源、内容、证明对象 (河南省律师协会业务档案示范文本); 《民事诉讼法解释》关于举证的规定;
平顶山市司法局通报(2022-05-23)第二项。

## 判定
编号颠倒、重复、跳号; 编号、证明对象、页码三栏中有两栏多数行空白; 或者没有编号、证明对象一栏, 报疑点。
表格没有读出、或者格内有字而读不出的, 报“存疑”。个别格空白不报。

## 合法例外
- 没有举证、没有证据目录: 不适用。
- 对方当事人提交的证据目录: 不是承办人的文书, 不适用。
- 分组编号 (第一组、第二组) 的证据目录, 每组重新编号: 正常。

## 命中示例
证据目录编号为 2、空白、4、空白, 证明对象三行空白。

## 不命中示例
证据目录编号 1 至 4, 每行有来源、证明对象、页码。
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.casefile import Document, Evidence
from pipeline.detectors.base import Answer, Flag, NotApplicable, Pass, Unsure, detector
from pipeline.detectors.conditions import client_names, opponent_names
from pipeline.detectors.view import CaseView
from pipeline.extraction.evidence_list import EvidenceList, Exhibit, evidence_list

_COLUMNS = (("number", "编号"), ("purpose", "证明对象"), ("pages", "页码"))


@detector(
    code="CAT204",
    title="证据目录内容混乱",
    severity="low",
    circular_item=2,
    basis={"*": "民事诉讼法及其解释关于举证的规定; 律师业务档案示范文本(证据目录); 平顶山市司法局通报(2022)第二项"},
    advice="请看证据目录原件: 编号、证明对象、页码是否齐全, 次序是否与证据一致",
)
def orderly_evidence_list(case: CaseView) -> Iterator[Answer]:
    lists = case.of_type("evidence_catalogue")
    if not lists:
        yield NotApplicable("卷内没有证据目录 (未举证或者没有编目)")
        return
    for document in lists:
        yield from _judged(case, document)


def _judged(case: CaseView, document: Document) -> Iterator[Answer]:
    if _of_opponent(case, document):
        yield NotApplicable(f"{document.title} (第{document.first}页) 系对方当事人提交")
        return
    if not all(case.case.page(number).legible for number in document.pages):
        yield Unsure(f"{document.title}有看不清的页, 请人工看", tuple(document.pages))
        return
    table = evidence_list(document, case.case.pages)
    if len(table.rows) < 2:
        if not table.rows:
            yield Unsure(f"{document.title} (第{document.first}页) 的表格未能读出, 请人工看", tuple(document.pages))
        else:
            yield Pass(f"{document.title} (第{document.first}页) 只有一项证据")
        return
    order = _out_of_order(table)
    bare = [name for kind, name in _COLUMNS if kind in table.columns and _mostly_empty(table.rows, kind)]
    absent = [name for kind, name in _COLUMNS if kind not in table.columns]
    grave = [name for name in absent if name != "页码"]
    if order or len(bare) + len(absent) > 1 or grave:
        yield _flag(document, table, order, bare, absent)
    elif bare:
        yield Unsure(f"{document.title} (第{document.first}页) {bare[0]}多数行未能读出, 请人工看", (document.first,))
    else:
        yield Pass(f"{document.title} (第{document.first}页) {len(table.rows)}项证据, 编号、证明对象齐全")


def _flag(document: Document, table: EvidenceList, order: str, bare: list[str], absent: list[str]) -> Flag:
    parts = [order] if order else []
    parts += [f"{name}多数空白" for name in bare]
    parts += [f"没有{name}一栏" for name in absent]
    blank = [row for row in table.rows if any(row.cells.get(kind) == "empty" for kind, _ in _COLUMNS)]
    shown = blank or list(table.rows)
    return Flag(
        f"{document.title} (第{document.first}页): {'; '.join(parts)}",
        evidence=tuple(Evidence(row.page, row.box, row.name) for row in shown),
        document=document.id,
        document_type="evidence_catalogue",
        confidence=0.88,
    )


def _out_of_order(table: EvidenceList) -> str:
    """What is wrong with the numbers that were read for certain; "" where they count up from 1.

    A lone digit is lost easily in reading: one that was not read and fits between its neighbours is not missing.
    """
    if table.groups:
        return ""
    read = [(place, row.number) for place, row in enumerate(table.rows, 1) if row.number is not None and row.sure]
    if len(read) < 2:
        return ""
    numbers = "、".join("空白" if row.number is None else str(row.number) for row in table.rows)
    falls = [(before, after) for (_, before), (_, after) in pairwise(read) if after <= before and after != 1]
    restarts = any(after == 1 and before >= 1 for (_, before), (_, after) in pairwise(read))
    if falls or (restarts and [number for _, number in read].count(1) > 1 and not _counts_anew(read)):
        return f"编号颠倒或重复 ({numbers})"
    if restarts and read[0][1] != 1:
        return f"编号颠倒或重复 ({numbers})"
    skips = [place for place, number in read if number != place]
    if skips and not restarts and len(skips) >= 2:
        return f"编号缺漏 ({numbers})"
    return ""


def _counts_anew(read: Sequence[tuple[int, int]]) -> bool:
    """Whether the numbers start again at 1 in groups: up to the fall each counts up by one."""
    return all(after == before + 1 or after == 1 for (_, before), (_, after) in pairwise(read)) and read[0][1] == 1


def _mostly_empty(rows: Sequence[Exhibit], kind: str) -> bool:
    """Whether at least half of a column, and two cells of it, are empty for certain."""
    empty = sum(row.cells.get(kind) == "empty" for row in rows)
    return empty >= 2 and 2 * empty >= len(rows)


def _of_opponent(case: CaseView, document: Document) -> bool:
    """Whether the list says that another party submits it."""
    text = case.text_of(document)
    if any(name in text for name in client_names(case)):
        return False
    theirs = opponent_names(case)
    return any(f"{label}{name}" in text for name in theirs for label in ("提交人:", "举证人:", "提供人:", "提交单位:"))
