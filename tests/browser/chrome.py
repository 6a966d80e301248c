"""Debian's Chromium under Playwright, and tabs that remember what went wrong in them."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome")
WINDOW = {"width": 1366, "height": 768}
"""The screen that an evaluator has."""
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--font-render-hinting=none",
)  # fmt: skip


def find_chromium() -> str | None:
    """Path of Chromium; installed where the tests run as root on Debian. None where there is none."""
    if not any(map(shutil.which, NAMES)) and shutil.which("apt-get") and getattr(os, "geteuid", lambda: 1)() == 0:
        quiet: Any = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "timeout": 600, "check": False}
        subprocess.run(["apt-get", "update"], **quiet)
        subprocess.run(["apt-get", "install", "-y", "--no-install-recommends", "chromium"], **quiet)
    return next((found for found in map(shutil.which, NAMES) if found), None)


@contextmanager
def launched(path: str) -> Iterator[Any]:
    """A headless Chromium (a `playwright.sync_api.Browser`)."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        try:
            yield browser
        finally:
            browser.close()


class Listening:
    """What a tab complained of, and what it asked for, since it was opened."""

    def __init__(self, page: Any) -> None:
        self.complaints: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))

    def beyond(self, *origins: str) -> list[str]:
        """What was asked for anywhere else."""
        return [url for url in self.requests if not url.startswith((*origins, "data:", "about:", "blob:"))]


@contextmanager
def opened(browser: Any, *, first_visit: bool = False, **more: Any) -> Iterator[tuple[Any, Listening]]:
    """A tab with cookies of its own, as large as an evaluator's screen unless told otherwise."""
    context = browser.new_context(**({"viewport": WINDOW, "reduced_motion": "reduce", "locale": "zh-CN"} | more))
    if not first_visit:
        context.add_init_script("try { localStorage.setItem('tour', '3'); } catch (error) { }")
    try:
        page = context.new_page()
        yield page, Listening(page)
    finally:
        context.close()


def frame_of(page: Any, selector: str) -> dict[str, float]:
    """Where on the screen the first such element lies: x, y, w, h in CSS pixels."""
    return page.eval_on_selector(
        selector, "e => { var r = e.getBoundingClientRect(); return {x: r.x, y: r.y, w: r.width, h: r.height}; }"
    )


def painted(page: Any, selector: str) -> None:
    """Wait for every such picture. (`wait_for_function` evaluates strings, which the policy of the desk forbids.)"""
    page.eval_on_selector_all(selector, "all => Promise.all(all.map(e => e.decode()))")


def loaded_pictures(page: Any) -> list[int]:
    """Scroll to each picture of the page and wait for it: natural widths."""
    for picture in page.locator("img").all():
        picture.scroll_into_view_if_needed()
        picture.evaluate("e => e.decode()")
    return page.eval_on_selector_all("img", "all => all.map(e => e.naturalWidth)")


def overflow(page: Any) -> int:
    """By how many pixels the page is wider than its window; negative where a scroll bar stands beside it."""
    return page.evaluate("document.scrollingElement.scrollWidth - window.innerWidth")
