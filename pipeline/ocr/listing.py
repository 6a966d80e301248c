"""Pages that list things in a table of numbers, names and pages (a file's 卷内目录), made level: rows and columns.

Only such pages are looked at more closely (cells.py, alterations.py). Whether a page is one is told from what was read
on it and costs nothing; making its table level costs a few milliseconds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.ocr.engine import Image, Quad
from pipeline.ocr.levels import histogram, percentile
from pipeline.ocr.lines import Strip, skew

Gray = npt.NDArray[np.uint8]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels of the level picture."""

GLYPH = 20
"""Height of a character in the level picture, in pixels."""
_GLYPH_OF_STRIP = 0.62
"""Height of the characters as a part of that of their strip."""
_NUMBER = re.compile(r"^\W*第?\d{1,3}(\s*[-—–―~～至一.]{1,2}\s*第?\d{1,3})?页?\W*$")
_TITLE = re.compile(r"目\s*录|目\s*次|清\s*单|登记簿")
_HEADING = re.compile(r"^\W*(序|顺|编|页|起|备|文件|文书|材料|题|名\s*称|责任|日\s*期|附注)")
_HEAD = 0.35
"""Part of the page in which a title stands."""
_FEW, _SOME = 3, 6
"""Numbers on a page with such a title, and on one without, from which it is looked at as a table."""
_LAST = 2
"""Rows of a table of which more cannot be asked: its last ones, on a page of their own."""
_DIGITS = re.compile(r"^[\d\s]+([-—–―~～至一.]+[\d\s]+)*$")
"""A number, or several written one behind another where one was struck out."""
_CLEAR = 0.06
"""Share of a table's words that may run across the border between two columns of them."""
_LONG_TABLE = 200
"""More strips than this are no table of contents, but small print."""


@dataclass(frozen=True, slots=True, eq=False)
class Listing:
    """The table of a page. Numbers are pixels of the level picture, in which characters are `GLYPH` high.

    `matrix` (2 x 3) carries pixels of the page there. `dark`: how much darker than the paper each place is (0..255),
    `ink`: where that is ink (0 or 1), `usual`: how dark the table's ink mostly is. `rows`: the middle of every row from
    the top; `numbers`: left and right of the columns of numbers; `names`: of the columns of words (who issued a paper,
    its title). `boxes`: where the page's strips stand, in their order.
    """

    matrix: npt.NDArray[np.float64]
    dark: Gray
    ink: Gray
    usual: int
    rows: tuple[float, ...]
    numbers: tuple[tuple[float, float], ...]
    names: tuple[tuple[float, float], ...]
    boxes: tuple[Box, ...]

    def quad(self, box: Box) -> Quad:
        """The corners of a box on the page, from the upper left clockwise."""
        left, top, right, bottom = box
        corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float64)
        back = np.linalg.inv(self.matrix[:, :2])
        return np.asarray((corners - self.matrix[:, 2]) @ back.T, np.float32)

    def around(self, quad: Quad) -> Box:
        """The level box around four corners on the page."""
        return _around(quad @ self.matrix[:, :2].T + self.matrix[:, 2])

    def row_of(self, box: Box) -> int | None:
        """The row on which a box stands."""
        middle = (box[1] + box[3]) / 2
        near = [i for i, row in enumerate(self.rows) if abs(row - middle) < 0.9 * GLYPH]
        return min(near, key=lambda i: abs(self.rows[i] - middle), default=None)


def lists(strips: Sequence[Strip], size: tuple[int, int]) -> bool:
    """Whether a page (height, width) looks like a table of contents by what was read on it."""
    if len(strips) > _LONG_TABLE:
        return False
    numbers = [s for s in strips if _NUMBER.match(s.text)]
    if len(numbers) < _FEW:
        return False
    if any(_TITLE.search(s.text) and s.quad[:, 1].mean() < _HEAD * size[0] and len(s.text) < 14 for s in strips):
        return True
    left = [s for s in numbers if float(s.quad[:, 0].mean()) < 0.3 * size[1]]
    right = [s for s in numbers if float(s.quad[:, 0].mean()) > 0.55 * size[1]]
    if len(numbers) >= _SOME and len(left) >= _FEW and len(right) >= _FEW:
        return True
    return _runs_on(left, right)


