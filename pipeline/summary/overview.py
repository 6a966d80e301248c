"""A batch as one table: what `summary.html` and the end of a run show.

Rows are taken from the cases' JSON one by one, so that a batch of thousands never stands in memory at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.summary.crops import unreadable_pages
from pipeline.summary.labels import SEVERITIES
from pipeline.summary.ranking import attention

GRAVITY = {severity: place for place, severity in enumerate(SEVERITIES)}


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
    attention: float = 0.0
    """How early it is shown (summary/ranking.py); never shown itself."""

    @property
    def titles(self) -> tuple[str, ...]:
        """What was found, gravest first, each title once."""
        return tuple(dict.fromkeys(title for _, title, _ in sorted(self.rules, key=lambda rule: GRAVITY[rule[2]])))


@dataclass(frozen=True, slots=True)
class Skipped:
    """A child of the batch that is no case file, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class BatchSummary:
    """What is shown of a batch. `facts`: label and value of what the run rests on (pack, engine, version), no times."""

    name: str
    cases: tuple[CaseRow, ...]
    skipped: tuple[Skipped, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()

    def total(self, key: str) -> int:
        """Sum a counting field of the rows."""
        return sum(getattr(row, key) for row in self.cases)

    def with_status(self, status: str) -> int:
        """Count the cases of a status."""
        return sum(row.status == status for row in self.cases)

    @property
    def unreadable(self) -> int:
        return sum(len(row.unreadable) for row in self.cases)

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
    )


def batch_summary(
    name: str,
    rows: Sequence[CaseRow],
    skipped: Sequence[Skipped] = (),
    facts: Sequence[tuple[str, str]] = (),
) -> BatchSummary:
    """Put a batch's rows together, those that most need a person first; of equal ones in the order given."""
    order = sorted(rows, key=lambda row: -row.attention)
    return BatchSummary(name, tuple(order), tuple(skipped), tuple(facts))
