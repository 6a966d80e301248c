"""The little markup in which documents are written: printed text with slots filled by hand, dates with roles, signatures.

`hand("陈某")` gives a run in handwriting on a printed rule, `date("approval", day, "slot")` a date with its role,
`sign("lawyer", "陈某", "hand")` a place where somebody signs, `empty("cause", "______")` a slot that nobody filled,
`alter("struck", "12", "13")` writing that was corrected. `atoms` takes the markup apart for the layout, `plain` gives
the text as a reader would type it.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

Face = Literal["body", "bold", "hand", "rule", "sign"]
"""body and bold are printed; hand is handwriting, rule is handwriting on a printed rule, sign a signature."""

DIGITS = "〇一二三四五六七八九"
TOKEN = re.compile(r"⟦(.*?)⟧")
WORD = re.compile(r"[A-Za-z0-9.\-/:%]{1,24}|\s+|.", re.S)


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of one face."""

    text: str
    face: Face


@dataclass(frozen=True, slots=True)
class DateTag:
    """What truth knows of a date on the page. Role `""` is a date that nobody scores."""

    role: str
    value: dt.date


@dataclass(frozen=True, slots=True)
class SignTag:
    """What truth knows of a place to sign.

    `mark`: hand · finger · both (a thumb at the end of the name) · over (on the name) · beside (next to it) · stamp
    (name seal) · printed (a printed name alone, which is nobody's signature) · blank.
    """

    role: str
    name: str
    mark: str


@dataclass(frozen=True, slots=True)
class EmptyTag:
    """A slot of a printed form that is left empty: its kind, and whether the form itself lets it stay so."""

    kind: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class AlterTag:
    """A correction: struck, overwritten or whitened; `seal`: finger, the name on a name seal, or ""."""

    kind: str
    old: str
    new: str
    seal: str = ""
    by_hand: bool = False
    """Whether the old text was written by hand."""


@dataclass(frozen=True, slots=True)
class Atom:
    """What the layout never breaks: a character, a word of Latin letters, a date, a signature."""

    pieces: tuple[Piece, ...]
    tag: DateTag | SignTag | EmptyTag | AlterTag | None = None

    @property
    def text(self) -> str:
        if isinstance(self.tag, SignTag) and self.tag.mark in ("finger", "stamp", "blank"):
            return ""
        text = "".join(p.text for p in self.pieces)
        return text.replace("_", " ") if isinstance(self.tag, EmptyTag) else text


def hand(text: str) -> str:
    """Handwriting on a printed rule."""
    return f"⟦rule|{text}⟧"


def ink(text: str) -> str:
    """Handwriting without a rule, in a cell or on a ruled sheet."""
    return "\n".join(f"⟦hand|{line}⟧" for line in text.split("\n"))


def bold(text: str) -> str:
    return f"⟦bold|{text}⟧"


def date(role: str, day: dt.date, style: str = "ar") -> str:
    """A date with its role, written in one of the styles of `spell`."""
    return f"⟦date|{role}|{day.isoformat()}|{style}⟧"


def sign(role: str, name: str, mark: str = "hand") -> str:
    """A place to sign and what stands there: one of the marks of `SignTag`."""
    return f"⟦sign|{role}|{name}|{mark}⟧"


def empty(kind: str, text: str = "________", *, optional: bool = False) -> str:
    """A slot left empty, as the form prints it: `_` is a printed rule, everything else stands as it is ("第　　号")."""
    return f"⟦empty|{kind}|{text}|{'optional' if optional else ''}⟧"


def alter(kind: str, old: str, new: str, *, seal: str = "", by_hand: bool = False) -> str:
    """A correction (struck, overwritten, whitened) of `old` into `new`, perhaps with a fingerprint or name seal on it."""
    return f"⟦alter|{kind}|{old}|{new}|{seal}|{'hand' if by_hand else ''}⟧"


def _tens(number: int) -> str:
    if number <= 10:
        return "十" if number == 10 else DIGITS[number]
    ten, one = divmod(number, 10)
    return ("" if ten == 1 else DIGITS[ten]) + "十" + (DIGITS[one] if one else "")


def spell(day: dt.date, style: str) -> tuple[Piece, ...]:
    """The date as it is written: ar 2023年4月5日 · spaced · dot 2023.4.5 · dash · zh 二〇二三年四月五日 · zh○ · zh零 ·
    slot (digits by hand between printed 年月日) · hand (all by hand) · handdot (2023.4.5 by hand)."""
    y, m, d = day.year, day.month, day.day
    if style.startswith("zh"):
        zero = style[2:] or "〇"
        year = "".join(DIGITS[int(c)] for c in str(y)).replace("〇", zero)
        return (Piece(f"{year}年{_tens(m)}月{_tens(d)}日", "body"),)
    if style == "slot":
        return (
            Piece(f" {y} ", "rule"), Piece("年", "body"), Piece(f" {m} ", "rule"),
            Piece("月", "body"), Piece(f" {d} ", "rule"), Piece("日", "body"),
        )  # fmt: skip
    text = {
        "ar": f"{y}年{m}月{d}日",
        "pad": f"{y}年{m:02}月{d:02}日",
        "spaced": f"{y} 年 {m} 月 {d} 日",
        "dot": f"{y}.{m}.{d}",
        "dash": f"{y}-{m:02}-{d:02}",
        "hand": f"{y}年{m}月{d}日",
        "handdot": f"{y}.{m}.{d}",
    }[style]
    return (Piece(text, "hand" if style.startswith("hand") else "body"),)


def _token(body: str) -> list[Atom]:
    kind, _, rest = body.partition("|")
    if kind == "date":
        role, value, style = rest.split("|")
        day = dt.date.fromisoformat(value)
        return [Atom(spell(day, style), DateTag(role, day))]
    if kind == "sign":
        role, name, mark = rest.split("|")
        return [Atom((Piece(name, "sign"),), SignTag(role, name, mark))]
    if kind == "empty":
        what, text, optional = rest.split("|")
        return [Atom((Piece(text, "body"),), EmptyTag(what, bool(optional)))]
    if kind == "alter":
        how, old, new, seal, by_hand = rest.split("|")
        shown = f"{old} {new}".strip() if how == "struck" else new
        return [Atom((Piece(shown, "hand"),), AlterTag(how, old, new, seal, bool(by_hand)))]
    face: Face = {"rule": "rule", "hand": "hand", "bold": "bold"}[kind]  # type: ignore[assignment]
    if face == "rule":
        return [Atom((Piece(f" {rest} ", "rule"),))] if len(rest) <= 16 else [Atom((Piece(c, "rule"),)) for c in rest]
    return [Atom((Piece(word, face),)) for word in WORD.findall(rest)]


def atoms(text: str) -> list[Atom]:
    """The text in unbreakable parts, in order."""
    result: list[Atom] = []
    for i, part in enumerate(TOKEN.split(text)):
        result += _token(part) if i % 2 else [Atom((Piece(word, "body"),)) for word in WORD.findall(part)]
    return result


def plain(text: str) -> str:
    """The text without markup, as truth and the training corpus hold it."""
    return "".join(atom.text for atom in atoms(text))
