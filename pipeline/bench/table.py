"""The figures as tables for people, or as tab-separated lines where the output is no terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.bench.figures import Figures
from pipeline.bench.peers import TITLES

STAGES = {"image": "页面图像 (解码、渲染)", "detection": "文字检测", "recognition": "文字识别", "rest": "其余"}
NOTES = (
    "prescreen 的时间含页面图像的解码和渲染; 其他程序直接得到同样的像素, 这一步不计时。",
    "各程序的装载和预热的一页不计入页/秒。",
    "其他程序各用其默认设置, 一个进程, 线程数由其自定, 与 prescreen 同样的核数; Tesseract 每页一次命令, 装载在其中。",
    "PaddleOCR 用 RapidOCR 自带的同一权重; 其页面方向、页面矫正、文本行方向三个可选模型未启用: 权重须联网下载。",
    "理解以抽到的页为准, 同一案卷的页合在一起; --pages 0 则为整卷。",
    "字错率按 prescreen evaluate 的口径; 空白页和标为无法辨认的页不计。其他程序不转正页面, 比较只看正放的页,"
    " 行序取对其有利的一种。",
)


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: its title, its columns, its cells as text."""

    title: str
    columns: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]


def show_bench(console: Console, figures: Figures) -> None:
    """Print everything that was measured."""
    show_lines(console, machine_lines(figures))
    tables = [
        readers_table(figures),
        accuracy_table(figures),
        stages_table(figures["stages"], figures["understanding"]),
    ]
    if figures["growth"]:
        tables += growth_tables(figures["growth"])
    for table in tables:
        show_table(console, table)
    show_lines(console, (*verdict_lines(figures), *NOTES))


def show_table(console: Console, rows: Rows) -> None:
    """Print one table; where the output is no terminal, tab-separated lines."""
    if not console.is_terminal:
        for row in ((f"[{rows.title}]",), rows.columns, *rows.cells):
            console.file.write("\t".join(row) + "\n")  # rich would turn the tabs into spaces
        return
    table = Table(title=rows.title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for number, column in enumerate(rows.columns):
        table.add_column(column, justify="right" if number else "left")
    for row in rows.cells:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)


def show_lines(console: Console, lines: Iterable[str]) -> None:
    """Print sentences, one a line."""
    for line in lines:
        console.print(Text(line), soft_wrap=True)


def machine_lines(figures: Figures) -> Iterator[str]:
    """Tell on what was measured, and what."""
    machine, sample = figures["machine"], figures["sample"]
    yield f"处理器: {machine['cpu']}, 用 {machine['cores_used']} 核 (共 {machine['cores']} 核)"
    yield f"指令集: {' '.join(machine['instruction_sets'])}"
    yield f"系统: {machine['system']}, Python {machine['python']}, 内存 {machine['memory_mb']} MB"
    versions = ", ".join(f"{name} {version or '无'}" for name, version in machine["versions"].items())
    yield f"版本: {versions}"
    yield f"开始前的负载: {machine['load_before']}"
    yield (
        f"样本: {sample['cases']} 个案卷的 {sample['pages']} 页 (共 {sample['pages_found']} 页, 均匀抽取),"
        f" 其中正放 {sample['upright']} 页, 计字错率 {sample['legible']} 页"
    )


def readers_table(figures: Figures) -> Rows:
    """Lay out pace and memory of all readers."""
    columns = (
        "程序",
        "页/秒",
        "秒/页",
        "CPU 秒/页",
        "装载秒",
        "内存 MB",
        "每进程 MB",
        "失败页",
        "prescreen 的倍数",
    )
    ratios = figures["verdict"]["ratios"]
    cells = []
    for reader in figures["readers"]:
        if reader["absent"]:
            cells.append((reader["title"], f"未测: {reader['absent']}", *[""] * (len(columns) - 2)))
            continue
        ratio = ratios.get(reader["reader"])
        cells.append(
            (
                f"{reader['title']} ({reader['workers']} 个进程)",
                _number(reader["pages_per_second"], 3),
                _number(reader["seconds_per_page"], 3),
                _number(reader["cpu_seconds_per_page"], 3),
                _number(reader["load_seconds"], 1),
                str(reader["peak_mb"]),
                str(reader["peak_mb_per_worker"]),
                str(reader["pages_failed"]),
                "—" if ratio is None else f"{ratio:.2f}",
            )
        )
    return Rows("速度和内存", columns, tuple(cells))


