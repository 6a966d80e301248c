"""Dates in words, as an OCR engine reads them from Chinese documents.

`find_dates` knows 2021年3月5日 with gaps and stray marks, 二〇二一年三月五日 with every way to write zero, dotted and
dashed dates, compact ones in slots, empty and half-filled slots, and dates of which characters were lost or confused
(date_repair.py). Our own normalisation brings each to one form, which `dateparser` then has to accept: what is no day
of the calendar gets no value. Relative expressions (昨天, 次日) are no dates; nothing is measured from today.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from dateparser.date import DateDataParser

from pipeline.text.date_repair import NUMERALS, numeral_like, read_damaged
from pipeline.text.numerals import FULL_WIDTH, number_value, positional_value


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text, or the place where one should stand.

    `start`/`end` are offsets into the text given (end exclusive), `raw` is that slice. `value` is None where the date
    is empty, partial, impossible (2月30日) or damaged beyond a single reading. `complete`: year, month and day are all
    there (an impossible date is complete). `repaired`: characters had to be supplied or corrected; `intact`: even so
    every numeral was read, and only a unit or separator was mistaken (25目 for 25日).
    `form`: units (2021年3月5日) · numerals (二〇二一年三月五日) · mixed · dotted · compact · spaced · two_digit_year ·
    month_day · year_from_context · partial · partial_slot · empty_slot · lunar · damaged.
    """

    value: dt.date | None
    start: int
    end: int
    raw: str
    form: str
    repaired: bool
    complete: bool
    intact: bool = True


# One character to one character, so that offsets into the text given stay true.
_FOLDED = {
    **FULL_WIDTH,
    **{ord(char): "〇" for char in "○◯⚪⭕ΟО"},
    **{ord(char): "." for char in "．。·・•﹒"},
    **{ord(char): "-" for char in "－–—―‐‑−"},
    ord("／"): "/",
    ord("號"): "号",
    ord("⽇"): "日",
    ord("⽉"): "月",
    ord("\u3000"): " ",
    ord("\u00a0"): " ",
}
# For the repair, where 。 may be a zero and — a one.
_FOLDED_LIGHTLY = {key: to for key, to in _FOLDED.items() if to not in (".", "-")}

_GAP = r"[ \t\r\n_]{0,12}"
_ZERO = "〇零0OoＯ"
_CN_DIGIT = rf"[一二三四五六七八九{_ZERO}]"
_CN_YEAR = (
    rf"[一二]{_GAP}{_CN_DIGIT}{_GAP}{_CN_DIGIT}{_GAP}{_CN_DIGIT}"
    r"|[一二两]千[零〇]?[一二三四五六七八九十百零〇]{1,5}"
)
_YEAR = rf"(?P<y>(?:19|20){_GAP}\d{_GAP}\d|1{_GAP}9{_GAP}\d{_GAP}\d|2{_GAP}0{_GAP}\d{_GAP}\d|{_CN_YEAR})"
_MONTH = r"(?P<m>\d ?\d|\d|元|正|腊|[一二三四五六七八九十] ?[一二〇零]?|[01] ?[〇零])"
_CN_DAY = r"[一二三]? ?[十] ?[一二三四五六七八九]?|[廿卅] ?[一二三四五六七八九十]?|[一二三四五六七八九]|[一二三][〇零]"
_DAY = rf"(?P<d>\d ?\d|\d|初[一二三四五六七八九十]|{_CN_DAY})"
_NOT_A_DAY = r"(?![楼房院店线令文])"
_NOT_AFTER_NUMERAL = r"(?<![\d〇零一二三四五六七八九十])"

