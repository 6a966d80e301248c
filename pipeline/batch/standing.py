"""Where a run stands, from its run folder alone: who runs it, how far it is, what went wrong so far.

It may be asked from another terminal while the run goes on, after it was killed, of a copy of the folder, and where the
folder cannot be written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.batch.record import HOWS, How, Record, last_run
from pipeline.problems import CATALOGUE
from pipeline.store.holder import Holder, note_of, read_note
from pipeline.store.inspection import InspectedLedger
from pipeline.store.ledger import FINISHED, CaseRow
from pipeline.store.opening import writable
from pipeline.store.workspace import Workspace

RUNNERS = ("run", "watch")
"""Commands that screen; others hold a run folder, too (`show --boxes`)."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A kind of problem met so far: how often, in how many cases."""

    code: str
    message: str
    advice: str
    number: int
    cases: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a run stands. `holder` is who holds the folder now, whatever for; `record` None where none was noted.

    `watcher`: who waits for new cases (`prescreen watch`), also while nothing runs.
    """

    how: How
    holder: Holder | None
    record: Record | None
    cases: tuple[CaseRow, ...]
    troubles: tuple[Trouble, ...]
    watcher: Holder | None = None

    @property
    def running(self) -> bool:
        return self.how == "running"

    @property
    def done(self) -> int:
        """How many cases are finished."""
        return sum(row.status in FINISHED for row in self.cases)

    def with_status(self, status: str) -> int:
        """Count the cases of a status."""
        return sum(row.status == status for row in self.cases)

    @property
    def expected_end(self) -> float | None:
        """When the run is likely to end (seconds since 1970); None where nobody can tell, or it does not run."""
        if not self.running or self.record is None or self.record.seconds_left is None:
            return None
        return self.record.updated + self.record.seconds_left

    def told(self) -> dict[str, Any]:
        """The same for programs (`prescreen status --json`, docs/output.md)."""
        record = self.record or Record(0.0, 0.0)
        known = self.record is not None
        return {
            "state": self.how,
            "state_text": HOWS[self.how],
            "phase": record.phase if self.running else None,
            "message": record.message or None,
            "holder": _told_of(self.holder),
            "watcher": _told_of(self.watcher),
            "began": record.began if known else None,
            "updated": record.updated if known else None,
            "expected_end": self.expected_end,
            "seconds_left": record.seconds_left if self.running else None,
            "pages_per_minute": round(record.rate * 60, 2) if record.rate else None,
            "workers": record.workers if known else None,
            "model": record.model or None,
            "cases": {
                "total": len(self.cases),
                "done": self.done,
                **{status: self.with_status(status) for status in (*FINISHED, "reading", "waiting")},
            },
            "pages": {
                "expected": record.pages_expected if known else None,
                "known_before": record.pages_reused if known else None,
                "read": record.pages_read if known else None,
                "failed": record.pages_failed if known else None,
                "left": record.pages_left if known else None,
                "done": sum(row.pages_read for row in self.cases),
            },
            "problems": [
                {"code": t.code, "message": t.message, "advice": t.advice, "number": t.number, "cases": t.cases}
                for t in self.troubles
            ],
            "not_screened": [
                {
                    "case_id": row.case_id,
                    "status": row.status,
                    "problems": [{"code": code, "file": file, "page": page, "message": message}
                                 for code, file, page, message in row.problems],
                }
                for row in self.cases
                if row.status in ("partial", "failed")
            ],
        }  # fmt: skip


def standing_of(run_folder: Path) -> Standing:
    """Look at a run folder. Raises `WorkspaceError` where it is none, or its ledger cannot be read."""
    workspace = Workspace(run_folder)
    held, holder = _held(workspace)
    with InspectedLedger(workspace.ledger) as ledger, ledger.at_one_moment():
        record = last_run(ledger)
        cases = ledger.cases()
        under_way = ledger.codes_under_way()
    runs = held and (holder is None or holder.command in RUNNERS)
    watcher = read_note(note_of(workspace.watch_lock_file))
    troubles = _troubles(cases, under_way)
    return Standing(_how(record, cases, runs), holder if held else None, record, cases, troubles, watcher)


def _told_of(holder: Holder | None) -> dict[str, Any] | None:
    return None if holder is None else {"command": holder.command, "host": holder.host, "pid": holder.pid}


def _held(workspace: Workspace) -> tuple[bool, Holder | None]:
    """Whether somebody holds the folder, and who. Who may not try the lock goes by the note beside it."""
    note = read_note(note_of(workspace.lock_file))
    if workspace.in_use():
        return True, note
    tried = not workspace.lock_file.exists() or writable(workspace.lock_file)
    return (False, None) if tried else (note is not None, note)


def _how(record: Record | None, cases: tuple[CaseRow, ...], runs: bool) -> How:
    if runs:
        return "running"
    if record is None:  # a run of an older version
        return "finished" if all(row.status in FINISHED for row in cases) else "interrupted"
    return "killed" if record.how == "running" else record.how


def _troubles(cases: tuple[CaseRow, ...], under_way: tuple[tuple[str, int, int], ...]) -> tuple[Trouble, ...]:
    found: dict[str, Trouble] = {}
    for code, number, message, cases_with in (*_of_finished(cases), *((c, n, "", k) for c, n, k in under_way)):
        kind = CATALOGUE.get(code)
        known = found.get(code) or Trouble(
            code,
            kind.message.format(detail="…") if kind else message,
            kind.advice.format(detail="…") if kind else "",
            0,
            0,
        )
        found[code] = replace(known, number=known.number + number, cases=known.cases + cases_with)
    return tuple(found[code] for code in sorted(found))


def _of_finished(cases: tuple[CaseRow, ...]) -> Iterator[tuple[str, int, str, int]]:
    for row in cases:
        messages = {code: message for code, _, _, message in row.problems}
        for code, number in Counter(code for code, *_ in row.problems).items():
            yield code, number, messages[code], 1
