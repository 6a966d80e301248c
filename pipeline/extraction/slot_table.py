"""The labels of a table and its rows, known without its rules.

The words of the first column say where rows begin and end, the labels to the right where one cell ends and the next
begins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.casefile import Box, Line
from pipeline.extraction.slot_filling import written
from pipeline.extraction.slot_labels import Label, begins_with_label, whole_label
from pipeline.extraction.slot_sight import Sight

FIRST_COLUMN = 0.09
"""How far right of the leftmost label (fraction of the width) the labels of the first column may begin."""
EDGE = 0.008
_WORDS = re.compile(r"[\u4e00-\u9fff、（）()/]{1,8}")
_TABLE = 3
"""Listed labels in cells from which words that are set as they are may be labels as well."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A label that fills a cell (or begins one, `rest` behind it), with the lines it is printed on."""

    label: Label
    lines: tuple[Line, ...]
    rest: str = ""

    @property
    def box(self) -> Box:
        box = self.lines[0].box
        for line in self.lines[1:]:
            box = box.union(line.box)
        return box


def label_cells(sight: Sight) -> list[Cell]:
    """All label cells of a page, top down, broken ones put together."""
    used: set[int] = set()
    cells: list[Cell] = []
    lines = sight.lines
    crowded = {id(line) for place in sight.rows if len(place.row.lines) > 1 for line in place.row.lines}
    for index, line in enumerate(lines):
        if index in used:
            continue
        stack = _stack(lines, index, used)
        label = whole_label("".join(lines[i].text.strip() for i in stack))
        if label is not None:
            used.update(stack)
            cells.append(Cell(label, tuple(lines[i] for i in stack)))
        elif id(line) in crowded and ":" not in line.text.replace("：", ":"):
            head = begins_with_label(line.text)
            if head is not None:
                cells.append(Cell(head, (line,), written(line.text[head.end :])))
    cells = _without_answers(sorted(cells, key=lambda cell: (cell.box.y0, cell.box.x0)), lines)
    if sum(cell.label.listed and not cell.label.colon for cell in cells) < _TABLE:
        cells = [cell for cell in cells if cell.label.listed]
    return sorted([*cells, *_first_column(cells, lines)], key=lambda cell: (cell.box.y0, cell.box.x0))


