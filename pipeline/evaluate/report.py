"""`prescreen evaluate`: figures, mistakes and changes as lines of text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from pipeline.detectors.registry import all_rules
from pipeline.evaluate import changes, figures
from pipeline.evaluate.score import score
from pipeline.problems import InputError, UsageError

CASES = "cases"


def evaluate_runs(
    truth: Path, run: Path, *, only: str = "", against: Path | None = None, errors: bool = False, as_json: bool = False
) -> Iterator[str]:
    """Score a run folder (or its `cases` folder) and, with `against`, compare it with an earlier one.

    `only`: rule codes with commas. Raises `UsageError` and `InputError`.
    """
    codes = frozenset(filter(None, (code.strip().upper() for code in only.split(","))))
    for code in sorted(codes):
        if not re.fullmatch(r"[A-Z]{3}\d{3}", code):
            raise UsageError(f"规则代码不对: {code}", "写法如 --rules DOC101,DAT501")
    results = _cases(run)
    scored = score(truth, results, only=codes)
    if as_json:
        yield json.dumps(scored.figures, ensure_ascii=False, indent=1)
    else:
        yield from figures.lines(scored.figures)
    if errors:
        yield from scored.notes
    if against is not None:
        yield from compare_runs(against, run)


def compare_runs(earlier: Path, later: Path) -> Iterator[str]:
    """Tell which findings came and went between two run folders, and which verdicts changed. Raises `InputError`."""
    titles = {rule.code: rule.title for rule in all_rules()}
    yield from changes.lines(changes.changes(_cases(earlier), _cases(later)), titles)


def _cases(run: Path) -> Path:
    folder = run / CASES if (run / CASES).is_dir() else run
    if not any(folder.glob("*.json")):
        raise InputError(f"没有运行结果: {run}", "请给出 prescreen run --out 的文件夹")
    return folder