_FULL = re.compile(rf"{_NOT_AFTER_NUMERAL}{_YEAR}{_GAP}年{_GAP}{_MONTH}{_GAP}月{_GAP}{_DAY}{_GAP}(?:日|号{_NOT_A_DAY})")
# A column or a row number run together with the year: 12021年3月5日.
_FULL_AFTER_DIGITS = re.compile(
    rf"(?<=\d)(?P<y>(?:19|20)\d\d){_GAP}年{_GAP}{_MONTH}{_GAP}月{_GAP}{_DAY}{_GAP}(?:日|号{_NOT_A_DAY})"
)
_PARTIAL = re.compile(rf"{_NOT_AFTER_NUMERAL}{_YEAR}{_GAP}年{_GAP}{_MONTH}{_GAP}月")
_HALF_SLOT = re.compile(
    rf"{_NOT_AFTER_NUMERAL}{_YEAR}{_GAP}年[ \t_]*"
    rf"(?:{_MONTH}?{_GAP}月{_GAP}日|月[ \t_]*{_DAY}[ \t_]*[日号])"
)
_EMPTY_SLOT = re.compile(r"(?<!生)(?<!生 )(?:(?<![^\W_])年[ \t_]*月[ \t_]*日|年[ \t_]+月[ \t_]+日)(?!期)")
_YEAR_ALONE = re.compile(rf"(?m)(?:^|(?<=[：:]))[ \t]*(?P<whole>{_YEAR}[ \t]*年)[ \t]*$")
_MARK = r" ?[.\-/,，、] ?"
_DOTTED = re.compile(
    rf"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<s>{_MARK})(?P<m>\d\d?)(?P<t>{_MARK})(?P<d>\d\d?)"
    r"(?!\d)(?![.\-/]\d{1,3}(?!\d))(?:\s?日)?"
)
_DOTTED_CONFUSED = re.compile(
    r"(?<![\w.\-/])(?P<y>[2zZ][0OoＯ][0-9OolIZBS]{2}|[1lI]9[0-9OolIZBS]{2}) ?\. ?(?P<m>[0-9OolI]{1,2}) ?\. ?"
    r"(?P<d>[0-9OolIZBS]{1,2})(?![\w.\-/])"
)
_DIGIT_CONFUSED_WITH = str.maketrans(
    {"O": "0", "o": "0", "Ｏ": "0", "l": "1", "I": "1", "Z": "2", "z": "2", "S": "5", "B": "8"}
)
_COMPACT = re.compile(r"(?<![\dA-Za-z.\-/])(?P<y>(?:19|20)\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?![\dA-Za-z.\-/])")
_SPACED = re.compile(
    r"(?m)(?:^|(?<=[：:]))[ \t]*(?P<y>(?:19|20)\d\d) {1,12}(?P<m>\d\d?) {1,12}(?P<d>\d\d?)[ \t]*日?[ \t]*$"
)
_TWO_DIGITS = re.compile(
    rf"{_NOT_AFTER_NUMERAL}['’‘]?(?P<y>\d\d|[〇零一二三四五六七八九]{{2}}){_GAP}年{_GAP}{_MONTH}{_GAP}月{_GAP}{_DAY}{_GAP}[日号]"
)
_MONTH_DAY = re.compile(
    rf"{_NOT_AFTER_NUMERAL}(?:(?:(?P<same>[同当]年){_GAP})?{_MONTH}{_GAP}月|(?P<month>同月))"
    rf"{_GAP}{_DAY}{_GAP}(?:日|号{_NOT_A_DAY})"
)
_LUNAR = re.compile(
    r"(?:农历|阴历|旧历|夏历)\s*(?:[\w]{2,6}年)?\s*(?:闰?[\d一二三四五六七八九十正腊冬元]{1,3}月)"
    r"(?:\s*[初廿卅]?[\d一二三四五六七八九十]{1,3}[日号]?)?"
)
_WITH_MARKS = (_DOTTED, _DOTTED_CONFUSED, _COMPACT, _SPACED)
_NO_DATE_BEFORE = re.compile(r"(?:编号|号码|证号|案号|单号|卡号|账号|电话|No\.?|第)[：:]?[ \t]*$", re.IGNORECASE)
_DATE_LABEL = re.compile(r"(?:日期|时间|日|于|自|从|至|到)[：:]?[ \t]*$")
_RANGE = re.compile(r"\s*(?:起)?\s*(?:至|到|-|~|～)\s*")


@lru_cache(maxsize=4096)
def find_dates(text: str, year_hint: int | None = None, *, century: int | None = None) -> tuple[FoundDate, ...]:
    """Every date, damaged date and empty date slot in `text`, in order, never overlapping.

    `year_hint` is the year for dates that name none (7月1日); without it they have no value. 同年 and 同月 mean the
    date before them in this text, else the hint. `century` (1900, 2000) is what two-digit years are added to.
    """
    finder = _Finder(text, year_hint, century)
    finder.search()
    return tuple(sorted(finder.found, key=lambda date: date.start))


@lru_cache(maxsize=8192)
def calendar_date(year: int, month: int, day: int) -> dt.date | None:
    """Have dateparser read the normalised form; None where the calendar has no such day."""
    parsed = _parser().get_date_data(f"{year:04d}年{month}月{day}日").date_obj
    if parsed is None or (parsed.year, parsed.month, parsed.day) != (year, month, day):
        return None
    return dt.date(year, month, day)


