"""`prescreen doctor`: what is installed, which engines really read, and how to mend what does not.

Engines are tried in a worker process each: a broken native library kills that worker and becomes a line of the report.
"""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from rich.console import Console
from rich.text import Text

from pipeline.batch.engine import Done, Job
from pipeline.batch.local import LocalEngine, worker_count
from pipeline.batch.models import require_models
from pipeline.config import OcrSettings, Settings
from pipeline.problems import ExitCode, PrescreenError

if TYPE_CHECKING:
    from pipeline.ocr.selftest import SelfTest

ENGINE_SECONDS = 300.0
FREE_BYTES = 1_000_000_000
"""Less free disk than this is worth a warning: unpacked archives and pictures need room while a run lasts."""
PACKAGES = {
    "rapidocr": "识别引擎 rapid",
    "openvino": "rapid 的加速组件 (没有时用 onnxruntime, 较慢)",
    "onnxruntime": "rapid 和 paddle 的推理组件",
    "paddleocr": "识别引擎 paddle",
    "opencv-python-headless": "图像处理",
    "pypdfium2": "渲染 PDF",
    "pdfplumber": "PDF 文字层",
    "pikepdf": "修复 PDF",
    "pillow": "读取图片",
    "spacy": "文书分类",
    "rapidfuzz": "文字比对",
    "chinesecalendar": "工作日和节假日 (每年的放假安排)",
    "pebble": "进程管理",
}
OPTIONAL = frozenset({"openvino"})
ENGINES: tuple[Literal["rapid", "paddle"], ...] = ("rapid", "paddle")

State = Literal["good", "warning", "bad"]
MARKS: dict[State, tuple[str, str]] = {"good": ("正常", "green"), "warning": ("注意", "yellow"), "bad": ("缺失", "red")}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: how it stands, and what to do where it is not well."""

    state: State
    what: str
    advice: str = ""


def examine(console: Console, settings: Settings, run_folder: Path | None) -> ExitCode:
    """Look at everything and print it; `ENGINE` where the engine that the settings name cannot read."""
    works: dict[str, bool] = {}
    for check in (
        *look_at_machine(settings),
        *look_at_packages(),
        *look_at_folder(run_folder or Path(tempfile.gettempdir()), named=run_folder is not None),
    ):
        _print(console, check)
    models = look_at_models(settings)
    _print(console, models)
    for name in ENGINES:
        console.print(f"正在试读 (引擎 {name}) …", style="bright_black", markup=False, highlight=False)
        done = try_engine(settings.ocr.model_copy(update={"engine": name}), settings.limits.memory_mb)
        check = judge_engine(name, done)
        works[name] = check.state == "good"
        _print(console, check)
    wanted = settings.ocr.engine
    if models.state == "bad":
        console.print("不能运行: 训练模型缺失或损坏", style="red", markup=False, highlight=False)
        return ExitCode.ENGINE
    if works[wanted]:
        others = "" if all(works.values()) else "; 另一个引擎不可用, 不影响运行"
        console.print(f"可以运行: 引擎 {wanted} 读得出内置图片{others}", markup=False, highlight=False)
        return ExitCode.OK
    other = next((name for name, good in works.items() if good), None)
    hint = f"; 可改用 --ocr {other}" if other else ""
    console.print(f"不能运行: 引擎 {wanted} 不可用{hint}", style="red", markup=False, highlight=False)
    return ExitCode.ENGINE


def _print(console: Console, check: Check) -> None:
    mark, style = MARKS[check.state]
    console.print(Text.assemble((f"[{mark}] ", style), check.what), soft_wrap=True)
    if check.advice:
        console.print(Text(f"       {check.advice}"), soft_wrap=True)


def look_at_machine(settings: Settings) -> Iterator[Check]:
    """Look at Python, the system, the cores and how they would be used."""
    yield Check("good", f"Python {platform.python_version()}, {platform.system()} {platform.machine()}")
    workers = worker_count(settings.run.workers, settings.ocr.threads)
    yield Check("good", f"{os.cpu_count()} 核: {workers} 个识别进程, 每个 {settings.ocr.threads} 线程")


def look_at_packages() -> Iterator[Check]:
    """Look which packages are installed, in which version."""
    for name, purpose in PACKAGES.items():
        try:
            yield Check("good", f"{name} {importlib.metadata.version(name)} ({purpose})")
        except importlib.metadata.PackageNotFoundError:
            if name in OPTIONAL:
                yield Check("warning", f"没有 {name} ({purpose})", f"需要时执行 pip install {name}")
            else:
                yield Check("bad", f"没有 {name} ({purpose})", f"请执行 pip install {name}, 或重新安装 prescreen")


def look_at_folder(folder: Path, *, named: bool) -> Iterator[Check]:
    """Look whether a run could write there and how much room there is; nothing is left behind."""
    place = folder
    while not place.exists() and place != place.parent:
        place = place.parent
    name = f"运行文件夹 {folder}" if named else f"临时文件夹 {folder}"
    try:
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError as error:
        yield Check("bad", f"{name} 写不了 ({error.strerror})", "请换一个文件夹, 或检查权限")
        return
    free = shutil.disk_usage(place).free
    text = f"{name} 可写, 剩余 {free / 1e9:.0f} GB"
    yield Check("good", text) if free >= FREE_BYTES else Check("warning", text, "空间不足 1 GB, 请先清理磁盘")


def look_at_models(settings: Settings) -> Check:
    """Have the trained models tried, in a process of its own: they are loaded for good."""
    with LocalEngine(1, threads=settings.ocr.threads, memory_mb=settings.limits.memory_mb) as engine:
        engine.start(Job(require_models, (), ENGINE_SECONDS))
        done = engine.wait()
    if isinstance(done.raised, PrescreenError):
        return Check("bad", done.raised.message, done.raised.advice)
    if done.fault:
        return Check("bad", f"训练模型无法启动: {done.fault}", "请重新安装 prescreen")
    return Check("good", "训练模型: 印章、指印和签名; 文书分类")


def try_engine(settings: OcrSettings, memory_mb: int) -> Done:
    """Read the built-in picture with an engine, in a process of its own."""
    with LocalEngine(1, threads=settings.threads, memory_mb=memory_mb) as engine:
        engine.start(Job(_read_picture, (settings,), ENGINE_SECONDS))
        return engine.wait()


def _read_picture(settings: OcrSettings) -> tuple[str, SelfTest]:
    from pipeline.ocr.engine import make_engine
    from pipeline.ocr.selftest import selftest

    engine = make_engine(settings)
    return engine.version, selftest(engine)


def judge_engine(name: str, done: Done) -> Check:
    """Say whether an engine read what stands on the picture, and what to do where it did not."""
    if isinstance(done.raised, PrescreenError):
        return Check("bad", done.raised.message, done.raised.advice)
    if done.fault:
        reasons = {"timeout": "试读超过时限", "died": "进程被终止 (多为组件与本机不兼容)", "memory": "内存不足"}
        advice = "请重新安装 prescreen; rapid 可在设置中把 ocr.backend 改为 onnxruntime 再试"
        return Check("bad", f"引擎 {name}: {reasons.get(done.fault, str(done.raised))}", advice)
    result: SelfTest = done.value[1]
    text = f"引擎 {name} ({done.value[0]}): {result.seconds:.1f} 秒读完内置图片"
    if result.ok:
        return Check("good", f"{text}, 一字不差")
    read = " / ".join(result.read.splitlines()) or "(无)"
    return Check(
        "bad", f"{text}, 读得不对: {read}", f"应为: {' / '.join(result.expected.splitlines())}; 请检查模型文件"
    )
