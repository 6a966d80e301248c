"""以答辩状代替代理词

## 检查内容
民事、行政、仲裁案卷里有受援人自己的答辩状, 却没有承办人的代理词。

## 依据
答辩状是当事人的诉讼文书 (《民事诉讼法》第一百二十八条、《劳动争议调解仲裁法》第三十条), 由当事人具名,
不能代替承办人的代理意见; 平顶山市司法局通报(2022-05-23)第四项。

## 判定
答辩状的答辩人是受援人, 卷内没有代理词 (代理意见), 报疑点, 并代替 DOC104。答辩人是谁看不清,
或有一页可能是代理词的, 报“存疑”。

## 合法例外
- 答辩状、代理词都在卷: 正常。
- 答辩状是对方当事人提出的: 不是问题。
- LA14 调解、撤诉、终止结案: 可以没有代理词。
- 卷内有情况说明, 说明未提交代理词的原因: 依法成立。

## 命中示例
受援人为被告, 卷内有其答辩状和判决书, 没有代理词。

## 不命中示例
对方公司的仲裁答辩书在卷, 受援人一方有代理词。
"""

from collections.abc import Iterator

from pipeline.detectors.absence import could_be
from pipeline.detectors.base import Answer, Flag, Lawful, NotApplicable, Pass, Unsure, Weighed, detector
from pipeline.detectors.conditions import answers_by
from pipeline.detectors.endings import early_end
from pipeline.detectors.missing.DOC104_statement import NOT_WRITTEN
from pipeline.detectors.view import CaseView, listed


@detector(
    code="DOC105",
    title="以答辩状代替代理词",
    severity="high",
    circular_item=4,
    basis={"*": "民事诉讼法第一百二十八条; 劳动争议调解仲裁法第三十条; 平顶山市司法局通报(2022)第四项"},
    advice="请看该答辩状由谁署名, 并核对卷内是否另有承办人的代理词; 确实没有的, 请承办机构说明",
)
def answer_for_statement(case: CaseView) -> Iterator[Answer]:
    if case.criminal or case.profile.case_kind == "non_litigation":
        yield NotApplicable("刑事、非诉讼案件没有以答辩状代替代理词的问题")
        return
    own, others, unknown = answers_by(case)
    if not (own or others or unknown):
        yield NotApplicable("卷内没有答辩状")
        return
    written = case.of_type("representation_statement", "legal_opinion", "defence_statement")
    if written:
        yield Pass(
            f"答辩状 (第{(*own, *others, *unknown)[0].first}页) 之外, 第{written[0].first}页有{written[0].title}"
        )
        return
    for document in others:
        yield Pass(f"第{document.first}页{document.title}系对方当事人提出")
    if not (own or unknown):
        return
    ended = early_end(case)
    explained = case.says(NOT_WRITTEN, "situation_note")
    if ended is not None:
        yield ended
    elif explained:
        document, page, words = explained
        yield Lawful(f"卷内情况说明 (第{page}页) 已作说明: {words}", "note", document.id, (page,))
    elif not own:
        yield Unsure(f"第{unknown[0].first}页{unknown[0].title}由谁提出不能断定, 请人工看", tuple(unknown[0].pages))
    elif doubtful := could_be(case, "representation_statement"):
        yield Unsure(f"第{listed(doubtful)}页无法辨认, 不能断定没有代理词", doubtful)
    else:
        yield Weighed("卷内没有调解、撤诉、终止的文书", "LA14")
        yield Flag(
            f"第{own[0].first}页为受援人自己的{own[0].title}, 卷内未见承办人的代理词",
            evidence=(case.whole(own[0]),),
            document_type="representation_statement",
            confidence=0.93,
        )
