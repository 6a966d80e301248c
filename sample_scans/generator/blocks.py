"""What a document is made of before it is drawn. Texts are in the markup of markup.py."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field, replace
from typing import Literal

from sample_scans.generator.markup import plain

Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Seal:
    """An official seal: the name on its arc, a line below the star, red, or black on a photocopy."""

    text: str
    below: str = ""
    shape: Literal["round", "oval", "square"] = "round"


@dataclass(frozen=True, slots=True)
class Head:
    """A line of a heading: title, issuer above it, subtitle below."""

    text: str
    size: int = 46
    face: str = ""
    after: int = 14
    red: bool = False
    align: Align = "center"


@dataclass(frozen=True, slots=True)
class Para:
    text: str
    indent: int = 2
    align: Align = "left"
    size: int = 0
    face: str = ""
    after: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell; `width` as a share of the row. A label is centred and printed."""

    text: str
    width: float
    label: bool = False
    seal: Seal | None = None
    align: Align = "left"
    top: bool = False
    optional: bool = False
    """The form itself lets it stay empty."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a row of the file's own catalogue says, once its corrections are made; pages as written ("3", "13-14")."""

    number: str
    title: str
    pages: str
    remark: str = ""
    shown: tuple[str, str] = ("", "")
    """Title and pages in markup, where they are more than plain text."""

    starts: bool = False
    """The catalogue says where each paper begins, not where it ends."""

    @property
    def span(self) -> tuple[int | None, int | None]:
        """First and last page; None where the row leaves them open."""
        numbers = [int(n) for n in re.findall(r"\d+", self.pages)]
        if not numbers:
            return None, None
        return numbers[0], None if self.starts and len(numbers) == 1 else numbers[-1]


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]
    height: int = 56
    entry: Entry | None = None
    """What the row says, where it is one of the catalogue."""


@dataclass(frozen=True, slots=True)
class Table:
    rows: tuple[Row, ...]
    size: int = 24
    after: int = 16
    pad: int = 11


@dataclass(frozen=True, slots=True)
class Closing:
    """The last lines (issuer, date), set to the right, with the seal over the last one."""

    lines: tuple[str, ...]
    seal: Seal | None = None
    shift: float = 0.0
    """How far left of the right margin the lines are centred, as a share of the text width."""
    before: int = 40


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt stamp with its date, at a place given as shares of the page (left, top)."""

    unit: str
    day: dt.date
    at: tuple[float, float] = (0.62, 0.04)
    role: str = "notice_received"


@dataclass(frozen=True, slots=True)
class IdCard:
    """Both sides of an identity card, copied on one sheet."""

    name: str
    sex: str
    born: dt.date
    address: str
    number: str
    authority: str
    valid: str


@dataclass(frozen=True, slots=True)
class Press:
    """Something pressed on what has been drawn so far: a seal (whole, or cut off at a counterfoil) or a thumb.

    `x`: its middle as a share of the page's width; `dy`: its middle in pixels below the present height.
    """

    kind: Literal["seal", "cut", "finger"]
    x: float
    dy: int
    seal: Seal | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """A horizontal rule, red below a letterhead."""

    red: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    height: int


@dataclass(frozen=True, slots=True)
class Break:
    """The next block begins a new page."""


Block = Head | Para | Table | Closing | Receipt | IdCard | Press | Bar | Gap | Break


@dataclass(frozen=True, slots=True)
class Look:
    """How an issuer's papers look: faces, sizes and margins in pixels at 150 dpi, colour of the paper."""

    body: str = "song"
    title: str = "serif-bold"
    size: int = 29
    leading: float = 1.75
    left: int = 165
    right: int = 150
    top: int = 165
    paper: tuple[int, int, int] = (252, 251, 246)


@dataclass(frozen=True, slots=True)
class Doc:
    """One paper of the file. `listed` is its row in the catalogue ("" where the catalogue leaves it out)."""

    type: str
    title: str
    blocks: tuple[Block, ...]
    look: Look = field(default_factory=Look)
    writer: str = ""
    """In whose hand the slots are filled."""
    pen: str = ""
    """The face of that hand, where it is none of the usual ones."""
    edge: Seal | None = None
    """A seal across the edges of all its pages (骑缝章), a strip on each."""
    foot: str = ""
    """Markup at the foot of every page (a signature on each page of a record)."""
    number: str = ""
    """Printed page number: a format with {n} and {total}."""
    listed: str | None = None
    ruled: bool = False
    copy: bool = False
    back: bool = False
    """A blank back follows."""
    turn: int = 0
    """Degrees clockwise that its first scan must be turned to be upright."""
    lost: bool = False
    """The scan cannot be read."""

    def but(self, **changes: object) -> Doc:
        return replace(self, **changes)  # type: ignore[arg-type]


def doc_text(doc: Doc) -> str:
    """All text of the document as plain lines, for the training corpus (page breaks as form feeds)."""
    lines: list[str] = []
    for block in doc.blocks:
        match block:
            case Head(text=text) | Para(text=text):
                lines += plain(text).splitlines() or [""]
            case Table(rows=rows):
                lines += [" ".join(filter(None, (plain(c.text).replace("\n", " ") for c in row.cells))) for row in rows]
            case Closing(lines=closing):
                lines += [plain(line) for line in closing]
            case Receipt(unit=unit, day=day):
                lines += [unit, f"{day.year}年{day.month:02}月{day.day:02}日"]
            case IdCard():
                lines += id_card_lines(block)
            case Break():
                lines.append("\f")
            case _:
                pass
    if doc.foot:
        lines.append(plain(doc.foot))
    return "\n".join(line for line in lines if line)


def id_card_lines(card: IdCard) -> list[str]:
    """The text of both sides in reading order."""
    born = card.born
    return [
        f"姓 名 {card.name}",
        f"性 别 {card.sex}  民 族 汉",
        f"出 生 {born.year}年{born.month}月{born.day}日",
        f"住 址 {card.address}",
        f"公民身份号码 {card.number}",
        "中华人民共和国",
        "居民身份证",
        f"签发机关 {card.authority}",
        f"有效期限 {card.valid}",
    ]
