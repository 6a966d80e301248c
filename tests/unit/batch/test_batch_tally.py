"""How long a run has yet to go, held to simulated runs whose end is known."""

import heapq
import random
from collections import deque
from dataclasses import dataclass, field

import pytest

from pipeline.batch.events import CaseDone, CaseOpened, Comparing, Earlier, PageDone, RunStarted
from pipeline.batch.tally import Tally
from pipeline.summary.overview import CaseRow


def row(case_id, pages=0):
    return CaseRow(case_id, "screened", None, None, None, None, pages, (), 0, 0, 0, 0)


@dataclass
class Case:
    """A case of a simulated run: what each page costs to read, how many are known, what judging it costs."""

    name: str
    costs: list[float]
    known: int = 0
    judging: float = 1.0
    opening: float = 0.2


@dataclass
class Simulation:
    """A run on `workers` workers in the coordinator's order: what ends cases first, then pages, then new cases."""

    cases: list[Case]
    workers: int = 2
    start: float = 20.0
    now: float = 0.0
    told: list[tuple[float, float | None, int]] = field(default_factory=list)
    """When, seconds left as estimated then, pages read until then."""

    def run(self, earlier=None, pace=lambda now: 1.0):
        tally = self.tally = Tally(lambda: self.now)
        self.now = self.start  # the engine is loaded
        tally(RunStarted(len(self.cases), (), self.workers, "x", earlier or Earlier()))
        unopened, pages, urgent, ends = deque(self.cases), deque(), deque(), []
        unread = {case.name: len(case.costs) - case.known for case in self.cases}
        spent = dict.fromkeys(unread, 0.0)
        order = 0
        while True:
            while len(ends) < self.workers and (urgent or pages or unopened):
                kind, case, cost = (
                    urgent.popleft()
                    if urgent
                    else pages.popleft()
                    if pages
                    else ("open", unopened[0], unopened.popleft().opening)
                )
                order += 1
                cost *= pace(self.now)
                heapq.heappush(ends, (self.now + cost, order, kind, case, cost))
            if not ends:
                break
            self.now, _, kind, case, cost = heapq.heappop(ends)
            spent[case.name] += cost
            if kind == "open":
                tally(CaseOpened(case.name, len(case.costs), case.known))
                pages.extend(("read", case, one) for one in case.costs[case.known :])
            elif kind == "read":
                unread[case.name] -= 1
                tally(PageDone(case.name, 1, False, cost))
            else:
                tally(CaseDone(row(case.name, len(case.costs)), spent[case.name]))
            if kind != "judge" and not unread[case.name]:
                urgent.append(("judge", case, case.judging))
            self.told.append((self.now, tally.seconds_left(), tally.pages_read))
        return self

    def errors(self, after=0.0, until=1.0):
        """How far estimates between two shares of the run were off, as shares of the whole run, smallest first."""
        length = self.now - self.start
        found = []
        for when, left, _ in self.told:
            share, truly = (when - self.start) / length, self.now - when
            if after <= share <= until and truly > 0:
                assert left is not None
                found.append(abs(left - truly) / length)
        assert found
        return sorted(found)


def uneven(count, seed, known=0.0):
    """Cases of 5 to 120 pages, some digital and cheap, some handwritten and dear; the first of them may be known."""
    chance = random.Random(seed)
    cases = []
    for number in range(count):
        size = chance.choice([5, 12, 20, 35, 60, 120])
        dear = chance.choice([0.2, 0.6, 0.8, 1.2])
        costs = [dear * chance.uniform(0.5, 2.0) for _ in range(size)]
        cases.append(Case(f"c{number}", costs, 0, 0.03 * size))
    left = int(known * sum(len(case.costs) for case in cases))
    for case in cases:
        case.known = min(left, len(case.costs))
        left -= case.known
    return cases


def foretold(cases, upto=None):
    return {case.name: (len(case.costs), case.known) for case in cases[:upto]}


