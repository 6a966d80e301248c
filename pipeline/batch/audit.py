"""`prescreen audit`: does a run folder hold what it says? Pages counted against files, cases, readings and outputs.

It looks at the ledger as it stood at one moment, writes nothing, and may be asked at any time. Of a run that goes on or
was interrupted, what is not finished yet is told as such and held against nobody.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Literal

from pipeline.problems import ExitCode, WorkspaceError
from pipeline.store.inspection import InspectedLedger
from pipeline.store.ledger import FINISHED, CaseRow, FileRow, OutputRow, PageRow
from pipeline.store.pages import unpack_page
from pipeline.store.schema import SCHEMA
from pipeline.store.workspace import Workspace
from pipeline.summary.crops import unreadable_pages
from pipeline.summary.links import JSON_FOLDER, page_path

Standing = Literal["finished", "interrupted", "running"]
AGAIN = "请再次执行同一条 prescreen run 命令"
RESTORE = "请从备份恢复运行文件夹; 没有备份时删除 ledger.db 后再次执行同一条 prescreen run 命令, 各页会重新识别"

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Something that does not agree: what kind, of which case ("": of none), in words, and what to do."""

    kind: str
    case_id: str
    message: str
    advice: str = AGAIN


@dataclass(frozen=True, slots=True)
class Sums:
    """Pages by what became of them; `unreadable` and `skipped` by the code of the problem."""

    read: int = 0
    waiting: int = 0
    unreadable: dict[str, int] = field(default_factory=dict)
    skipped: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return self.read + self.waiting + sum(self.unreadable.values()) + sum(self.skipped.values())


