"""办理期限超期

## 检查内容
T01 申请至审查决定、T02 决定至指派、T03 收到通知至指派、T07 指派至签订协议、T13 结案至提交结案材料、
T14 提交结案材料至补贴审批, 有没有超过当时有效的期限。

## 依据
- R0 (2021-12-31 以前): 《办理法律援助案件程序规定》(令124) 第十三条、第二十条;
  河南省法律援助条例第二十二条、第二十七条。
- R1 (2022-01-01 起): 《法律援助法》第三十六条、第四十三条; 令148 (2023-09-01 起) 第二十四条、第二十七条。
- T07 (令148 以前)、T13、T14 的条文未见全文, 期限是配置 (pipeline/law/limits.csv), 结论里注明“待核”。

## 判定
起日不算; 最后一日是休息日、节假日的, 顺延到下一个工作日 (按国务院每年的放假通知)。跨两个时期、几个规定并存的,
取较宽的一个。起止日期都读得确切而超过的, 报疑点, 每个期限一个, 写明 T 编号。读不确切而看来超过的, 报“存疑”。
日历没有那一年的放假安排而又要看它的、
超过三百日以上 (多半是年份写错或误识) 的, 也报“存疑”。办案机关自己的期限 (T04—T06、T10—T12、T15) 一律不查。

## 合法例外
- LA01 先行提供法律援助, 审批手续后补 (T01)。
- LA05 更换承办人: T02 以首次指派计, T07 从更换之日起算。
- LA11 补充材料的时间不计入审查期限 (T01); 补齐日期卷内未载的, 不认定超期。
- T03 从收文章所载日期起算; 没有收文章的, 看来超过也只报“存疑”。
- T07 因受援人原因或者其他客观原因的除外; 在押的受援人首次会见时签订的, 视为客观原因。
- 转交的申请, 从转交公函或者收到之日起算。

## 命中示例
2024-04-23 收到法院通知 (收文章), 2024-04-30 才指派 (T03)。

## 不命中示例
9 月 29 日申请, 十月八日审批: 第七日在国庆假期内, 顺延到十月八日。
"""

from collections.abc import Iterator

from pipeline.detectors.base import Answer, Flag, NotApplicable, Unsure, detector
from pipeline.detectors.order import uncertain
from pipeline.detectors.roles import named, type_at
from pipeline.detectors.spans import Span, in_time, spans
from pipeline.detectors.view import CaseView
from pipeline.law.limits import Term, in_force, mildest
from pipeline.law.regimes import regimes_on

UNLIKELY = 300
"""Days over a limit from which a wrong year is likelier than a wait."""


@detector(
    code="DAT505",
    title="办理期限超期",
    severity="low",
    circular_item=0,
    basis={
        "R0": "办理法律援助案件程序规定(令124)第十三条、第二十条; 河南省法律援助条例(2010)第二十二条、第二十七条",
        "R1": "法律援助法第三十六条、第四十三条; 办理法律援助案件程序规定(司法部令第124号)",
        "*": "法律援助法第三十六条、第四十三条; 办理法律援助案件程序规定(司法部令第148号)第二十四条、第二十七条",
    },
    advice="请核对起止日期原件和放假安排; 有补正、更换承办人、客观原因的, 请看卷内说明",
)
def over_time(case: CaseView) -> Iterator[Answer]:
    measured = False
    for one in spans(case):
        if isinstance(one, Span):
            measured = True
            yield from _judge(case, one)
        else:
            yield one
    if not measured:
        yield NotApplicable("卷内没有可以计算期限的起止日期")


def _judge(case: CaseView, span: Span) -> Iterator[Answer]:
    regimes = (case.profile.regime, *regimes_on((span.start.value, span.end.value)))
    texts = in_force(span.limit, regimes, case.profile.case_kind, case.profile.entry)
    if not texts:
        return
    term = mildest(texts, span.runs_from)
    if (span.end.value - span.runs_from).days <= (term.limit.amount or 0):
        # Within the bare number of days: no calendar is needed to say so.
        yield in_time(span, term.limit.in_words)
        return
    if term.last is None:
        yield Unsure(
            f"{span.limit}: {_told(case, span)}, 日历没有该年的放假安排, 不能断定是否超期",
            (span.start.page, span.end.page),
        )
        return
    if span.end.value <= term.last:
        yield in_time(span, f"{term.limit.in_words} (最后一日 {term.last.isoformat()})")
        return
    doubt = list(uncertain(f"{span.limit} 的起止日期", (span.start, span.end)))
    if not doubt and (span.end.value - term.last).days > UNLIKELY:
        why = f"{span.limit}: {_told(case, span)}, 相隔过久, 请人工核对年份"
        doubt = [Unsure(why, (span.start.page, span.end.page))]
    if span.excuse is not None:
        yield span.excuse
    elif doubt:
        yield from doubt
    elif span.doubt is not None:
        yield span.doubt
    else:
        yield _flag(case, span, term)


def _flag(case: CaseView, span: Span, term: Term) -> Flag:
    limit, last = term.limit, term.last
    over = (span.end.value - last).days if last else 0
    note = f"{limit.basis}{', 待核' if limit.status else ''}"
    stopped = f", 已扣除补正 {span.stopped} 日" if span.stopped else ""
    last_day = last.isoformat() if last else ""
    return Flag(
        f"{span.limit} {limit.step}: {_told(case, span)}, 超过{limit.in_words} "
        f"(最后一日 {last_day}, 晚 {over} 日{stopped}; {note})",
        evidence=(span.start.evidence, span.end.evidence),
        document=span.end.document,
        document_type=type_at(case, span.end),
        constraint=span.limit,
        confidence=0.9 if not limit.status else 0.8,
    )


def _told(case: CaseView, span: Span) -> str:
    return f"{named(case, span.start)} 至{named(case, span.end)}"
