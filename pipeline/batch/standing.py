"""`prescreen status`: where the cases of a run stand, from its ledger alone, also while it goes on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.store.ledger import FINISHED, CaseRow, Ledger
from pipeline.store.workspace import Workspace
from pipeline.summary.labels import STATUSES
from pipeline.summary.links import INDEX

COLUMNS = ("案卷", "状态", "页数", "已识别", "高", "中", "低", "存疑", "无法辨认")
STATES = {**STATUSES, "waiting": "等待", "reading": "识别中"}


def show_standing(console: Console, run_folder: Path) -> None:
    """Print where a run stands. Raises `WorkspaceError` where the folder is no run folder."""
    workspace = Workspace(run_folder)
    with Ledger(workspace.ledger, read_only=True) as ledger:
        cases = ledger.cases()
    running = workspace.in_use()
    rows = [_cells(row) for row in cases]
    if console.is_terminal:
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for place, column in enumerate(COLUMNS):
            table.add_column(column, justify="right" if place > 1 else "left", overflow="fold")
        for cells in rows:
            table.add_row(*(Text(cell) for cell in cells))
        console.print(table)
    else:
        _lines(console, ("\t".join(cells) for cells in (COLUMNS, *rows)))
    _lines(console, _words(cases, running, workspace))


def _cells(row: CaseRow) -> tuple[str, ...]:
    counts = (row.pages, row.pages_read, row.high, row.medium, row.low, row.unsure, row.unreadable)
    return (row.case_id, STATES[row.status], *map(str, counts))


def _words(cases: tuple[CaseRow, ...], running: bool, workspace: Workspace) -> Iterator[str]:
    done = sum(row.status in FINISHED for row in cases)
    yield f"{done} / {len(cases)} 个案卷已完成, {sum(row.pages_read for row in cases)} 页已识别"
    if running:
        yield "正在运行"
    elif done < len(cases):
        yield "未在运行: 再次执行同一条 prescreen run 命令即从断处继续"
    elif (workspace.root / INDEX).is_file():
        yield f"请用浏览器打开: {workspace.root / INDEX}"


def _lines(console: Console, lines: Iterable[str]) -> None:
    for line in lines:
        console.file.write(line + "\n")
