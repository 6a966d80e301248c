"""What rules think of a case, frozen: findings, outcomes and what was weighed (contract.md, Verdicts).

The other vocabulary, what was seen on the pages, is in `casefile.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.casefile import Evidence

Verdict = Literal["flag", "unsure", "lawful", "pass", "not_applicable", "error"]
Severity = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True)
class MatchedPassage:
    """Two places that say the same: what a copying rule shows side by side.

    `case`: the other case of the batch that `origin` lies in; "" where it is a page of this one.
    """

    copy: Evidence
    origin: Evidence
    similarity: float
    case: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A suspected fault for a person to judge. `key` is stable over re-runs, so that decisions stick to it."""

    rule: str
    key: str
    circular_item: int
    severity: Severity
    confidence: float
    title: str
    message: str
    basis: str
    advice: str
    evidence: tuple[Evidence, ...] = ()
    document: str | None = None
    document_type: str | None = None
    constraint: str | None = None
    missing: tuple[str, ...] = ()
    passages: tuple[MatchedPassage, ...] = ()


@dataclass(frozen=True, slots=True)
class Consideration:
    """An answer that a rule weighed besides the one it gave: a lawful look-alike, a doubt."""

    verdict: Verdict
    why: str
    lawful: str | None = None
    document: str | None = None
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one rule says of one case (contract.md, Verdicts); exactly one for every enabled rule."""

    rule: str
    verdict: Verdict
    why: str
    lawful: str | None = None
    pages: tuple[int, ...] = ()
    document: str | None = None
    considered: tuple[Consideration, ...] = ()
    findings: tuple[Finding, ...] = ()
