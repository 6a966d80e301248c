"""Where papers name people, and as what: slots of forms, headings of parties, signature lines, assignments.

A mention says what the paper calls somebody (`claim`); who of them is the client, who the opponent, and which
spellings are one person is settled over the whole file in persons.py.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import resources

from pipeline.extraction.papers import CELL, Paper, Span
from pipeline.text.names import HAN, likely_name, plausible_name, unmistakable_name

AID_FORMS = frozenset({
    "cover", "aid_application", "application_mandate", "application_receipt", "intake_record", "approval_form",
    "aid_decision", "assignment_notice", "reassignment_approval", "reassignment_notice", "aid_letter",
    "assignment_reply", "detention_visit_letter", "recipient_rights_notice", "lawyer_rights_notice",
    "litigation_risk_notice", "aid_agreement", "power_of_attorney", "closing_report", "feedback_form",
    "quality_evaluation_form", "subsidy_approval", "client_interview", "client_talk", "aid_termination",
    "supplement_notice", "aid_service_return", "hardship_certificate", "hardship_statement", "file_reading_record",
    "situation_note", "work_log", "law_firm_letter",
})  # fmt: skip
"""Papers of the aid agency and of the assigned lawyer: whom they name as lawyer is the client's own."""
_APPLICANTS_PAPERS = frozenset({
    "aid_application", "application_mandate", "application_receipt", "intake_record", "approval_form",
    "hardship_certificate", "hardship_statement", "identity_proof", "supplement_notice", "aid_service_return",
    "aid_decision",
})  # fmt: skip
_ASSIGNING = frozenset({"assignment_notice", "reassignment_notice"})
_NAMING_LAWYER = _ASSIGNING | {"aid_letter", "assignment_reply", "detention_visit_letter", "law_firm_letter"}
_CONTRACTS = frozenset({"power_of_attorney", "aid_agreement"})
_TO_CLIENT = frozenset({
    "aid_decision", "recipient_rights_notice", "reassignment_notice", "supplement_notice", "litigation_risk_notice",
    "aid_termination",
})  # fmt: skip

_LABELS: dict[str, list[str]] = tomllib.loads(
    resources.files("pipeline.extraction").joinpath("labels.toml").read_text("utf-8")
)
_CLAIM_OF = {label: claim for claim, labels in _LABELS.items() for label in labels}
_PARTY = frozenset(
    {"accused", "plaintiff", "defendant", "third", "victim", "committed", "fellow", "answerer", "answered"}
)
_LISTED = _PARTY | {"witness", "lawyer", "agent", "apart", "official"}

_NAMELESS = frozenset({"blank_page", "file_catalogue", "evidence_catalogue"})
_DIALOGUES = frozenset({
    "hearing_record", "lawyer_hearing_notes", "client_interview", "client_talk", "interrogation_record",
    "investigation_record", "group_discussion",
})  # fmt: skip
"""Papers in which a label and a colon also begin what somebody says."""
_SLOTS_ONLY = frozenset({"applicant", "proxy", "lawyer", "former", "official", "agent", "nobody", "addressed"})
"""What forms print so often in running text that only a slot or a line of its own tells a name behind it."""
_MARGIN = 0.08
"""A row that ends nearer to the right margin than this (fraction of the width) goes on in the next."""
_FULL = 0.7
"""No row that ends before this fraction of the width is full, however short the others are."""

