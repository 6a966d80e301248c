"""What the case is about: the charge or charges, or the cause of a civil, administrative or labour case."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.extraction.papers import CELL, Paper
from pipeline.law.matters import CHARGE, charges, names, official, settled
from pipeline.text.lookalikes import misread
from pipeline.text.names import HAN

_SLOT = re.compile(
    rf"(?:案由|罪名|涉嫌罪名|案由\(罪名\)|案由或罪名|涉案罪名|申请事由|事由|援助事项|案件名称)"
    rf"(?:\([^)\n]{{0,8}}\))?[:{CELL}]*(?P<name>[{HAN}、,()]{{2,40}})"
)
_CUT = re.compile(
    r"一案.*|(?:审判长|审判员|审理|承办|被告人|原告|被告|所处|类别|代理|援助|受援|阅卷|会见|第[一二三]次|书记|当事|办案|阶段|"
    r"性别|联系|立案|仲裁员|首席|诉讼|时间|地点|申请人).*"
)
_CHARGE = re.compile(
    rf"(?:涉嫌|犯有|犯了|犯(?!罪)|构成|罪名|案由|因)[:{CELL}]*"
    rf"(?P<name>(?:[{HAN}、,()]{{1,30}}?(?<!犯)罪)(?:[、,和及][{HAN}、]{{1,22}}?(?<!犯)罪)*)"
)
_CASE_OF = re.compile(rf"(?:因|为|[与诉].{{2,30}}?)(?P<name>[{HAN}、]{{3,28}}?)(?:法律援助)?一案")
_CIVIL = ("civil", "labour_arbitration")
_KINDS = {
    "criminal": (CHARGE, "special"),
    "administrative": ("administrative",),
}
_WEIGHTS = {
    "cover": 3.0, "assignment_notice": 3.0, "closing_report": 3.0, "approval_form": 2.5, "judgment": 2.0,
    "indictment": 2.0, "aid_letter": 2.0, "power_of_attorney": 1.5, "hearing_summons": 2.0, "hearing_record": 1.5,
    "arbitral_award": 2.0, "mediation_statement": 1.5, "acceptance_notice": 2.0, "aid_agreement": 2.0,
    "prosecution_opinion": 1.5, "defence_request": 2.0, "representation_request": 2.0,
}  # fmt: skip
_SILENT = frozenset({"evidence_material", "blank_page", "file_catalogue", "evidence_catalogue", "identity_proof"})
_ELSEWHERE = re.compile(r"(?:因犯|曾因|前科|同案|另案|办理|发现).{0,12}$")


def cause_of(papers: Sequence[Paper], kind: str) -> str:
    """The charge or cause in its official spelling, several charges joined by 、; "" where none is named."""
    votes: dict[str, float] = {}
    for paper in papers:
        if paper.document.type in _SILENT:
            continue
        weight = _WEIGHTS.get(paper.document.type, 1.0)
        given = list(_charges(paper) if kind == "criminal" else _causes(paper, _KINDS.get(kind, _CIVIL)))
        for name, score in given[:3]:
            votes[name] = votes.get(name, 0.0) + weight * score
    return _elected(votes, _KINDS.get(kind, _CIVIL))


def _slots(paper: Paper) -> Iterator[tuple[str, float]]:
    """What stands in the slots for charge or cause, with the line below where the cell goes on, and its score."""
    for match in _SLOT.finditer(paper.cells):
        span = paper.in_cells(*match.span("name"))
        name = _CUT.sub("", match["name"])
        whole = len(name) == len(match["name"])
        more = paper.below(*match.span("name")) if whole else ""
        yield name.strip("、,:()") if not more else f"{name}{more}", span.score**2 * (1 - 0.5 * span.hand)


def _charges(paper: Paper) -> Iterator[tuple[str, float]]:
    for name, score in _slots(paper):
        found = charges(name)
        if found and (name.endswith("罪") or all(official(one, (CHARGE,)) for one in found)):
            yield "、".join(found), 2.0 * score
    for match in _CHARGE.finditer(paper.text):
        if _ELSEWHERE.search(paper.text[max(0, match.start() - 14) : match.start()]):
            continue
        found = charges(re.sub(r"^(?:涉嫌|犯有?|的|一案|因)+", "", match["name"]))
        if found and all(len(one) < 24 for one in found):
            known = all(official(one, (CHARGE,)) for one in found)
            yield "、".join(found), 1.0 if known else 0.3


def _causes(paper: Paper, kinds: tuple[str, ...]) -> Iterator[tuple[str, float]]:
    for name, score in _slots(paper):
        if 2 < len(name) < 30:
            yield settled(name, kinds), 2.0 * score
    for match in _CASE_OF.finditer(paper.text):
        name = settled(_party_free(match["name"]), kinds)
        if official(name, kinds) or re.search(r"(?:纠纷|争议|确认|认定|赔偿|登记|处罚)$", name):
            yield name, 1.0 if official(name) else 0.4


def _party_free(name: str) -> str:
    """What is left of "某某公司劳动争议" when the party before the cause is taken off."""
    name = re.sub(r"^.*(?:公司|厂|局|委员会|政府|店|医院|学校|中心)(?=.{3,})", "", name)
    tails = [name[start:] for start in range(len(name) - 2) if name[start:] in names()]
    return tails[0] if tails else name


def _elected(votes: dict[str, float], kinds: tuple[str, ...]) -> str:
    """The name with most votes, those that may be its misreadings voting with it."""
    points = dict(votes)
    for name in votes:
        for other, weight in votes.items():
            if name != other and misread(name, other):
                points[name] += weight
            elif name != other and len(other) < len(name) and name.startswith(other) and not official(other, kinds):
                points[name] += 0.5 * weight  # the line that it goes on in was not found
    return max(sorted(points), key=lambda name: (points[name], votes[name]), default="")
