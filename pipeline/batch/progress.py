"""What a run shows while it goes on: a bar with the time left on a terminal, one line per finished case elsewhere."""

from __future__ import annotations

from types import TracebackType
from typing import Protocol, Self

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from pipeline.batch.events import CaseCompared, CaseDone, CaseOpened, Comparing, Event, PageDone, RunStarted
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


class Tally:
    """Counts of a run under way, and how much is left.

    Cases are opened only as they are needed, so the pages of those not yet opened are taken to be as many as in the
    others on average.
    """

    def __init__(self) -> None:
        self.cases = self.cases_done = self.cases_opened = 0
        self.pages = self.pages_reused = self.pages_read = self.pages_failed = 0

    def __call__(self, event: Event) -> None:
        """Count an event in."""
        match event:
            case RunStarted():
                self.cases = event.cases
            case CaseOpened():
                self.cases_opened += 1
                self.pages += event.pages
                self.pages_reused += event.reused
            case PageDone():
                self.pages_read += 1
                self.pages_failed += event.failed
            case CaseDone():
                self.cases_done += 1

    @property
    def pages_expected(self) -> int:
        """Pages to be read in this run, as far as can be told now; those known already are left out."""
        to_read = self.pages - self.pages_reused
        if self.cases_opened in (0, self.cases):
            return to_read
        return round(to_read * self.cases / self.cases_opened)

    def seconds_left(self, elapsed: float) -> float | None:
        """Guess from the pace so far how long the rest takes; None before anything was read."""
        if not self.pages_read or elapsed <= 0:
            return None
        return max(0, self.pages_expected - self.pages_read) * elapsed / self.pages_read


def in_words(seconds: float | None) -> str:
    """Write a span of time as a person would say it."""
    if seconds is None:
        return "估算中"
    minutes = seconds / 60
    if minutes < 1:
        return "不到 1 分钟"
    if minutes < 90:
        return f"约 {minutes:.0f} 分钟"
    return f"约 {minutes / 60:.1f} 小时"


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
        elapsed = self._progress.tasks[0].elapsed or 0.0
        left = f"剩余{in_words(tally.seconds_left(elapsed))}" if tally.pages_expected else ""
        self._progress.update(self._pages, completed=tally.pages_read, total=tally.pages_expected, left=left)


def started(event: RunStarted) -> str:
    """Tell what a run begins with."""
    skipped = f", 另有 {len(event.skipped)} 项不是案卷, 已跳过" if event.skipped else ""
    return f"共 {event.cases} 个案卷{skipped}; {event.workers} 个进程, 引擎 {event.model}"


def finished(event: CaseDone) -> str:
    """Tell in one line what came of a case."""
    row = event.row
    found = f"疑点 高 {row.high} 中 {row.medium} 低 {row.low}" if row.high + row.medium + row.low else "未发现疑点"
    if row.status == "failed":
        found = "; ".join(row.errors) or "没有可读的页"
    unreadable = f", {len(row.unreadable)} 页无法辨认" if row.unreadable else ""
    return f"{row.case_id}  {STATUSES[row.status]}, {row.pages} 页{unreadable}, {found} ({event.seconds:.1f} 秒)"
