"""A case → its abstract for comparing with other files: own words without what forms, questions and frames print."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.casefile import CaseFile, Document, Line
from pipeline.detectors.opinions import frame_spans
from pipeline.detectors.passages import own_text
from pipeline.detectors.peers import GROUPS, Abstract, ComparedText, PlacedWords
from pipeline.detectors.view import CaseView
from pipeline.packs.load import Pack
from pipeline.text.case_numbers import find_case_numbers
from pipeline.text.normalise import content, fold

# 问 and 答 as engines read them, and who else is named as asking and answering.
_ASKS = re.compile(r"^\W*(?:[问间闻]|律师|承办人|会见人|代理人|辩护人)\W{0,2}[:;.]")
_ANSWERS = re.compile(r"^\W*(?:[答笞荅]|被会见人|受援人|当事人|被告人|犯罪嫌疑人|申请人)\W{0,2}[:;.]")
LEAST_ANSWERS = 3
"""Answers from which on a record counts as questions and answers."""
SHORT_ANSWER = 14
"""Characters below which an answer says what everybody says (同意, 听清楚了)."""
_FURNITURE = re.compile(
    r"签名|签字|捺印|手印|会见律师|记录人|被会见人|会见人|被谈话人|(?:以上|上述)(?:笔录|记录|内容)|看过.{0,6}(?:一样|相符|无误|一致|属实)"
    r"|性别.{0,6}|涉嫌罪名|起止时间|工作单位|联系电话|第.{0,3}次(?:会见|谈话)|此致|人民法院[:]?$"
)
_CHARGES = (
    "indictment",
    "judgment",
    "prosecution_opinion",
    "arbitral_award",
    "civil_complaint",
    "arbitration_application",
)
_CHARGE_LENGTH = 3000
_INSURER = re.compile(r"保险|银行|财险")


def abstract_of(case: CaseFile, pack: Pack) -> Abstract:
    """Take what comparing needs out of a case."""
    view = CaseView(case, pack)
    people = case.people
    client, others, opponents = [people.recipient], list(people.co_defendants), []
    for person in case.persons:
        spellings = [person.name, *person.variants]
        if person.part == "recipient":
            client += spellings
        elif person.part in ("co_defendant", "accomplice", "co_party"):
            others += spellings
        elif person.part == "opponent" and not _INSURER.search(person.name):
            opponents.append(person.name)
    charges = [document for kind in _CHARGES for document in case.of_type(kind)]
    return Abstract(
        case_id=case.case_id,
        regime=case.profile.regime,
        client=_each(client),
        others=_each(name for name in others if name not in client),
        opponents=_each(opponents),
        lawyer=people.lawyer,
        numbers=_each(_number(number) for number in people.case_numbers),
        charge=case.text_of(charges[0])[:_CHARGE_LENGTH] if charges else "",
        documents=case.documents,
        texts=tuple(_compared(view, document) for document in case.of_type(*GROUPS)),
    )


def _each(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))


def _number(text: str) -> str:
    """A number of a case, however it is written; numbers of legal aid are the agency's own and tell nothing."""
    found = find_case_numbers(text)
    return "" if "援" in text or not found else content(text)


def _compared(view: CaseView, document: Document) -> ComparedText:
    case = view.case
    lost = tuple(number for number in document.pages if not case.page(number).legible)
    lines = [(page, line) for page, line in own_text(view, document).lines if page not in lost]
    lines = [(page, line) for page, line in lines if not _is_furniture(line)]
    if GROUPS[document.type] == "talk":
        lines = list(_answers(lines))
    texts = [line.text for _, line in lines]
    if GROUPS[document.type] == "statement":
        texts = list(_without_frame(texts))
    words = tuple(PlacedWords(page, line.box, text) for (page, line), text in zip(lines, texts, strict=True))
    return ComparedText(document.id, document.type, document.title, document.first, document.last, words, lost)


def _without_frame(texts: list[str]) -> Iterator[str]:
    """The lines of a statement with the sentences blanked that every statement begins and ends with."""
    letters = list("".join(texts))
    for start, end in frame_spans("".join(texts)):
        letters[start:end] = " " * (end - start)
    place = 0
    for text in texts:
        yield "".join(letters[place : place + len(text)])
        place += len(text)


def _is_furniture(line: Line) -> bool:
    folded = fold(line.text)
    return len(folded) < 40 and bool(_FURNITURE.search(folded))


def _answers(lines: list[tuple[int, Line]]) -> Iterator[tuple[int, Line]]:
    """What was answered at some length; a record that is not cut into questions and answers is taken as it is."""
    if sum(bool(_ANSWERS.match(fold(line.text))) for _, line in lines) < LEAST_ANSWERS:
        yield from lines
        return
    held: list[tuple[int, Line]] = []
    answering = False
    for page, line in lines:
        folded = fold(line.text)
        if _ASKS.match(folded) or _ANSWERS.match(folded):
            yield from _at_length(held)
            held, answering = [], not _ASKS.match(folded)
        if answering:
            held.append((page, line))
    yield from _at_length(held)


def _at_length(answer: list[tuple[int, Line]]) -> Iterator[tuple[int, Line]]:
    if sum(len(content(line.text)) for _, line in answer) > SHORT_ANSWER:
        yield from answer
