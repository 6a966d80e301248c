"""阅卷笔录复制摘抄起诉书

## 检查内容
阅卷笔录自己的文字 (标题、表头、页码除外) 有多大部分是抄自本卷的起诉书、起诉意见书。

## 依据
平顶山市司法局通报(2022-05-23)第四项 (阅卷笔录敷衍, 复制和摘抄起诉书); 《刑事诉讼法》第四十条。

## 判定
逐段比对 (容忍识别错字、少量改动、语句移位), 一半或一半以上是抄录的, 报疑点, 并列出两处对应的文字。
比出的不到一半, 而起诉书写事实的页看不清, 或阅卷笔录看不清的页可能使之过半, 报“存疑”。

## 合法例外
阅卷笔录本来就是摘录: 引用指控, 另有卷宗页码、证据摘录、疑点辩点的, 依法成立, 指明所引部分的比例。

## 命中示例
“一、起诉书指控的事实”以下与起诉书“经依法审查查明”一段逐句相同, 占全文七成。

## 不命中示例
引用指控一句, 以下逐项写明证据、页码和矛盾之处。
"""

import re
from collections.abc import Iterator

from pipeline.casefile import Document
from pipeline.detectors.base import Answer, Flag, Lawful, NotApplicable, Pass, Unsure, Weighed, detector
from pipeline.detectors.passages import PlacedText, own_text, whole_text
from pipeline.detectors.taken_over import BOILERPLATE, matched_passages, passage_evidence, unseen_pages
from pipeline.detectors.view import CaseView, listed
from pipeline.text.reuse import find_reuse

HALF = 0.5
QUOTED = 0.12
"""A share under which nothing worth naming was taken over."""
OWN_WORK = (
    r"卷.{0,3}[pP]\d+|[pP]\d+|第\d+页|疑点|矛盾|不一致|辩点|存疑|有利|不利|辩护(思路|要点|方向)|证据(摘录|分析|比对)"
)


@detector(
    code="CPY601",
    title="阅卷笔录复制摘抄起诉书",
    severity="high",
    circular_item=4,
    basis={"*": "平顶山市司法局通报(2022)第四项; 刑事诉讼法第四十条"},
    advice="请对照两处文字; 引用指控而另有阅卷所得的, 不属复制",
)
def record_copies_indictment(case: CaseView) -> Iterator[Answer]:
    records = case.of_type("file_reading_record")
    if not records:
        yield NotApplicable("卷内无阅卷笔录")
        return
    origins = case.of_type("indictment", "prosecution_opinion")
    if not origins:
        yield NotApplicable("卷内无起诉书、起诉意见书可比对")
        return
    source = whole_text(case, origins)
    for record in records:
        yield from _compare(case, record, source, origins)


def _compare(case: CaseView, record: Document, source: PlacedText, origins: tuple[Document, ...]) -> Iterator[Answer]:
    own = own_text(case, record)
    reuse = find_reuse(own.text, source.text, frequent=BOILERPLATE)
    lost = tuple(number for number in record.pages if not case.case.page(number).legible)
    unseen = tuple(number for origin in origins for number in unseen_pages(case, origin))
    half = case.pack.parameter("CPY601", "share", HALF)
    # What the record's lost pages could bring the share to, were all of them copied.
    possible = (reuse.share * (len(record.pages) - len(lost)) + len(lost)) / len(record.pages)
    if reuse.length < 30:
        if lost:
            yield Unsure(f"阅卷笔录第{listed(lost)}页无法辨认, 不能比对", lost)
        else:
            yield Pass(f"阅卷笔录 (第{record.first}页) 自己的文字不足 30 字, 不比对 (见 REC703)")
    elif reuse.share >= half:
        passages = matched_passages(reuse, own, source)
        found = len(re.findall(OWN_WORK, own.text))
        yield Weighed(f"引用指控: 自己的阅卷内容 (页码、证据、疑点等) {found} 处, 占全文不足一半", "note")
        yield Flag(
            f"阅卷笔录 (第{record.first}页) 约{reuse.share:.0%}的文字与起诉书/起诉意见书相同",
            evidence=passage_evidence(passages),
            document=record.id,
            document_type="file_reading_record",
            confidence=round(min(0.98, 0.6 + 0.5 * (reuse.share - half) + 0.1), 2),
            passages=passages,
        )
    elif unseen:
        why = f"起诉书/起诉意见书第{listed(unseen)}页无法辨认 (已比对的部分有{reuse.share:.0%}相同), 不能断定"
        yield Unsure(why, unseen)
    elif lost and possible >= half:
        yield Unsure(f"已比对的部分有{reuse.share:.0%}相同, 阅卷笔录第{listed(lost)}页无法辨认, 不能断定", lost)
    elif reuse.share >= QUOTED and (own_work := len(re.findall(OWN_WORK, own.text))):
        why = f"引用指控约{reuse.share:.0%}, 其余为自己的阅卷内容 (页码、证据、疑点等 {own_work} 处)"
        yield Lawful(why, "note", record.id, (record.first,))
    else:
        yield Pass(f"阅卷笔录 (第{record.first}页) 与起诉书相同的文字约{reuse.share:.0%}")
