"""阅卷笔录敷衍

## 检查内容
阅卷笔录有没有卷宗页码、证据摘录、疑点与辩点, 自己的文字有多少。

## 依据
平顶山市司法局通报(2022-05-23)第四项 (阅卷笔录敷衍)。三项内容是配置 (pipeline/packs/checklists.csv), 结论里注明“待核”。

## 判定
三项中缺两项, 或者自己的文字 (标题、表头、页码除外) 不足二百字, 报疑点; 三项俱全的, 不足一百二十字才报。
几份阅卷笔录合起来看。
有页看不清、字迹难认的, 报“存疑”。

## 合法例外
- 表格式的阅卷笔录, 有页码、摘录、意见的, 依法成立。
- 已由 CPY601 报为复制起诉书的, 不重复报。
- 卷内没有阅卷笔录的, 不适用 (是否缺少, 见 DOC103)。

## 命中示例
“看了案卷材料, 有被告人供述、证人证言等。被告人认罪。”

## 不命中示例
逐项写明证据及其页码、矛盾之处和辩护要点。
"""

from collections.abc import Iterator, Sequence

from pipeline.casefile import Document, Evidence
from pipeline.detectors.base import Answer, Flag, Lawful, NotApplicable, Pass, Unsure, detector
from pipeline.detectors.checking import Found, checked, lost_pages, said
from pipeline.detectors.copying import CPY601_record_copies_indictment as copying
from pipeline.detectors.passages import own_text
from pipeline.detectors.view import WHOLE_PAGE, CaseView, listed

LEAST = 2
LETTERS = 200
TERSE = 120
"""Letters that a record of its own needs, and one that holds all three contents."""


@detector(
    code="REC703",
    title="阅卷笔录敷衍",
    severity="medium",
    circular_item=4,
    basis={"*": "平顶山市司法局通报(2022)第四项; 刑事诉讼法第四十条"},
    advice="请看笔录是否另有附页; 有无页码、证据和自己的看法比篇幅要紧 (清单待核)",
)
def perfunctory_reading_record(case: CaseView) -> Iterator[Answer]:
    records = case.of_type("file_reading_record")
    if not records:
        yield NotApplicable("卷内无阅卷笔录 (是否缺少, 见 DOC103)")
        return
    found = checked(case, "REC703", "file_reading_record", records)
    length = sum(len(own_text(case, record).text) for record in records)
    faults = _faults(case, found, length)
    where = f"阅卷笔录 (第{records[0].first}页)"
    if not faults:
        yield Pass(f"{where} 约 {length} 字, 有{said(found)}")
        return
    lost = lost_pages(case, records)
    if lost:
        yield Unsure(f"{where} 第{listed(lost)}页看不清或者归属不明, 不能断定是否敷衍", lost)
    elif _copied(case):
        yield Lawful(f"{where} 已由 CPY601 报为复制起诉书, 不重复报", "note", records[0].id, (records[0].first,))
    else:
        yield _flag(records, found, faults, length)


def _faults(case: CaseView, found: Sequence[Found], length: int) -> tuple[str, ...]:
    missing = [one.item.title for one in found if one.place is None]
    faults = missing if len(missing) >= case.pack.parameter("REC703", "least", LEAST) else []
    # A record with all three is terse, not perfunctory, unless hardly anything is there.
    least = LETTERS if missing else TERSE
    if length < case.pack.parameter("REC703", "letters" if missing else "terse", least):
        faults = [*missing, f"篇幅 (约 {length} 字)"]
    return tuple(faults)


def _copied(case: CaseView) -> bool:
    rule = copying.record_copies_indictment
    return rule.code in case.pack.rules and any(isinstance(answer, Flag) for answer in rule.function(case))


def _flag(records: Sequence[Document], found: Sequence[Found], faults: tuple[str, ...], length: int) -> Flag:
    seen = said(found)
    return Flag(
        f"阅卷笔录 (第{records[0].first}页) 约 {length} 字, 欠缺{'、'.join(faults)}"
        f"{'; 已见' + seen if seen else ''} (清单待核)",
        evidence=tuple(Evidence(one.first, one.title_box or WHOLE_PAGE, one.title) for one in records),
        document=records[0].id,
        document_type="file_reading_record",
        confidence=0.9 if length < LETTERS else 0.8,
        missing=tuple(fault for fault in faults if not fault.startswith("篇幅")),
    )
