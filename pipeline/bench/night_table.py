"""What the engine, the ledger and a night cost, as tables and sentences for people."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console

from pipeline.bench.capacity import (
    FILES,
    NIGHTS_A_MONTH,
    NIGHTS_A_YEAR,
    Basis,
    Night,
    Row,
    Source,
    core_rows,
    disk_gigabytes,
    gpu_rows,
)
from pipeline.bench.figures import Figures
from pipeline.bench.table import Rows, show_lines, show_table

JOBS = {
    "inspect": "打开案卷",
    "list_files": "逐个打开: 列文件",
    "inspect_file": "逐个打开: 一个文件",
    "read": "识别页面",
    "screen": "分文书、取事实、过规则",
    "compare": "案卷之间比对",
    "conclude": "比对之后的规则",
    "draw": "截取依据图",
    "render": "生成网页",
}
SOURCES: dict[Source, str] = {"measured": "实测", "derived": "推算", "given": "给定, 非本机实测", "unknown": "未实测"}
BUSY = 0.95
"""Who got less than this share of a core while reading was not alone on the machine."""
MANY = 1000
"""Cores beyond which a number would only look exact."""
ENGINE_NOTES = (
    "页/秒从全部进程装好模型起算, 到结果全部写完; 装好之前的时间另列 (启动秒)。",
    "单进程循环: 不用引擎、账本和协调进程, 在一个进程里逐个重做同样的工作, 但不写结果; 各轮轮流进行, 取中位数。",
    "引擎开销包括: 任务和结果在进程间传递、账本、写结果文件、进度、收尾 (一次性的, 另列)。",
    "交接: 一个进程做完一项到开始下一项, 中位数; 空闲: 装好之后到最后一项做完, 进程没有活干的时间。",
)
LEDGER_NOTES = (
    "每页一次提交, 内容是真实的识别结果; 关闭时补做的工作计入页/秒。",
    "提交不因进程被杀而丢失; 断电最多丢失最后几秒的页 (每五秒写到盘一次), 再次运行时重新识别, 账本不会损坏。",
)


def show_engine(console: Console, figures: Figures) -> None:
    """Print what `bench --engine` found."""
    sample = figures["sample"]
    show_lines(
        console,
        [
            *machine_words(figures),
            f"样本: {sample['cases']} 个案卷, {sample['pages']} 页; 重复 {figures['repeats']} 轮",
        ],
    )
    show_table(console, runs_table(figures))
    show_table(console, jobs_table(figures["stages"]))
    show_lines(console, [*engine_words(figures), *ENGINE_NOTES])


def show_ledger(console: Console, figures: Figures) -> None:
    """Print what `bench --ledger` found."""
    sample = figures["sample"]
    where = f"文件夹: {figures['folder']}; {sample['pages']} 页真实的识别结果, 平均 {sample['bytes_per_page']} 字节"
    show_lines(console, [*machine_words(figures), where])
    show_table(console, commits_table(figures["keepers"]))
    ratios = figures["ratios"]
    told = (
        f"结论: 账本每秒页数 = {ratios['ledger_over_sqlite_full']:.2f} × SQLite 每页写到盘"
        f" = {ratios['ledger_over_files']:.2f} × 每页一个文件; 有进程不断查看时为无人查看时的"
        f" {ratios['watched_over_alone']:.2f} 倍"
    )
    show_lines(console, [told, *LEDGER_NOTES])


def show_capacity(console: Console, figures: Figures, basis: Basis, night: Night) -> None:
    """Print how many files a night, from the `figures` of `bench --engine` and what was taken from them."""
    sample = figures["sample"]
    measured = f"依据: {sample['cases']} 个案卷, {sample['pages']} 页, 在本表所列的机器上实测"
    wanted = (
        f"一夜 {night.hours:g} 小时, 每个案卷 {night.pages_per_file:g} 页 (样本平均 {sample['pages_per_case']:g} 页)"
    )
    show_lines(console, [*machine_words(figures), measured, wanted])
    show_table(console, capacity_table("按 CPU 核数 (一台机器, 每核一个进程)", "核数", core_rows(basis, night)))
    show_table(console, capacity_table("按 GPU 数 (paddle 引擎)", "GPU", gpu_rows(basis, night)))
    show_lines(console, [*capacity_words(basis, night), *busy_words(figures)])


def machine_words(figures: Figures) -> Iterator[str]:
    """Tell on what was measured."""
    machine = figures["machine"]
    yield f"处理器: {machine['cpu']}, 用 {machine['cores_used']} 核 (共 {machine['cores']} 核)"
    yield f"系统: {machine['system']}, Python {machine['python']}; 开始前的负载: {machine['load_before']}"


def runs_table(figures: Figures) -> Rows:
    """Lay out the bare loop and the runs."""
    columns = (
        "", "页/秒", "为 1 个进程的几倍", "启动秒", "收尾秒", "CPU 秒/页", "协调进程 毫秒/页", "协调进程占 CPU",
        "交接 毫秒", "空闲", "得到的核", "每进程 MB",
    )  # fmt: skip
    bare = figures["bare"]
    cells = [
        (
            "单进程循环 (对照)",
            f"{bare['pages_per_second']:.3f}",
            "",
            f"{bare['start_seconds']:.1f}",
            "",
            f"{bare['cpu_seconds_per_page']:.3f}",
            "",
            "",
            "",
            "",
            _percent(bare["processor_share"]),
            "",
        )
    ]
    for run in figures["runs"]:
        cells.append(
            (
                f"引擎, {run['workers']} 个进程",
                f"{run['pages_per_second']:.3f}",
                f"{run['times_one_worker']:.2f}",
                f"{run['start_seconds']:.1f}",
                f"{run['end_seconds']:.1f}",
                f"{run['worker_cpu_seconds_per_page']:.3f}",
                f"{1000 * run['coordinator_cpu_seconds_per_page']:.2f}",
                _percent(run["coordinator_share"]),
                f"{1000 * run['handover_seconds']:.1f}",
                _percent(run["idle_share"]),
                _percent(run["processor_share"]),
                str(run["peak_mb_per_worker"]),
            )
        )
    return Rows("引擎的开销", columns, tuple(cells))


def jobs_table(stages: Figures) -> Rows:
    """Lay out where the time of the bare loop and of one worker goes."""
    bare, engine = stages["bare"], stages["one_worker"]
    names = dict.fromkeys([*bare, *engine])
    cells = [
        (JOBS.get(name, name), *(f"{1000 * side.get(name, 0.0):.2f}" for side in (bare, engine))) for name in names
    ]
    return Rows("各项工作, 毫秒/页 (不含装载)", ("工作", "单进程循环", "引擎, 1 个进程"), tuple(cells))


def engine_words(figures: Figures) -> Iterator[str]:
    """Say in words what the engine costs and what a second worker brings."""
    overhead = figures["overhead"]
    yield (
        f"结论: 引擎开销 (1 个进程的运行与单进程循环之差) 用时的 {_percent(overhead['of_walls'])},"
        f" 处理器时间的 {_percent(overhead['of_processor'])}"
    )
    yield (
        f"结论: 同一次运行之内 (机器上有别的负载时更可靠): 处理器时间用在各项工作之外的"
        f" {_percent(overhead['outside_jobs'])}, 进程没有活干的时间 {_percent(overhead['idle'])}"
    )
    rounds = ", ".join(map(_percent, overhead["of_walls_by_round"]))
    yield f"各轮的用时之差: {rounds}"
    for run in figures["runs"][1:]:
        yield f"结论: {run['workers']} 个进程的页/秒 = {run['times_one_worker']:.2f} × 1 个进程"
    yield from busy_words(figures)
    if figures["jobs_failed"]:
        yield f"注意: 每轮有 {figures['jobs_failed']} 项工作失败 (坏文件、坏页), 两边相同。"


def busy_words(figures: Figures) -> Iterator[str]:
    """Warn where something else ran on the machine while the engine was measured."""
    share = min(run["processor_share"] for run in (figures["bare"], *figures["runs"]))
    if share < BUSY:
        yield (
            f"注意: 测量时机器不空闲: 识别进程最少只得到 {_percent(share)} 的核;"
            " 页/秒、倍数和用时之差偏低或不可靠, 请在空闲时重测。"
        )


def commits_table(keepers: list[Figures]) -> Rows:
    """Lay out who keeps how many pages a second."""
    cells = tuple(
        (
            keeper["title"],
            str(keeper["commits"]),
            f"{keeper['commits_per_second']:.0f}",
            f"{keeper['slowest_percent_ms']:.2f}",
            f"{keeper['slowest_ms']:.2f}",
            str(keeper["looks"] or ""),
        )
        for keeper in keepers
    )
    return Rows("账本", ("方式", "页数", "页/秒", "最慢百分之一 毫秒", "最慢 毫秒", "查看次数"), cells)


def capacity_table(title: str, unit: str, rows: tuple[Row, ...]) -> Rows:
    """Lay out one kind of machine."""
    most = f"{FILES[-1]:,} 件"
    columns = (
        unit, "页/秒", "依据", "协调进程占一核", "每夜案卷", *(f"{count:,} 件 (夜)" for count in FILES),
        f"一个月做完 {most} (台)", "一年 (台)",
    )  # fmt: skip
    cells = []
    for row in rows:
        pace = "—" if row.pages_per_second is None else f"{row.pages_per_second:.2f}"
        load = "—" if row.coordinator_load is None else _percent(row.coordinator_load)
        cells.append(
            (
                str(row.count),
                pace,
                SOURCES[row.source] + (" (以协调进程为限)" if row.bound else ""),
                load,
                *map(_count, (row.files_per_night, *row.nights, row.machines_month, row.machines_year)),
            )
        )
    return Rows(title, columns, tuple(cells))


def capacity_words(basis: Basis, night: Night) -> Iterator[str]:
    """Say what the table rests on, and what else a night needs."""
    kept = basis.kept_by_doubling
    if kept is None:
        yield "扩展: 只测了 1 个进程, 更多核数没有实测依据, 不推算。"
    else:
        yield (
            f"推算: 实测到 {basis.most_workers} 个进程, 每翻一倍保留 {_percent(kept)}; 更多核数按同样的损失推算。"
            " 实际还取决于内存带宽、散热和是否为同样的核。"
        )
        most = basis.cores_of_a_coordinator or 0
        cores = f"约合 {most} 个" if most < MANY else f"合 {MANY} 个以上"
        yield (
            f"协调进程: 每页 {1000 * basis.coordinator_seconds:.2f} 毫秒 CPU,"
            f" 最多每秒 {basis.most_pages_per_second:.0f} 页, {cores}这样的核 (单机或集群);"
            " 再多就分成几次运行, 各用一个运行文件夹。"
        )
    yield f"台数: 每台机器各自运行; 一个月按 {NIGHTS_A_MONTH} 夜, 一年按 {NIGHTS_A_YEAR} 夜 (工作日前夜)。"
    yield (
        f"内存: 每个进程最多 {basis.memory_mb} MB (实测), 例如 8 核约 {8 * basis.memory_mb / 1000:.1f} GB,"
        " 另加系统和协调进程。"
    )
    sizes = ", ".join(f"{count:,} 件 {disk_gigabytes(basis, night, count):.1f} GB" for count in FILES)
    yield f"磁盘: 运行文件夹每页 {basis.disk_bytes / 1000:.1f} KB (实测): {sizes}。"
    if night.gpu_pages_per_second is None:
        yield "GPU: 未实测, 不推算。在有 GPU 的机器上测出页/秒后, 用 --gpu-pages-per-second 给出。"
    else:
        yield "GPU: 每个 GPU 的页/秒由使用者给定; 供页面解码和规则用的 CPU 须足够, 未计。"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _count(number: int | None) -> str:
    return "—" if number is None else f"{number:,}"
