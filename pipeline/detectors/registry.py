"""Finds the rules: every `pipeline/detectors/<family>/<CODE>_<slug>.py` holds exactly one `Rule`, of that code."""

from __future__ import annotations

import importlib
import pkgutil
import re
from functools import cache

import pipeline.detectors as package
from pipeline.casefile import CaseFile
from pipeline.detectors.base import Rule, judge
from pipeline.detectors.peers import Peers
from pipeline.detectors.view import CaseView
from pipeline.outcomes import Outcome
from pipeline.packs.load import Pack

_RULE_FILE = re.compile(r"^([A-Z]{3}\d{3})_[a-z0-9_]+$")


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule there is, by code. Raises RuntimeError where a file and its rule disagree (a programming error)."""
    rules: dict[str, Rule] = {}
    for family in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        if not family.ispkg:
            continue
        parent = importlib.import_module(family.name)
        for entry in pkgutil.iter_modules(parent.__path__):
            named = _RULE_FILE.match(entry.name)
            if not named:
                continue
            module = importlib.import_module(f"{family.name}.{entry.name}")
            found = [value for value in vars(module).values() if isinstance(value, Rule)]
            if [rule.code for rule in found] != [named[1]] or named[1] in rules:
                raise RuntimeError(f"{entry.name}: a rule file holds one rule, of its own code, used once")
            rules[named[1]] = found[0]
    return tuple(rules[code] for code in sorted(rules))


def judge_case(case: CaseFile, pack: Pack, peers: Peers | None = None) -> tuple[Outcome, ...]:
    """One outcome for every rule that the pack enables, by code; `peers`: the other files of the batch."""
    view = CaseView(case, pack, peers)
    return tuple(judge(rule, view) for rule in all_rules() if rule.code in pack.rules)


def judge_across(case: CaseFile, pack: Pack, peers: Peers) -> tuple[Outcome, ...]:
    """Outcomes of the rules that look across the files of a batch, by code."""
    view = CaseView(case, pack, peers)
    return tuple(judge(rule, view) for rule in all_rules() if rule.across and rule.code in pack.rules)
