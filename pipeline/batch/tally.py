"""Counts of a run under way, how fast it goes, and how long the rest takes.

The rest is counted as work: pages to be read, and pages of cases to be judged, each at what such a page cost a worker
of late. What is known from earlier runs costs no reading and is no pace. The pages of cases not yet opened are those
that an earlier run counted, else as many as the others have on average.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from pipeline.batch.events import CaseCompared, CaseDone, CaseOpened, Comparing, Earlier, Event, PageDone, RunStarted

PACE = 300.0
"""Seconds that the pace is taken over …"""
COST = 1800.0
"""… and what a page costs: longer, since one case is printed and the next written by hand …"""
LEAST = 60
"""… both longer, where fewer pages were read in them."""
TRUST = 200
"""As many pages what an earlier run measured counts for."""
SETTLED = 60.0
"""Seconds before which the pace says little of how busy the workers are."""
JUDGING = 0.1
"""What judging a page is taken to cost against reading it, until the first case is done."""


@dataclass(slots=True)
class _Recent:
    """What was done in the last `window` seconds: when it ended, seconds of a worker that it took, its pages."""

    window: float
    done: deque[tuple[float, float, int]] = field(default_factory=deque)
    seconds: float = 0.0
    pages: int = 0

    def add(self, now: float, seconds: float, pages: int) -> None:
        self.done.append((now, seconds, pages))
        self.seconds += seconds
        self.pages += pages
        while len(self.done) > LEAST and self.done[0][0] < now - self.window:
            _, gone, left = self.done.popleft()
            self.seconds -= gone
            self.pages -= left

    def passed(self, now: float, began: float) -> float:
        """Seconds since the first of it was begun, which was not before `began`."""
        return now - max(began, self.done[0][0] - self.done[0][1]) if self.done else 0.0

    def cost(self, earlier: float | None) -> float | None:
        """Seconds of a worker for one page; `earlier`: as an earlier run measured."""
        seconds, pages = (self.seconds, self.pages) if earlier is None else (
            self.seconds + TRUST * earlier, self.pages + TRUST
        )  # fmt: skip
        return seconds / pages if pages else None


class Tally:
    """Told what happens (`Event`), it counts; asked, it estimates. `clock` gives seconds that never go back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._earlier = Earlier()
        self._began = clock()
        self._pace = _Recent(PACE)
        self._reading = _Recent(COST)
        self._judging = _Recent(COST)
        self._unjudged = 0  # pages of opened cases that are not done
        self._pages_of: dict[str, int] = {}
        self._seconds_of: dict[str, float] = {}
        self._foretold = self._foretold_read = 0  # pages of cases not opened yet, as earlier runs counted them
        self._foretold_cases = 0
        self._promised = self._kept = 0  # pages of opened cases that were said to be read, and those that were
        self._new = self._new_unread = 0  # pages of opened cases of which nothing was known, and those to be read
        self.workers = 1
        self.comparing = False
        self.cases = self.cases_done = self.cases_opened = self.cases_compared = 0
        self.pages = self.pages_reused = self.pages_read = self.pages_failed = 0

    def __call__(self, event: Event) -> None:
        """Count an event in."""
        match event:
            case RunStarted():
                self._start(event)
            case CaseOpened():
                self._open(event)
            case PageDone():
                self.pages_read += 1
                self.pages_failed += event.failed
                self._seconds_of[event.case_id] = self._seconds_of.get(event.case_id, 0.0) + event.seconds
                for recent in (self._pace, self._reading):
                    recent.add(self._clock(), event.seconds, 1)
            case CaseDone():
                if event.row.case_id not in self._pages_of:  # given up before its pages were counted
                    self._open(CaseOpened(event.row.case_id, 0, 0))
                self.cases_done += 1
                pages = self._pages_of.pop(event.row.case_id, 0)
                read = self._seconds_of.pop(event.row.case_id, 0.0)
                self._unjudged -= pages
                self._judging.add(self._clock(), max(0.0, event.seconds - read), pages)
            case Comparing():
                self.comparing = True
            case CaseCompared():
                self.cases_compared += 1

    def _start(self, event: RunStarted) -> None:
        self._began = self._clock()
        self._earlier = event.earlier
        self.cases, self.workers = event.cases, max(1, event.workers)
        self._foretold = sum(pages for pages, _ in event.earlier.pages.values())
        self._foretold_read = sum(read for _, read in event.earlier.pages.values())
        self._foretold_cases = len(event.earlier.pages)

    def _open(self, event: CaseOpened) -> None:
        self.cases_opened += 1
        self.pages += event.pages
        self.pages_reused += event.reused
        self._pages_of[event.case_id] = event.pages
        self._unjudged += event.pages
        told = self._earlier.pages.get(event.case_id)
        if told is None:
            self._new += event.pages
            self._new_unread += event.pages - event.reused
            return
        self._foretold -= told[0]
        self._foretold_read -= told[1]
        self._foretold_cases -= 1
        self._promised += told[1]
        self._kept += min(told[1], event.reused)

    # how much there is

    @property
    def _unopened(self) -> tuple[float, float]:
        """Pages of the cases not opened yet, and those of them that are to be read."""
        forgotten = 1 - self._kept / self._promised if self._promised else 0.0  # another engine reads all anew
        unread = self._foretold - self._foretold_read * (1 - forgotten)
        counted = self.cases_opened + self._foretold_cases
        unknown = max(0, self.cases - counted)
        if not unknown or not counted:
            return float(self._foretold), unread
        more = unknown * (self.pages + self._foretold) / counted
        share = self._new_unread / self._new if self._new else 1.0
        return self._foretold + more, unread + more * share

    @property
    def pages_left(self) -> int:
        """Pages to be read yet, as far as can be told now."""
        return max(0, round(self.pages - self.pages_reused + self._unopened[1]) - self.pages_read)

    @property
    def pages_expected(self) -> int:
        """Pages to be read in this run, as far as can be told now; those known already are left out."""
        return self.pages_read + self.pages_left

    @property
    def pages_in_all(self) -> int:
        """Pages of the batch, as far as can be told now."""
        return round(self.pages + self._unopened[0])

    # how fast it goes

    @property
    def rate(self) -> float | None:
        """Pages read in a second, of late; None before anything was read."""
        passed = self._pace.passed(self._clock(), self._began)
        return self._pace.pages / passed if passed > 0 else None

    @property
    def reading(self) -> float | None:
        """Seconds of a worker to read a page, of late, or as an earlier run measured."""
        return self._reading.cost(self._earlier.reading)

    @property
    def judging(self) -> float | None:
        """Seconds of a worker for the rest of a case, by page, of late, or as an earlier run measured."""
        return self._judging.cost(self._earlier.judging)

    @property
    def _busy(self) -> float:
        """How many workers are at work, of late."""
        now, share = self._clock(), 0.0
        if now - self._began < SETTLED:
            return float(self.workers)
        for recent in (self._reading, self._judging):
            passed = recent.passed(now, self._began)
            share += recent.seconds / passed if passed > 0 else 0.0
        return min(float(self.workers), max(0.1 * self.workers, share))

    def seconds_left(self) -> float | None:
        """Seconds that the rest is likely to take, comparing left out; None where nothing says how fast it goes."""
        unread, reading = self.pages_left, self.reading
        if unread and reading is None:
            return None
        unjudged = self._unjudged + self._unopened[0]
        judging = self.judging
        if judging is None and unjudged:
            if reading is None:
                return None
            judging = JUDGING * reading
        return (unread * (reading or 0.0) + unjudged * (judging or 0.0)) / self._busy
