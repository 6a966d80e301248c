"""The two readings of one place weighed against each other: what date they come to, and whether it is certain."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from pipeline.casefile import Line
from pipeline.text.date_likeness import is_rest_of
from pipeline.text.dates import FoundDate, find_dates

BEYOND_DOUBT = 0.93
"""Score of a line above which one whole, unrepaired reading of a date stands without a second one."""
FLOOR = 0.75
"""Two agreeing readings are taken as certain only when neither line was read worse than this."""
FULLER = 0.85
"""Score from which the fuller of two readings stands, where the other is the same with characters lost."""
ZEROS = "〇零○0Oo"
_THIN = frozenset("一1lI丨|")


@dataclass(frozen=True, slots=True)
class Decision:
    """What two readings of one place come to: the value, whether it is certain, why not, the text it rests on.

    `others`: what else the place was read as, the readings that differ from `value`; `sound`: see `sound()`, of the
    readings that differ all are.
    """

    value: dt.date | None
    certain: bool
    raw: str
    doubt: str
    others: tuple[dt.date, ...] = ()
    raws: tuple[str, ...] = ()
    sound: bool = True


def sound(found: FoundDate) -> bool:
    """Whether every numeral of a whole date stands there as read."""
    return found.value is not None and (not found.repaired or found.intact)


def decide(found: FoundDate, score: float, lines: list[tuple[Line, int, int]]) -> Decision:
    """Weigh `found` (of the first reading, on `lines` with their worst score) against the second reading's date."""
    if len(lines) != 1 or lines[0][0].second is None:
        sure = sound(found) and score >= BEYOND_DOUBT
        return Decision(found.value, sure, found.raw, "" if sure else "字迹不清", raws=(found.raw,))
    line = lines[0][0]
    second_score = line.second_score or 0.0
    other = _counterpart(found, line)
    if other is None or other.value is None:
        sure = sound(found) and score >= BEYOND_DOUBT and second_score < score
        raws = (found.raw, other.raw) if other else (found.raw,)
        return Decision(found.value, sure, found.raw, "" if sure else "两次识读不一致", raws=raws)
    raws = (found.raw, other.raw)
    if found.value is None:
        sure = sound(other) and second_score >= BEYOND_DOUBT
        return Decision(other.value, sure, other.raw, "" if sure else "仅一次读出", raws=raws)
    if found.value == other.value:
        sure = (sound(found) or sound(other)) and max(score, second_score) >= FLOOR
        return Decision(found.value, sure, found.raw, "" if sure else "字迹不清", raws=raws)
    return _differing(found, score, other, second_score)


def _differing(found: FoundDate, score: float, other: FoundDate, second_score: float) -> Decision:
    raws = (found.raw, other.raw)
    ranked = sorted(((found, score), (other, second_score)), key=lambda one: (sound(one[0]), one[1]), reverse=True)
    fuller = next((one for one in ranked if _lost_from(one[0], found if one[0] is other else other)), None)
    if (
        fuller
        and sound(fuller[0])
        and (fuller[1] >= FLOOR or _merged(fuller[0], found if fuller[0] is other else other))
    ):
        # A seal or a faint pen takes strokes away; it does not write 十 where none is.
        less = other if fuller[0] is found else found
        surplus = len(_bare(fuller[0].raw)) - len(_bare(less.raw))
        sure = fuller[1] >= FULLER and not (_THIN & _surplus(fuller[0].raw, less.raw)) and surplus == 1
        assert less.value is not None
        doubt = "两次识读不一致, 取较全者"
        return Decision(fuller[0].value, sure, fuller[0].raw, doubt, () if sure else (less.value,), raws)
    better, worse = ranked[0][0], ranked[1][0]
    others = (worse.value,) if worse.value else ()
    return Decision(better.value, False, better.raw, "两次识读不一致", others, raws, sound(better) and sound(worse))


def bare(text: str) -> str:
    """What was read without white space and without the zeros that a seal takes first: those of Chinese numerals."""
    letters = re.sub(r"\s", "", text)
    return letters if re.search(r"[1-9]", letters) else re.sub(rf"[{ZEROS}]", "", letters)


def _bare(text: str) -> str:
    return bare(text).rstrip("日号")


def _lost_from(whole: FoundDate, part: FoundDate) -> bool:
    """Whether `part` is what is left of `whole` when characters are lost."""
    return is_rest_of(_bare(part.raw), _bare(whole.raw))


def _merged(whole: FoundDate, part: FoundDate) -> bool:
    """Whether `part` has a single 1 where `whole` has 11: a recogniser joins equal neighbours, and never parts one."""
    ones = re.compile(r"(?<!\d)11(?!\d)")
    places = [match.start() for match in ones.finditer(_bare(whole.raw))]
    return any(_bare(whole.raw)[:at] + _bare(whole.raw)[at + 1 :] == _bare(part.raw) for at in places)


def _surplus(whole: str, part: str) -> frozenset[str]:
    """The characters of `whole` that `part` lacks."""
    rest = list(_bare(part))
    lacking = []
    for char in _bare(whole):
        if rest and rest[0] == char:
            rest.pop(0)
        else:
            lacking.append(char)
    return frozenset(lacking)


def _counterpart(found: FoundDate, line: Line) -> FoundDate | None:
    """The date of the second reading that stands at the same place of the line as `found`."""
    second = line.second or ""
    others = [other for other in find_dates(second) if other.form != "empty_slot" or found.form == "empty_slot"]
    if not others:
        return None
    at = found.start / max(1, len(line.text))
    return min(others, key=lambda other: abs(other.start / max(1, len(second)) - at))
