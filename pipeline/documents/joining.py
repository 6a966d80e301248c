"""Entries of a catalogue that take two lines: which loose line belongs to which row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from pipeline.casefile import CatalogueRow

_CLOSE = 0.6
"""Lines of one cell are closer than that part of their height; rows of a table are further apart."""
_WITHIN = 0.82
"""… and their middles are closer than that part of the usual way from row to row."""


def joined(rows: Sequence[CatalogueRow]) -> list[CatalogueRow]:
    """Join titles of several lines: a line with neither number nor pages goes to the row that it touches.

    The number and the pages of such a row may stand beside its first line or between its lines.
    """
    anchored = [row for row in rows if _anchors(row)]
    if len(anchored) < 3 or len(anchored) * 2 < len(rows):
        return list(rows)
    steps = [below.box.centre[1] - above.box.centre[1] for above, below in pairwise(anchored)]
    pitch = median(steps)
    done: list[CatalogueRow] = []
    for index, row in enumerate(rows):
        before = done[-1] if done else None
        if before is None:
            done.append(row)
        elif not _anchors(row):
            below = rows[index + 1] if index + 1 < len(rows) else None
            waits = below is not None and _anchors(below) and not below.title and _touch(row, below, pitch)
            if not waits and before.title and _touch(before, row, pitch):
                done[-1] = _merged(before, row)
            else:
                done.append(row)
        elif not row.title and not _anchors(before) and _touch(before, row, pitch):
            done[-1] = replace(row, title=before.title, box=row.box.union(before.box))
        else:
            done.append(row)
    return done


def _anchors(row: CatalogueRow) -> bool:
    return bool(row.number) or row.first is not None


def _touch(above: CatalogueRow, below: CatalogueRow, pitch: float) -> bool:
    height = min(above.box.height, below.box.height)
    near = below.box.centre[1] - max(above.box.centre[1], above.box.y1 - 0.6 * height) < _WITHIN * pitch
    return above.page == below.page and below.box.y0 - above.box.y1 < _CLOSE * height and near


def _merged(above: CatalogueRow, below: CatalogueRow) -> CatalogueRow:
    title, remark = above.title + below.title, above.remark + below.remark
    return replace(
        above, title=title, remark=remark, box=above.box.union(below.box), unread=above.unread or below.unread
    )
