"""How far two people agree who judged the same findings independently: share in common, and Cohen's kappa.

Only what each decided before he could see the other's decisions counts: until both were first done with the case.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from pipeline.store.reviews import Completion, Review

CHOICES = ("accept", "reject", "unsure")


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two users and how often one said what while the other said what: `pairs` counts (first's, second's)."""

    one: str
    other: str
    pairs: tuple[tuple[str, str, int], ...]

    @property
    def n(self) -> int:
        """How many findings both decided."""
        return sum(count for _, _, count in self.pairs)

    @property
    def same(self) -> int:
        return sum(count for one, other, count in self.pairs if one == other)

    @property
    def observed(self) -> float:
        return self.same / self.n

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa (Educ. Psychol. Meas. 20, 1960); None where both always say one and the same thing."""
        by_chance = sum(self._share(0, choice) * self._share(1, choice) for choice in CHOICES)
        return (self.observed - by_chance) / (1 - by_chance) if by_chance < 1 else None

    def _share(self, who: int, choice: str) -> float:
        return sum(pair[2] for pair in self.pairs if pair[who] == choice) / self.n


def agreements(
    runs: Iterable[tuple[Sequence[Review], Sequence[Completion]]],
) -> tuple[Agreement, ...]:
    """Compare every two users who decided on the same things. `runs`: each run's whole history, oldest first."""
    counted: dict[tuple[str, str], Counter[tuple[str, str]]] = {}
    for history, completions in runs:
        by_thing: dict[tuple[str, str], dict[str, list[Review]]] = {}
        for review in history:
            by_thing.setdefault((review.case_id, review.key), {}).setdefault(review.user, []).append(review)
        first = _first_done(completions)
        for (case, _), by_user in by_thing.items():
            for one, other in combinations(sorted(by_user), 2):
                until = _both_done(first.get(case, {}), one, other)
                said = _last(by_user[one], until), _last(by_user[other], until)
                if said[0] and said[1]:
                    counted.setdefault((one, other), Counter())[said[0], said[1]] += 1
    return tuple(
        Agreement(one, other, tuple((*said, count) for said, count in sorted(pairs.items())))
        for (one, other), pairs in sorted(counted.items())
    )


def _first_done(completions: Sequence[Completion]) -> dict[str, dict[str, str]]:
    first: dict[str, dict[str, str]] = {}
    for one in completions:
        if one.done:
            first.setdefault(one.case_id, {}).setdefault(one.user, one.at)
    return first


def _both_done(first: Mapping[str, str], one: str, other: str) -> str | None:
    """When both were first done; None where one of them never was: then neither has seen the other's."""
    return max(first[one], first[other]) if one in first and other in first else None


def _last(reviews: Sequence[Review], until: str | None) -> str:
    """What a user decided last, up to a moment; "" where that is nothing. Times are of one clock and one form."""
    said = [review for review in reviews if until is None or review.at <= until]
    return said[-1].decision if said and said[-1].decided else ""
