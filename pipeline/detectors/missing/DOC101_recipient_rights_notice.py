"""缺少受援人权利义务告知书

## 检查内容
卷内有没有法律援助机构发给受援人的权利义务告知书。

## 依据
- R0: 《法律援助条例》; 河南省法律援助案件材料立卷归档办法; 平顶山市司法局通报(2022-05-23)第一项。
- 2022-01-01 起: 《法律援助法》; 《办理法律援助案件程序规定》; 通报第一项。

## 判定
卷内没有该文书, 且没有一页可能是它 (看不清、目录又没有写明是别的文书), 报疑点; 有这样的一页时报“存疑”, 请人看那一页。

## 合法例外
无。公安机关、检察院、法院发的《犯罪嫌疑人诉讼权利义务告知书》等是诉讼文书, 不能代替, 也不会使本规则沉默。

## 命中示例
目录 28 项、卷内 40 页, 只有检察院的诉讼权利义务告知书, 没有受援人权利义务告知书。

## 不命中示例
第 9 页为“法律援助受援人须知”, 受援人签名。
"""

from collections.abc import Iterator

from pipeline.detectors.absence import missing
from pipeline.detectors.base import Answer, detector
from pipeline.detectors.view import CaseView


@detector(
    code="DOC101",
    title="缺少受援人权利义务告知书",
    severity="high",
    circular_item=1,
    basis={
        "R0": "法律援助条例; 河南省法律援助案件材料立卷归档办法; 平顶山市司法局通报(2022)第一项",
        "*": "法律援助法第四十六条、第五十五条; 办理法律援助案件程序规定; 平顶山市司法局通报(2022)第一项",
    },
    advice="请核对卷内是否另有受援人权利义务告知书(受援人须知); 确实没有的, 请承办机构说明或补正",
)
def recipient_rights_notice(case: CaseView) -> Iterator[Answer]:
    message = "卷内未见受援人权利义务告知书"
    others = case.of_type("authority_rights_notice")
    if others:
        message += f" (第{others[0].first}页为办案机关的告知书, 不能代替)"
    yield from missing(
        case, "recipient_rights_notice", message=message, near=("aid_letter", "assignment_notice", "aid_decision")
    )
