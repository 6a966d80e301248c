"""The lawyer's written opinions as the rules on them see them: which speak for the file, what of them can be read."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from pipeline.casefile import Document
from pipeline.detectors.passages import PlacedText, page_number, placed_text
from pipeline.detectors.view import CaseView
from pipeline.documents.types import type_title
from pipeline.text.normalise import fold

STATEMENTS = ("defence_statement", "representation_statement")
OPINIONS = (*STATEMENTS, "legal_opinion")
LEAST_READ = 30
"""Folded characters below which next to nothing of an opinion was read."""
LONGEST_TITLE = 16
"""Characters beyond which a heading is a sentence that was taken for one."""
_BEFORE = dt.timedelta(days=90)
SURE = 0.8
"""Mean score of a page's lines below which words on it may have been read as others."""
# Sentences that every statement begins and ends with.
_FRAME = re.compile(
    r"^\W*(尊敬的)?(审判长|审判员|人民陪审员|合议庭|仲裁员|首席仲裁员)|(接受|受).{0,40}(指派|委托).{0,80}(担任|辩护|代理|意见)"
    r"|依法(由|接受).{0,20}指派|(发表|提出|陈述)(如下|以下).{0,8}意见|^\W*(以上|上述)(就是|系)?.{0,20}(意见|采纳)"
    r"|(恳请|敬请|请)(法庭|贵院|合议庭).{0,10}采纳|^\W*此致|罪名(不持|没有|无)异议|请.{0,6}注意以下.{0,6}情节|^\W*综上"
)
_SENTENCE = re.compile(r"[^。;；:：]+[。;；:：]?")


@dataclass(frozen=True, slots=True)
class WrittenDays:
    """Between which days an opinion was written; None where nothing says so. `told`: what the days are taken from."""

    earliest: dt.date | None
    latest: dt.date | None
    told: str


def main_opinions(case: CaseView) -> tuple[Document, ...]:
    """The statements made to the court or commission; where there are none, the legal opinions."""
    return case.of_type(*STATEMENTS) or case.of_type("legal_opinion")


def opinion_text(case: CaseView, document: Document) -> PlacedText:
    """All lines of an opinion but page numbers, with their places."""
    return placed_text((page, line) for page, line in case.case.lines_of(document) if not page_number(line))


def doubtful_pages(case: CaseView, document: Document) -> tuple[int, ...]:
    """Pages of a document on which something may stand that was not read, or read as something else."""
    pages = [case.case.page(number) for number in document.pages]
    doubtful = [
        page.number
        for page in pages
        if not page.legible or (page.content.quality.grade == "poor" and page.content.quality.confidence < SURE)
    ]
    if not doubtful and len(fold(case.case.text_of(document))) < LEAST_READ:
        doubtful = [page.number for page in pages if page.content.kind != "blank"]
    return tuple(doubtful)


def written_days(case: CaseView, document: Document) -> WrittenDays:
    """When an opinion was written: its own date, else after the assignment and before the case was closed."""
    own = [date.value for date in case.dates("statement") if date.document == document.id and date.certain]
    begun = [d.value for d in case.dates("assignment", "agreement", "power_of_attorney") if d.certain]
    # A day before the lawyer had anything to do with the case is one of the facts told, not that of the paper.
    own = [day for day in own if not begun or day >= min(begun) - _BEFORE]
    if own:
        return WrittenDays(min(own), min(own), f"落款日期{min(own):%Y-%m-%d}")
    ended = [d.value for d in case.dates("judgment", "closing", "closing_report") if d.certain]
    earliest, latest = min(begun, default=None), max(ended, default=None)
    told = f"未读出确定的落款日期, 但不早于指派、委托 ({earliest:%Y-%m-%d})" if earliest else "未读出确定的落款日期"
    return WrittenDays(earliest, latest, told)


def called(document: Document) -> str:
    """What an opinion is called in a message: its own title, or its type's where that is none."""
    title = document.title if len(document.title) <= LONGEST_TITLE else type_title(document.type)
    return f"《{title}》"


def frame_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where the sentences of a statement stand that every statement has: start and end (exclusive) of each."""
    return tuple(match.span() for match in _SENTENCE.finditer(text) if _FRAME.search(match[0].strip()))
