"""Spreads cases over evaluators: each case to so many of them, the load even, the pairs mixed, the avoided left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations


@dataclass(frozen=True, slots=True)
class Judge:
    """An evaluator, and words of which none may stand in the name of a case's agency (his own county, his own firm)."""

    name: str
    avoids: tuple[str, ...] = ()

    def may_judge(self, agency: str) -> bool:
        """Tell whether a case of that agency may be his."""
        return not any(word in agency for word in self.avoids)


@dataclass(frozen=True, slots=True)
class Spread:
    """Who gets which case, and the cases for which there were not enough evaluators (they get whom there was)."""

    wanted: Mapping[str, tuple[str, ...]]
    short: tuple[str, ...] = ()


def spread(
    agencies: Mapping[str, str], judges: Sequence[Judge], each: int, had: Mapping[str, frozenset[str]] | None = None
) -> Spread:
    """Spread cases (id → agency, in their order) over evaluators, `each` to so many.

    `had` are the assignments that stay as they are; they count for the load. Cases that can go to fewest come first,
    so that what is left over fits everybody. The same input gives the same answer.
    """
    places = {judge.name: place for place, judge in enumerate(judges)}
    load: Counter[str] = Counter(name for names in (had or {}).values() for name in names)
    together: Counter[tuple[str, str]] = Counter(
        pair for names in (had or {}).values() for pair in combinations(sorted(names), 2)
    )
    fitting = {case: [j.name for j in judges if j.may_judge(agency)] for case, agency in agencies.items()}
    wanted: dict[str, tuple[str, ...]] = {}
    for case in sorted(agencies, key=lambda one: len(fitting[one])):
        chosen: list[str] = []
        for _ in range(min(each, len(fitting[case]))):

            def dear(name: str, chosen: Sequence[str] = tuple(chosen)) -> tuple[int, int, int]:
                met = sum(together[_pair(name, other)] for other in chosen)
                return load[name], met, places[name]

            chosen.append(min((name for name in fitting[case] if name not in chosen), key=dear))
        load.update(chosen)
        together.update(combinations(sorted(chosen), 2))
        wanted[case] = tuple(sorted(chosen, key=places.__getitem__))
    in_order = {case: wanted[case] for case in agencies}
    return Spread(in_order, tuple(case for case in agencies if len(wanted[case]) < each))


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)
