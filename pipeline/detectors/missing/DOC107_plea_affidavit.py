"""缺少认罪认罚材料

## 检查内容
起诉书、判决书认定受援人认罪认罚、适用认罪认罚从宽制度的, 卷内有没有认罪认罚具结书。

## 依据
《刑事诉讼法》第十五条、第一百七十四条; 《人民检察院刑事诉讼规则》第二百七十二条、第四百六十八条; 通报第五项。

## 判定
审查起诉、审判阶段, 起诉书、判决书 (不起诉决定书) 认定受援人认罪认罚, 卷内没有具结书, 报疑点。
“已告知认罪认罚可能导致的法律后果”之类的套语不算认定; 没有文书可据以判断的, 不适用。

## 合法例外
- 起诉书、判决书没有认定, 或者写明不认罪、不适用: 不适用。
- 只认定同案人认罪认罚: 不适用。
- 刑事诉讼法第一百七十四条: 盲聋哑人、限制行为能力人、未成年人的法定代理人或辩护人有异议的, 不需要签署。
- 起诉书没有认定、当庭才认罪认罚的: 可以不再签署 (刑诉解释第三百五十六条)。
- 侦查阶段: 还没有具结, 不适用。
- 卷内有情况说明, 说明未能取得的原因: 依法成立。

## 命中示例
起诉书: “被告人苏某自愿认罪认罚, 可以依法从宽处理”, 卷内没有具结书。

## 不命中示例
起诉书只有告知套语, 没有认定; 被告人系聋哑人, 不需要签署。
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.casefile import Document, Evidence
from pipeline.detectors.absence import missing
from pipeline.detectors.base import Answer, Flag, Lawful, NotApplicable, Unsure, detector
from pipeline.detectors.conditions import client_names
from pipeline.detectors.passages import placed_text
from pipeline.detectors.view import CaseView, listed
from pipeline.text.normalise import fold

_APPLIED = re.compile(r"认罪认罚|(自愿)?认罪[,、]?(并)?(自愿)?(接受处罚|悔罪认罚)|签署(了)?[^,.;]{0,8}具结书")
# What an indictment recites of its own course, what somebody pleads, and what is denied, is nothing that is found.
_RECITED = re.compile(
    r"(告知|讲解|释明|听取)[^.;]{0,40}$|(辩护人|指定辩护人|值班律师|辩护意见|辩称|辩解|提出|认为其|建议法庭)[^.;]{0,40}$"
)
_DENIED = re.compile(r"(不|未|没有|拒绝|拒不|不予|不宜|不能|撤回|反悔|不构成|并非|不属于?)[^,.;]{0,10}$")
_DENIED_AFTER = re.compile(
    r"^[^,.;]{0,14}(不予认定|不能成立|不成立|不予采纳|不足|有异议|反悔|不适用)|^[^,.;]{0,8}(可能导致|的法律(规定|后果)|制度的?(规定|告知))"
)
_COURT_FINDS = re.compile(r"(本院认为|经审查|经审理|查明|依法应当|予以采纳|予以支持|认定)[^.;]{0,40}$")
_IN_COURT = re.compile(r"(当庭|庭审中|审判阶段|开庭时|审理过程中|审理期间)[^.;]{0,24}$")
_EXEMPT = re.compile(
    r"(系|为|是|,|犯罪嫌疑人|被告人)[^,.;]{0,6}(盲人|聋哑人?|又聋又哑|聋人|盲、聋、哑|哑人)|(尚未完全丧失|限制)[^,.;]{0,12}(辨认|控制自己行为|行为能力|刑事责任能力)"
    r"|(法定代理人|辩护人)[^.;]{0,24}(对[^.;]{0,16}认罪认罚[^.;]{0,6})?(持|有|提出)异议"
)
NOT_GOT = (
    r"(未|没有|无法|不能|不予|不需|缺)(?:(?!已)[^.;]){0,18}?(具结书|认罪认罚)"
    r"|具结书[^.;]{0,20}?(未|没有|无法|不能|不予|存于|由检察院)"
)
_NAMED = re.compile(
    r"(被告人|犯罪嫌疑人|被不起诉人)(?P<names>[^,.;:]{2,24}?)(均|都)?(自愿|当庭|如实|能够?|认罪|表示|签署|犯罪|归案|到案)"
)


@dataclass(frozen=True, slots=True)
class _Found:
    document: Document
    start: int
    end: int
    quote: str
    in_court: bool


@detector(
    code="DOC107",
    title="缺少认罪认罚材料",
    severity="medium",
    circular_item=5,
    basis={
        "*": "刑事诉讼法第十五条、第一百七十四条; 人民检察院刑事诉讼规则第二百七十二条; 平顶山市司法局通报(2022)第五项"
    },
    advice="请对照起诉书、判决书的认定, 核对卷内有无认罪认罚具结书; 不需要签署或者未能复制的, 应有说明",
)
def plea_affidavit(case: CaseView) -> Iterator[Answer]:
    if not case.criminal:
        yield NotApplicable("非刑事案件")
        return
    if case.profile.stage == "investigation":
        yield NotApplicable("侦查阶段尚未具结, 不要求")
        return
    charges = _findings(case, case.of_type("indictment", "non_prosecution_decision"))
    judged = _findings(case, case.of_type("judgment"))
    found = (*charges, *judged)
    if not found:
        yield _nothing_found(case)
        return
    exempt = _exempt(case)
    if exempt is not None:
        yield exempt
        return
    if not charges and case.of_type("indictment") and all(one.in_court for one in judged):
        first = judged[0]
        why = f"起诉书未适用认罪认罚, {first.document.title}认定当庭认罪认罚, 可以不再签署具结书"
        yield Lawful(why, "note", first.document.id, (first.document.first,))
        return
    yield from _absent(case, found)


def _absent(case: CaseView, found: tuple[_Found, ...]) -> Iterator[Answer]:
    one = found[0]
    lines = case.case.lines_of(one.document)
    placed = placed_text((page, replace(line, text=fold(line.text))) for page, line in lines)
    at = placed.text.find(one.quote)
    evidence: tuple[Evidence, ...] = (
        placed.evidence(at, at + len(one.quote)) if at >= 0 else (case.whole(one.document),)
    )
    sources = "、".join(dict.fromkeys(item.document.title for item in found))
    message = f"{sources} (第{evidence[0].page}页) 认定“{one.quote}”, 卷内未见认罪认罚具结书"
    near = ("sentencing_proposal", "indictment", "apprehension_account")
    for answer in missing(case, "plea_affidavit", message=message, near=near, note=NOT_GOT):
        yield replace(answer, evidence=(*evidence, *answer.evidence)) if isinstance(answer, Flag) else answer


def _nothing_found(case: CaseView) -> Answer:
    """Why there is nothing to check; unsure where the papers that would say it were not read."""
    # A plea entered in court needs no affidavit: where the charge was read, the judgment is not needed.
    documents = case.of_type("indictment", "non_prosecution_decision") or case.of_type("judgment")
    poor = tuple(n for document in documents for n in document.pages if not case.case.page(n).legible)
    if poor and not case.of_type("plea_affidavit"):
        return Unsure(f"起诉书、判决书第{listed(poor)}页看不清, 不能断定是否适用认罪认罚", poor)
    if documents:
        return NotApplicable(f"{documents[0].title}等未认定受援人认罪认罚")
    return NotApplicable("卷内没有起诉书、判决书可据以判断")


def _findings(case: CaseView, documents: tuple[Document, ...]) -> tuple[_Found, ...]:
    """Where papers find that the client pleaded guilty and accepted punishment."""
    names = client_names(case)
    found = []
    for document in documents:
        text = case.text_of(document)
        for match in _APPLIED.finditer(text):
            before, after = text[max(0, match.start() - 90) : match.start()], text[match.end() :]
            if _DENIED.search(before) or _DENIED_AFTER.search(after):
                continue
            if _RECITED.search(before) and not _COURT_FINDS.search(before):
                continue
            if not _of_client(before + match[0], names):
                continue
            start = max(text.rfind(mark, 0, match.start()) for mark in ".;,") + 1
            quote = text[max(start, match.start() - 16) : match.end()]
            found.append(_Found(document, match.start(), match.end(), quote, bool(_IN_COURT.search(before))))
    return tuple(found)


def _of_client(before: str, names: tuple[str, ...]) -> bool:
    """Whether it is said of the client: the last person named in the clause is he, or nobody is named."""
    named = list(_NAMED.finditer(before + "自愿"))
    if not named or not names:
        return True
    last = named[-1]["names"]
    return (
        any(name in last for name in names)
        or len(last) > 4
        or not re.match(r"[\u4e00-\u9fff]{2,4}$", last)
        or any(
            sum(a == b for a, b in zip(last, name, strict=False)) >= len(name) - 1 for name in names if len(name) > 2
        )
    )


def _exempt(case: CaseView) -> Lawful | None:
    """刑诉法§174: the blind, deaf and mute, those of limited capacity, minors whose guardian or defender objects."""
    found = case.says(
        _EXEMPT.pattern, "indictment", "judgment", "non_prosecution_decision", "prosecution_opinion", "defence_request"
    )
    if found is None:
        return None
    document, page, words = found
    why = f"刑事诉讼法第一百七十四条: {document.title} (第{page}页) “{words}”, 不需要签署具结书"
    return Lawful(why, "note", document.id, (page,))
