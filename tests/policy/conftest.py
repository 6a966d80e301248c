"""What the policy tests look at: the files of the project, the rules, the generator of the docs."""

from __future__ import annotations

import importlib.util
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {".git", ".venv", "demo_run", "dist", "__pycache__", ".hypothesis"}


def _walk(folder: Path) -> list[Path]:
    found: list[Path] = []
    for path in sorted(folder.iterdir()):
        if path.name in NOT_OURS or path.name.endswith(("_cache", ".egg-info")):
            continue
        found += _walk(path) if path.is_dir() else [path]
    return found


@pytest.fixture(scope="session")
def root() -> Path:
    """The top folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def project_files() -> list[Path]:
    """Every file of the project: as git sees it, or, in a copy without git, all but environments and caches."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return _walk(ROOT)
    paths = (ROOT / name for name in listed.decode("utf-8").split("\0") if name)
    return sorted(path for path in paths if path.is_file())


@pytest.fixture(scope="session")
def sources(project_files: list[Path]) -> list[Path]:
    """Every Python file of the project."""
    return [path for path in project_files if path.suffix == ".py"]


@pytest.fixture(scope="session")
def rule_files(root: Path) -> dict[str, Path]:
    """The files of the rules, by the code that their name begins with."""
    found = sorted(root.glob("pipeline/detectors/*/[A-Z][A-Z][A-Z][0-9][0-9][0-9]_*.py"))
    return {path.name[:6]: path for path in found}


@pytest.fixture(scope="session")
def generator(root: Path) -> ModuleType:
    """docs/generate.py as a module."""
    spec = importlib.util.spec_from_file_location("docs_generate", root / "docs" / "generate.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