@lru_cache(maxsize=1)
def _parser() -> DateDataParser:
    return DateDataParser(
        languages=["zh"],
        settings={
            "PARSERS": ["absolute-time"],
            "STRICT_PARSING": True,
            "REQUIRE_PARTS": ["day", "month", "year"],
            "DATE_ORDER": "YMD",
            "RELATIVE_BASE": dt.datetime(2000, 1, 1, tzinfo=dt.UTC),
            "RETURN_AS_TIMEZONE_AWARE": False,
        },
    )


def _squeeze(slot: str) -> str:
    return re.sub(r"[\s_]", "", slot)


def _month_value(slot: str) -> int | None:
    slot = _squeeze(slot)
    return 1 if slot == "元" else number_value(slot)


def _year_value(slot: str) -> int | None:
    slot = _squeeze(slot).translate({ord(char): "〇" for char in "Oo"})
    return positional_value(slot) if "千" not in slot else number_value(slot.replace("两", "二"))


def _form(year: str, month: str, day: str) -> str:
    styles = {char.isascii() and char.isdecimal() for char in _squeeze(year + month + day)}
    if len(styles) == 2:
        return "mixed" if not _only_zeros_are_western(year + month + day) else "numerals"
    return "units" if True in styles else "numerals"


def _only_zeros_are_western(slots: str) -> bool:
    return all(char in "0Oo" or not char.isascii() for char in _squeeze(slots))


