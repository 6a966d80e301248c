"""What `prescreen audit` prints: sums, how the run stands, discrepancies with what to do; or all of it as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.batch.audit import AGAIN, Audit, audit
from pipeline.problems import CATALOGUE, ExitCode
from pipeline.summary.labels import STATUSES

STANDINGS = {
    "finished": "运行已结束",
    "interrupted": f"运行没有做完: {AGAIN}, 即从断处继续",
    "running": "正在运行",
}
STATES = {**STATUSES, "waiting": "等待", "reading": "识别中"}


def show_audit(console: Console, run_folder: Path, *, as_json: bool = False) -> ExitCode:
    """Audit a run folder and print what was found. Raises `WorkspaceError` where there is nothing to audit."""
    found = audit(run_folder)
    if as_json:
        told = asdict(found) | {"clean": found.clean, "pages": found.sums.total}
        console.file.write(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
        return found.exit_code
    rows = tuple(_rows(found))
    if console.is_terminal:
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        table.add_column("页面")
        table.add_column("页数", justify="right")
        for name, number in rows:
            table.add_row(Text(name), Text(number))
        console.print(table)
    else:
        _lines(console, ("\t".join(row) for row in rows))
    _lines(console, _words(found))
    return found.exit_code


def _rows(found: Audit) -> Iterator[tuple[str, str]]:
    """What became of the pages, and their sum."""
    yield "已识别", str(found.sums.read)
    for code, number in found.sums.unreadable.items():
        yield f"无法辨认: {code} {in_words(code)}", str(number)
    for code, number in found.sums.skipped.items():
        yield f"未读: {code} {in_words(code)}", str(number)
    if found.sums.waiting:
        yield "等待", str(found.sums.waiting)
    yield "合计", str(found.sums.total)


def in_words(code: str) -> str:
    """What a problem of this code says, without the particulars."""
    kind = CATALOGUE.get(code)
    return re.sub(r"\s*\([^()]*\{detail\}\)|[:,]?\s*(只读出)?\{detail\}", "", kind.message) if kind else ""


def _words(found: Audit) -> Iterator[str]:
    cases = ", ".join(f"{STATES[status]} {number}" for status, number in found.cases.items())
    yield f"案卷: 共 {sum(found.cases.values())} 个 ({cases})" if cases else "案卷: 0 个"
    refused = "".join(f", {code} {number} 个" for code, number in found.refused.items())
    yield f"文件: 读入 {found.files} 个{refused and ', 未读' + refused[1:]}"
    if found.unused:
        yield f"账本另存有 {found.unused} 页旧结果, 不属于本批次, 无碍"
    if found.again:
        yield f"有 {found.again} 页的结果写入过不止一次"
    yield STANDINGS[found.standing]
    for each in found.discrepancies:
        yield f"不符: {f'案卷 {each.case_id}: ' if each.case_id else ''}{each.message}"
        yield f"      {each.advice}"
    if found.clean:
        yield f"核对无误: 每一页都有且只有一个结果, 与案卷结果和 {found.outputs} 个输出文件一致"
    elif not found.discrepancies:
        yield "已做完的部分核对无误"
    else:
        yield f"共 {len(found.discrepancies)} 处不符"


def _lines(console: Console, lines: Iterator[str]) -> None:
    for line in lines:
        console.file.write(line + "\n")
