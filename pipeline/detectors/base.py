"""What a rule is made of: the `@detector` decorator, the answers a rule may give, and how they become one `Outcome`.

A rule is a function of a `CaseView` that yields answers. The framework gives the dull ones: a rule that broke is
`error` (of that rule alone), a rule that yields nothing is `pass`, a kind of case without the duty is
`not_applicable`. Where several answers hold, `flag` leads, then `unsure`, `lawful`, `pass`; the others stand in
`considered` (contract.md, Verdicts). Rules are pure: no file, clock, network or database.
"""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.casefile import Evidence
from pipeline.detectors.view import CaseView
from pipeline.outcomes import Consideration, Finding, MatchedPassage, Outcome, Severity, Verdict
from pipeline.text.normalise import fold


@dataclass(frozen=True, slots=True)
class Flag:
    """A suspected fault. Fields left at None take the rule's own value."""

    message: str
    evidence: tuple[Evidence, ...] = ()
    document: str | None = None
    document_type: str | None = None
    severity: Severity | None = None
    confidence: float = 0.9
    constraint: str | None = None
    missing: tuple[str, ...] = ()
    passages: tuple[MatchedPassage, ...] = ()


@dataclass(frozen=True, slots=True)
class Unsure:
    """The reading is not good enough to say; `pages` are those a person must look at."""

    why: str
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Lawful:
    """Would have been a flag but for a lawful look-alike: `lawful` is an LA-number of reference.md 2.4 or "note"."""

    why: str
    lawful: str
    document: str | None = None
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """Nothing to check: the duty does not exist for such a kind, stage, entry or period."""

    why: str


@dataclass(frozen=True, slots=True)
class Pass:
    """Looked at, in order."""

    why: str


@dataclass(frozen=True, slots=True)
class Weighed:
    """A lawful explanation that was looked for and does not hold here; it only ever stands in `considered`."""

    why: str
    lawful: str


Answer = Flag | Unsure | Lawful | NotApplicable | Pass | Weighed
RuleFunction = Callable[[CaseView], Iterator[Answer]]

RANK: tuple[type[Answer], ...] = (Flag, Unsure, Lawful, NotApplicable, Pass, Weighed)


@dataclass(frozen=True, slots=True)
class Rule:
    """A detector with what is printed of it. `basis` is by regime ("R0" … "R3"), "*" for all others."""

    code: str
    title: str
    severity: Severity
    circular_item: int
    basis: dict[str, str]
    advice: str
    function: RuleFunction
    doc: str = field(default="")
    across: bool = False
    """Looks at the other files of the batch: judged again when all of them are read."""

    def basis_for(self, regime: str) -> str:
        """The legal basis in force under a regime."""
        return self.basis.get(regime, self.basis.get("*", ""))


def detector(
    *,
    code: str,
    title: str,
    severity: Severity,
    circular_item: int,
    basis: dict[str, str],
    advice: str,
    across: bool = False,
) -> Callable[[RuleFunction], Rule]:
    """Make a rule of a function. The documentation is the docstring of the module that holds it."""

    def make(function: RuleFunction) -> Rule:
        module = inspect.getmodule(function)
        doc = inspect.cleandoc((module.__doc__ if module else "") or "")
        return Rule(code, title, severity, circular_item, basis, advice, function, doc, across)

    return make


def judge(rule: Rule, case: CaseView) -> Outcome:
    """One rule's outcome for one case. A rule that raises becomes `error` and spoils nothing else."""
    try:
        answers = list(rule.function(case))
    except Exception as error:  # the one place where any exception of a rule is caught, on purpose
        return Outcome(rule.code, "error", f"规则执行出错: {type(error).__name__}")
    answers.sort(key=lambda answer: RANK.index(type(answer)))
    if not answers or isinstance(answers[0], Weighed):
        return Outcome(rule.code, "pass", "已检查, 未发现疑点", considered=_considered(answers))
    lead, rest = answers[0], answers[1:]
    if isinstance(lead, Flag):
        flags = [answer for answer in answers if isinstance(answer, Flag)]
        others = [answer for answer in rest if not isinstance(answer, Flag)]
        findings = _findings(rule, flags, case.profile.regime)
        why = "; ".join(flag.message for flag in flags)
        return Outcome(rule.code, "flag", why, considered=_considered(others), findings=findings)
    return Outcome(
        rule.code,
        _verdict(lead),
        lead.why,
        lawful=lead.lawful if isinstance(lead, Lawful) else None,
        pages=lead.pages if isinstance(lead, Unsure | Lawful) else (),
        document=lead.document if isinstance(lead, Lawful) else None,
        considered=_considered(rest),
    )


def _verdict(answer: Answer) -> Verdict:
    match answer:
        case Flag():
            return "flag"
        case Unsure():
            return "unsure"
        case Lawful():
            return "lawful"
        case NotApplicable() | Weighed():
            return "not_applicable"
        case Pass():
            return "pass"


def _considered(answers: Sequence[Answer]) -> tuple[Consideration, ...]:
    return tuple(
        Consideration(
            _verdict(answer),
            answer.why,
            lawful=answer.lawful if isinstance(answer, Lawful | Weighed) else None,
            document=answer.document if isinstance(answer, Lawful) else None,
            pages=answer.pages if isinstance(answer, Unsure | Lawful) else (),
        )
        for answer in answers
        if not isinstance(answer, Flag)
    )


def _findings(rule: Rule, flags: Sequence[Flag], regime: str) -> tuple[Finding, ...]:
    seeds = [_seed(rule, flag) for flag in flags]
    # Two places that read alike (a record filed twice) are two findings, told apart by their order.
    return tuple(
        _finding(rule, flag, regime, f"{seed}|{seeds[:index].count(seed)}" if seed in seeds[:index] else seed)
        for index, (flag, seed) in enumerate(zip(flags, seeds, strict=True))
    )


def _seed(rule: Rule, flag: Flag) -> str:
    """What a finding's key is made of: whatever tells the fault from others and survives another scan.

    Page numbers and boxes are left out: a page more or less in the file must not orphan a person's decision. What is
    missing has no place of its own, only one where it is pointed at, so that does not count either.
    """
    absent = flag.document is None and flag.document_type is not None
    quotes = [] if absent else sorted({fold(item.quote) for item in flag.evidence})
    return "|".join([rule.code, flag.document_type or "", flag.constraint or "", *quotes])


def _finding(rule: Rule, flag: Flag, regime: str, seed: str) -> Finding:
    return Finding(
        rule=rule.code,
        key=hashlib.sha256(seed.encode()).hexdigest()[:16],
        circular_item=rule.circular_item,
        severity=flag.severity or rule.severity,
        confidence=flag.confidence,
        title=rule.title,
        message=flag.message,
        basis=rule.basis_for(regime),
        advice=rule.advice,
        evidence=flag.evidence,
        document=flag.document,
        document_type=flag.document_type,
        constraint=flag.constraint,
        missing=flag.missing,
        passages=flag.passages,
    )
