"""Who may import whom: the contracts of pyproject.toml, and that they cover the whole program."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import distribution, packages_distributions
from pathlib import Path

from importlinter.cli import lint_imports


def test_the_contracts_hold(root: Path) -> None:
    assert lint_imports(config_filename=str(root / "pyproject.toml"), no_cache=True, no_logo=True) == 0


def test_the_layers_name_every_package(root: Path) -> None:
    """A new stage must be given its place; `exhaustive` makes the contract fail until it is."""
    settings = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    layers = next(c for c in settings["tool"]["importlinter"]["contracts"] if c["type"] == "layers")
    assert layers["exhaustive"] is True
    named = {name.strip("() ") for layer in layers["layers"] for name in re.split(r"[|:]", layer)}
    packages = {p.name for p in (root / "pipeline").iterdir() if p.is_dir() and any(p.glob("*.py"))}
    modules = {p.stem for p in (root / "pipeline").glob("*.py")} - {"__init__", "__main__"}
    assert packages | modules <= named | set(layers.get("exhaustive_ignores", []))


def _imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


def _folded(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _declared(root: Path) -> set[str]:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    lists = [project["dependencies"], *project.get("optional-dependencies", {}).values()]
    return {_folded(match[0]) for wishes in lists for wish in wishes if (match := re.match(r"[\w.-]+", wish))}


def test_what_the_program_imports_it_declares(sources: list[Path], root: Path) -> None:
    """A package that only comes along with another may go with it, too."""
    owners = packages_distributions()
    declared = _declared(root)
    for path in sources:
        if path.relative_to(root).parts[0] != "pipeline":
            continue
        for name in _imported(path) - set(sys.stdlib_module_names) - {"pipeline"}:
            assert {_folded(owner) for owner in owners.get(name, [name])} & declared, (
                f"{path.relative_to(root)} imports {name}, which pyproject.toml does not declare"
            )


def test_what_is_declared_may_be_shipped_with_apache_software(root: Path) -> None:
    """No dependency of ours is under a licence (GPL, AGPL) that would bind the whole program."""
    bound = []
    for name in _declared(root):
        try:
            metadata = distribution(name).metadata
        except ModuleNotFoundError:  # not for this platform
            continue
        licence = metadata.get("License-Expression") or metadata.get("License") or ""
        texts = [licence.splitlines()[0] if licence else "", *metadata.get_all("Classifier", [])]
        if any(re.search(r"(?<!L)(?<!Lesser )\bA?GPL|Affero", text) for text in texts):
            bound.append(name)
    assert bound == []
