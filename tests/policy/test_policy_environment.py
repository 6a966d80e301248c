"""The environment that the lock makes: one OpenCV that needs no screen, one set of versions for uv and pip."""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import cv2

OPENCV = ("opencv-contrib-python", "opencv-python-headless")


def test_the_opencv_in_force_is_the_headless_one() -> None:
    """`prescreen` must import on a Linux machine without libGL (docs/adr/0002-one-opencv.md)."""
    assert "GUI:                           NONE" in cv2.getBuildInformation()
    if sys.platform == "linux":
        spec = find_spec("cv2")
        assert spec and spec.origin
        [library] = Path(spec.origin).parent.glob("cv2*.so")
        assert b"libGL.so.1" not in library.read_bytes()


def test_all_distributions_of_opencv_are_at_one_version() -> None:
    """paddlex looks for the metadata of opencv-contrib-python; files of two versions must not be mixed."""
    assert {version(name) for name in OPENCV} == {"4.10.0.84"}
    assert cv2.__version__ == "4.10.0"


def _requirements(root: Path) -> dict[str, set[str]]:
    pins: dict[str, set[str]] = {}
    for name, pin in re.findall(
        r"^([\w.-]+)==([^\s;\\]+)", (root / "requirements.txt").read_text("utf-8"), re.MULTILINE
    ):
        pins.setdefault(name, set()).add(pin)
    return pins


def test_pip_and_uv_install_the_same_versions(root: Path) -> None:
    locked: dict[str, set[str]] = {}
    for package in tomllib.loads((root / "uv.lock").read_text("utf-8"))["package"]:
        if package["name"] != "prescreen":
            locked.setdefault(package["name"], set()).add(package["version"])
    assert _requirements(root) == locked


def test_the_lock_names_no_registry_but_the_public_one(root: Path) -> None:
    text = (root / "uv.lock").read_text("utf-8")
    assert set(re.findall(r'registry = "([^"]+)"', text)) == {"https://pypi.org/simple"}
    assert set(re.findall(r'url = "(\w+://[^/"]+)', text)) == {"https://files.pythonhosted.org"}
    assert not re.search(r"--(extra-)?index-url|--find-links|://", _pins_only(root))


def _pins_only(root: Path) -> str:
    return "\n".join(line for line in (root / "requirements.txt").read_text("utf-8").splitlines() if line[:1] != " ")


def test_every_requirement_is_hashed(root: Path) -> None:
    blocks = re.split(r"^(?=[\w.-]+==)", (root / "requirements.txt").read_text("utf-8"), flags=re.MULTILINE)
    assert [block.split()[0] for block in blocks if block.strip() and "--hash=sha256:" not in block] == []
