"""页面无法辨认

## 检查内容
每一页扫描件上的文字能不能辨认: 墨迹浅淡、模糊、颗粒重、笔画糊成一片, 以致几乎读不出字的页。

## 依据
看不清的页不能据以评查, 也使其他规则不能断定; 不在通报所列九项之内, 没有专门的法条。

## 判定
页上有成行的字迹, 而几乎没有一处能确切读出, 报疑点, 一页一条, 写明原因, 请人工看该页。
读得出而把握低的页 (字迹潦草、局部模糊), 以及文件损坏、未能读取的页, 报“存疑”, 列出页码。

## 合法例外
空白页、背面、透印的页不报。墨迹浅淡而读得出的页不报。照片、证件复印件上本来没有多少字, 不报。

## 命中示例
第 17 页整页浅淡、颗粒重, 只读出零星几个字。

## 不命中示例
第 12 页是热敏纸, 字迹很浅, 但逐行读得出; 第 13 页是空白背面。
"""

from collections.abc import Iterator

from pipeline.casefile import Evidence, Page
from pipeline.detectors.base import Answer, Flag, Pass, Unsure, detector
from pipeline.detectors.view import WHOLE_PAGE, CaseView, listed
from pipeline.documents.types import BLANK


@detector(
    code="IMG001",
    title="页面无法辨认",
    severity="low",
    circular_item=0,
    basis={"*": "看不清的页不能据以评查 (不属通报所列九项)"},
    advice="请人工查看该页; 原件清楚的, 请重新扫描后再评查",
)
def illegible_page(case: CaseView) -> Iterator[Answer]:
    lost = tuple(page.number for page in case.case.pages if page.content.kind == "failed")
    doubtful = tuple(page.number for page in case.case.pages if _doubtful(page))
    faint = tuple(page.number for page in case.case.pages if _faint_but_read(page))
    blank = sum(len(document.pages) for document in case.of_type(BLANK))
    for page in case.case.pages:
        if page.content.kind != "failed" and not page.legible:
            yield _flag(case, page)
    if lost:
        yield Unsure(f"第{listed(lost)}页未能读取, 请人工看原件", lost)
    if doubtful:
        yield Unsure(f"第{listed(doubtful)}页读得出一部分, 把握低, 请人工看", doubtful)
    if faint:
        yield Pass(f"第{listed(faint)}页不够清晰, 但读得出")
    if blank:
        yield Pass(f"空白页、隔页 {blank} 页, 不作无法辨认")
    if not (lost or doubtful):
        yield Pass("其余各页读得出")


def _flag(case: CaseView, page: Page) -> Flag:
    # What was read of such a page changes with every scan, so it is no part of the finding (its key must last).
    document = case.case.document_at(page.number)
    reasons = "、".join(page.content.quality.reasons)
    return Flag(
        f"第{page.number}页无法辨认" + (f" ({reasons})" if reasons else ""),
        evidence=(Evidence(page.number, WHOLE_PAGE, ""),),
        document=document.id,
        document_type=document.type,
        confidence=0.9,
    )


def _doubtful(page: Page) -> bool:
    """Read, but badly; a page of which nothing was read and that is not illegible is a picture."""
    return page.content.kind == "scanned" and page.content.quality.grade == "poor" and bool(page.lines)


def _faint_but_read(page: Page) -> bool:
    return page.content.kind == "scanned" and page.content.quality.grade == "fair"
