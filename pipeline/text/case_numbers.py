"""Case and document numbers (案号, 文号): who issued them, of which year, in one written form.

Every such number holds a year in brackets; what stands before and after it says whose number it is. Courts put the
year first (《关于人民法院案件案号的若干规定》, 2016), the others after their letters: 平检刑诉〔2021〕146号.
Numbers of laws and circulars (法释〔2000〕33号, 司发通〔2013〕34号) are none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

NumberKind = Literal["court", "procuratorate", "police", "arbitration", "mediation", "reconsideration", "legal_aid"]

# One character to one character, so that offsets into the text given stay true.
_PLAIN = {
    **{ord(char): "(" for char in "〔[【（{｛〈《<「﹝［"},
    **{ord(char): ")" for char in "〕]】）}｝〉》>」﹞］"},
    **{0xFF10 + digit: str(digit) for digit in range(10)},
    ord("\u3000"): " ",
}
_DIGITS_CONFUSED = str.maketrans("OoQlI|", "000111")
_PROVINCES = "京津冀晋内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新兵"
_HAN = r"[\u4e00-\u9fff]"
_GAP = r"[ \t]*\n?[ \t]*"
_DIGIT = r"[0-9OolI|]"
_YEAR = re.compile(
    rf"\({_GAP}(?P<year>[12][09Oo]{_DIGIT}{{2}}){_GAP}[)J]"
    rf"|\({_GAP}(?P<unclosed>20\d\d)(?=[ \t]*(?:第|{_HAN}))"
    rf"|(?<!\d)(?P<unopened>20\d\d){_GAP}\)"
    rf"|(?<![\d(])(?P<bare>20\d\d)(?=[{_PROVINCES}]\d{{2,4}}[民刑行执赔财]|(?<=[字宇]....)第?\d+号)"
)
_SERIAL = (
    rf"(?P<ordinal>第?){_GAP}(?P<series>[A-HJ-NP-Z]?)(?=[OolI|]?\d|[lI|]号)(?P<serial>{_DIGIT}{{1,6}})(?:[-—]\d{{1,2}})?"
    rf"(?:{_GAP}号|(?=[ \t]*(?:\n|$)))"
)
_AFTER_LETTERS = re.compile(_GAP + _SERIAL)
_WORD = rf"(?:{_HAN}[ \t]?)"
_CODE = rf"[{_PROVINCES}]{_GAP}[0-9Oo]{{{{{{0}},4}}}}{_GAP}[:;.·]?{_GAP}"
_COURT = re.compile(
    rf"{_GAP}(?P<mark>(?:最高法|{_CODE.format(0)})(?!法?律?[援拨拔])"
    rf"{_WORD}{{0,4}}?[民刑行执赔财知破清司国认商非保诉][ \t]?{_WORD}{{0,4}}?){_GAP}{_SERIAL}"
)
_OLD_COURT = re.compile(
    rf"{_GAP}(?P<mark>{_WORD}{{1,6}}?[民刑行执商知赔][ \t]?{_WORD}{{0,4}}?)(?P<word>[字宇]){_GAP}{_SERIAL}"
)
_MEDIATED = re.compile(
    rf"{_GAP}(?P<mark>{_WORD}{{1,8}}?(?:人民调解|人调|民调|调)[解协确]?)(?P<word>[字宇]?){_GAP}{_SERIAL}"
)
_AID_BY_CODE = re.compile(
    rf"{_GAP}(?P<mark>{_CODE.format(2)}法?律?[援拨拔]{_WORD}{{0,4}}?)(?P<word>[字宇]?){_GAP}{_SERIAL}"
)
_LETTERS_BEFORE = re.compile(rf"(?:{_HAN}|[()])(?:[ \t]*(?:{_HAN}|[()])){{1,19}}[ \t]*\n?[ \t]*$")
# Who issued it, by what its letters hold; where the place's short name may begin, counted back from there.
_ISSUERS: tuple[tuple[NumberKind, re.Pattern[str]], ...] = (
    ("arbitration", re.compile(r"劳人仲|劳仲|人仲|仲(?:案|裁)")),
    ("legal_aid", re.compile(r"(?:法律?|民|刑|行)?[援拨拔]")),
    ("procuratorate", re.compile(r"检(?!察)")),
    ("police", re.compile(r"公(?!诉|安局)")),
    ("reconsideration", re.compile(r"政复|行复|复决")),
    ("mediation", re.compile(r"人民调解|人调|民调|调(?=[协解确]?[字宇]$)")),
)
_PLACE = re.compile(rf"(?:{_HAN}{{0,2}}\({_HAN}{{1,4}}\)?|\)?{_HAN}{{1,4}})$")
_TEXT_BEFORE = re.compile(r"^.*(?:检察院|公安局|分局|委员会|法院|援助中心|宣读|编号|文号|案号|[以据读的书号由见])")


@dataclass(frozen=True, slots=True)
class CaseNumber:
    """A number with its issuer's kind. `text` is its one written form: （2021）豫0402刑初123号, 平检刑诉〔2021〕146号.

    `start`/`end` are offsets into the text searched (end exclusive), `raw` that slice. `mark` is what names the
    issuer and the kind of matter: 豫0402刑初, 平检刑诉, 平援指 (without 字); compare numbers by (mark, year, serial).
    """

    kind: NumberKind
    text: str
    mark: str
    year: int
    serial: int
    start: int
    end: int
    raw: str


def find_case_numbers(text: str) -> tuple[CaseNumber, ...]:
    """Every case number in `text`, in order, through bracket variants, gaps, line ends and a 号 lost at an end."""
    plain = text.translate(_PLAIN)
    found: list[CaseNumber] = []
    for bracket in _YEAR.finditer(plain):
        if found and bracket.start() < found[-1].end:
            continue
        number = _year_first(text, plain, bracket) or _letters_first(text, plain, bracket)
        if number is not None:
            found.append(number)
    return tuple(found)


def _year_first(text: str, plain: str, bracket: re.Match[str]) -> CaseNumber | None:
    kinds: tuple[tuple[NumberKind, re.Pattern[str]], ...] = (
        ("legal_aid", _AID_BY_CODE),
        ("court", _COURT),
        ("court", _OLD_COURT),
        ("mediation", _MEDIATED),
    )
    for kind, pattern in kinds:
        match = pattern.match(plain, bracket.end())
        if match is None:
            continue
        year, serial = _year(bracket), match["serial"].translate(_DIGITS_CONFUSED)
        mark = _aid(re.sub(r"[\s:;.·]", "", match["mark"]).translate(_DIGITS_CONFUSED))
        word = "字" if match.groupdict().get("word") else ""
        brackets = f"（{year}）" if kind == "court" else f"〔{year}〕"
        written = f"{brackets}{mark}{word}{match['ordinal']}{match['series']}{serial}号"
        start, end = bracket.start(), match.end()
        return CaseNumber(kind, written, mark, year, int(serial), start, end, text[start:end])
    return None


def _letters_first(text: str, plain: str, bracket: re.Match[str]) -> CaseNumber | None:
    before = _LETTERS_BEFORE.search(plain, max(0, bracket.start() - 40), bracket.start())
    after = _AFTER_LETTERS.match(plain, bracket.end())
    if before is None or after is None:
        return None
    letters = _squeeze(before.group())
    for kind, issuer in _ISSUERS:
        match = issuer.search(letters, 1)
        if match is None:
            continue
        place = _PLACE.search(_TEXT_BEFORE.sub("", letters[: match.start()]))
        if place is None:
            continue
        mark = place.group().lstrip(")") + letters[match.start() :]
        word = "字" if mark[-1] in "字宇" else ""
        mark = _aid(mark.rstrip("字宇")).replace("(", "（").replace(")", "）")
        if "（" not in mark:
            mark = mark.replace("）", "")
        elif "）" not in mark:
            mark = mark.replace("援", "）援", 1)
        year, serial = _year(bracket), after["serial"].translate(_DIGITS_CONFUSED)
        start = _start_of(plain, before, len(place.group().lstrip(")")) + len(letters) - match.start())
        end = after.end()
        written = f"{mark}{word}〔{year}〕{after['ordinal']}{after['series']}{serial}号"
        return CaseNumber(kind, written, mark, year, int(serial), start, end, text[start:end])
    return None


def _start_of(plain: str, before: re.Match[str], count: int) -> int:
    """Offset of the last `count` characters of the match that are no white space."""
    place = before.end()
    while count:
        place -= 1
        count -= not plain[place].isspace()
    return place


def _year(bracket: re.Match[str]) -> int:
    return int(
        (bracket["year"] or bracket["unclosed"] or bracket["unopened"] or bracket["bare"]).translate(_DIGITS_CONFUSED)
    )


def _aid(mark: str) -> str:
    """Put right what is often read for 援."""
    return re.sub("[拨拔]", "援", mark)


def _squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)
