"""The file's own catalogue (卷内目录) read as a table: number, title, pages and remark of every row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from pipeline.casefile import Box, CatalogueRow, Line, Page
from pipeline.documents.columns import PAGING, Column, Frame, bordered, column_at, frame_of, header_of
from pipeline.documents.joining import joined
from pipeline.documents.paging import Span, is_ditto, joins, read_number, read_span, upright
from pipeline.documents.rows import Row, rows_of
from pipeline.documents.second_readings import settled_numbers
from pipeline.documents.strikes import Piece, pieces_of, settled
from pipeline.text.normalise import content, fold

_MARK = re.compile(
    r"^\W*(\d{4}[.\-/年]\d{1,2}([.\-/月]\d{0,2}日?)?|(19|20)\d{6})\W*$|\d{4}\W.{0,12}号$|^.{1,10}字.{0,8}号$"
)
"""A paper's date or number: in a cell of its own it is no part of the title."""
_FOOT = re.compile(
    r"^(立卷人|装订人|本卷|本案卷|备注|制表|注[:：]|合计|共\d+页|卷内共|第\d+页|检查人)"
    r"|^(卷[内宗])?(文件|文书|材料|卷宗|案卷)?目录(续.{0,2})?$"
)
_GLUED_NUMBER = re.compile(r"^\W{0,2}(\d{1,2})(?:[.、．)）:：]\s*|\s+|(?=[^\d\s年月日.、．\-—~至%]))(?=\S)")
_LEADERS = re.compile(r"^(?P<title>.*?\D)(?:[.．…·•・。_]{3,}|\s{2,})(?P<pages>[\d\-—–~至页第]{1,12})$")
_TAIL = re.compile(r"^(?P<title>.*?[^\d\s\-—–~.第])\s*(?P<pages>第?\d{1,3}(?:\s*[-—–~～至]\s*第?\d{1,3})?页?)$")
_PAGES_AND_MORE = re.compile(r"^(?P<pages>第?\d{1,3}(?:\s*[-—–~～至]\s*第?\d{1,3})?页?)\s*(?P<rest>[\u4e00-\u9fff].*)$")
_MISREAD_NUMBER = re.compile(r"^[A-Za-z0-9|!.,、]{1,3}(?=[\u4e00-\u9fff])")
_COUNTED = re.compile(r"^(?!.*(页次|页码|页号|张次|张号|起止|所在页|[起止始终][页]))(?=.*[页张]数)")
"""Headings of a table whose only numbers may be counts."""
_READ = re.compile(r"\w")
_WIDER, _EDGE = 0.08, 0.012
"""How far beyond its heading the first or last cell may reach, and how wide ruled edges are, in parts of the width."""
_RULED = 0.85
_TITLE_INK, _DIGIT_INK = 12, 2
"""Inked squares (1.6 mm) from which words stand in a cell, and from which a digit does."""


