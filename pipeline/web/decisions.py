"""What people decided on a case, held against what the rules say of it now, as one user may see it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from pipeline.store.reviews import OUTCOME, Review, outcome_key
from pipeline.web.blind import opened, visible
from pipeline.web.people import User
from pipeline.web.shelf import Json

DOUBTS = ("unsure", "lawful")
"""Outcomes without a finding that can be decided, too."""
Seen = Mapping[str, tuple[Review, ...]]


@dataclass(frozen=True, slots=True)
class Item:
    """Something to decide: a finding, or a rule's outcome without one. `about` is what it says."""

    key: str
    rule: str
    about: str
    is_finding: bool


@dataclass(frozen=True, slots=True)
class Decisions:
    """The decisions on a case for one user. `open`: others' are shown; `gone`: on what the rules no longer report.

    `mine` and `others` by key; `history`: all that may be seen, by key, oldest first; `done_by`: who is done.
    """

    user: str
    items: Mapping[str, Item]
    mine: Mapping[str, Review]
    others: Seen
    gone: tuple[Review, ...]
    history: Seen
    open: bool
    done: bool
    done_by: tuple[str, ...]
    awaited: tuple[str, ...] = field(default=())
    """Evaluators to whom it is assigned and who are not done yet."""

    @property
    def total(self) -> int:
        """How many findings there are."""
        return sum(item.is_finding for item in self.items.values())

    @property
    def left(self) -> int:
        """How many findings the user has not decided yet."""
        return sum(item.is_finding and not self._decided(key) for key, item in self.items.items())

    @property
    def doubts_left(self) -> int:
        """How many of the other outcomes the user has not decided yet."""
        return sum(not item.is_finding and not self._decided(key) for key, item in self.items.items())

    def _decided(self, key: str) -> bool:
        return key in self.mine and self.mine[key].decided

    def json(self) -> Json:
        """Lay it out for the JSON twin."""
        return {
            "user": self.user,
            "open": self.open,
            "done": self.done,
            "done_by": list(self.done_by),
            "awaited": list(self.awaited),
            "left": self.left,
            "total": self.total,
            "doubts_left": self.doubts_left,
            "items": [asdict(item) for item in self.items.values()],
            "reviews": [asdict(one) for one in (*self.mine.values(), *_each(self.others))],
            "gone": [asdict(review) for review in self.gone],
            "history": [asdict(review) for review in _each(self.history)],
        }


def _each(seen: Seen) -> Iterable[Review]:
    return (review for reviews in seen.values() for review in reviews)


def items_of(case: Json) -> dict[str, Item]:
    """List what can be decided in a case (its JSON), by key, in its order."""
    found = {f["key"]: Item(f["key"], f["rule"], f["message"], True) for f in case["findings"]}
    for outcome in case["outcomes"]:
        if outcome["verdict"] in DOUBTS:
            key = outcome_key(outcome["rule"])
            found[key] = Item(key, outcome["rule"], outcome["why"], False)
    return found


def decisions(
    case: Json,
    latest: Iterable[Review],
    history: Iterable[Review],
    viewer: User,
    evaluators: frozenset[str],
    done: frozenset[str],
) -> Decisions:
    """Put together what a user may see of the decisions on a case.

    `latest`: the last word of each user; `evaluators`: to whom the case is assigned; `done`: who is done with it.
    """
    items = items_of(case)
    seen = visible(latest, viewer, evaluators, done)
    mine = {review.key: review for review in seen if review.user == viewer.name and review.key in items}
    others = _by_key(r for r in seen if r.user != viewer.name and r.key in items and (r.decided or r.note))
    return Decisions(
        user=viewer.name,
        items=items,
        mine=mine,
        others=others,
        gone=tuple(review for review in seen if review.key not in items),
        history=_by_key(visible(history, viewer, evaluators, done)),
        open=opened(viewer, evaluators, done),
        done=viewer.name in done,
        done_by=tuple(sorted(done)),
        awaited=tuple(sorted(evaluators - done)),
    )


def _by_key(reviews: Iterable[Review]) -> Seen:
    found: dict[str, list[Review]] = {}
    for review in reviews:
        found.setdefault(review.key, []).append(review)
    return {key: tuple(each) for key, each in found.items()}


def still_there(case: Json, key: str) -> bool:
    """Tell whether the rules still report what a key stands for."""
    return key in items_of(case)


def decided_keys(reviews: Iterable[Review], user: str) -> frozenset[str]:
    """Give what a user has decided, by key: of `latest` reviews of one case."""
    return frozenset(review.key for review in reviews if review.user == user and review.decided)


def is_key(text: str) -> bool:
    """Tell whether a text can be a key: 16 hex digits of a finding, or that of a rule's outcome."""
    if text.startswith(OUTCOME):
        rule = text.removeprefix(OUTCOME)
        return len(rule) == 6 and rule.isalnum() and rule.isascii()
    return len(text) == 16 and set(text) <= set("0123456789abcdef")


def told(review: Review) -> dict[str, Any]:
    """Give what the browser needs of a decision."""
    return {
        "key": review.key,
        "decision": review.decision,
        "reason": review.reason,
        "note": review.note,
        "at": review.at,
    }
