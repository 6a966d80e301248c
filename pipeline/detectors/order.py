"""What the rules on date orders share: the approval to compare with, and the lawful reasons for an early start."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.casefile import DateFact, Document
from pipeline.detectors.base import Lawful, Unsure, Weighed
from pipeline.detectors.stages import own_stage
from pipeline.detectors.view import CaseView

_AID_FORMS = (
    "aid_application", "approval_form", "aid_decision", "assignment_notice", "aid_letter", "situation_note",
    "aid_agreement", "intake_record", "closing_report",
)  # fmt: skip
# 法援法§44: 先行提供法律援助, 受援人应当及时补办有关手续. 条例时期同旨 (先行受理、紧急情况).
_FIRST_PROVIDED = "|".join(
    (
        r"先行(提供|给予|指派|受理|援助|予以)",
        r"补办.{0,8}(手续|申请|审批|材料)",
        r"(手续|材料|申请)(后补|补办)|事后补办",
    )
)
_TICK = r"[☑√✓✔■☒]"
# A box that nobody ticked; OCR reads an empty one as 口, which otherwise ends words like 窗口.
_BOX_UNTICKED = re.compile(r"([□☐]|(?<![窗户人出入门路])口)[^□☐☑√✓✔■☒口,.;:]{0,8}$")
_ASKED = re.compile(r"是否(属于?|系|为|需要?|同意|申请|经)?$")
_ANSWERED_YES = re.compile(rf"^[^.;]{{0,16}}?({_TICK}\W?是|(?<![□☐口]){_TICK}?是{_TICK}|[:]是(?![□☐口否]))")
_DENIED = re.compile(r"(不|未|没有|并非|无|不(属于|符合|适用|需要?|存在|构成)|未(经|曾|予|申请|办理))$")
# The law's own words (法律援助法§44), printed on forms and notices, say nothing of the case at hand.
_STATUTE = re.compile(
    r"(机构|情形之一|情形|情况紧急)[^.;]{0,30}可以?(决定)?先行(提供|给予|受理)(法律援助)?"
    r"|先行(提供|给予|受理)(法律)?援助的,[^.]{0,30}(补办|补充)[^.]{0,10}(手续|材料)"
)
_REFERRED = "|".join(
    (
        r"(转交|转来)[^,.;]{0,14}申请(?!人)",
        r"移交[^,.;]{0,8}法律援助[^,.;]{0,4}申请(?!人)",
        r"协作函|异地协作|委托[^,.;]{0,12}协作",
    )
)


NOT_FIRST_PROVIDED = Weighed("卷内各表均未注明先行提供或补办手续", "LA01")


def approval_of(case: CaseView) -> tuple[DateFact | None, tuple[Document, ...]]:
    """The approval to compare with: the responsible person's signature, else the decision's date.

    Second: the documents on which it should stand but was not read (empty where it was, or where there is none).
    """
    for role, kind in (("approval", "approval_form"), ("decision", "aid_decision")):
        dates = own_stage(case, case.dates(role))
        if dates:
            sure = [date for date in dates if date.certain]
            return (sure or list(dates))[-1], ()
        if role == "approval" and case.of_type(kind) and not case.dates("decision"):
            return None, case.of_type(kind)
    return None, case.of_type("approval_form", "aid_decision")


def first_provided(case: CaseView) -> Lawful | None:
    """LA01: aid was given first and its papers made good later (法律援助法第四十四条), as the file's own forms note."""
    for document in case.of_type(*_AID_FORMS):
        text = case.text_of(document)
        for match in re.finditer(_FIRST_PROVIDED, text):
            if said_of_case(text, match.start(), match.end()):
                why = f"先行提供法律援助 (法律援助法第四十四条), {document.title}注明“{match[0]}”"
                return Lawful(why, "LA01", document.id, (document.first,))
    return None


def said_of_case(text: str, start: int, end: int) -> bool:
    """Whether the words at [start, end) of a form's folded text are said of this case.

    They are not where they are a printed option that nobody ticked, a question answered no, denied, or the statute.
    """
    before, after = text[:start], text[end:]
    if _BOX_UNTICKED.search(before) or _DENIED.search(before):
        return False
    if _ASKED.search(before):
        return _ANSWERED_YES.search(after) is not None
    return not any(law.start() <= start and end <= law.end() for law in _STATUTE.finditer(text))


def referred(case: CaseView) -> Lawful | None:
    """LA06: another body began the work or passed the application on (转交申请, 异地协作)."""
    letters = case.of_type("referral_letter")
    if letters:
        why = f"{letters[0].title} (第{letters[0].first}页): 转交申请或协作在先"
        return Lawful(why, "LA06", letters[0].id, (letters[0].first,))
    for document in case.of_type("aid_application", "approval_form", "situation_note", "other"):
        text = case.text_of(document)
        for match in re.finditer(_REFERRED, text):
            if said_of_case(text, match.start(), match.end()):
                why = f"转交申请或异地协作: {document.title} (第{document.first}页) “{match[0]}”"
                return Lawful(why, "LA06", document.id, (document.first,))
    return None


def uncertain(what: str, dates: Sequence[DateFact]) -> Iterator[Unsure]:
    """An `unsure` naming the pages of dates that were not read with certainty."""
    doubtful = [date for date in dates if not date.certain]
    if doubtful:
        pages = tuple(sorted({date.page for date in doubtful}))
        listed = "、".join(f"第{date.page}页“{date.raw}”" for date in doubtful)
        yield Unsure(f"{what}未能确认 ({listed}), 请人工看日期", pages)


def day(date: DateFact) -> str:
    return date.value.isoformat()


def approved(approval: DateFact) -> str:
    """The approval in words: what it stands on and its day."""
    return f"{'决定书' if approval.role == 'decision' else '审批'} {day(approval)}"
