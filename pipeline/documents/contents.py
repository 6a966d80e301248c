"""The file's own catalogue (卷内目录) read as a table, and which of its rows each page of the file belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from pipeline.casefile import CatalogueRow, Line, Page
from pipeline.documents.rows import Row, rows_of
from pipeline.documents.titles import match_title
from pipeline.text.normalise import fold

_NAME = re.compile(r"(文书|文件|材料|题名|标题|名称|卷内)")
_PAGES = re.compile(r"(页次|页码|页数|起止|所在页|页号|页$)")
_HEADINGS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("first", re.compile(r"^起(始|页|止?页码起)?(页码?|号)?$")),
    ("last", re.compile(r"^(止|终|至|讫)(页|止)?(页码?|号)?$")),
    ("pages", _PAGES),
    ("note", re.compile(r"(备注|说明|份数|件数|原件|复印件|责任者|作者|制作|来源|单位)")),
    ("number", re.compile(r"^(序|顺|件|编|卷).{0,2}号?$|^号$")),
    ("mark", re.compile(r"(文号|字号|文书编?号|发文|日期|时间)")),
    ("name", _NAME),
)
"""What a column holds, by its heading; the first that fits."""
_PAGING = ("first", "last", "pages")
_HEADING_CELL = re.compile(r"^(?!.*目录).{1,7}$")
_SPAN = re.compile(r"^\D{0,2}(\d{1,3})(?:[^\d.]{1,3}(\d{1,3}))?\D{0,2}$")
_NUMBER = re.compile(r"^\W*(\d{1,3})\W*$")
_MARK = re.compile(
    r"^\W*(\d{4}[.\-/年]\d{1,2}([.\-/月]\d{0,2}日?)?|(19|20)\d{6})\W*$|\d{4}\W.{0,12}号$|^.{1,10}字.{0,8}号$"
)
"""A paper's date or number: in a cell of its own it is no part of the title."""
_FOOT = re.compile(
    r"^(立卷人|本卷|备注|制表|注[:：]|合计|共\d+页|卷内共|第\d+页)|^(卷[内宗])?(文件|文书|材料|卷宗|案卷)?目录(续.{0,2})?$"
)
_CORNER = re.compile(r"^\W*0{0,2}(\d{1,3})\W*$")
_LIKE_DIGITS = str.maketrans("OoQDlI|i", "00001111")


@dataclass(frozen=True, slots=True)
class _Column:
    kind: str
    left: float
    right: float

    def away(self, cell: Line) -> float:
        """How far a cell stands from the column's heading, sideways; less than 0 where they overlap."""
        return max(self.left - cell.box.x1, cell.box.x0 - self.right)


def read_catalogue(pages: Sequence[Page]) -> tuple[CatalogueRow, ...]:
    """The rows of the catalogue that stands on these pages, top down; empty where no table can be made out.

    Columns are told by their headings (of one or two rows); a page without headings has those of the page before. Of a
    row's cells the number stands at the left, the pages under their heading, and what else is text is the title, but
    for a paper's date and number and what stands under headings like 责任者 or 备注.
    """
    rows: list[CatalogueRow] = []
    columns: tuple[_Column, ...] = ()
    for page in pages:
        table = rows_of(page.lines)
        headings, below = _header(table)
        columns = headings or columns
        rows.extend(_unwrapped([row for row in (_read_row(one, columns, page.number) for one in table[below:]) if row]))
    return tuple(rows)


def _header(table: Sequence[Row]) -> tuple[tuple[_Column, ...], int]:
    """The columns and the index of the first row below their headings; no columns where no headings are found."""
    for start in range(len(table)):
        for end in range(start + 1, min(start + 4, len(table) + 1)):
            block = table[start:end]
            if len(block) > 1 and not all(_of_headings(row) for row in block):
                break
            text = fold("".join(row.text for row in block))
            if _NAME.search(text) and _PAGES.search(text) and len(text) < 40 and "目录" not in text:
                while end < len(table) and _of_headings(table[end]):
                    end += 1
                cells = [line for row in table[start:end] for line in row.lines]
                columns = tuple(filter(None, map(_column, cells)))
                return (columns if any(column.kind in _PAGING for column in columns) else ()), end
    return (), 0


