"""案件质量评估表未使用新表

## 检查内容
案件质量评估表 (评查表、评分表) 是不是评估当时应当使用的版本。

## 依据
《法律援助案件质量同行评估规则》(SF/T 0084-2020, SF/T 0085-2020, 自 2020-12-30 起); 《法律援助法》第五十九条;
通报第八项。省、市的新表由规则包登记 (待核)。

## 判定
表上印有旧版标记 (如“2014年试行”), 或者只引用已被取代的《法律援助条例》, 而评估日期在过渡期之后, 报疑点;
评估日期未读出的, 报“存疑”。

## 合法例外
过渡期内使用旧表: 依法成立。评估当时旧表仍然有效: 不是问题。

## 命中示例
评估表印有“(2014年试行)”, 评估日期 2021-06-11。

## 不命中示例
评估表印有“(2021年版)”, 评估日期 2022-04-10。
"""

from collections.abc import Iterator

from pipeline.detectors.base import Answer, NotApplicable, Pass, Unsure, detector
from pipeline.detectors.versions.standing import answer_on, versions
from pipeline.detectors.view import CaseView


@detector(
    code="VER901",
    title="案件质量评估表未使用新表",
    severity="medium",
    circular_item=8,
    basis={"*": "法律援助案件质量同行评估规则(SF/T 0084、0085-2020); 通报(2022)第八项(省市新表待核)"},
    advice="请看评估表的版本标记和引用的依据, 与本省现行评估表核对",
)
def evaluation_form(case: CaseView) -> Iterator[Answer]:
    forms = case.of_type("quality_evaluation_form")
    if not forms:
        yield NotApplicable("卷内没有案件质量评估表")
        return
    for version in versions(case, "VER901"):
        yield answer_on(case, version)
    for form in forms:
        if not all(case.case.page(number).legible for number in form.pages):
            yield Unsure(f"{form.title} (第{form.first}页) 看不清, 不能断定版本", tuple(form.pages))
    yield Pass("没有其他旧版标记")
