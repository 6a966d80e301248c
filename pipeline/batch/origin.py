"""Where the files of a run lie: noted in its ledger, so that a page can be shown again later."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.batch.engine import Done, Engine, Job
from pipeline.batch.work import inspect, inspect_file, list_files
from pipeline.config import Limits
from pipeline.intake.discover import CaseSource, discover
from pipeline.problems import InputError
from pipeline.store.ledger import Ledger

if TYPE_CHECKING:
    from pipeline.intake.open_case import SourceFile

ADVICE = "请用 --batch 给出批次现在的位置"


def noted_batch(batch: Path, *, as_case: bool) -> str:
    """What the ledger keeps of where a batch lies: JSON, ASCII only, since a path need not be Unicode."""
    return json.dumps({"path": str(batch.resolve()), "as_case": as_case})


def find_source(ledger: Ledger, case_id: str, batch: Path | None) -> CaseSource:
    """Find a case's file or folder where the run found it, or in `batch`, where the files have moved.

    Raises `InputError` where it is not there any more.
    """
    return source_at(ledger.meta("batch") or "", case_id, batch)


def source_at(told: str, case_id: str, batch: Path | None) -> CaseSource:
    """Find a case's file or folder by what the ledger keeps (`noted_batch`; "" for nothing), or in `batch`.

    Raises `InputError` where it is not there any more.
    """
    noted = json.loads(told or "{}")
    if batch is None and not noted:
        raise InputError("运行文件夹里没有记下批次的位置", ADVICE)
    place = batch if batch is not None else Path(noted["path"])
    if not place.exists():
        raise InputError(f"批次不在原处: {place}", ADVICE)
    found = discover(place, as_case=bool(noted.get("as_case")))
    source = next((one for one in found.cases if one.case_id == case_id), None)
    if source is None:
        raise InputError(f"批次里没有案卷 {case_id}: {place}", ADVICE)
    return source


def open_source(engine: Engine, source: CaseSource, scratch: Path, limits: Limits) -> tuple[SourceFile, ...]:
    """Open a case's files in a worker, one by one where they cannot be opened together; those that can be."""
    seconds = float(limits.seconds_per_file)
    done = _ask(engine, Job(inspect, (source, scratch, limits), seconds))
    if done.fault is None:
        return tuple(done.value.files)
    listed = _ask(engine, Job(list_files, (source, scratch, limits), seconds))
    opened: list[SourceFile] = []
    for name, path in listed.value if listed.fault is None else ():
        one = _ask(engine, Job(inspect_file, (source.case_id, name, path, scratch, limits), seconds))
        opened += one.value.files if one.fault is None else ()
    return tuple(opened)


def content_of(case: dict[str, Any], page: dict[str, Any]) -> str:
    """Hash of the file that a page (of the contract's JSON) was read from; "" where two of the case have one name."""
    found = [source["sha256"] for source in case["sources"] if source["file"] == page["file"]]
    return str(found[0]) if len(found) == 1 else ""


def _ask(engine: Engine, job: Job) -> Done:
    engine.start(job)
    return engine.wait()