def _of_headings(row: Row) -> bool:
    cells = [fold(line.text) for line in row.lines]
    return all(_HEADING_CELL.match(cell) and any(sign.search(cell) for _, sign in _HEADINGS) for cell in cells)


def _column(cell: Line) -> _Column | None:
    text = fold(cell.text)
    kind = next((kind for kind, sign in _HEADINGS if sign.search(text)), None)
    if kind == "pages" and re.search(r"名称|题名|标题", text):
        kind = None  # two headings read as one
    return _Column(kind, cell.box.x0, cell.box.x1) if kind else None


def _read_row(row: Row, columns: Sequence[_Column], page: int) -> CatalogueRow | None:
    cells = list(row.lines)
    name_left = min((column.left for column in columns if column.kind == "name"), default=1.0)
    number = ""
    leading = _NUMBER.match(cells[0].text.strip())
    if leading and cells[0].box.centre[0] < name_left:
        number = leading[1]
        cells = cells[1:]
    paged = [cell for cell in cells if _is_paging(cell, columns)]
    first, last = _paging(paged, columns)
    title = _title([cell for cell in cells if cell not in paged], columns)
    glued = re.match(r"^(\d{1,2})[.、．\s]*(?=[^\d年月.、])", title)
    if glued and not number:
        number, title = glued[1], title[glued.end() :]
    title = _undouble(title)
    if _FOOT.search(fold(title)) or not (title or (number and first)):
        return None
    return CatalogueRow(number, title, first, last, page, row.box)


def _is_paging(cell: Line, columns: Sequence[_Column]) -> bool:
    """Whether a cell belongs to the page columns: under their heading, and numbers or what joins two numbers."""
    text = fold(cell.text)
    if not (_SPAN.match(text.translate(_LIKE_DIGITS)) or re.match(r"^[-~至到一]$", text)):
        return False
    if not columns:
        return cell.box.x0 > 0.5
    nearest = min(columns, key=lambda column: column.away(cell))
    return nearest.kind in _PAGING


def _paging(cells: Sequence[Line], columns: Sequence[_Column]) -> tuple[int | None, int | None]:
    """First and last page; one number is both. Two cells are the first and the last page."""
    numbers: list[int] = []
    for cell in cells:
        span = _SPAN.match(fold(cell.text).translate(_LIKE_DIGITS))
        if span:
            numbers.extend(int(number) for number in span.groups() if number)
    if not numbers:
        return None, None
    return numbers[0], numbers[1] if len(numbers) > 1 else numbers[0]


def _title(cells: Sequence[Line], columns: Sequence[_Column]) -> str:
    """The cells that are the title: neither a date nor a number of the paper, nor under another column's heading."""
    texts = [column for column in columns if column.kind in ("name", "note", "mark")]
    pages_left = min((column.left for column in columns if column.kind in _PAGING), default=1.0)
    kept = []
    for cell in cells:
        beyond = cell.box.x0 > pages_left - 0.03
        elsewhere = texts and min(texts, key=lambda column: column.away(cell)).kind != "name"
        if (len(cells) > 1 and (_MARK.search(fold(cell.text)) or elsewhere)) or beyond:
            continue
        kept.append(cell.text.strip())
    return "".join(kept)


def _unwrapped(rows: Sequence[CatalogueRow]) -> list[CatalogueRow]:
    """Join titles that take two lines: a line with neither number nor pages goes to the row it touches."""
    numbered = [row for row in rows if row.number]
    if len(numbered) < 3 or len(numbered) * 2 < len(rows):
        return list(rows)
    joined: list[CatalogueRow] = []
    loose: CatalogueRow | None = None
    for row in rows:
        if not row.number and row.first is None:
            before = joined[-1] if joined else None
            if before and not loose and row.page == before.page and row.box.y0 - before.box.y1 < 0.5 * row.box.height:
                joined[-1] = replace(before, title=before.title + row.title, box=before.box.union(row.box))
            else:
                joined.append(row)
                loose = row
            continue
        if loose and not row.title and row.box.y0 - loose.box.y1 < 0.5 * loose.box.height:
            row = replace(row, title=loose.title, box=row.box.union(loose.box))
            joined.pop()
        loose = None
        joined.append(row)
    return joined