NAME = rf"(?:[{HAN}]{{1,10}}(?:·[{HAN}]{{1,10}}){{1,4}}|[{HAN}]{{2,4}}?)"
_BEHIND = (
    "性别|身份|案由|因|的|与|和|及|一案|涉嫌|犯|男|女|诉|民族|单位|承办|住|联系|年龄|申请|签|捺|系|律师|为|辩护|电话|"
    "职业|出生|文化|涉|被|所犯|类别|会见|记录|审判|书记|公诉|阅卷|人民|代理|法定|委托|执业|于|同志|先生|女士|到庭|在|"
    "不服|之|等|提出|提供|驾|持|将|向|以|到|经|对|主动|伙同|明知|归案|犯有|案|所处|援助|其|家|未|自|已|称|辩称|诉称|"
    "所|承担|担任|办理|指派|接受|编号|证号|日期|时间|受援|审查|负责|经办|原|第|工作|所在|是|拟|罪名"
)
_END = rf"(?=[^{HAN}·]|{_BEHIND}|$)"
_LIST_END = rf"(?=\n?(?:[^{HAN}·\n]|的|等|和|与|及|均|到庭|证|陈述|诉|两人|二人|三人|律师)|\n?$)"
_LABEL = "|".join(re.escape(label) for label in sorted(_CLAIM_OF, key=len, reverse=True))
_GAP = rf"(?:姓名|名称|名单|签名|签字|签章|\([^)\n]{{0,14}}\)|[:{CELL}一二三1-9.](?![\d]))*"
_LABELLED = re.compile(rf"(?P<label>{_LABEL})(?P<gap>{_GAP})")
_NAME = re.compile(rf"{NAME}{_END}")
_NAME_SLOT = re.compile(rf"(?:^|[\n{CELL},;])姓名[:{CELL}]*(?P<name>{NAME}){_END}")
_MORE = re.compile(rf"\n?[,和及与]\n?(?P<name>[{HAN}](?:\n?[{HAN}]){{1,3}}?){_LIST_END}")
"""A further name of a list, which may go on in the next row (folded, its marks are commas)."""
_OPENING = re.compile(
    r"(?:\([^)]{0,24}\))?(?:[,;\t](?:男|女|性别|曾用名|绰号|又名|化名|自报|[\u4e00-\u9fff]{1,3}族|生于|19\d\d|20[01]\d|公民身份|身份证)"
    r"|(?:男|女)[,;\t]|性别[:男女])"
)
_SPEAKS_OF_OTHERS = re.compile(r"(?:要求|有权|应当|可以|或者)$")

_ASSIGNED = re.compile(
    rf"(?P<verb>指派|安排|委派|改派|更换为|变更为|调整为|改由|委托|确定|由)(?:你|贵|我|本|该)?(?:所|单位|处|中心|机构|站)?"
    rf"(?:的)?(?:[{HAN}()]{{2,18}}?(?:事务所|服务所|律所|援助中心|援助处|工作站))?(?:的)?(?:专职|执业|承办)?"
    rf"(?:律师|法律工作者|工作人员)?(?P<name>{NAME})(?P<more>(?:[,和及与]{NAME})*)"
    r"(?=律师|实习|同志|法律工作|\(|承办|担任|办理|作为|为|提供|代理|接替|继续|[,;。.]|等)"
)
_OF_FIRM = re.compile(
    rf"(?:事务所|服务所|律所|援助中心|工作站)(?:的)?(?:执业|专职)?(?:律师|法律工作者)?(?P<name>{NAME})(?P<more>(?:[,和及与]{NAME})*)"
    r"(?=律师|同志|法律工作|\(|承办|担任|办理|作为|为|提供|代理|在|接替|[,;。.])"
)
_ADDRESSEE = re.compile(rf"(?m)^(?P<name>{NAME})(?:律师|同志|先生|女士)?[:;]")
_LAWYER_ADDRESSED = re.compile(rf"(?m)^(?P<name>{NAME})(?:律师|法律工作者)[:;]?$")
_YOU = re.compile(r"(?:由|安排|指派|委派|确定)你(?!所|单|处|中|律|们单|院|局)|你(?:为|担任|承办)")


