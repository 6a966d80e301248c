"""A case and a batch on the terminal: tables for people, plain tab-separated lines where the output is no terminal.

Everything comes from the contract's JSON. Texts of the case are never read as rich markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rich import box
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from pipeline.summary import labels
from pipeline.summary.facts import FACT_COLUMNS, FactSection, fact_sections
from pipeline.summary.labels import Names, page_list
from pipeline.summary.overview import BatchSummary, CaseRow
from pipeline.summary.views import CaseView, ErrorView, FindingView, OutcomeView, view_case

COLOURS = {
    "high": "bold red",
    "medium": "yellow",
    "low": "blue",
    "flag": "red",
    "unsure": "magenta",
    "lawful": "green",
    "pass": "green",
    "not_applicable": "bright_black",
    "error": "bold red",
    "screened": "green",
    "partial": "yellow",
    "failed": "red",
}
MOST_PAGES = 5
"""Runs of pages that a table of facts names; all of them stand in the plain lines."""
CAUTION = "所列均为疑点, 请对照原卷人工核对。"


def show_case(console: Console, case: dict[str, Any], names: Names | None = None) -> None:
    """Print one case: facts, findings, doubts, what is lawful, what could not be read, documents."""
    names = names or Names()
    view = view_case(case, {}, names)
    if console.is_terminal:
        console.print(_case_tables(view, names))
    else:
        _plain(console, _case_lines(view, names))


def show_facts(console: Console, case: dict[str, Any], names: Names | None = None) -> None:
    """Print what was understood of one case: people, documents with their dates and marks, the file's catalogue."""
    names = names or Names()
    sections = fact_sections(case, names)
    errors = view_case(case, {}, names).errors
    if not console.is_terminal:
        _plain(console, [("案卷", "", "", case["case_id"], labels.STATUSES[case["status"]])])
        _plain(console, ((row.item, row.document, row.page, row.name, *row.said) for s in sections for row in s.rows))
        _plain(console, (("未能读取", "", error.place, error.file, error.message, error.advice) for error in errors))
        return
    console.print(_text(f"{case['case_id']}  {labels.STATUSES[case['status']]}", f"bold {COLOURS[case['status']]}"))
    for section in sections:
        console.print(_facts_table(section))
    if errors:
        table = _table("未能读取", "文件", "页", "情况", "建议", "代码")
        for error in errors:
            table.add_row(*(_text(cell) for cell in _error_cells(error)))
        console.print(table)


def _facts_table(section: FactSection) -> Table:
    """A table of facts; each document's facts stand under a bold row of its own."""
    table = Table(
        title=section.title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, expand=True, pad_edge=False
    )
    for column, share in zip(FACT_COLUMNS, (2, 3, 4, 5, 7), strict=True):
        table.add_column(column, ratio=share, overflow="fold")
    for row in section.rows:
        if row.head:
            table.add_section()
        style = "bold" if row.head else "yellow" if row.doubtful else ""
        pages = row.page.split("、")
        shown = row.page if len(pages) <= MOST_PAGES else f"{'、'.join(pages[:MOST_PAGES])} …"
        cells = (shown, row.item, row.name, *row.said)
        table.add_row(*(_text(cell, style if place < 4 else "bright_black") for place, cell in enumerate(cells)))
    return table


def show_batch(console: Console, batch: BatchSummary) -> None:
    """Print the table of a batch, as at the end of a run."""
    if console.is_terminal:
        console.print(_batch_tables(batch))
    else:
        _plain(console, _batch_lines(batch))


def _plain(console: Console, rows: Iterable[Sequence[str]]) -> None:
    """Write tab-separated lines, never wrapped: they are for `grep` and for files."""
    for row in rows:
        line = "\t".join(" ".join(_seen(cell).split()) for cell in row)
        console.file.write(line + "\n")  # rich would turn the tabs into spaces


def _seen(text: str) -> str:
    """Text that any terminal can be given: no half characters, no control sequences."""
    return "".join(c if c.isprintable() or c == "\n" else "\ufffd" if "\ud800" <= c <= "\udfff" else " " for c in text)


def _text(value: str, style: str = "") -> Text:
    return Text(_seen(value), style=style)


def _table(title: str, *columns: str) -> Table:
    table = Table(
        title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, expand=True, pad_edge=False
    )
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _pages_of(finding: FindingView) -> str:
    return page_list([evidence["page"] for evidence in finding.data["evidence"]])


def _weighed(items: Iterable[dict[str, Any]]) -> str:
    return "\n".join(f"[{labels.VERDICTS[item['verdict']]}] {item['why']}" for item in items)


