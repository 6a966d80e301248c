"""Chinese numerals as numbers: 二十一, 廿三, 一百零五, 二〇二一, 贰拾."""

from __future__ import annotations

DIGITS: dict[str, int] = {
    **{char: value for value, char in enumerate("〇一二三四五六七八九")},
    **{char: value for value, char in enumerate("零壹贰叁肆伍陆柒捌玖")},
    **dict.fromkeys("○◯⚪", 0),
    **{char: value for value, char in enumerate("0123456789")},
    "两": 2,
}
"""Every character that stands for one decimal digit, with its value."""

UNITS: dict[str, int] = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
"""Characters that multiply the digit before them."""

TENS: dict[str, int] = {"廿": 20, "卅": 30, "卌": 40}
"""Characters that stand for whole tens."""

FULL_WIDTH = {0xFF10 + value: str(value) for value in range(10)}
"""Translation table: full-width digits to ASCII, one to one."""


def positional_value(text: str) -> int | None:
    """Read digits written one after the other: 二〇二一 or 2021 is 2021.

    None where a character is no digit or the text is empty.
    """
    value = 0
    for char in text.translate(FULL_WIDTH):
        if char not in DIGITS:
            return None
        value = value * 10 + DIGITS[char]
    return value if text else None


def number_value(text: str) -> int | None:
    """Read a Chinese or Arabic numeral (0..99,999,999): 三十, 廿五, 一百零五, 二万三千, 105, 二〇.

    None where the text is no well-formed numeral (三三十, 十百, empty).
    """
    text = text.translate(FULL_WIDTH)
    if not text:
        return None
    if text.isdecimal() and text.isascii():
        return int(text)
    if "万" in text:
        high, _, low = text.partition("万")
        above, below = number_value(high), number_value(low) if low else 0
        if above is None or below is None or "万" in low or not 0 < above < 10_000 or below >= 10_000:
            return None
        return above * 10_000 + below
    if all(char in DIGITS for char in text):
        return positional_value(text)
    return _with_units(text)


def _with_units(text: str) -> int | None:
    total, digit, lowest = 0, -1, 10_000
    for place, char in enumerate(text):
        if char in TENS:
            if digit >= 0 or lowest <= 10:
                return None
            total, lowest = total + TENS[char], 10
        elif char in UNITS:
            unit = UNITS[char]
            if unit >= lowest or (digit < 0 and (unit != 10 or place)):
                return None
            total, digit, lowest = total + unit * (digit if digit >= 0 else 1), -1, unit
        elif char in DIGITS:
            if digit > 0:
                return None
            digit = DIGITS[char]
        else:
            return None
    return total + max(digit, 0)
