"""What a pack's `when` asks of a file: did the client bring the case, was there a hearing, was there a means test.

Each answer says why; None means that the file does not tell, and then nothing is said to be missing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.casefile import Document
from pipeline.detectors.base import Lawful
from pipeline.detectors.endings import closed_by, early_end
from pipeline.detectors.order import said_of_case
from pipeline.detectors.view import CaseView
from pipeline.packs.pack import When

_OFFICIAL = (
    "judgment", "arbitral_award", "mediation_statement", "ruling", "hearing_record", "hearing_summons",
    "acceptance_notice", "civil_complaint", "arbitration_application", "appeal", "answer",
)  # fmt: skip
_CLAIMS = r"(?<!反诉)(?<!被)(?<!原审)(原告|申请人|上诉人|再审申请人|申诉人|申请执行人|具状人|起诉人)"
_ANSWERS = r"(反诉原告|被告|被申请人|被上诉人|被申诉人|被执行人|答辩人)"
_WRITTEN = re.compile(
    r"(不(公开)?开庭|未(经)?开庭|书面)(审理|审查|进行审理|进行了审理)|决定不开庭|迳行(判决|裁判)|径行(判决|裁判)"
)
# A ruling on the way to judgment ends nothing.
_INTERIM = re.compile(
    r"保全|冻结|查封|扣押|管辖权?异议|移送管辖|先予执行|(转为|适用)(普通|简易)程序|补正[^.;]{0,12}(笔误|判决)|中止审理|延长审(理期)?限"
)
# 法援法§32、§42; 条例与地方条例所列免予核查的情形. A printed form may list them all: only what was answered counts.
_EXEMPT = re.compile(
    r"免(予|于)?(核查|审查|提交|提供)[^.;]{0,8}(经济|困难)|不受经济困难条件(的)?限制|无需(核查|审查|提交)[^.;]{0,8}经济"
    r"|(农民工|进城务工人员?)[^.;]{0,16}(工资|劳动报酬|工伤|欠薪)|(追索|拖欠|请求支付|讨要)[^.;]{0,6}(劳动报酬|工资|农民工工资)|讨薪|欠薪"
    r"|工伤(赔偿|待遇|保险待遇|认定)|低保(户|对象|家庭)|最低生活保障|特困(人员|供养)|五保|社会救助|司法救助|优抚|烈士|军人军属|军属|退役军人"
    r"|见义勇为|家庭暴力|虐待|遗弃|再审改判无罪|强制医疗"
)
_EXEMPTING = ("aid_application", "approval_form", "aid_decision", "situation_note", "intake_record")


@dataclass(frozen=True, slots=True)
class Answered:
    """Whether a condition holds, why, and the lawful reason where it is one that takes a duty away."""

    met: bool | None
    why: str
    lawful: Lawful | None = None


def holds(case: CaseView, when: When) -> Answered:
    """Whether the case is of the sort that `when` names."""
    match when:
        case "always":
            return Answered(True, "")
        case "claimant":
            return _claimant(case)
        case "heard":
            return _heard(case)
        case "adjudged":
            return _adjudged(case)
        case "mediated":
            told = closed_by(case)
            return Answered(
                True if told is not None and told[0] in ("调解", "和解") else None, "结案报告未载明调解结案"
            )
        case "means_tested":
            return _means_tested(case)
        case "prosecuted":
            return _prosecuted(case)
        case "first_instance":
            return _first_instance(case)


def answers_by(case: CaseView) -> tuple[tuple[Document, ...], tuple[Document, ...], tuple[Document, ...]]:
    """The file's answers (答辩状): the client's own, the opponents', and those that name nobody who is known."""
    own: list[Document] = []
    others: list[Document] = []
    unknown: list[Document] = []
    for document in case.of_type("answer"):
        side = _side_of(case, document)
        (own if side == "own" else others if side == "other" else unknown).append(document)
    return tuple(own), tuple(others), tuple(unknown)


def _side_of(case: CaseView, document: Document) -> str:
    """Whose answer it is: by the names behind 答辩人 and 被答辩人; "unknown" where neither is a party that is known."""
    text = case.text_of(document)
    ours, theirs = client_names(case), opponent_names(case)
    for match in re.finditer(r"(被?)答辩人(\([^)]{0,10}\))?[:,]", text):
        behind, answered = text[match.end() : match.end() + 40], bool(match[1])
        if any(_begins(behind, name) for name in ours):
            return "other" if answered else "own"
        if any(_begins(behind, name) for name in theirs):
            return "own" if answered else "other"
        # Legal aid is for people: a company or an authority is not the client.
        if not answered and len(re.split(r"[,.;:(]", behind)[0]) > 4 and ours:
            return "other"
    return "unknown"


