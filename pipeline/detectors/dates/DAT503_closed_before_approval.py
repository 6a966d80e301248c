"""结案日期早于审批日期

## 检查内容
结案报告表、封面上的结案日期是不是早于负责人审批的日期 (约束 D19)。

## 依据
- R0: 《法律援助条例》; 令124; 通报第六项。
- 2022-01-01 起: 《法律援助法》第四十三条、第五十条; 通报第六项。

## 判定
结案日期和审批日期都读得确切, 结案在前, 报疑点; 有一个读不确切, 报“存疑”。
通知辩护案件的内部审批表事后补填, 结案早于它的, 仍报, 严重程度降为中。

## 合法例外
无。先行提供的案件在补办手续前办结的, 也请人看。

## 命中示例
结案 2021-09-10, 审批 2021-10-18。

## 不命中示例
结案 2021-05-13, 审批 2021-03-22。
"""

from collections.abc import Iterator

from pipeline.casefile import DateFact
from pipeline.detectors.base import Answer, Flag, NotApplicable, Pass, Unsure, detector
from pipeline.detectors.order import approval_of, approved, day, uncertain
from pipeline.detectors.view import CaseView


@detector(
    code="DAT503",
    title="结案日期早于审批日期",
    severity="high",
    circular_item=6,
    basis={
        "R0": "法律援助条例; 办理法律援助案件程序规定(司法部令第124号); 平顶山市司法局通报(2022)第六项",
        "*": "法律援助法第四十三条、第五十条; 平顶山市司法局通报(2022)第六项",
    },
    advice="请对照结案报告表与审批表原件核对日期",
)
def closed_before_approval(case: CaseView) -> Iterator[Answer]:
    approval, unread = approval_of(case)
    if approval is None and not unread:
        yield NotApplicable("卷内无审批日期可比较")
        return
    closing = _closing(case)
    if closing is None:
        holders = case.of_type("closing_report")
        if holders:
            yield Unsure("结案日期未能读出, 请人工看日期", tuple(document.first for document in holders))
        else:
            yield NotApplicable("卷内无结案日期可比较")
        return
    if approval is None:
        yield Unsure("审批日期未能读出, 请人工看日期", tuple(document.first for document in unread))
        return
    doubt = list(uncertain("结案或审批日期", (closing, approval)))
    if doubt:
        yield from doubt
    elif closing.value >= approval.value:
        yield Pass(f"结案 {day(closing)} 不早于{approved(approval)}")
    else:
        note = " (通知辩护案件, 内部审批后补)" if case.by_notice else ""
        yield Flag(
            f"结案 {day(closing)} 早于{approved(approval)}{note}",
            evidence=(closing.evidence, approval.evidence),
            document=closing.document,
            document_type=case.case.document(closing.document).type,
            severity="medium" if case.by_notice else None,
            constraint="D19",
            confidence=0.95,
        )


def _closing(case: CaseView) -> DateFact | None:
    """The closing report's date, else the cover's; one that was read for certain first."""
    order = {"closing_report": 0, "cover": 1}
    dates = sorted(
        case.dates("closing"), key=lambda date: (not date.certain, order.get(case.case.document(date.document).type, 2))
    )
    return dates[0] if dates else None
