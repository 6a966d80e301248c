"""What `prescreen status` prints of where a run stands: once, as JSON, or again and again until the run ends."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from rich import box
from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.table import Table
from rich.text import Text

from pipeline.batch.progress import in_words, pace_in_words, span_in_words
from pipeline.batch.record import HOWS, PHASES, Record, local_time
from pipeline.batch.standing import RUNNERS, Standing, standing_of
from pipeline.store.ledger import CaseRow
from pipeline.summary.labels import STATUSES
from pipeline.summary.links import INDEX
from pipeline.summary.undone import GO_ON
from pipeline.text.visible import one_line

COLUMNS = ("案卷", "状态", "页数", "已识别", "高", "中", "低", "存疑", "无法辨认")
STATES = {**STATUSES, "waiting": "等待", "reading": "识别中"}
FOLLOW_SECONDS = 2.0
LINE_SECONDS = 60.0
"""How often it is told anew while it is followed: on a terminal, and line by line elsewhere."""


def show_standing(console: Console, run_folder: Path, *, as_json: bool = False) -> None:
    """Print where a run stands. Raises `WorkspaceError` where the folder is no run folder."""
    standing = standing_of(run_folder)
    if as_json:
        console.file.write(json.dumps(standing.told(), ensure_ascii=False, indent=2) + "\n")
        return
    rows = [_cells(row) for row in standing.cases]
    if console.is_terminal:
        console.print(_table(COLUMNS, rows, numbers_from=2))
    else:
        _lines(console, ("\t".join(cells) for cells in (COLUMNS, *rows)))
    _tell(console, standing, run_folder)


def follow_standing(console: Console, run_folder: Path, sleep: Callable[[float], None] = time.sleep) -> None:
    """Print where a run stands, again and again, until it no longer runs."""
    standing = standing_of(run_folder)
    if console.is_terminal:
        with Live(_view(standing, run_folder), console=console, auto_refresh=False, transient=True) as live:
            while standing.running:
                sleep(FOLLOW_SECONDS)
                standing = standing_of(run_folder)
                live.update(_view(standing, run_folder), refresh=True)
    else:
        while standing.running:
            _lines(console, [" ".join(text for _, text in words(standing, run_folder))])
            sleep(LINE_SECONDS)
            standing = standing_of(run_folder)
    _tell(console, standing, run_folder)


def _tell(console: Console, standing: Standing, run_folder: Path) -> None:
    if console.is_terminal:
        console.print(_view(standing, run_folder))
        return
    _lines(console, ("\t".join(cells) for cells in _trouble_rows(standing)))
    _lines(console, (f"{label}: {text}" if label else text for label, text in words(standing, run_folder)))


def words(standing: Standing, run_folder: Path) -> Iterator[tuple[str, str]]:
    """Tell in words where a run stands: label ("" for a last word) and text, one line each."""
    record = standing.record
    yield "状态", _state(standing)
    if standing.watcher is not None:
        yield "守候", f"新案卷到齐即自动初筛 ({standing.watcher.in_words()})"
    if record is not None:
        lasted = "已运行" if standing.running else "用时"
        yield "开始", f"{local_time(record.began)}, {lasted} {span_in_words(record.updated - record.began)}"
        if not standing.running:
            yield "最后记录" if standing.how == "killed" else "结束", local_time(record.updated)
    yield "案卷", _cases(standing)
    yield "页面", _pages(standing, record)
    if standing.running and record is not None:
        if record.rate:
            yield "速度", pace_in_words(record.rate)
        if standing.expected_end is not None:
            yield "剩余", f"{in_words(record.seconds_left)}, 预计 {local_time(standing.expected_end)} 完成"
        else:
            yield "剩余", "估算中"
    elif standing.how != "finished" and standing.cases:
        yield "", f"{GO_ON}。"
    index = run_folder / INDEX
    if not standing.running and index.is_file():
        yield "", f"请用浏览器打开: {index}"


def _state(standing: Standing) -> str:
    holder = standing.holder
    who = f" ({holder.in_words()})" if holder else ""
    if standing.running:
        phase = PHASES[standing.record.phase] if standing.record else ""
        return f"{phase or HOWS['running']}{who}"
    record = standing.record
    message = f": {record.message}" if record is not None and record.message else ""
    used = f"; 文件夹正被使用{who}" if holder and holder.command not in RUNNERS else ""
    return f"未在运行; 上次运行{HOWS[standing.how]}{message}{used}"


def _cases(standing: Standing) -> str:
    lost = [f"{n} 个{STATUSES[status]}" for status in ("partial", "failed") if (n := standing.with_status(status))]
    return f"{standing.done} / {len(standing.cases)} 个已完成" + (f" ({'、'.join(lost)})" if lost else "")


def _pages(standing: Standing, record: Record | None) -> str:
    if record is None or not record.cases:
        return f"{sum(row.pages_read for row in standing.cases)} 页已识别"
    parts = [f"本次识别 {record.pages_read} 页", f"沿用已识别的 {record.pages_reused} 页"]
    if record.pages_failed:
        parts.append(f"{record.pages_failed} 页未能识别")
    if record.pages_left and standing.how != "finished":
        parts.append(f"还有约 {record.pages_left} 页")
    return ", ".join(parts)


def _trouble_rows(standing: Standing) -> Iterator[tuple[str, ...]]:
    for one in standing.troubles:
        yield one.code, f"{one.number} 处", f"{one.cases} 个案卷", one.message, one.advice


def _view(standing: Standing, run_folder: Path) -> RenderableType:
    shown: list[RenderableType] = []
    troubles = list(_trouble_rows(standing))
    if troubles:
        shown.append(_table(("问题", "次数", "案卷", "情况", "怎么办"), troubles))
    grid = Table.grid(padding=(0, 2))
    last = []
    for label, text in words(standing, run_folder):
        if label:
            grid.add_row(Text(label, style="bright_black"), Text(text))
        else:
            last.append(Text(text))
    return Group(*shown, grid, *last)


def _cells(row: CaseRow) -> tuple[str, ...]:
    counts = (row.pages, row.pages_read, row.high, row.medium, row.low, row.unsure, row.unreadable)
    return (one_line(row.case_id), STATES[row.status], *map(str, counts))


def _table(columns: Iterable[str], rows: Iterable[tuple[str, ...]], numbers_from: int = 99) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for place, column in enumerate(columns):
        table.add_column(column, justify="right" if place >= numbers_from else "left", overflow="fold")
    for cells in rows:
        table.add_row(*(Text(cell) for cell in cells))
    return table


def _lines(console: Console, lines: Iterable[str]) -> None:
    for line in lines:
        console.file.write(line + "\n")
    console.file.flush()
