"""Which deaths of workers count against the job they held."""

import pytest

from pipeline.batch.attempts import FALSE_STARTS, SPARED, TRIES, Attempts
from pipeline.batch.engine import Attempt, Job


def attempt():
    return Attempt(Job(len, ("x",), 1.0))


def test_two_tries_beside_others_then_one_alone_then_lost():
    attempts, one = Attempts(), attempt()
    assert attempts.died(one, "job", 1.0) is None
    assert attempts.soon == 1 and attempts.next(idle=False) is one
    assert attempts.died(one, "job", 1.0) is None
    assert attempts.soon == 0 and len(attempts) == 1
    assert attempts.next(idle=False) is None, "it waits until nobody else works"
    assert attempts.next(idle=True) is one
    lost = attempts.died(one, "job", 2.5)
    assert lost is not None and lost.fault == "died" and lost.seconds == 2.5
    assert len(attempts) == 0 and one.deaths == TRIES


def test_a_job_lost_for_its_memory_says_so():
    attempts, one = Attempts(), attempt()
    one.over_memory = True
    results = [attempts.died(one, "job", 1.0) for _ in range(TRIES)]
    assert results[-1] is not None and results[-1].fault == "memory"


@pytest.mark.parametrize("blame", ["start", "outside"])
def test_a_death_that_the_job_cannot_help_is_no_try(blame):
    attempts, one = Attempts(), attempt()
    for _ in range(SPARED):
        assert attempts.died(one, blame, 1.0) is None
        assert attempts.next(idle=False) is one
    assert one.deaths == 0


def test_what_kills_its_worker_for_ever_is_lost_whoever_is_blamed():
    attempts, one = Attempts(), attempt()
    ends = [attempts.died(one, "outside", 1.0) for _ in range(SPARED + TRIES)]
    assert ends[:-1] == [None] * (len(ends) - 1)
    assert ends[-1] is not None


def test_workers_that_never_start_are_given_up():
    attempts = Attempts()
    for _ in range(FALSE_STARTS - 1):
        attempts.died(attempt(), "start", 1.0)
    one = attempt()
    for _ in range(TRIES - 1):
        assert attempts.died(one, "start", 1.0) is None
    assert attempts.died(one, "start", 1.0) is not None
    attempts.ended()  # one that came to its end: they do start
    later = attempt()
    assert attempts.died(later, "start", 1.0) is None and later.deaths == 0


def test_one_that_was_alone_stays_alone_after_a_death_it_cannot_help():
    attempts, one = Attempts(), attempt()
    attempts.died(one, "job", 1.0)
    attempts.died(one, "job", 1.0)
    attempts.next(idle=True), attempts.next(idle=True)
    attempts.died(one, "outside", 1.0)
    assert attempts.next(idle=False) is None
    assert attempts.next(idle=True) is one
