"""Reads a date of which an OCR engine lost or confused characters: 20217月31日, 2021年731日, 二二一午三月五曰.

A damaged date is a run of numerals, units and stray marks. Every way to cut the run into year, month and day is
tried; each character that has to be confused, lost or ignored costs something. The cheapest reading counts, and only
if no other reading is as cheap: two readings that are equally good make no date.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from pipeline.text.numerals import DIGITS, TENS, number_value, positional_value

DEAREST = 2.5
"""Cost above which a run of characters is not taken for a date at all."""

FIRST_YEAR, LAST_YEAR = 1900, 2099
LONGEST_RUN = 18

NUMERALS = frozenset(DIGITS) | frozenset(TENS) | frozenset("十拾元千")
_CONFUSED_NUMERALS: dict[str, tuple[tuple[str, float], ...]] = {
    **dict.fromkeys("lI!ｌＩ丨Ⅰ", (("1", 1.0),)),
    **dict.fromkeys("|｜", (("1", 1.0), ("", 1.0))),
    **dict.fromkeys("OoＯｏQD", (("0", 1.0),)),
    "Ⅱ": (("11", 1.0), ("1", 1.5)),
    "B": (("8", 1.0),),
    **dict.fromkeys("Ss", (("5", 1.0),)),
    **dict.fromkeys("Zz", (("2", 1.0),)),
    "b": (("6", 1.0),),
    **dict.fromkeys("gq", (("9", 1.0),)),
    **dict.fromkeys("—–－ー━─-", (("一", 1.0),)),
    **dict.fromkeys("+＋士", (("十", 1.0),)),
    **dict.fromkeys("口囗。", (("〇", 1.0),)),
    **dict.fromkeys("人入", (("八", 1.0),)),
    "兰": (("三", 1.0),),
}
_YEAR_UNIT = {"年": 0.0, **dict.fromkeys("午牛丰羊乍华手竿", 1.0), **dict.fromkeys("二三廿", 1.5)}
_MONTH_UNIT = {"月": 0.0, **dict.fromkeys("日曰用目冃明", 1.0)}
_DAY_UNIT = {"日": 0.0, "号": 0.0, **dict.fromkeys("曰目口田白月旦臼", 1.0)}
_UNITS = frozenset(_YEAR_UNIT) | frozenset(_MONTH_UNIT) | frozenset(_DAY_UNIT)
_STRAY = frozenset(".·・•'’`,，_:：")
_LOST = 1.0
_PROOF = {0.0: 1.0, 1.0: 0.6}
"""How much a unit that was read speaks for a date, by its cost; a lost one says nothing."""
_PROOF_NEEDED = 2.0
_CHINESE = frozenset("〇一二三四五六七八九十廿卅元千")
_AFTER_A_DAY = frozenset("，。；、,;.)）】〕」”:：-—至到")
_MEASURES = frozenset("名人个次元万岁件份年时分起条款项页天亩级处笔张部辆人户期")


@dataclass(frozen=True, slots=True)
class Symbol:
    """A character of the run with its place in the text; `gap`: white space stands before it, `stray`: a mark does."""

    char: str
    index: int
    gap: bool
    stray: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """What a damaged run says: `value` None where no single reading is the best; `end` is exclusive.

    `intact`: every numeral and unit is there; only units were confused (目 for 日) or a mark strayed in.
    """

    value: dt.date | None
    end: int
    cost: float
    complete: bool
    intact: bool = False


@dataclass(frozen=True, slots=True)
class _Cut:
    year: int | None
    month: int | None
    day: int | None
    cost: float
    length: int
    intact: bool


def numeral_like(char: str) -> bool:
    """Whether the character is a numeral or is often read where one stands."""
    return char in NUMERALS or char in _CONFUSED_NUMERALS


def symbols_at(text: str, start: int, stop: int) -> tuple[Symbol, ...]:
    """Collect the run of date characters from `start` (to `stop` at most), past white space and single stray marks."""
    found: list[Symbol] = []
    gap = stray = False
    index = start
    while index < stop and len(found) < LONGEST_RUN:
        char = text[index]
        if char.isspace():
            gap = True
        elif char in NUMERALS or char in _CONFUSED_NUMERALS or char in _UNITS:
            found.append(Symbol(char, index, gap, stray))
            gap = stray = False
        elif char in _STRAY and not stray:
            stray = True
        else:
            break
        index += 1
    return tuple(found)


def read_damaged(text: str, start: int, stop: int) -> Reading | None:
    """Find the best reading of a damaged date that begins at `start`; None where none is cheap enough.

    Western digits in `text` must be ASCII (dates.py folds them); `stop` is exclusive.
    """
    run = symbols_at(text, start, stop)
    if sum(symbol.char in "年月日号" for symbol in run) < 1:
        return None
    cuts = [cut for cut in _cuts(text, run) if cut.cost <= DEAREST]
    if not cuts:
        return None
    cheapest = min(cut.cost for cut in cuts)
    best = [cut for cut in cuts if cut.cost <= cheapest + 1e-9]
    values = {(cut.year, cut.month, cut.day) for cut in best}
    longest = max(cut.length for cut in best)
    end = run[longest - 1].index + 1
    if len(values) > 1:
        return Reading(None, end, cheapest, complete=False)
    year, month, day = values.pop()
    if year is None or month is None or day is None:
        return Reading(None, end, cheapest, complete=False)
    return Reading(dt.date(year, month, day), end, cheapest, True, all(cut.intact for cut in best))


def _cuts(text: str, run: tuple[Symbol, ...]) -> Iterator[_Cut]:
    for years in range(1, min(len(run), 8) + 1):
        head = run[:years]
        if not all(numeral_like(symbol.char) for symbol in head):
            break
        slot = _slot(head)
        for after_year, after_month, after, partial in _month_and_day(text, run, years):
            for year, slot_cost in _years(slot):
                proof = partial.proof + (1.0 if year is not None and _chinese_year(slot) else 0.0)
                if proof < _PROOF_NEEDED and not (partial.year_true and _alone(text, run, after)):
                    continue
                if not partial.year_true and (year is None or years < 4 or not partial.month_true):
                    continue
                month, day = partial.month, partial.day
                if None not in (year, month, day) and not _exists(year, month, day):
                    continue
                if not partial.month_true and _lone_day(run, after_year, after_month, after):
                    month = day = None
                cost = slot_cost + partial.cost + _strays(run[:after])
                intact = slot_cost == 0.0 and years == 4 and partial.intact and not _cut_short(run[:after], years)
                yield _Cut(year, month, day, cost, after, intact)


@dataclass(frozen=True, slots=True)
class _Slots:
    month: int | None
    day: int | None
    cost: float
    proof: float
    year_true: bool
    month_true: bool
    intact: bool


def _month_and_day(text: str, run: tuple[Symbol, ...], years: int) -> Iterator[tuple[int, int, int, _Slots]]:
    for year_cost, year_proof, after_year in _unit(run, years, _YEAR_UNIT):
        for month, month_cost, month_proof, after_month in _months(run, after_year):
            month_true = month_proof == 1.0
            for day, day_cost, day_proof, after in _days(text, run, after_month):
                if run[after - 1].char == "月" and not month_true:
                    continue
                cost = year_cost + month_cost + day_cost
                proof = year_proof + month_proof + day_proof
                # Each unit was read, if as a look-alike, and nothing but units cost anything.
                intact = min(year_proof, month_proof, day_proof) > 0.0 and cost == sum(
                    proof_of != 1.0 for proof_of in (year_proof, month_proof, day_proof)
                )
                slots = _Slots(month, day, cost, proof, year_proof == 1.0, month_true, intact)
                yield after_year, after_month, after, slots


def _exists(year: int | None, month: int | None, day: int | None) -> bool:
    try:
        return bool(dt.date(year or 0, month or 0, day or 0))
    except ValueError:
        return False


def _lone_day(run: tuple[Symbol, ...], after_year: int, after_month: int, after: int) -> bool:
    """Whether what stands between 年 and 日 could be the day alone, with the whole month lost."""
    if after_month < len(run) and run[after_month].gap:
        return False
    value = number_value("".join(symbol.char for symbol in run[after_year:after] if numeral_like(symbol.char)))
    return value is not None and 1 <= value <= 31


def _chinese_year(slot: str) -> bool:
    """Whether the slot holds a whole year in Chinese numerals, which hardly anything but a date holds."""
    return len(slot) == 4 and slot[0] in "一二" and sum(char in _CHINESE for char in slot) >= 3


def _cut_short(part: tuple[Symbol, ...], years: int) -> bool:
    """Whether a mark strays where it may be the rest of a numeral: .2月 may be 12月, 2.日 may be 21日."""
    for place, symbol in enumerate(part[1:], start=1):
        if not symbol.stray:
            continue
        before, after = part[place - 1].char, part[place + 1].char if place + 1 < len(part) else ""
        leads = before in _UNITS and not numeral_like(before) and numeral_like(symbol.char)
        if place < years or not (leads and symbol.char in "3456789三四五六七八九" and not numeral_like(after or " ")):
            return True
        if "日" in after or "号" in after:
            return True
    return False


def _strays(part: tuple[Symbol, ...]) -> float:
    return 0.5 * sum(symbol.stray for symbol in part[1:])


def _unit(run: tuple[Symbol, ...], place: int, units: dict[str, float]) -> Iterator[tuple[float, float, int]]:
    """Cost, proof and the place after it, for a unit read at `place` and for a lost one."""
    if place < len(run) and run[place].char in units:
        cost = units[run[place].char]
        yield cost, _PROOF.get(cost, 0.0), place + 1
        if cost == 0:
            return
    yield _LOST, 0.0, place


def _months(run: tuple[Symbol, ...], place: int) -> Iterator[tuple[int | None, float, float, int]]:
    for size in range(4):
        part = run[place : place + size]
        if len(part) < size or not all(numeral_like(symbol.char) for symbol in part):
            break
        for cost, proof, after in _unit(run, place + size, _MONTH_UNIT):
            if size == 0:
                if proof == 1.0:
                    yield None, 1.0, proof, after
                continue
            for value, slot_cost in _numbers(_slot(part), 12):
                yield value, slot_cost + cost + _gaps(part), proof, after


def _days(text: str, run: tuple[Symbol, ...], place: int) -> Iterator[tuple[int | None, float, float, int]]:
    for size in range(5):
        part = run[place : place + size]
        if len(part) < size or not all(numeral_like(symbol.char) for symbol in part):
            break
        for cost, proof, after in _unit(run, place + size, _DAY_UNIT):
            lost = after == place + size
            if size == 0:
                if proof == 1.0:
                    yield None, 1.0, proof, after
                continue
            if lost and not _may_end(text, run, after):
                continue
            for value, slot_cost in _numbers(_slot(part), 31):
                known = None if lost and _ends_line(text, run, after) and _may_go_on(value, part) else value
                yield known, slot_cost + cost + _gaps(part), proof, after


def _may_end(text: str, run: tuple[Symbol, ...], length: int) -> bool:
    """Whether a day may end here without its 日: at a line's end, at punctuation, at a gap that no measure follows."""
    if length < len(run) and numeral_like(run[length].char) and not run[length].gap:
        return False
    rest = text[run[length - 1].index + 1 :]
    following = rest.lstrip()
    if not following or rest[0] in "\r\n":
        return True
    if rest[0].isspace():
        return following[0] not in _MEASURES and not numeral_like(following[0])
    return rest[0] in _AFTER_A_DAY


