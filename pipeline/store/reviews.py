"""What people decided and corrected in a run folder (`RUN/reviews.db`, SQLite): append-only, with who and when.

No run ever removes or rewrites it (appending.py). Of several decisions of a user on one thing the last counts; all are
kept.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from pipeline.box import Box
from pipeline.corrections import Correction, Place, Target
from pipeline.store.appending import AppendOnly, append_only

Decision = Literal["accept", "reject", "unsure", "open"]
"""The finding is right; it is not; cannot tell; an earlier decision is taken back, or there is a note only."""
DECISIONS: tuple[Decision, ...] = ("accept", "reject", "unsure", "open")
OUTCOME = "outcome:"

_FIRST = """
CREATE TABLE reviews (
    id INTEGER PRIMARY KEY, case_id TEXT NOT NULL, key TEXT NOT NULL, rule TEXT NOT NULL, user TEXT NOT NULL,
    decision TEXT NOT NULL, reason TEXT NOT NULL, note TEXT NOT NULL, about TEXT NOT NULL, at TEXT NOT NULL
);
CREATE INDEX reviews_of ON reviews (case_id, key, user, id);
CREATE TABLE completions (
    id INTEGER PRIMARY KEY, case_id TEXT NOT NULL, user TEXT NOT NULL, done INTEGER NOT NULL, at TEXT NOT NULL
);
CREATE INDEX completions_of ON completions (case_id, user, id);
CREATE TABLE corrections (
    id INTEGER PRIMARY KEY, case_id TEXT NOT NULL, kind TEXT NOT NULL, target TEXT NOT NULL, value TEXT NOT NULL,
    role TEXT NOT NULL, author TEXT NOT NULL, at TEXT NOT NULL
);
CREATE INDEX corrections_of ON corrections (case_id, id);
CREATE TABLE withdrawals (
    correction INTEGER PRIMARY KEY REFERENCES corrections (id), user TEXT NOT NULL, at TEXT NOT NULL
);
"""
_SECOND = """
CREATE TABLE effects (
    id INTEGER PRIMARY KEY, correction INTEGER NOT NULL REFERENCES corrections (id),
    rule TEXT NOT NULL, key TEXT NOT NULL, came INTEGER NOT NULL
);
"""


STEPS = (
    append_only(_FIRST, "reviews", "completions", "corrections", "withdrawals"),
    append_only(_SECOND, "effects"),
)


@dataclass(frozen=True, slots=True)
class Review:
    """What a user decided on a finding, or on the outcome of a rule without one, and when (ISO 8601).

    `key`: the finding's, or `outcome:<rule>`. `reason`: a key of summary/reasons.py, or "". `about`: what the finding
    said at that time, for when a later run no longer reports it.
    """

    case_id: str
    key: str
    rule: str
    user: str
    decision: Decision
    reason: str = ""
    note: str = ""
    about: str = ""
    at: str = ""

    @property
    def decided(self) -> bool:
        """Whether it is a decision, not one taken back or a note alone."""
        return self.decision != "open"


@dataclass(frozen=True, slots=True)
class Completion:
    """A user said that he is done with a case, or took it up again."""

    case_id: str
    user: str
    done: bool
    at: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A correction of a case as it is kept; `withdrawn_by` and `withdrawn_at` are "" while it stands."""

    case_id: str
    correction: Correction
    withdrawn_by: str = ""
    withdrawn_at: str = ""

    @property
    def stands(self) -> bool:
        return not self.withdrawn_at


def outcome_key(rule: str) -> str:
    """Under what a decision on a rule's outcome is kept that has no finding."""
    return f"{OUTCOME}{rule}"


_COLUMNS = "case_id, key, rule, user, decision, reason, note, about, at"


