"""A storm of SIGKILLs over a batch: workers and the coordinator die at random, and nothing may come of it.

    python tests/faults/kill_storm.py --kills 50 --batch sample_scans/cases --pages 200 [--seed N] [--workers 2]

The batch is read once undisturbed and once under fire: at random moments spread over the run one of its processes is
killed; when it is the coordinator, the same command is started again, as a person or a service manager would do. Then
both run folders are compared. Exit code 0 if everything holds. With `--reader stand-in` pages are not really read.
"""

import argparse
import contextlib
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(HERE)]

from pipeline.config import load_settings  # noqa: E402
from pipeline.intake.discover import discover  # noqa: E402
from pipeline.intake.open_case import open_case  # noqa: E402
from pipeline.intake.page import close_files  # noqa: E402
from pipeline.store.ledger import Ledger  # noqa: E402
from pipeline.store.workspace import Workspace  # noqa: E402

CONTENT = ("cases", "cases_html", "assets")
GAVE_UP = ("P203", "P204", "P205", "P210", "F115", "F116", "F130", "F131")
"""What a page, file or case is given up for when its worker died, was too slow or too large, or broke."""
KILLED = -9
ENGINE_STARTS = 400.0
"""Seconds in which a run must begin to read on a loaded machine."""


@dataclass(slots=True)
class Figures:
    """What the storm did and what came of it."""

    pages: int = 0
    workers: int = 0
    worker_kills: int = 0
    coordinator_kills: int = 0
    starts: int = 0
    ended_by_itself: list[int] = field(default_factory=list)
    reads: int = 0
    committed: int = 0
    committed_twice: int = 0
    given_up: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)
    left_behind: list[str] = field(default_factory=list)
    audit: str = ""
    seconds_whole: float = 0.0
    seconds_storm: float = 0.0

    @property
    def kills(self) -> int:
        return self.worker_kills + self.coordinator_kills

    @property
    def most_reads(self) -> int:
        return self.pages + self.workers * self.kills

    def table(self) -> list[tuple[str, str, bool]]:
        """What was measured, its value, whether it is as it must be."""
        return [
            ("pages (distinct by content)", str(self.pages), self.pages > 0),
            ("workers", str(self.workers), True),
            ("kills", f"{self.kills} (workers {self.worker_kills}, coordinator {self.coordinator_kills})", True),
            ("times the command was given", str(self.starts), True),
            ("exit codes of runs that were not killed", str(self.ended_by_itself), set(self.ended_by_itself) == {0}),
            ("reads begun", f"{self.reads} (at most {self.most_reads})", self.reads <= self.most_reads),
            ("page results committed", str(self.committed), self.committed == self.pages),
            ("pages committed twice", str(self.committed_twice), self.committed_twice == 0),
            ("given up", ", ".join(self.given_up) or "none", not self.given_up),
            ("files unlike the undisturbed run's", ", ".join(self.differing[:5]) or "none", not self.differing),
            ("left behind", ", ".join(self.left_behind) or "nothing", not self.left_behind),
            ("audit", self.audit, self.audit.startswith("clean")),
            ("seconds undisturbed, under fire", f"{self.seconds_whole:.0f}, {self.seconds_storm:.0f}", True),
        ]

    @property
    def ok(self) -> bool:
        return all(good for _, _, good in self.table())

    def __str__(self) -> str:
        return "\n".join(f"{'ok ' if good else 'BAD'} {name:<42}{value}" for name, value, good in self.table())


@dataclass(frozen=True, slots=True)
class Kill:
    """When `after` pages were begun, and `seconds` later, somebody dies."""

    after: int
    seconds: float
    coordinator: bool


def plan(kills: int, pages: int, shortest: float, longest: float, dice: random.Random) -> list[Kill]:
    """Spread kills over the whole run, the last ones over what comes after reading."""
    moments = sorted(dice.randint(0, pages) for _ in range(kills))
    return [Kill(after, dice.uniform(shortest, longest), dice.random() < 0.4) for after in moments]


def take_cases(batch: Path, folder: Path, pages: int) -> Path:
    """Copy whole cases, in their order, until they have so many pages (0: all)."""
    folder.mkdir(parents=True)
    limits, taken = load_settings().limits, 0
    for source in discover(batch).cases:
        if pages and taken >= pages:
            break
        if pages:
            with tempfile.TemporaryDirectory() as work:
                taken += sum(file.pages for file in open_case(source, Path(work), limits).files)
        copy = shutil.copytree if source.path.is_dir() else shutil.copyfile
        copy(source.path, folder / source.path.name)
    close_files()
    return folder


