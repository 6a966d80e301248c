"""Citizen identity numbers (公民身份号码, GB 11643-1999) with their check digit."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_CONFUSED = str.maketrans("OoＯQlI|｜丨!BSZzxХ×", "00001111118522XXX")
_DIGIT = r"[0-9OoＯQlI|｜丨!BSZz]"
_CANDIDATE = re.compile(rf"(?<![0-9A-Za-z])[1-8](?:[ \t]?\n?{_DIGIT}){{16}}[ \t]?\n?(?:{_DIGIT}|[XxХ×])(?![0-9A-Za-z])")
_FEWEST_TRUE_DIGITS = 14


@dataclass(frozen=True, slots=True)
class IdNumber:
    """An identity number: 18 characters, the last 0-9 or X.

    `start`/`end` are offsets into the text searched (end exclusive). `valid`: the check digit is right. `repaired`:
    letters read for digits were put right, which is done only where the check digit then is right.
    """

    number: str
    start: int
    end: int
    valid: bool
    repaired: bool
    birth: dt.date

    @property
    def region(self) -> str:
        """The six digits of the place (GB/T 2260) where the number was given out."""
        return self.number[:6]

    @property
    def female(self) -> bool:
        return int(self.number[16]) % 2 == 0


def check_digit(first17: str) -> str:
    """Compute the 18th character for the first 17 digits (GB 11643-1999, ISO 7064 MOD 11-2).

    Raises ValueError where `first17` is not 17 ASCII digits.
    """
    if len(first17) != 17 or not (first17.isascii() and first17.isdecimal()):
        raise ValueError("17 digits are needed")
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True)) % 11]


def find_id_numbers(text: str) -> tuple[IdNumber, ...]:
    """Every identity number in `text`, in order, also across a line's end.

    A number whose birth date is no date is none; one with a wrong check digit is given with `valid` False.
    """
    found = []
    for match in _CANDIDATE.finditer(text.translate({0xFF10 + digit: str(digit) for digit in range(10)})):
        raw = re.sub(r"\s", "", match.group())
        number = raw.translate(_CONFUSED)
        repaired = number != raw.replace("x", "X").replace("×", "X").replace("Х", "X")
        birth = _birth(number)
        if birth is None or sum(char.isdecimal() for char in raw) < _FEWEST_TRUE_DIGITS or "X" in number[:17]:
            continue
        valid = check_digit(number[:17]) == number[17]
        if valid or not repaired:
            found.append(IdNumber(number, match.start(), match.end(), valid, repaired, birth))
    return tuple(found)


def _birth(number: str) -> dt.date | None:
    try:
        birth = dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
    return birth if 1900 <= birth.year <= 2099 else None
