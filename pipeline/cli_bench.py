"""`prescreen bench` and `prescreen capacity`: what the command line asks for, progress, tables, files."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

import pipeline
from pipeline.bench.capacity import FILES, NIGHTS_A_MONTH, NIGHTS_A_YEAR, Basis, Night, core_rows, gpu_rows
from pipeline.bench.figures import Figures
from pipeline.bench.measure import OnPage
from pipeline.bench.night_table import show_capacity, show_engine, show_ledger
from pipeline.bench.peers import PEERS
from pipeline.bench.plot import memory_plot
from pipeline.bench.run import OnStep, Wanted, run_bench
from pipeline.bench.table import Rows, show_bench, show_table
from pipeline.config import Settings
from pipeline.problems import UsageError

NOBODY = "none"
FROM_BENCH = "请给出 prescreen bench --engine --json FILE 所存的文件"


def bench(
    console: Console,
    folder: Path | None,
    settings: Settings,
    wanted: Wanted,
    today: dt.date,
    *,
    json_file: Path | None = None,
    plot_file: Path | None = None,
) -> None:
    """Measure, print the tables, write the files that were asked for. Raises `UsageError` before anything is measured.

    `today`: no date of the pages is younger. Raises `InputError` and `EngineError` as `run_bench` does.
    """
    if plot_file is not None and not wanted.growth_pages:
        raise UsageError("--plot 画的是 --growth 的内存曲线", "请同时给出 --growth")
    require_folder(json_file)
    require_folder(plot_file)
    with _progress(console) as on_step:
        figures = run_bench(folder or default_folder(), settings, wanted, today, on_step)
    show_bench(console, figures)
    _write(json_file, figures)
    if plot_file is not None:
        machine = figures["machine"]
        title = f"识别进程的内存: {machine['cpu']}, {machine['cores_used']} 核"
        plot_file.write_text(memory_plot(figures["growth"]["memory"], title), "utf-8")


def bench_reuse(console: Console, count: int, *, json_file: Path | None = None) -> None:
    """Measure comparing across files over a tenth of the texts and over all, and print both.

    Raises `UsageError` where there are too few texts to plant copies among a tenth of them.
    """
    from pipeline.bench.reuse import LEAST_TEXTS, measure_reuse

    require_folder(json_file)
    if count < 10 * LEAST_TEXTS:
        raise UsageError(f"--reuse 至少 {10 * LEAST_TEXTS} 份", "例如 prescreen bench --reuse 1000")
    measured = [measure_reuse(number) for number in (count // 10, count)]
    rows = tuple(
        (
            str(one.texts),
            f"{one.milliseconds_per_text:.2f}",
            str(one.planted),
            str(one.found),
            str(one.false),
        )
        for one in measured
    )
    show_table(console, Rows("跨案卷比对", ("份数", "每份毫秒 (处理器)", "埋设", "找到", "误报"), rows))
    growth = measured[1].milliseconds_per_text / measured[0].milliseconds_per_text
    console.print(f"份数 {count // 10} → {count}, 每份用时为 {growth:.2f} 倍", markup=False, highlight=False)
    _write(json_file, {"reuse": [asdict(one) for one in measured], "growth": round(growth, 3)})


def bench_engine(
    console: Console,
    folder: Path | None,
    settings: Settings,
    pages: int,
    repeats: int,
    today: dt.date,
    *,
    json_file: Path | None = None,
) -> None:
    """Measure what the engine costs and print it. Raises as `measure_engine` does."""
    require_folder(json_file)
    figures = measure_engine(console, folder, settings, pages, repeats, today)
    show_engine(console, figures)
    _write(json_file, figures)


def measure_engine(
    console: Console, folder: Path | None, settings: Settings, pages: int, repeats: int, today: dt.date
) -> Figures:
    """Measure what the engine costs. Raises `UsageError`, `InputError` and `EngineError` before there is a figure."""
    from pipeline.bench.overhead import measure_overhead

    batch = folder or default_folder()
    with _progress(console) as on_step:
        return measure_overhead(batch, settings, pages=pages, repeats=repeats, today=today, on_step=on_step)


def bench_ledger(
    console: Console,
    folder: Path | None,
    settings: Settings,
    pages: int,
    commits: int,
    where: Path | None,
    *,
    json_file: Path | None = None,
) -> None:
    """Measure how many pages a second the ledger takes, in a folder of the user's choice, and print it."""
    from pipeline.bench.commits import measure_commits

    require_folder(json_file)
    if where is not None and not where.is_dir():
        raise UsageError(f"没有这个文件夹: {where}", "--at 须是已有的文件夹; 测完后不留下文件")
    batch = folder or default_folder()
    with _progress(console) as on_step:
        figures = measure_commits(batch, where, settings, pages=pages, commits=commits, on_step=on_step)
    show_ledger(console, figures)
    _write(json_file, figures)


