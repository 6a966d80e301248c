"""Document texts with their places, so that what an alignment finds can be shown on the page."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.casefile import Document, Evidence, Line
from pipeline.detectors.view import CaseView
from pipeline.text.normalise import fold

_PAGE_NUMBER = re.compile(r"^\W*(第?\d{1,3}页?(共\d+页)?|\d{1,3}/\d{1,3})\W*$")
_STAMPED = re.compile(r"^\W*[a-zA-Z]{0,3}\d{1,7}\W*$")
"""The number that a numbering stamp put into a corner."""
_MARGIN = 0.09
# A form line: short labels with what was filled in ("阅卷时间: …  地点: …"), a signature or a date.
_FORM_LINE = re.compile(
    r"(阅卷|会见|谈话)?(时间|地点|日期)\W{0,2}[:]|^(阅卷人|承办(人|律师)|辩护人|记录人|律师|案由|案号|被告人|犯罪嫌疑人|受援人|涉嫌罪名|罪名|"
    r"承办(单位|机关)|案卷(编号|名称)|卷宗(名称|编号)|单位)(\(.{0,6}\))?[:]"
)


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A text put together of lines: `text` without breaks, and for each line where it starts in it."""

    text: str
    starts: tuple[int, ...]
    lines: tuple[tuple[int, Line], ...]

    def evidence(self, start: int, end: int) -> tuple[Evidence, ...]:
        """One evidence for each page that the span [start, end) touches, with a box around its lines."""
        first = max(0, bisect_right(self.starts, start) - 1)
        last = max(first, bisect_right(self.starts, max(start, end - 1)) - 1)
        found: dict[int, Evidence] = {}
        for index in range(first, last + 1):
            page, line = self.lines[index]
            offset = self.starts[index]
            quote = self.text[max(start, offset) : min(end, offset + len(line.text))]
            before = found.get(page)
            box = before.box.union(line.box) if before else line.box
            found[page] = Evidence(page, box, (before.quote if before else "") + quote)
        return tuple(found[page] for page in sorted(found))


def page_number(line: Line) -> bool:
    """Whether a line only counts pages: at the foot, or stamped into a corner."""
    folded = fold(line.text)
    in_margin = not _MARGIN < line.box.centre[1] < 1 - _MARGIN
    return bool(_PAGE_NUMBER.match(folded) or (in_margin and _STAMPED.match(folded)))


def placed_text(lines: Iterable[tuple[int, Line]]) -> PlacedText:
    """Put lines together (pairs of page number and line), in the order given."""
    kept = tuple((page, line) for page, line in lines if line.text)
    starts, length = [], 0
    for _, line in kept:
        starts.append(length)
        length += len(line.text)
    return PlacedText("".join(line.text for _, line in kept), tuple(starts), kept)


def own_text(case: CaseView, document: Document) -> PlacedText:
    """A record's own words: title, printed form lines, page numbers and the corner's stamp left out."""
    kept: list[tuple[int, Line]] = []
    for page, line in case.case.lines_of(document):
        folded = fold(line.text)
        title = (
            document.title_box is not None and page == document.first and line.box.y1 <= document.title_box.y1 + 0.01
        )
        if title or page_number(line) or (len(folded) < 46 and _FORM_LINE.search(folded)):
            continue
        kept.append((page, line))
    return placed_text(kept)


def whole_text(case: CaseView, documents: Iterable[Document]) -> PlacedText:
    """The running text of several documents, one after the other."""
    return placed_text(
        (page, line) for document in documents for page, line in case.case.lines_of(document) if not page_number(line)
    )
