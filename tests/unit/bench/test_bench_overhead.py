"""What the engine costs, from jobs with known times."""

import pytest

from pipeline.bench.overhead_figures import (
    Bare,
    Run,
    handovers,
    idle_share,
    outside_jobs,
    overhead_figures,
    overhead_of_processor,
    overhead_of_walls,
    pace,
    ready_at,
)
from pipeline.bench.traced import LOAD, READ, Noted, read_notes, traced_work


def job(name, began, ended, *, pid=1, cpu=None, so_far=0.0, failed=False):
    return Noted(name, pid, began, ended, ended - began if cpu is None else cpu, so_far, 500.0 + pid, failed)


ALONE = (
    job(LOAD, 1.0, 3.0, so_far=2.0),
    job(READ, 3.0, 5.0, so_far=4.0),
    job(READ, 5.5, 7.5, so_far=6.0),
    job("screen", 7.5, 8.5, so_far=7.0),
)
TOGETHER = (
    job(LOAD, 1.0, 3.0, pid=1, so_far=2.0),
    job(LOAD, 3.0, 5.0, pid=2, so_far=2.0),
    job(READ, 3.0, 7.0, pid=1, so_far=6.0),
    job(READ, 5.0, 9.0, pid=2, so_far=6.0),
    job("screen", 9.0, 9.0, pid=1, so_far=6.0),
)
BARE = Bare(
    0.0,
    7.5,
    (
        job(LOAD, 0.5, 2.5, so_far=2.0),
        job(READ, 2.5, 4.5),
        job(READ, 4.5, 6.5),
        job("screen", 6.5, 7.5, so_far=6.9),
    ),
)
ONE = Run(1, 0.0, 9.0, 0.5, 0.6, ALONE, 3000)
TWO = Run(2, 0.0, 10.0, 0.5, 0.8, TOGETHER, 3000)


def test_time_counts_from_when_every_worker_is_ready():
    assert ready_at(ALONE, 1) == 3.0
    assert ready_at(TOGETHER, 1) == 3.0 and ready_at(TOGETHER, 2) == 5.0
    assert ready_at(TOGETHER, 4) == 5.0  # fewer ever came
    again = (*TOGETHER, job(LOAD, 8.0, 8.5, pid=1), job(LOAD, 8.0, 8.6, pid=3))
    assert ready_at(again, 2) == 5.0  # who takes another's place is a cost of the run


def test_a_page_under_way_counts_by_what_is_left_of_it():
    assert pace(ALONE, 9.0, 1) == pytest.approx(2 / 6)
    assert pace(TOGETHER, 10.0, 2) == pytest.approx((0.5 + 1) / 5)


def test_overhead_is_what_the_bare_loop_does_not_take():
    assert overhead_of_walls(ONE, BARE) == pytest.approx((6.0 - 5.0) / 6.0)
    assert overhead_of_processor(ONE, BARE) == pytest.approx((7.0 + 0.1 - 6.9) / 7.1)
    busy = (job(LOAD, 1, 3, so_far=2.0), job(READ, 3, 5, so_far=4.2), job(READ, 5, 7, so_far=6.4))
    assert outside_jobs(Run(1, 0.0, 9.0, 0.5, 0.6, busy, 1)) == pytest.approx((0.1 + 0.4) / 4.5)
    assert idle_share(ONE) == pytest.approx(0.5 / 5.5)
    assert idle_share(TWO) == pytest.approx(1 - (2 + 4) / 8)
    assert handovers(ALONE) == [0.5, 0.0]
    assert handovers(TOGETHER) == [2.0]


def test_figures_hold_ratios_and_what_they_come_from():
    found = overhead_figures([BARE, BARE], [ONE, TWO, TWO, ONE])
    one, two = found["runs"]
    assert (one["workers"], one["times_one_worker"], one["efficiency"]) == (1, 1.0, 1.0)
    assert two["times_one_worker"] == pytest.approx(0.9) and two["efficiency"] == pytest.approx(0.45)
    assert two["peak_mb_per_worker"] == 502
    assert (one["end_seconds"], two["end_seconds"]) == (0.5, 1.0)
    assert two["coordinator_cpu_seconds_per_page"] == pytest.approx(0.15)
    assert two["coordinator_share"] == pytest.approx(0.8 / 12.8, abs=1e-4)
    assert found["overhead"]["of_walls"] == pytest.approx(1 / 6, abs=1e-4)
    assert len(found["overhead"]["of_walls_by_round"]) == 2
    assert found["stages"]["one_worker"] == {"read": 2.0, "screen": 0.5}
    assert found["run_bytes_per_page"] == 1500 and found["jobs_failed"] == 0


def test_a_repeat_that_is_missing_is_noticed():
    with pytest.raises(ValueError):
        overhead_figures([BARE], [ONE, ONE, TWO, TWO])


def test_jobs_are_noted_by_their_process_and_kept_for_once_more(tmp_path):
    notes, calls = tmp_path / "notes", tmp_path / "calls"
    notes.mkdir()
    calls.mkdir()
    work = traced_work(notes, calls)
    with pytest.raises(ValueError):
        work.render(b"no JSON", ())
    [noted] = read_notes(notes)
    assert (noted.name, noted.failed) == ("render", True) and noted.seconds >= 0 and noted.peak_mb > 10
    assert len(list(calls.iterdir())) == 1
