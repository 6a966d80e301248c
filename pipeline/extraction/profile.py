"""What sort of case it is: kind, stage, entry and regime, each with what the answer rests on."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from pipeline.casefile import DateFact, Profile
from pipeline.extraction.declared import declared
from pipeline.extraction.grounds import strongest
from pipeline.extraction.papers import Paper
from pipeline.law.regimes import regime_on

CRIMINAL = "criminal"
_STAGES = ("investigation", "prosecution_review", "trial")

# Votes of the documents in the file for a kind; the lawyer's own and the court's papers weigh more than forms.
_KIND_BY_TYPE: dict[str, tuple[str, float]] = {
    "defence_request": (CRIMINAL, 3),
    "client_interview": (CRIMINAL, 2),
    "detention_visit_letter": (CRIMINAL, 2),
    "defence_statement": (CRIMINAL, 3),
    "indictment": (CRIMINAL, 3),
    "prosecution_opinion": (CRIMINAL, 3),
    "plea_affidavit": (CRIMINAL, 3),
    "detention_warrant": (CRIMINAL, 2),
    "arrest_warrant": (CRIMINAL, 2),
    "bail_decision": (CRIMINAL, 2),
    "apprehension_account": (CRIMINAL, 2),
    "residential_surveillance": (CRIMINAL, 2),
    "summons_warrant": (CRIMINAL, 1.5),
    "interrogation_record": (CRIMINAL, 1),
    "sentencing_proposal": (CRIMINAL, 2),
    "supplementary_investigation": (CRIMINAL, 2),
    "representation_request": (CRIMINAL, 3),
    "non_prosecution_decision": (CRIMINAL, 3),
    "arbitration_application": ("labour_arbitration", 4),
    "arbitral_award": ("labour_arbitration", 4),
    "civil_complaint": ("civil", 1.5),
    "client_talk": ("civil", 0.5),
}

# What the file's own papers say, in folded text: {pattern: (kind, votes)}. Numbers of cases are the surest.
_KIND_BY_TEXT: tuple[tuple[str, str, float], ...] = (
    (r"\d{4}[)\]].{1,12}刑(初|终|再|更)\d*", CRIMINAL, 2),
    (r"\d{4}[)\]].{1,12}民(初|终|再|申|特)\d*", "civil", 2),
    (r"\d{4}[)\]].{1,12}行(初|终|再|审|赔)\d*", "administrative", 4),
    (r"(劳人仲|劳仲|劳动人事争议仲裁|劳动争议仲裁)", "labour_arbitration", 1),
    (r"(人民调解委员会|人民调解协议书|调解委员会)", "non_litigation", 0.7),
    (r"行政(起诉状|判决书|裁定书|答辩状|复议)", "administrative", 2.5),
    (r"(非诉讼|非诉)(类|案件|代理|法律援助)", "non_litigation", 2),
    (r"民事(判决书|裁定书|调解书|起诉状|答辩状)", "civil", 1.5),
)


def profile_of(papers: Sequence[Paper], dates: Sequence[DateFact]) -> Profile:
    """Kind, stage, entry and regime of a case."""
    kind, kind_why = case_kind(papers)
    stage, stage_why = case_stage(papers, kind)
    entry, entry_why = case_entry(papers)
    regime, regime_why = case_regime(dates, entry)
    return Profile(kind, stage, entry, regime, (kind_why, stage_why, entry_why, regime_why))


def case_kind(papers: Sequence[Paper]) -> tuple[str, str]:
    """Criminal | civil | administrative | labour_arbitration | non_litigation, by the votes of all papers."""
    votes: dict[str, float] = dict.fromkeys(
        (CRIMINAL, "civil", "administrative", "labour_arbitration", "non_litigation"), 0.0
    )
    types = {paper.document.type for paper in papers}
    for kind_of_paper in sorted(types):
        if kind_of_paper in _KIND_BY_TYPE:
            kind, weight = _KIND_BY_TYPE[kind_of_paper]
            votes[kind] += weight
    for what, kind, weight in declared(papers):
        if what == "kind":
            votes[kind] += 3 * weight
        elif what == "class":
            for each in ("civil", "labour_arbitration", "non_litigation"):
                votes[each] += 1.5 * weight
        elif what == "organ_kind":
            votes[kind] += 2 * weight
    for paper in papers:
        if paper.document.type in ("evidence_material", "blank_page"):
            continue
        for pattern, kind, weight in _KIND_BY_TEXT:
            if re.search(pattern, paper.text):
                votes[kind] += weight
    if types & {"judgment", "civil_complaint", "hearing_record", "hearing_summons"}:
        votes["non_litigation"] -= 3
    if votes["administrative"] >= 6:
        votes["administrative"] += votes["civil"]
    if types & {"arbitration_application", "arbitral_award"} and not types & {"civil_complaint", "judgment"}:
        votes["civil"] -= 3
    best = max(votes, key=lambda kind: votes[kind])
    if votes[best] <= 0:
        return CRIMINAL, "案件类别: 卷内没有线索, 暂按刑事"
    return best, f"案件类别: {strongest((paper, _for_kind(paper, best)) for paper in papers) or '各处线索合计'}"


def _for_kind(paper: Paper, kind: str) -> float:
    """How much one paper alone says for a kind."""
    own, weight = _KIND_BY_TYPE.get(paper.document.type, ("", 0.0))
    points = weight if own == kind else 0.0
    points += sum(weight for what, value, weight in declared((paper,)) if value == kind and what != "source")
    if paper.document.type != "evidence_material":
        points += sum(weight for text, of, weight in _KIND_BY_TEXT if of == kind and re.search(text, paper.text))
    return points


def case_stage(papers: Sequence[Paper], kind: str) -> tuple[str, str]:
    """The stage the file was closed in: what the assignment says, checked against the latest papers of the organs."""
    if kind != CRIMINAL:
        stage = {"labour_arbitration": "arbitration", "non_litigation": "non_litigation"}.get(kind, "litigation")
        return stage, f"阶段: 由案件类别 ({kind}) 决定"
    votes = dict.fromkeys(_STAGES, 0.0)
    for what, stage, weight in declared(papers):
        if what in ("stage", "organ_stage"):
            votes[stage] += (3 if what == "stage" else 2) * weight
    for paper in papers:
        for stage, points in _stage_points(paper):
            votes[stage] += points
    if not any(votes.values()):
        return "investigation", "阶段: 卷内没有检察机关和法院的文书, 按侦查阶段"
    best = max(votes, key=lambda stage: (votes[stage], _STAGES.index(stage)))
    return best, f"阶段: {strongest((paper, _for_stage(paper, best)) for paper in papers)}"


def _for_stage(paper: Paper, stage: str) -> float:
    """How much one paper alone says for a stage."""
    slots = [
        weight for what, value, weight in declared((paper,)) if what in ("stage", "organ_stage") and value == stage
    ]
    return sum(points for of, points in _stage_points(paper) if of == stage) + 2 * sum(slots)


_STAGE_BY_TYPE: dict[str, tuple[str, float]] = {
    "judgment": ("trial", 4),
    "ruling": ("trial", 1.5),
    "hearing_record": ("trial", 3),
    "hearing_summons": ("trial", 3),
    "defence_statement": ("trial", 2),
    "indictment": ("trial", 0.5),
    "non_prosecution_decision": ("prosecution_review", 3),
    "court_service_return": ("trial", 1),
    "prosecution_opinion": ("prosecution_review", 0.5),
    "plea_affidavit": ("prosecution_review", 0.3),
}
_STAGE_FORMS = {
    "approval_form", "assignment_notice", "aid_letter", "defence_request", "aid_agreement", "power_of_attorney",
    "assignment_reply", "cover", "client_interview", "file_reading_record",
}  # fmt: skip

_ORGANS_LETTERS = {"defence_request", "legal_opinion", "arrest_warrant"}


def _stage_points(paper: Paper) -> list[tuple[str, float]]:
    points = []
    if paper.document.type in _STAGE_BY_TYPE:
        points.append(_STAGE_BY_TYPE[paper.document.type])
    if paper.document.type in _ORGANS_LETTERS:
        head = paper.text[:240]
        if re.search(r"(我|本)(局|队|大队|分局)|(公安局|分局)[:：]", head):
            points.append(("investigation", 1.5))
        if re.search(r"本院.{0,6}审查起诉|审查起诉的|不起诉", head):
            points.append(("prosecution_review", 1.5))
    if paper.document.type in _STAGE_FORMS:
        text = paper.text
        if re.search(r"侦查(阶段|终结止|期间)|阶段.{0,4}侦查|(公安局|分局)[:：]", text):
            points.append(("investigation", 1.5))
        if re.search(r"审查起诉(阶段|终结|期间)|阶段.{0,4}审查起诉|检察院[:：]", text):
            points.append(("prosecution_review", 1.5))
        if re.search(r"(一审|二审|再审|审判)(阶段|程序|宣判|判决)?|阶段.{0,4}(一审|二审|审判)|人民法院[:：]", text):
            points.append(("trial", 1.5))
    return points


def case_entry(papers: Sequence[Paper]) -> tuple[str, str]:
    """Notice (通知辩护/通知代理) where an organ's request opened the case, application (依申请) otherwise."""
    types = {paper.document.type for paper in papers}
    sources = [(source, weight) for what, source, weight in declared(papers) if what == "source"]
    notice = 3.0 * bool(types & {"defence_request", "representation_request"}) + 1.5 * ("assignment_reply" in types)
    application = 3.0 * ("aid_application" in types) + 1.0 * ("aid_decision" in types)
    notice += sum(weight for source, weight in sources if source == "notice")
    application += sum(weight for source, weight in sources if source == "application")
    for paper in papers:
        if paper.document.type == "file_catalogue":
            notice += 1.5 * bool(_NOTICE_LISTED.search(paper.text))
            application += 1.5 * bool(_APPLICATION_LISTED.search(paper.text))
        if paper.document.type in _ASSIGNING and _BY_NOTICE.search(paper.text):
            notice += 1.0
        if paper.document.type in _ASSIGNING and _BY_APPLICATION.search(paper.text):
            application += 0.7
    if not types & _APPLICANTS and len(types) >= _ENOUGH and types & _CRIMINAL:
        notice += 1.0  # of the papers that an application brings none is there
    entry = "notice" if notice > application else "application"
    if not notice and not application:
        return entry, "受理方式: 未见通知, 按依申请"
    named = strongest((paper, _for_entry(paper, entry)) for paper in papers)
    told = "办案机关的通知" if entry == "notice" else "法律援助申请材料"
    return entry, f"受理方式: 卷内有{told}" + (f", 见{named}" if named else "")


