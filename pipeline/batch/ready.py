"""Before a batch begins: the run folder stands apart from it, the engine is loaded, what the run rests on is told."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from pipeline.batch.engine import Engine, Job
from pipeline.batch.work import Work
from pipeline.config import Settings
from pipeline.intake.discover import Batch
from pipeline.packs.load import Pack
from pipeline.problems import EngineError, PrescreenError, UsageError

ENGINE_SECONDS = 300.0
"""What loading an engine may take on a slow machine."""


def keep_apart(batch: Path, found: Batch, run_dir: Path) -> None:
    """Refuse a run folder that is the batch or lies in a case: the next run would take its pictures for pages."""
    root = run_dir.resolve()
    inside = any(root.is_relative_to(source.path.resolve()) for source in found.cases)
    if inside or root == batch.resolve():
        raise UsageError(f"运行文件夹不能是批次本身, 也不能在案卷里面: {run_dir}", "请为 --out 另选一个文件夹")


def facts(pack: Pack, model: str, date: dt.date) -> tuple[tuple[str, str], ...]:
    """What a run rests on, as shown with the batch: label and value."""
    from pipeline import __version__

    return (
        ("程序", f"prescreen {__version__}"),
        ("规则包", f"{pack.title} ({pack.name}), {len(pack.rules)} 条规则"),
        ("识别引擎", model),
        ("基准日期", date.isoformat()),
    )


def load_engine(engine: Engine, settings: Settings, work: Work) -> tuple[str, ...]:
    """Load the OCR engine and learn its name, part of every page's key: one for each kind of machine that reads.

    Raises `EngineError` where it can be loaded nowhere.
    """
    loaded = engine.load(Job(work.prepare, (settings.ocr,), ENGINE_SECONDS))
    models = {str(done.value) for done in loaded if done.fault is None}
    if models:
        return tuple(sorted(models))
    done = loaded[0]
    if isinstance(done.raised, PrescreenError):
        raise done.raised
    reasons = {"timeout": "启动超过时限", "died": "启动时进程被终止", "memory": "内存不足"}
    raise EngineError(
        f"识别引擎 {settings.ocr.engine} 无法启动: {reasons.get(done.fault or '', str(done.raised))}",
        "请运行 prescreen doctor 检查引擎和模型文件",
    )
