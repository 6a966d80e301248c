"""缺少指派通知书

## 检查内容
卷内有没有法律援助机构发给承办机构或承办人的指派通知书。

## 依据
- R0: 《办理法律援助案件程序规定》(令124) 第二十条; 通报第一项。
- 2022-01-01 起: 《法律援助法》第四十三条、第十三条; 《办理法律援助案件程序规定》; 通报第一项。

## 判定
卷内没有指派通知书 (指派函), 且没有一页可能是它, 报疑点; 有可能是它而看不清的页时报“存疑”。
只有更换承办人通知书的, 报“存疑”: 它也写明由谁承办, 但不是第一次的指派。

## 合法例外
- 机构工作人员自己承办: 以安排通知书代替指派通知书 (法律援助法第十三条)。
- 规则包以存根归档的地区: 指派通知书存根算。
- 卷内有情况说明, 说明指派通知书去向的: 依法成立。

## 命中示例
卷内有决定书、公函、授权委托书, 没有指派通知书。

## 不命中示例
第 9 页为“安排通知书”, 本中心工作人员承办。
"""

import re
from collections.abc import Iterator

from pipeline.casefile import Document
from pipeline.detectors.absence import missing
from pipeline.detectors.base import Answer, Flag, Lawful, Unsure, detector
from pipeline.detectors.view import CaseView

_ARRANGED = r"(现|特|决定|予以)?安排(本(中心|机构|处|所)|我(中心|处))?[^.;]{0,20}(同志|工作人员|承办|办理)"
NOT_HELD = r"(未|没有|无|遗失|缺)[^.;]{0,12}指派(通知书|函)|指派(通知书|函)[^.;]{0,16}(未|没有|遗失|缺失|存于|另卷)"


@detector(
    code="DOC110",
    title="缺少指派通知书",
    severity="high",
    circular_item=1,
    basis={
        "R0": "办理法律援助案件程序规定(司法部令第124号)第二十条; 平顶山市司法局通报(2022)第一项",
        "*": "法律援助法第四十三条、第十三条; 办理法律援助案件程序规定; 平顶山市司法局通报(2022)第一项",
    },
    advice="请核对卷内是否另有指派通知书(指派函)或者安排通知书; 确实没有的, 请承办机构说明或补正",
)
def assignment_notice(case: CaseView) -> Iterator[Answer]:
    notices = case.of_type("assignment_notice")
    arranged = [notice for notice in notices if _arranged(case, notice)]
    if arranged and len(arranged) == len(notices):
        why = f"机构工作人员承办, 以{arranged[0].title} (第{arranged[0].first}页) 代替指派通知书 (法律援助法第十三条)"
        yield Lawful(why, "note", arranged[0].id, (arranged[0].first,))
        return
    if not notices:
        other = case.says(_ARRANGED, "approval_form", "situation_note", "other")
        if other and "安排" in other[0].title:
            document, page, words = other
            why = f"{document.title} (第{page}页) 安排机构工作人员承办: {words}"
            yield Lawful(why, "note", document.id, (page,))
            return
    near = ("aid_letter", "aid_decision", "approval_form", "recipient_rights_notice")
    for answer in missing(case, "assignment_notice", message="卷内未见指派通知书", near=near, note=NOT_HELD):
        changed = case.of_type("reassignment_notice")
        if isinstance(answer, Flag) and changed:
            why = f"只见{changed[0].title} (第{changed[0].first}页), 未见指派通知书, 请人工看"
            yield Unsure(why, tuple(changed[0].pages))
        else:
            yield answer


def _arranged(case: CaseView, notice: Document) -> bool:
    """Whether a notice arranges for the centre's own staff rather than assigning a firm's lawyer."""
    own = re.search(r"安排((本|我)(中心|机构|处|所|单位)|[^,.;]{0,12}(同志|工作人员))", case.text_of(notice))
    return "安排" in notice.title or (own is not None and "指派" not in notice.title)