def middle(errors):
    return errors[len(errors) // 2]


@pytest.mark.parametrize("seed", range(6))
def test_the_end_is_foretold_within_bounds(seed):
    run = Simulation(uneven(150, seed)).run()
    errors = run.errors(after=0.15)
    assert errors[-1] < 0.3 and middle(errors) < 0.1
    late = run.errors(after=0.9)
    assert late[-1] < 0.08


@pytest.mark.parametrize("seed", range(6))
def test_it_is_nearer_where_an_earlier_run_counted_the_pages(seed):
    cases = uneven(150, seed)
    run = Simulation(cases).run(Earlier(foretold(cases), 0.85, 0.03))
    errors = run.errors()
    assert errors[-1] < 0.3 and middle(errors) < 0.1


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("upto", [None, 145])
def test_after_a_resume_with_most_of_it_known_the_end_is_true_from_the_start(seed, upto):
    """Nine tenths were read before a kill; `upto`: the last cases had not even been opened by then."""
    cases = uneven(150, seed, known=0.9)
    fresh = sum(len(case.costs) - case.known for case in cases)
    run = Simulation(cases).run(Earlier(foretold(cases, upto), 0.85, 0.03))
    assert run.told[-1][2] == fresh
    errors = run.errors()
    assert errors[-1] < 0.4 and middle(errors) < (0.3 if upto else 0.2)  # what nobody opened, nobody can know
    # Known pages must neither make the rest look like nothing nor the pace like a miracle.
    length = run.now - run.start
    assert run.told[0][1] == pytest.approx(length, rel=0.45)


def test_known_pages_are_no_pace():
    cases = [Case(f"k{n}", [1.0] * 50, 50, 0.5) for n in range(20)] + [Case("new", [1.0] * 40, 0, 0.5)]
    run = Simulation(cases, workers=1).run()
    assert run.tally.pages_read == 40
    assert run.tally.rate == pytest.approx(1.0, rel=0.05)


def test_the_pace_is_that_of_late():
    """The machine gets three times slower in the middle: half an hour later nobody speaks of how it was before."""
    cases = [Case(f"c{n}", [1.0] * 60, 0, 0.5) for n in range(40)]
    run = Simulation(cases, workers=2).run(pace=lambda now: 3.0 if now > 300 else 1.0)
    assert run.tally.rate == pytest.approx(2 / 3, rel=0.1)
    assert run.errors(0.4)[-1] < 0.2


def test_cases_that_are_read_but_not_judged_count():
    now = 0.0
    tally = Tally(lambda: now)
    tally(RunStarted(2, (), 1, "x"))
    tally(CaseOpened("a", 100, 0))
    tally(CaseOpened("b", 100, 0))
    for page in range(200):
        now += 1.0
        tally(PageDone("ab"[page // 100], page, False, 1.0))
        if page == 99:
            now += 50.0
            tally(CaseDone(row("a", 100), 150.0))
    assert tally.pages_left == 0
    assert tally.seconds_left() == pytest.approx(50.0, rel=0.05)
    now += 50
    tally(CaseDone(row("b", 100), 150.0))
    assert tally.seconds_left() == 0


def test_pages_of_unopened_cases_are_taken_from_the_others():
    tally = Tally(lambda: 0.0)
    tally(RunStarted(4, (), 2, ""))
    assert tally.seconds_left() is not None or tally.pages_left == 0
    tally(CaseOpened("a", 10, 0))
    assert (tally.pages_expected, tally.pages_in_all) == (40, 40)
    tally(CaseOpened("b", 30, 0))
    assert tally.pages_expected == 80
    for case in "cd":
        tally(CaseOpened(case, 10, 10))
    assert (tally.pages_expected, tally.pages_in_all) == (40, 60)


def test_cases_known_from_an_earlier_run_are_counted_before_they_are_opened():
    tally = Tally(lambda: 0.0)
    tally(RunStarted(3, (), 2, "", Earlier({"a": (10, 10), "b": (40, 30)})))
    assert (tally.pages_left, tally.pages_in_all) == (35, 75)  # the third is taken to be like the others, unread
    tally(CaseOpened("a", 10, 10))
    tally(CaseOpened("b", 40, 30))
    assert tally.pages_left == 10 + 25
    tally(CaseOpened("c", 6, 0))
    assert tally.pages_left == 16


def test_what_another_engine_must_read_anew_is_noticed():
    tally = Tally(lambda: 0.0)
    tally(RunStarted(10, (), 2, "", Earlier({f"c{n}": (20, 20) for n in range(10)})))
    assert tally.pages_left == 0
    tally(CaseOpened("c0", 20, 0))
    assert tally.pages_left == 200


def test_nothing_is_said_before_anything_is_known_and_no_case_given_up_is_waited_for():
    now = 0.0
    tally = Tally(lambda: now)
    tally(RunStarted(2, (), 2, "x"))
    tally(CaseOpened("a", 10, 0))
    assert tally.seconds_left() is None and tally.rate is None
    now = 1.0
    tally(CaseDone(row("b"), 0.5))  # a file that nobody could open
    for page in range(10):
        now += 1
        tally(PageDone("a", page, page == 3, 1.0))
    tally(CaseDone(row("a", 10), 11.0))
    assert (tally.pages_left, tally.cases_done, tally.pages_failed, tally.seconds_left()) == (0, 2, 1, 0)
    tally(Comparing(2))
    assert tally.comparing
