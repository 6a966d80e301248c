"""Who is who: recipient, lawyers in order of assignment, firm, agency, charge or cause, case numbers, everybody else.

Every form of the file names the same few people; each mention is a vote, and OCR variants of one name vote together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.casefile import DateFact, Number, People, Person
from pipeline.extraction.causes import cause_of
from pipeline.extraction.mentions import AID_FORMS, Mention, mentions_of
from pipeline.extraction.numbers import Placed, case_numbers, identities, numbers_of
from pipeline.extraction.organisations import bodies_of
from pipeline.extraction.papers import Paper
from pipeline.extraction.persons import Cluster, clusters_of, doubtful, part_of, recipient_of

_ASSIGNING = ("assignment_notice", "reassignment_notice")
_BY_LAWYER = frozenset({
    "cover", "closing_report", "aid_letter", "assignment_reply", "lawyer_rights_notice", "client_interview",
    "client_talk", "file_reading_record", "power_of_attorney", "aid_agreement", "feedback_form", *_ASSIGNING,
})  # fmt: skip
_ADULT = 18
_PLACES = 40
"""Most places that are kept of one person: the client of a long file is named hundreds of times."""


@dataclass(frozen=True, slots=True)
class Named:
    """The people, bodies and numbers of a case."""

    people: People
    persons: tuple[Person, ...]
    numbers: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Mentioned:
    """Everybody and every number that stands in a case's papers, before it is known who is who."""

    everybody: tuple[Cluster, ...]
    placed: tuple[Placed, ...]


def mentioned_in(papers: Sequence[Paper]) -> Mentioned:
    """Find everybody and every number: the costly part of `named_in`, which hangs on the papers alone."""
    mentions = mentions_of(papers)
    placed = numbers_of(papers, mentions)
    return Mentioned(tuple(clusters_of(mentions, papers, identities(placed))), tuple(placed))


def named_in(
    papers: Sequence[Paper], kind: str, dates: Sequence[DateFact], mentioned: Mentioned | None = None
) -> Named:
    """Who and what a case names; empty where the file does not say. `kind`: the case's kind; `dates`: of its papers.

    `mentioned`: what `mentioned_in` found in them, where that is known already.
    """
    mentioned = mentioned or mentioned_in(papers)
    everybody, placed = mentioned.everybody, mentioned.placed
    recipient = recipient_of(everybody, kind)
    lawyers = _lawyers(papers, [one for one in everybody if one is not recipient], dates)
    bodies = bodies_of(papers, lawyers[-1].spellings if lawyers else ())
    minor = _is_minor(recipient, placed, dates)
    parts = [
        (one, _part(one, recipient, lawyers, kind, minor))
        for one in everybody
        if one is recipient or any(one is lawyer for lawyer in lawyers) or not doubtful(one)
    ]
    persons = tuple(_person(one, part, papers, placed) for one, part in parts if part)
    people = People(
        recipient=recipient.name if recipient else "",
        lawyer=lawyers[-1].name if lawyers else "",
        lawyers=tuple(one.name for one in lawyers),
        # Staff of the centre handle cases themselves (法律援助法 §13): then the centre is the unit.
        law_firm=bodies.firm or (bodies.agency if lawyers else ""),
        agency=bodies.agency,
        charge_or_cause=cause_of(papers, kind),
        case_numbers=case_numbers(papers),
        courts=bodies.courts,
        procuratorates=bodies.procuratorates,
        police=bodies.police,
        commissions=bodies.commissions,
        guardians=_with_part(persons, "guardian"),
        co_defendants=_with_part(persons, "co_defendant"),
    )
    return Named(people, persons, tuple(one.number for one in placed))


def _with_part(persons: Iterable[Person], part: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(person.name for person in persons if person.part == part))