class Reviews(AppendOnly):
    """The reviews of one run folder. The file is made by the first write; until then there is nothing.

    Every method raises `WorkspaceError` where the file cannot be read or written, or comes from a newer version.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path, STEPS)

    # decisions

    def decide(self, review: Review) -> bool:
        """Keep a decision; tells whether it says anything new: one that repeats the user's last one is not kept."""
        with self.writing() as db:
            last = db.execute(
                f"SELECT {_COLUMNS} FROM reviews WHERE case_id = ? AND key = ? AND user = ? ORDER BY id DESC LIMIT 1",
                (review.case_id, review.key, review.user),
            ).fetchone()
            told = (review.decision, review.reason, review.note)
            if told == (tuple(last[4:7]) if last else ("open", "", "")):
                return False
            values = tuple(asdict(review)[name.strip()] for name in _COLUMNS.split(","))
            db.execute(f"INSERT INTO reviews ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
            return True

    def history(self, case_id: str | None = None, key: str | None = None) -> tuple[Review, ...]:
        """All that was ever decided, oldest first; of one case, of one thing in it."""
        rows = self.read(
            f"SELECT {_COLUMNS} FROM reviews WHERE (?1 IS NULL OR case_id = ?1) AND (?2 IS NULL OR key = ?2)"
            " ORDER BY id",
            (case_id, key),
        )
        return tuple(Review(*row) for row in rows)

    def latest(self, case_id: str) -> tuple[Review, ...]:
        """What counts in a case: the last word of each user on each thing, oldest first."""
        return self._latest(case_id).get(case_id, ())

    def latest_of_all(self) -> dict[str, tuple[Review, ...]]:
        """What counts in every case of the run that somebody decided anything in."""
        return self._latest(None)

    def _latest(self, case_id: str | None) -> dict[str, tuple[Review, ...]]:
        rows = self.read(
            f"SELECT {_COLUMNS} FROM reviews WHERE id IN (SELECT max(id) FROM reviews"
            " WHERE ?1 IS NULL OR case_id = ?1 GROUP BY case_id, key, user)"
            " AND (decision <> 'open' OR note <> '') ORDER BY id",
            (case_id,),
        )
        found: dict[str, list[Review]] = {}
        for row in rows:
            found.setdefault(row[0], []).append(Review(*row))
        return {one: tuple(reviews) for one, reviews in found.items()}

    # who is done

    def finish(self, case_id: str, user: str, at: str) -> bool:
        """Note that a user is done with a case; tells whether he was not yet."""
        return self._complete(Completion(case_id, user, True, at))

    def reopen(self, case_id: str, user: str, at: str) -> bool:
        """Note that a user takes a case up again; tells whether he was done."""
        return self._complete(Completion(case_id, user, False, at))

    def _complete(self, one: Completion) -> bool:
        with self.writing() as db:
            last = db.execute(
                "SELECT done FROM completions WHERE case_id = ? AND user = ? ORDER BY id DESC LIMIT 1",
                (one.case_id, one.user),
            ).fetchone()
            if bool(last and last[0]) == one.done:
                return False
            db.execute(
                "INSERT INTO completions (case_id, user, done, at) VALUES (?, ?, ?, ?)",
                (one.case_id, one.user, one.done, one.at),
            )
            return True

    def done(self, case_id: str) -> frozenset[str]:
        """Who is done with a case."""
        return self.done_of_all().get(case_id, frozenset())

    def done_of_all(self) -> dict[str, frozenset[str]]:
        """Who is done, of every case with which anybody is."""
        rows = self.read(
            "SELECT case_id, user FROM completions WHERE id IN"
            " (SELECT max(id) FROM completions GROUP BY case_id, user) AND done ORDER BY id"
        )
        found: dict[str, set[str]] = {}
        for case_id, user in rows:
            found.setdefault(case_id, set()).add(user)
        return {case_id: frozenset(users) for case_id, users in found.items()}

    def completions(self, case_id: str | None = None) -> tuple[Completion, ...]:
        """Every time somebody was done or began again, oldest first."""
        rows = self.read(
            "SELECT case_id, user, done, at FROM completions WHERE ?1 IS NULL OR case_id = ?1 ORDER BY id", (case_id,)
        )
        return tuple(Completion(case, user, bool(done), at) for case, user, done, at in rows)

    # corrections

    def correct(self, case_id: str, correction: Correction) -> int:
        """Keep a correction; gives what it is kept under."""
        with self.writing() as db:
            found = db.execute(
                "INSERT INTO corrections (case_id, kind, target, value, role, author, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    case_id,
                    correction.kind,
                    _packed(correction.target),
                    correction.value,
                    correction.role,
                    correction.author,
                    correction.at,
                ),
            )
            return int(found.lastrowid or 0)

    def note_effects(self, correction: int, gone: Sequence[tuple[str, str]], come: Sequence[tuple[str, str]]) -> None:
        """Note which findings (rule and key) a correction made go and come."""
        rows = [(correction, rule, key, came) for came, found in ((0, gone), (1, come)) for rule, key in found]
        if rows:
            with self.writing() as db:
                db.executemany("INSERT INTO effects (correction, rule, key, came) VALUES (?, ?, ?, ?)", rows)

    def corrected_away(self) -> tuple[tuple[str, str, str], ...]:
        """Findings that went by a correction that stands: case id, rule and key, each once."""
        rows = self.read(
            "SELECT DISTINCT c.case_id, e.rule, e.key FROM effects e JOIN corrections c ON c.id = e.correction"
            " WHERE NOT e.came AND c.id NOT IN (SELECT correction FROM withdrawals) ORDER BY 1, 2, 3"
        )
        return tuple((case_id, rule, key) for case_id, rule, key in rows)

    def withdraw(self, case_id: str, correction: int, user: str, at: str) -> bool:
        """Take a correction back; tells whether it stood. Raises KeyError where the case has no such correction."""
        with self.writing() as db:
            known = db.execute("SELECT 1 FROM corrections WHERE id = ? AND case_id = ?", (correction, case_id))
            if known.fetchone() is None:
                raise KeyError(correction)
            found = db.execute("INSERT OR IGNORE INTO withdrawals VALUES (?, ?, ?)", (correction, user, at))
            return found.rowcount > 0

    def corrections(self, case_id: str | None = None) -> tuple[Kept, ...]:
        """All corrections of a case or of all, withdrawn ones too, oldest first."""
        rows = self.read(
            "SELECT c.case_id, c.kind, c.target, c.value, c.role, c.author, c.at, c.id, coalesce(w.user, ''),"
            " coalesce(w.at, '') FROM corrections c LEFT JOIN withdrawals w ON w.correction = c.id"
            " WHERE ?1 IS NULL OR c.case_id = ?1 ORDER BY c.id",
            (case_id,),
        )
        return tuple(
            Kept(row[0], Correction(row[1], _target(row[2]), row[3], row[4], row[5], row[6], row[7]), row[8], row[9])
            for row in rows
        )

    def standing(self, case_id: str) -> tuple[Correction, ...]:
        """The corrections of a case that are not withdrawn, oldest first."""
        return tuple(kept.correction for kept in self.corrections(case_id) if kept.stands)

    def standing_of_all(self) -> dict[str, tuple[Correction, ...]]:
        """The corrections that stand, of every case that has any."""
        found: dict[str, list[Correction]] = {}
        for kept in self.corrections():
            if kept.stands:
                found.setdefault(kept.case_id, []).append(kept.correction)
        return {case_id: tuple(corrections) for case_id, corrections in found.items()}


def _packed(target: Target) -> str:
    place, box = target.place, target.box
    return json.dumps(
        {
            "place": [place.sha256, place.file_page] if place else None,
            "role": target.role,
            "raw": target.raw,
            "box": [box.x0, box.y0, box.x1, box.y1] if box else None,
        },
        ensure_ascii=True,
    )


def _target(packed: str) -> Target:
    told = json.loads(packed)
    return Target(
        Place(*told["place"]) if told["place"] else None,
        told["role"],
        told["raw"],
        Box(*told["box"]) if told["box"] else None,
    )
