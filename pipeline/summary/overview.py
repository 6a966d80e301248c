"""A batch as one table: what `summary.html` and the end of a run show.

Rows are taken from the cases' JSON one by one, so that a batch of thousands never stands in memory at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.summary.crops import unreadable_pages
from pipeline.summary.labels import SEVERITIES, STATUSES
from pipeline.summary.ranking import attention
from pipeline.summary.undone import Halt, Undone, Unreached, in_order, lost_of_case, skipped, unreached

GRAVITY = {severity: place for place, severity in enumerate(SEVERITIES)}
FIRST = 10
"""How many cases are named to begin with."""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case in the batch's table. `rules`: code, title and severity of each finding, in the order of the JSON."""

    case_id: str
    status: str
    case_kind: str | None
    stage: str | None
    recipient: str | None
    lawyer: str | None
    pages: int
    unreadable: tuple[int, ...]
    high: int
    medium: int
    low: int
    unsure: int
    rules: tuple[tuple[str, str, str], ...] = ()
    errors: tuple[str, ...] = ()
    undone: tuple[Undone, ...] = ()
    same_as: str = ""
    """The earlier case of the batch with the same content, or "": both are one file."""
    attention: float = 0.0
    """How early it is shown (summary/ranking.py); never shown itself."""

    @property
    def titles(self) -> tuple[str, ...]:
        """What was found, gravest first, each title once."""
        return tuple(dict.fromkeys(title for _, title, _ in sorted(self.rules, key=lambda rule: GRAVITY[rule[2]])))

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why a person should look at it, in words: what was not read, then what was found and what is in doubt.

        First of all which other case it is the same as.
        """
        told = [f"与 {self.same_as} 内容相同"] if self.same_as else []
        if self.errors or self.status != "screened":
            told.append(": ".join(filter(None, (STATUSES[self.status], "、".join(self.errors)))))
        for severity, name in SEVERITIES.items():
            titles = dict.fromkeys(title for _, title, found in self.rules if found == severity)
            if titles:
                told.append(f"{name}级疑点 {getattr(self, severity)} 处: {'、'.join(titles)}")
        if self.unsure:
            told.append(f"存疑 {self.unsure} 项")
        if self.unreadable:
            told.append(f"{len(self.unreadable)} 页无法辨认")
        return tuple(told)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A child of the batch that is no case file, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class BatchSummary:
    """What is shown of a batch. `facts`: label and value of what the run rests on (pack, engine, version), no times.

    `missed` are the cases that the run did not finish, and `halt` is why.
    """

    name: str
    cases: tuple[CaseRow, ...]
    skipped: tuple[Skipped, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    missed: tuple[Unreached, ...] = ()
    halt: Halt = "interrupted"

    def total(self, key: str) -> int:
        """Sum a counting field of the rows."""
        return sum(getattr(row, key) for row in self.cases)

    def with_status(self, status: str) -> int:
        """Count the cases of a status."""
        return sum(row.status == status for row in self.cases)

    @property
    def unreadable(self) -> int:
        return sum(len(row.unreadable) for row in self.cases)

    def undone(self) -> tuple[Undone, ...]:
        """Everything that was not done, gravest first."""
        lost = [one for row in self.cases for one in row.undone]
        children = skipped([(child.name, child.reason) for child in self.skipped])
        return in_order([*unreached(self.missed, self.halt), *lost, *children])

    def first(self) -> tuple[CaseRow, ...]:
        """The cases to begin with: at most ten, at most a third of those that ask for anything, but three."""
        asking = tuple(row for row in self.cases if row.attention > 0)
        return asking[: min(FIRST, max(3, len(asking) // 3))]

    def rules(self) -> tuple[tuple[str, str, str, int, int], ...]:
        """Tell code, title, gravest severity, number of findings and of cases for each rule found, most cases first."""
        findings = Counter(code for row in self.cases for code, _, _ in row.rules)
        cases = Counter(code for row in self.cases for code in {code for code, _, _ in row.rules})
        known: dict[str, tuple[str, str]] = {}
        for row in self.cases:
            for code, title, severity in row.rules:
                if code not in known or GRAVITY[severity] < GRAVITY[known[code][1]]:
                    known[code] = (title, severity)
        order = sorted(known, key=lambda code: (-cases[code], code))
        return tuple((code, *known[code], findings[code], cases[code]) for code in order)


def case_row(case: dict[str, Any]) -> CaseRow:
    """Take the table's row from a case's JSON."""
    severities = Counter(finding["severity"] for finding in case["findings"])
    people = case["people"]
    return CaseRow(
        case_id=case["case_id"],
        status=case["status"],
        case_kind=case["case_kind"],
        stage=case["stage"],
        recipient=people.get("recipient"),
        lawyer=people.get("lawyer"),
        pages=len(case["pages"]),
        unreadable=unreadable_pages(case),
        high=severities["high"],
        medium=severities["medium"],
        low=severities["low"],
        unsure=0 if case["status"] == "failed" else sum(o["verdict"] == "unsure" for o in case["outcomes"]),
        rules=tuple((f["rule"], f["title"], f["severity"]) for f in case["findings"]),
        attention=round(attention(case, len(unreadable_pages(case))), 6),
        errors=tuple(dict.fromkeys(e["message"] for e in case["errors"] if e.get("lost") == "file")),
        undone=lost_of_case(case),
    )


def batch_summary(
    name: str,
    rows: Sequence[CaseRow],
    children: Sequence[Skipped] = (),
    facts: Sequence[tuple[str, str]] = (),
    missed: Sequence[Unreached] = (),
    halt: Halt = "interrupted",
) -> BatchSummary:
    """Put a batch's rows together, those that most need a person first; of equal ones in the order given."""
    order = sorted(rows, key=lambda row: -row.attention)
    return BatchSummary(name, tuple(order), tuple(children), tuple(facts), tuple(missed), halt)
