"""跨案卷雷同

## 检查内容
会见 (谈话) 笔录、阅卷笔录、代理词、辩护词、法律意见书自己的文字, 是否与同一批次另一案卷的同类文书雷同。

## 依据
《法律援助法》第十九条 (依法履行职责, 提供符合标准的法律援助服务); 各地评查、巡察通报 (套用笔录、拆分案件)。
不在通报所列九项之内。

## 判定
除去印制的格式、提问、套话之后, 自己的文字三分之二或以上与另一案卷相同的, 两个案卷各报一处疑点,
列出双方对应的段落和页码。
提问按“问、答”除去, 只比答话; 本批次五分之一以上的同类文书、四名以上律师都写的分句视为印制。不足 80 字的不比对。
文书看不清而不能比对的, 报“存疑”。做法见 docs/reuse.md。

## 合法例外
同一受援人各阶段的案卷, 同案被告人、同案当事人, 同一案号, 起诉书、判决书等所载事实相同的案件, 相对方相同的系列案
(如多名工人诉同一用人单位), 内容相同依法成立。只有一个案卷的批次无从比对。

## 命中示例
两名互不相识的受援人, 会见笔录里家庭情况、作案经过逐句相同。

## 不命中示例
同一律师所的笔录提问相同, 回答各不相同; 两名同案被告人的阅卷笔录相同。
"""

from collections.abc import Iterator, Sequence

from pipeline.casefile import Document
from pipeline.detectors.base import Answer, Flag, Lawful, NotApplicable, Pass, Unsure, detector
from pipeline.detectors.peers import GROUPS, Resemblance
from pipeline.detectors.view import CaseView, listed

TWO_THIRDS = 2 / 3
PASSAGES = 12
"""Passages shown of one finding, the longest."""


@detector(
    code="CPY603",
    title="跨案卷雷同",
    severity="medium",
    circular_item=0,
    basis={
        "R0": "法律援助条例第六条 (提供符合标准的法律服务); 律师法第三条",
        "*": "法律援助法第十九条 (依法履行职责, 提供符合标准的法律援助服务); 律师法第三条",
    },
    advice="请对照两个案卷的对应段落: 是否套用了另一案件的笔录或意见; 同案、系列案件除外",
    across=True,
)
def alike_across_files(case: CaseView) -> Iterator[Answer]:
    documents = case.of_type(*GROUPS)
    if case.peers is None:
        yield NotApplicable("批次只有一个案卷, 无从比对")
        return
    if not documents:
        yield NotApplicable("卷内无会见 (谈话) 笔录、阅卷笔录和代理、辩护意见")
        return
    if not case.peers.compared:
        yield Unsure("本批次尚未全部读完, 还没有与其他案卷比对")
        return
    least = case.pack.parameter("CPY603", "share", TWO_THIRDS)
    for document in documents:
        alike = [one for one in case.peers.resemblances if one.document == document.id and _most(one) >= least]
        alike.sort(key=lambda one: (-_most(one), -one.length, one.other_case))
        strange = [one for one in alike if not one.related]
        if strange:
            yield _flag(document, strange)
        for one in alike:
            if one.related:
                told = f"约{_most(one):.0%}与案卷 {one.other_case} 的《{one.other_title}》相同: {one.related}"
                yield Lawful(_named(document) + told, "note", document.id, (document.first,))
    if case.peers.unread:
        yield Unsure(f"第{listed(case.peers.unread)}页无法辨认, 未能与其他案卷比对", case.peers.unread)
    elif not any(_most(one) >= least for one in case.peers.resemblances):
        yield Pass("与本批次其他案卷的同类文书没有雷同")


def _most(one: Resemblance) -> float:
    return max(one.share, one.other_share)


def _named(document: Document) -> str:
    pages = f"第{document.first}页" if document.first == document.last else f"第{document.first}-{document.last}页"
    return f"《{document.title}》({pages}) "


def _flag(document: Document, alike: Sequence[Resemblance]) -> Flag:
    best = alike[0]
    others = "、".join(
        f"{one.other_case} 的《{one.other_title}》(第{one.other_pages[0]}-{one.other_pages[1]}页)" for one in alike[:5]
    )
    more = f"等 {len(alike)} 个案卷" if len(alike) > 5 else ""
    passages = best.passages[:PASSAGES]
    return Flag(
        f"{_named(document)}除印制格式外约{best.share:.0%}的文字与案卷 {others}{more}相同",
        evidence=tuple(dict.fromkeys(passage.copy for passage in passages[:4])),
        document=document.id,
        document_type=document.type,
        confidence=round(min(0.97, 0.8 + 0.5 * (_most(best) - TWO_THIRDS)), 2),
        passages=passages,
    )
