"""The documents say what is there: links lead somewhere, commands, settings and output keys are described."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.main

from pipeline.casefile import (
    Box,
    CaseFile,
    CatalogueRow,
    DateFact,
    Document,
    Evidence,
    Line,
    Mark,
    Page,
    PageText,
    People,
    PlacedCorrection,
    Profile,
    Reviewed,
    Seal,
    Signature,
    SourceRecord,
)
from pipeline.cli import app
from pipeline.corrections import Correction, Place, Target
from pipeline.outcomes import Consideration, Finding, MatchedPassage, Outcome
from pipeline.problems import problem
from pipeline.summary.contract import case_json

BOX = Box(0.1, 0.1, 0.2, 0.2)
BY = Reviewed("丁", "2026-03-04T09:30:00+08:00", 1)
PLACE = Evidence(1, BOX, "二〇二三年三月二日")
FINDING = Finding(
    "DAT501", "0" * 16, 6, "high", 0.9, "标题", "说明", "依据", "建议", (PLACE,), "d1", "assignment_notice",
    constraint="D04", missing=("地点",), passages=(MatchedPassage(PLACE, PLACE, 0.9),),
)  # fmt: skip
FULL = CaseFile(
    case_id="A001",
    sources=(SourceRecord("A001.pdf", "0" * 64, 1),),
    pages=(Page(1, "A001.pdf", 1, PageText("scanned", 0, (Line("字", BOX, 0.9),), (Mark("seal", BOX, "red"),))),),
    documents=(Document("d1", "assignment_notice", "指派通知书", 1, 1, 0.9, ("title",)),),
    profile=Profile("criminal", "trial", "application", "R1", ("起诉书",)),
    people=People("甲", "乙", ("乙",), "丙律师事务所", "丁法律援助中心", "盗窃", ("1号",)),
    dates=(DateFact("assignment", dt.date(2023, 3, 2), "d1", 1, BOX, "二〇二三年三月二日", certain=True, reviewed=BY),),
    signatures=(Signature("d1", "lawyer", "signed", "handwriting", 1, BOX, "乙"),),
    seals=(Seal("d1", 1, BOX, "丁法律援助中心"),),
    catalogue=(CatalogueRow("1", "指派通知书", 1, 1, 1, BOX),),
    corrections=(
        PlacedCorrection(
            Correction(
                "date", Target(Place("0" * 64, 1), "assignment", "三月", BOX), "2023-03-02", "reply", "丁", "今日"
            ),
            (1,),
        ),
    ),
    problems=(problem("P207", file="A001.pdf", page=1, file_page=1), problem("P206", file="A001.pdf", page=1)),
)
OUTCOMES = (
    Outcome(
        "DAT501", "flag", "说明", considered=(Consideration("lawful", "补正", "LA11", "d1", (1,)),), findings=(FINDING,)
    ),
    Outcome("DAT502", "lawful", "先行提供", lawful="LA01", pages=(1,), document="d1"),
)


def _keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from _keys(item)
    elif isinstance(value, list):
        for item in value:
            yield from _keys(item)


def test_links_lead_somewhere(project_files: list[Path], root: Path) -> None:
    for page in (path for path in project_files if path.suffix == ".md"):
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text("utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.relative_to(root)} links to {target}"


def test_every_key_of_the_output_is_described(root: Path) -> None:
    text = (root / "docs" / "output.md").read_text("utf-8")
    keys = set(_keys(case_json(FULL, OUTCOMES)))
    assert {"passages", "catalogue", "quality", "considered"} <= keys
    assert {key for key in keys if not re.search(rf"`[^`]*\b{re.escape(key)}\b[^`]*`", text)} == set()


def test_every_command_is_described(root: Path) -> None:
    commands = set(typer.main.get_group(app).commands)
    assert {"run", "status", "show", "rules", "evaluate", "doctor"} <= commands
    text = (root / "README.md").read_text("utf-8") + (root / "docs" / "使用说明.md").read_text("utf-8")
    assert {command for command in commands if not re.search(rf"prescreen {command}\b", text)} == set()


def test_every_command_has_an_example() -> None:
    for name, command in typer.main.get_group(app).commands.items():
        assert re.search(rf"prescreen {name}\b", f"{command.help}\n{command.epilog}"), f"{name} --help shows no example"


def test_the_two_commands_stand_in_the_readme(root: Path) -> None:
    readme, makefile = (root / "README.md").read_text("utf-8"), (root / "Makefile").read_text("utf-8")
    for target in ("demo", "test"):
        assert f"make {target}" in readme
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_contributing_begins_with_a_rule_in_four_steps(root: Path) -> None:
    text = (root / "CONTRIBUTING.md").read_text("utf-8")
    first = re.split(r"^## ", text, flags=re.MULTILINE)[1]
    assert first.startswith("Add a rule in four steps")
    assert re.findall(r"^(\d)\. ", first, re.MULTILINE) == ["1", "2", "3", "4"]


def test_every_setting_is_explained_where_it_stands(root: Path) -> None:
    """A number that a user may change has a comment, or a name that says it all beside a neighbour that has one."""
    text = (root / "pipeline" / "default.toml").read_text("utf-8")
    for section, settings in tomllib.loads(text).items():
        block = text.split(f"[{section}]")[1].split("\n[")[0]
        explained = sum("#" in line for line in block.splitlines() if "=" in line)
        assert explained * 2 >= min(len(settings), 6), f"[{section}] hardly says what its settings mean"
