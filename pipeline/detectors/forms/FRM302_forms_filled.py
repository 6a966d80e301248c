"""格式文书留白

## 检查内容
指派通知书以外的格式文书 (申请表、审批表、决定书、公函、告知书、协议、结案报告表、征询意见表等) 应填各栏有没有留白,
有没有整份空白的。

## 依据
法律援助文书格式 (司发通〔2013〕34号; 2023-11-10 新格式); 河南省法律援助案件材料立卷归档办法第五条;
通报关于“不得留白”的要求。

## 判定
整份未填, 或者两栏以上应填而空白 (规则包可另定), 报疑点, 一份文书一条; 空白的和有墨迹而读不出的合起来三栏以上,
不能断定的, 报“存疑”; 个别一栏不能断定的, 只在说明里列出。

## 合法例外
- 表上注明选填、“本人申请的不填”、备注栏: 可以空白。
- 几项之中勾选了一项的, 其余不算空白。
- 法院的送达回证等办案机关的文书: 不由法律援助机构填写, 不检查。
- 记录类文书只看表头。

## 命中示例
结案报告表的指派日期、办案机关、办理经过、审查意见空白; 征询受援人意见表整份空白。

## 不命中示例
申请表“代理人”一栏注明本人申请的不填。
"""

from collections.abc import Iterator

from pipeline.casefile import Document
from pipeline.detectors.base import Answer, Flag, NotApplicable, Pass, Unsure, detector
from pipeline.detectors.forms.blanks import blanks_of, named
from pipeline.detectors.view import CaseView
from pipeline.extraction.slots import FORMS

_NOT_ASKED = frozenset({"assignment_notice", "court_service_return", "form_stub"})
"""FRM301's own, what courts fill in, and stubs, which are torn off before the form is filled."""
_BLANKS = 2


@detector(
    code="FRM302",
    title="格式文书留白",
    severity="low",
    circular_item=0,
    basis={"*": "法律援助文书格式; 河南省法律援助案件材料立卷归档办法第五条; 平顶山市司法局通报(2022)(不得留白)"},
    advice="请看该文书原件: 应填各栏应当补填; 整份未填的空白文书不应入卷",
)
def forms_filled(case: CaseView) -> Iterator[Answer]:
    forms = [document for document in case.case.documents if document.type in FORMS - _NOT_ASKED]
    if not forms:
        yield NotApplicable("卷内没有格式文书")
        return
    doubtful: list[Document] = []
    for document in forms:
        yield from _judged(case, document, doubtful)
    if doubtful:
        listed = "、".join(f"{document.title} (第{document.first}页)" for document in doubtful)
        yield Pass(f"{listed}个别栏目未能断定是否填写")
    yield Pass("其余格式文书应填各栏已填写")


def _judged(case: CaseView, document: Document, doubtful: list[Document]) -> Iterator[Answer]:
    blanks = blanks_of(case, document)
    if blanks.whole or document.type == "blank_form":
        if not blanks.every and document.type != "blank_form":
            return
        yield Flag(
            f"{document.title} (第{document.first}页) 整份未填写",
            evidence=blanks.evidence or (case.whole(document),),
            document=document.id,
            document_type=document.type,
            confidence=0.9,
        )
    elif len(blanks.empty) >= case.pack.parameter("FRM302", "blanks", _BLANKS):
        yield Flag(
            f"{document.title} (第{document.first}页) {named(blanks.empty)}空白",
            evidence=blanks.evidence,
            document=document.id,
            document_type=document.type,
            missing=tuple(dict.fromkeys(slot.kind for slot in blanks.empty)),
            confidence=0.85,
        )
    elif len(blanks.empty) + len(blanks.unclear) > 2:
        slots = (*blanks.empty, *blanks.unclear)
        pages = tuple(sorted({slot.page for slot in slots}))
        yield Unsure(f"{document.title} (第{document.first}页) {named(slots)}是否填写不能断定, 请人工看", pages)
    elif blanks.empty or blanks.unclear:
        doubtful.append(document)
