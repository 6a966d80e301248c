"""指派日期早于审批日期

## 检查内容
依申请的案件, 指派 (安排) 通知书的日期是不是早于负责人审批的日期 (约束 D04)。

## 依据
- R0: 《办理法律援助案件程序规定》(令124) 第二十条; 河南省法律援助条例第二十七条; 通报第六项。
- 2022-01-01 起: 《法律援助法》第四十三条 (自作出决定之日起三日内指派); 通报第六项。

## 判定
指派日期和审批日期都读得确切, 指派在前, 报疑点; 有一个读不确切, 报“存疑”并列出要看的页。同一天不是问题。
没有审批表日期的, 用给予法律援助决定书的日期。

## 合法例外
- LA01 先行提供法律援助, 卷内注明补办手续。
- LA02 通知辩护、通知代理: 没有申请, 审批表系内部补填, 不适用。
- LA04 卷内有几份指派通知书 (不同阶段): 只与本阶段的审批比较。
- LA05 更换承办人: 与第一次指派比较。
- LA11 补充材料: 审查期限中止, 在补正期间指派; 补充材料通知书的日期未读确切的, 报“存疑”。

## 命中示例
指派通知书 2021-03-17, 审批表负责人签字 2021-03-22。

## 不命中示例
申请、审批、指派同一天; 申请表注明“先行提供, 手续补办”。
"""

from collections.abc import Iterator

from pipeline.casefile import DateFact
from pipeline.detectors.base import Answer, Flag, Lawful, NotApplicable, Pass, Unsure, Weighed, detector
from pipeline.detectors.order import NOT_FIRST_PROVIDED, approval_of, approved, day, first_provided, uncertain
from pipeline.detectors.stages import own_assignments
from pipeline.detectors.view import CaseView


@detector(
    code="DAT501",
    title="指派日期早于审批日期",
    severity="high",
    circular_item=6,
    basis={
        "R0": "办理法律援助案件程序规定(司法部令第124号)第二十条; 河南省法律援助条例(2010)第二十七条; 通报第六项",
        "*": "法律援助法第四十三条(自作出决定之日起三日内指派); 平顶山市司法局通报(2022)第六项",
    },
    advice="请对照两页原件核对日期; 属先行提供、补正等情形的, 请看卷内是否注明",
)
def assigned_before_approval(case: CaseView) -> Iterator[Answer]:
    if case.by_notice:
        yield NotApplicable("通知辩护/通知代理案件, 没有申请审批程序, 内部审批可后补 (LA02)")
        return
    notices = case.of_type("assignment_notice")
    if not notices:
        yield NotApplicable("卷内无指派通知书 (见 DOC110)")
        return
    approval, unread = approval_of(case)
    if approval is None:
        if unread:
            yield Unsure("审批日期未能读出, 请人工看日期", tuple(document.first for document in unread))
        else:
            yield NotApplicable("卷内无审批表、决定书日期可比较")
        return
    own, earlier = own_assignments(case, approval)
    for date, why in earlier:
        yield Lawful(f"{why}: 指派 {day(date)} 不与本次审批比较", "LA04", date.document, (date.page,))
    undated = case.undated(("assignment_notice",), ("assignment",))
    if undated:
        yield Unsure("指派通知书的日期未能读出, 请人工看日期", tuple(document.last for document in undated))
    # One that was surely too early is enough; an uncertain one might be the first.
    early = [date for date in own if date.certain and date.value < approval.value]
    if own:
        first = (early or own)[0]
        yield from _compare(case, first, approval)
        yield from uncertain("另一份指派通知书的日期", [date for date in own if date is not first])


def _compare(case: CaseView, assigned: DateFact, approval: DateFact) -> Iterator[Answer]:
    doubt = list(uncertain("指派或审批日期", (assigned, approval)))
    if doubt:
        yield from doubt
        return
    if assigned.value >= approval.value:
        yield Pass(f"指派 {day(assigned)} 不早于{approved(approval)}")
        return
    lawful = first_provided(case) or _supplemented(case, assigned, approval)
    if lawful:
        yield lawful
        return
    yield NOT_FIRST_PROVIDED
    if not case.of_type("supplement_notice"):
        yield Weighed("卷内无补充材料通知书", "LA11")
    if not case.of_type("reassignment_notice", "reassignment_approval"):
        yield Weighed("卷内无更换承办人的审批、通知", "LA05")
    yield Flag(
        f"指派通知书 {day(assigned)} 早于{approved(approval)}",
        evidence=(assigned.evidence, approval.evidence),
        document=assigned.document,
        document_type="assignment_notice",
        constraint="D04",
        confidence=0.95,
    )


def _supplemented(case: CaseView, assigned: DateFact, approval: DateFact) -> Lawful | Unsure | None:
    """LA11: the notice to supply papers stopped the review period, and the assignment fell into that time.

    A notice of which the date was not read for certain may be such a one.
    """
    doubtful: list[int] = []
    for notice in case.of_type("supplement_notice"):
        dates = [date for date in case.dates("supplement") if date.document == notice.id]
        if not dates or not dates[0].certain:
            doubtful.append(notice.first)
        elif dates[0].value <= assigned.value:
            why = f"{notice.title} (第{notice.first}页, {day(dates[0])}): 补充材料期间不计入审查期限"
            return Lawful(why, "LA11", notice.id, (notice.first,))
    if doubtful:
        return Unsure(f"指派早于{approved(approval)}, 但补充材料通知书的日期未能确认, 请人工看日期", tuple(doubtful))
    return None
