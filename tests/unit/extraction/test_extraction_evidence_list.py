"""Lists of evidence: columns by their headings, rows by their names, empty cells told from unread ones."""

from __future__ import annotations

import base64
from collections.abc import Sequence

import pytest

from pipeline.casefile import Box, Document, InkGrid, Line, Page, PageText
from pipeline.extraction.evidence_list import EvidenceList, evidence_list

LEFTS = (0.12, 0.2, 0.4, 0.54, 0.82)
HEAD = ("序号", "证据名称", "来源", "证明目的", "页码")


def _lines(rows: Sequence[Sequence[str]], *, top: float = 0.2, step: float = 0.04) -> list[Line]:
    lines = []
    for index, row in enumerate(rows):
        for left, cell in zip(LEFTS, row, strict=False):
            y = top + step * index
            if cell:
                lines.append(Line(cell, Box(left, y, left + 0.016 * len(cell), y + 0.022), 0.98, cell))
    return lines


def _read(lines: Sequence[Line], ink: InkGrid | None = None) -> EvidenceList:
    page = Page(1, "a.pdf", 1, PageText("scanned", lines=tuple(lines), ink=ink))
    return evidence_list(Document("d1", "evidence_catalogue", "证据目录", 1, 1, 0.9), [page])


def test_rows_with_all_their_cells() -> None:
    table = _read(_lines([HEAD, ("1", "劳动合同", "本人", "劳动关系", "1"), ("2", "工资条", "本人", "工资", "2-3")]))
    assert table.columns == {"number", "name", "source", "purpose", "pages"}
    assert [(row.number, row.name) for row in table.rows] == [(1, "劳动合同"), (2, "工资条")]
    assert all(set(row.cells.values()) == {"filled"} for row in table.rows)


def test_a_name_broken_over_two_lines_is_one_row() -> None:
    lines = _lines(
        [HEAD, ("1", "住院病历及诊断", "医院", "伤情", "1"), ("2", "医疗费票据", "本人", "费用", "2")], step=0.05
    )
    lines.append(Line("证明书", Box(0.2, 0.27, 0.25, 0.292), 0.98))
    table = _read(lines)
    assert [row.name for row in table.rows] == ["住院病历及诊断证明书", "医疗费票据"]


def test_rows_set_close_are_rows_of_their_own() -> None:
    rows = [HEAD, *((str(n), f"证据材料{n}号", "本人", "事实", str(n)) for n in range(1, 6))]
    assert [row.number for row in _read(_lines(rows, step=0.024)).rows] == [1, 2, 3, 4, 5]


def test_an_empty_cell_is_empty_only_where_there_is_no_ink() -> None:
    lines = _lines([HEAD, ("1", "劳动合同", "本人", "劳动关系", ""), ("2", "工资条", "本人", "", "2")])
    assert [row.cells["pages"] for row in _read(lines).rows] == ["empty", "filled"]
    columns, rows = 130, 184
    grid = bytearray((columns * rows + 7) // 8)
    square = int(0.25 * rows) * columns + int(0.83 * columns)
    grid[square // 8] |= 128 >> square % 8
    read = _read(lines, InkGrid(columns, rows, base64.b64encode(bytes(grid)).decode()))
    assert [row.cells["pages"] for row in read.rows] == ["unread", "filled"]
    assert read.rows[1].cells["purpose"] == "empty"


def test_headings_read_as_one_line() -> None:
    lines = _lines([("1", "劳动合同", "本人", "劳动关系", "1"), ("2", "工资条", "本人", "工资", "2")], top=0.24)
    lines += [
        Line("序号证据名称", Box(0.12, 0.2, 0.3, 0.22), 0.97),
        Line("证明目的", Box(0.54, 0.2, 0.62, 0.22), 0.97),
        Line("页码", Box(0.82, 0.2, 0.86, 0.22), 0.97),
    ]
    table = _read(lines)
    assert table.columns == {"number", "name", "purpose", "pages"}
    assert [row.number for row in table.rows] == [1, 2]


@pytest.mark.parametrize("foot", ["提交人：苏和平", "2024年9月13日", "申请人签名：", "合计三份"])
def test_the_foot_is_no_row(foot: str) -> None:
    lines = _lines([HEAD, ("1", "劳动合同", "本人", "劳动关系", "1"), ("2", "工资条", "本人", "工资", "2")])
    lines.append(Line(foot, Box(0.2, 0.4, 0.5, 0.42), 0.98))
    assert len(_read(lines).rows) == 2


def test_groups_are_noted() -> None:
    rows = [HEAD, ("", "第一组 劳动关系"), ("1", "劳动合同", "本人", "关系", "1"), ("2", "工资条", "本人", "工资", "2")]
    lines = _lines(rows)
    lines.append(Line("第二组", Box(0.12, 0.36, 0.2, 0.38), 0.98))
    assert _read(lines).groups


def test_a_list_without_headings_is_no_table() -> None:
    assert _read([Line("一、借条一份，证明借款事实。", Box(0.12, 0.2, 0.6, 0.22), 0.98)]) == EvidenceList()
