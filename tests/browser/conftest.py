"""The pages in a real browser: headless Chromium (`chrome.py`), over files on disk or a served process (`served.py`).

Needs the Debian package `chromium` (installed here where the tests run as root on Debian) and the Python package
`playwright`; skipped by name elsewhere.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chrome import Listening, find_chromium, launched, opened
from served import ADMIN, COLLEAGUE, EVALUATOR, SCANS, Server, add_people, prescreen, served
from web_runs import make_run

READ = ("s01.pdf", "s06.zip")
"""What the run of the tests holds: a faulty file, one without a fault, and one that cannot be read."""


@pytest.fixture(scope="session")
def chromium_path() -> str:
    pytest.importorskip("playwright.sync_api", reason="the Python package playwright is not installed")
    path = find_chromium()
    if path is None:
        pytest.skip("chromium is not installed")
    return path


@pytest.fixture(scope="module")
def chromium(chromium_path: str) -> Iterator[Any]:
    """One Chromium a module: while it is there, so is Playwright's event loop, which other tests must not meet."""
    with launched(chromium_path) as browser:
        yield browser


@pytest.fixture
def heard(chromium: Any) -> Iterator[tuple[Any, Listening]]:
    """A tab, and what was heard of it."""
    with opened(chromium) as tab:
        yield tab


@pytest.fixture
def tab(heard: tuple[Any, Listening]) -> Iterator[Any]:
    """A tab in which nothing may go wrong: no error, nothing that the policy forbids."""
    page, listening = heard
    yield page
    assert listening.complaints == []


@pytest.fixture(params=["script", "no script"])
def either(request: pytest.FixtureRequest, chromium: Any) -> Iterator[Any]:
    """A tab with and one without JavaScript (`scripted`), in which nothing may go wrong."""
    scripted = request.param == "script"
    with opened(chromium, viewport={"width": 1280, "height": 1600}, java_script_enabled=scripted) as (page, listening):
        page.scripted = scripted
        yield page
        assert listening.complaints == []


@pytest.fixture(scope="session")
def screened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real run, with real reading, over invented case files and a file that is broken; only to be copied."""
    folder = tmp_path_factory.mktemp("screened")
    batch = folder / "一月送评"
    batch.mkdir()
    for name in READ:
        shutil.copy(SCANS / name, batch / name)
    (batch / "残卷.pdf").write_bytes(b"%PDF-1.7\nno more")
    prescreen("run", batch, "--out", folder / "RUN", codes=(1,))
    return folder / "RUN"


@pytest.fixture(scope="module")
def desk_run(screened: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of that run that a module may write into, with an admin and two evaluators."""
    run = shutil.copytree(screened, tmp_path_factory.mktemp("desk") / "一月结果")
    add_people(run, ADMIN, EVALUATOR, COLLEAGUE)
    return run


@pytest.fixture(scope="session")
def hostile_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run of `web_runs`: a file that is hostile in name and in words."""
    return make_run(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def desk(desk_run: Path, hostile_run: Path) -> Iterator[Server]:
    """Both runs served, with accounts: all of the second one is the admin's alone."""
    with served(desk_run, hostile_run) as server:
        yield server
