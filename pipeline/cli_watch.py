"""`prescreen watch`: its options, its clock and its lines."""

from __future__ import annotations

import datetime as dt
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli_options import Config, Ocr, Out, PackName, Workers, open_console, settings_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.batch.desk import OnEvent
    from pipeline.batch.result import BatchResult
    from pipeline.intake.discover import Batch


def watch(
    inbox: Annotated[Path, typer.Argument(metavar="INBOX", help="收件文件夹: 案卷拷贝到这里", show_default=False)],
    out: Out,
    every: Annotated[
        float | None, typer.Option("--every", metavar="秒", help="隔多久查看一次; 默认 30", show_default=False)
    ] = None,
    settle: Annotated[
        float | None,
        typer.Option("--settle", metavar="秒", help="多久没有变动才算拷贝完成; 默认 60", show_default=False),
    ] = None,
    once: Annotated[bool, typer.Option("--once", help="初筛现在已拷贝完成的, 然后结束")] = False,
    until: Annotated[
        str | None, typer.Option("--until", metavar="HH:MM", help="到时结束; 做完手头的页", show_default=False)
    ] = None,
    workers: Workers = None,
    ocr: Ocr = None,
    pack: PackName = None,
    config: Config = None,
    date: Annotated[
        dt.datetime | None,
        typer.Option(
            "--date",
            metavar="YYYY-MM-DD",
            formats=["%Y-%m-%d"],
            help="规则以哪一天为今天; 默认是每次初筛之日",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Watch a folder and screen what is complete in it."""
    from pipeline.batch.run import run_batch
    from pipeline.batch.until import read_until
    from pipeline.batch.watch import Plan, Watch

    settings = settings_of(
        config,
        run={"workers": workers, "pack": pack},
        ocr={"engine": ocr},
        watch={"every": every, "settle": settle},
    )
    end = read_until(until, _now()) if until else None
    console = open_console()

    def out_of_time() -> bool:
        return end is not None and _now() >= end

    def screen(ready: Callable[[Batch], Batch], on_event: OnEvent) -> BatchResult:
        today = _now().date()
        return run_batch(
            inbox,
            out,
            settings,
            today=today,
            # A watcher lives for months: what is still to come when it begins is not so when a case arrives.
            as_of=date.date() if date else today,
            ready=ready,
            out_of_time=out_of_time,
            command="watch",
            on_event=on_event,
        )

    def tell(line: str) -> None:
        console.print(f"{_now():%Y-%m-%d %H:%M:%S}  {line}", markup=False, highlight=False, soft_wrap=True)

    signal.signal(signal.SIGTERM, _stop)  # whoever ends us politely gets the same as Ctrl-C
    watcher = Watch(Plan(inbox, out, settings.watch.every, settings.watch.settle), screen, tell, out_of_time)
    raise typer.Exit(int(watcher.once() if once else watcher.forever()))


def _now() -> dt.datetime:
    return dt.datetime.now().astimezone()


def _stop(*_: object) -> None:
    raise KeyboardInterrupt
