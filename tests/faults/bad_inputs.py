"""Bad files among good pages: each in a case folder of its own between two good pages, all in one batch, read for real.

    python tests/faults/bad_inputs.py FOLDER [--workers 2] [--reader real|stand-in] [--work DIR]

For every file of FOLDER it prints what became of it: pages read, codes, the longest time that a page of it took. It
ends with 0 when every good page was read, every bad file has an outcome with a code or pages, no worker held more than
its ceiling and no page took longer than its deadline, and the run folder agrees with itself.
"""

import argparse
import contextlib
import json
import sqlite3
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from PIL import Image
from PIL.PngImagePlugin import PngInfo

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(HERE)]

from kill_storm import Run  # noqa: E402

from pipeline.batch.audit import audit  # noqa: E402
from pipeline.config import load_settings  # noqa: E402
from pipeline.store.ledger import Ledger, PageRow  # noqa: E402

GOOD = ("00 good.png", "zz good.png")
SLACK_SECONDS = 20.0
"""What ending a worker whose deadline has passed may take on a loaded machine."""


@dataclass(slots=True)
class Outcome:
    """What became of one bad file. `codes`: of its file and pages, each with how often."""

    name: str
    status: str
    good: int
    read: int
    codes: dict[str, int]
    seconds: float

    @property
    def ok(self) -> bool:
        return self.good == len(GOOD) and (self.read > 0 or bool(self.codes))

    def __str__(self) -> str:
        told = " ".join(f"{code}x{number}" if number > 1 else code for code, number in self.codes.items())
        return (
            f"{'ok ' if self.ok else 'BAD'} {self.name[:52]:<52} {self.status:<9} good {self.good}/{len(GOOD)}"
            f"  read {self.read:>4}  {told:<24} {self.seconds:5.1f} s"
        )


@dataclass(slots=True)
class Watch:
    """The most that one process of a run held, in MB, and all of them together; looked at ten times a second."""

    process: psutil.Process
    worker: float = 0.0
    coordinator: float = 0.0
    _stop: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> "Watch":
        threading.Thread(target=self._look, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()

    def _look(self) -> None:
        while not self._stop.wait(0.1):
            try:
                self.coordinator = max(self.coordinator, self.process.memory_info().rss / 2**20)
                for child in self.process.children(recursive=True):
                    self.worker = max(self.worker, child.memory_info().rss / 2**20)
            except psutil.Error:
                continue


def good_pages() -> list[Path]:
    return sorted((ROOT / "sample_scans" / "cases" / "s05").rglob("*.jpg"))


def mix(files: list[Path], batch: Path) -> dict[str, str]:
    """Make a case for every file; which case is whose."""
    pages = good_pages()
    cases = {}
    for number, file in enumerate(files):
        case = batch / f"{number:03d}"
        case.mkdir(parents=True)
        for place, name in enumerate(GOOD):
            told = PngInfo()
            told.add_text("Comment", f"{number} {place}")  # another content, so that it is really read
            with Image.open(pages[(2 * number + place) % len(pages)]) as page:
                page.save(case / name, pnginfo=told)
        (case / f"bad {file.name}").write_bytes(file.read_bytes())
        cases[case.name] = file.name
    return cases


def outcomes(run_folder: Path, cases: dict[str, str]) -> list[Outcome]:
    """Take from the ledger and the cases' JSON what became of each bad file."""
    found = []
    with Ledger(run_folder / "ledger.db", read_only=True) as ledger:
        rows: dict[str, list[PageRow]] = {}
        for row in ledger.pages():
            rows.setdefault(row.case_id, []).append(row)
    with contextlib.closing(sqlite3.connect(run_folder / "ledger.db")) as database:
        known = database.execute("SELECT file_sha256, page, seconds FROM results")
        seconds = {(sha256, page): float(taken) for sha256, page, taken in known}
    for case_id, name in cases.items():
        case = json.loads((run_folder / "cases" / f"{case_id}.json").read_text("utf-8"))
        bad = [row for row in rows.get(case_id, []) if row.file not in GOOD]
        codes: dict[str, int] = {}
        for error in (*case["errors"], *case["notes"]):
            if error["file"] not in GOOD:
                codes[error["code"]] = codes.get(error["code"], 0) + 1
        good = sum(row.state == "read" and row.file in GOOD for row in rows.get(case_id, []))
        longest = max((seconds.get((row.file_sha256, row.file_page - 1), 0.0) for row in bad), default=0.0)
        read = sum(row.state == "read" for row in bad)
        found.append(Outcome(name, case["status"], good, read, codes, longest))
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--reader", choices=("real", "stand-in"), default="real")
    parser.add_argument("--work", type=Path, help="keep everything in this folder, which must not exist")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        return examine(given.folder, given.work or Path(scratch) / "mixed", given.workers, given.reader)


def examine(folder: Path, work: Path, workers: int, reader: str) -> int:
    """Run the mixed batch and print what became of each file."""
    limits = load_settings().limits
    cases = mix(sorted(path for path in folder.iterdir() if path.is_file()), work / "batch")
    run = Run(work / "batch", work / "RUN", work / "control", workers, reader)
    began = time.monotonic()
    run.start()
    assert run.process is not None
    with Watch(psutil.Process(run.process.pid)) as watch:
        code = run.process.wait()
    found = outcomes(work / "RUN", cases)
    for outcome in found:
        print(outcome)
    agreed = audit(work / "RUN")
    longest, most = max(outcome.seconds for outcome in found), limits.seconds_per_page
    checks = [
        ("files, good pages", f"{len(found)}, {sum(o.good for o in found)}", all(o.ok for o in found)),
        ("exit code", str(code), code in (0, 1)),
        ("most that a worker held", f"{watch.worker:.0f} of {limits.memory_mb} MB", watch.worker <= limits.memory_mb),
        ("most that the coordinator held", f"{watch.coordinator:.0f} MB", True),
        ("longest page", f"{longest:.1f} of {most} s", longest <= most + SLACK_SECONDS),
        ("audit", "clean" if agreed.clean else str(agreed.discrepancies[:3]), agreed.clean),
        ("seconds in all", f"{time.monotonic() - began:.0f}", True),
    ]  # fmt: skip
    for name, value, good in checks:
        print(f"{'ok ' if good else 'BAD'} {name:<34}{value}")
    return 0 if all(good for _, _, good in checks) else 1


if __name__ == "__main__":
    sys.exit(main())