class _Finder:
    """Searches one text, the surest forms first; a stretch of text once claimed is not searched again."""

    def __init__(self, text: str, year_hint: int | None, century: int | None) -> None:
        self.text = text
        self.folded = text.translate(_FOLDED)
        self.light = text.translate(_FOLDED_LIGHTLY)
        self.year_hint = year_hint
        self.century = century
        self.found: list[FoundDate] = []
        self._taken = bytearray(len(text))

    def search(self) -> None:
        for match in self._free(_LUNAR):
            self._claim(match.start(), match.end(), "lunar")
        for match in self._free(_FULL):
            self._full(match)
        for match in self._free(_FULL_AFTER_DIGITS):
            self._full(match, repaired=True)
        for match in self._free(_DOTTED):
            self._dotted(match)
        for match in self._free(_DOTTED_CONFUSED):
            self._dotted_confused(match)
        for match in self._free(_COMPACT):
            self._compact(match)
        for match in self._free(_SPACED):
            self._take(match, "spaced", _date(match), repaired=True)
        for match in self._free(_HALF_SLOT):
            self._claim(match.start(), match.end(), "partial_slot")
        for match in self._free(_PARTIAL):
            if not numeral_like(self.light[match.end() :].lstrip()[:1] or " "):
                self._claim(match.start(), match.end(), "partial")
        self._repair()
        for match in self._free(_TWO_DIGITS):
            self._two_digits(match)
        for match in self._free(_PARTIAL):
            self._claim(match.start(), match.end(), "partial")
        for match in self._free(_MONTH_DAY):
            self._month_day(match)
        for match in self._free(_YEAR_ALONE):
            self._claim(match.start("whole"), match.end("whole"), "partial")
        for match in self._free(_EMPTY_SLOT):
            self._claim(match.start(), match.end(), "empty_slot")

    def _free(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        for match in pattern.finditer(self.folded if pattern in _WITH_MARKS else self.light):
            if not any(self._taken[match.start() : match.end()]):
                yield match

    def _claim(
        self,
        start: int,
        end: int,
        form: str,
        value: dt.date | None = None,
        *,
        repaired: bool = False,
        complete: bool = False,
        intact: bool | None = None,
    ) -> None:
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        self._taken[start:end] = b"\x01" * (end - start)
        whole = not repaired if intact is None else intact
        self.found.append(FoundDate(value, start, end, self.text[start:end], form, repaired, complete, whole))

    def _take(self, match: re.Match[str], form: str, value: dt.date | None, *, repaired: bool = False) -> None:
        self._claim(match.start(), match.end(), form, value, repaired=repaired, complete=True)

    def _full(self, match: re.Match[str], *, repaired: bool = False) -> None:
        year, month, day = match["y"], match["m"], match["d"]
        if month in "正腊" or day.startswith("初"):
            self._claim(match.start(), match.end(), "lunar")
            return
        self._take(match, _form(year, month, day), _slots_date(year, month, day), repaired=repaired)

    def _dotted(self, match: re.Match[str]) -> None:
        first, second = match["s"].strip(), match["t"].strip()
        if first != "." and _NO_DATE_BEFORE.search(self.folded, 0, match.start()):
            return
        self._take(match, "dotted", _date(match), repaired=first != second or first in ",，、")

    def _dotted_confused(self, match: re.Match[str]) -> None:
        slots = [match[name].translate(_DIGIT_CONFUSED_WITH) for name in "ymd"]
        value = _slots_date(slots[0], slots[1], slots[2])
        if value is not None:
            self._take(match, "dotted", value, repaired=True)

    def _compact(self, match: re.Match[str]) -> None:
        line_start = self.text.rfind("\n", 0, match.start()) + 1
        line_end = self.text.find("\n", match.end())
        before = self.folded[line_start : match.start()]
        after = self.folded[match.end() : line_end if line_end >= 0 else None]
        alone = not before.strip() and not after.strip()
        value = _date(match)
        if value is not None and (alone or _DATE_LABEL.search(before)):
            self._take(match, "compact", value)

    def _two_digits(self, match: re.Match[str]) -> None:
        year = positional_value(match["y"])
        if year is None or self.century is None:
            self._claim(match.start(), match.end(), "two_digit_year")
            return
        value = _slots_date(str(self.century + year), match["m"], match["d"])
        self._claim(match.start(), match.end(), "two_digit_year", value, complete=True)

    def _repair(self) -> None:
        start, length = 0, len(self.light)
        while start < length:
            if self._taken[start] or not numeral_like(self.light[start]) or not self._may_begin(start):
                start += 1
                continue
            stop = self._taken.find(b"\x01", start)
            reading = read_damaged(self.light, start, stop if stop >= 0 else length)
            if reading is None:
                start += 1
                continue
            two_digits = _TWO_DIGITS.match(self.light, start)
            if reading.value is None and two_digits is not None:
                start = two_digits.end()
                continue
            form = "damaged"
            if reading.value is not None:
                form = self._form_of(start, reading.end)
            value = reading.value and calendar_date(reading.value.year, reading.value.month, reading.value.day)
            self._claim(
                start, reading.end, form, value, repaired=True, complete=reading.complete, intact=reading.intact
            )
            start = reading.end

    def _may_begin(self, start: int) -> bool:
        """Whether a damaged date may begin here: not in the middle of a word or a longer numeral."""
        char, before = self.light[start], self.light[start - 1] if start else " "
        if char not in NUMERALS and not (start + 1 < len(self.light) and self.light[start + 1] in NUMERALS):
            return False
        return not (before in NUMERALS or (before.isascii() and before.isalnum()))

    def _form_of(self, start: int, end: int) -> str:
        part = self.light[start:end]
        western = any(char.isascii() and char.isalnum() and char not in "0Oo" for char in part)
        chinese = any(char in "〇一二三四五六七八九十廿卅" for char in part)
        return "mixed" if western and chinese else "units" if western else "numerals"

    def _month_day(self, match: re.Match[str]) -> None:
        before = [date for date in self.found if date.value is not None and date.end <= match.start()]
        last = max(before, key=lambda date: date.end) if before else None
        month, day = match["m"], match["d"]
        if day.startswith("初") or (month is not None and month in "正腊"):
            self._claim(match.start(), match.end(), "lunar")
            return
        value: dt.date | None = None
        if match["month"]:
            if last is not None and last.value is not None:
                value = _slots_date(str(last.value.year), str(last.value.month), day)
        elif match["same"]:
            year = last.value.year if last is not None and last.value is not None else self.year_hint
            value = _slots_date(str(year), month, day) if year is not None else None
        elif last is not None and last.value is not None and _RANGE.fullmatch(self.light, last.end, match.start()):
            until = _slots_date(str(last.value.year), month, day)
            value = until if until is not None and until >= last.value else None
        elif self.year_hint is not None:
            value = _slots_date(str(self.year_hint), month, day)
        form = "year_from_context" if value is not None else "month_day"
        self._claim(match.start(), match.end(), form, value, complete=value is not None)


def _date(match: re.Match[str]) -> dt.date | None:
    return _slots_date(match["y"], match["m"], match["d"])


def _slots_date(year: str, month: str, day: str) -> dt.date | None:
    values = _year_value(year), _month_value(month), number_value(_squeeze(day))
    if None in values:
        return None
    return calendar_date(values[0] or 0, values[1] or 0, values[2] or 0)
