"""axe-core finds no serious and no critical fault on any page: of the desk, and of a run opened from disk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from accessible import faults
from chrome import Listening
from desk_pages import FAULTY, pages_of
from served import ADMIN, Server, log_in
from web_runs import HOSTILE_ID

from pipeline.summary.links import INDEX, page_path

pytestmark = pytest.mark.slow


def test_the_desk(heard: tuple[Any, Listening], desk: Server, desk_run: Path, hostile_run: Path) -> None:
    page, listening = heard
    page.goto(f"{desk.address}/login")
    found = [f"login: {told}" for told in faults(page)]
    log_in(page, desk.address, ADMIN)
    for name, path in pages_of(desk_run, hostile_run, HOSTILE_ID).items():
        assert page.goto(desk.address + path).status == (404 if name == "refused" else 200), name
        found += [f"{name}: {told}" for told in faults(page)]
        if page.locator("details:not([open])").count():
            page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
            found += [f"{name}, unfolded: {told}" for told in faults(page)]
    assert not found, "\n".join(found)
    assert listening.beyond(desk.address) == []


@pytest.mark.parametrize("name", [INDEX, page_path(FAULTY)])
def test_a_run_opened_from_disk(tab: Any, screened: Path, name: str) -> None:
    tab.goto((screened / name).as_uri())
    found = faults(tab)
    assert not found, "\n".join(found)
