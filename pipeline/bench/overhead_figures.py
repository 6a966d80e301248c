"""Runs and bare loops → what the engine costs, and what workers gain. Pure: no clock, no file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pipeline.bench.figures import Figures
from pipeline.bench.traced import LOAD, READ, Noted


@dataclass(frozen=True, slots=True)
class Bare:
    """One bare loop: its process was started at `began`, the last job had ended at `ended`."""

    began: float
    ended: float
    jobs: tuple[Noted, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """One run: when it began and ended, its jobs, the bytes of its folder, and its coordinator's processor seconds.

    `coordinator_start_cpu`: those of them until the engine was loaded, which do not grow with the pages.
    """

    workers: int
    began: float
    ended: float
    coordinator_start_cpu: float
    coordinator_cpu: float
    jobs: tuple[Noted, ...]
    run_bytes: int


def overhead_figures(bare: Sequence[Bare], runs: Sequence[Run]) -> Figures:
    """Put repeats together: medians; ratios are taken within each round, then their median.

    `runs`: as many for each number of workers as there are bare loops, in the same order of rounds.
    """
    by_workers: dict[int, list[Run]] = defaultdict(list)
    for run in runs:
        by_workers[run.workers].append(run)
    single = by_workers[1]
    rounds = list(zip(single, bare, strict=True))
    walls = [overhead_of_walls(run, loop) for run, loop in rounds]
    processor = [overhead_of_processor(run, loop) for run, loop in rounds]
    idle = [idle_share(run) for run in single]
    outside = [outside_jobs(run) for run in single]
    pages = _pages(single[0])
    return {
        "bare": {
            "start_seconds": _middle(ready_at(loop.jobs, 1) - loop.began for loop in bare),
            "pages_per_second": _middle(pace(loop.jobs, loop.ended, 1) for loop in bare),
            "cpu_seconds_per_page": _middle(_cpu(loop.jobs) / _pages(loop) for loop in bare),
            "processor_share": _middle(processor_share(loop.jobs) for loop in bare),
        },
        "runs": [_row(same, single) for _, same in sorted(by_workers.items())],
        "overhead": {
            "of_walls": round(median(walls), 4),
            "of_walls_by_round": [round(share, 4) for share in walls],
            "of_processor": round(median(processor), 4),
            "of_processor_by_round": [round(share, 4) for share in processor],
            "outside_jobs": round(median(outside), 4),
            "outside_jobs_by_round": [round(share, 4) for share in outside],
            "idle": round(median(idle), 4),
            "idle_by_round": [round(share, 4) for share in idle],
        },
        "stages": {
            "bare": _stages([loop.jobs for loop in bare], pages),
            "one_worker": _stages([run.jobs for run in single], pages),
        },
        "jobs_failed": max(
            sum(job.failed for job in jobs) for jobs in (*(loop.jobs for loop in bare), *(run.jobs for run in runs))
        ),
        "run_bytes_per_page": round(median(run.run_bytes for run in single) / pages),
    }


def ready_at(jobs: Sequence[Noted], workers: int) -> float:
    """Tell when so many workers had loaded their engine; the last one's time where fewer ever did.

    Workers that took the place of others load anew; that is a cost of the run.
    """
    loaded: dict[int, float] = {}
    for job in jobs:
        if job.name == LOAD:
            loaded.setdefault(job.pid, job.ended)
    ends = sorted(loaded.values())
    return ends[min(workers, len(ends)) - 1]


def pace(jobs: Sequence[Noted], ended: float, workers: int) -> float:
    """Pages a second from when all workers are ready until everything is written.

    A page that was being read when the last worker got ready counts by what was left of it.
    """
    start = ready_at(jobs, workers)
    return sum(job.within(start) for job in jobs if job.name == READ) / (ended - start)


def overhead_of_walls(run: Run, loop: Bare) -> float:
    """What a run with one worker takes longer than the bare loop, as a share of the run; both once they are ready."""
    seconds = run.ended - ready_at(run.jobs, 1)
    return (seconds - (loop.ended - ready_at(loop.jobs, 1))) / seconds


def overhead_of_processor(run: Run, loop: Bare) -> float:
    """What a run with one worker and its coordinator spends more than the bare loop, as a share of the run's seconds.

    Processor seconds: other work on the machine hardly disturbs them. What the coordinator spends until the engine is
    loaded is left out: it does not grow with the pages.
    """
    spent = run.coordinator_cpu - run.coordinator_start_cpu + _cpu(run.jobs)
    return (spent - _cpu(loop.jobs)) / spent


def outside_jobs(run: Run) -> float:
    """The share of a run's processor seconds, loading left out, that is spent outside its jobs.

    The coordinator's, and the workers' on taking in jobs and giving back answers. One run by itself tells it, whatever
    else keeps the machine busy.
    """
    by_worker: dict[int, list[Noted]] = defaultdict(list)
    for job in sorted(run.jobs, key=lambda job: job.began):
        by_worker[job.pid].append(job)
    spent = inside = 0.0
    for own in by_worker.values():
        loaded = max((place for place, job in enumerate(own) if job.name == LOAD), default=0)
        spent += own[-1].cpu_so_far - own[loaded].cpu_so_far
        inside += sum(job.cpu for job in own[loaded + 1 :])
    coordinator = run.coordinator_cpu - run.coordinator_start_cpu
    return (coordinator + spent - inside) / (coordinator + spent)


def processor_share(jobs: Iterable[Noted]) -> float:
    """How much of a core those got who read pages: near 1 on an idle machine with a core for each."""
    reads = [job for job in jobs if job.name == READ]
    return sum(job.cpu for job in reads) / sum(job.seconds for job in reads)


def idle_share(run: Run) -> float:
    """The share of a run, from when its workers are ready to its last job's end, in which they did none of its jobs.

    Handing over is in it (passing answers and jobs, keeping results), and waiting for the last job of another worker.
    """
    start = ready_at(run.jobs, run.workers)
    busy = sum(job.seconds * job.within(start) for job in run.jobs)
    return 1 - busy / (run.workers * (_last(run.jobs) - start))


def handovers(jobs: Sequence[Noted]) -> list[float]:
    """Seconds between two jobs of one worker, once it has loaded its engine."""
    by_worker: dict[int, list[Noted]] = defaultdict(list)
    for job in sorted(jobs, key=lambda job: job.began):
        by_worker[job.pid].append(job)
    gaps = []
    for own in by_worker.values():
        names = [job.name for job in own]
        after = names.index(LOAD) + 1 if LOAD in names else 0
        gaps += [later.began - earlier.ended for earlier, later in pairwise(own[after:])]
    return gaps


def _last(jobs: Sequence[Noted]) -> float:
    return max(job.ended for job in jobs)


def _row(same: Sequence[Run], single: Sequence[Run]) -> Figures:
    """One number of workers: the medians of its runs. `single`: the runs with one worker, of the same rounds."""
    workers = same[0].workers
    times = median(
        pace(run.jobs, run.ended, workers) / pace(one.jobs, one.ended, 1) for run, one in zip(same, single, strict=True)
    )
    return {
        "workers": workers,
        "pages": _pages(same[0]),
        "start_seconds": _middle(ready_at(run.jobs, workers) - run.began for run in same),
        "end_seconds": _middle(run.ended - _last(run.jobs) for run in same),
        "seconds": _middle(run.ended - run.began for run in same),
        "pages_per_second": _middle(pace(run.jobs, run.ended, workers) for run in same),
        "times_one_worker": round(times, 3),
        "efficiency": round(times / workers, 4),
        "worker_cpu_seconds_per_page": _middle(_cpu(run.jobs) / _pages(run) for run in same),
        "coordinator_start_cpu_seconds": _middle(run.coordinator_start_cpu for run in same),
        "coordinator_cpu_seconds_per_page": _middle(
            (run.coordinator_cpu - run.coordinator_start_cpu) / _pages(run) for run in same
        ),
        "coordinator_share": _middle(run.coordinator_cpu / (run.coordinator_cpu + _cpu(run.jobs)) for run in same),
        "processor_share": _middle(processor_share(run.jobs) for run in same),
        "idle_share": _middle(idle_share(run) for run in same),
        "handover_seconds": _middle(gap for run in same for gap in handovers(run.jobs)),
        "peak_mb_per_worker": round(median(max(job.peak_mb for job in run.jobs) for run in same)),
    }


def _pages(one: Run | Bare) -> int:
    return sum(job.name == READ for job in one.jobs)


def _cpu(jobs: Iterable[Noted]) -> float:
    """Processor seconds of all processes that did jobs, from their start to their last one's end."""
    so_far: dict[int, float] = {}
    for job in jobs:
        so_far[job.pid] = max(job.cpu_so_far, so_far.get(job.pid, 0.0))
    return sum(so_far.values())


def _stages(repeats: Sequence[Sequence[Noted]], pages: int) -> dict[str, float]:
    """Seconds a page of each kind of job, loading left out, in the order of a case; median over the repeats."""
    names = dict.fromkeys(job.name for jobs in repeats for job in jobs if job.name != LOAD)
    return {
        name: _middle(sum(job.seconds for job in jobs if job.name == name) / pages for jobs in repeats)
        for name in names
    }


def _middle(values: Iterable[float]) -> float:
    """Median, 0 of nothing."""
    held = list(values)
    return round(median(held), 5) if held else 0.0
