"""卷内目录大量涂改

## 检查内容
卷内目录里划去、改写、涂盖的行有多少, 更正处有没有捺印或盖名章。

## 依据
河南省法律援助案件材料立卷归档办法第四条 (不得随意涂改); 平顶山市司法局通报(2022-05-23)第二项。

## 判定
没有捺印、盖章的涂改达到三行 (规则包可另定), 报疑点。同一行里改了几处算一行。目录页看不清的, 报“存疑”。

## 合法例外
- 更正处捺了指印或盖了名章的: 是规范的更正, 不算。
- 只有一两处更正: 不算大量。

## 命中示例
目录四行被划去重写, 都没有捺印。

## 不命中示例
目录一处页次更正, 更正处捺印。
"""

from collections.abc import Iterator

from pipeline.casefile import Alteration, Evidence
from pipeline.detectors.base import Answer, Flag, Lawful, NotApplicable, Pass, Unsure, detector
from pipeline.detectors.view import CaseView, listed

_ROWS = 3
_SAME_ROW = 0.6
"""Two changes stand on one row if their middles differ by less than that part of the taller one's height."""
_KINDS = {"struck": "划去", "overwritten": "改写", "whitened": "涂盖"}


@detector(
    code="CAT203",
    title="卷内目录大量涂改",
    severity="low",
    circular_item=2,
    basis={"*": "河南省法律援助案件材料立卷归档办法第四条(不得随意涂改); 平顶山市司法局通报(2022)第二项"},
    advice="请看目录原件的涂改处; 更正应当规范, 并由更正人捺印或盖章",
)
def catalogue_altered(case: CaseView) -> Iterator[Answer]:
    holders = case.of_type("file_catalogue")
    if not holders:
        yield NotApplicable("卷内没有卷内目录 (见 CAT201)")
        return
    names = {holder.id for holder in holders}
    every = [one for one in case.case.alterations if one.document in names]
    bare = _by_row([one for one in every if not one.confirmed])
    pressed = _by_row([one for one in every if one.confirmed])
    for row in pressed:
        one = row[0]
        yield Lawful(
            f"目录 (第{one.page}页) 更正处{_quoted(one)}捺印或盖章, 系规范更正", "note", one.document, (one.page,)
        )
    if len(bare) >= case.pack.parameter("CAT203", "rows", _ROWS):
        said = "、".join(f"{_KINDS[row[0].kind]}{_quoted(row[0])}" for row in bare)
        pages = listed(sorted({row[0].page for row in bare}))
        yield Flag(
            f"卷内目录 (第{pages}页) {len(bare)}行有涂改, 更正处没有捺印: {said}",
            evidence=tuple(Evidence(one.page, one.box, one.text) for row in bare for one in row),
            document=bare[0][0].document,
            document_type="file_catalogue",
            confidence=0.85,
        )
    elif bare:
        yield Pass(f"目录{len(bare)}行有更正, 不算大量")
    unread = tuple(n for holder in holders for n in holder.pages if not case.case.page(n).legible)
    if unread:
        yield Unsure("卷内目录有看不清的页, 不能断定有无涂改", unread)
    if not every and not unread:
        yield Pass("目录没有涂改")


def _by_row(changes: list[Alteration]) -> list[list[Alteration]]:
    """Changes gathered by the rows they stand on, from the top."""
    rows: list[list[Alteration]] = []
    for one in sorted(changes, key=lambda change: (change.page, change.box.centre[1])):
        last = rows[-1][-1] if rows else None
        height = max(one.box.height, last.box.height, 0.012) if last else 0.0
        if last and last.page == one.page and one.box.centre[1] - last.box.centre[1] < _SAME_ROW * height:
            rows[-1].append(one)
        else:
            rows.append([one])
    return rows


def _quoted(change: Alteration) -> str:
    return f"“{change.text}”" if change.text else ""
