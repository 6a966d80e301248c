"""Every coded problem says what happened and what to do, in Chinese, and is documented."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import pytest

from pipeline.problems import CATALOGUE, ExitCode, ProblemKind, problem

CHINESE = re.compile(r"[\u4e00-\u9fff]")
CODE = re.compile(r"""\bproblem\(\s*["']([FP]\d{3})["']|["']([FP]\d{3})["']""")


@pytest.mark.parametrize("kind", CATALOGUE.values(), ids=CATALOGUE)
def test_a_problem_says_what_happened_and_what_to_do(kind: ProblemKind) -> None:
    assert re.fullmatch(r"[FP]\d{3}", kind.code)
    assert CHINESE.search(kind.message)
    assert CHINESE.search(kind.advice)
    assert kind.fatal_for in {"file", "page", "nothing"}
    assert kind.fatal_for != ("file" if kind.code.startswith("P") else "page")
    filled = problem(kind.code, detail="细节")
    assert "{" not in filled.message + filled.advice


def test_codes_in_the_program_are_catalogued(sources: list[Path], root: Path) -> None:
    for path in sources:
        if path.is_relative_to(root / "pipeline"):
            used = {first or second for first, second in CODE.findall(path.read_text("utf-8"))}
            assert used <= set(CATALOGUE), path.relative_to(root)


def test_every_code_is_raised_somewhere(sources: list[Path], root: Path) -> None:
    """A code that nothing raises is documentation of something that cannot happen."""
    program = [p for p in sources if p.is_relative_to(root / "pipeline") and p.name != "problems.py"]
    text = "\n".join(path.read_text("utf-8") for path in program)
    assert [code for code in CATALOGUE if code not in text] == []


def test_documentation_names_every_problem_and_exit_code(generator: ModuleType, root: Path) -> None:
    page = (root / "docs" / "problems.md").read_text("utf-8")
    assert page == generator.problems_page()
    for code in CATALOGUE:
        assert f"| {code} |" in page
    for exit_code in ExitCode:
        assert f"| {int(exit_code)} |" in page
