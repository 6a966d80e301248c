"""Measured figures of one machine → how many files a night, by cores and GPUs. Pure arithmetic; nothing is made up.

What is not measured is derived by two stated assumptions: each doubling of the workers costs as much as the doublings
that were measured, and one coordinator can spend at most one core on its pages. Where there is no figure (GPUs, unless
one is given), there is none in the table either.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Self

CORES = (1, 2, 4, 8, 16, 32, 64)
GPUS = (1, 2, 4, 8)
FILES = (300, 5_000, 100_000)
NIGHTS_A_MONTH = 22
NIGHTS_A_YEAR = 250
"""Nights before a working day."""

Source = Literal["measured", "derived", "given", "unknown"]


@dataclass(frozen=True, slots=True)
class Basis:
    """What was measured: pages a second by number of workers, and what a page costs.

    `coordinator_seconds`: processor seconds of the coordinator for a page. `disk_bytes`: of the run folder for a page.
    """

    paces: Mapping[int, float]
    coordinator_seconds: float
    disk_bytes: int
    memory_mb: int
    start_seconds: float

    @classmethod
    def of_figures(cls, figures: Mapping[str, Any]) -> Self:
        """Take them from what `bench --engine` found. Raises KeyError, TypeError or ValueError for other figures."""
        runs = sorted(figures["runs"], key=lambda run: int(run["workers"]))
        most = runs[-1]
        # ratios were taken round by round, which other work on the machine disturbs less than each pace by itself
        one = float(runs[0]["pages_per_second"])
        paces = {int(run["workers"]): one * float(run["times_one_worker"]) for run in runs}
        if min(paces) != 1 or not one > 0:
            raise ValueError("no pace of one worker")
        return cls(
            paces,
            float(most["coordinator_cpu_seconds_per_page"]),
            int(figures["run_bytes_per_page"]),
            int(most["peak_mb_per_worker"]),
            float(most["start_seconds"]),
        )

    @property
    def most_workers(self) -> int:
        return max(self.paces)

    @property
    def kept_by_doubling(self) -> float | None:
        """Which share of the doubled pace is left after each doubling of the workers; None with one worker alone.

        At most 1: better than double is chance.
        """
        workers = self.most_workers
        if workers == 1:
            return None
        share = self.paces[workers] / (workers * self.paces[1])
        return min(1.0, math.pow(share, 1 / math.log2(workers)))

    @property
    def most_pages_per_second(self) -> float:
        """More than that no single coordinator can take in."""
        return 1 / self.coordinator_seconds

    def pace(self, cores: int) -> tuple[float | None, Source]:
        """Pages a second of so many cores, one worker each, and where that comes from; without the coordinator."""
        if cores in self.paces:
            return self.paces[cores], "measured"
        kept = self.kept_by_doubling
        if kept is None:
            return None, "unknown"
        return self.paces[1] * cores * math.pow(kept, math.log2(cores)), "derived"

    @property
    def cores_of_a_coordinator(self) -> int | None:
        """How many cores are the most that one coordinator can keep busy; None where that cannot be derived."""
        kept = self.kept_by_doubling
        if kept is None:
            return None
        cores = math.pow(self.most_pages_per_second / self.paces[1], 1 / (1 + math.log2(kept)))
        return max(1, math.floor(cores + 1e-9))


@dataclass(frozen=True, slots=True)
class Night:
    """What is wanted: hours of a night, pages of a file, and a GPU's pages a second, where somebody measured that."""

    hours: float
    pages_per_file: float
    gpu_pages_per_second: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One size of machine. `count`: its cores, or its GPUs. What is not known is None.

    `coordinator_load`: the share of a core that the coordinator needs; at 1 it `bounds` the pace, which then is no more
    than it can take in. `nights`: until so many files are done; `machines_*`: for the largest number of files.
    """

    count: int
    source: Source
    pages_per_second: float | None = None
    coordinator_load: float | None = None
    bound: bool = False
    files_per_night: int | None = None
    nights: tuple[int | None, ...] = (None,) * len(FILES)
    machines_month: int | None = None
    machines_year: int | None = None


def core_rows(basis: Basis, night: Night, cores: Sequence[int] = CORES) -> tuple[Row, ...]:
    """Give a row for each number of cores, and for the number that was measured."""
    sizes = sorted({*cores, basis.most_workers})
    return tuple(_row(count, *basis.pace(count), basis, night) for count in sizes)


def gpu_rows(basis: Basis, night: Night, gpus: Sequence[int] = GPUS) -> tuple[Row, ...]:
    """Give a row for each number of GPUs: without figures, unless a GPU's pace is given."""
    each = night.gpu_pages_per_second
    if each is None:
        return tuple(Row(count, "unknown") for count in gpus)
    return tuple(_row(count, count * each, "given", basis, night) for count in gpus)


def _row(count: int, pace: float | None, source: Source, basis: Basis, night: Night) -> Row:
    if pace is None:
        return Row(count, source)
    bound = pace > basis.most_pages_per_second
    pace = min(pace, basis.most_pages_per_second)
    seconds = max(0.0, night.hours * 3600 - basis.start_seconds)
    files = math.floor(pace * seconds / night.pages_per_file)
    nights = tuple(math.ceil(wanted / files) if files else None for wanted in FILES)
    last = nights[-1]
    return Row(
        count,
        source,
        pace,
        pace * basis.coordinator_seconds,
        bound,
        files,
        nights,
        math.ceil(last / NIGHTS_A_MONTH) if last else None,
        math.ceil(last / NIGHTS_A_YEAR) if last else None,
    )


def disk_gigabytes(basis: Basis, night: Night, files: int) -> float:
    """What the run folders of so many files take, in 10^9 bytes."""
    return basis.disk_bytes * night.pages_per_file * files / 1e9
