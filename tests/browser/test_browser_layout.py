"""Every page of the desk on an evaluator's screen and on paper; nothing jumps while it is painted."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from chrome import Listening, loaded_pictures, opened, overflow
from desk_pages import FAULTY, case_of, case_path, pages_of, run_path
from served import ADMIN, Server, log_in, served
from web_runs import HOSTILE_ID

pytestmark = pytest.mark.slow
MANY = 150
SHIFTS = """new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(entry => { sum += entry.value; }))
    .observe({type: "layout-shift", buffered: true});
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(sum), 150)));
})"""


def test_every_page_fits_the_screen_and_asks_nobody_else(
    heard: tuple[Any, Listening], desk: Server, desk_run: Path, hostile_run: Path
) -> None:
    page, listening = heard
    log_in(page, desk.address, ADMIN)
    wide = {}
    for name, path in pages_of(desk_run, hostile_run, HOSTILE_ID).items():
        page.goto(desk.address + path)
        if name == "refused":
            assert all("404" in told for told in listening.complaints), "Chromium complains of the page itself"
            listening.complaints.clear()
        assert listening.complaints == [], name
        wide[name] = overflow(page)
    assert {name: pixels for name, pixels in wide.items() if pixels > 0} == {}
    assert listening.beyond(desk.address) == []


@pytest.fixture(scope="module")
def many(screened: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Path]]:
    """The run served without accounts, with many copies of its file."""
    run = shutil.copytree(screened, tmp_path_factory.mktemp("many") / "RUN")
    told = case_of(run)
    for number in range(MANY):
        name = f"{FAULTY}-{number:03d}"
        (run / "cases" / f"{name}.json").write_text(json.dumps(told | {"case_id": name}), "utf-8")
    with served(run) as server:
        yield server, run


def test_nothing_jumps_while_a_page_is_painted(tab: Any, many: tuple[Server, Path]) -> None:
    server, run = many
    tab.goto(server.address + run_path(run))
    while tab.locator("main > .notice").count():  # the files are taken in beside the first requests
        tab.wait_for_timeout(200)
        tab.reload()
    assert tab.locator(".cases tbody tr").count() == 100
    assert tab.evaluate(SHIFTS) == 0
    tab.route("**/crop/*", late)
    tab.goto(server.address + case_path(run), wait_until="commit")
    assert tab.evaluate(SHIFTS) == 0
    loaded_pictures(tab)
    assert tab.evaluate(SHIFTS) == 0, "pictures that come later find their room kept"
    unsized = tab.eval_on_selector_all("img:not([width]), img:not([height])", "all => all.map(e => e.outerHTML)")
    assert unsized == []
    tab.evaluate("scrollTo(0, 0); document.getElementById('main').prepend(document.createElement('h1'), 'moved')")
    assert tab.evaluate(SHIFTS) > 0, "it would have been seen"


def late(route: Any) -> None:
    """A picture that comes when the page has long been painted."""
    time.sleep(0.3)
    route.continue_()


def test_pages_print(chromium: Any, many: tuple[Server, Path]) -> None:
    server, run = many
    with opened(chromium) as (page, listening):
        for path, wanted in ((run_path(run), FAULTY), (case_path(run), "指派"), (f"{case_path(run)}/p/8", "指派")):
            page.goto(server.address + path)
            page.emulate_media(media="print")
            assert not page.is_visible(".bar"), "nothing to click is on paper"
            with pypdfium2.PdfDocument(page.pdf(format="A4")) as paper:
                assert wanted in "".join(sheet.get_textpage().get_text_range() for sheet in paper)
        assert listening.complaints == []
