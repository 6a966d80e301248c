"""Whose date it is and of which stage: several assignments, meetings and readings in one file kept apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.casefile import DateFact, Person
from pipeline.extraction.papers import Paper

LAWYERS = frozenset(
    {
        "assignment", "assignment_received", "reassignment", "reply", "letter", "agreement", "power_of_attorney",
        "lawyer_notice", "interview", "file_reading", "statement", "plea", "investigation", "hearing_noted",
        "closing_report", "notice", "notice_received", "application", "review", "approval", "decision",
    }
)  # fmt: skip
"""Roles of the aid itself: they belong to one lawyer and to one stage of the proceedings."""
_CRIMINAL = re.compile(r"犯罪嫌疑人|被告人|刑事|辩护|侦查|涉嫌|人民检察院")
# A form's choices of which none is ticked say nothing; a ticked one says it all.
_STAGE = r"(?:侦查|审查起诉|审查批捕|审判|一审|二审|再审|死刑复核|申诉)(?:阶段|期间)?"
_UNTICKED = re.compile(rf"[□☐口]\s*{_STAGE}")
_TICKED = re.compile(rf"[☑√✓✔■☒]\s*(?P<stage>{_STAGE})")
_NAMED = (
    ("investigation", re.compile(r"侦查(?:阶段|期间)|(?:处于|处在|系|为|阶段:?)侦查|犯罪侦查")),
    ("prosecution_review", re.compile(r"审查起诉")),
    ("trial", re.compile(r"审判阶段|审判期间|一审|二审|再审|开庭审理|本院审理的?")),
)
_ORGAN = re.compile(
    r"(?P<investigation>公安局|公安分局|监察委)|(?P<prosecution_review>检察院)|(?P<trial>人民法院)(?!通知|指定|指派)"
)
_OF_TICK = {"侦": "investigation", "审查批": "investigation", "审查起": "prosecution_review"}
_SPEAKER = re.compile(r"(?:^|(?<=\W))(?:问|答|律师|受援人):")
_AS_LAWYER = (
    r"(?:会见人|约见人|谈话人|阅卷人|会见律师|承办律师|承办人|承办人员|法律援助人员|辩护人|代理人|受托人|"
    r"指派|更换为|变更为|安排|由)"
)


def owned(dates: Iterable[DateFact], papers: Sequence[Paper], persons: Sequence[Person]) -> tuple[DateFact, ...]:
    """The dates with the lawyer and the stage that their own document names; "" where it names none or several."""
    by_id = {paper.document.id: paper for paper in papers}
    lawyers = [person for person in persons if person.part == "lawyer"]
    known: dict[str, tuple[str, str]] = {}
    kept = []
    for date in dates:
        if date.role in LAWYERS and not date.person and date.document in by_id:
            if date.document not in known:
                paper = by_id[date.document]
                known[date.document] = (lawyer_of(paper.text, lawyers), stage_of(paper.text))
            lawyer, stage = known[date.document]
            date = replace(date, person=lawyer, stage=stage)
        kept.append(date)
    return tuple(kept)


def stage_of(text: str) -> str:
    """The stage of criminal proceedings that a document's folded text names, "" where it names none or several.

    What is asked and answered in a record does not count: a client tells of all stages he went through.
    """
    spoken = _SPEAKER.search(text)
    head = text[: spoken.start()] if spoken else text
    if not _CRIMINAL.search(head):
        return ""
    ticked = {_stage_of_tick(match["stage"]) for match in _TICKED.finditer(head)}
    if len(ticked) == 1:
        return ticked.pop()
    head = _UNTICKED.sub("", head)
    named = [stage for stage, words in _NAMED if words.search(head)]
    if named:
        return named[0] if len(named) == 1 else ""
    # Who asks, who is asked and where the file was read stands before what the case is about.
    organ = _ORGAN.search(head)
    if organ is not None and organ.lastgroup:
        return organ.lastgroup
    return "trial" if re.search(r"(?<!另案)被告人", head) else ""


def _stage_of_tick(words: str) -> str:
    return next((stage for start, stage in _OF_TICK.items() if words.startswith(start)), "trial")


def lawyer_of(text: str, lawyers: Sequence[Person]) -> str:
    """The one of the case's lawyers whom a document's folded text names; of several the one it puts to work."""
    named = [person.name for person in lawyers if any(spelling in text for spelling in (person.name, *person.variants))]
    if len(named) < 2:
        return named[0] if named else ""
    put = rf"(?<!原){_AS_LAWYER}(?!通知书|审批表|告知书)[^,。;\n]{{0,24}}?(?<![因原])"
    working = [name for name in named if re.search(put + re.escape(name), text)]
    return working[0] if len(working) == 1 else ""
