"""辩护要点可能遗漏

## 检查内容
起诉书、判决书认定受援人有的从宽情节, 辩护词有没有提出: 自首、坦白、立功、从犯、未遂、未成年、谅解、退赔、认罪认罚、
初犯、被害人过错。

## 依据
平顶山市司法局通报(2022-05-23)第七项 (不能找到案件的辩护要点); 《刑事诉讼法》第三十七条 (辩护人的责任)。

## 判定
起诉书或判决书认定、判决书没有否定, 而辩护词从头到尾没有提到 (近义的说法也算提到) 的, 报疑点, 逐项列出。
辩护词有看不清的页, 未见提出的报“存疑”。没有辩护词的见 DOC104。

## 合法例外
判决书不予认定的情节; 只认定同案被告人有的情节; 累犯等从重情节; 责令退赔之类的判项。
庭审以后才有的情节 (审理期间退赔、取得谅解), 判决书写明辩护人已经当庭提出的, 作无罪辩护的, 不报。
认定自首的, 不再单列坦白。

## 命中示例
判决书认定“系自首”“取得谅解”, 辩护词只说家庭困难。

## 不命中示例
辩护词写“案发后主动到派出所投案”, 没有用“自首”二字; 判决书写“不构成自首, 该意见不予采纳”。
"""

import re
from collections.abc import Iterator, Sequence

from pipeline.casefile import Document, Evidence
from pipeline.detectors.base import Answer, Flag, Lawful, NotApplicable, Pass, Unsure, detector
from pipeline.detectors.opinions import doubtful_pages, opinion_text
from pipeline.detectors.passages import PlacedText, whole_text
from pipeline.detectors.view import CaseView, listed
from pipeline.text.circumstances import KINDS, Circumstance, circumstances, raises
from pipeline.text.normalise import fold, fold_with_places

_NOT_GUILTY = re.compile(r"(?<!是否)(?:不构成犯罪|(?:宣告|判决)[^,.]{0,12}无罪|(?:系|是|应[为属])无罪|作无罪辩护)")


@detector(
    code="OPN801",
    title="辩护要点可能遗漏",
    severity="low",
    circular_item=7,
    basis={"*": "平顶山市司法局通报(2022)第七项; 刑事诉讼法第三十七条"},
    advice="请看辩护词是否确实没有提出这些情节, 以及没有提出有无理由 (如辩护策略、庭后才发生)",
)
def circumstance_not_raised(case: CaseView) -> Iterator[Answer]:
    if not case.criminal:
        yield NotApplicable("非刑事案件")
        return
    statements = _statements(case)
    if not statements:
        yield NotApplicable("卷内无辩护词可比对 (缺少与否见 DOC104)")
        return
    sources = case.of_type("indictment", "judgment")
    if not sources:
        yield NotApplicable("卷内无起诉书、判决书")
        return
    texts = {document.id: whole_text(case, (document,)) for document in sources}
    told = {document.id: _told(case, texts[document.id]) for document in sources}
    found, late, pleaded = _weigh(sources, told)
    words = fold("".join(opinion_text(case, document).text for document in statements))
    missing = [kind for kind in found if not raises(words, kind)]
    for kind in [kind for kind in missing if kind in late or kind in pleaded]:
        document, place = found[kind]
        evidence = _evidence(texts[document.id], place)
        reason = "判决书写明辩护人已当庭提出" if kind in pleaded else "是案件审理期间才有的"
        yield Lawful(f"{kind} (第{evidence.page}页): {reason}", "note", document.id, (evidence.page,))
        missing.remove(kind)
    unread = tuple(p for document in sources for p in document.pages if not case.case.page(p).legible)
    if not missing:
        if not found and unread:
            yield Unsure(f"第{listed(unread)}页无法辨认, 不知认定了哪些情节", unread)
        else:
            named = f"已认定的情节 ({'、'.join(found)}) " if found else "起诉书、判决书未见认定的从宽情节, "
            yield Pass(named + ("辩护词均已提出" if found else "无从比对"))
        return
    if _NOT_GUILTY.search(words):
        yield Lawful(f"作无罪辩护, 未提{'、'.join(missing)}不属遗漏", "note", statements[0].id, (statements[0].first,))
        return
    doubtful = tuple(page for document in statements for page in doubtful_pages(case, document))
    if doubtful:
        yield Unsure(f"辩护词已读出的部分未提{'、'.join(missing)}, 第{listed(doubtful)}页看不清, 不能断定", doubtful)
        return
    yield _flag(case, statements, texts, found, missing)


