"""Orders among the lawyer's work and the papers of police, procuratorate and court (D09–D17, D23–D25, D27)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator

from pipeline.casefile import DateFact, Document
from pipeline.detectors.base import Lawful, Unsure
from pipeline.detectors.chain import Pair, earlier_judgments, hearings, judgments, own, services, settled, value
from pipeline.detectors.order import day, said_of_case
from pipeline.detectors.procedures import procedure_of
from pipeline.detectors.roles import named
from pipeline.detectors.view import CaseView
from pipeline.law.working_days import last_day

_AFTER_HEARING = re.compile(r"庭后|补充?阅卷|再次阅卷|复查阅卷")
_SECOND_INSTANCE = re.compile(r"二审|上诉人|再审")
_ARRESTED_LATER = re.compile(r"重新逮捕|(检察院|法院|本院)决定逮捕|决定(对其)?(执行)?逮捕|取保候审|监视居住")
_SUPERVISION = re.compile(r"监察委|留置")
_MINOR = re.compile(r"未成年|未满十八")
_AT_THE_TIME = re.compile(r"(犯罪|作案|案发|行为)(时|当时)")
_ADULT = 20
"""Age from which nobody was a minor even when the act was done, if it was done in the two years before."""
_SHARED = 10
"""Minutes that two records of one lawyer must share before a person is asked to look."""


def court_orders(case: CaseView) -> Iterator[Pair]:
    """Every order of the proceedings' dates that the case has both sides of."""
    for build in _BUILDERS:
        for pair in build(case):
            if pair.earlier and pair.later:
                yield pair


def _worked(case: CaseView) -> Iterator[Pair]:
    """D09, D11: meeting and reading before the (last) hearing."""
    held = hearings(case)
    yield Pair("D09", own(case, "interview"), held, about="earlier")
    read = own(case, "file_reading")
    later = [date for date in read if _AFTER_HEARING.search(case.text_of(case.case.document(date.document)))]
    excuses = tuple(
        Lawful(f"阅卷笔录 (第{date.page}页) 写明系庭后补阅", "note", date.document, (date.page,)) for date in later
    )
    yield Pair("D11", read, held, about="earlier", excuses=excuses)


def _read(case: CaseView) -> Iterator[Pair]:
    """D10: nobody may read a criminal file before it went to the procuratorate."""
    if case.criminal:
        yield Pair("D10", own(case, "prosecution_received", "prosecution_opinion"), own(case, "file_reading"))


def _recorded(case: CaseView) -> Iterator[Pair]:
    """D12: the record of a hearing is signed on its day or later."""
    for record in case.of_type("hearing_record"):
        sides = [
            tuple(date for date in case.dates(role) if date.document == record.id)
            for role in ("hearing", "hearing_signed")
        ]
        yield Pair("D12", sides[0], sides[1])


def _pleaded(case: CaseView) -> Iterator[Pair]:
    """D13: statements before what ended the case; after the hearing is lawful (LA08)."""
    ended, held = judgments(case), hearings(case)
    for date in case.dates("statement"):
        document = case.case.document(date.document)
        if document.type == "legal_opinion":
            continue
        excuses: tuple[Lawful, ...] = ()
        if len(ended) < 2 and _SECOND_INSTANCE.search(case.text_of(document)[:200]) and case.of_type("appeal"):
            excuses = (
                Lawful(
                    f"{document.title} (第{date.page}页) 系二审意见, 所附为一审裁判", "LA09", document.id, (date.page,)
                ),
            )
        notes: tuple[Lawful, ...] = ()
        if held and date.value > held[-1].value:
            why = f"{document.title} {day(date)} (第{date.page}页) 系庭后提交"
            notes = (Lawful(why, "LA08", document.id, (date.page,)),)
        yield Pair("D13", (date,), ended, about="earlier", excuses=excuses, notes=notes)


def _prosecuted(case: CaseView) -> Iterator[Pair]:
    """D14: opinion, indictment, hearing, judgment one after the other; two indictments are a charge supplemented."""
    ended, held = judgments(case), hearings(case)
    notes = tuple(
        Lawful(
            f"第{date.page}页为申请之前的裁判文书 ({day(date)}), 属案件本身的文书", "LA09", date.document, (date.page,)
        )
        for date in earlier_judgments(case)
    )
    if case.criminal:
        charged = own(case, "indictment")
        yield Pair("D14", own(case, "prosecution_opinion"), charged)
        yield Pair("D14", charged, held)
        yield Pair("D14", charged, ended)
        notes += _quick(case, ended)
    yield Pair("D14", held, ended, notes=notes)


def _quick(case: CaseView, ended: tuple[DateFact, ...]) -> tuple[Lawful, ...]:
    tried = procedure_of(case)
    if tried is None or tried[0] != "速裁" or not ended:
        return ()
    return (Lawful(f"速裁程序 (第{tried[2]}页), 数日内审结、当庭宣判", "LA13", tried[1].id, (tried[2],)),)


def _detained(case: CaseView) -> Iterator[Pair]:
    """D15: apprehension, detention, arrest, transfer; arrest by procuratorate or court comes after the transfer."""
    if not case.criminal:
        return
    organs = [document for document in case.case.documents if document.type in _ORGANS]
    texts = [(document, case.text_of(document)) for document in organs]
    ordered = next((document for document, text in texts if _SUPERVISION.search(text)), None)
    again = next((document for document, text in texts if _ARRESTED_LATER.search(text)), None)
    kept_apart = _organs_note(ordered, "监察机关留置的案件, 移送之后先行拘留")
    arrested_later = _organs_note(again, "取保后重新逮捕或审查起诉、审判中决定逮捕")
    taken, held = own(case, "apprehension"), (*settled(case, case.dates("detention")), *case.dates("detention_told"))
    arrested = (*settled(case, case.dates("arrest")), *case.dates("arrest_told"))
    transferred = own(case, "prosecution_received")
    yield Pair("D15", taken, held, excuses=kept_apart)
    yield Pair("D15", held, arrested, excuses=kept_apart)
    yield Pair("D15", held, transferred, excuses=kept_apart)
    yield Pair("D15", arrested, transferred, excuses=(*kept_apart, *arrested_later))


