"""引用已废止或不适用的法律

## 检查内容
代理词、辩护词、法律意见书引用的法律、司法解释, 在写成之日是否仍然有效。

## 依据
平顶山市司法局通报(2022-05-23)第九项; 《民法典》第一千二百六十条 (婚姻法、继承法、民法通则、收养法、担保法、合同法、
物权法、侵权责任法、民法总则自2021年1月1日起废止); 各司法解释的废止决定。法律名录见 pipeline/law/laws.csv
(据一般知识录入, 待核)。

## 判定
所引法律在落款之日已经废止, 事实又都发生在废止之后, 报疑点, 指明是哪一部、何时废止。没有读出确定的落款日期的,
按指派、委托之日 (不早于) 和裁判、结案之日 (不晚于) 推断, 推断不出报“存疑”。同名的几个版本, 只写名称的视为引用
有效的版本, 写明文号或年份的以文号、年份为准。所引条文的序号超过该法条文总数的, 也报疑点; 识别把握不高的报“存疑”。
名录没有的法律不作判断。

## 合法例外
2021年1月1日以前的事实依法适用当时的法律 (民法典时间效力规定第一条): 卷内材料所述事实有在此之前的, 不报;
程序法和量刑规则按办理时的规定, 不在此列。说明该法已经废止、或指出对方、原判引用不当的, 不报。

## 命中示例
2024年的代理词就2023年的欠薪引用《合同法》第一百零七条。

## 不命中示例
2022年的代理词就2017年的委托合同引用当时的《合同法》; 2020年的辩护词引用2012年的刑诉法解释。
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from pipeline.casefile import Document
from pipeline.detectors.base import Answer, Flag, Lawful, NotApplicable, Pass, Unsure, detector
from pipeline.detectors.opinions import OPINIONS, WrittenDays, called, doubtful_pages, opinion_text, written_days
from pipeline.detectors.passages import PlacedText
from pipeline.detectors.view import CaseView, listed
from pipeline.law.statutes import Statute, spellings, versions_cited
from pipeline.text.citations import Citation, find_citations
from pipeline.text.normalise import fold
from pipeline.text.numerals import positional_value

FACTS_IN = (
    "defence_statement", "representation_statement", "legal_opinion", "civil_complaint", "arbitration_application",
    "answer", "appeal", "judgment", "ruling", "mediation_statement", "arbitral_award", "administrative_decision",
    "indictment", "prosecution_opinion", "aid_application", "approval_form",
)  # fmt: skip
_YEAR = re.compile(r"(?<![\d(])((?:19|20)\d\d)年|([一二][〇○O零一二三四五六七八九]{3})年")
# Years that say nothing of the facts in dispute: of a life, of a body, of a law.
_NO_FACT = re.compile(
    r"出生|生于|身份证|户籍|成立于|注册|执业|毕业|结婚|登记|相识|恋爱|婚生|生育|法释|法发|施行|修[正订]|颁布|公布|前科|曾因|刑满"
)
_AT_THE_TIME = re.compile(r"当时(的|施行|有效|适用)|时间效力|施行(之)?前(的法律)?(事实|行为)")
_AWARE = re.compile(
    r"(已|均已|现已)(经)?(被)?(废止|失效|取代|替代)|不再适用|(现行?|对应|今)(为|的|适用|规定于)?\(?(中华人民共和国)?民法典"
    r"|民法典.{0,14}(吸收|沿用|取代|承继|予以保留)|(对方|被告|原告|被申请人|申请人|上诉人|被上诉人|一审|原审|原判|判决|裁决)[^,]{0,10}"
    r"(引用|援引|主张适用|适用|依据)[^,]{0,20}(错误|不当|有误|不能|没有|缺乏)?"
)
SURE_LINE = 0.95
"""Score of a line above which a figure on it is taken at its word."""


@detector(
    code="OPN803",
    title="引用已废止或不适用的法律",
    severity="medium",
    circular_item=9,
    basis={"*": "民法典第一千二百六十条; 各司法解释废止决定 (法律名录据一般知识录入, 待核)"},
    advice="请核对该法的废止日期和案件事实发生的时间: 废止前的事实依法适用当时的法律",
)
def repealed_law_cited(case: CaseView) -> Iterator[Answer]:
    opinions = case.of_type(*OPINIONS)
    if not opinions:
        yield NotApplicable("卷内无代理词、辩护词、法律意见书")
        return
    for document in opinions:
        text = opinion_text(case, document)
        cited = find_citations(text.text, spellings())
        answers = [*_repealed(case, document, text, cited), *_beyond_the_last_article(document, text, cited)]
        yield from answers
        doubtful = doubtful_pages(case, document)
        if doubtful and not answers:
            yield Unsure(f"{called(document)}第{listed(doubtful)}页看不清, 所引法律不能逐一核对", doubtful)
        elif not answers:
            known = dict.fromkeys(one.law for one in cited if one.law)
            laws = f": {'、'.join(known)}" if known else ""
            yield Pass(f"第{document.first}页{called(document)}所引在名录内的法律均有效{laws}")


def _repealed(case: CaseView, document: Document, text: PlacedText, cited: Sequence[Citation]) -> Iterator[Answer]:
    days = written_days(case, document)
    seen: dict[str, list[Citation]] = {}
    for one in cited:
        if versions_cited(one):
            seen.setdefault(one.law + one.number, []).append(one)
    for citations in seen.values():
        versions = versions_cited(citations[0])
        ended = [one.valid_to for one in versions if one.valid_to is not None]
        if len(ended) < len(versions) or _in_force(versions, days.latest):
            continue
        law = max(versions, key=lambda one: one.valid_to or dt.date.max)
        yield from _judge(case, document, text, citations, law, days)


def _in_force(versions: Sequence[Statute], day: dt.date | None) -> bool:
    return day is not None and any(one.valid_to is None or day <= one.valid_to for one in versions)


def _judge(
    case: CaseView,
    document: Document,
    text: PlacedText,
    citations: Sequence[Citation],
    law: Statute,
    days: WrittenDays,
) -> Iterator[Answer]:
    places = tuple(item for one in citations for item in text.evidence(one.start, one.end))
    pages = tuple(sorted({item.page for item in places}))
    named = f"《{law.name}》" + (f"({law.number})" if law.number and citations[0].number else "")
    if all(_AWARE.search(_sentence(text.text, one)) for one in citations):
        yield Lawful(f"第{listed(pages)}页提到{named}, 是说明其已废止或评述他人的引用", "note", document.id, pages)
        return
    assert law.valid_to is not None
    if law.by_facts:
        told = _AT_THE_TIME.search(fold(text.text))
        old, years = _years_of_facts(case, law.valid_to.year)
        if told or old:
            why = f"述及{old}年的事实" if old else f"写明“{told[0] if told else ''}”"
            yield Lawful(f"引用{named}, {law.ended}; {why}, 依法适用当时的法律", "note", document.id, pages)
            return
        if not years:
            yield Unsure(f"引用{named}, {law.ended}; 未读出案件事实发生的时间, 不能断定", pages)
            return
    if days.earliest is None or days.earliest <= law.valid_to:
        yield Unsure(f"引用{named}, {law.ended}; {days.told}, 不能断定写成时是否仍有效", pages)
        return
    if not all(one.exact for one in citations):
        yield Unsure(f"似引用{named} (名称有错字), {law.ended}", pages)
        return
    articles = "、".join(f"第{one.article}条" for one in citations if one.article)
    yield Flag(
        f"第{listed(pages)}页{called(document)}({days.told})引用{named}{articles}, 该法{law.ended}",
        evidence=places,
        document=document.id,
        document_type=document.type,
        confidence=0.92 if days.earliest == days.latest else 0.85,
    )


def _sentence(text: str, one: Citation) -> str:
    start = max(text.rfind(mark, 0, one.start) for mark in "。;；") + 1
    ends = [place for mark in "。;；" if (place := text.find(mark, one.end)) >= 0]
    return fold(text[start : min(ends, default=len(text))])


def _years_of_facts(case: CaseView, last: int) -> tuple[int | None, bool]:
    """The latest year up to `last` in which facts of the case are told, None where there is none; whether any is."""
    years: set[int] = set()
    for document in case.of_type(*FACTS_IN):
        for sentence in re.split(r"[.;!?]", fold(case.case.text_of(document))):
            for part in re.split(r",", sentence):
                if not _NO_FACT.search(part):
                    years |= {_year(match) for match in _YEAR.finditer(part)}
    return max((year for year in years if 1950 < year <= last), default=None), bool(years)


def _year(match: re.Match[str]) -> int:
    return positional_value((match[1] or match[2]).replace("O", "0").replace("十", "一")) or 0


def _beyond_the_last_article(document: Document, text: PlacedText, cited: Sequence[Citation]) -> Iterator[Answer]:
    for one in cited:
        counts = [version.articles for version in versions_cited(one)]
        if one.article is None or not counts or None in counts or one.article <= max(filter(None, counts)):
            continue
        places = text.evidence(one.start, min(len(text.text), one.end + 16))
        most = max(filter(None, counts))
        told = f"引用《{one.law}》第{one.article}条, 该法共{most}条"
        # A figure read as another makes such a number easily: only a line read beyond doubt is taken at its word.
        scores = [line.score for page, line in text.lines if page == places[0].page and line.box.y0 >= places[0].box.y0]
        if one.exact and scores and all(score is None or score >= SURE_LINE for score in scores[:2]):
            yield Flag(
                f"第{places[0].page}页{told}, 没有这一条",
                evidence=places,
                document=document.id,
                document_type=document.type,
                confidence=0.75,
            )
        else:
            yield Unsure(f"{told}, 可能是识别有误", (places[0].page,))
