"""指派通知书填写不规范

## 检查内容
指派通知书 (安排通知书) 的编号、承办单位 (主送)、受援人、案由、日期有没有空白。

## 依据
法律援助文书格式 (司发通〔2013〕34号; 2023-11-10 新格式) 指派通知书各栏; 平顶山市司法局通报(2022-05-23)第一项。

## 判定
其中一栏确实空白, 报疑点, 一份通知书一条; 栏内有墨迹而读不出的, 报“存疑”。

## 合法例外
无。日期、编号在别处读出的, 不算空白。

## 命中示例
指派通知书“第  号”没有填写, “因       一案”没有填案由。

## 不命中示例
编号、律师事务所、受援人、案由、日期都已填写。
"""

from collections.abc import Iterator

from pipeline.detectors.base import Answer, Flag, NotApplicable, Pass, Unsure, detector
from pipeline.detectors.forms.blanks import KINDS, Blanks, blanks_of
from pipeline.detectors.view import CaseView

_ASKED = ("number", "unit", "recipient", "cause", "date")


@detector(
    code="FRM301",
    title="指派通知书填写不规范",
    severity="medium",
    circular_item=1,
    basis={"*": "法律援助文书格式(指派通知书); 平顶山市司法局通报(2022)第一项"},
    advice="请看指派通知书原件, 空白各栏应当由法律援助机构补填",
)
def assignment_filled(case: CaseView) -> Iterator[Answer]:
    notices = case.of_type("assignment_notice")
    if not notices:
        yield NotApplicable("卷内没有指派通知书 (见 DOC110)")
        return
    for notice in notices:
        blanks = _asked(blanks_of(case, notice))
        if blanks.empty:
            names = "、".join(dict.fromkeys(KINDS[slot.kind] for slot in blanks.empty))
            yield Flag(
                f"{notice.title} (第{notice.first}页) {names}空白",
                evidence=blanks.evidence,
                document=notice.id,
                document_type="assignment_notice",
                missing=tuple(dict.fromkeys(slot.kind for slot in blanks.empty)),
                confidence=0.9,
            )
        elif not all(case.case.page(number).legible for number in notice.pages):
            yield Unsure(f"{notice.title} (第{notice.first}页) 看不清, 不能断定有无空白", tuple(notice.pages))
        elif blanks.unclear:
            names = "、".join(dict.fromkeys(KINDS[slot.kind] for slot in blanks.unclear))
            yield Unsure(f"{notice.title} (第{notice.first}页) {names}是否填写不能断定, 请人工看", (notice.first,))
        else:
            yield Pass(f"{notice.title} (第{notice.first}页) 各栏已填写")


def _asked(blanks: Blanks) -> Blanks:
    return Blanks(
        tuple(slot for slot in blanks.empty if slot.kind in _ASKED),
        tuple(slot for slot in blanks.unclear if slot.kind in _ASKED),
        blanks.every,
    )