@dataclass(slots=True)
class _Cells:
    """What stands in one row of the table, column by column."""

    number: str = ""
    names: list[Piece] = field(default_factory=list)
    paging: list[tuple[str, Piece]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def read_catalogue(pages: Sequence[Page]) -> tuple[CatalogueRow, ...]:
    """The rows of the catalogue that stands on these pages, top down; empty where no table can be made out.

    Columns are told by their headings (of one or two rows, in any order), their borders by what the cells keep clear;
    a page without headings has those of the page before. Where there are no headings at all the number stands at the
    left, the pages at the right, and what else is text is the title. A paper's date, number and issuer are no titles.
    A row struck out with nothing written in its place is none; 〃 and 同上 repeat the row above. Rows that bear only a
    printed number count if rows follow them: a form is longer than its list. Of two readings of a page number the one
    counts that stands in the order of the rows.
    """
    rows: list[CatalogueRow] = []
    columns: tuple[Column, ...] = ()
    counts = False
    for page in pages:
        table = rows_of(page.lines)
        frame = frame_of(table, page)
        headings, below = header_of(table, frame)
        columns = headings or columns
        if headings:
            counts = bool(_COUNTED.search(fold("".join(row.text for row in table[:below]))))
        for part, side in _sides(columns, table[below:], frame):
            drawn = bordered(part, [frame.across(line) for row in side for line in row.lines]) if part else ()
            found = [_read_row(row, drawn, frame, page) for row in _arabic(side)]
            rows.extend(joined([row for row in found if row is not None]))
    rows = _repeated(_without_tail(rows))
    return tuple(settled_numbers(_from_counts(rows) if counts else rows, pages))


def _sides(
    columns: tuple[Column, ...], rows: Sequence[Row], frame: Frame
) -> list[tuple[tuple[Column, ...], Sequence[Row]]]:
    """The table, or its two halves where the same headings stand twice beside one another."""
    names = [index for index, column in enumerate(columns) if column.kind == "name"]
    kinds = [column.kind for column in columns]
    half = len(columns) // 2
    if len(names) != 2 or len(columns) < 4 or kinds[:half] != kinds[half : 2 * half] or len(columns) % 2:
        return [(columns, rows)]
    middle = (columns[half - 1].right + columns[half].left) / 2
    sides: list[tuple[tuple[Column, ...], Sequence[Row]]] = []
    for part, left in ((columns[:half], True), (columns[half:], False)):
        kept = [tuple(line for line in row.lines if (sum(frame.across(line)) / 2 < middle) is left) for row in rows]
        sides.append((part, [Row(lines) for lines in kept if lines]))
    return sides


def _arabic(rows: Sequence[Row]) -> Sequence[Row]:
    """Rows of a table whose numbers are Arabic, with those put right that were read as if they lay on their side."""
    lines = [line for row in rows for line in row.lines]
    arabic = sum(line.text.strip().isdigit() for line in lines)
    lying = sum(upright(line.text) != line.text for line in lines)
    if arabic < 4 * lying:
        return rows
    return [Row(tuple(replace(line, text=upright(line.text)) for line in row.lines)) for row in rows]


def _read_row(row: Row, columns: Sequence[Column], frame: Frame, page: Page) -> CatalogueRow | None:
    cells = _Cells()
    for line in row.lines:
        for piece in pieces_of(line, page.content.marks):
            _place(piece, cells, columns, frame)
    if columns and not cells.paging:
        cells.paging = _lone_strikes(row, columns, frame, page)
    title, gone = settled(cells.names)
    title = _split_title(title, cells, columns, row)
    first, last, struck = _paging(cells)
    title = _undouble(title.strip(" .．…·、,，|_"))
    if any(_FOOT.search(form) for form in (fold(title), content(title))) or not (
        title or first is not None or cells.number
    ):
        return None
    if gone and (first is None or struck):
        return None
    remark = "".join(cells.remarks)
    unread = _unread(row, title, first, columns, frame, page)
    return CatalogueRow(cells.number, title, first, last, page.number, row.box, remark, unread=unread)


def _place(piece: Piece, cells: _Cells, columns: Sequence[Column], frame: Frame) -> None:
    """Put a piece of a line into the cell where it stands."""
    text = piece.text.strip()
    left, right = frame.across(piece.line)
    if not columns:
        _place_by_look(piece, text, left, cells)
        return
    kind = column_at(columns, left, right).kind
    known = {column.kind for column in columns}
    if kind == "number" and not cells.number and read_number(text) is not None:
        cells.number = str(read_number(text))
    elif kind in PAGING and (read_span(text) or joins(text) or is_ditto(text)):
        cells.paging.append((kind, piece))
    elif kind in PAGING and (mixed := _PAGES_AND_MORE.match(text)):
        cells.paging.append((kind, piece.of(mixed["pages"])))
        cells.remarks.append(mixed["rest"])
    elif kind == "remark":
        cells.remarks.append(text)
    elif kind in ("count", "issuer", "mark"):
        return
    elif kind == "number" and read_number(text) is None:
        if re.search(r"[\u4e00-\u9fff]", text):  # a title that runs over the border, or a number misread
            cells.names.append(piece.of(text if _GLUED_NUMBER.match(text) else _MISREAD_NUMBER.sub("", text)))
    elif kind == "name" and "number" not in known and not cells.number and left < 0.3 and read_number(text) is not None:
        cells.number = str(read_number(text))
    elif kind == "name" and not (_MARK.search(fold(text)) and cells.names):
        cells.names.append(piece)
    elif kind in PAGING and re.search(r"[\u4e00-\u9fff]{2}", text):
        cells.remarks.append(text)


def _place_by_look(piece: Piece, text: str, left: float, cells: _Cells) -> None:
    """Without headings: a number before the title is the row's, numbers behind it are its pages."""
    if not cells.names and not cells.number and left < 0.35 and read_number(text) is not None and text[:1] not in "第P":
        cells.number = str(read_number(text))
    elif left > 0.5 and (read_span(text) or joins(text)):
        cells.paging.append(("pages", piece))
    elif cells.paging:
        cells.remarks.append(text)
    elif not (_MARK.search(fold(text)) and cells.names):
        cells.names.append(piece)


def _split_title(title: str, cells: _Cells, columns: Sequence[Column], row: Row) -> str:
    """Take the row's number off the title's front and its pages off its end, where the engine read them as one."""
    glued = _GLUED_NUMBER.match(title)
    if glued and not cells.number:
        cells.number, title = glued[1], title[glued.end() :]
    if cells.paging:
        return title
    tail = _LEADERS.match(title)
    if tail is None and (reaching := _reaching(cells.names, columns, row)):
        tail = _TAIL.match(title) if reaching else None
    if tail is not None and read_span(tail["pages"]) is not None:
        cells.paging.append(("pages", cells.names[-1].of(tail["pages"])))
        return tail["title"]
    return title


def _reaching(names: Sequence[Piece], columns: Sequence[Column], row: Row) -> bool:
    """Whether the title's last piece reaches into the column of pages (or as far as one would be)."""
    if not names:
        return False
    start = min((column.start for column in columns if column.kind in PAGING), default=0.62)
    return names[-1].line.box.x1 > start + 0.02 and names[-1].line is row.lines[-1]


def _paging(cells: _Cells) -> tuple[int | None, int | None, bool]:
    """First and last page, and whether they are struck out; one number is both.

    What is struck out counts only where nothing readable was written beside it.
    """
    kept = [(kind, piece) for kind, piece in cells.paging if not piece.struck]
    standing = _numbers(kept)
    if standing:
        return standing[0][0], standing[-1][1], False
    crossed = _numbers([(kind, piece) for kind, piece in cells.paging if piece.struck])
    if crossed:
        return crossed[0][0], crossed[-1][1], True
    return None, None, False


def _numbers(cells: Sequence[tuple[str, Piece]]) -> list[Span]:
    spans = [span for _, piece in cells if (span := read_span(piece.below) or read_span(piece.text)) is not None]
    if len(spans) > 2 or (len(spans) == 2 and spans[1][1] < spans[0][0]):
        return spans[:1]
    return spans


def _lone_strikes(row: Row, columns: Sequence[Column], frame: Frame, page: Page) -> list[tuple[str, Piece]]:
    """Pages that were struck out where no line of text was found: what could be read below the stroke."""
    found = []
    for mark in page.content.marks:
        if mark.kind == "struck" and mark.text and row.box.y0 < mark.box.centre[1] < row.box.y1:
            line = Line(mark.text, mark.box)
            kind = column_at(columns, *frame.across(line)).kind
            if kind in PAGING:
                found.append((kind, Piece(mark.text, line, struck=True)))
    return found


def _unread(row: Row, title: str, first: int | None, columns: Sequence[Column], frame: Frame, page: Page) -> bool:
    """Whether something stands in the row's empty cell of title or pages that nobody could read."""
    empty = [c for c in columns if (c.kind == "name" and not title) or (c.kind in PAGING and first is None)]
    if not empty:
        return False
    for mark in page.content.marks:
        if mark.kind not in ("ink", "struck", "overwritten", "whitened"):
            continue
        level = row.box.y0 < mark.box.centre[1] < row.box.y1
        place = frame.across(Line("", mark.box))
        if level and any(column.start < sum(place) / 2 < column.end for column in empty):
            return True
    for line in row.lines:
        left, right = frame.across(line)
        if column_at(columns, left, right) in empty and _READ.search(line.text):
            return True
    return any(_inked(row, column, columns, frame, page) for column in empty)


def _inked(row: Row, column: Column, columns: Sequence[Column], frame: Frame, page: Page) -> bool:
    """Whether there is ink in a cell in which no line was found: the search for text loses lone digits, and more."""
    grid = page.content.ink
    if grid is None:
        return False
    middle = row.box.centre[1]
    lean = frame.shift * (middle - 0.5)
    left = max((one.right for one in columns if one.right <= column.left), default=column.left - _WIDER)
    right = min((one.left for one in columns if one.left >= column.right), default=column.right + _WIDER)
    cell = Box(max(0.0, left + lean + _EDGE), row.box.y0, max(0.0, right + lean - _EDGE), row.box.y1)
    covers = [line.box.grown(0.004, 0.003) for line in page.lines if line.box.overlap(cell) > 0]
    covers += [mark.box for mark in page.content.marks if mark.kind == "seal"]
    # What is left of a ruled edge stands alone and as high as the row.
    step, full = 1.0 / grid.columns, _RULED * cell.height * grid.rows
    slits = [cell.x0 + number * step for number in range(int(cell.width / step))]
    counts = [grid.count(Box(x, cell.y0, x + step, cell.y1), covers) for x in slits]
    beside = [max(pair) for pair in zip([0, *counts[:-1]], [*counts[1:], 0], strict=True)]
    written = sum(count for count, near in zip(counts, beside, strict=True) if count < full or near > 1)
    return written >= (_TITLE_INK if column.kind == "name" else _DIGIT_INK)


def _undouble(title: str) -> str:
    """A struck-through entry and its correction are read as one: "传票传票" → "传票"."""
    half = (len(title) + 1) // 2
    first, second = title[:half], title[half:]
    return second if len(title) >= 4 and fuzz.ratio(first, second) > 75 else title


def _without_tail(rows: Sequence[CatalogueRow]) -> list[CatalogueRow]:
    """Rows that bear only a number are the form's where none follows that says more."""
    kept = list(rows)
    while kept and not kept[-1].title and kept[-1].first is None:
        kept.pop()
    filled = [row for row in kept if row.title or row.first is not None]
    return kept if 2 * len(filled) > len(kept) else filled


def _repeated(rows: Sequence[CatalogueRow]) -> list[CatalogueRow]:
    """〃 and 同上 stand for what stands above them."""
    done: list[CatalogueRow] = []
    for row in rows:
        above = done[-1] if done else None
        if above is not None and is_ditto(row.title):
            row = replace(row, title=above.title)
        if above is not None and row.remark and is_ditto(row.remark):
            row = replace(row, remark=above.remark)
        done.append(row)
    return done


def _from_counts(rows: Sequence[CatalogueRow]) -> list[CatalogueRow]:
    """A column 页数 may count each paper's pages instead of numbering them: its numbers then do not rise.

    The pages follow from the counts, as far as no row's count is missing.
    """
    numbers = [row.first for row in rows if row.first is not None]
    if any(row.last != row.first for row in rows) or len(numbers) < 3 or numbers == sorted(set(numbers)):
        return list(rows)
    done: list[CatalogueRow] = []
    before: int | None = 0
    for row in rows:
        if before is None or row.first is None:
            before = None
            done.append(replace(row, first=None, last=None, unread=row.unread or row.first is not None))
            continue
        done.append(replace(row, first=before + 1, last=before + row.first))
        before += row.first
    return done