def _lawyers(papers: Sequence[Paper], people: Sequence[Cluster], dates: Sequence[DateFact]) -> list[Cluster]:
    """The lawyers in the order of their assignment; where no assignment names one, whom the other papers name.

    Who reports the case closed comes last, whatever the days say: he answers for it, and days may be misread.
    """
    home = {id(mention): one for one in people for mention in one.mentions}
    days = {date.document: date.value for date in dates if date.role in ("assignment", "reassignment") and date.certain}
    share = {id(one): _share(one) for one in people}
    order: list[tuple[dt.date, int, float, Cluster]] = []
    assigning = [index for index, paper in enumerate(papers) if paper.document.type in _ASSIGNING]
    known = [days.get(papers[index].document.id) for index in assigning]
    for index, day in zip(assigning, known, strict=True):
        named = _named_in(index, people, home)
        for one in named:
            # Dates count only where every assignment has one; else they were filed in the order they were made in.
            order.append((day if day and all(known) else dt.date.min, index, share[id(one)], one))
    order.sort(key=lambda each: each[:3])
    for one in people:  # whose own assignment is not in the file, but who was replaced
        if one.claims.get("former") and not any(one is named for *_, named in order):
            order.insert(0, (dt.date.min, -1, 0.0, one))
    lawyers = list({id(one): one for *_, one in reversed(order)}.values())[::-1]
    leader = max(people, key=lambda one: share[id(one)], default=None)
    if leader is not None and share[id(leader)] > 0 and not any(one is leader for one in lawyers):
        lawyers.append(leader)
    closing = _closing(papers, people)
    if closing is not None and any(one is closing for one in lawyers) and not closing.claims.get("former"):
        lawyers = [*(one for one in lawyers if one is not closing), closing]
    return lawyers


def _named_in(index: int, people: Sequence[Cluster], home: dict[int, Cluster]) -> list[Cluster]:
    """The lawyers whom an assignment names: as it words it, else in its slots."""
    mentions = [mention for one in people for mention in one.mentions if mention.paper == index]
    told = [mention for mention in mentions if mention.claim == "lawyer"]
    chosen = [mention for mention in told if mention.assigned] or told
    return list({id(home[id(mention)]): home[id(mention)] for mention in chosen}.values())


def _share(one: Cluster) -> float:
    """How much the client's own papers speak of somebody as the lawyer who handles the case."""
    kinds = {
        mention.kind: 1.0 if mention.kind != "closing_report" else 1.5
        for mention in one.mentions
        if mention.claim == "lawyer" and mention.kind in _BY_LAWYER
    }
    weight = sum(mention.weight for mention in one.mentions if mention.claim == "lawyer")
    return sum(kinds.values()) + 0.01 * weight if kinds else 0.0


def _closing(papers: Sequence[Paper], people: Sequence[Cluster]) -> Cluster | None:
    """Who reports the case closed."""
    points = {
        id(one): sum(m.weight for m in one.mentions if m.claim == "lawyer" and m.kind in ("closing_report", "cover"))
        for one in people
    }
    best = max(people, key=lambda one: points[id(one)], default=None)
    return best if best is not None and points[id(best)] > 0 else None


def _is_minor(recipient: Cluster | None, placed: Sequence[Placed], dates: Sequence[DateFact]) -> bool:
    """Whether the client was under age when aid was asked for or assigned."""
    if recipient is None:
        return False
    asked = [date.value for date in dates if date.role in ("application", "approval", "assignment") and date.certain]
    births = [
        number.number.text[6:14]
        for number in placed
        if number.number.kind == "id" and number.number.valid and number.owner in recipient.spellings
    ]
    if not asked or not births:
        return False
    birth = max(sorted(set(births)), key=births.count)
    born = dt.date(int(birth[:4]), int(birth[4:6]), int(birth[6:]))
    day = min(asked)
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day)) < _ADULT


def _part(one: Cluster, recipient: Cluster | None, lawyers: Sequence[Cluster], kind: str, minor: bool) -> str:
    part = part_of(one, recipient, lawyers, kind)
    if part == "proxy":
        return "guardian" if minor else ""
    return part


def _person(one: Cluster, part: str, papers: Sequence[Paper], placed: Sequence[Placed]) -> Person:
    spellings = one.spellings
    name = one.name
    variants = tuple(sorted((other for other in spellings if other != name), key=lambda each: (-spellings[each], each)))
    ids = [each.number for each in placed if each.number.kind == "id" and each.owner in spellings]
    named = {mention.paper for mention in one.mentions}
    phones = [
        each.number.text
        for each in placed
        if part in ("recipient", "lawyer") and each.phone_of == part and each.paper in named
    ]
    return Person(
        name=name,
        part=part,
        variants=variants,
        id_number=_commonest([each.text for each in ids if each.valid] or [each.text for each in ids]),
        phone=_commonest(phones),
        places=tuple(mention.span.evidence for mention in _spread(one.mentions)),
    )


def _spread(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions in file order; of very many, those in slots and headings first."""
    if len(mentions) > _PLACES:
        mentions = sorted(mentions, key=lambda one: (one.kind not in AID_FORMS, not one.opening, one.paper))[:_PLACES]
    return sorted(mentions, key=lambda one: (one.span.page, one.span.box.y0, one.span.box.x0))


def _commonest(values: Sequence[str]) -> str:
    return max(sorted(set(values)), key=values.count, default="")
