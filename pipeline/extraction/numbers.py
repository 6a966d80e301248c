"""Numbers that identify: of cases and documents, of people, of telephones; where they stand and whose they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.casefile import Number
from pipeline.extraction.mentions import Mention
from pipeline.extraction.papers import CELL, Paper, Span
from pipeline.text.case_numbers import CaseNumber, find_case_numbers
from pipeline.text.id_numbers import find_id_numbers
from pipeline.text.phones import find_phones

_OF_COURTS = ("court", "arbitration", "mediation", "reconsideration")
_COURT_PAPERS = frozenset({
    "judgment", "hearing_summons", "hearing_record", "arbitral_award", "ruling", "mediation_statement",
    "acceptance_notice", "court_service_return", "defence_request", "representation_request", "appeal",
    "administrative_decision", "enforcement_document",
})  # fmt: skip
_OWN_PAPERS = frozenset(
    {"approval_form", "aid_application", "identity_proof", "hardship_certificate", "hardship_statement"}
)
_OFFICE = re.compile(r"(?:机构|中心)?联系人[^\n]{0,12}$|咨询电话|投诉电话|监督电话|法官|书记员|机构电话|办公电话")
_LAWYER = re.compile(r"(?:律师|承办人?员?|法律援助人员)(?:的)?(?:联系)?(?:电话|方式|手机)|执业证")
_HEAD = 6
"""Rows of a paper's head: issuer, title, number, parties."""
_HEADED = re.compile(rf"(?:案号|编号|文号|案件编号|卷号|受理案号)[:{CELL}]*$|(?:^|\n)[^\n]{{0,6}}$")


@dataclass(frozen=True, slots=True)
class Placed:
    """A number with the paper it stands in. `owner`: the name that stands before it in the same sentence, "" else."""

    number: Number
    paper: int
    owner: str = ""
    phone_of: str = ""
    """Of a telephone: recipient | lawyer | office, "" where the paper does not say."""


def numbers_of(papers: Sequence[Paper], mentions: Sequence[Mention]) -> tuple[Placed, ...]:
    """Every number of the file in file order."""
    found: list[Placed] = []
    for index, paper in enumerate(papers):
        if paper.document.type in ("blank_page", "file_catalogue"):
            continue
        named = [mention for mention in mentions if mention.paper == index]
        taken: list[tuple[int, int]] = []
        for case in find_case_numbers(paper.cells):
            kind = "case" if case.kind in _OF_COURTS else "document"
            taken.append((case.start, case.end))
            span = paper.in_cells(case.start, case.end)
            found.append(Placed(_number(kind, case.text, paper, span, True), index))
        for placed, place in _identities(index, paper, named):
            taken.append(place)
            found.append(placed)
        found.extend(_phones(index, paper, taken))
    return tuple(found)


def case_numbers(papers: Sequence[Paper]) -> tuple[str, ...]:
    """Numbers of the court's, the commission's or the mediators' case: those in heads and slots, the surest first."""
    votes: dict[tuple[str, int, int], float] = {}
    written: dict[tuple[str, int, int], dict[str, float]] = {}
    for paper in papers:
        if paper.document.type not in _COURT_PAPERS or not _from_court(paper):
            continue
        for number in find_case_numbers(paper.cells):
            if number.kind not in _OF_COURTS:
                continue
            span = paper.in_cells(number.start, number.end)
            weight = span.score**2 * _standing(paper, number)
            weight *= 0.5 if number.kind == "reconsideration" else 1.0
            key = (number.mark, number.year, number.serial)
            votes[key] = votes.get(key, 0.0) + weight
            forms = written.setdefault(key, {})
            forms[number.text] = forms.get(number.text, 0.0) + weight
    ranked = sorted(votes, key=lambda key: (-votes[key], key))
    kept = [key for key in ranked if votes[key] >= 1.2 or (key == ranked[0] and votes[key] > 0.2)]
    best = [key for key in kept if not any(_misread(key, other) for other in kept[: kept.index(key)])]
    return tuple(max(sorted(written[key]), key=lambda text, key=key: written[key][text]) for key in best[:4])  # type: ignore[misc]


