"""What each page shows of where documents begin and what they are: the input of the sequence decision."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from statistics import median

from pipeline.casefile import Page
from pipeline.documents.cues import cue_points, folded_page, opening_points
from pipeline.documents.rows import Row, rows_of
from pipeline.documents.titles import Title, heading_like, titles_of
from pipeline.text.normalise import fold
from pipeline.text.numerals import number_value

_PAGE_OF = re.compile(
    r"第\s*(\d{1,3})\s*页|(?<!\d)(\d{1,2})\s*/\s*\d{1,2}(?!\d)|共\s*\d{1,3}\s*页\D*第\s*(\d{1,3})\s*页"
)
_TOTAL = re.compile(r"共\s*(\d{1,3})\s*页|(?<!\d)\d{1,2}\s*/\s*(\d{1,2})(?!\d)")
_BARE = re.compile(r"^[\W_一]*(\d{1,2})[\W_一]*$")
_ENDED = re.compile(r"[。！？；:：.!?;]\W*$")
_DATED = re.compile(r"(年.{1,4}月\s*[^\s。；;,，]{1,3}|\d{4}[.\-/]\d{1,2}[.\-/]\d{1,2})[^\w。；;,，]{0,3}$")
_SIGNED = re.compile(
    r"(签名|签字|盖章|公章|捺印|指印)|^(此致|具状人|答辩人|申请人|上诉人|辩护人|代理人|检察员|检察官|审判[员长]|书记员|承办人|委托人|借款人)"
)
_CLAUSES = (
    re.compile(r"^第([一二三四五六七八九十百\d]{1,4})条"),
    re.compile(r"^([一二三四五六七八九十]{1,3})[、.,]"),
    re.compile(r"^[(]([一二三四五六七八九十\d]{1,3})[)]"),
    re.compile(r"^(\d{1,2})[、.](?!\d)"),
)
"""How clauses are numbered; each style counts by itself."""
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
    total_within: int | None = None
    """How many pages the document says it has ("共3页"), where it does."""
    opens_mid_sentence: bool = False
    breaks_off: bool = False
    """The last line runs to the right margin and ends no sentence."""
    closes: bool = False
    """A date or somebody's signature stands in the last lines."""
    dialogue: bool = False
    runs_on: bool = False
    """A list that began on the page before goes on at its head."""
    clauses: tuple[tuple[int, int, int], ...] = ()
    """(style, first number, last number) of the numbered clauses that begin on this page."""
    bottom: float = 0.0
    """Where the text ends, in heights of the page."""
    letter: float = 0.0
    """Height of a line of running text, in heights of the page; 0 where there is none."""
    margin: float = 0.0
    """Where the lines begin, in widths of the page."""
    head: str = ""
    """The topmost line of words, folded: a running header stands on every page."""

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
    """Gather the signs of one page; `classes` is what the text classifier says of it (classifier.py)."""
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
        number_within=_number_within(rows, _PAGE_OF, _BARE),
        total_within=_number_within(rows, _TOTAL, None),
        opens_mid_sentence=_opens_mid_sentence(body),
        breaks_off=_breaks_off(body),
        closes=any(_closing(row) for row in body[-4:]),
        dialogue=speakers >= 4,
        clauses=_clauses(body),
        bottom=max((row.box.y1 for row in body), default=0.0),
        letter=median(row.height for row in body) if body else 0.0,
        margin=min((row.box.x0 for row in body), default=0.0),
        head=next((text for row in rows if len(text := fold(row.text)) >= 3 and not _NUMBER_ONLY.match(text)), ""),
    )


def _closing(row: Row) -> bool:
    """Whether a row bears a date that ends it, and is no full line of running text, or a signer's words."""
    text = fold(row.text)
    return len(text) < 40 and bool((row.box.width < 0.6 and _DATED.search(text)) or _SIGNED.search(text))


def _number_within(rows: tuple[Row, ...], full: re.Pattern[str], bare: re.Pattern[str] | None) -> int | None:
    """The number at the foot of the page that `full` finds, or that stands there alone in the middle (`bare`)."""
    for row in reversed(rows):
        if row.box.centre[1] < 0.86:
            break
        text = row.text.strip()
        found = full.search(text)
        if found:
            return int(next(filter(None, found.groups())))
        alone = bare.match(text) if bare else None
        if alone and 0.3 < row.box.centre[0] < 0.7:
            return int(alone[1])
    return None


def _breaks_off(body: list[Row]) -> bool:
    if len(body) < 4:
        return False
    right = max(row.box.x1 for row in body)
    last = body[-1]
    return last.box.x1 > right - 0.06 and last.box.width > 0.4 and not _ENDED.search(last.text.strip())


def _clauses(body: list[Row]) -> tuple[tuple[int, int, int], ...]:
    found: dict[int, tuple[int, int]] = {}
    for row in body:
        text = fold(row.text)
        for style, pattern in enumerate(_CLAUSES):
            match = pattern.match(text)
            if match:
                number = number_value(match[1]) or 0
                found[style] = (found.get(style, (number, number))[0], number)
    return tuple((style, first, last) for style, (first, last) in sorted(found.items()))


def _opens_mid_sentence(body: list[Row]) -> bool:
    """The first full row starts at the left margin like the middle of a paragraph, not indented or centred."""
    full = [row for row in body if row.box.width > 0.5]
    if len(full) < 3 or body[0] is not full[0]:
        return False
    margin = min(row.box.x0 for row in full)
    return body[0].box.x0 - margin < 0.02 and not _SPEAKER.match(body[0].text)
