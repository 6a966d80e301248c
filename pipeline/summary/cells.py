"""Excel sheets whose cells are safe to open, whatever stands in them: the only place that writes cells.

A text that comes from outside (names of files and people, what OCR read) is always written as text, in a cell with the
quote prefix, as if somebody had typed an apostrophe before it: `=cmd()`, `+1`, `@x` stay texts when the sheet is edited
and saved again. Control characters and the like become visible (`text.visible`), texts too long for a cell are cut.
Links lead to files beside the workbook or to the desk, never anywhere else. Rows go to disk as they come (XlsxWriter's
constant memory), and the same rows give the same bytes.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self
from urllib.parse import quote

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.url import Url

from pipeline.text.visible import one_line

TEXT_UNITS = 32_767
"""UTF-16 units that fit into a cell (Excel's specifications and limits)."""
ROWS = 1_048_576
LINKS = 65_530
"""Links that fit on a sheet, and characters in one."""
LINK_UNITS = 2_079
CUT = "…（过长，已截断）"
CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001  # a workbook that tells its time would differ from run to run
_A4 = 9

Tone = Literal["plain", "muted", "high", "medium", "low", "unsure", "failed"]
_COLOURS: dict[Tone, str] = {
    "muted": "#5C6775",
    "high": "#A3172A",
    "medium": "#8A5200",
    "low": "#2A5A86",
    "unsure": "#5B3EA6",
    "failed": "#A3172A",
}


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads to a file: `path` relative to the workbook, with `/`, not encoded."""

    text: str
    path: str


@dataclass(frozen=True, slots=True)
class Tinted:
    """A cell in a colour that says how grave it is; a zero is pale."""

    value: str | int
    tone: Tone


@dataclass(frozen=True, slots=True)
class WebLink:
    """A cell that leads to a page of the desk: `url` is ours, made of addresses that hold no names."""

    text: str
    url: str


Cell = str | int | Link | WebLink | Tinted | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading and its width in characters of the standard font (a Chinese one takes two)."""

    title: str
    width: float


def safe_text(text: str) -> str:
    """The text as a cell may hold it: on one line, nothing in it that acts unseen, not longer than a cell."""
    text = one_line(text)
    units = len(text.encode("utf-16-le")) // 2
    if units <= TEXT_UNITS:
        return text
    room = 2 * (TEXT_UNITS - len(CUT))
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + CUT


def link_target(path: str) -> str | None:
    """The path as the target of a link, or None where Excel would not take it.

    Reserved and unseen characters are percent-encoded, letters of other scripts stay: Office decodes only what stands
    for ASCII.
    """
    encoded = "".join(
        "".join(chars) if shown else quote("".join(chars), safe="/", errors="replace")
        for shown, chars in itertools.groupby(path, lambda c: c > "\x7f" and c.isprintable())
    )
    return encoded if len(encoded.encode("utf-16-le")) // 2 <= LINK_UNITS else None


class _Beside(Url):  # type: ignore[misc]  # xlsxwriter has no types
    """A link to a file beside the workbook; XlsxWriter itself would write it as Windows does."""

    def __init__(self, target: str, text: str) -> None:
        super().__init__(f"external:{target}")
        self.text = text
        self._beside = target

    def _target(self) -> str:
        return self._beside


class _Memory(io.BytesIO):
    """Memory that stays open while a ZIP archive is on it, which tidies up last where writing it failed."""

    def close(self) -> None:
        pass


class SafeBook:
    """A workbook in the making; to be used with `with`. `content()` gives its bytes after that.

    `scratch` is a folder for what does not fit into memory. Raises OSError where that cannot be written.
    """

    def __init__(self, scratch: Path, title: str) -> None:
        self._stream = _Memory()
        options = {
            "constant_memory": True,
            "tmpdir": str(scratch),
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "use_zip64": True,
        }
        self._book: Any = xlsxwriter.Workbook(self._stream, options)
        self._book.set_properties({"title": safe_text(title)[:255], "created": CREATED})
        self._sheets: list[SafeSheet] = []
        self._formats: dict[tuple[str, Tone], Any] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(*((OSError,) if error else ())):  # what went wrong first is told
            self._close()

    def _close(self) -> None:
        for sheet in self._sheets:
            sheet.finish()
        try:
            self._book.close()
        except FileCreateError as failed:  # its own name for an OSError
            raise failed.args[0] if failed.args and isinstance(failed.args[0], OSError) else OSError(failed) from failed

    def content(self) -> bytes:
        """Give the bytes of the finished workbook."""
        return self._stream.getvalue()

    def sheet(self, name: str, columns: Sequence[Column], *, frozen: int = 0) -> SafeSheet:
        """Add a sheet, to be filled before the next one; `frozen`: columns that stay in sight beside the headings."""
        for earlier in self._sheets:
            earlier.finish()
        made = SafeSheet(self, self._book.add_worksheet(name), columns, frozen)
        self._sheets.append(made)
        return made

    def format(self, kind: Literal["head", "text", "number", "link"], tone: Tone = "plain") -> Any:
        """Give the format of a cell, made once."""
        if (kind, tone) not in self._formats:
            look: dict[str, Any] = {"valign": "top", "font_name": "Microsoft YaHei", "font_size": 10}
            if kind == "head":
                look |= {"bold": True, "bg_color": "#E8EDF3", "bottom": 1, "text_wrap": True, "valign": "vcenter"}
            elif kind == "number":
                look |= {"num_format": "0", "align": "right"}
            else:
                look |= {"text_wrap": True, "num_format": "@", "quote_prefix": True}
            if kind == "link":
                look |= {"font_color": "#1A4F94", "underline": 1}
            elif tone in _COLOURS:
                look |= {"font_color": _COLOURS[tone], "bold": tone in ("high", "failed")}
            self._formats[kind, tone] = self._book.add_format(look)
        return self._formats[kind, tone]


class SafeSheet:
    """A sheet that is filled row by row: headings stay in sight and on every printed page, rows can be filtered."""

    def __init__(self, book: SafeBook, sheet: Any, columns: Sequence[Column], frozen: int) -> None:
        self._book, self._sheet, self._columns = book, sheet, tuple(columns)
        self._row = self._links = self._left_out = 0
        self._finished = False
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_footer("&C&P / &N")
        sheet.freeze_panes(1, frozen)
        for place, column in enumerate(self._columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(0, place, column.title, book.format("head"))

    @property
    def rows(self) -> int:
        """How many rows were added."""
        return self._row + self._left_out

    def add(self, *cells: Cell) -> None:
        """Add a row. What a sheet has no room for is counted, and told in its last row."""
        if self._row >= ROWS - 2:
            self._left_out += 1
            return
        self._row += 1
        for place, cell in enumerate(cells):
            self._write(self._row, place, cell)

    def _write(self, row: int, place: int, cell: Cell) -> None:
        tone: Tone = "plain"
        if isinstance(cell, Tinted):
            tone = cell.tone if cell.value != 0 else "muted"
            cell = cell.value
        if isinstance(cell, Link):
            target = link_target(cell.path)
            if target is not None and self._links < LINKS:
                self._links += 1
                self._sheet.write_url(row, place, _Beside(target, safe_text(cell.text)), self._book.format("link"))
                return
            cell = cell.text
        if isinstance(cell, WebLink):
            if cell.url.startswith(("http://", "https://")) and self._links < LINKS:
                self._links += 1
                link = self._book.format("link")
                self._sheet.write_url(row, place, cell.url, link, safe_text(cell.text) or cell.url)
                return
            cell = cell.text
        if isinstance(cell, int):
            self._sheet.write_number(row, place, cell, self._book.format("number", tone))
            return
        text = safe_text(cell or "")
        if text:
            self._sheet.write_string(row, place, text, self._book.format("text", tone))
        else:
            self._sheet.write_blank(row, place, None, self._book.format("text"))

    def finish(self) -> None:
        """End the sheet: rows can be filtered, what had no room is told."""
        if self._finished:
            return
        self._finished = True
        if self._left_out:
            note = f"另有 {self._left_out} 行，超出工作表的容量，未列出"
            self._sheet.write_string(self._row + 1, 0, note, self._book.format("text", "failed"))
        self._sheet.autofilter(0, 0, max(1, self._row), len(self._columns) - 1)
        self._sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{ROWS}"})