@dataclass(frozen=True, slots=True)
class Books:
    """What the ledger holds of the last batch; files and pages by case."""

    cases: tuple[CaseRow, ...] = ()
    files: dict[str, list[FileRow]] = field(default_factory=dict)
    pages: dict[str, list[PageRow]] = field(default_factory=dict)
    outputs: tuple[OutputRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit found.

    `files`, `refused`: how many were opened, and how many were not, by code; `outputs`: how many were noted; `unused`:
    readings of pages that are no longer in the batch; `again`: readings that were committed more than once.
    """

    standing: Standing
    cases: dict[str, int]
    sums: Sums
    files: int
    refused: dict[str, int]
    outputs: int
    unused: int
    again: int
    discrepancies: tuple[Discrepancy, ...]

    @property
    def clean(self) -> bool:
        return self.standing == "finished" and not self.discrepancies

    @property
    def exit_code(self) -> ExitCode:
        return ExitCode.OK if self.clean else ExitCode.INCOMPLETE


def audit(run_folder: Path) -> Audit:
    """Hold a run folder against its ledger. Raises `WorkspaceError` where there is none, or it cannot be opened."""
    workspace = Workspace(run_folder)
    running = workspace.in_use()
    with InspectedLedger(workspace.ledger) as ledger, ledger.at_one_moment():
        if ledger.version < SCHEMA:
            raise WorkspaceError(
                f"运行文件夹由旧版 prescreen 建立, 账本里没有逐页的记录: {run_folder}",
                f"{AGAIN}; 已识别的页不会重新识别",
            )
        damage = ledger.damage()
        if damage:
            told = tuple(Discrepancy("database", "", f"账本数据库损坏: {line}", RESTORE) for line in damage)
            return Audit("interrupted", {}, Sums(), 0, {}, 0, 0, 0, told)
        books = _books(ledger)
        ended = ledger.meta("ending") == "finished" and all(row.status in FINISHED for row in books.cases)
        standing: Standing = "running" if running else "finished" if ended else "interrupted"
        found = [*_readings(ledger, books), *_sums_of_files(books)]
        wanted = {(page.file_sha256, page.file_page - 1) for rows in books.pages.values() for page in rows}
        kept = [((sha256, page), commits) for sha256, page, commits in ledger.kept()]
    for row in books.cases:
        if row.status in FINISHED:
            found += _case(run_folder, row, books)
    if standing == "finished":
        found += _outputs(run_folder, books)
    return Audit(
        standing,
        dict(Counter(row.status for row in books.cases)),
        sums(books),
        sum(file.state == "read" for files in books.files.values() for file in files),
        dict(sorted(Counter(f.code for files in books.files.values() for f in files if f.state == "skipped").items())),
        len(books.outputs),
        sum(key not in wanted for key, _ in kept),
        sum(commits > 1 for _, commits in kept),
        tuple(found),
    )


def _books(ledger: InspectedLedger) -> Books:
    books = Books(ledger.cases(), outputs=ledger.outputs())
    for file in ledger.files():
        books.files.setdefault(file.case_id, []).append(file)
    for page in ledger.pages():
        books.pages.setdefault(page.case_id, []).append(page)
    return books


def sums(books: Books) -> Sums:
    """Count all pages of a batch; those of a file that was refused count as skipped where their number is known."""
    states: Counter[tuple[str, str]] = Counter()
    for rows in books.pages.values():
        states.update((page.state, page.code) for page in rows)
    for files in books.files.values():
        for file in files:
            if file.state == "skipped" and file.pages:
                states["skipped", file.code] += file.pages
    by_code = {
        wanted: {code: number for (state, code), number in sorted(states.items()) if state == wanted}
        for wanted in ("unreadable", "skipped")
    }
    return Sums(states["read", ""], states["waiting", ""], by_code["unreadable"], by_code["skipped"])


def _sums_of_files(books: Books) -> Iterator[Discrepancy]:
    """The pages of the files are the pages of the case, each once, each in one state that its code goes with."""
    for row in books.cases:
        files, pages = books.files.get(row.case_id, []), books.pages.get(row.case_id, [])
        if [page.page for page in pages] != list(range(1, len(pages) + 1)):
            yield Discrepancy("numbering", row.case_id, "账本里的页码有缺或有重")
        held = Counter({(f.file, f.sha256): 0 for f in files if f.state == "read"})
        for file in files:
            if file.state == "read":
                held[file.file, file.sha256] += file.pages
        listed = Counter((page.file, page.file_sha256) for page in pages)
        for key in sorted(held.keys() | listed.keys()):
            if held[key] != listed[key]:
                message = f"文件 {key[0]} 有 {held[key]} 页, 账本逐页列出 {listed[key]} 页"
                yield Discrepancy("pages of a file", row.case_id, message)
        for page in pages:
            if (page.state in ("unreadable", "skipped")) != bool(page.code):
                yield Discrepancy("state", row.case_id, f"第 {page.page} 页的状态 ({page.state}) 与代码不符")
        for file in files:
            if file.state == "skipped" and not file.code:
                yield Discrepancy("state", row.case_id, f"文件 {file.file} 未读, 却没有原因代码")
        settled = sum(page.state != "waiting" for page in pages)
        if row.status in FINISHED and settled != len(pages):
            yield Discrepancy("waiting", row.case_id, f"案卷已写出, 却还有 {len(pages) - settled} 页没有结果")
        if row.status != "waiting" and (row.pages, row.pages_read) != (len(pages), settled) and row.status != "failed":
            message = f"案卷一栏记为 {row.pages} 页、已处理 {row.pages_read} 页, 逐页数得 {len(pages)}、{settled}"
            yield Discrepancy("sum of a case", row.case_id, message)


def _readings(ledger: InspectedLedger, books: Books) -> Iterator[Discrepancy]:
    """Every page that was read has its reading, and that can be unpacked."""
    for case_id, pages in books.pages.items():
        for page in pages:
            if page.state != "read":
                continue
            packed = ledger.last_result(page.file_sha256, page.file_page - 1)
            if packed is None:
                yield Discrepancy("reading", case_id, f"第 {page.page} 页记为已识别, 账本里却没有识别结果")
                continue
            content = unpack_page(packed)
            if content is None:
                yield Discrepancy("reading", case_id, f"第 {page.page} 页的识别结果已损坏")
            elif content.kind == "failed":
                yield Discrepancy("reading", case_id, f"第 {page.page} 页记为已识别, 结果却是未能识别")


def _case(run_folder: Path, row: CaseRow, books: Books) -> Iterator[Discrepancy]:
    """A finished case's JSON tells of the same files, pages and losses as the ledger."""
    path = run_folder / JSON_FOLDER / f"{row.case_id}.json"
    try:
        case: Json = json.loads(path.read_text("utf-8"))
        yield from _told_alike(case, row, books)
    except OSError:
        yield Discrepancy("missing output", row.case_id, f"缺少 {JSON_FOLDER}/{row.case_id}.json")
    except (ValueError, KeyError, TypeError, AttributeError):
        yield Discrepancy("case", row.case_id, f"{JSON_FOLDER}/{row.case_id}.json 已损坏")


def _told_alike(case: Json, row: CaseRow, books: Books) -> Iterator[Discrepancy]:
    files, pages = books.files.get(row.case_id, []), books.pages.get(row.case_id, [])
    if (case["case_id"], case["status"]) != (row.case_id, row.status):
        yield Discrepancy("case", row.case_id, f"JSON 记为 {case['case_id']} {case['status']}, 账本记为 {row.status}")
    told = [(source["file"], source["sha256"], source["pages"]) for source in case["sources"]]
    if told != [(file.file, file.sha256, file.pages) for file in files if file.state == "read"]:
        yield Discrepancy("sources", row.case_id, "JSON 与账本列出的文件不同")
    errors = {(error["code"], error["file"]) for error in case["errors"]}
    for file in files:
        if file.state == "skipped" and (file.code, file.file) not in errors:
            yield Discrepancy("error", row.case_id, f"文件 {file.file} 未读 ({file.code}), JSON 没有说明")
    if row.status == "failed":
        return  # it lists no pages
    listed = [(page["page"], page["file"], page["file_page"]) for page in case["pages"]]
    if listed != [(page.page, page.file, page.file_page) for page in pages if page.state != "skipped"]:
        yield Discrepancy(
            "pages of a case", row.case_id, f"JSON 列出 {len(listed)} 页, 账本 {len(pages)} 页, 或次序不同"
        )
        return
    lost, shown = {page.page for page in pages if page.state == "unreadable"}, set(unreadable_pages(case))
    for number in sorted(lost ^ shown):
        message = f"第 {number} 页: {'账本' if number in lost else 'JSON'} 记为无法辨认, 另一处不是"
        yield Discrepancy("unreadable", row.case_id, message)
    codes = {(error["code"], error["page"]) for error in (*case["errors"], *case["notes"])}
    for page in pages:
        if page.state == "unreadable" and (page.code, page.page) not in codes:
            yield Discrepancy("error", row.case_id, f"第 {page.page} 页无法辨认 ({page.code}), JSON 没有说明")
    if len(shown) != row.unreadable:
        yield Discrepancy("sum of a case", row.case_id, f"JSON 有 {len(shown)} 页无法辨认, 账本记为 {row.unreadable}")


def _outputs(run_folder: Path, books: Books) -> Iterator[Discrepancy]:
    """What was written is there, with the bytes that were written; every case has its JSON and its page."""
    noted = {output.path for output in books.outputs}
    for row in books.cases:
        for path in (f"{JSON_FOLDER}/{row.case_id}.json", page_path(row.case_id)):
            if path not in noted:
                yield Discrepancy("missing output", row.case_id, f"账本没有记下 {path}")
    for output in books.outputs:
        try:
            content = run_folder.joinpath(*PurePosixPath(output.path).parts).read_bytes()
        except OSError:
            yield Discrepancy("missing output", output.case_id, f"缺少 {output.path}, 或读不了")
            continue
        if hashlib.sha256(content).hexdigest() != output.sha256:
            yield Discrepancy("changed output", output.case_id, f"{output.path} 与写出时不同", f"{AGAIN}, 即重新写出")
