"""缺少会见/谈话笔录

## 检查内容
卷内有没有承办人会见、约见受援人的笔录: 刑事为会见笔录, 民事、行政、仲裁、非诉讼为谈话笔录。

## 依据
- 刑事: 《刑事诉讼法》第三十九条; 司发通〔2013〕18号第十四条 (首次会见应征求意见并记录); 通报第四项。
- 其他: 《办理法律援助案件程序规定》(约见受援人); 通报第四项。

## 判定
卷内没有会见笔录 (谈话笔录), 且没有一页可能是它, 报疑点; 有可能是它而看不清的页时报“存疑”。
刑事案卷里只有谈话笔录的, 谈话人是受援人本人的算 (未羁押的在所里谈话), 与家属谈话的不算。

## 合法例外
- 卷内有情况说明, 说明未能会见、约见的原因: 依法成立, 指明该说明。
- 强制医疗案件: 可以约见法定代理人, 卷内的谈话笔录算。

## 命中示例
民事案卷有协议、委托书、判决书, 没有谈话笔录。

## 不命中示例
第 12 页为“约见受援人笔录”。
"""

from collections.abc import Iterator

from pipeline.casefile import Document
from pipeline.detectors.absence import missing
from pipeline.detectors.base import Answer, Pass, detector
from pipeline.detectors.conditions import client_names
from pipeline.detectors.view import CaseView

NOT_MET = "|".join(
    (
        r"(未|没有|无法|不能|不予|不准|未能)((?!已|通过)[^.;]){0,18}?(会见|约见|面谈|谈话)(?!后|时|中)",
        r"(会见|约见|面谈)(?!后|时|中)[^.;]{0,24}?(未|没有|无法|不能|不予|拒绝)"
        r"(能|获|得|准|安排|进行|成|果|批|办|同意|允许|答复|实现|完成|会见|约见|见面)",
    )
)


@detector(
    code="DOC109",
    title="缺少会见/谈话笔录",
    severity="high",
    circular_item=4,
    basis={
        "R0": "刑事诉讼法第三十九条; 司发通〔2013〕18号第十四条; 办理法律援助案件程序规定(令124); 通报第四项",
        "*": "刑事诉讼法第三十九条; 法律援助法第四十六条; 办理法律援助案件程序规定; 平顶山市司法局通报(2022)第四项",
    },
    advice="请核对卷内是否另有会见(谈话、约见)笔录; 确未会见的, 应有情况说明",
)
def interview(case: CaseView) -> Iterator[Answer]:
    if not case.criminal:
        yield from missing(
            case,
            "client_talk",
            message="案卷未见谈话笔录",
            near=("power_of_attorney", "aid_agreement", "assignment_notice"),
            note=NOT_MET,
            instead=("client_interview",),
        )
        return
    talks = [talk for talk in case.of_type("client_talk") if _with_client(case, talk)]
    if not case.of_type("client_interview") and talks:
        yield Pass(f"第{talks[0].first}页: {talks[0].title} (受援人本人)")
        return
    relatives = case.of_type("client_talk")
    message = "案卷未见会见笔录"
    if relatives:
        message += f" (第{relatives[0].first}页{relatives[0].title}不是与受援人本人的谈话)"
    yield from missing(
        case,
        "client_interview",
        message=message,
        near=("power_of_attorney", "aid_letter", "assignment_notice"),
        note=NOT_MET,
    )


def _with_client(case: CaseView, talk: Document) -> bool:
    """Whether the head of a record names the client as the one who was talked with, or names nobody who is known."""
    head = case.text_of(talk)[:400]
    return any(name in head for name in client_names(case)) or bool(case.of_type("representation_request"))
