"""Writes the record of a run while it goes on, so that another terminal, and whoever comes in the morning, can tell.

It listens to the run's events. The record costs a small write every `EVERY` seconds, whatever the pace.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from dataclasses import replace
from types import TracebackType
from typing import Self

from pipeline.batch.desk import OnEvent
from pipeline.batch.events import Comparing, Event, RunStarted
from pipeline.batch.outputs import Ending
from pipeline.batch.progress import pace_in_words, span_in_words
from pipeline.batch.record import (
    HOWS,
    How,
    Record,
    earlier_runs,
    keep_earlier,
    keep_last,
    last_run,
    local_time,
    take_earlier,
)
from pipeline.batch.tally import Tally
from pipeline.problems import PrescreenError, WorkspaceError
from pipeline.store.ledger import Ledger
from pipeline.store.workspace import Workspace
from pipeline.summary.html import html_bytes, render_runs
from pipeline.summary.links import RUNS

EVERY = 2.0
COLUMNS = ("开始", "结束", "用时", "结果", "案卷", "识别页数", "沿用页数", "未能识别", "平均速度")


class Recorder:
    """Passes a run's events on to `tell`, and keeps its record; to be used with `with`, around the whole run.

    `wall` gives the time (seconds since 1970), `clock` seconds that never go back.
    """

    def __init__(
        self,
        workspace: Workspace,
        ledger: Ledger,
        tell: OnEvent,
        *,
        wall: Callable[[], float] = time.time,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._workspace = workspace
        self._ledger = ledger
        self._tell = tell
        self._wall = wall
        self._clock = clock
        self._tally = Tally(clock)
        self._written = clock()
        self._how: How = "finished"
        self._record = Record(wall(), wall())

    def __enter__(self) -> Self:
        before = last_run(self._ledger)
        if before is not None:
            ended = replace(before, how="killed") if before.how == "running" else before
            keep_earlier(self._ledger, (*earlier_runs(self._ledger), ended))
        self._earlier = take_earlier(self._ledger)
        self._record = Record(self._wall(), self._wall(), reading=self._earlier.reading, judging=self._earlier.judging)
        self._write()
        self._write_page()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        message = error.message if isinstance(error, PrescreenError) else type(error).__name__ if error else ""
        if isinstance(error, KeyboardInterrupt):
            self._how, message = "interrupted", ""
        elif error is not None:
            self._how = "failed"
        self._record = replace(self._record, how=self._how, phase="over", message=message, seconds_left=None)
        # What stopped the run is told, not what it led to.
        with contextlib.suppress(*((WorkspaceError,) if error else ())):
            self._write()
            self._write_page()

    def __call__(self, event: Event) -> None:
        """Take an event, pass it on, and write where that is due."""
        if isinstance(event, RunStarted):
            event = replace(event, earlier=self._earlier)
            self._record = replace(self._record, phase="reading", model=event.model, workers=event.workers)
        elif isinstance(event, Comparing):
            self._record = replace(self._record, phase="comparing")
        self._tally(event)
        if isinstance(event, RunStarted | Comparing) or self._clock() - self._written >= EVERY:
            self._write()
        self._tell(event)

    def ended(self, ending: Ending) -> None:
        """Take how the run ended, where nothing stopped it."""
        self._how = ending

    def _write(self) -> None:
        tally, running = self._tally, self._record.how == "running"
        started = tally.cases > 0
        self._record = replace(
            self._record,
            updated=self._wall(),
            cases=tally.cases,
            cases_done=tally.cases_done,
            pages_expected=tally.pages_in_all,
            pages_reused=tally.pages_reused,
            pages_read=tally.pages_read,
            pages_failed=tally.pages_failed,
            pages_left=tally.pages_left,
            rate=tally.rate,
            seconds_left=tally.seconds_left() if running and started else None,
            reading=tally.reading if started else self._record.reading,
            judging=tally.judging if started else self._record.judging,
        )
        keep_last(self._ledger, self._record)
        self._written = self._clock()

    def _write_page(self) -> None:
        runs = (*earlier_runs(self._ledger), self._record)
        rows = [_cells(record) for record in reversed(runs)]
        page = render_runs(self._workspace.root.name, _line(self._record), COLUMNS, rows)
        self._workspace.write(self._workspace.root / RUNS, html_bytes(page))


def _line(record: Record) -> str:
    began = local_time(record.began)
    if record.how == "running":
        return f"最近一次运行: {began} 开始, 写下时尚未结束 (prescreen status 查看进行情况)"
    pages = f"识别 {record.pages_read} 页, 沿用已识别的 {record.pages_reused} 页"
    message = f": {record.message}" if record.message else ""
    return f"最近一次运行: {began} 开始, {local_time(record.updated)} 结束, {HOWS[record.how]}{message}; {pages}"


def _cells(record: Record) -> tuple[str, ...]:
    lasted = record.updated - record.began
    running = record.how == "running"
    message = f": {record.message}" if record.message else ""
    return (
        local_time(record.began),
        "" if running else local_time(record.updated),
        "" if running else span_in_words(lasted),
        f"{HOWS[record.how]}{message}",
        f"{record.cases_done} / {record.cases}",
        str(record.pages_read),
        str(record.pages_reused),
        str(record.pages_failed),
        pace_in_words(record.pages_read / lasted) if record.pages_read and lasted > 0 else "",
    )
