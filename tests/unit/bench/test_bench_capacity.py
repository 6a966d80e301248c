"""Files per night from measured figures: exact arithmetic, and nothing where nothing was measured."""

import math

import pytest

from pipeline.bench.capacity import Basis, Night, core_rows, disk_gigabytes, gpu_rows

NIGHT = Night(hours=14, pages_per_file=80)


def figures(*runs, coordinator=0.005):
    """What `bench --engine` tells: (workers, pages a second, times one worker)."""
    return {
        "runs": [
            {
                "workers": workers,
                "pages_per_second": pace,
                "times_one_worker": times,
                "coordinator_cpu_seconds_per_page": coordinator,
                "peak_mb_per_worker": 900,
                "start_seconds": 0.0,
            }
            for workers, pace, times in runs
        ],
        "run_bytes_per_page": 25_000,
    }


def basis(*runs, **changes):
    return Basis.of_figures(figures(*(runs or ((1, 2.0, 1.0), (2, 3.7, 1.8))), **changes))


def test_what_was_measured_stands_as_it_is():
    one, two = core_rows(basis(), NIGHT, cores=(1, 2))
    assert (one.source, two.source) == ("measured", "measured")
    assert (one.pages_per_second, two.pages_per_second) == (2.0, 3.6)  # the ratio of the rounds, not a lucky pace
    assert two.files_per_night == math.floor(3.6 * 14 * 3600 / 80) == 2268
    assert two.nights == (1, 3, 45)
    assert (two.machines_month, two.machines_year) == (3, 1)


def test_each_doubling_costs_what_the_measured_one_did():
    four, eight = core_rows(basis(), NIGHT, cores=(4, 8))[1:]
    assert (four.source, eight.source) == ("derived", "derived")
    assert four.pages_per_second == pytest.approx(2.0 * 4 * 0.9**2)
    assert eight.pages_per_second == pytest.approx(2.0 * 8 * 0.9**3)
    over_two_doublings = basis((1, 2.0, 1.0), (2, 3.7, 1.8), (4, 7.0, 3.24))
    assert over_two_doublings.kept_by_doubling == pytest.approx(0.9)
    assert basis((1, 2.0, 1.0), (2, 4.2, 2.1)).kept_by_doubling == 1.0


def test_one_worker_alone_says_nothing_of_more():
    alone = basis((1, 2.0, 1.0))
    one, two = core_rows(alone, NIGHT, cores=(1, 2))
    assert one.source == "measured" and one.files_per_night == 1260
    assert two.source == "unknown" and two.pages_per_second is None and two.nights == (None, None, None)
    assert alone.cores_of_a_coordinator is None


def test_a_coordinator_takes_in_no_more_than_it_can():
    slow = basis((1, 2.0, 1.0), (2, 4.0, 2.0), coordinator=0.1)  # ten pages a second
    assert slow.cores_of_a_coordinator == 5
    four, eight = core_rows(slow, NIGHT, cores=(4, 8))[1:]
    assert (four.bound, four.pages_per_second, four.coordinator_load) == (False, 8.0, pytest.approx(0.8))
    assert (eight.bound, eight.pages_per_second, eight.coordinator_load) == (True, 10.0, pytest.approx(1.0))
    lossy = basis(coordinator=0.1)
    cores = lossy.cores_of_a_coordinator
    assert lossy.pace(cores)[0] <= 10 < lossy.pace(cores + 1)[0]


def test_no_figure_is_made_up_for_a_gpu():
    assert all(row.source == "unknown" and row.files_per_night is None for row in gpu_rows(basis(), NIGHT))
    given = gpu_rows(basis(), Night(14, 80, gpu_pages_per_second=12.0), gpus=(1, 4, 32))
    assert [row.pages_per_second for row in given] == [12.0, 48.0, 200.0]
    assert [row.bound for row in given] == [False, False, True]
    assert {row.source for row in given} == {"given"}


def test_a_night_too_short_for_a_file_has_no_end():
    [row] = [row for row in core_rows(basis(), Night(1, 1e6)) if row.count == 1]
    assert row.files_per_night == 0 and row.nights == (None, None, None) and row.machines_year is None


def test_loading_is_taken_off_the_night():
    slow_start = figures((1, 2.0, 1.0))
    slow_start["runs"][0]["start_seconds"] = 3600.0
    [row] = core_rows(Basis.of_figures(slow_start), Night(2, 80), cores=(1,))
    assert row.files_per_night == 90


def test_disk_grows_with_the_pages():
    assert disk_gigabytes(basis(), NIGHT, 100_000) == pytest.approx(200.0)


@pytest.mark.parametrize("broken", [{}, {"runs": []}, {"runs": [{}]}, {"runs": 3}])
def test_other_figures_are_refused(broken):
    with pytest.raises((KeyError, TypeError, ValueError, IndexError)):
        Basis.of_figures(broken)


def test_a_measurement_without_one_worker_is_refused():
    with pytest.raises(ValueError, match="one worker"):
        basis((2, 3.7, 1.0))
