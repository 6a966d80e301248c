"""Every case of `tests/rules/<CODE>.yaml` against its rule, and the verdict that no YAML can provoke: `error`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cases import FOLDER, RuleCase, build, case_files, load_cases, peers_of_case
from pydantic import ValidationError

from pipeline.detectors import registry
from pipeline.detectors.base import Answer, Flag, Rule, judge
from pipeline.detectors.registry import all_rules, judge_case
from pipeline.detectors.view import CaseView
from pipeline.outcomes import Outcome
from pipeline.packs.load import load_pack

RULES = {rule.code: rule for rule in all_rules()}
CASES = [(code, case) for code, path in case_files() for case in load_cases(path).cases]


def _outcome(rule: Rule, case: RuleCase) -> Outcome | None:
    pack = load_pack(case.pack)
    return judge(rule, CaseView(build(case), pack, peers_of_case(case))) if rule.code in pack.rules else None


@pytest.mark.parametrize(("code", "case"), [pytest.param(*pair, id=f"{pair[0]}: {pair[1].name}") for pair in CASES])
def test_case(code: str, case: RuleCase) -> None:
    outcome, expected = _outcome(RULES[code], case), case.expect
    if outcome is None:
        assert expected.verdict == "not_run"
        return
    assert outcome.verdict == expected.verdict, outcome.why
    assert bool(outcome.findings) == (expected.verdict == "flag")
    assert outcome.lawful == expected.lawful
    assert expected.says in outcome.why
    if expected.pages is not None:
        seen = {item.page for finding in outcome.findings for item in finding.evidence}
        assert sorted(seen or outcome.pages) == sorted(expected.pages), outcome.why
    if expected.findings is not None:
        assert len(outcome.findings) == expected.findings
    for name in ("severity", "document_type", "constraint"):
        wanted = getattr(expected, name)
        if wanted is not None:
            assert {getattr(finding, name) for finding in outcome.findings} == {wanted}
    quoted = "\n".join(item.quote for finding in outcome.findings for item in finding.evidence)
    assert [quote for quote in expected.quotes if quote not in quoted] == []
    for one in expected.considered:
        assert any(
            one.verdict == other.verdict and one.lawful == other.lawful and one.says in other.why
            for other in outcome.considered
        ), outcome.considered


@pytest.mark.parametrize("code", sorted(RULES))
def test_every_rule_has_the_cases_it_needs(code: str) -> None:
    """At least two flags, two passes and one unsure; one lawful or not applicable where the rule knows any."""
    verdicts = [case.expect.verdict for case in load_cases(FOLDER / f"{code}.yaml").cases]
    assert verdicts.count("flag") >= 2
    assert verdicts.count("pass") >= 2
    assert verdicts.count("unsure") >= 1
    source = RULES[code].function.__code__.co_names
    if "NotApplicable" in source:
        assert "not_applicable" in verdicts


def test_every_yaml_belongs_to_a_rule() -> None:
    assert {code for code, _ in case_files()} == set(RULES)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("cases: [{name: 甲, document: [], expect: pass}]", "document"),
        ("cases: [{name: 甲, documents: [{type: cover, dated: 2021-03-17}], expect: pass}]", "dated"),
        ("cases: [{name: 甲, documents: [{type: 封面}], expect: pass}]", "no document type"),
        ("cases: [{name: 甲, documents: [{type: cover}], expect: maybe}]", "expect.verdict"),
        ("cases: [{name: 甲, documents: [{type: cover, dates: {closing: '2021-02-30'}}], expect: pass}]", "value"),
        ("cases: [{name: 甲, documents: [{type: cover, illegible: [2]}], expect: pass}]", "more pages"),
        ("cases: [{name: 甲, profile: {stage: 侦查}, documents: [{type: cover}], expect: pass}]", "profile.stage"),
        ("cases: [{name: 甲, documents: [{type: cover}], expect: {verdict: flag, page: [1]}}]", "expect.page"),
    ],
)
def test_a_slip_of_the_pen_is_an_error(text: str, named: str, tmp_path: Path) -> None:
    path = tmp_path / "DAT501.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(ValidationError, match=named):
        load_cases(path)


def _some_case() -> RuleCase:
    return next(case for code, case in CASES if code == "DAT501" and case.expect.verdict == "flag")


def _breaks(case: CaseView) -> Iterator[Answer]:
    yield Flag("说了一半")
    raise LookupError(f"{case.case.case_id} 的内容")


def test_a_rule_that_breaks_is_an_error_of_its_own() -> None:
    broken = replace(RULES["DAT501"], function=_breaks)
    outcome = judge(broken, CaseView(build(_some_case()), load_pack("henan")))
    assert outcome.verdict == "error"
    assert outcome.findings == ()
    assert "LookupError" in outcome.why
    assert _some_case().name not in outcome.why  # an exception's words may quote the case


def test_a_broken_rule_leaves_the_others_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = tuple(replace(rule, function=_breaks) if rule.code == "DAT502" else rule for rule in all_rules())
    case, pack = build(_some_case()), load_pack("henan")
    sound = {outcome.rule: outcome for outcome in judge_case(case, pack)}
    monkeypatch.setattr(registry, "all_rules", lambda: rules)
    spoilt = {outcome.rule: outcome for outcome in judge_case(case, pack)}
    assert spoilt.pop("DAT502").verdict == "error"
    sound.pop("DAT502")
    assert spoilt == sound
    assert spoilt["DAT501"].verdict == "flag"


def _says_nothing(case: CaseView) -> Iterator[Answer]:
    yield from ()


def test_a_rule_that_says_nothing_has_passed() -> None:
    silent = replace(RULES["DAT501"], function=_says_nothing)
    outcome = judge(silent, CaseView(build(_some_case()), load_pack("henan")))
    assert (outcome.verdict, bool(outcome.why)) == ("pass", True)


def test_every_enabled_rule_has_one_outcome_for_every_case() -> None:
    """Contract: one outcome each, in the order of codes, whatever the case holds."""
    for name in ("henan", "national"):
        pack = load_pack(name)
        for _, case in CASES:
            outcomes = judge_case(build(case), pack)
            assert [outcome.rule for outcome in outcomes] == sorted(pack.rules)
            assert all(outcome.verdict != "error" for outcome in outcomes), case.name
            assert all(outcome.why for outcome in outcomes), case.name


def test_a_case_is_judged_the_same_twice() -> None:
    pack = load_pack("henan")
    for _, case in CASES:
        assert judge_case(build(case), pack) == judge_case(build(case), pack), case.name
