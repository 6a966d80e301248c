"""How well a damaged reading agrees with a date: 三年十二十日 may be what a seal left of 二〇二三年十一月二十日.

Used to compare what was read at one place with dates that other papers bear; nothing is invented here. A reading is
laid beside the date as it would be written, character by character; lost, mistaken and additional characters cost
something, thin strokes (〇, 一, 1) less than whole characters.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

_DIGITS = "〇一二三四五六七八九"
_ZEROS = frozenset("〇零○0OoＯ")
_CHINESE = frozenset("一二三四五六七八九十廿卅〇零○")
_DATE_CHARS = _CHINESE | frozenset("0123456789年月日")
_LOST = {**dict.fromkeys("〇0", 0.3), **dict.fromkeys("一十1", 0.5), **dict.fromkeys("年月日.", 0.5)}
_LOST_WHOLE = 0.8
_MISTAKEN = 0.6
_OTHER_NUMERAL = 1.2
_NOISE = 0.3
_ALIKE = (
    "一二三", "十一", "十千", "二工", "三五", "〇六", "六八", "八人入", "九七", "四匹", "日目曰月", "年午牛", "五王",
    "17", "14", "38", "56", "58", "68", "06", "49", "27", "79", "08", "35",
)  # fmt: skip
_PAIRS = frozenset((a, b) for group in _ALIKE for a in group for b in group if a != b)
_FOLD = str.maketrans({**dict.fromkeys("零○OoＯ", "〇"), "曰": "日", "目": "日", "Ⅱ": "⒒", "廿": "⒛"})
_UNFOLD = {"⒒": "11", "⒛": "二十"}


@dataclass(frozen=True, slots=True)
class Likeness:
    """`cost` of taking the reading for the date; `kept`: share (0..1) of the written date that was read."""

    cost: float
    kept: float


def likeness(raw: str, value: dt.date) -> Likeness:
    """Compare a reading with a date, in the way of writing that suits it best."""
    read = re.sub(r"[\s_]", "", raw).translate(_FOLD)
    for short, whole in _UNFOLD.items():
        read = read.replace(short, whole)
    chinese = any(char in _CHINESE and char != "〇" for char in read)
    western = any(char.isascii() and char.isdecimal() for char in read)
    if western:
        read = read.replace("〇", "0")
    forms = [in_numerals(value)] if chinese or not western else []
    if western:
        forms += [f"{value.year}年{value.month}月{value.day}日", f"{value.year}年{value.month:02}月{value.day:02}日"]
        forms += [f"{value.year}.{value.month}.{value.day}", f"{value.year}.{value.month:02}.{value.day:02}"]
    return min((_compare(read, form) for form in dict.fromkeys(forms)), key=lambda found: (found.cost, -found.kept))


def in_numerals(value: dt.date) -> str:
    """A date in Chinese numerals: 二〇二一年三月十二日."""
    year = "".join(_DIGITS[int(digit)] for digit in str(value.year))
    return f"{year}年{_tens(value.month)}月{_tens(value.day)}日"


def _tens(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones or not tens else "")


def alike(digit: str, other: str, *, chinese: bool) -> bool:
    """Whether two digits are often taken for each other in their script: 4 and 9, or 二 and 三."""
    pair = (_DIGITS[int(digit)], _DIGITS[int(other)]) if chinese else (digit, other)
    return pair in _PAIRS


def is_rest_of(read: str, whole: str) -> bool:
    """Whether every character read stands in `whole`, in order, and some of `whole` is missing."""
    rest = iter(whole)
    return len(read) < len(whole) and all(char in rest for char in read)


@lru_cache(maxsize=16384)
def _compare(read: str, form: str) -> Likeness:
    # Rows: characters of the date as written; each cell the least cost and the most characters kept at that cost.
    before = [(0.0, 0)]
    for char in read:
        before.append((before[-1][0] + _extra(char), 0))
    for true in form:
        row = [(before[0][0] + _LOST.get(true, _LOST_WHOLE), before[0][1])]
        for place, char in enumerate(read):
            same = char == true
            taken = (before[place][0] + (0.0 if same else _mistaken(char, true)), before[place][1] - same)
            lost = (before[place + 1][0] + _LOST.get(true, _LOST_WHOLE), before[place + 1][1])
            extra = (row[place][0] + _extra(char), row[place][1])
            row.append(min(taken, lost, extra))
        before = row
    cost, kept = before[-1]
    return Likeness(round(cost, 3), -kept / len(form))


def _extra(char: str) -> float:
    return _OTHER_NUMERAL if char in _DATE_CHARS else _NOISE


def _mistaken(char: str, true: str) -> float:
    if (char, true) in _PAIRS or char not in _DATE_CHARS:
        return _MISTAKEN
    return _OTHER_NUMERAL
