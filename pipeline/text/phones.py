"""Telephone numbers as Chinese papers have them: mobile (11 digits from 13 on) and landline (area code first)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CONFUSED = str.maketrans("OoＯQlI|｜丨!", "0000111111")
_DIGIT = r"[0-9OoQlI|｜丨!]"
_EDGE = r"(?<![0-9A-Za-z.〔（(])"
_MOBILE = re.compile(rf"{_EDGE}(?P<number>[1lI|][3-9](?:[ -]?{_DIGIT}){{9}})(?![0-9A-Za-z])")
_LANDLINE = re.compile(rf"{_EDGE}\(?(?P<area>0[1-9]\d{{1,2}})\)?[ ]?[-—–一]?[ ]?(?P<rest>[2-9]\d{{6,7}})(?!\d)")
_FEWEST_TRUE_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number: 11 digits, or area code, hyphen and number. `start`/`end`: offsets into the text searched."""

    number: str
    start: int
    end: int
    mobile: bool


def find_phones(text: str) -> tuple[Phone, ...]:
    """Every telephone number in `text` (full-width digits folded by the caller), in order."""
    found = []
    for match in _MOBILE.finditer(text):
        raw = re.sub(r"[ -]", "", match["number"])
        if sum(char.isdecimal() for char in raw) >= _FEWEST_TRUE_DIGITS:
            found.append(Phone(raw.translate(_CONFUSED), match.start("number"), match.end("number"), True))
    for match in _LANDLINE.finditer(text):
        area, rest = match["area"], match["rest"]
        if not any(one.start < match.end() and match.start() < one.end for one in found):
            found.append(Phone(f"{area}-{rest}", match.start(), match.end(), False))
    return tuple(sorted(found, key=lambda one: one.start))
