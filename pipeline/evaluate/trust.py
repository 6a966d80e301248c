"""How often people found a rule right: counted from their decisions, with an interval, not with an adjective.

One finding counts once, however many judged it: accepted or rejected where all who decided say so, else `split`. The
share is accepted of accepted and rejected; its interval is Wilson's at 95 %, which holds for small numbers, too.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import NormalDist

from pipeline.store.reviews import OUTCOME, Review

Z = NormalDist().inv_cdf(0.975)
Reported = Mapping[str, Sequence[tuple[str, str]]]
"""What a run reports now: by case id, rule and key of each finding."""


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole with its interval (0..1); all None where the whole is nothing."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        return self.part / self.whole if self.whole else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's interval at 95 % (E. B. Wilson, JASA 22, 1927)."""
        return wilson(self.part, self.whole) if self.whole else None


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of a rule's findings. `gone`: of those decided, how many are no longer reported.

    `corrected`: beside all these, findings that went by somebody's correction before anybody decided on them.
    """

    rule: str
    accepted: int = 0
    rejected: int = 0
    unsure: int = 0
    split: int = 0
    undecided: int = 0
    gone: int = 0
    corrected: int = 0
    reasons: tuple[tuple[str, str, int], ...] = ()
    """Decision, reason and how often, the commonest first."""

    @property
    def total(self) -> int:
        return self.accepted + self.rejected + self.unsure + self.split + self.undecided

    @property
    def share(self) -> Share:
        """Accepted of those on which it was decided."""
        return Share(self.accepted, self.accepted + self.rejected)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A finding that somebody rejected, to learn from. `run`: its name or address."""

    run: str
    review: Review


@dataclass(frozen=True, slots=True)
class Trust:
    """All of it. By rule: `findings`, what was flagged, and `doubts`, outcomes without a finding that were decided."""

    findings: tuple[Counts, ...]
    doubts: tuple[Counts, ...]
    rejected: tuple[Rejected, ...]


def wilson(part: int, whole: int, z: float = Z) -> tuple[float, float]:
    """The interval of a share. `whole` > 0."""
    share = part / whole
    middle = share + z * z / (2 * whole)
    reach = z * math.sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    least = 1 + z * z / whole
    return max(0.0, (middle - reach) / least), min(1.0, (middle + reach) / least)


@dataclass(slots=True)
class _Tally:
    counts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[tuple[str, str]] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Judged:
    """A run as people judged it: `latest`, by case, the last word of each user; `corrected`: what went by corrections.

    Both of `reported` and `corrected` name findings by case, rule and key.
    """

    name: str
    reported: Reported
    latest: Mapping[str, Sequence[Review]]
    corrected: Sequence[tuple[str, str, str]] = ()


def trust(runs: Iterable[Judged]) -> Trust:
    """Count decisions over some runs."""
    flagged: dict[str, _Tally] = {}
    doubted: dict[str, _Tally] = {}
    rejected: list[Rejected] = []
    for run in runs:
        name, reported, latest = run.name, run.reported, run.latest
        there = {(case, key): rule for case, findings in reported.items() for rule, key in findings}
        votes: dict[tuple[str, str], list[Review]] = {}
        for case, reviews in latest.items():
            for review in reviews:
                if review.decided:
                    votes.setdefault((case, review.key), []).append(review)
        for place, rule in there.items():
            if place not in votes:
                flagged.setdefault(rule, _Tally()).counts["undecided"] += 1
        for case, rule, key in run.corrected:
            if (case, key) not in there and (case, key) not in votes:
                flagged.setdefault(rule, _Tally()).counts["corrected"] += 1
        for place, said in votes.items():
            doubt = place[1].startswith(OUTCOME)
            tally = (doubted if doubt else flagged).setdefault(said[0].rule, _Tally())
            tally.counts[_verdict(said)] += 1
            tally.counts["gone"] += not doubt and place not in there
            tally.reasons.update((one.decision, one.reason) for one in said if one.reason)
            if not doubt:
                rejected += [Rejected(name, one) for one in said if one.decision == "reject"]
    rejected.sort(key=lambda one: (one.review.rule, one.review.at))
    return Trust(_rows(flagged), _rows(doubted), tuple(rejected))


def _verdict(said: Sequence[Review]) -> str:
    words = {"accept": "accepted", "reject": "rejected", "unsure": "unsure"}
    found = {review.decision for review in said}
    return words[found.pop()] if len(found) == 1 else "split"


def _rows(tallies: Mapping[str, _Tally]) -> tuple[Counts, ...]:
    rows = []
    for rule, tally in tallies.items():
        reasons = tuple((*what, count) for what, count in sorted(tally.reasons.items(), key=lambda r: (-r[1], r[0])))
        rows.append(Counts(rule, **tally.counts, reasons=reasons))
    return tuple(sorted(rows, key=lambda row: (-(row.total - row.undecided), row.rule)))