def _from_court(paper: Paper) -> bool:
    """Whether an organ's request comes from a court: police and procuratorate have no numbers of courts' cases."""
    if paper.document.type not in ("defence_request", "representation_request"):
        return True
    head = "".join(paper.rows.split("\n")[:4])
    return "法院" in head or not re.search(r"检察院|公安|分局", head)


def _standing(paper: Paper, number: CaseNumber) -> float:
    """1 in a slot for it or alone in a row; less in the paper's head, least in a sentence: it may be another case's."""
    before = paper.cells[max(0, number.start - 30) : number.start]
    if _HEADED.search(before):
        return 1.0
    return 0.5 if paper.cells.count("\n", 0, number.start) <= _HEAD else 0.25


def _misread(key: tuple[str, int, int], other: tuple[str, int, int]) -> bool:
    """Whether two numbers differ in one digit only: one of them was misread."""
    mine, theirs = f"{key[0]}{key[1]}-{key[2]}", f"{other[0]}{other[1]}-{other[2]}"
    return len(mine) == len(theirs) and sum(a != b for a, b in zip(mine, theirs, strict=True)) == 1


def _number(kind: str, text: str, paper: Paper, span: Span, valid: bool) -> Number:
    return Number(kind, text, paper.document.id, span.page, span.box, valid)


def _identities(index: int, paper: Paper, named: Sequence[Mention]) -> Iterator[tuple[Placed, tuple[int, int]]]:
    seen: set[str] = set()
    for found in find_id_numbers(paper.cells):
        span = paper.in_cells(found.start, found.end)
        seen.add(found.number)
        placed = Placed(_number("id", found.number, paper, span, found.valid), index, _owner(span, named))
        yield placed, (found.start, found.end)
    for found in find_id_numbers(paper.text):  # over the end of a line that holds other cells
        if found.number not in seen:
            span = paper.in_text(found.start, found.end)
            yield Placed(_number("id", found.number, paper, span, found.valid), index, _owner(span, named)), (0, 0)


def _owner(span: Span, named: Sequence[Mention]) -> str:
    """The party whose description the number stands in: the nearest described above it, at most a few lines up."""
    above = [
        one
        for one in named
        if one.span.page == span.page
        and (one.opening or one.claim in ("recipient", "applicant"))
        and -0.005 <= span.box.y0 - one.span.box.y0 < 0.16
    ]
    return max(above, key=lambda one: (one.span.box.y0, one.span.box.x0)).name if above else ""


def _phones(index: int, paper: Paper, taken: Sequence[tuple[int, int]]) -> Iterator[Placed]:
    seen: set[str] = set()
    for found in find_phones(paper.cells):
        if any(start < found.end and found.start < end for start, end in taken):
            continue
        span = paper.in_cells(found.start, found.end)
        before = paper.cells[max(0, found.start - 40) : found.start]
        seen.add(found.number)
        yield Placed(_number("phone", found.number, paper, span, True), index, "", _whose(paper, before))
    for found in find_phones(paper.text):  # over the end of a line
        if found.mobile and found.number not in seen and found.end - found.start == 11:
            span = paper.in_text(found.start, found.end)
            before = paper.text[max(0, found.start - 20) : found.start]
            if re.search(r"(?:电话|手机|方式|号码)[:]?$", before):
                yield Placed(_number("phone", found.number, paper, span, True), index, "", _whose(paper, before))


def _whose(paper: Paper, before: str) -> str:
    row = before.rsplit("\n", 1)[-1]
    if _OFFICE.search(before):
        return "office"
    if _LAWYER.search(row) or paper.document.type in ("aid_letter", "law_firm_letter", "assignment_reply"):
        return "lawyer"
    return "recipient" if paper.document.type in _OWN_PAPERS else ""


def identities(placed: Sequence[Placed]) -> Mapping[str, frozenset[str]]:
    """Valid identity numbers by the name they stand beside."""
    owned: dict[str, set[str]] = {}
    for one in placed:
        if one.number.kind == "id" and one.number.valid and one.owner:
            owned.setdefault(one.owner, set()).add(one.number.text)
    return {name: frozenset(numbers) for name, numbers in owned.items()}
