"""What `prescreen export` writes: what the desk hands over, without the desk. Everybody's decisions are in it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from pipeline.config import Settings
from pipeline.problems import InputError, UsageError, WorkspaceError
from pipeline.store.reviews import Reviews
from pipeline.summary.contract import dump
from pipeline.summary.opinion import own_template
from pipeline.web.decisions import Decisions, decisions
from pipeline.web.handover import decided_by_key, ledger, opinion, searchable
from pipeline.web.people import User
from pipeline.web.shelf import Json, Run, Shelf, case_slug
from pipeline.web.site import Site

ENDINGS: dict[str, str] = {"opinion": "docx", "pdf": "pdf", "json": "json", "ledger": "xlsx"}
_EVERYBODY = User("", "admin")


def export(
    run_folder: Path, case_id: str | None, form: str, out: Path | None, settings: Settings, batch: Path | None = None
) -> Path:
    """Write one file and tell where. `batch`: where the run's files lie now, if they were moved.

    Raises `UsageError`, `InputError` and `WorkspaceError`.
    """
    if form not in ENDINGS:
        raise UsageError(f"--as 的值不对: {form}", f"可用的有 {'、'.join(ENDINGS)}")
    if (case_id is None) != (form == "ledger"):
        told = "台账 (ledger) 是整个批次的, 不写案卷名" if case_id else f"请写明案卷名: --as {form} 是一个案卷的"
        raise UsageError(told, "用 prescreen export --help 查看写法")
    site = Site(Shelf([run_folder]), settings, now=_now, batch=batch)
    try:
        run = site.shelf.runs[0]
        content = _ledger(site, run) if case_id is None else _of_case(site, run, _case(run, case_id), form)
    finally:
        site.close()
    target = out or Path(f"{_stem(case_id or run.name)}.{ENDINGS[form]}")
    return write(target, content)


def _now() -> str:
    return dt.datetime.now().astimezone().isoformat(timespec="seconds")


def write_template(target: Path) -> Path:
    """Write the opinion sheet's template, to be edited in Word."""
    return write(target, own_template())


def write(target: Path, content: bytes) -> Path:
    """Write a file that is not there yet. Raises `UsageError` where it is, `WorkspaceError` where that cannot be."""
    try:
        with target.open("xb") as stream:
            stream.write(content)
    except FileExistsError as error:
        raise UsageError(f"文件已存在: {target}", "请换一个名字, 或先移走它") from error
    except OSError as error:
        raise WorkspaceError(f"写不了 {target} ({error.strerror})", "请检查路径、权限和磁盘空间") from error
    return target.resolve()


def _stem(name: str) -> str:
    return "".join("_" if c in '<>:"/\\|?*' or not c.isprintable() else c for c in name)[:80]


def _case(run: Run, case_id: str) -> Json:
    try:
        return run.case(case_slug(case_id))
    except KeyError as error:
        raise InputError(f"没有案卷 {case_id}", "prescreen status 列出全部") from error


def _of_case(site: Site, run: Run, case: Json, form: str) -> bytes:
    if form == "json":
        return dump(case)
    if form == "pdf" and not case["pages"]:
        raise InputError(f"案卷 {case['case_id']} 未能读取, 没有可导出的页", "用 prescreen show 查看原因")
    if form == "pdf":
        return searchable(site, run, case)
    seen = _seen(run, case)
    names = sorted({review.user for several in seen.others.values() for review in several})
    return opinion(site, case, decided_by_key(seen), names)


def _ledger(site: Site, run: Run) -> bytes:
    cases = ((slug, case, _seen(run, case)) for slug in run.cases() if (case := run.case(slug)))
    return ledger(site, run, cases, lambda _: "")


def _seen(run: Run, case: Json) -> Decisions:
    kept, case_id = Reviews(run.workspace.reviews), case["case_id"]
    return decisions(case, kept.latest(case_id), kept.history(case_id), _EVERYBODY, frozenset(), kept.done(case_id))
