"""Who is who: recipient, lawyers in order of assignment, firm, agency, charge or cause, case numbers.

Every form of the file names the same few people; each mention is a vote, and OCR variants of one name vote together.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import Levenshtein

from pipeline.casefile import People
from pipeline.extraction.profile import Paper
from pipeline.text.case_numbers import find_case_numbers

_NAME = r"([\u4e00-\u9fff·]{2,4})"
_WORDS_BEHIND = "性别|身份|案由|因|的|与|一案|涉嫌|男|女|诉|民族|单位|承办|住|联系|年龄|申请|签|捺|系|律师|为"
_END = rf"(?=[^\u4e00-\u9fff]|{_WORDS_BEHIND}|,|$)"
_RECIPIENT_FORMS = {
    "cover", "approval_form", "closing_report", "feedback_form", "assignment_notice", "quality_evaluation_form",
    "reassignment_approval", "aid_agreement", "client_interview", "client_talk",
}  # fmt: skip
_RECIPIENT = re.compile(
    rf"(?:受援人|被援助人|受援对象|甲方\(受援人\)|被会见人|被谈话人)(?:姓名)?[):]{{0,2}}{_NAME}{_END}"
)
_APPLICANT = re.compile(rf"(?:申请人姓名|姓名|申请人)[):]{{0,2}}{_NAME}{_END}")
_ADDRESSEE = re.compile(rf"(?m)^{_NAME}(?:同志|先生|女士)?:")
_ASSIGNED = (
    re.compile(rf"(?:指派|安排|委派)(?:你|贵)?(?:单位|所|处|中心|律所)?(?:的)?{_NAME}(?:律师|同志|法律工作者|\(律师)"),
    re.compile(rf"(?:承办律师|承办人员?|法律援助人员|律师姓名)(?:姓名)?[:)]{{0,2}}{_NAME}{_END}"),
    re.compile(rf"由{_NAME}律师(?:承办|办理|担任)"),
    re.compile(rf"(?m)(?:^|[^\u4e00-\u9fff]|单位|所){_NAME}律师(?:承办|办理|担任|为)"),
    re.compile(rf"(?ms)^{_NAME}(?:律师)?:.{{0,90}}(?:由你|安排你|指派你)(?!单位|所|处|中心|律所)"),
)
_LAWYER_ELSEWHERE = (
    re.compile(rf"(?:承办人员?|承办律师|法律援助人员|会见人|会见律师|阅卷人)[:)]{{0,2}}{_NAME}{_END}"),
    re.compile(rf"(?m)^{_NAME}律师:"),
)
_FIRM = re.compile(r"([\u4e00-\u9fff()]{2,14}(?:律师事务所|法律服务所))")
_AGENCY = re.compile(r"([\u4e00-\u9fff]{2,14}(?:法律援助中心|法律援助处|法律援助工作站))")
_CHARGE = re.compile(
    r"(?:涉嫌|犯|罪名|案由|因|构成)[:]?((?:[\u4e00-\u9fff、,()]{1,12}罪)(?:[、,][\u4e00-\u9fff]{1,10}罪)*)"
)
_CAUSE = re.compile(r"(?:案由|事由)[:]?([\u4e00-\u9fff()、]{2,22}?(?:纠纷|争议|认定|复议|赔偿|合同|案))")
_NO_NAME = re.compile(
    r"(签名|签字|姓名|性别|承办|单位|律师|中心|本人|申请|法院|受援|指派|安排|援助|代理|意见|委托|身份|日期|时间|人员|你所|贵所|民族|案由|编号|文号|案号|电话|地址|担任|事务|工作|会见|应当|不得|有权|可以)"
)


def people_of(papers: Sequence[Paper], kind: str) -> People:
    """The people, bodies and numbers of a case; empty strings where the file does not say."""
    lawyers = _lawyers(papers)
    agency = _agency(papers)
    return People(
        recipient=_recipient(papers),
        lawyer=lawyers[-1] if lawyers else "",
        lawyers=lawyers,
        law_firm=_firm(papers) or (agency if lawyers else ""),  # centre staff handle cases themselves (法援法§13)
        agency=agency,
        charge_or_cause=_charge(papers, kind),
        case_numbers=_numbers(papers),
    )


def _names(pattern: re.Pattern[str], text: str) -> list[str]:
    return [name for name in pattern.findall(text) if not _NO_NAME.search(name)]


def vote(mentions: Iterable[tuple[str, float]]) -> str:
    """The name with most votes; spellings one character apart count as one, under the commonest spelling."""
    votes: dict[str, float] = defaultdict(float)
    for name, weight in mentions:
        votes[name] += weight
    groups: list[dict[str, float]] = []
    for name in sorted(votes, key=lambda one: (-votes[one], one)):
        home = next((g for g in groups if any(_same_person(name, other) for other in g)), None)
        if home is None:
            groups.append({name: votes[name]})
        else:
            home[name] = votes[name]
    if not groups:
        return ""
    best = max(groups, key=lambda group: sum(group.values()))
    return max(best, key=lambda name: best[name])


def _same_person(one: str, other: str) -> bool:
    """Two readings of one name: of one length, one character misread (two-character names must be equal)."""
    if len(one) != len(other) or len(one) < 3:
        return one == other
    return Levenshtein.distance(one, other) <= 1


def _recipient(papers: Sequence[Paper]) -> str:
    mentions: list[tuple[str, float]] = []
    for paper in papers:
        kind = paper.document.type
        if kind in _RECIPIENT_FORMS:
            mentions += [(name, 1.0) for name in _names(_RECIPIENT, paper.rows)[:1]]
        elif kind in ("aid_application", "hardship_certificate", "hardship_statement", "identity_proof"):
            mentions += [(name, 1.5) for name in _names(_APPLICANT, paper.rows)[:1]]
        elif kind in ("aid_decision", "recipient_rights_notice", "reassignment_notice"):
            mentions += [(name, 1.0) for name in _names(_ADDRESSEE, paper.rows[:120])[:1]]
    return vote(mentions)


def _lawyers(papers: Sequence[Paper]) -> tuple[str, ...]:
    """Lawyers in the order of their assignment; where no assignment names one, whom the other forms name."""
    mentions = [
        (name, 1.0)
        for paper in papers
        if paper.document.type in ("closing_report", "cover", "client_interview", "client_talk", "lawyer_rights_notice",
                                   "file_reading_record", "feedback_form", "aid_agreement", "quality_evaluation_form")
        for pattern in _LAWYER_ELSEWHERE
        for name in _names(pattern, paper.rows)[:1]
    ]  # fmt: skip
    elsewhere = vote(mentions)
    assigned: list[str] = []
    for paper in papers:
        if paper.document.type not in ("assignment_notice", "reassignment_notice"):
            continue
        # The first of them also over a line break: 指派你所许｜某律师.
        over_lines = _names(_ASSIGNED[0], paper.text)
        name = next((name for pattern in _ASSIGNED for name in _names(pattern, paper.rows)), "")
        name = next(iter(over_lines), name)
        if name and elsewhere and _same_person(name, elsewhere):
            name = elsewhere  # the spelling that most forms agree on
        if name and not any(_same_person(name, other) for other in assigned[-1:]):
            assigned.append(name)
    if elsewhere and (not assigned or not any(_same_person(elsewhere, name) for name in assigned)):
        # The closing report is written by the lawyer who ended the case: the last one assigned.
        assigned.append(elsewhere)
    return tuple(dict.fromkeys(assigned))


def _firm(papers: Sequence[Paper]) -> str:
    mentions = []
    for paper in papers:
        weight = 3.0 if paper.document.type in ("assignment_notice", "closing_report") else 1.0
        mentions += [(_bare_firm(name), weight) for name in _FIRM.findall(paper.rows)[:3]]
    return vote((name, weight) for name, weight in mentions if name)


def _bare_firm(name: str) -> str:
    """Running text in front of a firm's name goes: a firm is named from a province or city on, or by its last words."""
    cut = re.search(
        r"(?:.*(?:系|由|为|委托|指派|受|到|在|乙方|单位|及|与|和|[)])[(:]?)([\u4e00-\u9fff]{2,8}(?:律师事务所|法律服务所))$",
        name,
    )
    return cut[1] if cut else name


