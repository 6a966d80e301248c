"""会见笔录记录不全

## 检查内容
会见笔录 (刑事) 或谈话笔录 (其他案件) 有没有记下应当问明的事项。

## 依据
平顶山市司法局通报(2022-05-23)第四项; 司发通〔2013〕18号第十四条 (首次会见征询是否同意辩护并记录)。
省厅的示范文本尚未录入, 事项清单是配置 (pipeline/packs/checklists.csv), 结论里注明“待核”。

## 判定
会见笔录: 起止时间、地点、是否同意辩护、权利义务告知、基本情况、到案经过、强制措施、是否认罪认罚、事实与辩解、量刑情节。
谈话笔录: 起止时间、地点、是否同意代理、权利义务与风险告知、基本情况、案件事实、诉求、证据情况。
几次会见合起来看。缺两项或者两项以上的报疑点, 列出所缺; 缺一项的不报。
有页看不清、字迹难认, 所缺事项可能写在那里的, 报“存疑”; 识别把握不很高的页, 缺四项以上才报疑点。

## 合法例外
- 后来的会见不必重复第一次问过的; 值班律师、协作机构的笔录一并计入。
- 未成年人、不识字的人由他人代述的, 只看记了没有。

## 命中示例
会见笔录没有告知权利, 没有问到案经过、强制措施和是否认罪认罚。

## 不命中示例
第二次会见只核对新证据, 第一次会见各项齐全。
"""

from collections.abc import Iterator

from pipeline.casefile import Evidence
from pipeline.detectors.base import Answer, Flag, NotApplicable, Pass, Unsure, detector
from pipeline.detectors.checking import checked, lost_pages, said, unsure_pages
from pipeline.detectors.view import WHOLE_PAGE, CaseView, listed

LEAST = 2
"""Items that must be missing (rules.csv: two or more)."""
MARGIN = 2
"""How many more must be missing where not every word was read well: a cue of two characters is soon misread."""


@detector(
    code="REC702",
    title="会见笔录记录不全",
    severity="medium",
    circular_item=4,
    basis={"*": "平顶山市司法局通报(2022)第四项; 司发通〔2013〕18号第十四条; 会见笔录示范文本(待核)"},
    advice="请通读笔录, 看所列事项是否以别的说法记下; 清单待省厅示范文本录入后核定",
)
def incomplete_interview(case: CaseView) -> Iterator[Answer]:
    kind = "client_interview" if case.criminal else "client_talk"
    records = case.of_type(kind) or case.of_type("client_interview", "client_talk")
    if not records:
        yield NotApplicable("卷内无会见、谈话笔录 (是否缺少, 见 DOC109)")
        return
    found = checked(case, "REC702", records[0].type, records)
    missing = tuple(one.item.title for one in found if one.place is None)
    where = f"{records[0].title} (第{records[0].first}页)"
    if len(missing) < case.pack.parameter("REC702", "least", LEAST):
        without = f", 未见{missing[0]}" if missing else ""
        yield Pass(f"{where} 记有{said(found)}{without}")
        return
    lost = lost_pages(case, records)
    if not lost and len(missing) < LEAST + MARGIN:
        lost = unsure_pages(case, records)
    if lost:
        yield Unsure(f"{where} 第{listed(lost)}页看不清或者归属不明, 所缺的{'、'.join(missing)}可能写在那里", lost)
        return
    seen = said(found)
    yield Flag(
        f"{where} 未见{'、'.join(missing)}{'; 已见' + seen if seen else ''} (清单待核)",
        evidence=tuple(Evidence(one.first, one.title_box or WHOLE_PAGE, one.title) for one in records),
        document=records[0].id,
        document_type=records[0].type,
        confidence=0.9 if len(missing) > LEAST else 0.8,
        missing=missing,
    )
