"""其他日期顺序矛盾

## 检查内容
DAT501 (D04)、DAT502、DAT503 (D19) 之外的日期顺序: D01—D03、D05—D18、D20、D22—D25、D27, 每个编号至多报一个。

## 依据
各顺序的依据、轻重和合法例外是数据 (pipeline/law/orders.csv、exceptions.csv):
《法律援助法》第三十六条、第四十三条、第五十条;
《刑事诉讼法》第四十条、第八十五条至第九十三条、第一百六十二条、第一百七十四条、第一百八十七条;
《民事诉讼法》第八十七条等。
D17、D23、D25、D27 的依据未见全文或系推论, 结论里注明“待核”。

## 判定
一前一后两方都读得确切而颠倒的, 报疑点, 写明 D 编号; 一方有几个日期的, 有一对不颠倒就不报。
看来颠倒而有一个读不确切的, 报“存疑”; 被卷内其他文书所述的同一事件推翻的日期, 视为读不确切。
D07、D22、D23、D25 只是提示, 把握较低。D24 (晚于预审之日) 和 D27 (同一律师时间重叠) 只报“存疑”。

## 合法例外
- LA01 先行提供法律援助; LA02 通知辩护没有申请审批, D01、D03 不查。
- LA03 值班律师所为; LA04 其他阶段的会见、指派; LA05 更换承办人; LA06 转交申请、异地协作。
- LA07 授权委托书在申请窗口签署; LA08 庭后、裁判之前提交书面意见。
- LA09 案件本身的文书 (一审裁判、合同、起诉状、拘留证) 早于申请; LA10 同日。
- LA12 落款、签收、结案各有日期; LA13 速裁当庭宣判; LA14 终止、撤诉、调解提前结束。
- LA15 未经两次独立识读一致的日期不作认定。

## 命中示例
辩护词落款 2022-11-24, 判决书落款 2022-11-21 (D13)。

## 不命中示例
授权委托书与申请表同日签署, 早于指派; 原承办人的谈话早于更换后的指派。
"""

from collections.abc import Iterator

from pipeline.casefile import DateFact
from pipeline.detectors.aid_orders import aid_orders
from pipeline.detectors.base import Answer, Flag, NotApplicable, Pass, Unsure, detector
from pipeline.detectors.chain import Pair, doubt, value
from pipeline.detectors.court_orders import at_two_places, court_orders, grown_up, late_appeal
from pipeline.detectors.roles import named, type_at
from pipeline.detectors.view import CaseView
from pipeline.law.orders import Order, orders

UNLIKELY = "日期不合理"
"""How extraction calls a day that has not come yet (D24)."""


@detector(
    code="DAT504",
    title="其他日期顺序矛盾",
    severity="medium",
    circular_item=0,
    basis={
        "R0": "法律援助条例; 办理法律援助案件程序规定(司法部令第124号); 刑事诉讼法; 民事诉讼法 (各顺序见结论)",
        "*": "法律援助法第三十六条、第四十三条、第五十条; 刑事诉讼法; 民事诉讼法 (各顺序见结论)",
    },
    advice="请对照两页原件核对日期; 有先行提供、更换承办人、协作、值班律师等情形的, 请看卷内是否注明",
)
def other_orders(case: CaseView) -> Iterator[Answer]:
    known = orders()
    pairs = [pair for pair in (*aid_orders(case), *court_orders(case)) if _holds(case, known[pair.order])]
    broken: dict[str, Flag] = {}
    kept: list[str] = []
    for pair in pairs:
        for answer in _judge(case, pair):
            if isinstance(answer, Flag):
                broken.setdefault(pair.order, answer)
            else:
                yield answer
        kept += [pair.order] if _in_order(pair) else []
    for special in (late_appeal(case), grown_up(case)):
        sides = _certain(special) if special is not None else None
        if special is not None and sides is not None and _holds(case, known[special.order]):
            broken[special.order] = _flag(case, special, sides[0], sides[1])
    yield from broken.values()
    yield from _unlikely(case)
    yield from at_two_places(case)
    told = "、".join(sorted(set(kept) - set(broken)))
    if told:
        yield Pass(f"日期在序: {told}")
    elif not pairs:
        yield NotApplicable("卷内没有可以比较先后的日期")


def _holds(case: CaseView, order: Order) -> bool:
    owned = "DAT504" in order.owners
    return owned and order.holds(case.profile.case_kind, case.profile.entry)


def _in_order(pair: Pair) -> bool:
    return min(map(value, pair.earlier)) <= max(map(value, pair.later))


def _judge(case: CaseView, pair: Pair) -> Iterator[Answer]:
    """A flag where both sides are certain and the wrong way round, and what is lawful or in doubt about it."""
    title = orders()[pair.order].title
    sides = _certain(pair)
    upside_down = sides is not None and sides[0].value > sides[1].value
    if _in_order(pair):
        yield from pair.notes
        if upside_down:
            # Only a date in doubt puts it in order.
            yield doubt(pair, title, [date for date in (*pair.earlier, *pair.later) if not date.certain])
        return
    if pair.excuses:
        yield pair.excuses[0]
    elif sides is None or not upside_down:
        yield doubt(pair, title, (min(pair.earlier, key=value), max(pair.later, key=value)))
    else:
        yield _flag(case, pair, sides[0], sides[1])


def _certain(pair: Pair) -> tuple[DateFact, DateFact] | None:
    """The first certain date of the earlier side and the last one of the later side."""
    earlier = [date for date in pair.earlier if date.certain]
    later = [date for date in pair.later if date.certain]
    return (min(earlier, key=value), max(later, key=value)) if earlier and later else None


def _flag(case: CaseView, pair: Pair, earlier: DateFact, later: DateFact) -> Flag:
    order = orders()[pair.order]
    about = earlier if pair.about == "earlier" else later
    note = f"{order.basis}{', 待核' if order.status else ''}"
    said = (
        f"{named(case, earlier)} 晚于{named(case, later)}"
        if pair.about == "earlier"
        else f"{named(case, later)} 早于{named(case, earlier)}"
    )
    if order.id == "D23":
        said = f"{named(case, earlier)} 已过上诉期限, 签收在 {later.value.isoformat()} (第{later.page}页)"
    elif order.id == "D25":
        said = f"{named(case, earlier)}, {named(case, later)} 时已成年, 通知理由却为未成年"
    return Flag(
        f"{order.id} {order.title}: {said} ({note})",
        evidence=(earlier.evidence, later.evidence),
        document=about.document,
        document_type=type_at(case, about),
        confidence={"H": 0.9, "M": 0.85, "L": 0.6}[order.grade],
        constraint=order.id,
    )


def _unlikely(case: CaseView) -> Iterator[Unsure]:
    """D24: a day that has not come yet, well read; a slip of the pen or a misreading, a person must look."""
    dates = [date for date in case.case.dates if date.source == UNLIKELY]
    if dates:
        listed = "、".join(f"第{date.page}页“{date.raw}”" for date in dates)
        yield Unsure(f"D24 日期晚于预审之日: {listed}, 请人工看日期", tuple(sorted({date.page for date in dates})))
