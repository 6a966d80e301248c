"""Sets the lines of an invented paper on pages, so that training sees places as well as words; nothing is drawn.

A page is a list of `Placed` lines: text and box in fractions of the page, origin at the top left. Widths are those of
full-width characters of the look's size; half-width ones take half.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

ASPECT = 0.707
"""Width of a page in heights."""
DATE_LINE = re.compile(r"(年.{0,4}月.{0,4}日?|\d{4}[.\-]\d{1,2}[.\-]\d{1,2})$")
CLOSING = re.compile(
    r"^(此致|.{0,12}(签名|签字|辩护人|代理人|具状人|申请人|答辩人|检察员|检察官|审判员|审判长|书记员|民警|律师|承办人|局长|单位|盖章)"
    r".{0,6}[:：]?.{0,14}|.{2,20}(法院|检察院|公安局|援助中心|援助处|委员会|事务所)(（.{1,3}）)?)$"
)


@dataclass(frozen=True, slots=True)
class Placed:
    text: str
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Look:
    """How a paper is set. `size`: height of a line of text in heights of the page."""

    size: float
    pitch: float
    left: float
    right: float
    top: float
    bottom: float
    """Where pages end; some papers go on overleaf though there is room left, as forms and handwriting do."""
    title: float
    """Height of the title in sizes of the text."""
    table: float
    """Share of the short lines of several words that stand in columns."""
    indent: int
    foot: str
    """Page number at the foot, a format with {n} and {total}; "" for none."""
    header: bool
    """Whether later pages repeat the title in small print."""

    @staticmethod
    def draw(rng: random.Random) -> Look:
        size = rng.uniform(0.0115, 0.0185)
        return Look(
            size=size,
            pitch=size * rng.uniform(1.35, 2.3),
            left=rng.uniform(0.09, 0.17),
            right=rng.uniform(0.84, 0.92),
            top=rng.uniform(0.06, 0.15),
            bottom=rng.uniform(0.87, 0.935) if rng.random() < 0.8 else rng.uniform(0.4, 0.87),
            title=rng.choice((1.0, 1.3, 1.5, 1.6, 1.8, 2.0, 2.3)),
            table=rng.choice((0.0, 0.3, 0.8)),
            indent=rng.choice((0, 2, 2)),
            foot=rng.choice(("", "", "", "第{n}页", "第 {n} 页 共 {total} 页", "- {n} -", "{n}", "{n}/{total}")),
            header=rng.random() < 0.06,
        )


def width(text: str, size: float) -> float:
    """Width of a text in widths of the page."""
    return sum(0.52 if char.isascii() else 1.0 for char in text) * size / ASPECT * 0.98


class Setter:
    """Sets one paper; `pages` is the result."""

    def __init__(self, look: Look, rng: random.Random) -> None:
        self.look, self.rng = look, rng
        self.pages: list[list[Placed]] = []
        self.new_page()

    def new_page(self) -> None:
        self.pages.append([])
        self.down = self.look.top if len(self.pages) == 1 else max(0.055, self.look.top * 0.8)

    def put(self, text: str, x0: float, size: float) -> None:
        if text.strip():
            x1 = min(0.985, x0 + width(text, size))
            self.pages[-1].append(Placed(text, x0, self.down, x1, self.down + size))

    def room(self) -> None:
        if self.down + self.look.size > self.look.bottom:
            self.new_page()

    def centred(self, text: str, size: float) -> None:
        self.room()
        self.put(text, max(0.03, 0.5 - width(text, size) / 2), size)
        self.down += size * 1.7

    def heading(self, issuer: str, title: str) -> None:
        """The issuer and the title: in one line or two, spread letters, now and then no larger than the text."""
        rng, size = self.rng, self.look.size * self.look.title
        if issuer and rng.random() < 0.75:
            self.centred(issuer, size * rng.choice((0.7, 0.85, 1.0)))
        elif issuer:
            title = issuer + title
        if not title:
            return
        way = rng.random()
        if way < 0.12 and 4 <= len(title) <= 14:
            cut = len(title) // 2
            self.centred(title[:cut], size)
            self.centred(title[cut:], size)
        elif way < 0.24 and len(title) <= 8:
            step = size / ASPECT * rng.uniform(1.5, 2.4)
            start = 0.5 - step * len(title) / 2
            for index, char in enumerate(title):
                self.put(char, start + index * step, size)
            self.down += size * 1.7
        elif way < 0.29:
            self.put(title, self.look.left, size)
            self.down += size * 1.7
        else:
            self.centred(title, size)
        self.down += self.look.pitch * rng.uniform(0.1, 0.9)

    def paragraph(self, text: str) -> None:
        parts = text.split()
        if 2 <= len(parts) <= 6 and len(text) < 48 and self.rng.random() < self.look.table:
            self.cells(parts)
            return
        start = self.look.left + (self.look.indent * self.look.size / ASPECT if len(text) > 24 else 0.0)
        while text:
            self.room()
            fits = 1
            while fits < len(text) and start + width(text[: fits + 1], self.look.size) <= self.look.right:
                fits += 1
            if fits < len(text) and text[fits] in "，。、；：）":
                fits += 1
            self.put(text[:fits], start, self.look.size)
            self.down += self.look.pitch
            text, start = text[fits:], self.look.left

    def cells(self, parts: list[str]) -> None:
        self.room()
        step = (self.look.right - self.look.left) / len(parts)
        for index, part in enumerate(parts):
            self.put(part, self.look.left + index * step, self.look.size)
        self.down += self.look.pitch * 1.15

    def closing(self, text: str) -> None:
        """A line at the right margin."""
        self.room()
        self.put(text, max(self.look.left, self.look.right - width(text, self.look.size) - 0.04), self.look.size)
        self.down += self.look.pitch

    def finish(self, title: str, foot_line: str) -> list[list[Placed]]:
        """Number the pages, repeat the header, put the line that is signed at the foot of every page."""
        total = len(self.pages)
        for number, page in enumerate(self.pages, 1):
            if foot_line:
                self._foot(page, foot_line, 0.935, self.look.left)
            if self.look.foot and (total > 1 or self.rng.random() < 0.3):
                text = self.look.foot.format(n=number, total=total)
                self._foot(page, text, 0.955, 0.5 - width(text, self.look.size * 0.85) / 2)
            if self.look.header and number > 1:
                small = self.look.size * 0.9
                page.insert(
                    0, Placed(title, 0.5 - width(title, small) / 2, 0.03, 0.5 + width(title, small) / 2, 0.03 + small)
                )
        return [page for page in self.pages if page]

    def _foot(self, page: list[Placed], text: str, down: float, x0: float) -> None:
        size = self.look.size * 0.85
        page.append(Placed(text, x0, down, x0 + width(text, size), down + size))


def body(setter: Setter, lines: list[str]) -> None:
    """The lines below the heading; the last short ones (who signs, when) stand at the right as often as not."""
    end = len(lines)
    while end > 1 and len(lines[end - 1]) < 26 and (DATE_LINE.search(lines[end - 1]) or CLOSING.match(lines[end - 1])):
        end -= 1
    right = setter.rng.random() < 0.7
    for index, line in enumerate(lines):
        if index >= end and right and line != "此致":
            setter.closing(line)
        else:
            setter.paragraph(line)
        if setter.rng.random() < 0.08:
            setter.down += setter.look.pitch * setter.rng.uniform(0.2, 1.5)
