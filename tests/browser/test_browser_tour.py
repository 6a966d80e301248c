"""The three steps that somebody is shown who opens the desk for the first time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from accessible import faults
from chrome import opened
from desk_pages import case_path, run_path
from served import Server, served

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(screened: Path) -> Iterator[Server]:
    with served(screened) as server:
        yield server


@pytest.fixture
def newcomer(chromium: Any) -> Iterator[Any]:
    with opened(chromium, first_visit=True) as (page, listening):
        yield page
        assert listening.complaints == []


def kept(page: Any) -> str | None:
    return page.evaluate("localStorage.getItem('tour')")


def test_it_leads_from_the_list_to_the_papers(newcomer: Any, site: Server, screened: Path) -> None:
    newcomer.goto(site.address + run_path(screened))
    assert "最需要人看的顺序" in newcomer.inner_text(".tour")
    assert "toured" in newcomer.get_attribute("table.cases", "class")
    assert faults(newcomer) == []
    newcomer.keyboard.press("Tab")  # past the link to the text
    while not newcomer.evaluate("document.activeElement.closest('.tour') !== null"):
        newcomer.keyboard.press("Tab")
    newcomer.goto(site.address + case_path(screened))
    assert "页图、位置、依据" in newcomer.inner_text(".tour"), "opened by the name in the list, it goes on"
    assert faults(newcomer) == []
    newcomer.keyboard.press("j")
    assert newcomer.evaluate("document.activeElement.matches('article')"), "the page can be used meanwhile"
    newcomer.click(".tour button >> nth=0")
    assert "我已核对完本案卷" in newcomer.inner_text(".tour") and "移交" in newcomer.inner_text(".tour")
    assert newcomer.evaluate("document.activeElement.className") == "tour", "read out to who does not see it"
    newcomer.click(".tour button >> nth=0")
    assert newcomer.locator(".tour").count() == 0 and kept(newcomer) == "3"
    newcomer.reload()
    assert newcomer.locator(".tour").count() == 0, "once is enough"
    newcomer.keyboard.press("?")
    newcomer.click("[data-tour]")
    assert newcomer.is_visible(".tour"), "unless it is asked for again"


def test_the_first_file_is_opened_by_its_button(newcomer: Any, site: Server, screened: Path) -> None:
    newcomer.goto(site.address + run_path(screened))
    first = newcomer.get_attribute(".cases a.name >> nth=0", "href")
    newcomer.click(".tour button >> nth=0")
    newcomer.wait_for_url(f"**{first}")
    assert kept(newcomer) == "1"


def test_it_is_dismissed_by_a_key_and_is_not_printed(newcomer: Any, site: Server, screened: Path) -> None:
    newcomer.goto(site.address + run_path(screened))
    newcomer.emulate_media(media="print")
    assert not newcomer.is_visible(".tour")
    newcomer.emulate_media(media="screen")
    newcomer.focus("input[name=q] >> nth=0")
    newcomer.keyboard.press("Escape")
    assert newcomer.is_visible(".tour"), "the key belongs to what is typed"
    newcomer.evaluate("document.activeElement.blur()")
    newcomer.keyboard.press("Escape")
    assert newcomer.locator(".tour").count() == 0
    newcomer.goto(site.address + case_path(screened))
    assert newcomer.locator(".tour").count() == 0
