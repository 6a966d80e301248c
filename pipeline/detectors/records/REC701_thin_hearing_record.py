"""庭审笔录过于简单

## 检查内容
庭审 (仲裁庭审) 笔录有没有其审理程序应有的环节, 是不是不足半页。

## 依据
平顶山市司法局通报(2022-05-23)第三项; 刑事诉讼法第二百一十九条、第二百二十四条;
民事诉讼法第一百四十一条、第一百四十四条、第一百五十条。
各程序要看的环节是配置 (pipeline/packs/checklists.csv), 结论里注明“待核”。

## 判定
先从判决书、调解书、裁决书、传票、笔录读出适用的程序。普通程序: 法庭调查、举证质证、法庭辩论、最后陈述 (民事为最后意见)
缺一项, 或者全文不足半页 (约三百字), 报疑点。简易程序只看最后陈述 (民事: 辩论和最后意见都没有且不足半页的才报);
速裁程序只看辩护人意见和最后陈述。程序没有读出而环节不全的、有页看不清的, 报“存疑”。

## 合法例外
- LA13 速裁程序: 一般不进行法庭调查、法庭辩论, 笔录可以简短。
- LA14 当庭撤诉的。
- 简易程序、小额诉讼; 法庭调解 (笔录只记调解经过)。
- 宣判笔录、庭前会议笔录不是庭审笔录, 不看。卷内没有庭审笔录的 (非诉、书面审理), 不适用。

## 命中示例
判决书写明适用普通程序, 庭审笔录只有十来行, 没有举证质证、辩论和最后陈述。

## 不命中示例
速裁案件的笔录一页半, 听取了辩护人意见和被告人最后陈述。
"""

import re
from collections.abc import Iterator, Sequence

from pipeline.casefile import Document, Evidence
from pipeline.detectors.base import Answer, Flag, Lawful, NotApplicable, Pass, Unsure, detector
from pipeline.detectors.checking import Found, checked, lost_pages, said, unsure_pages
from pipeline.detectors.passages import own_text
from pipeline.detectors.procedures import Procedure, procedure_of
from pipeline.detectors.view import WHOLE_PAGE, CaseView, listed

HALF_PAGE = 300
"""Letters of half a page of proceedings (rules.csv: under half a page)."""
FOUR = ("investigation", "evidence", "debate", "last_statement")
NO_HEARING = re.compile(r"宣判笔录|宣告判决笔录|庭前(会议|调解|准备|证据交换)笔录|送达笔录|询问笔录|证据交换笔录")
MEDIATED = re.compile(r"(进行|同意|主持|庭前|当庭|愿意|接受|组织)[^。.?]{0,6}调解|调解(协议|笔录)|达成(调解|和解|一致)")
NO_AGREEMENT = re.compile(r"(不同意|不愿|无法|未能|没有)[^。.]{0,6}(调解|达成)|调解不成|不(再)?进行调解")
WITHDRAWN = re.compile(r"(申请|请求|同意|准许|准予)[^。.?]{0,6}撤(回起)?诉|撤回(起诉|仲裁申请|上诉)|按撤诉处理")