def _ends_line(text: str, run: tuple[Symbol, ...], length: int) -> bool:
    rest = text[run[length - 1].index + 1 :]
    return not rest.strip(" \t　") or rest.lstrip(" \t　")[0] in "\r\n"


def _may_go_on(value: int, part: tuple[Symbol, ...]) -> bool:
    """Whether a day at the end of a line may be the beginning of a longer one: 2 (of 28), 二十 (of 二十六)."""
    last = part[-1].char
    if last in "十拾廿卅+＋士":
        return True
    return len(part) == 1 and value in (1, 2, 3)


def _alone(text: str, run: tuple[Symbol, ...], length: int) -> bool:
    """Whether the run fills its line, so that nothing but a date can be meant."""
    before = text[: run[0].index].rstrip(" \t　")
    return (not before or before[-1] in "\r\n:：") and _ends_line(text, run, length)


def _gaps(part: tuple[Symbol, ...]) -> float:
    return 0.25 * sum(symbol.gap for symbol in part[1:])


def _slot(part: tuple[Symbol, ...]) -> str:
    return "".join(symbol.char for symbol in part)


def _spellings(slot: str) -> Iterator[tuple[str, float]]:
    """Every way to read the slot's characters as numerals, with the cost of the confusions."""
    ways = [((char, 0.0),) if char in NUMERALS else _CONFUSED_NUMERALS[char] for char in slot]
    for way in product(*ways):
        yield "".join(char for char, _ in way), sum(cost for _, cost in way)