def _undouble(title: str) -> str:
    """A struck-through entry and its correction are read as one: "传票传票" → "传票"."""
    half = (len(title) + 1) // 2
    first, second = title[:half], title[half:]
    return second if len(title) >= 4 and fuzz.ratio(first, second) > 75 else title


SAME_TITLE = 0.9
"""Share of the best type's likeness from which on a title may as well mean another."""


@dataclass(frozen=True, slots=True)
class Placement:
    """What the catalogue says of one page: the rows whose range holds it, their types, and whether one begins there."""

    rows: tuple[int, ...]
    types: tuple[tuple[str, float], ...]
    begins: bool

    @property
    def likely(self) -> tuple[str, ...]:
        """The types that the rows may mean: a title is somewhat like several, and means those it is most like.

        受援人权利义务告知书 is like 律师权利义务告知书 too; only what is nearly as like as the best counts.
        """
        best = max((likeness for _, likeness in self.types), default=0.0)
        return tuple(kind for kind, likeness in self.types if likeness >= SAME_TITLE * best)


def place_pages(
    pages: Sequence[Page], after: int, rows: Sequence[CatalogueRow], blank: frozenset[int]
) -> dict[int, Placement]:
    """Which row each page of the file belongs to: {page number in the case: placement}.

    The catalogue counts pages in its own way: from the first page behind it, mostly without blank backs. Both ways of
    counting are tried, and the one that agrees better with the numbers printed in the pages' corners and with the
    titles there is taken. `after` is the catalogue's last page; pages before it have no number. `blank`: page numbers
    of blank sheets and separators.
    """
    numbered = [row for row in rows if row.first is not None]
    if len(numbered) < 3:
        return {}
    counts = [_count(pages, after, blank), _count(pages, after, frozenset())]
    numbers = max(counts, key=lambda count: _agreement(count, pages, numbered))
    placed: dict[int, Placement] = {}
    for page, number in numbers.items():
        hits = [index for index, row in enumerate(rows) if row.first is not None and _holds(row, number)]
        if hits:
            types: dict[str, float] = {}
            for index in hits:
                for kind, likeness in match_title(rows[index].title):
                    # Rows that overlap contradict one another: none of them is to be trusted fully.
                    types[kind] = max(types.get(kind, 0.0), likeness / len(hits))
            begins = any(rows[index].first == number for index in hits)
            placed[page] = Placement(tuple(hits), tuple(sorted(types.items(), key=lambda t: (-t[1], t[0]))), begins)
    return placed


def _count(pages: Sequence[Page], after: int, skipped: frozenset[int]) -> dict[int, int]:
    counted = [page.number for page in pages if page.number > after and page.number not in skipped]
    return {page: number for number, page in enumerate(counted, 1)}


def _agreement(numbers: dict[int, int], pages: Sequence[Page], rows: Sequence[CatalogueRow]) -> int:
    by_number = {number: page for page, number in numbers.items()}
    printed = sum(corner_number(page) == numbers.get(page.number) for page in pages if page.number in numbers)
    titled = 0
    for row in rows:
        page = by_number.get(row.first or 0)
        head = fold("".join(line.text for line in pages[page - 1].lines[:4])) if page else ""
        core = fold(row.title)
        titled += bool(core and len(core) >= 3 and core[-3:] in head)
    return printed + titled


def corner_number(page: Page) -> int | None:
    """The running number stamped or pencilled in an upper (or lower outer) corner of the page, if one is read."""
    for line in page.lines:
        across, down = line.box.centre
        if down < 0.075 and (across > 0.7 or across < 0.25):
            number = _CORNER.match(line.text.strip())
            if number:
                return int(number[1])
    return None


def _holds(row: CatalogueRow, number: int) -> bool:
    """Whether a row's range holds the number; a range read backwards or without an end is its first page."""
    first = row.first or 0
    last = row.last if row.last is not None and row.last >= first else first
    return first <= number <= last
