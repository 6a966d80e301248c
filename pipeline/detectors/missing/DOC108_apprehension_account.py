"""缺少到案经过材料

## 检查内容
刑事案件审查起诉、审判阶段的案卷里有没有到案经过 (抓获经过、归案经过、到案情况说明)。

## 依据
《刑事诉讼法解释》(2021) 第一百四十二条 (到案经过、抓获经过等材料由办案人员签名、办案机关盖章); 通报第五项。

## 判定
刑事、审查起诉或审判阶段, 卷内没有该文书, 且没有一页可能是它, 报疑点; 有可能是它而看不清的页时报“存疑”。

## 合法例外
- 侦查阶段: 取不到案卷材料, 不适用。
- 自诉、强制医疗案件: 没有侦查机关的到案经过, 不适用。
- 卷内有情况说明, 说明未能取得的原因: 依法成立, 指明该说明。
- 公安机关出具的“情况说明”写明如何到案的, 就是到案经过。

## 命中示例
审判阶段案卷有起诉书、拘留证、判决书, 没有到案经过。

## 不命中示例
第 18 页为“归案情况说明”; 侦查阶段案卷。
"""

from collections.abc import Iterator

from pipeline.detectors.absence import missing
from pipeline.detectors.base import Answer, Lawful, NotApplicable, detector
from pipeline.detectors.conditions import holds
from pipeline.detectors.view import CaseView

NOT_GOT = "|".join(
    (
        r"(未|没有|无法|不能|不予|缺)((?!已|通过)[^.;]){0,24}?(到案|抓获|归案)(经过|材料|情况|说明)?",
        r"(到案|抓获|归案)(经过|材料|情况说明)[^.;]{0,24}?(未|没有|无法|不能|不予|缺)",
    )
)
# 公安机关自己写的情况说明: 民警, 抓获 …; a lawyer's note explains what is not there.
_POLICE_ACCOUNT = (
    r"(民警|办案人员|派出所|刑警)[^.;]{0,40}(抓获|传唤到案|归案|投案|到案)"
    r"|(抓获|投案|到案)[^.;]{0,40}(民警|办案人员|派出所)"
)


@detector(
    code="DOC108",
    title="缺少到案经过材料",
    severity="medium",
    circular_item=5,
    basis={"*": "刑事诉讼法解释(2021)第一百四十二条; 平顶山市司法局通报(2022)第五项"},
    advice="请核对卷内是否另有到案经过、抓获经过或归案情况说明; 未能复制的, 应有情况说明",
)
def apprehension_account(case: CaseView) -> Iterator[Answer]:
    if not case.criminal:
        yield NotApplicable("非刑事案件, 不要求到案经过")
        return
    if case.profile.stage == "investigation":
        yield NotApplicable("侦查阶段取不到案卷材料, 不要求到案经过")
        return
    prosecuted = holds(case, "prosecuted")
    if not prosecuted.met:
        yield NotApplicable(f"{prosecuted.why}, 不要求到案经过")
        return
    if not case.of_type("apprehension_account"):
        told = case.says(_POLICE_ACCOUNT, "situation_note", "other")
        if told:
            document, page, words = told
            yield Lawful(f"{document.title} (第{page}页) 写明如何到案: {words}", "note", document.id, (page,))
            return
    stage = "审查起诉" if case.profile.stage == "prosecution_review" else "审判"
    yield from missing(
        case,
        "apprehension_account",
        message=f"{stage}阶段案卷未见到案经过",
        near=("detention_warrant", "arrest_warrant", "bail_decision", "indictment", "prosecution_opinion"),
        note=NOT_GOT,
    )
