"""What stands in the page column of a catalogue as first and last page: 3, 3-5, 第3页至第5页, 三至五, P3—5, 003-005."""

from __future__ import annotations

import re

from pipeline.text.normalise import fold
from pipeline.text.numerals import number_value

MOST_PAGES = 1999
"""A number beyond is none of a page: a year, a sum, a number of a case."""
_LIKE_DIGITS = str.maketrans("OoQDlI|i!", "000011111")
"""Letters that engines read for digits, where nothing but a number can stand."""
_CHINESE = r"[〇零一二三四五六七八九十百廿卅两]{1,6}"
_NUMBER = rf"(?:\d{{1,4}}|{_CHINESE})"
_JOIN = r"[-~至到.,/\\=·]|[-~.·]{2,4}|(?<=\d)一{1,2}(?=\d)"
_SPAN = re.compile(
    rf"^\W*(?:第|P\.?|p\.?|页)?\W*(?P<first>{_NUMBER})(?:页|P|p)?"
    rf"(?:(?P<join>{_JOIN}|(?<=页)(?=第))(?:第|P\.?|p\.?)?(?P<last>{_NUMBER})(?:页|P|p)?)?\W*$"
)
_STRAY = re.compile(r"^[^\d\u4e00-\u9fff]{1,2}(?=\d)|(?<=\d)[^\d\u4e00-\u9fff]{1,2}$")
"""A letter or two read out of the rulings beside a number."""
_DITTO = re.compile(r'^(?:[〃"″′”“]{1,3}|,,|\'\'|同[上前])$')

Span = tuple[int, int]
"""First and last page; one and the same where only one number stands."""


def read_span(text: str) -> Span | None:
    """First and last page of a cell that holds nothing but its pages; None where it holds anything else.

    A comma, a full stop or a slash between two numbers is a dash misread.
    """
    plain = fold(text)
    for candidate in (plain, plain.translate(_LIKE_DIGITS), _STRAY.sub("", plain)):
        match = _SPAN.match(candidate)
        if match is None:
            continue
        first = _value(match["first"])
        last = _value(match["last"]) if match["last"] else first
        if first is None or last is None:
            continue
        if match["last"] and last < first:
            last = _completed(first, match["last"], last)
        return first, last
    return None


def read_number(text: str) -> int | None:
    """A cell's only number, however written: 3, 第3号, (三), 03; None for anything else."""
    span = read_span(re.sub(r"[号项]$", "", re.sub(r"^第", "", fold(text))))
    return span[0] if span and span[0] == span[1] else None


def joins(text: str) -> bool:
    """Whether a cell holds only what stands between two page numbers: -, ~, 至."""
    return bool(re.fullmatch(r"[-~至到—_一]{1,3}", fold(text)))


def upright(text: str) -> str:
    """Strokes side by side read as if they lay on one another: in a column of Arabic numbers 二 is 11, and 一 is 1."""
    return {"一": "1", "二": "11", "三": "111"}.get(fold(text), text)


def is_ditto(text: str) -> bool:
    """Whether a cell says that it is as the one above: 〃, ″, 同上."""
    return bool(_DITTO.match(fold(text)))


def _value(text: str) -> int | None:
    value = int(text) if text.isascii() and text.isdigit() else number_value(text)
    return value if value is not None and 0 < value <= MOST_PAGES else None


def _completed(first: int, written: str, last: int) -> int:
    """A last page written short: 113-5 is 113-115. Else it is taken as it stands, less than the first."""
    if not written.isdigit() or len(written) >= len(str(first)):
        return last
    full = int(str(first)[: -len(written)] + written)
    return full if full >= first else last
