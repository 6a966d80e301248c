"""缺少律师权利义务告知书

## 检查内容
卷内有没有法律援助机构发给承办律师 (法律援助人员) 的权利义务告知书。

## 依据
平顶山市司法局通报(2022-05-23)第一项。只有部分地区要求, 由规则包决定是否启用: `henan` 启用, `national` 不启用。

## 判定
卷内没有该文书, 且没有一页可能是它, 报疑点; 有可能是它而看不清的页时报“存疑”。

## 合法例外
规则包没有这项要求的地区不检查 (本规则不启用)。

## 命中示例
受援人权利义务告知书在卷, 律师权利义务告知书不在卷。

## 不命中示例
第 10 页为“承办律师须知”, 律师签名。
"""

from collections.abc import Iterator

from pipeline.detectors.absence import missing
from pipeline.detectors.base import Answer, detector
from pipeline.detectors.view import CaseView


@detector(
    code="DOC102",
    title="缺少律师权利义务告知书",
    severity="medium",
    circular_item=1,
    basis={"*": "平顶山市司法局通报(2022)第一项(地方要求)"},
    advice="请核对卷内是否另有律师权利义务告知书(承办律师须知); 确实没有的, 请承办机构说明或补正",
)
def lawyer_rights_notice(case: CaseView) -> Iterator[Answer]:
    yield from missing(
        case,
        "lawyer_rights_notice",
        message="卷内未见律师权利义务告知书",
        near=("recipient_rights_notice", "aid_letter", "assignment_notice"),
    )
