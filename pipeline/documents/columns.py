"""The columns of a table of contents: told by their headings, with the borders that its cells keep clear."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from pipeline.casefile import Line, Page
from pipeline.documents.rows import Row
from pipeline.text.normalise import fold

_NAME = re.compile(r"(文书|文件|材料|题名|标题|名称|卷内|内容|摘要)")
_PAGES = re.compile(r"(页次|页码|页数|起[止讫迄]|所在页|页号|张次|张号|页$)")
_HEADINGS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("first", re.compile(r"^起(始|页|止?页码起)?(页|张)?(码|次|号)?$|^首页$")),
    ("last", re.compile(r"^(止|终|至|讫|迄)(页|张|止)?(码|次|号)?$|^(尾|末)页$")),
    ("count", re.compile(r"^(页|张|份|件)数$|^数量$")),
    ("pages", _PAGES),
    ("remark", re.compile(r"(备注|备考|附注|说明|原件|复印件)")),
    ("issuer", re.compile(r"(责任者|作者|制作|来源|单位|机关|提交人|形成)")),
    ("number", re.compile(r"^(序|顺|件|编|卷|目).{0,2}[号次]?$|^号$|^顺序$")),
    ("mark", re.compile(r"(文号|字号|文书编?号|发文|日期|时间|年月日)")),
    ("name", _NAME),
    ("name", re.compile(r"^[题名称]$")),
)
"""What a column holds, by its heading; the first that fits."""
_WORDS = re.compile(
    r"顺序号|序号|编号|件号|卷号|文件名称|文书名称|材料名称|文件题名|文书标题|材料题名|题名|标题|名称|起[止讫迄]页[码次号]|起[止讫迄]页|"
    r"页次|页码|页号|页数|张次|张号|份数|责任者|作者|文号|日期|备注|备考|附注"
)
"""Headings in one cell are told apart by these."""
_APART = 0.14
"""Gap, in parts of the page's width, across which the letters of one heading may be spaced: 题      名."""
PAGING = ("first", "last", "pages")
_HEADING_CELL = re.compile(r"^(?!.*目录).{1,7}$")
_A4 = 2**0.5


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it holds (number, name, issuer, mark, first, last, pages, count, remark) and where.

    `left` and `right` are its heading's, level and upright (`Frame.across`), in fractions of the page's width; `start`
    and `end` the column's own borders, as far as headings and cells tell.
    """

    kind: str
    left: float
    right: float
    start: float = 0.0
    end: float = 1.0


@dataclass(frozen=True, slots=True)
class Frame:
    """How askew a page's table stands; takes that out of what lies under one another."""

    shift: float
    """By how much of the page's width a column runs to the right from its top to the page's foot."""

    def across(self, line: Line) -> tuple[float, float]:
        """Left and right of a cell as they would be halfway down the page."""
        lean = self.shift * (line.box.centre[1] - 0.5)
        return line.box.x0 - lean, line.box.x1 - lean


def frame_of(table: Sequence[Row], page: Page) -> Frame:
    """The frame of a page by how its rows climb; upright where few rows have two cells."""
    content = page.content
    ratio = content.height / content.width if content.width and content.height else _A4
    slopes = []
    for row in table:
        first, last = row.lines[0].box, row.lines[-1].box
        run = last.centre[0] - first.centre[0]
        if run > 0.25:
            slopes.append((last.centre[1] - first.centre[1]) / run)
    # Rows that fall to the right lean their columns to the left.
    return Frame(-median(slopes) * ratio**2 if len(slopes) >= 4 else 0.0)


def header_of(table: Sequence[Row], frame: Frame) -> tuple[tuple[Column, ...], int]:
    """The columns and the index of the first row below their headings; no columns and 0 where no headings are found."""
    for start in range(len(table)):
        for end in range(start + 1, min(start + 4, len(table) + 1)):
            cells = _headings_of(table[start:end])
            if end > start + 1 and not _are_headings(cells):
                break
            text = fold("".join(cell.text for cell in cells))
            named = _NAME.search(text) or _name_lost(cells)
            if named and _PAGES.search(text) and len(text) < 40 and "目录" not in text:
                while end < len(table) and _are_headings(_headings_of(table[end : end + 1])):
                    end += 1
                cells = _headings_of(table[start:end])
                columns = _settled([column for cell in cells for column in _columns(cell, frame)])
                return (columns if any(column.kind in PAGING for column in columns) else ()), end
    return (), 0


def _headings_of(rows: Sequence[Row]) -> list[Line]:
    """The cells of rows of headings, row by row; where they are headings only together, as of one row torn in two."""
    cells = [cell for row in rows for cell in _spelt(row.lines)]
    if len(rows) > 1 and not _are_headings(cells):
        whole = _spelt(sorted((line for row in rows for line in row.lines), key=lambda line: line.box.x0))
        return whole if _are_headings(whole) else cells
    return cells


