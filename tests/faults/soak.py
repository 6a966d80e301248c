"""A soak: one process runs changing batches for minutes while things go wrong, and nothing of it may grow.

    python tests/faults/soak.py --minutes 5 [--reader real|stand-in] [--seed N] [--work DIR]

Between and during the rounds pages are replaced, cases come and go, bad files turn up and vanish, and workers are
killed. After every round the coordinator's memory, open files, threads and children and the run folder are measured.
Exit code 0 if no round failed, nothing grows and the run folder agrees with itself at the end.
"""

import argparse
import contextlib
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import psutil
from PIL import Image
from PIL.PngImagePlugin import PngInfo

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(HERE)]

from bad_inputs import good_pages  # noqa: E402

from pipeline.batch.audit import audit  # noqa: E402

CASES = 5
PAGES = 3
BAD = {
    "empty.pdf": b"",
    "words.pdf": "这不是 PDF".encode() * 50,
    "cut.jpg": b"\xff\xd8\xff\xe0cut",
    "cut.zip": b"PK\x03\x04" + bytes(500),
    "broken.pdf": b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n",
}
MEASURES = {"rss": (0.10, 16_000_000), "handles": (0.0, 4), "threads": (0.0, 2), "children": (0.0, 1),
            "others": (0.35, 400_000), "files": (0.35, 12)}  # fmt: skip
"""What may not grow: by which share, and by how much, the last rounds may lie above earlier ones."""
LEDGER_BYTES_A_PAGE = 40_000
"""The ledger keeps what was read, and so grows with the pages that are new; by so much for each at most."""


