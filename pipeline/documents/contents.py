"""The file's own catalogue (卷内目录) read as a table, and which of its rows each page of the file belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from pipeline.casefile import CatalogueRow, Page
from pipeline.documents.rows import Row, rows_of
from pipeline.documents.titles import match_title
from pipeline.text.normalise import fold

_PAGES = re.compile(r"^\D{0,2}(\d{1,3})(?:[-—–~～一至到、,]+(\d{1,3}))?\D{0,2}$")
_NAME_HEADER = re.compile(r"(文书|文件|材料|题名|标题|名称|卷内)")
_PAGE_HEADER = re.compile(r"(页次|页码|页数|起止|所在页|页号)")
_NUMBER = re.compile(r"^\W*(\d{1,3})\W*$")
_CORNER = re.compile(r"^\W*0{0,2}(\d{1,3})\W*$")


def read_catalogue(pages: Sequence[Page]) -> tuple[CatalogueRow, ...]:
    """The rows of the catalogue that stands on these pages, top down; empty where no table can be made out.

    A row is whatever stands beside a name cell: its number to the left, its pages under the heading 页次/页码.
    """
    rows: list[CatalogueRow] = []
    for page in pages:
        table = rows_of(page.lines)
        header = next((row for row in table if _is_header(row)), None)
        columns = _columns(header) if header else None
        below = table[table.index(header) + 1 :] if header else table
        rows.extend(filter(None, (_read_row(row, columns, page.number) for row in below)))
    return tuple(rows)


def _is_header(row: Row) -> bool:
    text = fold(row.text)
    return bool(_NAME_HEADER.search(text) and _PAGE_HEADER.search(text)) and len(text) < 40


def _columns(header: Row) -> tuple[float, float] | None:
    """Where the names begin and where the pages begin, in fractions of the page's width."""
    name = next((line for line in header.lines if _NAME_HEADER.search(fold(line.text))), None)
    page = next((line for line in header.lines if _PAGE_HEADER.search(fold(line.text))), None)
    return (name.box.x0, page.box.x0) if name and page and page.box.x0 > name.box.x0 else None


def _read_row(row: Row, columns: tuple[float, float] | None, page: int) -> CatalogueRow | None:
    cells = list(row.lines)
    number = ""
    first_number = _NUMBER.match(cells[0].text.strip())
    if first_number and (columns is None or cells[0].box.centre[0] < columns[0]):
        number = first_number[1]
        cells = cells[1:]
    span: tuple[int, int] | None = None
    name_cells = []
    for cell in cells:
        text = fold(cell.text)
        pages = _PAGES.match(text)
        in_page_column = columns is None or cell.box.x1 > columns[1] - 0.02
        if pages and in_page_column and span is None:
            first = int(pages[1])
            span = (first, int(pages[2]) if pages[2] else first)
        elif columns is None or cell.box.x0 < columns[1] - 0.03:
            name_cells.append(cell)
    title = "".join(cell.text.strip() for cell in name_cells)
    glued = re.match(r"^(\d{1,2})[.、\s]*(?=\D)", title)
    if glued and not number:
        number, title = glued[1], title[glued.end() :]
    title = _undouble(title)
    if not (title or (number and span)) or re.match(r"^(立卷人|本卷|备注|制表|注)", fold(title)):
        return None
    return CatalogueRow(number, title, span[0] if span else None, span[1] if span else None, page, row.box)


def _undouble(title: str) -> str:
    """A struck-through entry and its correction are read as one: "传票传票" → "传票"."""
    half = (len(title) + 1) // 2
    first, second = title[:half], title[half:]
    return second if len(title) >= 4 and fuzz.ratio(first, second) > 75 else title


@dataclass(frozen=True, slots=True)
class Placement:
    """What the catalogue says of one page: the rows whose range holds it, their types, and whether one begins there."""

    rows: tuple[int, ...]
    types: tuple[tuple[str, float], ...]
    begins: bool


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