def row_bands(cells: Sequence[Cell], sight: Sight) -> list[tuple[float, float]]:
    """Top and bottom of the table rows that the words of the first column head."""
    tabled = [cell.box for cell in cells if not cell.label.colon]
    if not tabled:
        return []
    left = min(box.x0 for box in tabled)
    first = [box for box in tabled if box.x0 <= left + FIRST_COLUMN]
    right = max(box.x1 for box in first)
    known = {id(line) for cell in cells for line in cell.lines}
    # words that are no known labels head rows as well; those one below the other head one row
    words = [line for line in sight.lines if id(line) not in known and _WORDS.fullmatch(line.text.strip())]
    others = [line.box for line in words if left - 0.03 < line.box.x0 and line.box.x1 < right + 0.01]
    usual = sorted(box.height for box in first)[len(first) // 2]
    heads: list[Box] = []
    for box in sorted([*first, *others], key=lambda one: one.y0):
        if heads and box.y0 - heads[-1].y1 < 0.25 * usual and box in others:
            heads[-1] = heads[-1].union(box)
        elif not heads or box.centre[1] - heads[-1].centre[1] > 0.6 * usual:
            heads.append(box)
    return _between([box.centre[1] for box in heads], usual) if len(heads) >= _TABLE and len(first) > 1 else []


def band_of(cell: Cell, bands: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Top and bottom of the row that a label stands in; its own where it stands in none."""
    middle = cell.box.centre[1]
    for top, bottom in bands:
        if top <= middle < bottom:
            return min(top, cell.box.y0), max(bottom, cell.box.y1)
    return cell.box.y0, cell.box.y1


def level_with(one: Box, other: Box) -> bool:
    """Whether two boxes stand side by side."""
    shared = min(one.y1, other.y1) - max(one.y0, other.y0)
    return shared > 0.4 * min(one.height, other.height)


def _first_column(cells: Sequence[Cell], lines: Sequence[Line]) -> list[Cell]:
    """Words below and above the labels of a table's first column, set as these are: labels that nobody listed."""
    known = [cell.box for cell in cells if not cell.label.colon and not cell.rest]
    left = min((box.x0 for box in known), default=0.0)
    column = [box for box in known if box.x0 <= left + FIRST_COLUMN]
    if len(column) < _TABLE:
        return []
    right, used = max(box.x1 for box in column), {id(line) for cell in cells for line in cell.lines}
    top, bottom = min(box.y0 for box in column), max(box.y1 for box in column)
    middles = [box.centre[0] for box in column]
    return [
        Cell(Label(line.text.strip(), "other", 0, len(line.text), colon=False, listed=False), (line,))
        for line in lines
        if id(line) not in used
        and re.fullmatch(r"[\u4e00-\u9fff]{3,8}", line.text.strip())
        and left - 0.02 < line.box.x0
        and line.box.x1 < right + 0.02
        and min(middles) - 0.02 < line.box.centre[0] < max(middles) + 0.02
        and top - 0.1 < line.box.y0 < bottom + 0.1
        and not _continues_any(line, lines)
    ]


def _continues_any(line: Line, lines: Sequence[Line]) -> bool:
    """Whether a line is one of several that make up a longer text right below or above each other."""
    return any(other is not line and (_continues(other, line) or _continues(line, other)) for other in lines)


def _stack(lines: Sequence[Line], index: int, used: set[int]) -> list[int]:
    """The lines that make up a label broken over several, or spaced out in one; the longest that is a label."""
    best, stack = [index], [index]
    text = lines[index].text.strip()
    if not text or len(text) > 8 or not re.search(r"[\u4e00-\u9fff]", text):
        return best
    whole = whole_label(text)
    while len(stack) < 4:
        last = lines[stack[-1]]
        nexts = [i for i, line in enumerate(lines) if i not in used and i not in stack and _continues(last, line)]
        if not nexts:
            break
        stack = [*stack, min(nexts, key=lambda i: lines[i].box.y0 + lines[i].box.x0)]
        joined = whole_label("".join(lines[i].text.strip() for i in stack))
        alone = whole_label(lines[stack[-1]].text)
        if joined is not None and joined.listed and not (whole is not None and alone is not None and alone.listed):
            best = list(stack)
    return best


def _continues(upper: Line, lower: Line) -> bool:
    """Whether a line goes on with a label: right below its beginning, or one spaced-out character beside another."""
    text = lower.text.strip()
    if len(text) > 8 or not re.search(r"[\u4e00-\u9fff]", text):
        return False
    drop = lower.box.centre[1] - upper.box.centre[1]
    height = max(upper.box.height, lower.box.height)
    if abs(drop) < 0.4 * height:
        single = len(text) == 1 and len(upper.text.strip()) <= 2
        return single and 0 < lower.box.x0 - upper.box.x1 < 0.1
    starts = abs(lower.box.x0 - upper.box.x0) < 0.03
    middles = abs(lower.box.centre[0] - upper.box.centre[0]) < 0.015
    return 0.5 * height < drop < 2.1 * height and (starts or middles)


def _without_answers(cells: list[Cell], lines: Sequence[Line]) -> list[Cell]:
    """Leave out unlisted labels that stand right behind a label with nothing between: they are what fills it."""
    kept: list[Cell] = []
    for cell in cells:
        level = [other for other in kept if level_with(other.box, cell.box) and other.box.x1 < cell.box.x0 + EDGE]
        if not cell.label.listed and level and not level[-1].rest:
            left = max(level, key=lambda other: other.box.x1)
            between = [
                ln for ln in lines if left.box.x1 < ln.box.centre[0] < cell.box.x0 and level_with(ln.box, cell.box)
            ]
            if not between:
                continue
        kept.append(cell)
    return kept


def _between(middles: Sequence[float], usual: float) -> list[tuple[float, float]]:
    """Rows around the middles of their labels. `usual`: height of a label of one line.

    A label stands in the middle of its cell, so that a tall cell reaches as far below it as above; where it begins is
    known from the row above if that is a low one, whose height its neighbours' distance tells.
    """
    pitches = [b - a for a, b in pairwise(middles)]
    low = 1.35 * max(usual, sorted(pitches)[len(pitches) // 4]) if pitches else usual
    bands: list[tuple[float, float]] = []
    for index, middle in enumerate(middles):
        beside = pitches[max(0, index - 1) : index + 1]
        nearest = min(beside, default=3 * usual)
        top = bands[-1][1] if bands else middle - min(nearest / 2, 1.5 * usual)
        half = nearest / 2 if nearest <= low else middle - top
        bottom = middle + half
        if index < len(pitches) and not 0.12 * pitches[index] < half < 0.88 * pitches[index]:
            bottom = middle + pitches[index] / 2
        bands.append((top, bottom))
    return bands
