"""A row spelled out: its characters without white space, each with its place on the page.

Forms set their labels with spaces ("审 判 长") and engines lose or invent them, so labels are looked for in the bare
characters; what the spaces said is kept as breaks (a gap of the layout, not of the wording).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from pipeline.casefile import Box, Line

_NARROW = str.maketrans("（）：〔〕［］﹕︰【】，；、．", "():()()::()," + ";、.")
"""One character to one character, so that places stay true."""
_ENOUGH = 8.0
PADDING = 0.2
"""What an engine's boxes of lines add on either side of the ink, in heights of the line (measured on drawn pages)."""
_GAP = 1.2
"""Ems between two lines of a row from which they are cells apart, not one text read in two."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A character of a row. `line`: which line of the row it comes from; `breaks`: a gap of the layout before it."""

    char: str
    line: int
    width: float
    """Ems of print that it takes."""
    breaks: bool = False


@dataclass(frozen=True, slots=True)
class Letters:
    """A row of lines spelled out. `pitch`: width of a full-width printed character on this page, or 0 if unknown."""

    lines: tuple[Line, ...]
    letters: tuple[Letter, ...]
    text: str
    pitch: float

    def line_of(self, index: int) -> Line:
        return self.lines[self.letters[index].line]

    def box(self, start: int, end: int, printed: Sequence[tuple[int, int]] = ()) -> Box:
        """Where the characters from `start` up to `end` stand; `printed`: stretches known to be print, not writing."""
        boxes = [
            self._box_on(line, start, end, printed)
            for line in sorted({self.letters[i].line for i in range(start, end)})
        ]
        whole = boxes[0]
        for box in boxes[1:]:
            whole = whole.union(box)
        return whole

    def _box_on(self, number: int, start: int, end: int, printed: Sequence[tuple[int, int]]) -> Box:
        line = self.lines[number]
        mine = [i for i, letter in enumerate(self.letters) if letter.line == number]
        wanted = [i for i in mine if start <= i < end]
        widths = self._widths(mine, line, printed)
        ink = line.box.x0 + padding(line)
        left = ink + sum(widths[: wanted[0] - mine[0]])
        right = ink + sum(widths[: wanted[-1] - mine[0] + 1])
        return Box(left, line.box.y0, min(right, line.box.x1), line.box.y1)

    def _widths(self, mine: list[int], line: Line, printed: Sequence[tuple[int, int]]) -> list[float]:
        """Width of each character: print at the page's pitch, the rest shares what is left of the line."""
        units = [self.letters[i].width for i in mine]
        room = max(0.5 * line.box.width, line.box.width - 2 * padding(line))
        own = room / max(1e-6, sum(units))
        fixed = [any(a <= i < b for a, b in printed) for i in mine]
        if not self.pitch or all(fixed) or not any(fixed):
            return [own * unit for unit in units]
        pitch = min(own, self.pitch)
        left = room - sum(pitch * unit for unit, still in zip(units, fixed, strict=True) if still)
        free = sum(unit for unit, still in zip(units, fixed, strict=True) if not still)
        return [pitch * unit if still else left / free * unit for unit, still in zip(units, fixed, strict=True)]


def spelled(lines: Sequence[Line], pitch: float = 0.0) -> Letters:
    """Spell out lines that stand side by side, left to right."""
    letters: list[Letter] = []
    before: Line | None = None
    for number, line in enumerate(lines):
        em = pitch or line.box.height
        apart = before is not None and line.box.x0 - before.box.x1 > _GAP * em
        spaces: int = 0
        for char in line.text:
            if char.isspace():
                spaces += 2 if char in "\u3000\t" else 1
                continue
            letters.append(Letter(char.translate(_NARROW), number, width(char), apart or spaces >= 2))
            apart, spaces = False, 0
        before = line
    return Letters(tuple(lines), tuple(letters), "".join(letter.char for letter in letters), pitch)


def width(char: str) -> float:
    """Width of a character in ems of print."""
    return 0.52 if char.isascii() else 1.0


def padding(line: Line) -> float:
    """What the box of a line adds on either side; nothing where the text is digital."""
    return 0.0 if line.score is None else PADDING * line.box.height


def page_pitch(lines: Sequence[Line]) -> float:
    """Width of a full-width character of the page's running text (fractions of the page); 0 where there is none."""
    pitches = []
    for line in lines:
        units = sum(width(char) for char in line.text if not char.isspace())
        if units >= _ENOUGH:
            pitches.append((line.box.width - 2 * padding(line)) / units)
    return median(pitches) if pitches else 0.0
