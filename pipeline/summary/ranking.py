"""In which order people are shown what was found: findings of a case, cases of a batch. Never a grade, never shown.

What a finding asks of a person's attention is its severity times how sure the rule is. A case asks for what its
findings ask for together, and a little for each doubt and each page nobody could read; a case that could not be read
comes before all others, since nobody knows what is in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

WEIGHTS = {"high": 9.0, "medium": 3.0, "low": 1.0}
"""A high finding outweighs two medium ones, a medium one two low ones."""
DOUBT = 0.5
"""Of an outcome that is unsure."""
UNREADABLE = 0.2
"""Of a page that could not be read."""
NOT_READ = 1000.0
PARTLY_READ = 5.0


def finding_weight(finding: dict[str, Any]) -> float:
    """Severity times confidence of one finding."""
    weight: float = WEIGHTS[finding["severity"]] * finding["confidence"]
    return weight


def ranked(findings: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Order findings by severity times confidence; equal ones stay in the order given."""
    return sorted(findings, key=lambda finding: -round(finding_weight(finding), 6))


def attention(case: dict[str, Any], unreadable: int) -> float:
    """How much a case asks for a person; `unreadable`: its pages that nobody could read."""
    if case["status"] == "failed":
        return NOT_READ
    doubts = sum(outcome["verdict"] == "unsure" for outcome in case["outcomes"])
    asked = sum(map(finding_weight, case["findings"]), 0.0)
    partly = PARTLY_READ if case["status"] == "partial" else 0.0
    total: float = asked + DOUBT * doubts + UNREADABLE * unreadable + partly
    return total
