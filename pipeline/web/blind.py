"""Two evaluators judge a file independently: neither sees what the other decided until both are done."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.store.reviews import Review
from pipeline.web.people import User


def opened(viewer: User, evaluators: frozenset[str], done: frozenset[str]) -> bool:
    """Tell whether a user may see others' decisions on a case: an admin always; else all must be done, and he too.

    `evaluators`: to whom it is assigned; `done`: who is done with it.
    """
    if viewer.role == "admin":
        return True
    return viewer.name in evaluators and evaluators <= done


def visible(
    reviews: Iterable[Review], viewer: User, evaluators: frozenset[str], done: frozenset[str]
) -> tuple[Review, ...]:
    """Keep the decisions on one case that a user may see: his own, and others' where they are open to him."""
    every = opened(viewer, evaluators, done)
    return tuple(review for review in reviews if every or review.user == viewer.name)
