"""卷内目录与实际文书不符

## 检查内容
卷内目录逐行与卷内文书核对: 目录列了而卷内没有的, 卷内两页以上的文书目录没有列的, 页次与实际不符的。
页次按目录自己的页码计算。

## 依据
河南省法律援助案件材料立卷归档办法第三条、第六条; 平顶山市司法局通报(2022-05-23)第一项。

## 判定
每一处确切的不符报一条; 题名、页次读不确切, 或卷内有一页可能是该文书的, 报“存疑”。

## 合法例外
- 封面、目录、背面、空白页: 目录可以不编页、不列入。
- 证据等几份文书列在一行的: 算列入。
- 只写起始页号的目录: 算写了页次。
- 一页的文书 (附随的送达回证、复印件等) 没有单列: 不报。

## 命中示例
目录第 15 行“量刑建议书”, 卷内没有该文书。

## 不命中示例
目录页码自封面之后起算, 空白页不编号。
"""

from collections.abc import Iterator, Sequence

from pipeline.casefile import Absent, CatalogueCheck, CatalogueRow, Evidence, Unlisted, WrongRange
from pipeline.detectors.base import Answer, Flag, NotApplicable, Pass, Unsure, detector
from pipeline.detectors.view import CaseView

_READ = 0.7
"""Share of the rows whose titles must have been read for what is not listed to be believed."""
_MANY = 0.4
"""Share of rows that disagree from which it is the reading that failed."""


@detector(
    code="CAT202",
    title="卷内目录与实际文书不符",
    severity="medium",
    circular_item=1,
    basis={"*": "河南省法律援助案件材料立卷归档办法第三条、第六条; 平顶山市司法局通报(2022)第一项"},
    advice="请把目录该行与卷内文书逐一核对; 目录漏列、错列、页次写错的, 应当更正并捺印",
)
def catalogue_agrees(case: CaseView) -> Iterator[Answer]:
    holders = case.of_type("file_catalogue")
    if not holders:
        yield NotApplicable("卷内没有卷内目录 (见 CAT201)")
        return
    rows = case.case.catalogue
    pages = tuple(page for holder in holders for page in holder.pages)
    if len(rows) < 3 or not all(case.case.page(page).legible for page in pages):
        yield Unsure("卷内目录未能读清, 不能核对, 请人工看", pages)
        return
    found = case.case.catalogue_check
    sure = [one for one in _every(found) if one.sure]
    titled = sum(bool(row.title) for row in rows)
    if titled < _READ * len(rows) or len(sure) > max(4, _MANY * len(rows)):
        yield Unsure(f"目录{len(rows)}行中能读出并核对的不多, 请人工核对", pages)
        return
    for one in sure:
        yield _flag(case, one, rows)
    doubtful = [one for one in _every(found) if not one.sure]
    worth_a_look = [one for one in doubtful if _worth_a_look(one, rows)]
    if worth_a_look:
        yield _unsure(case, worth_a_look, rows, pages)
    yield Pass(f"目录{len(rows)}行, 其余与卷内文书相符")


def _every(found: CatalogueCheck) -> list[Absent | Unlisted | WrongRange]:
    return [*found.absent, *found.unlisted, *found.wrong]


def _flag(case: CaseView, one: Absent | Unlisted | WrongRange, rows: Sequence[CatalogueRow]) -> Flag:
    if isinstance(one, Unlisted):
        document = case.case.document(one.document)
        return Flag(
            f"{document.title} (第{document.first}至{document.last}页) 在卷, 目录没有列入",
            evidence=(*_catalogue(case), case.whole(document)),
            document=document.id,
            document_type=document.type,
            confidence=0.9,
        )
    row = rows[one.row]
    place = Evidence(row.page, row.box, row.title)
    which = f"目录第{row.number}行“{row.title}”" if row.number else f"目录“{row.title}”"
    if isinstance(one, Absent):
        return Flag(
            f"{which}, 卷内没有该文书",
            evidence=(place,),
            document=case.of_type("file_catalogue")[0].id,
            document_type="file_catalogue",
            confidence=0.9,
        )
    documents = [case.case.document(name) for name in row.documents]
    return Flag(
        f"{which}写第{_span(row.first, row.last)}页, 按目录自己的页码应为第{_span(*one.expected)}页",
        evidence=(place, *(case.whole(document) for document in documents[:1])),
        document=documents[0].id if documents else None,
        document_type=documents[0].type if documents else "file_catalogue",
        confidence=0.88,
    )


def _catalogue(case: CaseView) -> tuple[Evidence, ...]:
    rows = case.case.catalogue
    first = [row for row in rows if row.page == rows[0].page]
    box = first[0].box
    for row in first[1:]:
        box = box.union(row.box)
    return (Evidence(rows[0].page, box, "卷内目录"),)


def _span(first: int | None, last: int | None) -> str:
    return str(first) if last is None or last == first else f"{first}-{last}"


def _worth_a_look(one: Absent | Unlisted | WrongRange, rows: Sequence[CatalogueRow]) -> bool:
    """A doubt that a person can settle: the row has a title and pages of its own, or the paper has a heading."""
    if isinstance(one, Unlisted):
        return False  # an untitled paper is most likely the end of the one before it
    row = rows[one.row]
    return bool(row.title) and row.first is not None and not (isinstance(one, WrongRange) and row.first == row.last)


def _unsure(
    case: CaseView,
    doubtful: Sequence[Absent | Unlisted | WrongRange],
    rows: Sequence[CatalogueRow],
    pages: tuple[int, ...],
) -> Unsure:
    titles = "、".join(f"“{rows[one.row].title}”" for one in doubtful if not isinstance(one, Unlisted))
    free = {page for one in doubtful if isinstance(one, Absent) for page in one.pages}
    return Unsure(f"目录{titles}与卷内文书是否相符不能断定, 请人工核对", tuple(sorted({*pages, *free})))
