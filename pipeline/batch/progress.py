"""What a run shows while it goes on: a bar with the time left on a terminal, one line per finished case elsewhere."""

from __future__ import annotations

from types import TracebackType
from typing import Protocol, Self

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from pipeline.batch.events import CaseCompared, CaseDone, Comparing, Event, NodeNews, RunStarted
from pipeline.batch.tally import Tally
from pipeline.summary.labels import STATUSES


class Reporter(Protocol):
    """Somebody who is told what happens, between `with` and its end."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def __call__(self, event: Event) -> None: ...


def reporter(console: Console, *, quiet: bool = False) -> Reporter:
    """Choose how to report: bars on a terminal, lines elsewhere, nothing where it is to be quiet."""
    if quiet:
        return Silence()
    return Bars(console) if console.is_terminal else Lines(console)


class Silence:
    """Reports nothing."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def __call__(self, event: Event) -> None:
        return None


def in_words(seconds: float | None) -> str:
    """Write a span of time as a person would say it."""
    if seconds is None:
        return "估算中"
    return span_in_words(seconds) if seconds < 60 else f"约 {span_in_words(seconds)}"


def span_in_words(seconds: float) -> str:
    """Write how long something took."""
    minutes = seconds / 60
    if minutes < 1:
        return "不到 1 分钟"
    return f"{minutes:.0f} 分钟" if minutes < 90 else f"{minutes / 60:.1f} 小时"


def pace_in_words(rate: float) -> str:
    """Write pages per second as a person would say it."""
    return f"每分钟 {rate * 60:.0f} 页" if rate * 60 >= 9.5 else f"每分钟 {rate * 60:.1f} 页"


class Lines:
    """Plain lines for logs and pipes: one for each finished case, nothing that moves."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._tally = Tally()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def __call__(self, event: Event) -> None:
        self._tally(event)
        if isinstance(event, RunStarted):
            self._say(started(event))
        elif isinstance(event, CaseDone):
            self._say(f"[{self._tally.cases_done}/{self._tally.cases}] {finished(event)}")
        elif isinstance(event, NodeNews):
            self._say(news(event))
        elif isinstance(event, Comparing):
            self._say(f"各案卷已读完, 正在相互比对 ({event.cases} 个)")

    def _say(self, text: str) -> None:
        self._console.print(text, markup=False, highlight=False, soft_wrap=True)


class Bars:
    """A bar of pages and one of cases, with the time left; finished cases with findings scroll by above."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._tally = Tally()
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[left]}"),
            console=console,
            transient=True,
        )
        self._cases: TaskID | None = None
        self._pages: TaskID | None = None
        self._compared: TaskID | None = None

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def __call__(self, event: Event) -> None:
        self._tally(event)
        tally = self._tally
        if isinstance(event, RunStarted):
            self._progress.console.print(started(event), markup=False, highlight=False)
            self._cases = self._progress.add_task("案卷", total=tally.cases, left="")
            self._pages = self._progress.add_task("待识别页", total=None, left="")
            return
        if isinstance(event, NodeNews):
            self._progress.console.print(news(event), markup=False, highlight=False)
            return
        assert self._cases is not None and self._pages is not None
        if isinstance(event, Comparing):
            self._compared = self._progress.add_task("相互比对", total=event.cases, left="")
            return
        if isinstance(event, CaseCompared) and self._compared is not None:
            self._progress.advance(self._compared)
            return
        if isinstance(event, CaseDone) and event.row.status != "screened":
            self._progress.console.print(escape(finished(event)), style="yellow", highlight=False)
        self._progress.update(self._cases, completed=tally.cases_done)
        pace = f"{pace_in_words(tally.rate)}, " if tally.rate else ""
        left = f"{pace}剩余{in_words(tally.seconds_left())}"
        self._progress.update(self._pages, completed=tally.pages_read, total=tally.pages_expected, left=left)


def started(event: RunStarted) -> str:
    """Tell what a run begins with."""
    skipped = f", 另有 {len(event.skipped)} 项不是案卷, 已跳过" if event.skipped else ""
    return f"共 {event.cases} 个案卷{skipped}; {event.workers} 个进程, 引擎 {event.model}"


def news(event: NodeNews) -> str:
    """Tell what a machine of the cluster does."""
    match event.what:
        case "joined":
            return f"节点 {event.node} 加入: {event.jobs} 个进程, 引擎 {event.why}"
        case "lost":
            left = f", {event.jobs} 页改由其他节点识别" if event.jobs else ""
            return f"节点 {event.node} 退出: {event.why}{left}"
        case "refused":
            return f"不使用节点 {event.node}: {event.why}"


def finished(event: CaseDone) -> str:
    """Tell in one line what came of a case."""
    row = event.row
    found = f"疑点 高 {row.high} 中 {row.medium} 低 {row.low}" if row.high + row.medium + row.low else "未发现疑点"
    if row.status == "failed":
        found = "; ".join(row.errors) or "没有可读的页"
    unreadable = f", {len(row.unreadable)} 页无法辨认" if row.unreadable else ""
    return f"{row.case_id}  {STATUSES[row.status]}, {row.pages} 页{unreadable}, {found} ({event.seconds:.1f} 秒)"
