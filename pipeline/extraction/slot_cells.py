"""Slots of table cells, each beside its label."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.casefile import Box, Line, Slot, SlotState
from pipeline.extraction.slot_choices import is_choice, ticked
from pipeline.extraction.slot_filling import slot_for, written
from pipeline.extraction.slot_labels import labels_in
from pipeline.extraction.slot_sight import Sight
from pipeline.extraction.slot_table import EDGE, FIRST_COLUMN, Cell, band_of, level_with, row_bands

_ROOM = 0.06
"""Width (fraction of the page's) under which nothing can be written beside a label."""


def cell_slots(sight: Sight, document: str, cells: Sequence[Cell], *, signing: bool = False) -> list[Slot]:
    """Slots of table cells, each beside its label. `signing`: also those that ask for a signature."""
    bands = row_bands(cells, sight)
    heads = _table_heads(sight, cells)
    slots: list[Slot] = []
    for index, cell in enumerate(cells):
        if cell.label.colon or (cell.label.signing and not signing) or index in heads:
            continue
        band = band_of(cell, bands)
        slot = _cell_slot(sight, document, cell, cells, band)
        if slot is not None:
            slots.append(slot)
    return _without_optional_mates(slots)


def _cell_slot(
    sight: Sight, document: str, cell: Cell, cells: Sequence[Cell], band: tuple[float, float]
) -> Slot | None:
    if cell.rest:
        line = cell.lines[0]
        box = line.box.part(cell.label.end / max(1, len(line.text)), 1.0)
        return slot_for(sight, document, cell.label, box, "filled", cell.rest)
    own = cell.box
    level = [c for c in cells if band[0] <= c.box.centre[1] < band[1] and _near(c, cell) and not c.label.colon]
    nexts = [c.box.x0 for c in level if c.box.x0 > own.x1]
    right = min(nexts, default=sight.right + EDGE) - EDGE
    place = Box(min(own.x1 + EDGE, right), band[0], right, band[1])
    if place.width < 0.9 * _ROOM:
        return None
    labels = [line for c in cells if not c.rest for line in c.lines]
    inner = [
        line
        for line in sight.lines
        if line not in labels
        and own.x1 - EDGE < line.box.centre[0] < right
        and (band[0] <= line.box.centre[1] < band[1])
    ]
    if not inner and (_heads_column(sight, cell, cells, labels) or _heads_text(sight, cell)):
        return None
    if inner and all(is_choice(line.text) for line in inner) and not any(ticked(line.text) for line in inner):
        return None  # it heads questions with boxes of their own
    boxes = [group for line in inner if (group := ticked(line.text)) is not None]
    if boxes and len(boxes) == len(inner):
        state: SlotState = "empty" if all(state == "empty" for state, _ in boxes) else "filled"
        return slot_for(sight, document, cell.label, place, state, "、".join(filter(None, (text for _, text in boxes))))
    text = " ".join(filter(None, (written(line.text) for line in inner)))
    if not text and any(_swallowed(sight, line) for line in inner):
        return slot_for(sight, document, cell.label, place, "unclear", "")
    # The label may be broken over two lines of which only one lies level with what was written.
    place = Box(place.x0, place.y0 + 0.1 * place.height, place.x1, place.y1 - 0.1 * place.height)
    if text:
        return slot_for(sight, document, cell.label, place, "filled", text)
    return slot_for(sight, document, cell.label, place, sight.state(place), "")


def _swallowed(sight: Sight, line: Line) -> bool:
    """Whether a printed unit (人, 元, 次) takes more room than it needs: a figure before it was not read."""
    text = line.text.strip(" .:：_")
    return bool(re.fullmatch(r"[人元次页份岁号]", text)) and line.box.width > 1.2 * sight.character(line)


def _heads_column(sight: Sight, cell: Cell, cells: Sequence[Cell], labels: Sequence[Line]) -> bool:
    """Whether what fills a cell stands below its label instead of beside it, as in a list."""
    own = cell.box
    if own.x0 <= min(c.box.x0 for c in cells if not c.label.colon) + FIRST_COLUMN:
        return False
    return any(
        line not in labels
        and 0.4 * own.height < line.box.y0 - own.y0 < 3 * own.height
        and line.box.x0 - 0.01 < own.centre[0] < line.box.x1 + 0.01
        and line.box.x0 > own.x0 - 0.12
        and not labels_in(line.text)
        for line in sight.lines
    )


def _heads_text(sight: Sight, cell: Cell) -> bool:
    """Whether a label stands alone in its row, over text that begins below it: a heading, not a cell."""
    own = cell.box
    level = [line for line in sight.lines if line not in cell.lines and level_with(line.box, own)]
    below = [line for line in sight.lines if 0.5 * own.height < line.box.y0 - own.y0 < 2.5 * own.height]
    return not level and any(line.box.width > 0.15 and abs(line.box.x0 - own.x0) < 0.07 for line in below)


def _near(one: Cell, other: Cell) -> bool:
    """Cells of one table row are as high as each other; a label inside a tall cell's text bounds nothing."""
    return level_with(one.box, other.box) or one.box.height < 2 * other.box.height


def _table_heads(sight: Sight, cells: Sequence[Cell]) -> set[int]:
    """Cells that head columns: three or more side by side with no room behind the last, or with entries below them."""
    heads: set[int] = set()
    labels = {id(line) for cell in cells for line in cell.lines}
    for index, cell in enumerate(cells):
        row = [i for i, other in enumerate(cells) if level_with(other.box, cell.box) and not other.rest]
        if index != min(row, default=-1) or len(row) < 3:
            continue
        members = sorted((cells[i] for i in row), key=lambda one: one.box.x0)
        level = [
            line
            for line in sight.lines
            if id(line) not in labels and level_with(line.box, cell.box) and line.box.x0 > members[0].box.x0
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
        replace(s, optional=True) if any(level_with(p.box, s.box) and s.box.x0 > p.box.x0 for p in parts) else s
        for s in every
    ]
