"""Slots beside labels: cells of a table, and what stands behind a colon.

A table is known by its labels alone: the cells of its first column say where rows begin and end, the labels to the
right where one cell ends and the next begins. Page rules are not needed and not seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.casefile import Box, Line, Slot, SlotState
from pipeline.extraction.readings import PlacedRow
from pipeline.extraction.slot_choices import is_choice, ticked
from pipeline.extraction.slot_labels import Label, begins_with_label, labels_in, whole_label
from pipeline.extraction.slot_sight import Sight
from pipeline.text.dates import find_dates

_FIRST_COLUMN = 0.09
"""How far right of the leftmost label (fraction of the width) the labels of the first column may begin."""
_EDGE = 0.008
_ROOM = 0.06
"""Width (fraction of the page's) under which nothing can be written beside a label: its filling stands elsewhere."""
_REACH = 0.3
_HINTS = re.compile(
    r"[（(【\[][^（()）\]】]{0,16}?(签|盖|章|印|姓名|名称|如有|选填|可|注明)[^（()）\]】]{0,12}[)）\]】]"
)
"""What a form prints in brackets to say how a slot is to be filled."""
_UNFILLED_DATES = ("empty_slot", "partial_slot", "partial")


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


def written(text: str) -> str:
    """What of a cell's text is no printed label, no empty date and no fill-in line; "" where nothing was written."""
    for label in reversed(labels_in(text)):
        text = text[: label.start] + " " + text[label.end :]
    for date in reversed(find_dates(text)):
        if date.form in _UNFILLED_DATES and not re.search(r"\d|[一二三四五六七八九十]", date.raw):
            text = text[: date.start] + " " + text[date.end :]
    text = _HINTS.sub(" ", text)
    text = re.sub(r"[_\s＿﹍…·.:：,，;；。|丨()（）〔〕\[\]-]+", " ", text).strip()
    return "" if re.fullmatch(r"(年|月|日|第|号|元|人|岁|次|页|份|盖章|公章|签字|签名| )*", text) else text


def cell_slots(sight: Sight, document: str, cells: Sequence[Cell]) -> list[Slot]:
    """Slots of table cells, each beside its label."""
    bands = _bands(cells, sight)
    heads = _table_heads(sight, cells)
    slots: list[Slot] = []
    for index, cell in enumerate(cells):
        if cell.label.colon or cell.label.signing or index in heads:
            continue
        band = _band_of(cell, bands)
        slot = _cell_slot(sight, document, cell, cells, band)
        if slot is not None:
            slots.append(slot)
    return _without_optional_mates(slots)


def colon_slots(sight: Sight, document: str) -> list[Slot]:
    """Slots behind labels that a colon closes, in cells and in running lines."""
    slots: list[Slot] = []
    for order, place in enumerate(sight.rows):
        below = sight.rows[order + 1] if order + 1 < len(sight.rows) else None
        for at, line in enumerate(place.row.lines):
            labels = () if is_choice(line.text) else labels_in(line.text)
            for label, following in zip(labels, (*labels[1:], None), strict=False):
                if label.signing:
                    continue
                end = following.start if following else len(line.text)
                beside = place.row.lines[at + 1] if following is None and at + 1 < len(place.row.lines) else None
                slot = _colon_slot(sight, document, line, label, end, following, beside, below)
                if slot is not None:
                    slots.append(slot)
    return slots


def _colon_slot(
    sight: Sight,
    document: str,
    line: Line,
    label: Label,
    end: int,
    following: Label | None,
    beside: Line | None,
    below: PlacedRow | None,
) -> Slot | None:
    text = written(line.text[label.end : end])
    length = max(1, len(line.text))
    own = line.box.part(label.end / length, end / length)
    if text:
        return _slot(sight, document, label, own, "filled", text)
    if following is not None:
        return _slot(sight, document, label, own, _gap_state(sight, own, line), "")
    if beside is not None and not _is_label(beside.text):
        text = written(beside.text)
        if text:
            return _slot(sight, document, label, beside.box, "filled", text)
        if find_dates(beside.text) and label.kind == "date":
            return _slot(sight, document, label, beside.box, "empty", "")
    right = beside.box.x0 - _EDGE if beside is not None else min(sight.right, line.box.x1 + _REACH)
    place = Box(min(line.box.x1 + 0.002, right), line.box.y0, right, line.box.y1)
    narrow = place.width < _ROOM
    if below is not None and not _is_label(below.row.lines[0].text) and written(below.text):
        wrapped = below.row.lines[0].box.width > place.width - 0.02 and below.row.box.x0 < line.box.x0 + 0.06
        if label.block or narrow or wrapped:
            return None  # what fills it stands below
    if narrow and beside is None:
        return None
    return _slot(sight, document, label, place, sight.state(place), "")


def _gap_state(sight: Sight, place: Box, line: Line) -> SlotState:
    """Between two labels of one line: blank if the ink there is the labels' own; their line covers it all."""
    stretch = sight.inkless(line, 1.5)
    if sight.page.content.ink is not None and place.width > 2 * sight.character(line):
        return "empty" if stretch is not None and sight.sure else "unclear"
    return "empty" if sight.sure else "unclear"


def _is_label(text: str) -> bool:
    labels = labels_in(text)
    return whole_label(text) is not None or bool(labels and labels[0].start <= 2)


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
        elif id(line) in crowded and not labels_in(line.text):
            head = begins_with_label(line.text)
            if head is not None:
                cells.append(Cell(head, (line,), written(line.text[head.end :])))
    return _without_answers(sorted(cells, key=lambda cell: (cell.box.y0, cell.box.x0)), lines)


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
        level = [other for other in kept if _level(other.box, cell.box) and other.box.x1 < cell.box.x0 + _EDGE]
        if not cell.label.listed and level and not level[-1].rest:
            left = max(level, key=lambda other: other.box.x1)
            between = [ln for ln in lines if left.box.x1 < ln.box.centre[0] < cell.box.x0 and _level(ln.box, cell.box)]
            if not between:
                continue
        kept.append(cell)
    return kept


def _level(one: Box, other: Box) -> bool:
    shared = min(one.y1, other.y1) - max(one.y0, other.y0)
    return shared > 0.4 * min(one.height, other.height)


def _bands(cells: Sequence[Cell], sight: Sight) -> list[tuple[float, float]]:
    """Top and bottom of the table rows that the words of the first column head."""
    tabled = [cell.box for cell in cells if not cell.label.colon]
    if not tabled:
        return []
    left = min(box.x0 for box in tabled)
    first = [box for box in tabled if box.x0 <= left + _FIRST_COLUMN]
    right = max(box.x1 for box in first)
    known = {id(line) for cell in cells for line in cell.lines}
    # words that are no known labels head rows as well; those one below the other head one row
    others = [
        ln.box for ln in sight.lines if id(ln) not in known and left - 0.03 < ln.box.x0 and ln.box.x1 < right + 0.01
    ]
    usual = sorted(box.height for box in first)[len(first) // 2]
    heads: list[Box] = []
    for box in sorted([*first, *others], key=lambda one: one.y0):
        if heads and box.y0 - heads[-1].y1 < 0.25 * usual and box in others:
            heads[-1] = heads[-1].union(box)
        elif not heads or box.centre[1] - heads[-1].centre[1] > 0.6 * usual:
            heads.append(box)
    return _between([box.centre[1] for box in heads], usual)


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


def _band_of(cell: Cell, bands: Sequence[tuple[float, float]]) -> tuple[float, float]:
    middle = cell.box.centre[1]
    for top, bottom in bands:
        if top <= middle < bottom:
            return min(top, cell.box.y0), max(bottom, cell.box.y1)
    return cell.box.y0, cell.box.y1


def _cell_slot(
    sight: Sight, document: str, cell: Cell, cells: Sequence[Cell], band: tuple[float, float]
) -> Slot | None:
    if cell.rest:
        line = cell.lines[0]
        box = line.box.part(cell.label.end / max(1, len(line.text)), 1.0)
        return _slot(sight, document, cell.label, box, "filled", cell.rest)
    own = cell.box
    level = [c for c in cells if band[0] <= c.box.centre[1] < band[1] and _near(c, cell) and not c.label.colon]
    nexts = [c.box.x0 for c in level if c.box.x0 > own.x1]
    right = min(nexts, default=sight.right + _EDGE) - _EDGE
    place = Box(min(own.x1 + _EDGE, right), band[0], right, band[1])
    if place.width < _ROOM / 2:
        return None
    labels = [line for c in cells if not c.rest for line in c.lines]
    inner = [
        line
        for line in sight.lines
        if line not in labels
        and own.x1 - _EDGE < line.box.centre[0] < right
        and (band[0] <= line.box.centre[1] < band[1])
    ]
    if not inner and _heads_column(sight, cell, labels):
        return None
    boxes = [group for line in inner if (group := ticked(line.text)) is not None]
    if boxes and len(boxes) == len(inner):
        state: SlotState = "empty" if all(state == "empty" for state, _ in boxes) else "filled"
        return _slot(sight, document, cell.label, place, state, "、".join(filter(None, (text for _, text in boxes))))
    text = " ".join(filter(None, (written(line.text) for line in inner)))
    if not text and any(_swallowed(sight, line) for line in inner):
        return _slot(sight, document, cell.label, place, "unclear", "")
    # The label may be broken over two lines of which only one lies level with what was written.
    place = Box(place.x0, place.y0 + 0.1 * place.height, place.x1, place.y1 - 0.1 * place.height)
    if text:
        return _slot(sight, document, cell.label, place, "filled", text)
    return _slot(sight, document, cell.label, place, sight.state(place), "")


def _swallowed(sight: Sight, line: Line) -> bool:
    """Whether a printed unit (人, 元, 次) takes more room than it needs: a figure before it was not read."""
    text = line.text.strip(" .:：_")
    return bool(re.fullmatch(r"[人元次页份岁号]", text)) and line.box.width > 1.2 * sight.character(line)


def _heads_column(sight: Sight, cell: Cell, labels: Sequence[Line]) -> bool:
    """Whether what fills a cell stands below its label instead of beside it, as in a list."""
    own = cell.box
    return any(
        line not in labels
        and 0 < line.box.y0 - own.y1 < 2 * own.height
        and abs(line.box.centre[0] - own.centre[0]) < 0.035
        and line.box.width < 1.6 * own.width
        and not labels_in(line.text)
        for line in sight.lines
    )


def _near(one: Cell, other: Cell) -> bool:
    """Cells of one table row are as high as each other; a label inside a tall cell's text bounds nothing."""
    return _level(one.box, other.box) or one.box.height < 2 * other.box.height


def _table_heads(sight: Sight, cells: Sequence[Cell]) -> set[int]:
    """Cells that head columns: three or more side by side with no room behind the last, or with entries below them."""
    heads: set[int] = set()
    labels = {id(line) for cell in cells for line in cell.lines}
    for index, cell in enumerate(cells):
        row = [i for i, other in enumerate(cells) if _level(other.box, cell.box) and not other.rest]
        if index != min(row, default=-1) or len(row) < 3:
            continue
        members = sorted((cells[i] for i in row), key=lambda one: one.box.x0)
        level = [
            line
            for line in sight.lines
            if id(line) not in labels and _level(line.box, cell.box) and line.box.x0 > members[0].box.x0
        ]
        if level:
            continue
        reach = max(member.box.y1 for member in members)
        under = [
            member
            for member in members[1:]
            if any(
                id(line) not in labels
                and 0 < line.box.y0 - reach < 3 * member.box.height
                and abs(line.box.centre[0] - member.box.centre[0]) < 0.05
                for line in sight.lines
            )
        ]
        if members[-1].box.x1 > sight.right - _ROOM or len(under) >= 2:
            heads.update(row)
    return heads


def _without_optional_mates(slots: Iterable[Slot]) -> list[Slot]:
    """Slots level with an optional 代理人 slot belong to that part of the form and are as optional as it."""
    every = list(slots)
    parts = [s for s in every if s.optional and re.search(r"代理|代为?申请|监护", s.label)]
    return [
        replace(s, optional=True) if any(_level(p.box, s.box) and s.box.x0 > p.box.x0 for p in parts) else s
        for s in every
    ]


def _slot(sight: Sight, document: str, label: Label, box: Box, state: SlotState, text: str) -> Slot:
    return Slot(document, sight.page.number, box, label.kind, label.text, state, text, label.optional)