_ELSEWHERE = re.compile(
    rf"(?:伙同|明知|被告人|嫌疑人|[与和同跟及,])(?P<name>{NAME})\((?:均|已|系|另)?(?:另案|在逃|已判|案处理|已起诉|已被判)"
)
_BODY = re.compile(
    rf"(?P<label>原告|被告|被申请人|申请人|第三人|上诉人|被上诉人)(?:\([^)\n]{{0,16}}\))?(?P<gap>[:{CELL}]*)"
    rf"(?P<name>[{HAN}][{HAN}()]{{3,30}}?(?:公司|局|厂|店|医院|学校|大学|中学|小学|幼儿园|委员会|政府|合作社|银行|支行|分行|"
    rf"分公司|支公司|经营部|办事处|事务所|商行|集团|工程队|工作室|养殖场|农场|林场|宾馆|酒店|饭店|超市|研究院|社区|企业|项目部))"
    rf"(?=[,.;:(\n{CELL}]|$)"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as a paper gives it.

    `claim`: what the paper calls its bearer (a key of `_LABELS`). `opening`: it opens the description of a party.
    `assigned`: an assignment names them. `slot`: it fills a slot, a cell or a signature line of its own. `near`: the
    party described last before it in the same paper, "" where none.
    """

    name: str
    claim: str
    paper: int
    kind: str
    span: Span
    opening: bool = False
    assigned: bool = False
    slot: bool = False
    near: str = ""

    @property
    def weight(self) -> float:
        return self.span.trust


def mentions_of(papers: Sequence[Paper]) -> tuple[Mention, ...]:
    """Everybody whom the papers name in a slot, a heading, a signature line or in running text, in file order.

    In the middle of a sentence only what a slot gave elsewhere, or what is unmistakably a name, is taken for one.
    """
    told = [(index, paper) for index, paper in enumerate(papers) if paper.document.type not in _NAMELESS]
    found = [one for index, paper in told for one in (*_behind_labels(index, paper, ()), *_addressed(index, paper))]
    bodies = [one for index, paper in told for one in _bodies(index, paper)]
    known = tuple(sorted({one.name for one in found}, key=lambda name: (-len(name), name)))
    for index, paper in told:
        for one in (*_behind_labels(index, paper, known), *_assigned(index, paper), *_apart(index, paper)):
            name = next((other for other in known if one.name.startswith(other)), one.name)
            if name in known or unmistakable_name(name):
                found.append(replace(one, name=name))
    found.extend(bodies)
    found.sort(key=lambda one: (one.paper, one.span.page, one.span.box.y0, one.span.box.x0))
    return tuple(_with_parties(found))


def _with_parties(found: Iterable[Mention]) -> Iterator[Mention]:
    paper, near = -1, ""
    for one in found:
        near = near if one.paper == paper else ""
        paper = one.paper
        yield replace(one, near=near)
        if one.claim in _PARTY or one.claim == "recipient":
            near = one.name


def _behind_labels(index: int, paper: Paper, known: Sequence[str]) -> Iterator[Mention]:
    """Mentions behind labels: without `known` names those in slots, with them those in the middle of a sentence.

    A slot is behind a colon or in a cell of its own; or label and name fill a row, or begin it up to a comma.
    """
    kind = paper.document.type
    for layer, match, start, end in _matches(paper, known):
        label, gap = match["label"], match["gap"]
        claim = _claim(label, kind, match)
        if claim == "nobody":
            continue
        before = layer[max(0, match.start() - 3) : match.start()]
        for first, last in [(start, end), *(_more(layer, end) if claim in _LISTED else ())]:
            rest = layer[last : last + 60]
            opening = claim in _PARTY | {"applicant"} and bool(_OPENING.match(rest.replace("\n", "")))
            alone = (not before or before[-1] in f"\n{CELL}") and (not rest or rest[0] in f"\n{CELL}")
            heads = (not before or before[-1] == "\n") and bool(rest) and rest[0] in ",;("
            solid = opening or ":" in gap or CELL in gap or ")" in gap or alone or heads
            name = layer[first:last].replace("\n", "")
            if first != start and not unmistakable_name(name):
                continue
            if solid == bool(known) or not plausible_name(name):
                continue
            if solid and kind in _DIALOGUES and not likely_name(name):
                continue  # 被告人:没有意见
            if not solid and (claim in _SLOTS_ONLY or _SPEAKS_OF_OTHERS.search(before)):
                continue
            span = paper.in_cells(first, last) if layer is paper.cells else paper.in_text(first, last)
            told = "recipient" if label == "我叫" else claim
            yield Mention(name, told, index, kind, span, opening, slot=solid)
    if kind in _APPLICANTS_PAPERS and not known:
        named = next((one for one in _NAME_SLOT.finditer(paper.cells) if plausible_name(one["name"])), None)
        if named:
            yield Mention(named["name"], "applicant", index, kind, paper.in_cells(*named.span("name")))


def _matches(paper: Paper, known: Sequence[str]) -> Iterator[tuple[str, re.Match[str], int, int]]:
    """(layer, label, start and end of the name): as the cells have them, then those over the end of a full row."""
    for match in _LABELLED.finditer(paper.cells):
        end = _name_end(paper.cells, match.end(), known)
        if end:
            yield paper.cells, match, match.end(), end
    full, short = _breaks(paper)
    for match in _LABELLED.finditer(paper.text):
        end = _name_end(paper.text, match.end(), known)
        if end and not any(match.start() < at < end for at in short) and any(match.start() < at < end for at in full):
            yield paper.text, match, match.end(), end


def _name_end(layer: str, start: int, known: Sequence[str]) -> int:
    """Where the name that begins here ends; 0 where none does."""
    name = next((name for name in known if layer.startswith(name, start)), "")
    if name:
        return start + len(name)
    match = _NAME.match(layer, start)
    return match.end() if match else 0


def _more(layer: str, end: int) -> Iterator[tuple[int, int]]:
    """The other names of a list: 被害人林某、李某、张某."""
    while (more := _MORE.match(layer, end)) is not None:
        yield more.span("name")
        end = more.end("name")


def _breaks(paper: Paper) -> tuple[list[int], list[int]]:
    """Offsets in the running text where a row ended, of rows that go on to the right margin and of others."""
    full: list[int] = []
    short: list[int] = []
    right = max(max((place.row.box.x1 for place in paper.places), default=1.0), _MARGIN + _FULL)
    at = 0
    for place, row in zip(paper.places, paper.rows.split("\n"), strict=False):
        at += len(row)
        (full if place.row.box.x1 > right - _MARGIN else short).append(at)
    return full, short


def _claim(label: str, kind: str, match: re.Match[str]) -> str:
    claim = _CLAIM_OF[label]
    if label == "申请人":
        if kind == "reassignment_approval":
            return "nobody"
        return "applicant" if kind in AID_FORMS or kind == "identity_proof" else "plaintiff"
    if claim == "applicant" and (
        (label == "委托人" and kind not in _CONTRACTS)
        or (label == "本人" and (kind not in _APPLICANTS_PAPERS or match["gap"]))
        or (label == "我叫" and kind not in ("client_interview", "client_talk"))
    ):
        return "nobody"
    if label in ("讯问人", "询问人", "谈话人", "约见人") and kind == "interrogation_record":
        return "official"
    if claim == "lawyer" and kind not in AID_FORMS:
        return "official" if label in ("承办人", "承办人员") else "agent"
    if claim == "agent" and kind in AID_FORMS:
        return "lawyer" if kind in _CONTRACTS | _NAMING_LAWYER else "agent"
    return claim


def _apart(index: int, paper: Paper) -> Iterator[Mention]:
    """People who are dealt with in another case: 吕某某(另案处理)."""
    for match in _ELSEWHERE.finditer(paper.text):
        if plausible_name(match["name"]):
            span = paper.in_text(*match.span("name"))
            yield Mention(match["name"], "apart", index, paper.document.type, span)


def _bodies(index: int, paper: Paper) -> Iterator[Mention]:
    """Companies and authorities that are parties, as their heading or a slot names them."""
    for match in _BODY.finditer(paper.cells):
        claim = _claim(match["label"], paper.document.type, match)
        yield Mention(match["name"], claim, index, paper.document.type, paper.in_cells(*match.span("name")), True)


def _assigned(index: int, paper: Paper) -> Iterator[Mention]:
    kind = paper.document.type
    if kind not in _NAMING_LAWYER | _CONTRACTS | {"client_interview", "client_talk", "closing_report"}:
        return
    seen: set[str] = set()
    patterns = (_ASSIGNED, _OF_FIRM) if kind in _NAMING_LAWYER | _CONTRACTS else (_OF_FIRM,)
    for pattern in patterns:
        for match in _starting(pattern, paper.text):
            for start, end in [match.span("name"), *_listed(match)]:
                name = paper.text[start:end]
                if plausible_name(name) and name not in seen and not paper.text[: match.start()].endswith("原"):
                    seen.add(name)
                    span = paper.in_text(start, end)
                    yield Mention(name, "lawyer", index, kind, span, assigned=kind in _ASSIGNING)


def _starting(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Matches one behind the other; where what was taken for a name is none, the search goes on inside."""
    at = 0
    while (match := pattern.search(text, at)) is not None:
        if plausible_name(match["name"]):
            yield match
            at = match.end()
        else:
            at = match.start() + 1


def _listed(match: re.Match[str]) -> Iterator[tuple[int, int]]:
    for more in re.finditer(rf"[,和及与](?P<name>[{HAN}·]+)", match["more"]):
        start = match.start("more") + more.start("name")
        yield start, start + len(more["name"])


def _addressed(index: int, paper: Paper) -> Iterator[Mention]:
    kind = paper.document.type
    head = "\n".join(paper.cells.split("\n")[:8])
    if kind in _TO_CLIENT:
        match = _ADDRESSEE.search(head)
        if match and plausible_name(match["name"]):
            yield Mention(match["name"], "recipient", index, kind, paper.in_cells(*match.span("name")))
    elif kind == "lawyer_rights_notice" or (kind == "assignment_notice" and _YOU.search(paper.text)):
        match = _LAWYER_ADDRESSED.search(head) or _ADDRESSEE.search(head)
        if match and plausible_name(match["name"]):
            span = paper.in_cells(*match.span("name"))
            yield Mention(match["name"], "lawyer", index, kind, span, assigned=kind in _ASSIGNING)
