"""缺少代理词/辩护词

## 检查内容
承办人应当提交书面意见的阶段, 卷内有没有代理词、辩护词或法律意见书。

## 依据
- 刑事: 《刑事诉讼法》第三十七条、第一百六十一条、第一百七十三条; 《律师办理刑事案件规范》; 通报第四项。
- 民事、行政、仲裁: 《民事诉讼法》第六十四条; 《法律援助法》第十九条; 通报第四项。

## 判定
审判阶段要有辩护词 (刑事代理为代理词), 侦查、审查起诉阶段有法律意见书即可, 民事、行政、仲裁要有代理词。
都没有, 又没有一页可能是它, 报疑点; 有这样的一页时报“存疑”。
审判阶段只有法律意见书的, 看它写给谁: 写给法院的算, 写给检察院、公安机关的不算, 看不出的报“存疑”。

## 合法例外
- LA14 调解、撤诉、终止法律援助, 裁定不予受理、驳回起诉、终止审理: 不再需要代理词、辩护词。
- 侦查、审查起诉阶段以法律意见书、取保候审申请书、羁押必要性审查意见等代替: 依法成立。
- 卷内有情况说明, 说明未提交书面意见的原因: 依法成立, 指明该说明。
- 非诉讼案件: 不要求, 不适用。
- 只有受援人自己的答辩状的, 由 DOC105 报, 本规则不重复报。

## 命中示例
审判阶段案卷有起诉书、庭审笔录、判决书, 没有辩护词。

## 不命中示例
民事案件调解结案, 没有代理词; 审查起诉阶段有法律意见书。
"""

from collections.abc import Iterator

from pipeline.casefile import Document
from pipeline.detectors.absence import missing
from pipeline.detectors.base import Answer, Lawful, NotApplicable, Pass, Unsure, Weighed, detector
from pipeline.detectors.conditions import answers_by
from pipeline.detectors.endings import early_end
from pipeline.detectors.view import CaseView

_STATEMENTS = ("defence_statement", "representation_statement", "legal_opinion")
# 未提交书面辩护词; 辩护意见系当庭口头发表
NOT_WRITTEN = "|".join(
    (
        r"(未|没有|无法|不能|无需|无须|不再)(?:(?!已|卷内)[^.;]){0,14}?(辩护词|代理词|(辩护|代理|法律|书面)意见)",
        r"(辩护|代理)(意见|词)[^.;]{0,12}(系|均|为|仅|以)?(当庭)?口头|口头(发表|陈述|提出)[^.;]{0,6}(辩护|代理)意见",
    )
)
_COURT = r"法院|法庭|合议庭|审判[长员]|法官"
_EARLIER = r"检察院|检察[官员]|公安[局分]|侦查机关"


@detector(
    code="DOC104",
    title="缺少代理词/辩护词",
    severity="high",
    circular_item=4,
    basis={
        "R0": "刑事诉讼法第三十七条、第一百七十三条; 民事诉讼法; 办理法律援助案件程序规定(令124)第三十一条; 通报第四项",
        "*": "刑事诉讼法第三十七条、第一百七十三条; 民事诉讼法; 法律援助法第十九条; 平顶山市司法局通报(2022)第四项",
    },
    advice="请核对卷内是否另有书面代理、辩护意见, 或者庭审笔录中是否记有口头意见; 确未提交的, 应有情况说明",
)
def statement(case: CaseView) -> Iterator[Answer]:
    if case.profile.case_kind == "non_litigation":
        yield NotApplicable("非诉讼案件, 不要求代理词")
        return
    written = case.of_type("defence_statement", "representation_statement")
    if written:
        yield Pass(f"第{written[0].first}页: {written[0].title}")
        return
    opinions = case.of_type("legal_opinion")
    if case.criminal and case.profile.stage != "trial":
        stage = "侦查" if case.profile.stage == "investigation" else "审查起诉"
        for opinion in opinions[:1]:
            why = f"{stage}阶段以{opinion.title} (第{opinion.first}页) 代替辩护词"
            yield Lawful(why, "note", opinion.id, (opinion.first,))
        if not opinions:
            yield from _absent(case, "legal_opinion", f"{stage}阶段案卷未见法律意见书或辩护意见")
        return
    if opinions:
        yield from _opinion(case, opinions[-1])
        return
    yield from _for_hearing(case)


def _opinion(case: CaseView, opinion: Document) -> Iterator[Answer]:
    """At trial a legal opinion will do where it speaks to the court; one of an earlier stage will not."""
    named = case.says(_COURT, "legal_opinion")
    if named:
        yield Pass(f"第{opinion.first}页: {opinion.title}, 写给“{named[2]}”")
    elif case.criminal and case.says(_EARLIER, "legal_opinion"):
        yield from _for_hearing(case)
    else:
        yield Unsure(f"{opinion.title} (第{opinion.first}页) 是否就是提交法庭的意见, 请人工看", tuple(opinion.pages))


def _for_hearing(case: CaseView) -> Iterator[Answer]:
    ended = early_end(case)
    if ended is not None:
        yield ended
        return
    own, _, unknown = answers_by(case)
    if not case.criminal and own:
        yield NotApplicable(f"卷内有受援人自己的答辩状 (第{own[0].first}页), 没有代理词, 见 DOC105")
        return
    if not case.criminal and unknown:
        yield Unsure(f"第{unknown[0].first}页答辩状由谁提出不能断定, 未见代理词, 请人工看", tuple(unknown[0].pages))
        return
    yield Weighed("卷内没有调解、撤诉、终止的文书", "LA14")
    kind = "defence_statement" if case.criminal else "representation_statement"
    name = "辩护词" if case.criminal else "代理词"
    yield from _absent(case, kind, f"{'审判阶段' if case.criminal else ''}案卷未见{name}")


def _absent(case: CaseView, kind: str, message: str) -> Iterator[Answer]:
    near = (
        "hearing_record",
        "evidence_catalogue",
        "file_reading_record",
        "client_interview",
        "client_talk",
        "judgment",
    )
    # At trial a legal opinion was looked at already: one that is there was written for an earlier stage.
    written = _STATEMENTS if kind == "legal_opinion" else _STATEMENTS[:2]
    others = tuple(other for other in written if other != kind)
    yield from missing(case, kind, message=message, near=near, note=NOT_WRITTEN, instead=others)
