"""Measurements → the figures that are printed and written as JSON. Pure: no clock, no file."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from statistics import median
from typing import Any

from pipeline.bench.accuracy import Rates, error_rates, upright_error_rates
from pipeline.bench.jobs import Understood
from pipeline.bench.measure import Absent, Measured, Reading
from pipeline.bench.peers import TITLES
from pipeline.bench.stopwatch import INFERENCE
from pipeline.store.pages import unpack_page
from pipeline.summary.rows import page_text

Figures = dict[str, Any]
STAGES = ("image", "detection", "recognition", "rest")
MARGIN = 0.001
"""By how much a character error rate may be above the best peer's and still count as no worse: 0.1 points."""


def reader_figures(measured: Measured | Absent) -> Figures:
    """Give the figures of one reader; of one that is absent, why."""
    if isinstance(measured, Absent):
        return {"reader": measured.reader, "title": TITLES[measured.reader], "absent": measured.reason}
    costs = [r.cost for r in measured.readings if r.cost]
    count = len(measured.readings)
    peaks: dict[int, float] = defaultdict(float)
    for cost in costs:
        peaks[cost.worker] = max(peaks[cost.worker], cost.peak_mb)
    kinds = Counter(_kind(r) for r in measured.readings)
    pages = [r.page for r in measured.readings]
    own = [_text(r) for r in measured.readings]
    ours = [_text(r, in_our_order=True) for r in measured.readings]
    return {
        "reader": measured.reader,
        "title": TITLES[measured.reader],
        "absent": None,
        "version": measured.version,
        "workers": measured.workers,
        "pages": count,
        "pages_failed": kinds["failed"],
        "page_kinds": dict(sorted(kinds.items())),
        "load_seconds": round(measured.load_seconds, 2),
        "seconds": round(measured.seconds, 3),
        "pages_per_second": round(count / measured.seconds, 4),
        "seconds_per_page": round(measured.seconds / count, 4),
        "cpu_seconds_per_page": _mean([c.cpu_seconds for c in costs]),
        "peak_mb": round(sum(peaks.values())),
        "peak_mb_per_worker": round(max(peaks.values(), default=0.0)),
        "character_error_rate": error_rates(pages, own),
        "character_error_rate_upright": upright_error_rates(pages, own),
        "character_error_rate_upright_in_our_order": upright_error_rates(pages, ours),
    }


def _kind(reading: Reading) -> str:
    """Tell what became of a page: of prescreen's its kind; of a peer's "read", or "failed"."""
    cost = reading.cost
    if cost is None:
        return "failed"
    if cost.text is not None:
        return "read"
    page = unpack_page(cost.packed)
    return page.kind if page else "failed"


def _text(reading: Reading, *, in_our_order: bool = False) -> str:
    cost = reading.cost
    if cost is None:
        return ""
    if cost.text is None:
        page = unpack_page(cost.packed)
        return page_text(page.lines) if page else ""
    return cost.text.in_our_order if in_our_order and cost.text.in_our_order is not None else cost.text.text


def stage_figures(measured: Measured) -> Figures:
    """Tell where the time of prescreen's pages goes: seconds a page of one worker by stage, and shares.

    `rest` is what neither drawing the page nor the engine takes. `inference` is the time inside the models, a part of
    detection and recognition; None where the inference library did not let itself be watched.
    """
    costs = [r.cost for r in measured.readings if r.cost]
    total = sum(c.seconds for c in costs)
    sums: defaultdict[str, float] = defaultdict(float)
    for cost in costs:
        for stage, seconds in cost.stages.items():
            sums[stage] += seconds
    sums["rest"] = total - sum(sums[stage] for stage in STAGES if stage != "rest")
    count = max(1, len(costs))
    inference = sums.get(INFERENCE, 0.0)
    return {
        "seconds_per_page": {stage: round(sums[stage] / count, 4) for stage in STAGES},
        "share": {stage: _share(sums[stage], total) for stage in STAGES},
        "inference_seconds_per_page": round(inference / count, 4) if inference else None,
        "outside_engine_share": _share(sums["image"] + sums["rest"], total),
        "outside_inference_share": _share(total - inference, total) if inference else None,
        "worker_seconds_per_page": round(total / count, 4),
    }


def understanding_figures(cases: Sequence[Understood], own: Figures) -> Figures | None:
    """Tell what understanding costs on top of reading, in processor seconds a page; None where nothing was read.

    `own`: the figures of prescreen's reading of the same pages.
    """
    pages = sum(case.pages for case in cases)
    if not pages:
        return None
    documents = sum(case.documents_seconds for case in cases) / pages
    extraction = sum(case.extraction_seconds for case in cases) / pages
    reading = own["cpu_seconds_per_page"]
    return {
        "cases": len(cases),
        "pages": pages,
        "documents_cpu_seconds_per_page": round(documents, 5),
        "extraction_cpu_seconds_per_page": round(extraction, 5),
        "cpu_seconds_per_page": round(documents + extraction, 5),
        "share_of_reading": _share(documents + extraction, reading) if reading else None,
    }