def _for_entry(paper: Paper, entry: str) -> float:
    """How much one paper alone says for an entry."""
    kind = paper.document.type
    types = {"notice": _NOTICE_PAPERS, "application": _APPLICATION_PAPERS}[entry]
    points = types.get(kind, 0.0) + sum(
        w for what, value, w in declared((paper,)) if (what, value) == ("source", entry)
    )
    listed, by = (_NOTICE_LISTED, _BY_NOTICE) if entry == "notice" else (_APPLICATION_LISTED, _BY_APPLICATION)
    points += 0.5 * bool(kind == "file_catalogue" and listed.search(paper.text))
    return points + 1.0 * bool(kind in _ASSIGNING and by.search(paper.text))


_NOTICE_PAPERS = {"defence_request": 3.0, "representation_request": 3.0, "assignment_reply": 1.5}
_APPLICATION_PAPERS = {"aid_application": 3.0, "aid_decision": 1.0}


_ASSIGNING = ("assignment_notice", "aid_letter", "assignment_reply")
# 法律援助法 §36 is on organs' notices, §43 on decisions over applications; 条例 (2003) §20 is on notices.
_BY_NOTICE = re.compile(
    r"第三十六条|通知辩护|通知代理|指定辩护|(?:来函|来文|公函|通知书?)(?:已)?(?:收悉|收到)|"
    r"(?:你|贵)(?:院|局|队).{0,24}通知|法律援助条例.{0,2}第二十条|应当通知.{0,12}指派"
)
_NOTICE_LISTED = re.compile(r"通知辩护|指定辩护|(?:提供|指定)?法律援助通知书|通知代理|法律援助公函\(通知")
_APPLICATION_LISTED = re.compile(r"法律援助申请[表书]|援助申请|给予(?:法律)?援助决定|援助决定书")
_APPLICANTS = frozenset({
    "aid_application", "aid_decision", "hardship_certificate", "hardship_statement", "application_receipt",
    "supplement_notice", "application_mandate", "intake_record",
})  # fmt: skip
_ENOUGH = 8
"""Types of papers in a file from which on it can be told what is missing from it."""
_CRIMINAL = frozenset({"client_interview", "indictment", "prosecution_opinion", "defence_statement", "legal_opinion"})
_BY_APPLICATION = re.compile(r"第四十三条|(?:提出|提交|递交)的?.{0,16}申请|申请人.{0,12}经济困难|本人申请的")

