"""A batch folder → its cases, and what in it is no case (contract.md, Input)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.intake.failures import reason_zh
from pipeline.intake.kinds import ARCHIVE_SUFFIXES, kind_of_file
from pipeline.intake.names import natural_key, safe_id, shown, unique_id, without_suffix
from pipeline.intake.walk import Entry, children, look_at, walk
from pipeline.problems import InputError

_FORMS = "案卷可以是 PDF、图片 (JPG、PNG、TIFF、BMP)、ZIP, 或装有这些文件的文件夹"


@dataclass(frozen=True, slots=True)
class CaseSource:
    """One case of a batch: its id, unique in the batch and fit to be a file name, and where it lies."""

    case_id: str
    path: Path


@dataclass(frozen=True, slots=True)
class Skipped:
    """A child of the batch folder that is no case, and why."""

    name: str
    reason_zh: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Cases in natural order of their names; `skipped` likewise. Both may be empty."""

    cases: tuple[CaseSource, ...]
    skipped: tuple[Skipped, ...]


def _reason_not_a_case(entry: Entry) -> str:
    """Why a child is no case; empty where it is one."""
    name = entry.path.name
    if entry.hidden:
        return "隐藏文件或系统文件"
    if entry.trouble:
        return f"读不了: {entry.trouble}"
    if name.lower().endswith(".truth.json"):
        return "标准答案文件, 不是案卷"
    if entry.is_folder:
        if (entry.path / "ledger.db").is_file():
            return "prescreen 的运行结果文件夹"
        return "" if _holds_pages(entry.path) else "文件夹里没有 PDF 或图片"
    try:
        if kind_of_file(entry.path) != "other":
            return ""
    except OSError as error:
        return f"读不了: {reason_zh(error)}"
    if entry.path.suffix.lower() in ARCHIVE_SUFFIXES:
        return "不支持的压缩格式, 请解压或改用 ZIP"
    return "不是 PDF、图片、文件夹或 ZIP"


def _holds_pages(folder: Path) -> bool:
    for entry in walk(folder):
        if entry.trouble:
            continue
        try:
            if kind_of_file(entry.path) in ("pdf", "image"):
                return True
        except OSError:
            continue
    return False


def _wanted_id(path: Path, is_folder: bool) -> str:
    name = path.name or path.resolve().name  # `.` and `..` have no name of their own
    return safe_id(name if is_folder else without_suffix(name))


def discover(batch: Path, *, as_case: bool = False) -> Batch:
    """The cases of a batch: a folder of cases, or one PDF, ZIP or image; with `as_case` the folder itself is one.

    Reads no more than names and, where a name says nothing, first bytes. Raises `InputError` when the batch does not
    exist, cannot be listed, or is a file of another kind. A folder without cases gives a `Batch` without cases.
    """
    entry = look_at(batch)
    if entry.trouble:
        raise InputError(f"批次读不了: {shown(str(batch))} ({entry.trouble})", "请检查路径是否正确、是否有读取权限")
    if not entry.is_folder:
        reason = _reason_not_a_case(Entry(batch, False, False))
        if reason:
            raise InputError(f"不能作为批次: {shown(batch.name)} ({reason})", _FORMS)
        return Batch((CaseSource(_wanted_id(batch, False), batch),), ())
    try:
        entries = sorted(children(batch), key=lambda child: natural_key(child.path.name))
    except OSError as error:
        raise InputError(f"批次读不了: {shown(str(batch))} ({reason_zh(error)})", "请检查读取权限") from error
    if as_case:
        return Batch((CaseSource(_wanted_id(batch, True), batch),), ())
    cases: list[CaseSource] = []
    skipped: list[Skipped] = []
    taken: set[str] = set()
    for child in entries:
        reason = _reason_not_a_case(child)
        if reason:
            skipped.append(Skipped(shown(child.path.name), reason))
        else:
            cases.append(CaseSource(unique_id(_wanted_id(child.path, child.is_folder), taken), child.path))
    return Batch(tuple(cases), tuple(skipped))