def _flag(
    case: CaseView,
    statements: Sequence[Document],
    texts: dict[str, PlacedText],
    found: dict[str, tuple[Document, Circumstance]],
    missing: Sequence[str],
) -> Flag:
    places = {kind: (found[kind][0], _evidence(texts[found[kind][0].id], found[kind][1])) for kind in missing}
    said = "、".join(
        f"{kind} ({'判决书' if document.type == 'judgment' else '起诉书'}第{place.page}页)"
        for kind, (document, place) in places.items()
    )
    worn = any(case.case.page(n).content.quality.grade != "good" for document in statements for n in document.pages)
    return Flag(
        f"已认定{said}, {statements[0].title} (第{statements[0].first}页) 未提出",
        evidence=(case.whole(statements[0]), *dict.fromkeys(place for _, place in places.values())),
        document=statements[0].id,
        document_type=statements[0].type,
        confidence=0.75 if worn else 0.85,
        missing=tuple(missing),
    )


def _statements(case: CaseView) -> tuple[Document, ...]:
    """Statements for the defence: those to the court; where there are none, opinions of the trial stage."""
    statements = case.of_type("defence_statement")
    opinions = case.of_type("legal_opinion")
    if statements:
        return (*statements, *(document for document in opinions if "量刑" in document.title))
    return opinions if case.profile.stage == "trial" else ()


def _told(case: CaseView, text: PlacedText) -> tuple[Circumstance, ...]:
    people = case.people
    client = [people.recipient]
    others = list(people.co_defendants)
    for person in case.case.persons:
        if person.part == "recipient":
            client += [person.name, *person.variants]
        elif person.part in ("co_defendant", "accomplice"):
            others += [person.name, *person.variants]
    return circumstances(fold(text.text), client, [name for name in others if name not in client])


def _weigh(
    sources: Sequence[Document], told: dict[str, tuple[Circumstance, ...]]
) -> tuple[dict[str, tuple[Document, Circumstance]], set[str], set[str]]:
    """What is found for the client and where (the judgment before the indictment), what came late, what was pleaded."""
    found: dict[str, tuple[Document, Circumstance]] = {}
    late: set[str] = set()
    pleaded: set[str] = set()
    rejected: set[str] = set()
    judged: set[str] = set()
    for document in sorted(sources, key=lambda one: (one.type != "judgment", one.first)):
        for one in told[document.id]:
            if one.standing == "pleaded":
                pleaded.add(one.kind)
            elif one.whose != "client":
                continue
            elif one.standing == "rejected":
                rejected.add(one.kind)
            else:
                judged |= {one.kind} if document.type == "judgment" else set()
                if one.kind not in found:
                    found[one.kind] = (document, one)
                    late |= {one.kind} if one.late else set()
    if "自首" in judged and "自首" not in rejected:
        rejected.add("坦白")
    elif "坦白" in judged:  # the court took what the charge called 自首 for 坦白
        rejected.add("自首")
    kept = {kind: found[kind] for kind in KINDS if kind in found and kind not in rejected}
    if "自首" in kept:
        kept.pop("坦白", None)
    return kept, late, pleaded


def _evidence(text: PlacedText, one: Circumstance) -> Evidence:
    _, places = fold_with_places(text.text)
    return text.evidence(places[one.start], places[one.end - 1] + 1)[0]
