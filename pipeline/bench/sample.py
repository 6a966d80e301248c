"""Whole cases of any batch, as a batch of their own: what runs are measured with. No truth is needed."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.batch.engine import Job
from pipeline.batch.local import LocalEngine
from pipeline.batch.work import inspect
from pipeline.bench.pages import spread
from pipeline.config import Limits
from pipeline.intake.discover import CaseSource, discover
from pipeline.problems import InputError

if TYPE_CHECKING:
    from pipeline.intake.open_case import CaseInput


@dataclass(frozen=True, slots=True)
class Sample:
    """A batch of `cases` cases with `pages` pages in all, copied to `folder`."""

    folder: Path
    cases: int
    pages: int

    @property
    def pages_per_case(self) -> float:
        return self.pages / self.cases


def choose(folder: Path, pages: int, engine: LocalEngine, root: Path, limits: Limits) -> Sample:
    """Copy as few cases as hold `pages` pages (0: all), spread evenly over the batch, to a folder under `root`.

    Cases are opened in a worker of `engine`. Raises `InputError` where no case of the folder has a page.
    """
    known: list[tuple[CaseSource, int]] = []
    for source in discover(folder).cases:
        found = opened_case(source, engine, root, limits)
        if found and found.files:
            known.append((source, sum(file.pages for file in found.files)))
    if not known:
        raise InputError(f"批次里没有可读的案卷: {folder}", "案卷可以是 PDF、图片、ZIP, 或装有这些文件的文件夹")
    chosen = known
    for count in range(1, len(known) + 1) if pages else ():
        chosen = list(spread(known, count))
        if sum(held for _, held in chosen) >= pages:
            break
    batch = root / "batch"
    batch.mkdir()
    for source, _ in chosen:
        if source.path.is_dir():
            shutil.copytree(source.path, batch / source.path.name)
        else:
            shutil.copy2(source.path, batch)
    return Sample(batch, len(chosen), sum(held for _, held in chosen))


def opened_case(source: CaseSource, engine: LocalEngine, root: Path, limits: Limits) -> CaseInput | None:
    """Open a case in a worker; None where that broke. Copies of what lies in archives are made under `root`."""
    engine.start(Job(inspect, (source, root / "opened" / source.case_id, limits), float(limits.seconds_per_file)))
    done = engine.wait()
    return None if done.fault else done.value
