"""Ways to find the date of a paper by its place: beside a label, in the head, at the close, in a signer's cell.

A picker names a place, never a value: a closing line that cannot be read gives no date, not the next best one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from pipeline.extraction.readings import PlacedRow, SeenDate
from pipeline.extraction.signer_cells import Level, labels_in, owner_of

Picker = Callable[[Sequence[SeenDate], Sequence[PlacedRow]], list[SeenDate]]

_STAMP_WORDS = re.compile(r"收(文|件|讫|到|案)|签收章|骑缝")
_SIGNED = re.compile(r"(签|章|名|印|人|律师|负责|日期|时间|年月日|意见|主任)\W*\w{0,12}\W*$")
_SPOKEN = re.compile(r"\s*[问答审]\s*[:：]")


def labelled(pattern: str, *, every: bool = False) -> Picker:
    """The date behind a label in its row, or below/right of a label cell that ends the row before."""
    label = re.compile(pattern)

    def pick(dates: Sequence[SeenDate], rows: Sequence[PlacedRow]) -> list[SeenDate]:
        hits = []
        for date in dates:
            before = re.sub(r"\s+", "", date.before)
            if label.search(before[-24:]):
                hits.append((len(before) - max(m.end() for m in label.finditer(before)), date))
            elif len(before) <= 2 and date.place.index > 0:
                above = re.sub(r"\s+", "", rows[date.place.index - 1].text)
                if rows[date.place.index - 1].page == date.place.page and re.search(pattern + r"\W*$", above):
                    hits.append((30, date))
        if every:
            return [date for _, date in hits]
        return [min(hits, key=lambda hit: hit[0])[1]] if hits else []

    return pick


def sessions(pattern: str) -> Picker:
    """The days on which a record was made, one for each sitting: its label begins a row or a cell of the record.

    Dates behind 至 or a dash end a sitting that began before. A label in what was said (问：何时…) is none.
    """
    label = re.compile(rf"^\W*(第.{{1,3}}次)?\w{{0,6}}{pattern}")

    def pick(dates: Sequence[SeenDate], rows: Sequence[PlacedRow]) -> list[SeenDate]:
        days = []
        for date in dates:
            cell = re.sub(r"[ \t]+", "", date.before)[-24:]
            if label.search(cell) and not date.stamped:
                days.append(date)
        whole = [date for date in days if date.form != "empty_slot"]
        return whole or days[:1]

    return pick


def received() -> Picker:
    """The day on which those to whom a paper went signed for it, at its foot or on its slip."""
    label = re.compile(rf"({_RECEIVED})[^年月日]{{0,16}}$")

    def pick(dates: Sequence[SeenDate], rows: Sequence[PlacedRow]) -> list[SeenDate]:
        borders = [row.index for row in rows[3:] if re.search(_RECEIPT, re.sub(r"\s+", "", row.text))]
        below = [date for date in dates if borders and date.place.index >= borders[0] and _closes(date)]
        return ([date for date in dates if label.search(re.sub(r"\s+", "", date.before))] or below)[-1:]

    return pick


_RECEIVED = r"签收|收到|接收|领取"


def in_head(rows_deep: int = 9) -> Picker:
    """The first date among the first rows, before anything is asked or answered: when a record was made."""

    def pick(dates: Sequence[SeenDate], rows: Sequence[PlacedRow]) -> list[SeenDate]:
        spoken = next((row.index for row in rows if _SPOKEN.match(row.text)), len(rows))
        deep = min(rows_deep, spoken)
        heads = [date for date in dates if date.place.index < deep and not date.stamped]
        return [date for date in heads if _begins_record(date)][:1]

    return pick


_HOUR = r"\W*(?:上午|下午|早上|晚上|\d{1,2}\W?[时点:：](?!许)|[一二三四五六七八九十]{1,3}[时点](?!许)|至|到)"
_MAKES_RECORD = re.compile(rf"^{_HOUR}|会见|阅卷|查阅|阅览|约见|接谈|谈话|询问|开庭|审理|庭审|仲裁|接待|来访|登记")
_BEFORE_ITS_DAY = re.compile(r"^$|时间|日期|第.{1,3}次|[:：]\w{0,4}$")


def _begins_record(date: SeenDate) -> bool:
    """Whether a date in the head of a record is its day, and no day of the story that it tells."""
    before, after = (re.sub(r"[^\w:：]|_", "", text) for text in (date.before, date.after))
    if not _BEFORE_ITS_DAY.search(before) or len(before) > 12:
        return len(before) + len(after) <= 12
    return len(after) <= 12 or bool(_MAKES_RECORD.search(date.after[:40]))


def closing(until: str = "") -> Picker:
    """The last date that stands alone or beside a signature: 落款, 签收, 签名 dates.

    `until`: rows from the first that matches on are somebody else's (a receipt below a notice, the agency's part of an
    application), unless nothing above them closes.
    """
    border = re.compile(until) if until else None

    def pick(dates: Sequence[SeenDate], rows: Sequence[PlacedRow]) -> list[SeenDate]:
        ends = [date for date in dates if _closes(date) and not _certifies(date, rows) and not _in_stamp(date, rows)]
        ends = [date for date in ends if date.place.index >= _foot(rows)]
        if border:
            others = [row.index for row in rows[3:] if border.search(re.sub(r"\s+", "", row.text))]
            ends = [date for date in ends if not others or date.place.index < others[0]] or ends
        return ends[-1:]

    return pick


def _foot(rows: Sequence[PlacedRow]) -> int:
    """The first row that may hold the close of a paper: not in its first part, of several pages on the last ones."""
    if not rows:
        return 0
    last_page = next(row.index for row in rows if row.page == rows[-1].page)
    return min(last_page, 3 * len(rows) // 5) if last_page else len(rows) // 4


def _in_stamp(date: SeenDate, rows: Sequence[PlacedRow]) -> bool:
    """A receipt stamp's date: the stamp's words stand in its row or just above it (black on copies, so no mark)."""
    if date.stamped or _STAMP_WORDS.search(date.before):
        return True
    near = [row for row in rows[max(0, date.place.index - 2) : date.place.index + 1] if row.page == date.place.page]
    lines = [line for row in near for line in row.row.lines if 0 <= date.box.y0 - line.box.y0 < 0.05]
    above = [line for line in lines if min(line.box.x1, date.box.x1) > max(line.box.x0, date.box.x0)]
    return any(_STAMP_WORDS.search(re.sub(r"\s+", "", line.text)) and len(line.text) < 24 for line in above)


_RECEIPT = r"^\W*(回执|签收|收到|领取|送达|接收)|(签收|收到|接收)(人|日期|时间|单位)[:：]|^\W*(本证|此证)|向我宣布"
issued = closing(_RECEIPT)
"""The issue date of a notice, a decision or a warrant: what those write below who receive it does not count."""
_CERTIFIED = re.compile(r"[与同]原[件本].{0,8}(一致|无异|相符|核对)|核对(一致|无异)|复印件")


def _certifies(date: SeenDate, rows: Sequence[PlacedRow]) -> bool:
    """The date on which somebody certified a copy."""
    above = rows[date.place.index - 1].text if date.place.index and date.alone else ""
    return bool(_CERTIFIED.search(re.sub(r"\s+", "", date.before + date.after + above)))


def first_signed(but: str = "") -> Picker:
    """The first date beside a signature, where several people sign; that of others who signed on the same day too.

    `but`: words in the row before a date that say that somebody else signed there.
    """
    others = re.compile(but) if but else None

    def pick(dates: Sequence[SeenDate], rows: Sequence[PlacedRow]) -> list[SeenDate]:
        ends = [date for date in dates if _closes(date)]
        if others:
            ends = [date for date in ends if not others.search(re.sub(r"\s+", "", date.before))]
        return [date for at, date in enumerate(ends) if at == 0 or (date.value and date.value == ends[0].value)]

    return pick


_OTHER_DATE = re.compile(
    r"(出生|生于|结案|办结|指派|安排|收案|立案|受理|归档|起止|案发|发生|入职)\W*(日期|年月日|年月|时间|日)?\W*$"
)


_SIGNER_BESIDE = r"[\w、]{0,8}(?:签名|签字|签章|盖章|人|意见)(?:[（(][^()（）]{0,6}[)）])?\s*[:：]?\s*[\w·]{0,4}"
_NUMERAL = r"[\d〇零○一二三四五六七八九十廿]"
_DAY = rf"(?:19|20|二){_NUMERAL}{{2,3}}\s*[年.\-/]\s*{_NUMERAL}{{1,3}}\s*[月.\-/]\s*{_NUMERAL}{{1,3}}\s*日?"
_CELLS_BESIDE = re.compile(rf"(?:^|(?<=\s))(?:{_SIGNER_BESIDE}|[\w·]{{2,4}}(?=\s))?\s*(?:{_DAY}|年\s*月\s*日)(?=\s|$)")
"""Other cells of the row that hold a signature's date too."""


