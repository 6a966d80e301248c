"""The files of a run: each case's JSON and page, pictures of evidence, the batch's page and workbook.

Whole files or nothing; the ledger notes each, so that a later run removes what it wrote and nothing else.
"""

from __future__ import annotations

import contextlib
import difflib
import hashlib
import html
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any, Literal

from pipeline.batch.work import Screening, names
from pipeline.intake.failures import reason_zh
from pipeline.problems import InputError, WorkspaceError
from pipeline.store.ledger import Ledger, OutputRow
from pipeline.store.workspace import Workspace
from pipeline.summary.html import html_bytes, render_index
from pipeline.summary.links import ASSETS_FOLDER, BOOK, DEBUG_FOLDER, INDEX, JSON_FOLDER, page_path
from pipeline.summary.overview import BatchSummary, CaseRow, Skipped, batch_summary
from pipeline.summary.undone import Halt, Unreached
from pipeline.summary.workbook import write_workbook

Facts = Sequence[tuple[str, str]]
Ending = Literal["finished", "out of time", "interrupted"]
"""How a run ended: every case is written; the time given it was over; it was stopped or broke."""
REPORT_EVERY = 120.0
"""Seconds after which the batch's page is written anew while the run goes on: what a power cut leaves behind …"""
REPORT_SHARE = 0.01
"""… or longer, where writing it takes more than this share of them."""


class Outputs:
    """Writes the outputs of one run and remembers the table's rows."""

    def __init__(
        self,
        workspace: Workspace,
        ledger: Ledger,
        name: str,
        skipped: Sequence[tuple[str, str]],
        facts: Facts,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Set up for a batch of that `name`; `skipped` are its children that are no cases, `facts` what it rests on.

        `clock` says when the batch's page is due again.
        """
        self._workspace = workspace
        self._ledger = ledger
        self._name = name
        self._skipped = tuple(Skipped(*item) for item in skipped)
        self._facts = tuple(facts)
        self._rows: dict[int, CaseRow] = {}
        self._current: set[str] = set()
        self._clock = clock
        self._due = clock() + REPORT_EVERY
        self.same_as: dict[int, str] = {}
        """Cases with the content of an earlier one, by position, and which one that is."""

    @property
    def index(self) -> Path:
        """The page to open."""
        return self._workspace.root / INDEX

    def complete(self, total: int) -> bool:
        """Tell whether each of `total` cases is written."""
        return len(self._rows) == total

    def summary(self, halt: Halt = "interrupted") -> BatchSummary:
        """Put the finished cases together, and name those that are missing because of `halt`."""
        rows = tuple(replace(self._rows[n], same_as=self.same_as.get(n, "")) for n in sorted(self._rows))
        missed = [
            Unreached(row.case_id, row.pages, row.pages_read)
            for row in self._ledger.cases()
            if row.position not in self._rows
        ]
        return batch_summary(self._name, rows, self._skipped, self._facts, missed, halt)

    def write_case(self, position: int, screening: Screening, page: bytes) -> None:
        """Write a case's JSON and page, and enter it in the table."""
        case_id = screening.row.case_id
        self._write(page_path(case_id), case_id, page)
        self._write(f"{JSON_FOLDER}/{case_id}.json", case_id, screening.json)
        self._rows[position] = screening.row
        if self._clock() > self._due:
            self._write_index("under way")

    def read_case(self, case_id: str) -> bytes:
        """Give the bytes of a case's JSON that this run wrote."""
        return self._path(f"{JSON_FOLDER}/{case_id}.json").read_bytes()

    def has_picture(self, case_id: str, name: str) -> bool:
        """Tell whether a picture is there already; its name says what it shows, so it is the right one."""
        path = f"{ASSETS_FOLDER}/{name}"
        if not self._path(path).is_file():
            return False
        self._current.add(path)
        return True

    def write_picture(self, case_id: str, name: str, content: bytes) -> None:
        """Write a picture of evidence."""
        self._write(f"{ASSETS_FOLDER}/{name}", case_id, content)

    def write_report(self, ending: Ending) -> None:
        """Write the batch's page and its workbook; a finished run removes what earlier ones left.

        The workbook comes last: a spreadsheet program that has it open must cost nothing else. Raises `WorkspaceError`.
        """
        self._current.add(BOOK)
        halt: Halt = "interrupted" if ending == "finished" else ending
        summary = self._write_index(halt)
        if ending == "finished":
            self.remove_stale()
        try:
            book = write_workbook(summary, self._case, names(), self._workspace.scratch)
        except OSError as error:
            raise WorkspaceError(f"写不了 {BOOK} ({reason_zh(error)})", "请检查磁盘空间") from error
        self._write(BOOK, "", book)

    def _write_index(self, halt: Halt) -> BatchSummary:
        began = self._clock()
        summary = self.summary(halt)
        self._write(INDEX, "", html_bytes(render_index(summary)))
        ended = self._clock()
        self._due = ended + max(REPORT_EVERY, (ended - began) / REPORT_SHARE)
        return summary

    def _case(self, case_id: str) -> dict[str, Any] | None:
        try:
            case: dict[str, Any] = json.loads(self.read_case(case_id))
        except (OSError, ValueError):  # somebody took it away meanwhile
            return None
        return case

    def remove_stale(self) -> None:
        """Remove what earlier runs wrote for cases that are gone, and pictures that nothing shows any more.

        Pages with boxes (boxes.py) go, too: they show what an earlier run understood.

        A file that somebody changed since is no longer ours and stays.
        """
        for row in self._ledger.outputs():
            if row.path in self._current:
                continue
            path = self._path(row.path)
            if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == row.sha256:
                path.unlink(missing_ok=True)
                if row.path.startswith(f"{DEBUG_FOLDER}/"):
                    with contextlib.suppress(OSError):  # other files stand in it yet
                        path.parent.rmdir()
            self._ledger.forget_output(row.path)

    def _path(self, path: str) -> Path:
        return self._workspace.root.joinpath(*PurePosixPath(path).parts)

    def _write(self, path: str, case_id: str, content: bytes) -> None:
        # Noted first: a file that stands there without a note would never be removed.
        self._ledger.keep_output(OutputRow(path, case_id, hashlib.sha256(content).hexdigest()))
        self._workspace.write(self._path(path), content)
        self._current.add(path)


def load_case(run_folder: Path, case_id: str) -> dict[str, Any]:
    """Load a case's JSON from a run folder. Raises `InputError` naming what comes near, where there is none."""
    folder = run_folder / JSON_FOLDER
    path = folder / f"{case_id}.json"
    known = sorted(p.stem for p in folder.glob("*.json")) if folder.is_dir() else []
    if not known:
        raise InputError(f"不是运行文件夹, 或还没有结果: {run_folder}", "请给出 prescreen run --out 的文件夹")
    if case_id not in known:
        near = difflib.get_close_matches(case_id, known, n=5, cutoff=0.4) or known[:5]
        raise InputError(f"没有案卷 {case_id}", f"相近的有: {'、'.join(near)}; prescreen status 列出全部")
    try:
        case: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"案卷结果读不了: {path.name}", "请重新运行 prescreen run") from error
    return case


def plain_page(case_id: str, reason: str) -> bytes:
    """Make the page that stands in for one that could not be rendered."""
    text = (
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8">'
        f"<title>{html.escape(case_id)}</title><p>这个案卷的页面未能生成: {html.escape(reason)}。"
        f"结果见 {JSON_FOLDER} 文件夹中的同名 JSON 文件。"
    )
    return text.encode("utf-8", "replace")
