"""What each page shows of where documents begin and what they are: the input of the sequence decision."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.casefile import Page
from pipeline.documents.cues import cue_points, folded_page, opening_points
from pipeline.documents.rows import Row, rows_of
from pipeline.documents.titles import Title, heading_like, titles_of
from pipeline.text.normalise import fold

_PAGE_OF = re.compile(
    r"第\s*(\d{1,3})\s*页|(?<!\d)(\d{1,2})\s*/\s*\d{1,2}(?!\d)|共\s*\d{1,3}\s*页\D*第\s*(\d{1,3})\s*页"
)
_BARE = re.compile(r"^[\W_一]*(\d{1,2})[\W_一]*$")
_ENDED = re.compile(r"[。！？；:：.!?;]\W*$")
_NUMBER_ONLY = re.compile(r"^[\W\d_]+$")
_LEFT_BLANK = re.compile(r"空白|隔页|分隔页|(无|没有)内容")
_SHEET_PRINT = 0.022
"""Height of print, in fractions of the page, that a separating sheet bears and running text does not."""
_SPEAKER = re.compile(
    r"^\W{0,2}(问|答|审|书|公|辩|被|原|申|仲|代|审判长|审判员|书记员|公诉人|辩护人|被告人?|原告|代理人|申请人|被申请人|仲裁员)\s*[:：]"
)


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs of one page. Points are comparable numbers, not probabilities."""

    page: Page
    rows: tuple[Row, ...]
    titles: tuple[Title, ...]
    heading: Row | None
    cues: dict[str, float]
    openings: dict[str, float]
    classes: dict[str, float] = field(default_factory=dict)
    """The text classifier's probability for each type (classifier.py); empty where the page has too little text."""
    number_within: int | None = None
    """The page's own number within its document ("第2页", "- 2 -"), where one is printed."""
    opens_mid_sentence: bool = False
    dialogue: bool = False
    runs_on: bool = False
    """A list that began on the page before goes on at its head."""

    @property
    def separator(self) -> bool:
        """A sheet between two parts of the file: blank, or nothing but a word or two in large print."""
        if self.page.content.kind == "blank":
            return True
        text = [row for row in self.rows if len(row.text.strip()) >= 2 and not _NUMBER_ONLY.match(row.text)]
        if not self.page.legible or not 0 < len(text) <= 3 or sum(len(fold(row.text)) for row in text) > 14:
            return False
        if any(_LEFT_BLANK.search(fold(row.text)) for row in text):
            return True
        large = min(row.height for row in text) > _SHEET_PRINT
        return large and all(0.25 < row.box.centre[1] < 0.75 and abs(row.box.centre[0] - 0.5) < 0.12 for row in text)


def signs_of(page: Page, classes: dict[str, float] | None = None) -> Signs:
    """Gather the signs of one page."""
    rows = rows_of(page.lines)
    body = [row for row in rows if 0.07 < row.box.centre[1] < 0.93]
    folded = folded_page(page.content.text)
    speakers = sum(bool(_SPEAKER.match(row.text)) for row in body)
    return Signs(
        page=page,
        rows=rows,
        titles=titles_of(page),
        heading=heading_like(page),
        cues=cue_points(folded),
        openings=opening_points(folded),
        classes=classes or {},
        number_within=_number_within(rows),
        opens_mid_sentence=_opens_mid_sentence(body),
        dialogue=speakers >= 4,
    )


def _number_within(rows: tuple[Row, ...]) -> int | None:
    for row in reversed(rows):
        if row.box.centre[1] < 0.86:
            break
        text = row.text.strip()
        full = _PAGE_OF.search(text)
        if full:
            return int(next(filter(None, full.groups())))
        bare = _BARE.match(text)
        if bare and 0.3 < row.box.centre[0] < 0.7:
            return int(bare[1])
    return None


def _opens_mid_sentence(body: list[Row]) -> bool:
    """The first full row starts at the left margin like the middle of a paragraph, not indented or centred."""
    full = [row for row in body if row.box.width > 0.5]
    if len(full) < 3 or body[0] is not full[0]:
        return False
    margin = min(row.box.x0 for row in full)
    return body[0].box.x0 - margin < 0.02 and not _SPEAKER.match(body[0].text)