class Run:
    """The command, its run folder, and the traces that its readers leave."""

    def __init__(self, batch: Path, out: Path, control: Path, workers: int, reader: str) -> None:
        self.out, self.control = out, control
        arguments = [str(batch), str(out), str(control), str(workers)]
        self.command = [sys.executable, str(HERE / "storm_run.py"), *arguments]
        self.traces.mkdir(parents=True)
        (control / "reader").write_text(reader, "utf-8")
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def traces(self) -> Path:
        return self.control / "reads"

    def start(self) -> None:
        """Give the command, once more where it was given before."""
        with (self.control / "log.txt").open("ab") as log:
            self.process = subprocess.Popen(self.command, stdout=log, stderr=log, cwd=ROOT)

    def ended(self) -> int | None:
        assert self.process is not None
        return self.process.poll()

    def reads(self) -> tuple[int, int]:
        """How many reads were begun, and of how many pages."""
        sizes = [path.stat().st_size for path in self.traces.iterdir()]
        return sum(sizes), len(sizes)

    def kill_coordinator(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait(30)

    def workers(self) -> list[psutil.Process]:
        """List the coordinator's processes."""
        assert self.process is not None
        with contextlib.suppress(psutil.Error):
            return psutil.Process(self.process.pid).children(recursive=True)
        return []

    def kill_worker(self, dice: random.Random) -> bool:
        """Kill one of the coordinator's processes; False where it has none."""
        with contextlib.suppress(psutil.Error):
            if workers := self.workers():
                dice.choice(workers).kill()
                return True
        return False

    def to_the_end(self) -> int:
        """Give the command and let it be."""
        self.start()
        assert self.process is not None
        return self.process.wait()


def content(root: Path) -> dict[str, bytes]:
    """All that a run has to say, by path."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for folder in CONTENT
        for path in sorted((root / folder).rglob("*"))
        if path.is_file()
    }


def count_commits(run_folder: Path) -> None:
    """Have the ledger itself note every page result that is committed, in the same transaction."""
    Workspace(run_folder).create()
    with Ledger(Workspace(run_folder).ledger):
        pass
    with contextlib.closing(sqlite3.connect(Workspace(run_folder).ledger)) as database:
        database.execute("CREATE TABLE storm_commits (file_sha256 TEXT, page INTEGER)")
        for change in ("INSERT", "UPDATE"):
            database.execute(
                f"CREATE TRIGGER storm_{change} AFTER {change} ON results BEGIN"
                " INSERT INTO storm_commits VALUES (NEW.file_sha256, NEW.page); END"
            )
        database.commit()


def commits(run_folder: Path) -> list[int]:
    """How often each page was committed."""
    with contextlib.closing(sqlite3.connect(Workspace(run_folder).ledger)) as database:
        rows = database.execute("SELECT count(*) FROM storm_commits GROUP BY file_sha256, page").fetchall()
    return [int(row[0]) for row in rows]


def given_up(run_folder: Path) -> list[str]:
    """Codes of all that was given up, as the ledger's cases tell it."""
    with Ledger(Workspace(run_folder).ledger, read_only=True) as ledger:
        return sorted({p[0] for row in ledger.cases() for p in row.problems if p[0] in GAVE_UP})


def fire(run: Run, kills: list[Kill], figures: Figures, dice: random.Random) -> None:
    """Run the batch to its end while its processes are killed as planned."""
    run.start()
    figures.starts += 1
    for kill in kills:
        patience = time.monotonic() + ENGINE_STARTS
        while time.monotonic() < patience and run.ended() is None:
            if run.reads()[1] >= kill.after and (kill.coordinator or run.workers()):
                break
            time.sleep(0.02)
        time.sleep(kill.seconds)
        if run.ended() is not None:
            figures.ended_by_itself.append(int(run.ended() or 0))
            run.start()
            figures.starts += 1
            time.sleep(kill.seconds)
        if not kill.coordinator and run.kill_worker(dice):
            figures.worker_kills += 1
        else:
            run.kill_coordinator()
            figures.coordinator_kills += 1
            run.start()
            figures.starts += 1
    assert run.process is not None
    figures.ended_by_itself.append(run.process.wait())


def storm(
    batch: Path,
    work: Path,
    *,
    kills: int,
    workers: int = 2,
    seed: int = 1,
    reader: str = "real",
    interval: tuple[float, float] = (0.3, 4.0),
) -> Figures:
    """Run a batch undisturbed and under fire, in folders below `work`, and compare."""
    dice = random.Random(seed)
    whole = Run(batch, work / "WHOLE", work / "whole", workers, reader)
    began = time.monotonic()
    code = whole.to_the_end()
    if code:
        raise SystemExit(f"the undisturbed run ended with {code}: {(whole.control / 'log.txt').read_text('utf-8')}")
    figures = Figures(workers=workers, pages=whole.reads()[1], seconds_whole=time.monotonic() - began)
    shot = Run(batch, work / "STORM", work / "storm", workers, reader)
    count_commits(shot.out)
    began = time.monotonic()
    fire(shot, plan(kills, figures.pages, *interval, dice), figures, dice)
    figures.seconds_storm = time.monotonic() - began
    figures.reads = shot.reads()[0]
    times = commits(shot.out)
    figures.committed, figures.committed_twice = len(times), sum(n > 1 for n in times)
    figures.given_up = given_up(shot.out)
    one, other = content(whole.out), content(shot.out)
    figures.differing = sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))
    figures.left_behind = sorted(path.name for path in shot.out.iterdir() if path.name == ".work")
    figures.audit = audited(shot.out)
    return figures


def audited(run_folder: Path) -> str:
    """What `prescreen audit` says of a run folder."""
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "audit", str(run_folder)], capture_output=True, cwd=ROOT, check=False
    )
    words = (done.stdout + done.stderr).decode("utf-8", "replace").strip()
    return "clean" if done.returncode == 0 else f"exit code {done.returncode}: {words[-600:]}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--batch", type=Path, default=ROOT / "sample_scans" / "cases")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--pages", type=int, default=200, help="take whole cases until they have so many; 0: all")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--reader", choices=("real", "stand-in"), default="real")
    parser.add_argument("--work", type=Path, help="keep everything in this folder, which must not exist")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        work = given.work or Path(scratch) / "storm"
        batch = take_cases(given.batch, work / "batch", given.pages)
        figures = storm(batch, work, kills=given.kills, workers=given.workers, seed=given.seed, reader=given.reader)
    print(figures)
    return 0 if figures.ok else 1


if __name__ == "__main__":
    sys.exit(main())
