"""卷内目录缺失或填写不规范

## 检查内容
卷内有没有卷内目录; 目录各行的文书名称、页次 (页码) 有没有空白。

## 依据
河南省法律援助案件材料立卷归档办法第三条、第六条; 律师业务档案立卷归档办法; 平顶山市司法局通报(2022-05-23)第一项。

## 判定
没有目录, 且没有一页可能是目录, 报疑点。有目录而有两行以上题名或页次空白的, 报疑点;
只有一行的、格内有字而未能读出的, 报“存疑”。
只写起始页的目录也算写了页次。多数行都读不出题名的, 是识别不清, 报“存疑”。

## 合法例外
无。

## 命中示例
目录第 5、12 行没有题名, 第 2、8、11 行没有页次。

## 不命中示例
目录 28 行, 每行有题名和起始页号。
"""

from collections.abc import Iterator, Sequence

from pipeline.casefile import CatalogueRow, Evidence
from pipeline.detectors.absence import missing
from pipeline.detectors.base import Answer, Flag, Pass, Unsure, detector
from pipeline.detectors.view import CaseView

_FRONT, _BACK = 5, 3
_UNSURE_FROM = 0.5
"""Share of rows with nothing in one column from which it is the reading that failed, unless the page shows no ink."""


@detector(
    code="CAT201",
    title="卷内目录缺失或填写不规范",
    severity="medium",
    circular_item=1,
    basis={"*": "河南省法律援助案件材料立卷归档办法第三条、第六条; 平顶山市司法局通报(2022)第一项"},
    advice="请看目录原件: 空白的题名、页次应当补填; 没有目录的, 应当补作",
)
def catalogue_filled(case: CaseView) -> Iterator[Answer]:
    holders = case.of_type("file_catalogue")
    if not holders:
        every = [page.number for page in case.case.pages]
        ends = (*every[:_FRONT], *every[-_BACK:])  # a catalogue is bound in front, or behind everything
        yield from missing(case, "file_catalogue", message="卷内没有卷内目录", near=("cover",), at=ends)
        return
    rows = _entries(case.case.catalogue)
    pages = tuple(page for holder in holders for page in holder.pages)
    if not rows:
        yield Unsure("卷内目录的表格未能读出, 请人工看", pages)
        return
    if not all(case.case.page(page).legible for page in pages):
        yield Unsure("卷内目录有看不清的页, 请人工看", pages)
        return
    untitled = [row for row in rows if not row.title and not row.unread]
    unpaged = [row for row in rows if row.first is None and not row.unread]
    doubtful = [row for row in rows if row.unread]
    for column, empty in (("题名", untitled), ("页次", unpaged)):
        if len(empty) > 2 and len(empty) >= _UNSURE_FROM * len(rows):
            yield Unsure(f"目录{column}一栏多数行未能读出, 请人工看", pages)
            return
    gaps = list(dict.fromkeys((*untitled, *unpaged)))
    if len(gaps) >= 2:
        yield _flag(case, gaps, untitled, unpaged)
    elif gaps:
        yield Unsure(f"目录第{_name(gaps[0], rows)}行似有空白, 请人工看", (gaps[0].page,))
    if doubtful:
        yield (
            Unsure(
                f"目录第{'、'.join(_name(row, rows) for row in doubtful)}行有字而未能读出, 请人工看",
                tuple(sorted({row.page for row in doubtful})),
            )
            if len(doubtful) > 2
            else Pass(f"目录第{'、'.join(_name(row, rows) for row in doubtful)}行有字, 未能读出")
        )
    yield Pass(f"目录{len(rows)}行, 其余题名、页次齐全")


def _entries(rows: Sequence[CatalogueRow]) -> tuple[CatalogueRow, ...]:
    """The rows of the list: behind the last that bears a number or pages stands what closes it (立卷人, 日期)."""
    last = max((place for place, row in enumerate(rows, 1) if row.number or row.first is not None), default=len(rows))
    return tuple(rows[:last])


def _flag(
    case: CaseView, gaps: Sequence[CatalogueRow], untitled: Sequence[CatalogueRow], unpaged: Sequence[CatalogueRow]
) -> Flag:
    rows = _entries(case.case.catalogue)
    parts = []
    for column, empty in (("题名", untitled), ("页次", unpaged)):
        if empty:
            parts.append(f"第{'、'.join(_name(row, rows) for row in empty)}行{column}空白")
    return Flag(
        f"卷内目录 (第{gaps[0].page}页) {'; '.join(parts)}",
        evidence=tuple(Evidence(row.page, row.box, row.title or row.number) for row in gaps),
        document=case.of_type("file_catalogue")[0].id,
        document_type="file_catalogue",
        confidence=0.9,
    )


def _name(row: CatalogueRow, rows: Sequence[CatalogueRow]) -> str:
    """The row's own number, or its place in the table."""
    return row.number or str(rows.index(row) + 1)
