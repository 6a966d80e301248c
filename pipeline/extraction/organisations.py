"""Which bodies a file names: aid agency, law firm, courts, procuratorates, police, commissions.

A body is named in full where it stands alone: in a heading, a cell, an addressee's line, under the text. What running
text says before a name (现指派河南某某律师事务所 …) is told from it by the names that stand alone elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.extraction.papers import CELL, Paper
from pipeline.text.lookalikes import misread
from pipeline.text.names import HAN, elect

_KINDS: dict[str, str] = {
    "firm": r"律师事务所(?:[\u4e00-\u9fff]{2,6}分所)?|法律服务所",
    "agency": r"法律援助中心|法律援助处|法律援助(?:工作)?站|法律援助事务中心|法律援助服务中心",
    "court": r"人民法院|人民法庭|海事法院|铁路运输(?:中级)?法院|知识产权法院|互联网法院",
    "procuratorate": r"人民检察院|铁路运输检察院",
    "police": r"公安局(?:[\u4e00-\u9fff]{2,8}(?:分局|支队|大队|派出所))?|公安厅",
    "commission": r"劳动人事争议仲裁委员会|劳动争议仲裁委员会|劳动人事争议仲裁院|人民调解委员会|仲裁委员会|调解委员会",
}
_PLACE = re.compile(r"[省市县区旗盟州镇乡]|街道|自治|开发|新区|垦区|兵团")
_LEADS = re.compile(
    r"^.*(?:指派|委派|安排|委托|提交|报送|移送|送达|接受|此致|依照|通过|乙方|甲方|单位|机构|机关|名称|法院|检察院|公安局|或者|"
    r"以下简称|交由|转交|提请|不服|提起)"
)
_LEAD = re.compile(r"^.*?[经向由为系致到在于对据以被及与和受请报至从是的,:;.()]")
"""One character that a phrase before a name ends in. Names of places begin with some of them too (和县, 向阳区): a name
that stands alone somewhere is recognised before this is tried."""
_SLOT = re.compile(
    rf"(?:承办单位|承办机构|承办律所|承办律师事务所|所在单位|所在机构|工作单位|律师事务所|执业机构|援助机构|援助单位|乙方\((?:承办单位|受托方|受委托方)\)|单位)"
    rf"(?:名称)?(?:\([^)\n]{{0,10}}\))?[:{CELL}]+(?P<name>[{HAN}()]{{4,30}})"
)
_ALONE = 3.0
_RUNNING = 1.0
_ORGAN_PAPERS = frozenset({"evidence_material", "blank_page", "file_catalogue", "identity_proof"})


@dataclass(frozen=True, slots=True)
class Bodies:
    """The bodies of a case; lists with the one named most often first, "" and () where none is named."""

    agency: str
    firm: str
    courts: tuple[str, ...]
    procuratorates: tuple[str, ...]
    police: tuple[str, ...]
    commissions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    name: str
    weight: float
    alone: bool
    paper: int


def bodies_of(papers: Sequence[Paper], last_lawyer: Iterable[str]) -> Bodies:
    """Name the bodies of a case. `last_lawyer`: spellings of the lawyer assigned last, whose firm is wanted."""
    seen = {kind: list(_seen(papers, kind)) for kind in _KINDS}
    agency = _commonest(seen["agency"], papers, _AGENCY_WEIGHTS)
    courts = _ranked([one for one in seen["court"] if one.alone])
    return Bodies(
        agency=agency,
        firm=_firm(papers, seen["firm"], tuple(last_lawyer)),
        courts=courts,
        procuratorates=_ranked([one for one in seen["procuratorate"] if one.alone]),
        police=_ranked([one for one in seen["police"] if one.alone]),
        commissions=_ranked([one for one in seen["commission"] if one.alone]),
    )


_AGENCY_WEIGHTS = {
    "assignment_notice": 3.0, "aid_decision": 3.0, "aid_letter": 2.0, "approval_form": 2.0, "cover": 2.0,
    "assignment_reply": 2.0, "recipient_rights_notice": 1.5, "reassignment_notice": 2.0, "aid_application": 1.5,
    "other": 0.3, "judgment": 0.5, "client_interview": 0.7, "client_talk": 0.5, "situation_note": 0.5,
}  # fmt: skip
_FIRM_WEIGHTS = {"assignment_notice": 2.0, "closing_report": 2.0, "cover": 2.0, "aid_letter": 1.5, "aid_agreement": 1.5}
_CLIENTS_PAPERS = frozenset({
    "cover", "assignment_notice", "reassignment_notice", "reassignment_approval", "aid_letter", "assignment_reply",
    "aid_agreement", "power_of_attorney", "closing_report", "client_interview", "client_talk", "defence_statement",
    "representation_statement", "legal_opinion", "law_firm_letter", "practising_certificate", "file_reading_record",
    "feedback_form", "detention_visit_letter", "subsidy_approval", "quality_evaluation_form", "approval_form",
})  # fmt: skip


def _seen(papers: Sequence[Paper], kind: str) -> Iterator[_Seen]:
    """Every place where a body of this kind is named; those that stand alone first."""
    ending = re.compile(rf"[{HAN}()]{{2,26}}?(?:{_KINDS[kind]})")
    whole = re.compile(
        rf"^(?:{_CAPTIONS})?[:]?(?P<name>[{HAN}()]{{2,26}}?(?:{_KINDS[kind]}))(?:[:,.]|\(盖章\)|\(公章\)|\(章\))?$"
    )
    told = [(index, paper) for index, paper in enumerate(papers) if paper.document.type not in _ORGAN_PAPERS]
    alone = []
    for index, paper in told:
        for cell in re.finditer(rf"[^{CELL}\n]+", paper.cells):
            match = whole.match(cell.group())
            if match and _is_body(match["name"], kind):
                start = cell.start() + match.start("name")
                span = paper.in_cells(start, start + len(match["name"]))
                alone.append(_Seen(match["name"], _ALONE * span.trust, True, index))
    yield from alone
    solid = sorted({one.name for one in alone}, key=lambda name: (-len(name), name))
    for index, paper in told:
        for match in ending.finditer(paper.text):
            name = next((one for one in solid if match.group().endswith(one)), "") or _bare(match.group(), kind)
            if name:
                span = paper.in_text(match.end() - len(name), match.end())
                yield _Seen(name, _RUNNING * span.trust, False, index)


_CAPTIONS = (
    "承办单位|承办机构|办案机关|审理机关|办案单位|受理机关|单位|乙方|机构名称|承办律所|公诉机关|仲裁机构|此致|致"
)


def _is_body(name: str, kind: str) -> bool:
    """Whether there is more before the ending than a word of the form: 某某律师事务所, not 所在律师事务所."""
    stem = re.sub(rf"(?:{_KINDS[kind]})$", "", name)
    if not stem or re.search(r"受援|指派|当事|本院|贵|该|本案|申请|援助机构|承办|办理|决定|提供|指定|有关|你|我", stem):
        return False
    if kind in ("agency", "court", "procuratorate"):
        return len(stem) >= 2 and (bool(_PLACE.search(stem)) or stem == "最高")
    return len(stem) >= 2


def _bare(text: str, kind: str) -> str:
    """The name without the phrase before it; "" where that cannot be told."""
    name = _LEADS.sub("", text) or text
    name = name if _is_body(name, kind) else text
    while (match := _LEAD.match(name)) is not None and _is_body(name[match.end() :], kind):
        name = name[match.end() :]
    return name if _is_body(name, kind) else ""


def _settle(seen: Sequence[_Seen]) -> dict[str, list[_Seen]]:
    """Gather what names one body: a name that stands alone takes those that end in it, and its misreadings."""
    groups: dict[str, list[_Seen]] = {}
    tally: dict[str, float] = {}
    for one in seen:
        tally[one.name] = tally.get(one.name, 0.0) + one.weight * (3.0 if one.alone else 1.0)
    solid = {one.name for one in seen if one.alone}
    heads = sorted(tally, key=lambda name: (name not in solid, -tally[name], name))
    home: dict[str, str] = {}
    for name in heads:
        lead = next((head for head in groups if _one_body(head, name)), None)
        home[name] = lead or name
        groups.setdefault(home[name], [])
    for one in seen:
        groups[home[one.name]].append(one)
    return groups


def _one_body(head: str, name: str) -> bool:
    """Whether two names are one body: one without the city before it, a character misread or lost."""
    if len(head) == len(name):
        return misread(head, name) or sum(a != b for a, b in zip(head, name, strict=True)) <= (
            1 if len(head) > 8 else 0
        )
    longer, shorter = (head, name) if len(head) > len(name) else (name, head)
    if longer.endswith(shorter):
        return True
    rest = iter(longer)
    return len(longer) - len(shorter) == 1 and len(shorter) > 6 and all(char in rest for char in shorter)


def _commonest(seen: Sequence[_Seen], papers: Sequence[Paper], weights: dict[str, float]) -> str:
    weighed = [replace(one, weight=one.weight * weights.get(papers[one.paper].document.type, 1.0)) for one in seen]
    return next(iter(_ranked(weighed)), "")


def _ranked(seen: Sequence[_Seen]) -> tuple[str, ...]:
    """The bodies, the one named most first, each under the reading that its mentions elect."""
    groups = sorted(_settle(seen).items(), key=lambda group: (-sum(one.weight for one in group[1]), group[0]))
    return tuple(dict.fromkeys(elect([(one.name, one.weight) for one in found]) for _, found in groups))


def _firm(papers: Sequence[Paper], seen: Sequence[_Seen], lawyer: tuple[str, ...]) -> str:
    """The unit of the lawyer assigned last: what the papers that name them name with them counts most."""
    last = _last_naming(papers, lawyer)
    votes: list[_Seen] = []
    for one in seen:
        paper = papers[one.paper]
        kind = paper.document.type
        if kind not in _CLIENTS_PAPERS and not _beside(paper.text, one.name, lawyer):
            continue
        weight = one.weight * _FIRM_WEIGHTS.get(kind, 0.6)
        weight *= 3.0 if one.paper == last else 1.0
        weight *= 2.0 if _beside(paper.text, one.name, lawyer) else 1.0
        votes.append(_Seen(one.name, weight, one.alone, one.paper))
    for index, paper in enumerate(papers):
        if paper.document.type in ("cover", "closing_report", "assignment_notice", "feedback_form"):
            votes.extend(
                _Seen(match["name"], 4.0 * paper.in_cells(*match.span("name")).trust, True, index)
                for match in _SLOT.finditer(paper.cells)
                if re.search(r"(?:事务所|服务所|援助中心|援助处|工作站|司法所)$", match["name"])
            )
    once: dict[tuple[int, str], _Seen] = {}
    for vote in votes:  # a cell is a slot, stands alone and is text: it counts once
        held = once.setdefault((vote.paper, vote.name), vote)
        if vote.weight > held.weight:
            once[vote.paper, vote.name] = vote
    return next(iter(_ranked(tuple(once.values()))), "")


def _last_naming(papers: Sequence[Paper], lawyer: tuple[str, ...]) -> int:
    """The last assignment in the file that names this lawyer; -1 where none does."""
    return max(
        (
            index
            for index, paper in enumerate(papers)
            if paper.document.type in ("assignment_notice", "reassignment_notice")
            and any(name in paper.text for name in lawyer)
        ),
        default=-1,
    )


def _beside(text: str, firm: str, lawyer: tuple[str, ...]) -> bool:
    """Whether the text joins firm and lawyer: 某某律师事务所张某律师; 张某, 某某律师事务所律师."""
    return any(
        re.search(rf"{re.escape(firm)}.{{0,8}}{re.escape(name)}|{re.escape(name)}.{{0,6}}{re.escape(firm)}", text)
        for name in lawyer
    )