def _agency(papers: Sequence[Paper]) -> str:
    mentions = []
    for paper in papers:
        if paper.document.type in ("blank_page", "evidence_material"):
            continue
        for name in _AGENCY.findall(paper.rows)[:3]:
            bare = re.sub(r"^.*(?:向|由|经|受|为|的|报|到|在|与|和|及|请|接受|本院|一案|号|人|您|你)", "", name)
            if re.match(r"[\u4e00-\u9fff]{2,9}(?:省|市|县|区|旗|盟|州)?法律援助", bare):
                mentions.append((bare, 1.0))
    return vote(mentions)


def _charge(papers: Sequence[Paper], kind: str) -> str:
    pattern = _CHARGE if kind == "criminal" else _CAUSE
    mentions = []
    for paper in papers:
        for found in pattern.findall(paper.rows)[:2]:
            text = re.sub(r"^(?:涉嫌|犯|的|一案|因)+", "", found)
            if 2 < len(text) < 20:
                weight = 2.0 if paper.document.type in ("judgment", "indictment", "cover", "closing_report") else 1.0
                mentions.append((text.replace(",", "、"), weight))
    return vote(mentions)


def _numbers(papers: Sequence[Paper]) -> tuple[str, ...]:
    """Numbers of the court's, the arbitration commission's or the mediators' case, the commonest first."""
    counts: dict[str, int] = defaultdict(int)
    for paper in papers:
        if paper.document.type in ("judgment", "hearing_summons", "hearing_record", "arbitral_award", "ruling",
                                   "mediation_statement", "acceptance_notice", "court_service_return"):  # fmt: skip
            for number in find_case_numbers(paper.rows):
                if number.kind in ("court", "arbitration", "mediation"):
                    counts[number.text] += 1
    ranked = sorted(counts, key=lambda text: (-counts[text], text))
    return tuple(text for text in ranked if counts[text] > 1 or text == ranked[0])[:3]
