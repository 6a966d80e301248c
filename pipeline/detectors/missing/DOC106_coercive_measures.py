"""缺少强制措施材料

## 检查内容
起诉书、判决书等写明受援人被刑事拘留、逮捕、取保候审、监视居住的, 卷内有没有相应的法律文书。

## 依据
《刑事诉讼法》第六十六条至第九十七条; 《公安机关办理刑事案件程序规定》第八十三条、第一百一十条、第一百二十五条、
第一百四十三条; 通报第五项。

## 判定
审查起诉、审判阶段, 起诉书、判决书 (起诉意见书、不起诉决定书) 写明采取过的每一种强制措施, 卷内都没有文书, 报疑点;
只缺其中一部分的, 也报疑点, 级别降为低。写明的日期或者措施读不确切, 或者有一页可能是该文书的, 报“存疑”。

## 合法例外
- 侦查阶段: 取不到, 不适用。
- 受援人没有被采取强制措施, 或者只是同案人被采取: 不适用。
- 以前的案件、行政拘留、司法拘留、不批准逮捕: 不算。
- 卷内有情况说明, 说明未能取得的原因: 依法成立。

## 命中示例
起诉书: “于2021年12月11日被刑事拘留, 同年12月24日被逮捕”, 卷内没有拘留证、逮捕证。

## 不命中示例
起诉书只写取保候审, 卷内有取保候审决定书, 没有拘留证。
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.casefile import DateFact
from pipeline.detectors.absence import could_be, missing
from pipeline.detectors.base import Answer, Flag, NotApplicable, Pass, Unsure, detector
from pipeline.detectors.view import CaseView, listed

_TELLING = ("indictment", "judgment", "prosecution_opinion", "non_prosecution_decision", "ruling")
_MEASURES: tuple[tuple[str, str, str, str, str], ...] = (
    ("detention_told", "detention_warrant", "拘留证", "刑事拘留", r"(?<!行政)(?<!司法)(刑事拘留|刑拘)"),
    ("arrest_told", "arrest_warrant", "逮捕证", "逮捕", r"被(依法)?(执行)?逮捕"),
    ("bail_told", "bail_decision", "取保候审决定书", "取保候审", r"(被|决定|予以)[^,.;]{0,12}取保候审"),
    ("residence_told", "residential_surveillance", "监视居住决定书", "监视居住", r"(被|决定|予以)[^,.;]{0,12}监视居住"),
)
"""Role of what is told, type of its paper, the paper's name, the measure's name, words that tell of it undated."""
NOT_GOT = (
    r"(未|没有|无法|不能|不予|缺)(?:(?!已)[^.;]){0,18}?(强制措施|拘留|逮捕|取保候审|监视居住)"
    r"|(强制措施|拘留证|逮捕证|取保候审决定书|监视居住决定书)[^.;]{0,20}?(未|没有|无法|不能|不予|缺)"
)


@detector(
    code="DOC106",
    title="缺少强制措施材料",
    severity="medium",
    circular_item=5,
    basis={"*": "刑事诉讼法第六十六条至第九十七条; 公安机关办理刑事案件程序规定; 平顶山市司法局通报(2022)第五项"},
    advice="请对照起诉书、判决书所写的强制措施, 核对卷内有无拘留证、逮捕证、取保候审决定书等; 未能复制的, 应有情况说明",
)
def coercive_measures(case: CaseView) -> Iterator[Answer]:
    if not case.criminal:
        yield NotApplicable("非刑事案件")
        return
    if case.profile.stage == "investigation":
        yield NotApplicable("侦查阶段取不到强制措施文书, 不要求")
        return
    told = {role: _told(case, role) for role, *_ in _MEASURES}
    if not any(told.values()):
        yield from _undated(case)
        return
    absent = [one for one in _MEASURES if told[one[0]] and not case.of_type(one[1])]
    for role, kind, name, measure, _ in _MEASURES:
        held = case.of_type(kind)
        if told[role] and held:
            yield Pass(f"{measure}: 第{held[0].first}页有{held[0].title or name}")
    if absent:
        yield from _missing(
            case, absent, told, partly=any(told[role] for role, kind, *_ in _MEASURES if case.of_type(kind))
        )


def _told(case: CaseView, role: str) -> tuple[DateFact, ...]:
    """What the charge or judgment tells of a measure; what a warrant says of itself is no telling."""
    return tuple(date for date in case.dates(role) if case.case.document(date.document).type in _TELLING)


def _missing(
    case: CaseView,
    absent: list[tuple[str, str, str, str, str]],
    told: dict[str, tuple[DateFact, ...]],
    *,
    partly: bool,
) -> Iterator[Answer]:
    sure = [one for one in absent if any(date.certain for date in told[one[0]])]
    if not sure:
        pages = tuple(sorted({date.page for one in absent for date in told[one[0]]}))
        names = "、".join(one[3] for one in absent)
        yield Unsure(f"写有{names}之处未能读确切, 卷内未见相应文书, 请人工看", pages)
        return
    names = "、".join(one[2] for one in sure)
    dates = [next(date for date in told[one[0]] if date.certain) for one in sure]
    said = "、".join(f"{one[3]} ({date.value.isoformat()})" for one, date in zip(sure, dates, strict=True))
    source = case.case.document(dates[0].document).title
    message = f"{source} (第{dates[0].page}页) 写明{said}, 卷内未见{names}"
    # The paper's own absence is judged once, for the first: a page that could be one could be any of them.
    for answer in missing(case, sure[0][1], message=message, near=("apprehension_account", "indictment"), note=NOT_GOT):
        if isinstance(answer, Flag):
            doubtful = could_be(case, *(one[1] for one in sure))
            if doubtful:
                yield Unsure(f"第{listed(doubtful)}页无法辨认, 不能断定缺少{names}", doubtful)
                return
            evidence = tuple(dict.fromkeys(date.evidence for date in dates))
            yield replace(answer, evidence=(*evidence, *answer.evidence), severity="low" if partly else None)
        else:
            yield answer


def _undated(case: CaseView) -> Iterator[Answer]:
    """Measures told without a day that could be read: a person must look, where no paper is there."""
    held = case.of_type(*(kind for _, kind, *_ in _MEASURES))
    if held:
        yield Pass(f"第{held[0].first}页有{held[0].title}")
        return
    for document in case.of_type("indictment", "judgment"):
        text = case.text_of(document)
        for _, _, name, measure, words in _MEASURES:
            match = re.search(words, text)
            if match and not re.search(r"(曾|前科|未|不|没有)[^,.;]{0,30}$", text[: match.start()]):
                yield Unsure(
                    f"{document.title} (第{document.first}页) 似写有{measure}, 日期未能读出, 卷内未见{name}, 请人工看",
                    tuple(document.pages),
                )
                return
    told = case.of_type(*_TELLING)
    if told:
        yield NotApplicable(f"{told[0].title}等未写明受援人被采取强制措施")
    else:
        yield NotApplicable("卷内没有起诉书、判决书可据以判断")