@lru_cache(maxsize=4096)
def _numbers(slot: str, largest: int) -> tuple[tuple[int, float], ...]:
    """Values 1..largest that a month or day slot can mean."""
    found: dict[int, float] = {}
    for spelling, cost in _spellings(slot):
        if spelling == "元" and largest == 12:
            value: int | None = 1
        else:
            value = number_value(spelling)
        if value is None or not 1 <= value <= largest or (spelling.isascii() and len(spelling) > 2):
            continue
        styles = {char in _CHINESE for char in spelling}
        together = cost + (1.0 if len(styles) > 1 else 0.0)
        if len(spelling) > 1 and not spelling.isascii() and not set(spelling) & set("十廿卅拾"):
            together += 0.5
        if spelling.startswith("一十"):
            together += 1.0
        found[value] = min(together, found.get(value, together))
    return tuple(found.items())


@lru_cache(maxsize=4096)
def _years(slot: str) -> tuple[tuple[int | None, float], ...]:
    """Years that a year slot can mean; (None, cost) where too much of it is lost."""
    found: dict[int | None, float] = {}
    for spelling, cost in _spellings(slot):
        value = positional_value(spelling)
        if value is None:
            spelled = number_value(spelling)
            if spelled is not None and FIRST_YEAR <= spelled <= LAST_YEAR:
                found[spelled] = min(cost, found.get(spelled, cost))
            continue
        if len(spelling) == 4 and FIRST_YEAR <= value <= LAST_YEAR:
            found[value] = min(cost, found.get(value, cost))
        elif len(spelling) == 3:
            digits = "".join(str(DIGITS[char]) for char in spelling)
            whole = {int(digits[:at] + digit + digits[at:]) for at in range(4) for digit in "0123456789"}
            for year in whole:
                if FIRST_YEAR <= year <= LAST_YEAR:
                    found[year] = min(cost + _LOST, found.get(year, cost + _LOST))
        elif len(spelling) < 3:
            found[None] = min(cost + 1.5, found.get(None, cost + 1.5))
    if sum(1 for year in found if year is not None) > 3:
        return ((None, min(found.values())),)
    return tuple(found.items())
