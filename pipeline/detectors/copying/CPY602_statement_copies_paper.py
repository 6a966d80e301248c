"""辩护词/代理词复制起诉书等文书

## 检查内容
辩护词、代理词、法律意见书自己的文字 (标题、称呼、接受指派的开头、结尾和落款除外) 有多大部分是抄自本卷的起诉书、
起诉意见书、诉状、答辩状等文书。

## 依据
平顶山市司法局通报(2022-05-23)第四项、第九项; 《律师法》第三十一条 (根据事实和法律, 提出意见)。

## 判定
逐段比对 (容忍识别错字、少量改动、语句移位), 一半或一半以上是抄录的, 报疑点, 并列出两处对应的文字。
比出的不到一半, 而意见有看不清的页、可能使之过半, 或起诉书等全都看不清、看得清的部分已有四分之一相同的, 报“存疑”。

## 合法例外
短引指控、概括案情而另有自己的意见的, 依法成立, 指明所引部分的比例。
写在意见之后的裁判文书、庭审笔录、结案报告引用意见的, 是它们引用意见, 不作比对;
同一律师先后阶段的意见相互沿用的, 不比对。

## 命中示例
辩护词前两段与起诉书“经依法审查查明”以下逐句相同, 占全文六成, 末尾只有一句“请从轻处罚”。

## 不命中示例
“起诉书指控……这一事实说明被告人主观恶性较小”, 引一句, 逐条论证。
"""

from collections.abc import Iterator, Sequence

from pipeline.casefile import Document
from pipeline.detectors.base import Answer, Flag, Lawful, NotApplicable, Pass, Unsure, detector
from pipeline.detectors.opinions import OPINIONS, called, frame_spans, written_days
from pipeline.detectors.passages import PlacedText, own_text, whole_text
from pipeline.detectors.taken_over import BOILERPLATE, matched_passages, passage_evidence, unseen_pages
from pipeline.detectors.view import CaseView, listed
from pipeline.documents.types import type_title
from pipeline.text.normalise import content
from pipeline.text.reuse import Reuse, find_reuse

HALF = 0.5
QUOTED = 0.12
"""A share under which nothing worth naming was taken over."""
LEAST_OWN = 30
ORIGINS = (
    "indictment", "prosecution_opinion", "civil_complaint", "arbitration_application", "answer", "appeal",
    "apprehension_account", "interrogation_record", "expert_opinion", "administrative_decision",
    "sentencing_proposal", "evidence_material",
)  # fmt: skip
DECISIONS = ("judgment", "ruling", "arbitral_award", "non_prosecution_decision", "mediation_statement")
"""They quote the statement unless they are older than it (a judgment that is appealed against)."""


@detector(
    code="CPY602",
    title="辩护词/代理词复制起诉书等文书",
    severity="medium",
    circular_item=4,
    basis={"*": "平顶山市司法局通报(2022)第四项、第九项; 律师法第三十一条"},
    advice="请对照两处文字; 短引指控而另有自己的辩护、代理意见的, 不属复制",
)
def statement_copies_paper(case: CaseView) -> Iterator[Answer]:
    opinions = case.of_type(*OPINIONS)
    if not opinions:
        yield NotApplicable("卷内无代理词、辩护词、法律意见书")
        return
    compared = False
    for document in opinions:
        origins = _origins(case, document)
        if origins:
            compared = True
            yield from _compare(case, document, origins)
    if not compared:
        yield NotApplicable("卷内无起诉书、诉状等文书可比对")


def _origins(case: CaseView, document: Document) -> tuple[Document, ...]:
    days = written_days(case, document)
    older = []
    for decision in case.of_type(*DECISIONS):
        made = [d.value for d in case.dates("judgment") if d.document == decision.id and d.certain]
        if made and days.earliest is not None and max(made) < days.earliest:
            older.append(decision)
    return (*case.of_type(*ORIGINS), *older)


def _compare(case: CaseView, document: Document, origins: Sequence[Document]) -> Iterator[Answer]:
    own = own_text(case, document)
    source = whole_text(case, origins)
    reuse = find_reuse(own.text, source.text, frequent=BOILERPLATE)
    counted = reuse.length - _frame(own, reuse)
    share = min(1.0, reuse.copied / counted) if counted > 0 else 0.0
    half = case.pack.parameter("CPY602", "share", HALF)
    lost = tuple(number for number in document.pages if not case.case.page(number).legible)
    charges = [origin for origin in origins if origin.type in ORIGINS[:4]]
    unseen = tuple(number for origin in charges for number in unseen_pages(case, origin))
    seen = any(case.case.page(number).legible for origin in charges for number in origin.pages)
    # What the statement's lost pages could bring the share to, were all of them copied.
    possible = (share * (len(document.pages) - len(lost)) + len(lost)) / len(document.pages)
    place = f"{called(document)}(第{document.first}页)"
    if counted < LEAST_OWN:
        if lost:
            yield Unsure(f"{place}第{listed(lost)}页无法辨认, 不能比对", lost)
        else:
            yield Pass(f"{place}自己的文字不足 {LEAST_OWN} 字, 不比对")
    elif share >= half:
        passages = matched_passages(reuse, own, source)
        pages = {passage.origin.page for passage in passages}
        named = "、".join(dict.fromkeys(type_title(case.case.document_at(page).type) for page in sorted(pages)))
        yield Flag(
            f"{place}约{share:.0%}的文字与{named} (第{listed(sorted(pages))}页) 相同",
            evidence=passage_evidence(passages),
            document=document.id,
            document_type=document.type,
            confidence=round(min(0.98, 0.7 + 0.5 * (share - half)), 2),
            passages=passages,
        )
    elif unseen and not lost and (share >= half / 2 or not seen):
        yield Unsure(f"第{listed(unseen)}页无法辨认 (已比对的部分有{share:.0%}相同), 不能断定是否抄录", unseen)
    elif lost and possible >= half:
        yield Unsure(f"{place}已比对的部分有{share:.0%}相同, 第{listed(lost)}页无法辨认, 不能断定", lost)
    elif share >= QUOTED:
        yield Lawful(f"{place}引用约{share:.0%}, 其余为自己的意见", "note", document.id, (document.first,))
    else:
        yield Pass(f"{place}与卷内文书相同的文字约{share:.0%}")


def _frame(own: PlacedText, reuse: Reuse) -> int:
    """Counted characters of the sentences that every statement has and that are not taken over."""
    taken = [(passage.copy_start, passage.copy_end) for passage in reuse.passages]
    length = 0
    for start, end in frame_spans(own.text):
        if not any(one < end and start < other for one, other in taken):
            length += len(content(own.text[start:end]))
    return length
