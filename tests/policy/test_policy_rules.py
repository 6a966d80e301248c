"""A rule is one file and one YAML: what every rule must have, whoever wrote it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from pipeline.detectors.manual import HEADINGS, rule_text, sections
from pipeline.detectors.registry import all_rules
from pipeline.packs.load import load_pack, pack_names

CHANGELOG_LINE = re.compile(r"^- (New|Changed|Removed): `([A-Z]{3}\d{3})`", re.MULTILINE)
FIRST_SEVEN = {"DOC101", "DOC102", "DOC103", "DAT501", "DAT502", "DAT503", "CPY601"}


def test_every_file_is_found_and_bears_its_code(rule_files: dict[str, Path]) -> None:
    assert {rule.code for rule in all_rules()} == set(rule_files)
    assert set(rule_files) >= FIRST_SEVEN


def test_families_keep_their_codes_together(rule_files: dict[str, Path]) -> None:
    """One folder for each three-letter family, so that a code says where its file is."""
    folders = {
        code[:3]: {path.parent.name for c, path in rule_files.items() if c[:3] == code[:3]} for code in rule_files
    }
    assert all(len(names) == 1 for names in folders.values()), folders


def test_documentation_has_its_headings_in_order() -> None:
    for rule in all_rules():
        parts = sections(rule.doc)
        assert [heading for heading in parts if heading] == list(HEADINGS), rule.code
        empty = [heading for heading in HEADINGS if len(parts[heading]) < 2]
        assert empty == [], f"{rule.code}: nothing under {empty}"


def _written_cases(root: Path, code: str) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = yaml.safe_load((root / "tests" / "rules" / f"{code}.yaml").read_text("utf-8"))[
        "cases"
    ]
    for case in cases:
        if isinstance(case["expect"], str):
            case["expect"] = {"verdict": case["expect"]}
    return cases


def test_a_rule_has_cases_that_a_lawyer_can_read(rule_files: dict[str, Path], root: Path) -> None:
    for code in rule_files:
        cases = _written_cases(root, code)
        verdicts = Counter(case["expect"]["verdict"] for case in cases)
        assert verdicts["flag"] >= 2, code
        assert verdicts["pass"] >= 2, code
        assert verdicts["unsure"] >= 1, code
        names = [case["name"] for case in cases]
        assert len(names) == len(set(names)), code


def test_the_command_prints_what_the_docs_say(root: Path) -> None:
    text = (root / "docs" / "rules.md").read_text("utf-8")
    packs = {name: load_pack(name).rules for name in pack_names()}
    assert [rule.code for rule in all_rules() if rule_text(rule, packs).strip() not in text] == []


def test_every_lawful_look_alike_has_a_case(root: Path) -> None:
    """What a rule's 合法例外 names by its LA-number must silence it in some case of its YAML."""
    for rule in all_rules():
        named = set(re.findall(r"LA\d\d", sections(rule.doc)["合法例外"]))
        silenced: set[str] = set()
        for case in _written_cases(root, rule.code):
            expected = case["expect"]
            answers = [expected, *expected.get("considered", [])]
            if any(answer["verdict"] in {"lawful", "not_applicable", "pass"} for answer in answers):
                silenced |= set(re.findall(r"LA\d\d", yaml.safe_dump(case, allow_unicode=True)))
        assert named <= silenced, f"{rule.code}: no case for {sorted(named - silenced)}"


def test_what_is_printed_of_a_rule_is_there() -> None:
    for rule in all_rules():
        assert rule.title, rule.code
        assert rule.advice, rule.code
        assert 0 <= rule.circular_item <= 9, rule.code
        assert set(rule.basis) <= {"R0", "R1", "R2", "R3", "*"}, rule.code
        missing = [regime for regime in ("R0", "R1", "R2", "R3") if not rule.basis_for(regime)]
        assert missing == [], f"{rule.code} has no legal basis under {missing}"


@pytest.mark.parametrize("name", pack_names())
def test_a_pack_names_rules_that_exist(name: str) -> None:
    pack = load_pack(name)
    codes = {rule.code for rule in all_rules()}
    assert pack.rules <= codes
    assert set(pack.parameters) <= codes


def test_every_rule_is_in_some_pack() -> None:
    enabled = set().union(*(load_pack(name).rules for name in pack_names()))
    assert {rule.code for rule in all_rules()} <= enabled


def test_codes_are_never_reused(root: Path) -> None:
    """CHANGELOG.md is the register: a code is new once, and one that was removed stays away for good."""
    entries = CHANGELOG_LINE.findall((root / "CHANGELOG.md").read_text("utf-8"))
    new = [code for kind, code in entries if kind == "New"]
    removed = {code for kind, code in entries if kind == "Removed"}
    codes = {rule.code for rule in all_rules()}
    assert sorted(new) == sorted(set(new))
    assert set(new) - removed == codes
    assert removed & codes == set()


def test_docs_and_packs_agree_with_the_code(generator: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert generator.main(["--check"]) == 0, capsys.readouterr().err