@detector(
    code="REC701",
    title="庭审笔录过于简单",
    severity="medium",
    circular_item=3,
    basis={"*": "平顶山市司法局通报(2022)第三项; 刑事诉讼法第二百一十九条、第二百二十四条; 民事诉讼法第一百五十条"},
    advice="请看笔录是否复印完整; 速裁、简易程序和法庭调解的笔录可以简短 (环节清单待核)",
)
def thin_hearing_record(case: CaseView) -> Iterator[Answer]:
    records = tuple(one for one in case.of_type("hearing_record") if not NO_HEARING.search(_head(case, one)))
    if not records:
        yield NotApplicable("卷内无庭审笔录 (是否缺少, 见 DOC111)")
        return
    found = {one.item.key: one for one in checked(case, "REC701", "hearing_record", records)}
    length = sum(len(own_text(case, one).text) for one in records)
    tried = procedure_of(case)
    procedure = tried[0] if tried else None
    gaps = _gaps(case, procedure, found, length)
    where = f"庭审笔录 (第{records[0].first}页)"
    by = f"{tried[0]}程序 ({tried[1].title}第{tried[2]}页)" if tried else "审理程序未读出"
    if not gaps:
        yield from _in_order(records[0], procedure, where, by, tuple(found.values()))
        return
    excuse = _excuse(case, records)
    lost = lost_pages(case, records)
    if not lost and len(gaps) == 1 and length >= HALF_PAGE:
        lost = unsure_pages(case, records)
    if excuse is not None:
        yield excuse
    elif lost:
        yield Unsure(f"{where} 第{listed(lost)}页看不清或者归属不明, 不能断定是否缺少{'、'.join(gaps)}", lost)
    elif tried is None:
        yield Unsure(f"{where} 未见{'、'.join(gaps)}, 但审理程序未能读出, 请人工查看", (records[0].first,))
    else:
        yield _flag(records, gaps, by, length, found)


def _gaps(case: CaseView, procedure: Procedure | None, found: dict[str, Found], length: int) -> tuple[str, ...]:
    """What the record lacks of its procedure's list, in words."""
    asked = {"速裁": ("defender_opinion", "last_statement"), "简易": ("last_statement",)}.get(procedure or "", FOUR)
    missing = [found[key] for key in asked if key in found and found[key].place is None]
    if procedure == "速裁" and not case.criminal:
        missing = []
    if procedure == "简易" and not case.criminal:
        told = [found[key] for key in ("debate", "last_statement") if key in found]
        silent = bool(told) and all(one.place is None for one in told)
        missing = told if silent and length < HALF_PAGE else []
    names = [one.item.title for one in missing]
    if procedure == "普通" and not names and length < case.pack.parameter("REC701", "letters", HALF_PAGE):
        names = [f"应有的篇幅 (全文约 {length} 字, 不足半页)"]
    return tuple(names)


def _in_order(
    record: Document, procedure: Procedure | None, where: str, by: str, found: Sequence[Found]
) -> Iterator[Answer]:
    if procedure == "速裁":
        yield Lawful(f"{where} 为{by}, 记有{said(found)}, 可以简短", "LA13", record.id, (record.first,))
    elif procedure == "简易":
        yield Lawful(f"{where} 为{by}, 记有{said(found)}, 可以从简", "note", record.id, (record.first,))
    else:
        yield Pass(f"{where}, {by}: {said(found)}")


def _excuse(case: CaseView, records: tuple[Document, ...]) -> Lawful | None:
    """Mediation in court and withdrawal end a hearing before its parts are held."""
    for record in records:
        text = case.text_of(record)
        for words, lawful, what in ((WITHDRAWN, "LA14", "撤诉"), (MEDIATED, "note", "调解")):
            match = words.search(text)
            if match is None or (what == "调解" and (case.criminal or NO_AGREEMENT.search(text))):
                continue
            why = f"庭审笔录 (第{record.first}页) 记的是{what} (“{match[0]}”), 无须各环节俱全"
            return Lawful(why, lawful, record.id, (record.first,))
    return None


def _flag(records: tuple[Document, ...], gaps: tuple[str, ...], by: str, length: int, found: dict[str, Found]) -> Flag:
    first = records[0]
    seen = said([one for key, one in found.items() if key in FOUR])
    return Flag(
        f"庭审笔录 (第{first.first}页) 为{by}, 未见{'、'.join(gaps)}; 全文约 {length} 字"
        f"{'; 已见' + seen if seen else ''} (清单待核)",
        evidence=tuple(Evidence(one.first, one.title_box or WHOLE_PAGE, one.title) for one in records),
        document=first.id,
        document_type="hearing_record",
        confidence=0.9 if len(gaps) > 1 or length < HALF_PAGE else 0.75,
        missing=gaps,
    )


def _head(case: CaseView, record: Document) -> str:
    return record.title + case.text_of(record)[:60]