def capacity(console: Console, figures: Figures, night: Night, *, json_file: Path | None = None) -> None:
    """Print files per night from the figures of `bench --engine`. Raises `UsageError` where they are none."""
    try:
        basis = Basis.of_figures(figures)
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise UsageError("文件里没有引擎的实测结果", FROM_BENCH) from error
    show_capacity(console, figures, basis, night)
    rows = {"cores": core_rows(basis, night), "gpus": gpu_rows(basis, night)}
    _write(
        json_file,
        {
            "schema": 1,
            "night": asdict(night),
            "files": FILES,
            "nights_a_month": NIGHTS_A_MONTH,
            "nights_a_year": NIGHTS_A_YEAR,
            "cores_of_a_coordinator": basis.cores_of_a_coordinator,
            **{name: [asdict(row) for row in held] for name, held in rows.items()},
            "measured": figures,
        },
    )


def load_figures(path: Path) -> Figures:
    """Load what an earlier command wrote. Raises `UsageError` where the file cannot be read."""
    try:
        figures: Figures = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"文件读不了: {path}", FROM_BENCH) from error
    return figures


def require_folder(path: Path | None) -> None:
    """Refuse to measure for minutes what then could not be written. Raises `UsageError`."""
    if path is not None and not path.absolute().parent.is_dir():
        raise UsageError(f"没有这个文件夹: {path.absolute().parent}", "请先建立文件夹, 或换一个位置")


def _write(path: Path | None, figures: Figures) -> None:
    if path is not None:
        path.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", "utf-8")


def default_folder() -> Path:
    """Find the invented cases of the project's own tree. Raises `UsageError` where there is no such tree."""
    folder = Path(pipeline.__file__).parents[1] / "sample_scans" / "cases"
    if not folder.is_dir():
        raise UsageError("请给出装有案卷和 *.truth.json 的文件夹", "例如 prescreen bench sample_scans/cases")
    return folder


def chosen_peers(given: str) -> tuple[str, ...]:
    """Read `--peers`: names with commas, or `none`. Raises `UsageError` naming those there are."""
    names = [name.strip().lower() for name in given.split(",") if name.strip()]
    if names == [NOBODY]:
        return ()
    for name in names:
        if name not in PEERS:
            raise UsageError(f"--peers 的值不对: {name}", f"可用的有 {','.join(PEERS)}, 或 {NOBODY}")
    return tuple(name for name in PEERS if name in names)


@contextmanager
def _progress(console: Console) -> Iterator[OnStep]:
    """Show a bar for each measurement on a terminal; elsewhere stay silent."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    # a bar that is drawn anew often would itself take time from what is measured
    with Progress(
        *columns, console=console, transient=True, refresh_per_second=1, disable=not console.is_terminal
    ) as bar:

        def on_step(title: str, pages: int) -> OnPage:
            task = bar.add_task(title, total=pages)
            return lambda: bar.advance(task)

        yield on_step
