"""其他文书使用旧版格式

## 检查内容
法律援助机构印制的格式文书, 在其日期是不是已被新的法律或新的文书格式取代。

## 依据
- 《法律援助法》第四十一条、第七十一条 (2022-01-01 施行); 《办理法律援助案件程序规定》(令148, 2023-09-01 起)。
- 法律援助文书格式 (2023-11-10); 过渡期为配置项 (待核)。

## 判定
文书的格式已被取代, 其日期在过渡期之后, 报疑点, 一种文书一条; 日期未读出的, 报“存疑”。
用语之差 (承办人、受援中心) 不足以单独认定, 由规则包决定是否检查。

## 合法例外
- 过渡期内使用旧格式: 依法成立。
- 经济困难状况说明表已在卷, 另附经济困难证明的: 依法成立。
- 文书的日期在新格式施行之前: 不是问题。

## 命中示例
2024 年的申请仍用“法律援助申请人经济状况证明表”; 2024 年的告知书只引用《法律援助条例》。

## 不命中示例
2023-10-08 的经济状况证明表 (过渡期内); 2024 年的经济困难状况说明表。
"""

from collections.abc import Iterator

from pipeline.detectors.base import Answer, Flag, Lawful, NotApplicable, Pass, detector
from pipeline.detectors.versions.standing import answer_on, versions
from pipeline.detectors.view import CaseView
from pipeline.extraction.forms import LEGAL_AID_FORMS


@detector(
    code="VER902",
    title="其他文书使用旧版格式",
    severity="low",
    circular_item=0,
    basis={"*": "法律援助法第四十一条、第七十一条; 程序规定(令148); 法律援助文书格式(2023-11-10)(过渡期待核)"},
    advice="请看该文书印制的标题和引用的法律, 与其日期对照; 应当使用现行格式",
)
def form_versions(case: CaseView) -> Iterator[Answer]:
    forms = case.of_type(*LEGAL_AID_FORMS)
    if not forms:
        yield NotApplicable("卷内没有法律援助格式文书")
        return
    stated = case.of_type("hardship_statement")
    for version in versions(case, "VER902"):
        answer = answer_on(case, version)
        if isinstance(answer, Flag) and version.document.type == "hardship_certificate" and stated:
            why = f"{stated[0].title} (第{stated[0].first}页) 已在卷, {version.document.title}系所附证明"
            yield Lawful(why, "note", version.document.id, (version.document.first,))
        else:
            yield answer
    yield Pass("其余格式文书没有旧版标记")
