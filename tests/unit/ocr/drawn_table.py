"""Tables of contents drawn line by line, as a scanner would see them, with the strips that an engine would have read.

Words are drawn as rows of made-up characters: strokes in a square, none of which runs beyond it. Numbers are real ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.ocr.lines import Strip

Pixels = NDArray[np.uint8]
Span = tuple[int, int, int, int]
GLYPH, PITCH, TOP = 26, 56, 300
LEFT = {"number": 120, "issuer": 190, "title": 400, "pages": 820, "remark": 960}
BORDERS = (100, 180, 390, 800, 940, 1090)
INK, BLUE, PAPER = (45, 45, 48), (40, 50, 130), (244, 241, 230)
_SHAPES = ((0, 5, 16), (2, 9, 21), (4, 13, 24), (1, 11, 19))


@dataclass
class Table:
    """A page with a table: `image` (RGB) and the strips read on it."""

    image: Pixels
    strips: list[Strip] = field(default_factory=list)
    places: dict[tuple[int, str], Span] = field(default_factory=dict)

    def write(
        self, row: int, column: str, text: str, *, pen: int = 2, score: float = 0.99, lost: bool = False, at: int = 0
    ) -> None:
        """Write an entry, `at` pixels behind the column's beginning; `lost`: no strip was found for it."""
        x, middle = LEFT[column] + at, TOP + row * PITCH
        right = self._draw(x, middle, text, pen)
        place = x, middle - GLYPH // 2, right, middle + GLYPH // 2
        self.places.setdefault((row, column), place)
        if not lost:
            self.read(place, text, score)

    def read(self, place: Span, text: str, score: float = 0.99) -> None:
        """Add a strip around a place."""
        left, top, right, bottom = place[0] - 4, place[1] - 8, place[2] + 4, place[3] + 8
        corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
        self.strips.append(Strip(corners, text, score))

    def _draw(self, x: int, middle: int, text: str, pen: int) -> int:
        for char in text:
            if char.isascii():
                # A digit is some 0.6 of a character wide.
                cv2.putText(self.image, char, (x, middle + 10), cv2.FONT_HERSHEY_SIMPLEX, 0.8, INK, pen, cv2.LINE_AA)
                x += 17
            else:
                self.character(x, middle, ord(char), pen)
                x += GLYPH + 2
        return x

    def character(self, x: int, middle: int, kind: int, pen: int = 2, colour: tuple[int, int, int] = INK) -> None:
        """Strokes in a square: three across, two down, one aslant."""
        top = middle - GLYPH // 2
        for y in _SHAPES[kind % 4]:
            cv2.line(self.image, (x + 2, top + y), (x + GLYPH - 5, top + y), colour, pen, cv2.LINE_AA)
        for across in (5 + kind % 3, 17 - kind % 2):
            cv2.line(self.image, (x + across, top + 1), (x + across, top + 24), colour, pen, cv2.LINE_AA)
        cv2.line(self.image, (x + 3, top + 23), (x + 20, top + 4 + kind % 5), colour, pen, cv2.LINE_AA)

    def rule(self, rows: int, *, gaps: Sequence[tuple[int, int]] = ()) -> None:
        """Draw the grid around the first rows; `gaps`: (row, border) of upright rules left out there."""
        top = TOP - PITCH // 2
        for row in range(rows + 1):
            cv2.line(self.image, (BORDERS[0], top + row * PITCH), (BORDERS[-1], top + row * PITCH), INK, 2)
        for number, x in enumerate(BORDERS):
            for row in range(rows):
                if (row, number) not in gaps:
                    cv2.line(self.image, (x, top + row * PITCH), (x, top + (row + 1) * PITCH), INK, 2)

    def strike(
        self,
        row: int,
        column: str,
        *,
        start: float = -0.1,
        end: float = 1.1,
        down: int = 0,
        rise: int = 0,
        pen: int = 3,
    ) -> None:
        """Draw a line through an entry, `down` pixels below its middle, rising by `rise` pixels to its end."""
        left, top, right, bottom = self.places[row, column]
        y = (top + bottom) // 2 + down
        begin, stop = (round(left + part * (right - left)) for part in (start, end))
        cv2.line(self.image, (begin, y), (stop, y - rise), BLUE, pen, cv2.LINE_AA)

    def write_over(self, row: int, column: str, pen: int = 4) -> None:
        """Write something else over the first two characters of an entry."""
        left, top, _, bottom = self.places[row, column]
        for step, kind in ((0, 7), (12, 2)):
            self.character(left + step, (top + bottom) // 2, kind, pen, BLUE)

    def thumb(self, x: int, y: int, colour: tuple[int, int, int] = (205, 40, 50)) -> None:
        """Press a fingertip: ridges around a middle, of the size of a row."""
        for radius in range(4, 26, 5):
            cv2.ellipse(self.image, (x, y), (round(0.8 * radius), radius), 0, 0, 360, colour, 2, cv2.LINE_AA)


def drawn(
    rows: int = 12,
    *,
    ruled: bool = True,
    issuer: bool = False,
    pages: Sequence[str] = (),
    pen: int = 2,
    skew: float = 0.0,
) -> Table:
    """A catalogue of some rows: number, title, pages; `skew`: degrees by which it lies askew."""
    table = Table(np.full((1684, 1190, 3), PAPER, np.uint8))
    table.read((480, 150, 720, 190), "卷内目录")
    for row in range(rows):
        table.write(row, "number", str(row + 1), pen=1)
        if issuer:
            table.write(row, "issuer", "某县法院"[: 2 + row % 3], pen=pen)
        table.write(row, "title", "法律援助申请审批通知书"[row % 4 : 5 + row % 7], pen=pen)
        table.write(row, "pages", pages[row] if row < len(pages) else str(row + 11), pen=pen)
    if ruled:
        table.rule(rows)
    return turned(table, skew) if skew else table


def turned(table: Table, degrees: float) -> Table:
    """The page put askew on the scanner's glass."""
    height, width = table.image.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    image = cv2.warpAffine(table.image, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=PAPER)
    strips = [
        Strip((s.quad @ matrix[:, :2].T + matrix[:, 2]).astype(np.float32), s.text, s.score) for s in table.strips
    ]
    return Table(np.asarray(image, np.uint8), strips, table.places)