def accuracy_table(figures: Figures) -> Rows:
    """Lay out the character error rates of all readers."""
    columns = ("程序", "全部页", "印刷", "混合", "手写", "正放页", "正放页 (我方行序)")
    cells = []
    for reader in figures["readers"]:
        if reader["absent"]:
            continue
        rates = reader["character_error_rate"]
        shown = [rates[kind] for kind in ("all", "printed", "mixed", "handwritten")]
        shown.append(reader["character_error_rate_upright"]["all"])
        shown.append(reader["character_error_rate_upright_in_our_order"]["all"])
        cells.append((reader["title"], *map(_percent, shown)))
    return Rows("字错率", columns, tuple(cells))


def stages_table(stages: Figures, understanding: Figures | None) -> Rows:
    """Lay out where the time of prescreen's pages goes, and what understanding them costs on top."""
    seconds, share = stages["seconds_per_page"], stages["share"]
    cells = [(name, _number(seconds[key], 4), _percent(share[key])) for key, name in STAGES.items()]
    cells.append(("合计 (一个进程的一页)", _number(stages["worker_seconds_per_page"], 4), _percent(1.0)))
    inference = stages["inference_seconds_per_page"]
    if inference is not None:
        outside = stages["outside_inference_share"]
        cells.append(("其中模型推理", _number(inference, 4), _percent(1 - outside)))
        cells.append(("模型推理之外", "", _percent(outside)))
    cells.append(("识别引擎之外 (页面图像和其余)", "", _percent(stages["outside_engine_share"])))
    if understanding is not None:
        parts = (
            ("读完之后, 理解 (CPU; 占比为识别 CPU 时间的)", "cpu_seconds_per_page"),
            ("其中分文书、读卷内目录", "documents_cpu_seconds_per_page"),
            ("其中提取事实", "extraction_cpu_seconds_per_page"),
        )
        for number, (name, key) in enumerate(parts):
            cells.append(
                (name, _number(understanding[key], 4), "" if number else _percent(understanding["share_of_reading"]))
            )
    return Rows("prescreen 各阶段", ("阶段", "秒/页", "占比"), tuple(cells))


def growth_tables(growth: Figures) -> list[Rows]:
    """Lay out how the cost grows with pages and workers, and what the workers hold."""
    pages = tuple(
        (
            str(r["pages"]),
            _number(r["seconds"], 1),
            _number(r["seconds_per_page"], 3),
            _number(r["cpu_seconds_per_page"], 3),
        )
        for r in growth["by_pages"]
    )
    workers = tuple(
        (
            str(r["workers"]),
            _number(r["pages_per_second"], 3),
            f"{r['times_one_worker']:.2f}",
            _number(r["cpu_seconds_per_page"], 3),
            str(r["peak_mb"]),
        )
        for r in growth["by_workers"]
    )
    memory = tuple(
        (
            str(r["worker"]),
            str(r["pages"]),
            f"{r['series'][0][1]:.0f}",
            f"{r['series'][-1][1]:.0f}",
            "—" if r["growth_mb"] is None else f"{r['growth_mb']:+.0f}",
        )
        for r in growth["memory"]
    )
    return [
        Rows("随页数增长 (含装载)", ("页数", "秒", "秒/页", "CPU 秒/页"), pages),
        Rows("随进程数增长", ("进程", "页/秒", "为 1 个进程的几倍", "CPU 秒/页", "内存 MB"), workers),
        Rows("各进程的内存", ("进程", "页数", "开始 MB", "结束 MB", "预热后增长 MB"), memory),
    ]


def verdict_lines(figures: Figures) -> Iterator[str]:
    """Say in words how prescreen compares."""
    verdict = figures["verdict"]
    told = [f"{ratio:.2f} × {TITLES[name]}" for name, ratio in verdict["ratios"].items()]
    if told:
        yield f"结论: prescreen 每秒页数 = {', '.join(told)}"
    told = [f"{TITLES[name]} {ratio:.2f}" for name, ratio in verdict["cpu_ratios"].items()]
    if told:
        yield f"每页 CPU 时间为 prescreen 的倍数: {', '.join(told)} (机器上有别的负载时更可靠)"
    if verdict["no_worse_than_best_peer"] is not None:
        own, best = verdict["character_error_rate_upright"], verdict["best_peer_character_error_rate_upright"]
        answer = "不差于" if verdict["no_worse_than_best_peer"] else "差于"
        yield f"结论: 正放页字错率 {_percent(own)}, 其他程序最好的 {_percent(best)}: {answer}最好的 (容差 0.1 个百分点)"


def _number(value: float | None, digits: int) -> str:
    return "—" if value is None else f"{value:.{digits}f}"


def _percent(share: float | None) -> str:
    return "—" if share is None else f"{100 * share:.2f} %"
