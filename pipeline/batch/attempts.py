"""Which jobs are tried again after their worker died: the rules that every engine keeps.

A job whose worker died is tried again; when the second one died too it waits until nothing else runs and is tried
once more alone; after a third death it is given back as lost. A deadline that passed is not tried again.

No try is what the job cannot be blamed for: a worker that died before it began (while it started or loaded its
engine), one that somebody killed from outside, a machine that went away. Both are bounded, so that nothing goes round
for ever. The death of the coordinator is no try either: its next run begins anew.
"""

from __future__ import annotations

from collections import deque
from typing import Literal

from pipeline.batch.engine import Attempt, Done

TRIES = 3
"""Deaths after which a job is lost: two beside others, one alone."""
SPARED = 30
"""Deaths of one job's workers that are put down to somebody else; from then on they count."""
FALSE_STARTS = 40
"""Workers in a row that may die before any job ends anywhere: more, and they will never start."""

Blame = Literal["job", "start", "outside"]
"""Who is to blame for a worker's death: the job it held; its start, before it held one; somebody else."""


class Attempts:
    """The jobs that wait to be tried again."""

    def __init__(self) -> None:
        self._again: deque[Attempt] = deque()
        self._alone: deque[Attempt] = deque()
        self._false_starts = 0

    def __len__(self) -> int:
        return len(self._again) + len(self._alone)

    @property
    def soon(self) -> int:
        """How many wait for no more than a free worker."""
        return len(self._again)

    def next(self, *, idle: bool) -> Attempt | None:
        """Give the next attempt to place, or None; one that is to be alone only when every worker is `idle`."""
        if self._again:
            return self._again.popleft()
        if self._alone and idle:
            return self._alone.popleft()
        return None

    def ended(self) -> None:
        """Note that some job came to its end: workers do start."""
        self._false_starts = 0

    def died(self, attempt: Attempt, blame: Blame, seconds: float) -> Done | None:
        """Take a job whose worker died; gives it back as lost, or None where it is tried again."""
        if blame == "start":
            self._false_starts += 1
        if blame != "job" and attempt.spared < SPARED and self._false_starts < FALSE_STARTS:
            attempt.spared += 1
            (self._again if attempt.deaths < TRIES - 1 else self._alone).append(attempt)
            return None
        attempt.deaths += 1
        if attempt.deaths >= TRIES:
            return Done(attempt.job, fault="memory" if attempt.over_memory else "died", seconds=seconds)
        (self._again if attempt.deaths < TRIES - 1 else self._alone).append(attempt)
        return None
