"""Rules are found by their files: one rule of its own code in each."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from detector_cases import PACK, Paper, case_of

import pipeline.detectors
from pipeline.detectors.registry import all_rules, judge_case
from pipeline.packs.load import load_pack

RULE = """
from pipeline.detectors.base import Pass, detector

@detector(code="{code}", title="试验", severity="low", circular_item=0, basis={{"*": "试验"}}, advice="试验")
def {name}(case):
    yield Pass("看过")
"""


@pytest.fixture
def family(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty family of rules beside the real ones; gone again after the test."""
    folder = tmp_path / "trial"
    folder.mkdir()
    (folder / "__init__.py").write_text("", "utf-8")
    monkeypatch.setattr(pipeline.detectors, "__path__", [*pipeline.detectors.__path__, str(tmp_path)])
    all_rules.cache_clear()
    yield folder
    all_rules.cache_clear()
    for name in [name for name in sys.modules if name.startswith("pipeline.detectors.trial")]:
        del sys.modules[name]


def write(folder: Path, name: str, *rules: tuple[str, str]) -> None:
    (folder / f"{name}.py").write_text("".join(RULE.format(code=code, name=func) for code, func in rules), "utf-8")


def test_a_new_file_is_a_new_rule(family: Path) -> None:
    known = {rule.code for rule in all_rules()}
    write(family, "TRY001_something", ("TRY001", "something"))
    write(family, "weighing")
    all_rules.cache_clear()
    codes = [rule.code for rule in all_rules()]
    assert set(codes) - known == {"TRY001"}
    assert codes == sorted(codes)


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        ("TRY001_other_code", [("TRY002", "other_code")]),
        ("TRY001_two", [("TRY001", "one"), ("TRY001", "two")]),
        ("TRY001_none", []),
        ("DAT501_code_taken", [("DAT501", "code_taken")]),
    ],
)
def test_a_file_that_does_not_hold_its_one_rule_is_an_error(
    family: Path, name: str, rules: list[tuple[str, str]]
) -> None:
    write(family, name, *rules)
    with pytest.raises(RuntimeError, match=name):
        all_rules()


def test_only_what_the_pack_enables_is_judged_in_order_of_codes() -> None:
    pack = PACK.model_copy(update={"rules": frozenset({"DOC103", "DAT501", "DOC101"})})
    outcomes = judge_case(case_of(Paper("cover", title="案卷封面")).case, pack)
    assert [outcome.rule for outcome in outcomes] == ["DAT501", "DOC101", "DOC103"]
    assert judge_case(case_of(Paper("cover")).case, PACK) == ()


def test_a_broken_rule_spoils_only_itself(family: Path) -> None:
    case = case_of(Paper("cover", title="案卷封面"), Paper("assignment_notice", title="指派通知书")).case
    pack = load_pack("henan")
    whole = judge_case(case, pack)
    write(family, "TRY001_broken", ("TRY001", "broken"))
    file = family / "TRY001_broken.py"
    file.write_text(file.read_text("utf-8").replace('yield Pass("看过")', "yield case.no_such_fact"), "utf-8")
    all_rules.cache_clear()
    with_broken = judge_case(case, pack.model_copy(update={"rules": pack.rules | {"TRY001"}}))
    assert len(whole) == 38
    assert [outcome for outcome in with_broken if outcome.rule != "TRY001"] == list(whole)
    (broken,) = [outcome for outcome in with_broken if outcome.rule == "TRY001"]
    assert (broken.verdict, broken.findings, broken.why) == ("error", (), "规则执行出错: AttributeError")
