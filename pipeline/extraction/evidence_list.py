"""A list of evidence (证据目录) read as a table: number, name, source, what it proves, pages of every exhibit.

Columns are told by their headings, rows by the names in theirs; a cell without text is empty only where there is no
ink either.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Literal

from pipeline.casefile import Box, Document, Line, Page
from pipeline.documents.columns import Column, bordered, column_at
from pipeline.documents.rows import Row, rows_of
from pipeline.text.normalise import fold
from pipeline.text.numerals import number_value

CellState = Literal["filled", "empty", "unread"]

_HEADINGS: tuple[tuple[str, str], ...] = (
    ("pages", r"(所在)?(起止)?页(码|次|号|数)|卷页|起止页"),
    (
        "purpose",
        r"(拟|所|欲)?证明(的)?(对象|目的|内容|事项|事实|问题|观点|力)([和及]内容)?"
        r"|待证(事实|事项)?|举证目的|主要内容|证据内容|内容|对象|目的",
    ),
    ("source", r"(证据)?来源|提供(人|方|单位)|出处|取得方式"),
    ("name", r"证据(材料)?(名称|题名|标题)|(材料|文件|书证)名称|名称|证据材料|证据$"),
    ("more", r"(原件|复印件)(/复印件)?|份数|件数|数量|证据(种类|形式|类型)|种类|形式|备注|说明|日期"),
    ("number", r"(证据)?(序|编|顺)(序)?号|号$|^序$"),
)
_WORDS = re.compile("|".join(f"(?P<{kind}>{words})" for kind, words in _HEADINGS))
_FOOT = re.compile(
    r"^\W*(提交|举证|提供|申请|立卷|制作|接收|签收|收到|日期|时间|法院|以上|上述|合计|共计|此致|注[:：]|备注[:：]|说明[:：])|签名|签字|^\W*(19|20)\d\d年.{1,4}月"
)
_GROUP = re.compile(r"^第?[一二三四五六七八九十\d]{1,3}组")
_NUMBER = re.compile(r"^(?:证据)?\W?(\d{1,3}|[一二三四五六七八九十]{1,3})\W*$")
_CLOSE, _UNLIKE = 1.4, 1.4
"""Lines of a name less far apart than so many times their height, where other names are so many times as far apart,
are one name broken over two lines."""
_SURE = 0.9


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A row: its number (None where none was read), its name, what is in its other cells, where it stands."""

    number: int | None
    name: str
    cells: Mapping[str, CellState]
    page: int
    box: Box
    sure: bool = True
    """The number was read beyond doubt."""


@dataclass(frozen=True, slots=True)
class EvidenceList:
    """The columns that the headings name and the rows below them; no columns where no table was made out.

    Kinds of columns: number · name · source · purpose (what it proves) · pages · more (copies, remarks).
    """

    columns: frozenset[str] = frozenset()
    rows: tuple[Exhibit, ...] = ()
    groups: bool = False
    """Exhibits stand in groups, each counted anew."""


def evidence_list(document: Document, pages: Sequence[Page]) -> EvidenceList:
    """Read a list of evidence. `pages` are all of the case's, in order."""
    columns: tuple[Column, ...] = ()
    rows: list[Exhibit] = []
    groups = False
    for number in document.pages:
        page = pages[number - 1]
        table = rows_of(page.lines)
        found, below = _headings(table)
        columns = found or columns
        if not columns:
            continue
        body = _body(table[below if found else 0 :])
        groups = groups or any(_GROUP.match(fold(row.text)) for row in body)
        rows.extend(_rows(body, columns, page))
    return EvidenceList(frozenset(column.kind for column in columns), tuple(rows), groups)


def _headings(table: Sequence[Row]) -> tuple[tuple[Column, ...], int]:
    """The columns and the index of the first row below their headings; none where no row names two of them."""
    for index, row in enumerate(table):
        columns = [column for line in row.lines for column in _named(line)]
        kinds = {column.kind for column in columns}
        if "name" in kinds and len(kinds) > 1 and len(fold(row.text)) < 48:
            return _bordered(columns), index + 1
    return (), 0


def _named(line: Line) -> list[Column]:
    """The columns that a heading cell names; several where neighbouring headings were read as one line."""
    text = fold(line.text)
    words = [match for match in _WORDS.finditer(text) if match.lastgroup]
    if not words or sum(len(match[0]) for match in words) < 0.6 * len(text):
        return []
    step = line.box.width / max(1, len(text))
    found = []
    for match in words:
        kind = next(kind for kind, _ in _HEADINGS if kind == match.lastgroup)
        found.append(Column(kind, line.box.x0 + step * match.start(), line.box.x0 + step * match.end()))
    return found if len(words) == 1 or len(text) > 4 else found[:1]