def _organs_note(document: Document | None, why: str) -> tuple[Lawful, ...]:
    if document is None:
        return ()
    return (Lawful(f"{document.title} (第{document.first}页): {why}", "note", document.id, (document.first,)),)


_ORGANS = (
    "prosecution_opinion", "indictment", "judgment", "arrest_warrant", "bail_decision", "residential_surveillance",
    "non_prosecution_decision", "apprehension_account",
)  # fmt: skip


def _confessed(case: CaseView) -> Iterator[Pair]:
    """D16: the affidavit is signed before the procuratorate or later, and before the judgment."""
    if not case.criminal:
        return
    pleas = own(case, "plea")
    notes: tuple[Lawful, ...] = ()
    charged = own(case, "indictment")
    if pleas and charged and pleas[0].value > charged[-1].value:
        notes = (
            Lawful(
                f"具结书 {day(pleas[0])} (第{pleas[0].page}页) 系审判阶段认罪认罚",
                "note",
                pleas[0].document,
                (pleas[0].page,),
            ),
        )
    yield Pair("D16", own(case, "prosecution_received", "prosecution_opinion"), pleas, notes=notes)
    yield Pair("D16", pleas, judgments(case), about="earlier")


def _served(case: CaseView) -> Iterator[Pair]:
    """D17: judgment, its receipt, closing."""
    ended, signed, closed = judgments(case), services(case), own(case, "closing")
    yield Pair("D17", ended, signed)
    early = case.of_type("aid_termination", "mediation_statement", "ruling", "non_prosecution_decision")
    excuses = (
        (Lawful(f"{early[0].title} (第{early[0].first}页): 程序提前结束", "LA14", early[0].id, (early[0].first,)),)
        if early
        else ()
    )
    after = tuple(date for date in signed if not ended or date.value >= ended[0].value)
    yield Pair("D17", after, closed, excuses=excuses)
    yield Pair("D17", ended, closed, excuses=excuses)


def late_appeal(case: CaseView) -> Pair | None:
    """D23: an appeal dated after the last day on which the one judgment served could be appealed against."""
    appeals, served = own(case, "appeal"), services(case)
    if len(case.dates("judgment")) != 1 or len(appeals) != 1 or not served:
        return None
    ruling = case.case.document(case.dates("judgment")[0].document).type == "ruling"
    days = (5 if ruling else 10) if case.criminal else (10 if ruling else 15)
    before = [date for date in served if date.value <= appeals[0].value]
    if not before:
        return None
    last = last_day(before[-1].value, days, working=False)
    return (
        Pair("D23", appeals, (before[-1],), about="earlier") if last is not None and appeals[0].value > last else None
    )


def grown_up(case: CaseView) -> Pair | None:
    """D25: aid was asked for because the client is a minor, and his papers say that he was none."""
    if not (case.criminal and case.by_notice):
        return None
    for notice in case.of_type("defence_request"):
        text = case.text_of(notice)
        match = _MINOR.search(text)
        if match is None or not said_of_case(text, match.start(), match.end()) or _AT_THE_TIME.search(text):
            continue
        births = [date for date in case.dates("birth") if date.certain]
        known = [date for date in case.dates("apprehension", "detention", "notice") if date.certain]
        if len({date.value for date in births}) == 1 and known:
            first = min(known, key=value)
            if _years(births[0].value, first.value) >= _ADULT:
                return Pair("D25", (births[0],), (first,))
    return None


def _years(born: dt.date, on: dt.date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def at_two_places(case: CaseView) -> Iterator[Unsure]:
    """D27: two records of one lawyer share some of their hours. Hours are read once only, so a person must look.

    Two records of one kind are one that was filed twice, or a meeting of two clients.
    """
    sittings = [
        (date, span)
        for date in case.dates("interview", "file_reading", "hearing", "investigation")
        if case.case.document(date.document).type != "hearing_summons" and (span := _minutes(date.time)) is not None
    ]
    for index, (one, hours) in enumerate(sittings):
        for other, others in sittings[index + 1 :]:
            together = min(hours[1], others[1]) - max(hours[0], others[0])
            copies = case.case.document(one.document).type == case.case.document(other.document).type
            apart = copies or (one.person and other.person and one.person != other.person)
            if one.value == other.value and one.document != other.document and together >= _SHARED and not apart:
                yield Unsure(
                    f"D27: {named(case, one)} {one.time} 与{named(case, other)} {other.time} 时间重叠, 请人工核对",
                    (one.page, other.page),
                )


def _minutes(hours: str) -> tuple[int, int] | None:
    match = re.fullmatch(r"(\d\d):(\d\d)-(\d\d):(\d\d)", hours)
    if match is None:
        return None
    first, second, third, fourth = (int(part) for part in match.groups())
    return 60 * first + second, 60 * third + fourth


_BUILDERS: tuple[Callable[[CaseView], Iterator[Pair]], ...] = (
    _worked,
    _read,
    _recorded,
    _pleaded,
    _prosecuted,
    _detained,
    _confessed,
    _served,
)
