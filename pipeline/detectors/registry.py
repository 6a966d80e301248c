"""Finds the rules: every `pipeline/detectors/<family>/<CODE>_<slug>.py` holds exactly one `Rule`, of that code."""

from __future__ import annotations

import importlib
import pkgutil
import re
from dataclasses import replace
from functools import cache

import pipeline.detectors as package
from pipeline.casefile import CaseFile
from pipeline.detectors.base import Rule, judge
from pipeline.detectors.peers import Peers
from pipeline.detectors.view import CaseView
from pipeline.documents.types import doc_types
from pipeline.law.forms import forms
from pipeline.outcomes import Outcome
from pipeline.packs.load import Pack, meant
from pipeline.problems import UsageError

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
    """One outcome for every rule that the pack enables, by code, of the severity that the pack gives it.

    `peers`: the other files of the batch.
    """
    view = CaseView(case, pack, peers)
    return tuple(judge(rule, view) for rule in _in_force(pack))


def judge_across(case: CaseFile, pack: Pack, peers: Peers) -> tuple[Outcome, ...]:
    """Outcomes of the rules that look across the files of a batch, by code."""
    view = CaseView(case, pack, peers)
    return tuple(judge(rule, view) for rule in _in_force(pack) if rule.across)


def _in_force(pack: Pack) -> tuple[Rule, ...]:
    return tuple(
        replace(rule, severity=pack.severities.get(rule.code, rule.severity))
        for rule in all_rules()
        if rule.code in pack.rules
    )


def checked(pack: Pack) -> Pack:
    """The pack, if every rule, type of document and form that it names exists; raises `UsageError` naming the wrong."""
    codes = tuple(rule.code for rule in all_rules())
    kinds = tuple(doc_types())
    generations = tuple(form.id for form in forms())
    named = [kind for entry in pack.required for kind in (*entry.documents, *entry.instead)]
    named += pack.waived
    named += [kind for form in pack.forms for kind in form.types if kind != "*"]
    for what, words, known in (
        ("规则", (*pack.rules, *pack.disabled, *pack.severities, *pack.parameters), codes),
        ("文书类型", named, kinds),
        ("表格版本", (*pack.forms_on, *pack.forms_off), generations),
    ):
        wrong = sorted(set(words) - set(known))
        if wrong:
            raise UsageError(
                f"规则包 {pack.name} 有误: 没有{what} {wrong[0]}{meant(wrong[0], known)}",
                "prescreen rules 列出全部规则; 文书类型见 docs/output.md",
            )
    return pack