def verdict(own: Figures, peers: Sequence[Figures]) -> Figures:
    """Compare: how many times as quick as each peer, and whether the characters are no worse than the best one's.

    Characters are compared over pages that lie upright, each peer's in the order of lines that suits it better.
    `cpu_ratios`: the same by processor time, which other work on the machine disturbs less.
    """
    present = [p for p in peers if not p["absent"]]
    best_rates = [rate for p in present if (rate := best_rate(p)) is not None]
    mine = best_rate(own)
    best = min(best_rates, default=None)
    return {
        "ratios": {p["reader"]: round(own["pages_per_second"] / p["pages_per_second"], 2) for p in present},
        "cpu_ratios": {
            p["reader"]: round(p["cpu_seconds_per_page"] / own["cpu_seconds_per_page"], 2)
            for p in present
            if p["cpu_seconds_per_page"] and own["cpu_seconds_per_page"]
        },
        "character_error_rate_upright": mine,
        "best_peer_character_error_rate_upright": best,
        "no_worse_than_best_peer": None if best is None or mine is None else round(mine - best, 6) <= MARGIN,
    }


def best_rate(figures: Figures) -> float | None:
    """Give a reader's character error rate over upright pages in the order of lines that suits it better."""
    rates: tuple[Rates, Rates] = (
        figures["character_error_rate_upright"],
        figures["character_error_rate_upright_in_our_order"],
    )
    return min((rate for each in rates if (rate := each["all"]) is not None), default=None)


def growth_by_pages(measured: Measured, steps: Sequence[int]) -> list[Figures]:
    """Tell what the first n pages of one long measurement cost, loading included, for each n of `steps`."""
    ended = sorted(measured.readings, key=lambda reading: reading.at)
    rows = []
    for count in (step for step in steps if step <= len(ended)):
        seconds = measured.load_seconds + ended[count - 1].at
        rows.append(
            {
                "pages": count,
                "seconds": round(seconds, 2),
                "seconds_per_page": round(seconds / count, 4),
                "cpu_seconds_per_page": _mean([r.cost.cpu_seconds for r in ended[:count] if r.cost]),
            }
        )
    return rows


def growth_by_workers(runs: Sequence[Measured]) -> list[Figures]:
    """Tell how the pace grows with the workers, the first run being the measure."""
    rows: list[Figures] = []
    for run in runs:
        figures = reader_figures(run)
        pace = figures["pages_per_second"]
        first = rows[0]["pages_per_second"] if rows else pace
        rows.append(
            {
                "workers": run.workers,
                "pages": figures["pages"],
                "pages_per_second": pace,
                "times_one_worker": round(pace / first, 2),
                "cpu_seconds_per_page": figures["cpu_seconds_per_page"],
                "peak_mb": figures["peak_mb"],
            }
        )
    return rows


def memory_series(measured: Measured, every: int = 10) -> list[Figures]:
    """Give each worker's memory over its pages: [pages read, MB] for every tenth page and the last one.

    `growth_mb`: what the last fifth of its pages holds (median) above the second fifth; the first one is for
    libraries to get warm. None under 10 pages.
    """
    by_worker: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for reading in measured.readings:
        if reading.cost:
            by_worker[reading.cost.worker].append((reading.at, reading.cost.memory_mb))
    rows = []
    for number, samples in enumerate(by_worker.values(), 1):
        held = [mb for _, mb in sorted(samples)]
        fifth = len(held) // 5
        growth = median(held[-fifth:]) - median(held[fifth : 2 * fifth]) if fifth >= 2 else None
        rows.append(
            {
                "worker": number,
                "pages": len(held),
                "growth_mb": None if growth is None else round(growth, 1),
                "series": [[n, round(mb, 1)] for n, mb in enumerate(held, 1) if n % every == 0 or n == len(held)],
            }
        )
    return rows


def page_steps(count: int) -> tuple[int, ...]:
    """Give 10, 30, 100, 300, 1000 … up to `count`, and `count` itself."""
    steps = []
    power = 10
    while power < count:
        steps += [step for step in (power, 3 * power) if step < count]
        power *= 10
    return (*steps, count)


def worker_steps(cores: int) -> tuple[int, ...]:
    """Give 1, 2, 4 … up to `cores`, and `cores` itself."""
    steps = [1]
    while steps[-1] * 2 < cores:
        steps.append(steps[-1] * 2)
    return tuple(dict.fromkeys((*steps, cores)))


def _mean(values: Sequence[float]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None


def _share(part: float, whole: float) -> float | None:
    return round(part / whole, 4) if whole else None
