"""A batch as an Excel workbook, `RUN/summary.xlsx`: what an office head filters, prints and hands out.

Sheets: 概览, 案卷 (in the order to look at them), 疑点, 未完成, 规则统计. Findings are taken from the cases' JSON one
by one. It holds no times, so that the same run gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pipeline.summary.cells import Cell, Column, Link, SafeBook, SafeSheet, Tinted, Tone
from pipeline.summary.labels import CASE_KINDS, SEVERITIES, STAGES, STATUSES, Names, page_list
from pipeline.summary.links import INDEX, RUNS, page_path
from pipeline.summary.overview import BatchSummary, CaseRow
from pipeline.summary.undone import HALTS, LOSSES

Json = dict[str, Any]
ReadCase = Callable[[str], Json | None]
"""Gives a case's JSON, or None where it is gone."""

OVERVIEW = (Column("项目", 22), Column("内容", 90))
CASES = tuple(
    Column(*column)
    for column in (
        ("序", 5), ("案卷", 30), ("状态", 13), ("类型", 10), ("阶段", 10), ("受援人", 12), ("承办律师", 12),
        ("页数", 7), ("高", 5), ("中", 5), ("低", 5), ("存疑", 6), ("无法辨认", 14), ("先看什么", 70),
    )
)  # fmt: skip
FINDINGS = tuple(
    Column(*column)
    for column in (
        ("案卷", 26), ("级别", 6), ("规则", 10), ("疑点", 26), ("页码", 14), ("文书", 18), ("情况", 60), ("依据", 44),
        ("建议", 40),
    )
)  # fmt: skip
UNDONE = tuple(
    Column(*column)
    for column in (("案卷", 28), ("影响", 18), ("文件或页码", 34), ("代码", 8), ("原因", 44), ("怎么办", 56))
)
RULES = tuple(Column(*column) for column in (("规则", 10), ("疑点", 44), ("最高级别", 10), ("案卷数", 9), ("处数", 9)))
CAUTION = "本表由程序初筛生成, 所列均为疑点, 不是评查结论; 排序只表示先看哪个, 不是评分。请对照原卷人工核对。"
_STATUS_TONES: dict[str, Tone] = {"partial": "medium", "failed": "failed"}


def write_workbook(batch: BatchSummary, read_case: ReadCase, names: Names, scratch: Path) -> bytes:
    """Write the workbook of a batch and give its bytes; `scratch` is a folder for what does not fit into memory.

    Raises OSError where `scratch` cannot be written.
    """
    with SafeBook(scratch, f"{batch.name} · 案卷初筛") as book:
        _overview(book.sheet("概览", OVERVIEW), batch)
        _cases(book.sheet("案卷", CASES, frozen=2), batch)
        _findings(book.sheet("疑点", FINDINGS, frozen=1), batch, read_case, names)
        _undone(book.sheet("未完成", UNDONE, frozen=1), batch)
        _rules(book.sheet("规则统计", RULES), batch)
    return book.content()


def _overview(sheet: SafeSheet, batch: BatchSummary) -> None:
    told: list[tuple[str, Cell]] = [("批次", batch.name)]
    if batch.missed:
        told.append(("尚未完成", Tinted(f"{HALTS[batch.halt]}: {len(batch.missed)} 个案卷未完成", "failed")))
    told.append(("案卷", len(batch.cases) + len(batch.missed)))
    told += [(STATUSES[status], batch.with_status(status)) for status in STATUSES]
    told.append(("页数", batch.total("pages")))
    for severity, name in SEVERITIES.items():
        told.append((f"{name}级疑点", Tinted(batch.total(severity), severity)))  # type: ignore[arg-type]
    told += [("存疑待看", batch.total("unsure")), ("无法辨认的页", batch.unreadable)]
    told.append(("不是案卷, 已跳过", len(batch.skipped)))
    told += list(batch.facts)
    told += [("网页版", Link(INDEX, INDEX)), ("起止时间", Link("见运行记录", RUNS)), ("说明", CAUTION)]
    for label, value in told:
        sheet.add(label, value)


def _link(row_id: str) -> Link:
    return Link(row_id, page_path(row_id))


def _cases(sheet: SafeSheet, batch: BatchSummary) -> None:
    for place, row in enumerate(batch.cases, 1):
        sheet.add(
            place,
            _link(row.case_id),
            Tinted(STATUSES[row.status], _STATUS_TONES.get(row.status, "plain")),
            CASE_KINDS.get(row.case_kind or "", ""),
            STAGES.get(row.stage or "", ""),
            row.recipient,
            row.lawyer,
            row.pages,
            Tinted(row.high, "high"),
            Tinted(row.medium, "medium"),
            Tinted(row.low, "low"),
            Tinted(row.unsure, "unsure"),
            page_list(row.unreadable),
            "; ".join(row.reasons),
        )
    for place, case in enumerate(batch.missed, len(batch.cases) + 1):
        where = f"已识别 {case.read} / {case.pages} 页" if case.pages else "尚未打开"
        empty = (None,) * 4
        sheet.add(place, case.case_id, Tinted("未完成", "failed"), *empty, case.pages, *empty, None, where)


def _findings(sheet: SafeSheet, batch: BatchSummary, read_case: ReadCase, names: Names) -> None:
    for row in batch.cases:
        if not row.rules:
            continue
        case = read_case(row.case_id)
        if case is None:
            sheet.add(_link(row.case_id), None, None, Tinted("该案卷的结果文件读不了, 请重新运行", "failed"))
            continue
        for cells in _finding_rows(row, case, names):
            sheet.add(*cells)


def _finding_rows(row: CaseRow, case: Json, names: Names) -> Iterator[tuple[Cell, ...]]:
    for finding in case["findings"]:
        severity: Tone = finding["severity"]
        yield (
            _link(row.case_id),
            Tinted(SEVERITIES[severity], severity),
            finding["rule"],
            finding["title"],
            page_list([place["page"] for place in finding["evidence"]]),
            names.type(finding["document_type"]),
            finding["message"],
            finding["basis"],
            finding["advice"],
        )


def _undone(sheet: SafeSheet, batch: BatchSummary) -> None:
    written = {row.case_id for row in batch.cases}
    for one in batch.undone():
        case: Cell = _link(one.case_id) if one.case_id in written else one.case_id
        tone: Tone = "plain" if one.loss in ("nothing", "child") else "failed"
        sheet.add(case, Tinted(LOSSES[one.loss], tone), one.where, one.code, one.reason, one.advice)
    if not sheet.rows:
        sheet.add(None, "没有", None, None, "全部案卷、文件和页面都已读取")


def _rules(sheet: SafeSheet, batch: BatchSummary) -> None:
    for code, title, severity, findings, cases in batch.rules():
        sheet.add(code, title, Tinted(SEVERITIES[severity], severity), cases, findings)  # type: ignore[arg-type]
