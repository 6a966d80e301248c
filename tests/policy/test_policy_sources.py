"""Rules about the files themselves: length, machine paths, left-over markers, names, provenance."""

from __future__ import annotations

import re
from pathlib import Path

LONGEST = 400
TEXT = {".py", ".toml", ".html", ".css", ".js", ".md", ".cfg", ".yaml", ".yml", ".json", ".csv", ".txt", ""}
# Written in pieces, so that this file does not hold what it looks for.
MACHINE_PATH = re.compile("/" + "(work|root|farm)" + "/")
DEVELOPMENT_CASE = re.compile(r"\bdev" + r"[012]\d\b|cases/" + "dev")
LEFT_OVER = re.compile("raise NotImplemented" + "Error|TO" + "DO|FIX" + "ME|assert Tr" + r"ue\b")
TOP = {
    "pipeline", "models", "sample_scans", "tests", "docs", ".ci",
    "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "LICENSE",
    "Makefile", "pyproject.toml", "uv.lock", "requirements.txt",
    ".gitignore", ".gitattributes", ".pre-commit-config.yaml",
}  # fmt: skip


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8").splitlines()
    except UnicodeDecodeError:
        assert not path.suffix, f"{path} is not UTF-8"
        return []  # spaCy's weights have no suffix


def _hits(paths: list[Path], pattern: re.Pattern[str], root: Path) -> list[str]:
    return [
        f"{path.relative_to(root)}:{number}: {line.strip()[:80]}"
        for path in paths
        for number, line in enumerate(_lines(path), 1)
        if pattern.search(line)
    ]


def test_no_source_file_is_longer_than_400_lines(sources: list[Path], project_files: list[Path], root: Path) -> None:
    program = [p for p in project_files if p.is_relative_to(root / "pipeline") and p.suffix in TEXT - {".csv", ".json"}]
    lengths = {str(p.relative_to(root)): len(_lines(p)) for p in {*sources, *program}}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_the_top_level_holds_what_the_layout_names(project_files: list[Path], root: Path) -> None:
    assert {path.relative_to(root).parts[0] for path in project_files} - TOP == set()


def test_no_path_of_a_developers_machine(project_files: list[Path], root: Path) -> None:
    texts = [p for p in project_files if p.suffix in TEXT - {".csv"} and p.name != "uv.lock"]
    assert _hits(texts, MACHINE_PATH, root) == []


def test_the_program_does_not_know_the_development_cases(project_files: list[Path], root: Path) -> None:
    program = [p for p in project_files if p.relative_to(root).parts[0] in {"pipeline", "models"} and p.suffix in TEXT]
    assert len(program) > 20
    assert _hits(program, DEVELOPMENT_CASE, root) == []


def test_nothing_is_left_half_done(sources: list[Path], root: Path) -> None:
    assert _hits(sources, LEFT_OVER, root) == []


def test_no_module_is_a_drawer_for_anything(sources: list[Path], root: Path) -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "misc", "shared"}
    parts = {part for path in sources for part in path.relative_to(root).with_suffix("").parts}
    assert parts & vague == set()


def test_packages_are_two_deep(sources: list[Path], root: Path) -> None:
    """pipeline/<stage>/<module>.py; the rules alone stand one deeper, in their families."""
    for path in sources:
        parts = path.relative_to(root).parts
        if parts[0] == "pipeline":
            assert len(parts) <= (4 if parts[1] == "detectors" else 3), path


def test_unit_tests_mirror_the_program(root: Path) -> None:
    stages = {path.name for path in (root / "pipeline").iterdir() if path.is_dir()} | {
        path.stem for path in (root / "pipeline").glob("*.py")
    }
    folders = {path.name for path in (root / "tests" / "unit").iterdir() if any(path.glob("test_*.py"))}
    assert folders - stages <= {"sample_scans"}


def test_every_fixture_says_where_it_comes_from(project_files: list[Path], root: Path) -> None:
    """Each folder of fixtures has a README, its own or of a folder above it, with origin and licence."""
    for top in (root / "tests" / "resources", root / "sample_scans"):
        for folder in sorted({p.parent for p in project_files if p.is_relative_to(top) and p.suffix != ".py"}):
            readmes = [
                above / "README.md"
                for above in (folder, *folder.parents)
                if above.is_relative_to(top) and (above / "README.md").is_file()
            ]
            assert readmes, f"{folder.relative_to(root)} has no README.md that says where its files come from"
            text = readmes[0].read_text("utf-8").lower()
            assert re.search(r"licen[cs]e|许可", text), f"{readmes[0].relative_to(root)} names no licence"
            assert re.search(r"origin|from|made by|generated|drawn|来源|生成", text), (
                f"{readmes[0].relative_to(root)}: origin?"
            )
