"""A run to look at, the site that shows it, and somebody's browser: for every test of the web."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from web_desk import Clock, Desk, make_office, make_site
from web_runs import copy_run, make_run

from pipeline.web.site import Site


@pytest.fixture(scope="session")
def made_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The RUN of `web_runs.make_run`, made once; only to be copied or read."""
    return make_run(tmp_path_factory.mktemp("made"))


@pytest.fixture
def run_root(made_run: Path, tmp_path: Path) -> Path:
    """A copy of that RUN that a test may write into."""
    return copy_run(made_run, tmp_path)


@pytest.fixture
def site(run_root: Path) -> Site:
    """A site on this machine without accounts: whoever comes is 本机, an admin."""
    return make_site([run_root])


@pytest.fixture
def desk(site: Site) -> Iterator[Desk]:
    """The browser of whoever sits at this machine."""
    with Desk(site) as browser:
        yield browser


@pytest.fixture
def clock() -> Clock:
    """The time of the office."""
    return Clock()


@pytest.fixture
def office(run_root: Path, clock: Clock) -> Site:
    """A site that other machines can reach, with accounts: see `web_desk.make_office`."""
    return make_office([run_root], clock=clock)


@pytest.fixture
def desk_of(office: Site) -> Iterator[Callable[[str], Desk]]:
    """Somebody's browser at the office, logged in; "" for somebody who is not."""
    with ExitStack() as stack:

        def open_desk(name: str) -> Desk:
            browser = stack.enter_context(Desk(office))
            if name:
                assert browser.log_in(name).status_code == 303
            return browser

        yield open_desk
