"""The commands that measure: `prescreen bench` and `prescreen capacity`. What is heavy is imported in cli_bench."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli_options import Config, JsonFile, Workers, open_console, settings_of
from pipeline.problems import UsageError

PAGES = 24
ENGINE_PAGES = 96

Folder = Annotated[
    Path | None,
    typer.Argument(
        metavar="[FOLDER]",
        help="装有案卷的文件夹 (与其他程序比较时须有 *.truth.json); 默认 sample_scans/cases",
        show_default=False,
    ),
]
Repeats = Annotated[int, typer.Option("--repeats", metavar="N", min=1, help="--engine: 重复几轮, 取中位数")]


def bench(
    folder: Folder = None,
    pages: Annotated[
        int | None,
        typer.Option(
            "--pages",
            metavar="N",
            min=0,
            help=f"均匀抽取几页, 默认 {PAGES} (--engine 为 {ENGINE_PAGES}, 取整卷); 0 = 全部",
            show_default=False,
        ),
    ] = None,
    workers: Workers = None,
    peers: Annotated[
        str, typer.Option("--peers", metavar="NAME,NAME", help="与哪些程序比较; none = 不比较")
    ] = "rapid,paddle,tesseract",
    growth: Annotated[bool, typer.Option("--growth", help="另测用时和内存怎样随页数、进程数增长")] = False,
    growth_pages: Annotated[
        int, typer.Option("--growth-pages", metavar="N", min=10, help="--growth 读到多少页 (样本循环使用)")
    ] = 1000,
    plot: Annotated[
        Path | None, typer.Option("--plot", metavar="FILE", help="把 --growth 的内存曲线画成 SVG", show_default=False)
    ] = None,
    json_file: JsonFile = None,
    reuse: Annotated[
        int, typer.Option("--reuse", metavar="N", min=0, help="只测跨案卷比对: 虚构 N 份笔录, 其中埋有抄本")
    ] = 0,
    engine: Annotated[
        bool, typer.Option("--engine", help="只测引擎的开销: 1、2 … 个进程的整次运行, 与单进程循环相比")
    ] = False,
    repeats: Repeats = 3,
    ledger: Annotated[bool, typer.Option("--ledger", help="只测账本: 每秒提交几页")] = False,
    commits: Annotated[int, typer.Option("--commits", metavar="N", min=100, help="--ledger 提交几页")] = 3000,
    at: Annotated[
        Path | None,
        typer.Option("--at", metavar="DIR", help="--ledger 在哪个文件夹里测; 默认为临时文件夹", show_default=False),
    ] = None,
    config: Config = None,
) -> None:
    """Measure speed, memory and accuracy beside other readers; or the engine, the ledger, the comparison alone."""
    from pipeline import cli_bench
    from pipeline.bench.run import Wanted

    if sum((bool(reuse), engine, ledger)) > 1:
        raise UsageError("--engine、--ledger、--reuse 一次只能测一项", "请分几次运行 prescreen bench")
    console = open_console()
    if reuse:
        cli_bench.bench_reuse(console, reuse, json_file=json_file)
        return
    settings = settings_of(config, run={"workers": workers})
    today = dt.datetime.now().astimezone().date()
    if engine:
        count = ENGINE_PAGES if pages is None else pages
        cli_bench.bench_engine(console, folder, settings, count, repeats, today, json_file=json_file)
        return
    count = PAGES if pages is None else pages
    if ledger:
        cli_bench.bench_ledger(console, folder, settings, count, commits, at, json_file=json_file)
        return
    wanted = Wanted(count, cli_bench.chosen_peers(peers), growth_pages if growth else 0)
    cli_bench.bench(console, folder, settings, wanted, today, json_file=json_file, plot_file=plot)


def capacity(
    folder: Folder = None,
    figures: Annotated[
        Path | None,
        typer.Option(
            "--from", metavar="FILE", help="不测, 取自 prescreen bench --engine --json 所存的结果", show_default=False
        ),
    ] = None,
    hours: Annotated[float, typer.Option("--hours", min=1, max=24, help="一夜几小时 (默认十八点到次日八点)")] = 14.0,
    pages_per_file: Annotated[float, typer.Option("--pages-per-file", min=1, help="每个案卷几页")] = 80.0,
    gpu: Annotated[
        float | None,
        typer.Option(
            "--gpu-pages-per-second", metavar="X", min=0.001, help="在 GPU 上实测的每个 GPU 页/秒", show_default=False
        ),
    ] = None,
    pages: Annotated[int, typer.Option("--pages", metavar="N", min=0, help="测几页 (取整卷); 0 = 全部")] = ENGINE_PAGES,
    workers: Workers = None,
    repeats: Repeats = 3,
    json_file: JsonFile = None,
    config: Config = None,
) -> None:
    """Compute files per night by cores and GPUs from figures measured on this machine."""
    from pipeline import cli_bench
    from pipeline.bench.capacity import Night

    night = Night(hours, pages_per_file, gpu)
    console = open_console()
    cli_bench.require_folder(json_file)
    if figures is not None:
        cli_bench.capacity(console, cli_bench.load_figures(figures), night, json_file=json_file)
        return
    settings = settings_of(config, run={"workers": workers})
    today = dt.datetime.now().astimezone().date()
    measured = cli_bench.measure_engine(console, folder, settings, pages, repeats, today)
    cli_bench.capacity(console, measured, night, json_file=json_file)