@dataclass(slots=True)
class Soak:
    """The rounds of a soak, and what was done to it."""

    rounds: list[dict[str, float]] = field(default_factory=list)
    acts: dict[str, int] = field(default_factory=dict)
    clean: str = ""
    code: int = 0
    left: list[str] = field(default_factory=list)
    worker: float = 0.0

    def growth(self, measure: str) -> tuple[float, float]:
        """Medians of a measure in the second quarter of the rounds, and in the last; the first quarter warms up."""
        values = [each[measure] for each in self.rounds[:-1]]
        quarter = max(1, len(values) // 4)
        return statistics.median(values[quarter : 2 * quarter]), statistics.median(values[-quarter:])

    def grows(self, measure: str) -> bool:
        """Tell whether the last rounds hold clearly more than earlier ones did."""
        share, slack = MEASURES[measure]
        before, after = self.growth(measure)
        return after > before * (1 + share) + slack

    def table(self) -> Iterator[tuple[str, str, bool]]:
        """What was measured, its value, whether it is as it must be."""
        codes = sorted({int(each["code"]) for each in self.rounds})
        read = [each.get("read", 0) for each in self.rounds]
        yield "rounds, pages read in them", f"{len(read)}, {sum(read):.0f}", True
        yield "what was done", ", ".join(f"{name} {number}" for name, number in sorted(self.acts.items())), True
        yield "exit codes of the rounds", str(codes), set(codes) <= {0, 1}
        for measure in MEASURES:
            before, after = self.growth(measure)
            yield f"{measure}: early, late", f"{before:,.0f}, {after:,.0f}", not self.grows(measure)
        grown = (self.rounds[-1]["ledger"] - self.rounds[0]["ledger"]) / max(1, sum(read[1:]))
        yield "ledger, bytes for a new page", f"{grown:,.0f}", grown <= LEDGER_BYTES_A_PAGE
        yield "most that a worker held", f"{self.worker:.0f} MB", True
        yield "exit code of the last round", str(self.code), self.code in (0, 1)
        yield "audit", self.clean, self.clean == "clean"
        yield "left behind", ", ".join(self.left) or "nothing", not self.left

    @property
    def ok(self) -> bool:
        return all(good for _, _, good in self.table())

    def __str__(self) -> str:
        return "\n".join(f"{'ok ' if good else 'BAD'} {name:<34}{value}" for name, value, good in self.table())


class User:
    """Somebody who changes the batch at random while it is read."""

    def __init__(self, batch: Path, aside: Path, pages: Sequence[Path], dice: random.Random) -> None:
        self._batch, self._aside, self._pages, self._dice = batch, aside, pages, dice
        self._number = 0
        aside.mkdir(parents=True)
        for case in range(CASES):
            for page in range(PAGES):
                self._page(batch / f"案{case}" / f"{page}.png")

    def _page(self, path: Path) -> None:
        """Lay a page there that was never read before."""
        self._number += 1
        told = PngInfo()
        told.add_text("Comment", str(self._number))
        path.parent.mkdir(parents=True, exist_ok=True)
        part = self._aside / "part.png"
        if self._pages:
            with Image.open(self._pages[self._number % len(self._pages)]) as page:
                page.save(part, pnginfo=told)
        else:
            noise = np.random.default_rng(self._number).integers(0, 255, (140, 100, 3), np.uint8)
            Image.fromarray(noise).save(part)
        part.replace(path)

    def act(self) -> str:
        """Do something; tells what."""
        case = self._batch / f"案{self._dice.randrange(CASES)}"
        away = self._aside / case.name
        what = self._dice.choice(["replace", "replace", "bad file", "good again", "away", "back"])
        if what == "replace" and case.exists():
            self._page(case / f"{self._dice.randrange(PAGES)}.png")
        elif what == "bad file" and case.exists():
            name = self._dice.choice(sorted(BAD))
            (case / name).write_bytes(BAD[name])
        elif what == "good again" and case.exists():
            for name in BAD:
                (case / name).unlink(missing_ok=True)
        elif what == "away" and case.exists() and sum(1 for _ in self._batch.iterdir()) > 2:
            case.replace(away)
        elif what == "back" and away.exists():
            away.replace(case)
        else:
            return "nothing"
        return what


def soak(work: Path, seconds: float, *, reader: str = "real", seed: int = 1, calm: float = 1.0) -> Soak:
    """Soak for so many seconds in folders below `work`; something happens every `calm` seconds or so."""
    dice, control = random.Random(seed), work / "control"
    (control / "reads").mkdir(parents=True)
    (control / "reader").write_text(reader, "utf-8")
    user = User(work / "batch", work / "aside", good_pages() if reader == "real" else (), dice)
    found = Soak()
    arguments = [str(work / name) for name in ("batch", "RUN", "control")]
    with (control / "log.txt").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, str(HERE / "soak_run.py"), *arguments], stdout=log, stderr=log, cwd=ROOT
        )
    end, ours = time.monotonic() + seconds, psutil.Process(process.pid)
    while time.monotonic() < end and process.poll() is None:
        pause = time.monotonic() + dice.uniform(0.2, 1.8) * calm
        while time.monotonic() < pause:
            with contextlib.suppress(psutil.Error):
                for child in ours.children():
                    found.worker = max(found.worker, child.memory_info().rss / 2**20)
            time.sleep(0.1)
        what = kill_a_worker(ours, dice) if dice.random() < 0.3 else user.act()
        found.acts[what] = found.acts.get(what, 0) + 1
    (control / "stop").touch()
    found.code = process.wait()
    found.rounds = [json.loads(line) for line in (control / "rounds.jsonl").read_text("utf-8").splitlines()]
    result = audit(work / "RUN")
    found.clean = "clean" if result.clean else f"{result.standing} {result.discrepancies[:3]}"
    found.left = [name for name in (".work",) if (work / "RUN" / name).exists()]
    return found


def kill_a_worker(process: psutil.Process, dice: random.Random) -> str:
    """Kill one of a process's children, if it has any; tells what was done."""
    with contextlib.suppress(psutil.Error):
        if children := process.children():
            dice.choice(children).kill()
            return "kill"
    return "nothing"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--reader", choices=("real", "stand-in"), default="real")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--calm", type=float, default=2.0, help="seconds between two things that happen, about")
    parser.add_argument("--work", type=Path, help="keep everything in this folder, which must not exist")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        work = given.work or Path(scratch) / "soak"
        found = soak(work, given.minutes * 60, reader=given.reader, seed=given.seed, calm=given.calm)
    print(found)
    return 0 if found.ok else 1


if __name__ == "__main__":
    sys.exit(main())