def _spelt(cells: Sequence[Line]) -> list[Line]:
    """The cells of a row of headings, with letters set so far apart that they were read one by one put together."""
    done: list[Line] = []
    at = 0
    while at < len(cells):
        end = next((end for end in range(min(at + 5, len(cells)), at + 1, -1) if _spells(cells[at:end])), at + 1)
        box = cells[at].box
        for cell in cells[at + 1 : end]:
            box = box.union(cell.box)
        done.append(replace(cells[at], text="".join(cell.text.strip() for cell in cells[at:end]), box=box))
        at = end
    return done


def _spells(cells: Sequence[Line]) -> bool:
    """Whether cells of a letter or two, none of which need be a heading, are one heading together."""
    near = all(after.box.x0 - before.box.x1 < _APART for before, after in pairwise(cells))
    short = all(len(fold(cell.text)) <= 2 for cell in cells)
    return near and short and bool(_WORDS.fullmatch(fold("".join(cell.text for cell in cells))))


def _are_headings(cells: Sequence[Line]) -> bool:
    texts = [fold(cell.text) for cell in cells]
    return all(_HEADING_CELL.match(text) and any(sign.search(text) for _, sign in _HEADINGS) for text in texts)


def _name_lost(cells: Sequence[Line]) -> bool:
    """Whether these are headings beyond doubt, of which only that of the titles was not read, or in part."""
    kinds = {column.kind for cell in cells for column in _named(fold(cell.text), 0.0, 1.0)}
    return _are_headings(cells) and "number" in kinds and len(kinds - {"name"}) >= 3


def _columns(cell: Line, frame: Frame) -> Iterable[Column]:
    """The columns that a heading cell names; several where the engine read neighbouring headings as one."""
    text = fold(cell.text)
    left, right = frame.across(cell)
    words = list(_WORDS.finditer(text))
    if len(words) > 1 and sum(len(word[0]) for word in words) >= 0.8 * len(text):
        if any(_NAME.search(word[0]) for word in words):
            return  # the column of titles is wide: where in the cell its neighbours' headings stand cannot be told
        for word in words:
            width = (right - left) / len(text)
            yield from _named(word[0], left + width * word.start(), left + width * word.end())
    else:
        yield from _named(text, left, right)


def _named(text: str, left: float, right: float) -> Iterable[Column]:
    kind = next((kind for kind, sign in _HEADINGS if sign.search(text)), None)
    if kind is not None:
        yield Column(kind, left, right)


def _settled(columns: Sequence[Column]) -> tuple[Column, ...]:
    """From left to right; 起 and 止 below a common 起止页码 stand for it; 页数 beside a column of pages counts.

    Titles whose heading was not read stand in the widest gap; one whose letters were read one by one is one column.
    """
    kinds = {column.kind for column in columns}
    kept = [column for column in columns if not (column.kind == "pages" and {"first", "last"} <= kinds)]
    if not any(column.kind in PAGING for column in kept):
        kept = [Column("pages", c.left, c.right) if c.kind == "count" else c for c in kept]
    done: list[Column] = []
    for column in sorted(kept, key=lambda column: (column.left, column.right)):
        if done and done[-1].kind == column.kind == "name":
            done[-1] = replace(done[-1], right=column.right)
        else:
            done.append(column)
    if len(done) > 1 and "name" not in kinds:
        before, behind = max(pairwise(done), key=lambda pair: pair[1].left - pair[0].right)
        gap = behind.left - before.right
        done.append(Column("name", before.right + gap / 3, behind.left - gap / 3))
    return tuple(sorted(done, key=lambda column: (column.left, column.right)))


def bordered(columns: Sequence[Column], cells: Sequence[tuple[float, float]]) -> tuple[Column, ...]:
    """The columns with borders drawn where the fewest cells (left, right) cross, between every two headings."""
    borders = [0.0]
    for before, after in pairwise(columns):
        low, high = (before.left + before.right) / 2, (after.left + after.right) / 2
        borders.append(_border(low, high, cells))
    borders.append(1.0)
    return tuple(
        Column(column.kind, column.left, column.right, start, end)
        for column, (start, end) in zip(columns, pairwise(borders), strict=True)
    )


def _border(low: float, high: float, cells: Sequence[tuple[float, float]]) -> float:
    """Where fewest cells are cut; of several such places the middle of the widest."""
    edges = sorted({low, high, *(edge for cell in cells for edge in cell if low < edge < high)})
    if len(edges) < 2:
        return (low + high) / 2

    def cut(place: float) -> int:
        return sum(left < place < right for left, right in cells)

    spans = [(cut((start + end) / 2), end - start, (start + end) / 2) for start, end in pairwise(edges)]
    fewest = min(count for count, _, _ in spans)
    return max((width, place) for count, width, place in spans if count == fewest)[1]


def column_at(columns: Sequence[Column], left: float, right: float) -> Column:
    """The column in which most of a cell stands, its beginning counting most; `columns` must not be empty."""
    start = left + 0.35 * (right - left)
    return min(columns, key=lambda c: max(c.start - start, start - c.end, 0.0))