def client_names(case: CaseView) -> tuple[str, ...]:
    """The client's name with its misreadings, best first."""
    names = [case.people.recipient]
    for person in case.case.persons:
        if person.part == "recipient":
            names += [person.name, *person.variants]
    return tuple(dict.fromkeys(name for name in names if len(name) >= 2))


def opponent_names(case: CaseView) -> tuple[str, ...]:
    """The names of all who stand against the client, with their misreadings."""
    others = [person for person in case.case.persons if person.part == "opponent"]
    return tuple(name for person in others for name in (person.name, *person.variants))


def _begins(text: str, name: str) -> bool:
    return bool(name) and _alike(text[: len(name)], name)


def _alike(one: str, other: str) -> bool:
    """The same name, or one character of three or more misread."""
    same = sum(a == b for a, b in zip(one, other, strict=False))
    return one == other or (len(one) == len(other) and len(one) >= 3 and same >= len(one) - 1)


def _claimant(case: CaseView) -> Answered:
    names = client_names(case)
    if not names:
        return Answered(None, "受援人姓名未能读出")
    if answers_by(case)[0]:
        return Answered(False, "受援人为被告(被申请人), 卷内有其答辩状")
    name = "|".join(map(re.escape, names))
    claims = answers = 0
    for document in case.of_type(*_OFFICIAL):
        text = case.text_of(document)
        claims += len(re.findall(rf"{_CLAIMS}(\([^)]{{0,10}}\))?[:,]?({name})", text))
        answers += len(re.findall(rf"{_ANSWERS}(\([^)]{{0,10}}\))?[:,]?({name})", text))
    if claims == answers:
        return Answered(None, "不能断定受援人是哪一方当事人")
    return Answered(claims > answers, "受援人为被告(被申请人)")


def _heard(case: CaseView) -> Answered:
    written = case.says(_WRITTEN.pattern, "judgment", "ruling", "arbitral_award", "situation_note")
    if written and not case.of_type("hearing_record", "hearing_summons"):
        document, page, words = written
        why = f"不开庭审理: {document.title} (第{page}页) “{words}”"
        return Answered(False, why, Lawful(why, "note", document.id, (page,)))
    ended = early_end(case)
    if ended is not None:
        return Answered(False, ended.why, ended)
    if case.criminal:
        return Answered(True, "")
    if case.dates("hearing", "hearing_told") or case.of_type("judgment", "arbitral_award"):
        return Answered(True, "")
    return Answered(None, "不能断定是否开庭")


def _adjudged(case: CaseView) -> Answered:
    """Whether a judgment or award should be there: not where a settlement, withdrawal or ruling ended the case."""
    ended = early_end(case)
    if ended is not None:
        return Answered(False, ended.why, ended)
    for document in case.of_type("ruling"):
        if not _INTERIM.search(document.title + case.text_of(document)):
            why = f"裁定结案: {document.title} (第{document.first}页)"
            return Answered(False, why, Lawful(why, "note", document.id, (document.first,)))
    return Answered(True, "")


def _means_tested(case: CaseView) -> Answered:
    for document in case.of_type(*_EXEMPTING):
        text = case.text_of(document)
        for match in _EXEMPT.finditer(text):
            if not said_of_case(text, match.start(), match.end()):
                continue
            why = f"免予核查经济困难状况: {document.title} (第{document.first}页) “{match[0]}”"
            return Answered(False, why, Lawful(why, "note", document.id, (document.first,)))
    cause = case.people.charge_or_cause
    if re.search(r"劳动报酬|工资|工伤|欠薪", cause):
        why = f"免予核查经济困难状况: 案由为{cause}"
        return Answered(False, why, Lawful(why, "note"))
    return Answered(True, "")


def _prosecuted(case: CaseView) -> Answered:
    private = case.of_type("representation_request") or case.says(
        "自诉(状|人|案)", "civil_complaint", "judgment", "ruling"
    )
    if private:
        why = "自诉或强制医疗案件, 没有起诉书"
        return Answered(False, why, Lawful(why, "note"))
    return Answered(True, "")


def _first_instance(case: CaseView) -> Answered:
    for document in case.of_type("appeal", "enforcement_document"):
        why = f"二审、再审或执行案件: {document.title} (第{document.first}页)"
        return Answered(False, why, Lawful(why, "note", document.id, (document.first,)))
    return Answered(True, "")