_KEY_ROLES: dict[str, tuple[str, ...]] = {
    "application": ("application", "assignment", "approval", "decision"),
    "notice": ("notice_received", "notice", "assignment", "approval"),
}
_ANY_ROLES = ("agreement", "interview", "closing", "closing_report", "judgment")


def case_regime(dates: Sequence[DateFact], entry: str) -> tuple[str, str]:
    """The regime by the key date: application or receipt of the notice, the assignment's where that is missing.

    A key date that is not certain counts only where it fits the certain ones of the dates that follow it.
    """
    following = [date.value for date in dates if date.certain and date.role in _FOLLOWING]
    fitting = [date for date in dates if date.certain or _fits(date, following)]
    for among in (fitting, dates):
        for roles in (*((role,) for role in _KEY_ROLES[entry]), _ANY_ROLES):
            known = [date for date in among if date.role in roles]
            sure = [date for date in known if date.certain] or known
            if sure:
                key = min(sure, key=lambda date: date.value) if len(roles) > 1 else sure[0]
                return regime_on(
                    key.value
                ), f"适用规定: 关键日期 {key.value.isoformat()} ({key.role}), 第 {key.page} 页"
    return "R1", "适用规定: 卷内无可用日期, 按现行法律援助法"


_FOLLOWING = ("review", "approval", "decision", "assignment")
_USUAL = dt.timedelta(days=60)
"""From application or notice to the assignment, in a case that went its usual way."""


def _fits(date: DateFact, following: Sequence[dt.date]) -> bool:
    return any(dt.timedelta(0) <= later - date.value <= _USUAL for later in following)
