"""How many pages a second the ledger takes, and beside it what else could keep them: files, SQLite to the disk.

Every page is kept as the coordinator keeps it, one by one, with the content of real readings. Ledger and peers take
turns; each turn begins with an empty folder.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import shutil
import sqlite3
import tempfile
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from multiprocessing.synchronize import Event
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING

from pipeline.batch.engine import Job
from pipeline.batch.local import LocalEngine
from pipeline.batch.work import read
from pipeline.bench.figures import Figures
from pipeline.bench.machine import describe_machine
from pipeline.bench.sample import choose, opened_case
from pipeline.config import Settings
from pipeline.intake.discover import discover
from pipeline.problems import EngineError
from pipeline.store.ledger import CaseRow, FileRow, Ledger, PageRow, Place, Reader

if TYPE_CHECKING:
    from pipeline.bench.measure import OnPage

SCHEMA = 1
ROUNDS = 3
PAGES_PER_CASE = 80
LOOK_SECONDS = 0.005
"""The reader beside rests so long between two looks at all cases and pages: a person's `prescreen status` is rarer."""
TITLES = {
    "ledger": "prescreen 账本",
    "ledger_watched": "prescreen 账本, 另有进程不断查看",
    "sqlite_full": "SQLite, 每页写到盘 (synchronous=FULL)",
    "files": "每页一个文件, fsync 后改名",
}
Keep = Callable[[int, bytes], None]


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn: seconds of each commit, in order, and of closing (what was put off is done then).

    `looks`: how often somebody looked meanwhile.
    """

    keeper: str
    seconds: tuple[float, ...]
    closing: float = 0.0
    looks: int = 0

    @property
    def pace(self) -> float:
        """Pages a second, closing included."""
        return len(self.seconds) / (sum(self.seconds) + self.closing)


def measure_commits(
    folder: Path,
    where: Path | None,
    settings: Settings,
    *,
    pages: int,
    commits: int,
    on_step: Callable[[str, int], OnPage],
) -> Figures:
    """Keep `commits` pages in turns, with the readings of about `pages` pages of the batch `folder` over and over.

    They are kept in a temporary folder under `where` (default: that of the system), gone afterwards. Raises
    `InputError` where the batch has no page and `EngineError` where none can be read.
    """
    machine = describe_machine(1)
    with tempfile.TemporaryDirectory(prefix="prescreen-bench-", dir=where, ignore_cleanup_errors=True) as work:
        root = Path(work)
        contents = real_readings(folder, settings, root, pages, on_step("识别样本页", pages))
        turns = []
        on_page = on_step("账本", ROUNDS * len(TITLES))
        for number in range(ROUNDS):
            names = list(TITLES)
            for name in reversed(names) if number % 2 else names:
                place = root / "turn"
                place.mkdir()
                turns.append(keep_in_turn(name, place, contents, max(1, commits // ROUNDS)))
                shutil.rmtree(place, ignore_errors=True)
                on_page()
    return {
        "schema": SCHEMA,
        "machine": machine,
        "folder": str(where or tempfile.gettempdir()),
        "sample": {"pages": len(contents), "bytes_per_page": round(sum(map(len, contents)) / len(contents))},
        **commit_figures(turns),
    }


def commit_figures(turns: Sequence[Turn]) -> Figures:
    """Give the pace of each keeper (median of its turns), its slow commits, and the ledger's times each peer's pace."""
    keepers = []
    paces: dict[str, float] = {}
    for name, title in TITLES.items():
        own = [turn for turn in turns if turn.keeper == name]
        every = sorted(second for turn in own for second in turn.seconds)
        paces[name] = median(turn.pace for turn in own)
        keepers.append(
            {
                "keeper": name,
                "title": title,
                "commits": len(every),
                "commits_per_second": round(paces[name], 1),
                "slowest_percent_ms": round(1000 * quantiles(every, n=100)[-1], 3),
                "slowest_ms": round(1000 * every[-1], 3),
                "looks": sum(turn.looks for turn in own),
            }
        )
    return {
        "keepers": keepers,
        "ratios": {
            "ledger_over_sqlite_full": round(paces["ledger"] / paces["sqlite_full"], 2),
            "ledger_over_files": round(paces["ledger"] / paces["files"], 2),
            "watched_over_alone": round(paces["ledger_watched"] / paces["ledger"], 2),
        },
    }


def real_readings(folder: Path, settings: Settings, root: Path, pages: int, on_page: OnPage) -> tuple[bytes, ...]:
    """Read up to `pages` pages of a batch and give their packed readings. Raises `EngineError` where none is read."""
    contents: list[bytes] = []
    limits = settings.limits
    with LocalEngine(1, threads=settings.ocr.threads, memory_mb=limits.memory_mb) as engine:
        sample = choose(folder, pages, engine, root, limits)
        for source in discover(sample.folder).cases:
            found = opened_case(source, engine, root, limits)
            for file in found.files if found else ():
                for index in range(min(file.pages, pages - len(contents))):
                    engine.start(Job(read, (file, index, settings.ocr, limits), float(limits.seconds_per_page)))
                    done = engine.wait()
                    contents += [done.value] if done.fault is None else []
                    on_page()
    if not contents:
        raise EngineError("样本里没有一页被读出", "请运行 prescreen doctor 检查引擎和模型文件")
    return tuple(contents)


def keep_in_turn(name: str, place: Path, contents: Sequence[bytes], count: int) -> Turn:
    """Keep `count` pages, those of `contents` over and over, in the way called `name`, in an empty folder."""
    looks = 0
    if name == "files":
        return Turn(name, _timed(_files(place), contents, count))
    if name == "sqlite_full":
        with closing(sqlite3.connect(place / "peer.db", isolation_level=None)) as database:
            seconds = _timed(_database(database), contents, count)
            began = time.perf_counter()
    else:
        with Ledger(place / "ledger.db") as ledger:
            keep = _ledger(ledger, count)
            if name == "ledger":
                seconds = _timed(keep, contents, count)
            else:
                seconds, looks = _watched(place / "ledger.db", keep, contents, count)
            began = time.perf_counter()
    return Turn(name, seconds, time.perf_counter() - began, looks)


def _timed(keep: Keep, contents: Sequence[bytes], count: int) -> tuple[float, ...]:
    seconds = []
    for number in range(count):
        began = time.perf_counter()
        keep(number, contents[number % len(contents)])
        seconds.append(time.perf_counter() - began)
    return tuple(seconds)


def _place(number: int) -> Place:
    """Case and page in it (from 1)."""
    return f"bench{number // PAGES_PER_CASE:05d}", number % PAGES_PER_CASE + 1


@cache
def _key(case_id: str) -> str:
    return hashlib.sha256(case_id.encode()).hexdigest()


def _ledger(ledger: Ledger, count: int) -> Keep:
    """Keep a page as the coordinator does: its reading, and what became of every place where it stands, in one go."""
    reader = Reader("page", "1", "bench", "{}")
    ledger.note_reader(reader)
    places = [_place(number) for number in range(count)]
    cases = list(dict.fromkeys(case_id for case_id, _ in places))
    ledger.begin_cases(cases)
    for position, case_id in enumerate(cases):
        pages = [page for case, page in places if case == case_id]
        rows = [PageRow(case_id, page, f"{case_id}.pdf", page, _key(case_id)) for page in pages]
        files = [FileRow(case_id, f"{case_id}.pdf", _key(case_id), len(rows))]
        ledger.open_case(CaseRow(case_id, position, "reading", len(rows)), files, rows)

    def keep(number: int, content: bytes) -> None:
        case_id, page = place = _place(number)
        ledger.keep_result(_key(case_id), page - 1, reader, content, seconds=0.1, places=[place])

    return keep


def _database(database: sqlite3.Connection) -> Keep:
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    database.execute("CREATE TABLE kept (file TEXT, page INTEGER, content BLOB, PRIMARY KEY (file, page))")

    def keep(number: int, content: bytes) -> None:
        case_id, page = _place(number)
        database.execute("INSERT INTO kept VALUES (?, ?, ?)", (_key(case_id), page, content))

    return keep


def _files(place: Path) -> Keep:
    def keep(number: int, content: bytes) -> None:
        path = place / "{}-{}".format(*_place(number))
        with path.with_suffix(".part").open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        path.with_suffix(".part").replace(path)

    return keep


def _watched(path: Path, keep: Keep, contents: Sequence[bytes], count: int) -> tuple[tuple[float, ...], int]:
    """Commit while a process beside looks at the ledger, as `prescreen status` does, without end."""
    context = multiprocessing.get_context("spawn")
    begun, enough, looks = context.Event(), context.Event(), context.SimpleQueue()
    process = context.Process(target=_look, args=(path, begun, enough, looks), daemon=True)
    process.start()
    try:
        if not begun.wait(60):
            raise EngineError("查看账本的进程没有启动", "请重新测量")
        seconds = _timed(keep, contents, count)
    finally:
        enough.set()
        process.join()
    return seconds, 0 if looks.empty() else looks.get()  # who looked may have been killed


def _look(path: Path, begun: Event, enough: Event, looks: multiprocessing.SimpleQueue[int]) -> None:
    count = 0
    while not enough.is_set():
        with Ledger(path, read_only=True) as ledger:
            ledger.cases()
            deque(ledger.pages(), maxlen=0)
        count += 1
        begun.set()
        time.sleep(LOOK_SECONDS)
    looks.put(count)
