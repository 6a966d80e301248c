"""What a person corrected in a case, frozen: reviewed facts with their author.

A correction is keyed by content, so that it survives re-runs and files in another order: by the hash of the file, the
page within it, and what was read there. It is never changed, only withdrawn; of several for one thing the last counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pipeline.box import Box

CorrectionKind = Literal[
    "date", "no_date", "new_date", "type", "begin", "join", "case_kind", "stage", "entry", "signature"
]
KINDS: tuple[CorrectionKind, ...] = (
    "date",
    "no_date",
    "new_date",
    "type",
    "begin",
    "join",
    "case_kind",
    "stage",
    "entry",
    "signature",
)
CASE_KINDS = ("criminal", "civil", "administrative", "labour_arbitration", "non_litigation")
STAGES = ("investigation", "prosecution_review", "trial", "litigation", "arbitration", "non_litigation")
ENTRIES = ("application", "notice")


@dataclass(frozen=True, slots=True)
class Place:
    """A page by its content: the hash of its file and its number in that (from 1)."""

    sha256: str
    file_page: int


@dataclass(frozen=True, slots=True)
class Target:
    """What is corrected. `place` is None for what belongs to the whole case.

    `role`: of the date or of the signer; `raw` and `box`: what was read there and where.
    """

    place: Place | None = None
    role: str = ""
    raw: str = ""
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction. `id` is what it is kept under (0: not kept yet), `at` when it was made (ISO 8601).

    `value` by kind: date, new_date: the day (ISO); type: a key of doctypes.csv; case_kind, stage, entry: one of theirs;
    signature: signed | blank; no_date, begin (a new document begins on this page) and join (this page's document
    belongs to the one before): "". `role`: of a date the role it plays, "" where that stays as it was read.
    """

    kind: CorrectionKind
    target: Target
    value: str = ""
    role: str = ""
    author: str = ""
    at: str = ""
    id: int = 0

    @property
    def about(self) -> tuple[str, Target]:
        """What it is about: of two corrections about the same the later one counts."""
        group = "date" if self.kind in ("date", "no_date") else self.kind
        return group, self.target


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Who vouches for a fact since when; `correction` is what that is kept under."""

    by: str
    at: str
    correction: int


@dataclass(frozen=True, slots=True)
class PlacedCorrection:
    """A correction with the pages of this case (from 1) that it holds for; none where its file is not there."""

    correction: Correction
    pages: tuple[int, ...] = field(default=())

    @property
    def reviewed(self) -> Reviewed:
        """What its fact carries."""
        return Reviewed(self.correction.author, self.correction.at, self.correction.id)


def places_of(files: Sequence[tuple[str, int]]) -> tuple[Place, ...]:
    """Give the place of every page of a case, whose pages are numbered through its files (hash, number of pages)."""
    return tuple(Place(sha256, number) for sha256, pages in files for number in range(1, pages + 1))


def in_force(corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """Leave out those that a later one about the same thing replaces; in order of their making."""
    last = {correction.about: correction for correction in corrections}
    return tuple(sorted(last.values(), key=lambda one: one.id))


def placed(corrections: Iterable[Correction], places: Sequence[Place]) -> tuple[PlacedCorrection, ...]:
    """Find the pages of each correction, in order of their making; of two about the same thing only the later.

    `places`: that of every page of the case, in order.
    """
    where: dict[Place, list[int]] = {}
    for number, place in enumerate(places, 1):
        where.setdefault(place, []).append(number)
    return tuple(
        PlacedCorrection(one, tuple(where.get(one.target.place, ())) if one.target.place else ())
        for one in in_force(corrections)
    )