def _case_tables(view: CaseView, names: Names) -> Group:
    case = view.data
    facts = Table.grid(padding=(0, 2))
    for label, value in view.facts:
        facts.add_row(_text(label, "bright_black"), _text(value))
    status = _text(f"{case['case_id']}  {labels.STATUSES[case['status']]}", f"bold {COLOURS[case['status']]}")
    parts: list[RenderableType] = [Panel(facts, title=status, title_align="left", box=box.ROUNDED)]
    if not view.facts:
        parts = [status]
    findings = _table(f"疑点 {len(view.findings)} 处", "级别", "规则", "疑点", "页", "把握")
    for finding in view.findings:
        data = finding.data
        told = Text.assemble(_text(data["title"], "bold"), "\n", _text(data["message"]))
        if finding.considered:
            told.append_text(_text("\n" + _weighed(finding.considered), "bright_black"))
        findings.add_row(
            _text(finding.severity, COLOURS[data["severity"]]),
            _text(data["rule"]),
            told,
            _text(_pages_of(finding)),
            _text(f"{data['confidence']:.0%}"),
        )
    if case["status"] != "failed":
        parts.append(findings if view.findings else _text("未发现疑点。", "green"))
    for title, outcomes in (("存疑, 请人工查看", view.unsure), ("看似问题、依法成立的", view.lawful)):
        if outcomes:
            parts.append(_outcome_table(f"{title} ({len(outcomes)} 项)", outcomes))
    if view.errors:
        errors = _table("未能读取", "文件", "页", "情况", "建议", "代码")
        for error in view.errors:
            errors.add_row(*(_text(cell) for cell in _error_cells(error)))
        parts.append(errors)
    if view.unreadable:
        parts.append(_text(f"无法辨认: {view.unreadable}", "yellow"))
    if case["documents"]:
        documents = _table(f"文书 {len(case['documents'])} 份", "页", "类型", "标题", "把握")
        for document in case["documents"]:
            documents.add_row(*(_text(cell) for cell in _document_cells(document, names)))
        parts.append(documents)
    parts.append(_text(CAUTION, "bright_black"))
    return Group(*parts)


def _outcome_table(title: str, outcomes: Sequence[OutcomeView]) -> Table:
    table = _table(title, "规则", "项目", "理由", "页")
    for outcome in outcomes:
        lawful = f"{labels.LAWFUL.get(outcome.lawful, outcome.lawful)}: " if outcome.lawful else ""
        table.add_row(_text(outcome.code), _text(outcome.title), _text(lawful + outcome.why), _text(outcome.place))
    return table


def _error_cells(error: ErrorView) -> tuple[str, ...]:
    return error.file or "全卷", error.place, error.message, error.advice, error.code


def _document_cells(document: dict[str, Any], names: Names) -> tuple[str, ...]:
    first, last = document["pages"]
    pages = str(first) if first == last else f"{first}-{last}"
    return pages, names.type(document["type"]), document["title"], f"{document['confidence']:.0%}"


def _case_lines(view: CaseView, names: Names) -> Iterator[tuple[str, ...]]:
    case = view.data
    yield "案卷", case["case_id"], labels.STATUSES[case["status"]]
    yield from view.facts
    for finding in view.findings:
        data = finding.data
        yield "疑点", finding.severity, data["rule"], data["title"], data["message"], _pages_of(finding)
    for outcome in (*view.unsure, *view.lawful):
        yield outcome.verdict_label, outcome.code, outcome.title, outcome.why, outcome.place
    for error in view.errors:
        yield ("未能读取", *_error_cells(error))
    if view.unreadable:
        yield "无法辨认", view.unreadable
    for document in case["documents"]:
        yield ("文书", *_document_cells(document, names))
    yield "说明", CAUTION


def _batch_row(row: CaseRow) -> tuple[str, ...]:
    return (
        row.case_id,
        labels.STATUSES[row.status],
        labels.CASE_KINDS.get(row.case_kind or "", ""),
        row.recipient or "",
        str(row.pages),
        str(row.high),
        str(row.medium),
        str(row.low),
        str(row.unsure),
        str(len(row.unreadable)),
    )


BATCH_COLUMNS = ("案卷", "状态", "类型", "受援人", "页数", "高", "中", "低", "存疑", "无法辨认")
COUNTED = 4
"""The first column of `BATCH_COLUMNS` that holds a number."""


def _batch_tables(batch: BatchSummary) -> Group:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_footer=True)
    for place, (column, total) in enumerate(zip(BATCH_COLUMNS, _totals(batch), strict=True)):
        numeric = place >= COUNTED
        table.add_column(column, footer=total, overflow="fold", justify="right" if numeric else "left")
    styles = {5: COLOURS["high"], 6: COLOURS["medium"], 7: COLOURS["low"], 8: COLOURS["unsure"]}
    for row in batch.cases:
        cells = [
            _text(cell, styles.get(place, "") if cell != "0" else "bright_black")
            for place, cell in enumerate(_batch_row(row))
        ]
        cells[1].stylize(COLOURS[row.status])
        table.add_row(*cells)
    parts: list[RenderableType] = [table]
    if batch.skipped:
        parts.append(_text(f"已跳过 {len(batch.skipped)} 项: " + "、".join(item.name for item in batch.skipped)))
    parts.append(_text(CAUTION, "bright_black"))
    return Group(*parts)


def _batch_lines(batch: BatchSummary) -> Iterator[tuple[str, ...]]:
    yield BATCH_COLUMNS
    for row in batch.cases:
        yield _batch_row(row)
    yield _totals(batch)
    for item in batch.skipped:
        yield "已跳过", item.name, item.reason


def _totals(batch: BatchSummary) -> tuple[str, ...]:
    counted = (str(batch.total(key)) for key in ("pages", "high", "medium", "low", "unsure"))
    return "合计", f"{len(batch.cases)} 个案卷", "", "", *counted, str(batch.unreadable)