def _runs_on(left: Sequence[Strip], right: Sequence[Strip]) -> bool:
    """Whether the few numbers of a page stand in rows, counting on by one: a table's last, on a page of their own."""
    rows = []
    for strip in sorted(left, key=lambda s: float(s.quad[:, 1].mean())):
        middle = float(strip.quad[:, 1].mean())
        level = any(abs(float(other.quad[:, 1].mean()) - middle) < strip.height for other in right)
        if level and strip.text.strip().isdigit():
            rows.append(int(strip.text))
    return len(rows) >= _LAST and all(b - a == 1 for a, b in pairwise(rows)) and rows[0] > 1


def level(image: Image, strips: Sequence[Strip]) -> Listing | None:
    """Make the table of a page level (RGB, red ink bleached out); None where no rows of numbers can be made out."""
    numbers = [s for s in strips if (_NUMBER.match(s.text) and not s.tall) or _DIGITS.match(s.text)]
    wide = [s.height for s in strips if not s.tall]
    if len(numbers) < _FEW or not wide:
        return None
    height = median(wide)
    turn = _turned(strips, height)
    boxes = [_around(s.quad @ turn[:, :2].T) for s in strips]
    columns = _columns([b for s, b in zip(strips, boxes, strict=True) if s in numbers])
    rows = _rows(strips, boxes, columns)
    if not columns or len(rows) < _LAST:
        return None
    names = _names(strips, boxes, columns, rows)
    inner = [b for b in boxes if rows[0] - GLYPH < (b[1] + b[3]) / 2 < rows[-1] + GLYPH]
    left, right = min(b[0] for b in inner) - 2 * GLYPH, max(b[2] for b in inner) + 3 * GLYPH
    top, bottom = rows[0] - 2 * GLYPH, rows[-1] + 2 * GLYPH
    turn[:, 2] = -left, -top
    dark = _darkness(image, turn, (max(1, round(right - left)), max(1, round(bottom - top))))
    usual = _usual(dark)
    ink = cv2.threshold(dark, usual // 2, 1, cv2.THRESH_BINARY)[1]
    return Listing(
        turn,
        dark,
        np.asarray(ink, np.uint8),
        usual,
        tuple(row - top for row in rows),
        tuple((a - left, b - left) for a, b in columns),
        tuple((a - left, b - left) for a, b in names),
        tuple((b[0] - left, b[1] - top, b[2] - left, b[3] - top) for b in boxes),
    )


def _turned(strips: Sequence[Strip], height: float) -> npt.NDArray[np.float64]:
    """The matrix that makes the rows level and the characters `GLYPH` high."""
    scale = GLYPH / (_GLYPH_OF_STRIP * height)
    angle = float(np.arctan(skew(strips)))
    cos, sin = scale * np.cos(angle), scale * np.sin(angle)
    return np.array([[cos, sin, 0.0], [-sin, cos, 0.0]])


def _around(quad: npt.NDArray[np.floating]) -> Box:
    (left, top), (right, bottom) = quad.min(axis=0).tolist(), quad.max(axis=0).tolist()
    return left, top, right, bottom


def _columns(boxes: Sequence[Box]) -> list[tuple[float, float]]:
    """Left and right of the columns in which numbers stand under one another, from the left."""
    columns: list[list[Box]] = []
    for box in sorted(boxes):
        for column in columns:
            if box[0] < max(b[2] for b in column) and box[2] > min(b[0] for b in column):
                column.append(box)
                break
        else:
            columns.append([box])
    kept = [column for column in columns if len(column) >= max(_LAST, len(boxes) / 8)]
    return [(min(b[0] for b in column), max(b[2] for b in column)) for column in kept]


def _rows(strips: Sequence[Strip], boxes: Sequence[Box], columns: Sequence[tuple[float, float]]) -> list[float]:
    """The middles of the table's rows: those with a number in a column, and those between and beside with a name."""
    places = sorted(((b[1] + b[3]) / 2, i) for i, b in enumerate(boxes) if b[3] - b[1] < 3.2 * GLYPH)
    rows: list[list[tuple[float, int]]] = []
    for place in places:
        if rows and place[0] - median(p for p, _ in rows[-1]) < 0.7 * GLYPH:
            rows[-1].append(place)
        else:
            rows.append([place])

    def numbered(row: list[tuple[float, int]]) -> list[float]:
        inside = [(p, boxes[i]) for p, i in row if _NUMBER.match(strips[i].text) or _DIGITS.match(strips[i].text)]
        return [p for p, b in inside if any(left <= (b[0] + b[2]) / 2 <= right for left, right in columns)]

    marked = [i for i, row in enumerate(rows) if numbered(row)]
    if not marked:
        return []
    first, last = marked[0], marked[-1]
    # the first row's numbers are often lost: a lone 1 is but a stroke
    if first > 0 and not any(_HEADING.match(strips[i].text) for _, i in rows[first - 1]):
        gap = median(p for p, _ in rows[first]) - median(p for p, _ in rows[first - 1])
        usual = [b - a for a, b in pairwise(marked)]
        if gap < 3.2 * GLYPH and usual and min(usual) == 1:
            first -= 1
    return [median(numbered(row) or [p for p, _ in row]) for row in rows[first : last + 1]]


def _names(
    strips: Sequence[Strip], boxes: Sequence[Box], columns: Sequence[tuple[float, float]], rows: Sequence[float]
) -> list[tuple[float, float]]:
    """Left and right of the columns of words: those with some in at least every other row, kept apart by clear strips.

    Where they reach into a column of numbers they end before it.
    """
    inner = [
        b
        for s, b in zip(strips, boxes, strict=True)
        if rows[0] - GLYPH < (b[1] + b[3]) / 2 < rows[-1] + GLYPH and len(re.findall(r"[\u4e00-\u9fff]", s.text)) >= 2
    ]
    found = []
    for left, right in _spans(inner):
        own = [b for b in inner if left <= (b[0] + b[2]) / 2 <= right]
        if len(own) * 2 >= len(rows):
            start = float(np.percentile([b[0] for b in own], 15))
            beyond = [a for a, _ in columns if a > start + 2 * GLYPH]
            found.append((start, min([right, *beyond])))
    return found


def _spans(boxes: Sequence[Box]) -> list[tuple[float, float]]:
    """Parts of the width that boxes stand on, parted where hardly any of them does."""
    if not boxes:
        return []
    left, right = min(b[0] for b in boxes), max(b[2] for b in boxes)
    over = np.zeros(int(right - left) + 2, np.int32)
    for box in boxes:
        over[int(box[0] - left) : int(box[2] - left) + 1] += 1
    taken = np.flatnonzero(np.diff(np.concatenate(([0], over > _CLEAR * len(boxes), [0]))))
    return [(left + float(a), left + float(b)) for a, b in zip(taken[::2], taken[1::2], strict=True)]


def _darkness(image: Image, matrix: npt.NDArray[np.float64], size: tuple[int, int]) -> Gray:
    """How much darker than the paper around each place of the level picture is."""
    scale = float(np.hypot(*matrix[0, :2]))
    corners = np.array([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], np.float64)
    page = (corners - matrix[:, 2]) @ np.linalg.inv(matrix[:, :2]).T
    left, top = np.maximum(np.floor(page.min(axis=0)).astype(int) - 2, 0)
    right, bottom = np.ceil(page.max(axis=0)).astype(int) + 2
    part = cv2.cvtColor(np.ascontiguousarray(image[top:bottom, left:right]), cv2.COLOR_RGB2GRAY)
    if scale < 0.5:
        part = cv2.GaussianBlur(part, (3, 3), 0)
    shifted = matrix.copy()
    shifted[:, 2] += matrix[:, :2] @ np.array([left, top], np.float64)
    gray = cv2.warpAffine(part, shifted, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    small = cv2.resize(gray, (max(1, size[0] // 8), max(1, size[1] // 8)), interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(np.asarray(cv2.dilate(small, np.ones((5, 5), np.uint8)), np.uint8), 5)
    ground = cv2.resize(paper, size, interpolation=cv2.INTER_LINEAR)
    return np.asarray(255 - cv2.divide(gray, cv2.max(ground, 1), scale=255), np.uint8)


def _usual(dark: Gray) -> int:
    """How dark the ink of a table mostly is."""
    counts = histogram(dark)
    counts[:50] = 0
    return max(70, percentile(counts, 75))
