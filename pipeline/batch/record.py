"""What is noted of a run for others to see: how far it is, how fast, and how it ended.

The coordinator keeps it in the ledger (`Ledger.meta`), a record for the last run and a short list of those before it;
`prescreen status` and RUN/run.html read it. Times are seconds since 1970, spans seconds.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Literal

from pipeline.batch.events import Earlier
from pipeline.store.ledger import Ledger

LAST, BEFORE, COUNTED = "progress", "runs", "pages_counted"
"""Keys of the ledger's words: the last run's record, earlier ones, and pages of cases as earlier runs counted them."""
MOST_RUNS = 100

How = Literal["running", "finished", "out of time", "interrupted", "failed", "killed"]
HOWS: dict[How, str] = {
    "running": "正在运行",
    "finished": "正常结束",
    "out of time": "到时停止 (--until)",
    "interrupted": "被中断",
    "failed": "因错误停止",
    "killed": "未正常结束 (断电、死机或被强行终止)",
}
Phase = Literal["starting", "reading", "comparing", "over"]
PHASES: dict[Phase, str] = {
    "starting": "正在加载识别引擎",
    "reading": "正在识别和初筛",
    "comparing": "各案卷已读完, 正在相互比对",
    "over": "",
}


@dataclass(frozen=True, slots=True)
class Record:
    """A run as it was at `updated`. `message`: what stopped it. `rate`: pages per second of late.

    `pages_expected` counts the whole batch, `pages_left` what is to be read yet; both as far as can be told. `reading`
    and `judging`: seconds of a worker for a page, which the next run begins its estimate with.
    """

    began: float
    updated: float
    how: How = "running"
    phase: Phase = "starting"
    message: str = ""
    model: str = ""
    workers: int = 0
    cases: int = 0
    cases_done: int = 0
    pages_expected: int = 0
    pages_reused: int = 0
    pages_read: int = 0
    pages_failed: int = 0
    pages_left: int = 0
    rate: float | None = None
    seconds_left: float | None = None
    reading: float | None = None
    judging: float | None = None


def _record(noted: object) -> Record | None:
    known = {field.name for field in fields(Record)}
    try:
        return Record(**{key: value for key, value in dict(noted).items() if key in known})  # type: ignore[call-overload]
    except (TypeError, ValueError):
        return None


def _load(ledger: Ledger, key: str) -> object:
    try:
        return json.loads(ledger.meta(key) or "null")
    except ValueError:
        return None


def last_run(ledger: Ledger) -> Record | None:
    """Give the record of the last run, or None where none was noted (an older version's folder)."""
    return _record(_load(ledger, LAST))


def earlier_runs(ledger: Ledger) -> tuple[Record, ...]:
    """Give the records of the runs before the last one, oldest first."""
    noted = _load(ledger, BEFORE)
    found = (_record(one) for one in noted) if isinstance(noted, list) else ()
    return tuple(one for one in found if one is not None)


def keep_last(ledger: Ledger, record: Record) -> None:
    """Note how far the run is."""
    ledger.set_meta(**{LAST: json.dumps(asdict(record), ensure_ascii=True)})


def keep_earlier(ledger: Ledger, runs: Sequence[Record]) -> None:
    """Note the runs before this one."""
    ledger.set_meta(**{BEFORE: json.dumps([asdict(one) for one in runs[-MOST_RUNS:]], ensure_ascii=True)})


def take_earlier(ledger: Ledger) -> Earlier:
    """Give what earlier runs tell of how long the next one takes, and keep it: a run begins by forgetting its cases."""
    noted = _load(ledger, COUNTED)
    before = noted if isinstance(noted, dict) else {}
    pages: dict[str, tuple[int, int]] = {}
    for row in ledger.cases():
        if row.pages:
            pages[row.case_id] = (row.pages, row.pages_read)
        elif row.case_id in before and row.status == "waiting":
            counted, read = before[row.case_id]
            pages[row.case_id] = (int(counted), int(read))
    ledger.set_meta(**{COUNTED: json.dumps(pages, ensure_ascii=True)})
    last = last_run(ledger)
    return Earlier(pages, last.reading if last else None, last.judging if last else None)


def local_time(seconds: float) -> str:
    """Write a time as the clock on the wall of this machine has it."""
    return f"{dt.datetime.fromtimestamp(seconds).astimezone():%Y-%m-%d %H:%M}"