def _bordered(columns: list[Column]) -> tuple[Column, ...]:
    """Columns from left to right, each kind once."""
    once: dict[str, Column] = {}
    for column in sorted(columns, key=lambda one: one.left):
        if column.kind == "more" or column.kind not in once:
            once.setdefault(column.kind, column)
    return tuple(sorted(once.values(), key=lambda one: one.left))


def _body(table: Sequence[Row]) -> list[Row]:
    body = []
    for row in table:
        if _FOOT.search(fold(row.text)):
            break
        body.append(row)
    return body


def _rows(body: Sequence[Row], columns: tuple[Column, ...], page: Page) -> list[Exhibit]:
    lines = [line for row in body for line in row.lines if fold(line.text)]
    drawn = bordered(columns, [(line.box.x0, line.box.x1) for line in lines])
    cells = [(_column_of(line, drawn), line) for line in lines]
    starts = _starts([line for kind, line in cells if kind == "name"])
    if not starts:
        return []
    pitch = median(after - before for before, after in pairwise(starts)) if len(starts) > 1 else 0.04
    edges = [(before + after) / 2 for before, after in pairwise(starts)]
    bands = list(zip([starts[0] - pitch / 2, *edges], [*edges, starts[-1] + pitch / 2], strict=True))
    return [_exhibit(top, bottom, cells, drawn, page) for top, bottom in bands]


def _starts(names: Sequence[Line]) -> list[float]:
    """Middles of the names; one broken over lines, which are nearer to each other than rows are, counts once."""
    lines = sorted(names, key=lambda one: one.box.centre[1])
    gaps = [after.box.centre[1] - before.box.centre[1] for before, after in pairwise(lines)]
    least, most = min(gaps, default=0.0), max(gaps, default=0.0)
    near = (max(least, 1e-6) * most) ** 0.5 if most > _UNLIKE * least else 0.0
    groups = [[lines[0]]] if lines else []
    for line, gap in zip(lines[1:], gaps, strict=True):
        if gap < near and gap < _CLOSE * line.box.height:
            groups[-1].append(line)
        else:
            groups.append([line])
    return [(group[0].box.centre[1] + group[-1].box.centre[1]) / 2 for group in groups]


def _column_of(line: Line, columns: tuple[Column, ...]) -> str:
    """The column in which a cell stands; words are no number, however far left they begin."""
    kind = column_at(columns, line.box.x0, line.box.x1).kind
    if kind == "number" and not re.match(r"^(证据)?\W?[\d一二三四五六七八九十]{1,3}\W*$", fold(line.text)):
        return "name"
    return kind


def _exhibit(
    top: float, bottom: float, cells: list[tuple[str, Line]], columns: tuple[Column, ...], page: Page
) -> Exhibit:
    mine = [(kind, line) for kind, line in cells if top <= line.box.centre[1] < bottom]
    box = mine[0][1].box
    for _, line in mine[1:]:
        box = box.union(line.box)
    texts = {column.kind: "".join(fold(line.text) for kind, line in mine if kind == column.kind) for column in columns}
    states: dict[str, CellState] = {}
    for column in columns:
        if texts[column.kind]:
            states[column.kind] = "filled"
        else:
            states[column.kind] = "unread" if _inked(page, column, columns, top, bottom) else "empty"
    number = _NUMBER.match(texts.get("number", ""))
    if texts.get("number") and number is None:
        states["number"] = "unread"
    lines = [line for kind, line in mine if kind == "number"]
    sure = all((line.score is None or line.score >= _SURE) and line.second in (None, line.text) for line in lines)
    value = number_value(number[1]) if number else None
    return Exhibit(value, texts.get("name", ""), states, page.number, box, sure)


def _inked(page: Page, column: Column, columns: tuple[Column, ...], top: float, bottom: float) -> bool:
    """Whether there is ink in a cell in which nothing was read; a lone digit leaves a square or two."""
    ink = page.content.ink
    if ink is None:
        return False
    step = 0.15 * (bottom - top)
    left, right = max(column.start, column.left - 0.01), min(column.end, column.right + 0.01)
    covers = [line.box.grown(0.004, 0.003) for line in page.lines]
    return ink.count(Box(left, top + step, max(left, right), bottom - step), covers) >= 1
