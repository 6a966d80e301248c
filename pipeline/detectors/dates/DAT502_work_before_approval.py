"""办理日期早于审批日期

## 检查内容
依申请的案件, 会见 (谈话)、阅卷、签订协议的日期是不是早于负责人审批的日期。

## 依据
- R0: 《办理法律援助案件程序规定》(令124) 第二十条; 通报第六项。
- 2022-01-01 起: 《法律援助法》第四十三条; 通报第六项。

## 判定
第一次会见或谈话、阅卷、协议中任何一项确切地早于审批, 报一个疑点, 列出各项; 日期读不确切、没有读出的, 报“存疑”。
授权委托书可以在申请窗口签署 (LA07), 不算。

## 合法例外
- LA01 先行提供法律援助, 卷内注明补办手续。
- LA02 通知辩护: 不适用。
- LA03 审批前由值班律师会见、提供法律帮助、见证具结。
- LA04 卷内附有前一阶段的会见 (另有该阶段的指派, 且在本阶段的指派之前)。
- LA06 转交申请、异地协作: 其他机构先行办理。

## 命中示例
会见 2021-03-18、协议 2021-03-18, 审批 2021-03-22。

## 不命中示例
认罪认罚具结书 (值班律师见证) 早于审批; 授权委托书与申请同日签署。
"""

import re
from collections.abc import Iterator

from pipeline.casefile import DateFact
from pipeline.detectors.base import Answer, Flag, Lawful, NotApplicable, Pass, Unsure, Weighed, detector
from pipeline.detectors.order import NOT_FIRST_PROVIDED, approval_of, approved, day, first_provided, referred, uncertain
from pipeline.detectors.stages import own_assignments, stage_named
from pipeline.detectors.view import CaseView

NAMES = {"interview": "会见(谈话)", "file_reading": "阅卷", "agreement": "协议"}
WORK = ("client_interview", "client_talk", "file_reading_record", "aid_agreement")
DUTY_LAWYER = r"值班律师|法律帮助工作站|提供法律帮助"
# Who made a record: a label, a signature, how he introduces himself. A question about the duty lawyer says nothing.
MADE_BY_DUTY_LAWYER = "|".join(
    (
        r"(人|律师|单位)[:][^问答:]{0,16}值班律师",
        r"值班律师[^问答,.;:]{0,6}(签名|签字|[:])",
        r"(我|我们|本人)(是|系)[^问答.]{0,24}值班律师",
        r"(我|我们)[^问答.;?]{0,24}(为|向|给)你提供法律帮助",
        r"法律帮助(会见|谈话)?(笔录|记录)|法律帮助工作站[^问答.]{0,8}律师",
    )
)


@detector(
    code="DAT502",
    title="办理日期早于审批日期",
    severity="high",
    circular_item=6,
    basis={
        "R0": "办理法律援助案件程序规定(司法部令第124号)第二十条; 平顶山市司法局通报(2022)第六项",
        "*": "法律援助法第四十三条; 办理法律援助案件程序规定; 平顶山市司法局通报(2022)第六项",
    },
    advice="请对照原件核对各日期; 属先行提供、值班律师、转交申请等情形的, 请看卷内是否注明",
)
def work_before_approval(case: CaseView) -> Iterator[Answer]:
    if case.by_notice:
        yield NotApplicable("通知辩护/通知代理案件, 没有申请审批程序, 内部审批可后补 (LA02)")
        return
    work = sorted(case.dates(*NAMES), key=lambda date: (date.value, date.page))
    undated = case.undated(WORK, tuple(NAMES))
    approval, unread = approval_of(case)
    if not (work or undated) or (approval is None and not unread):
        yield NotApplicable("卷内无审批日期或办理日期可比较")
        return
    if approval is None:
        yield Unsure("审批日期未能读出, 请人工看日期", tuple(document.first for document in unread))
        return
    duty = case.says(DUTY_LAWYER, "plea_affidavit")
    if duty and any(date.value < approval.value for date in case.dates("plea")):
        document, page, _ = duty
        yield Lawful(f"值班律师见证具结 (第{page}页) 早于审批, 不属承办人办理", "LA03", document.id, (page,))
    early: list[DateFact] = []
    for date in work:
        if date.value >= approval.value:
            continue
        lawful = _other_hand(case, date, approval)
        if lawful:
            yield lawful
        else:
            early.append(date)
    sure = [date for date in early if date.certain]
    if not approval.certain:
        yield from uncertain("办理或审批日期", [*(date for date in early if not date.certain), approval])
        return
    yield from uncertain("办理日期", [date for date in work if not date.certain])
    if undated:
        listed = "、".join(f"第{document.first}页{document.title}" for document in undated)
        yield Unsure(f"办理日期未能读出 ({listed}), 请人工看日期", tuple(document.first for document in undated))
    if not sure:
        if any(date.certain for date in work):
            yield Pass(f"已读出的会见、阅卷、协议日期均不早于{approved(approval)}")
        return
    lawful = first_provided(case) or referred(case)
    if lawful:
        yield lawful
        return
    yield NOT_FIRST_PROVIDED
    yield Weighed("各份笔录均未写明系值班律师所作", "LA03")
    yield Weighed("卷内无转交公函或协作函", "LA06")
    listed = "、".join(f"{NAMES[date.role]} {day(date)}" for date in sure)
    yield Flag(
        f"{listed} 早于{approved(approval)}",
        evidence=(*(date.evidence for date in sure), approval.evidence),
        document=sure[0].document,
        document_type=case.case.document(sure[0].document).type,
        confidence=0.95,
    )


def _other_hand(case: CaseView, date: DateFact, approval: DateFact) -> Lawful | None:
    """LA03, LA04: work of a duty lawyer, or of an earlier stage that had its own assignment."""
    document = case.case.document(date.document)
    text = case.text_of(document)
    if re.search(MADE_BY_DUTY_LAWYER, text):
        why = f"{document.title} (第{document.first}页) 系值班律师所为"
        return Lawful(why, "LA03", document.id, (document.first,))
    own, earlier = own_assignments(case, approval)
    if not any(other.value <= date.value for other, _ in earlier):
        return None
    stage = stage_named(case, document) if case.criminal else None
    if stage is not None and stage != case.profile.stage:
        why = f"{document.title} (第{document.first}页) 属前一阶段, 另有该阶段的指派"
        return Lawful(why, "LA04", document.id, (document.first,))
    if stage is None and not any(other.value <= date.value for other in own):
        why = f"{document.title} (第{document.first}页) 在前一次指派之后、本次指派之前, 属前一阶段的办理"
        return Lawful(why, "LA04", document.id, (document.first,))
    return None