def _closes(date: SeenDate) -> bool:
    if _OTHER_DATE.search(re.sub(r"\s+", "", date.before)):
        return False
    if date.stamped or _STAMP_WORDS.search(date.before) or date.form == "month_day" or _SPOKEN.match(date.before):
        return False
    after = re.sub(r"[\W_]", "", _CELLS_BESIDE.sub("", date.after))
    before = re.sub(r"\s+", "", date.before)
    if len(after) > 4:
        return False
    if date.alone or len(after + re.sub(r"[\W_]", "", _CELLS_BESIDE.sub("", date.before))) <= 3:
        return True
    return (len(before) <= 26 and bool(_SIGNED.search(before))) or (len(before) <= 16 and date.box.x0 > 0.4)


def signed_by(level: Level, *, last: bool = False) -> Picker:
    """The date of the signature of the one who examines ("lower") or approves ("upper").

    Where no label says whose they are, the first signature's date is the lower one's, the last the upper one's.
    """

    def pick(dates: Sequence[SeenDate], rows: Sequence[PlacedRow]) -> list[SeenDate]:
        labels = labels_in(rows)
        ends = [(date, owner_of(date, labels)) for date in dates if _closes(date)]
        hits = [date for date, owner in ends if owner == level]
        if not hits:
            free = [date for date, owner in ends if owner is None]
            hits = free if level == "upper" or len(free) > 1 else []
        return hits[-1:] if last else hits[:1]

    return pick


def scheduled() -> Picker:
    """The first date with an hour behind it, or for which something is fixed: when a hearing is to be."""
    hour = re.compile(
        r"^\W*(\(?星期.\)?|\(?周.\)?)?\W*(上午|下午|早上|\d{1,2}\W?[时点:]|[一二三四五六七八九十]{1,3}[时点])"
    )
    fixed = re.compile(r"(定于|兹于|将于|你于|在|于)\W*$")

    def pick(dates: Sequence[SeenDate], rows: Sequence[PlacedRow]) -> list[SeenDate]:
        timed = [date for date in dates if hour.search(date.after)]
        coming = [date for date in dates if fixed.search(date.before) and re.search("开庭|审理|出庭|到庭", date.after)]
        return (timed or coming)[:1]

    return pick


def stamped() -> Picker:
    """The date of a receipt stamp (收文章)."""

    def pick(dates: Sequence[SeenDate], rows: Sequence[PlacedRow]) -> list[SeenDate]:
        return [date for date in dates if _in_stamp(date, rows)][:1]

    return pick
