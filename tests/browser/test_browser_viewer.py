"""The page viewer and copied text side by side in real Chromium: boxes lie on what they tell of, at every zoom."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import uvicorn
from chrome import WINDOW, frame_of, painted
from PIL import Image
from web_desk import make_site
from web_runs import PLAIN_ID, make_run

from pipeline.web.app import make_app
from pipeline.web.shelf import case_slug

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_run(tmp_path_factory.mktemp("viewed"))


@pytest.fixture(scope="module")
def address(made: Path) -> Iterator[str]:
    """Where a server shows the plain case of that run."""
    site = make_site([made])
    server = uvicorn.Server(uvicorn.Config(make_app(site), host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 30
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}/r/{site.shelf.runs[0].slug}/c/{case_slug(PLAIN_ID)}"
    server.should_exit = True
    thread.join(30)


def told(made: Path) -> dict[str, Any]:
    return json.loads((made / "cases" / f"{PLAIN_ID}.json").read_text("utf-8"))


def open_page(tab: Any, where: str) -> None:
    tab.goto(where)
    painted(tab, ".scan")


@pytest.mark.parametrize("zoom", ["width", "page", "full"])
def test_evidence_is_boxed_where_the_json_says(tab: Any, made: Path, address: str, zoom: str) -> None:
    finding = next(f for f in told(made)["findings"] if f["evidence"])
    page = finding["evidence"][0]["page"]
    open_page(tab, f"{address}/p/{page}?f={finding['key']}")
    tab.click(f"[data-zoom={zoom}]")
    scan = frame_of(tab, ".scan")
    places = [e["bbox"] for e in finding["evidence"] if e["page"] == page]
    rects = tab.eval_on_selector_all(
        f'rect[data-kind="evidence"][data-key="{finding["key"]}"]',
        "all => all.map(e => { var r = e.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; })",
    )
    assert len(rects) == len(places)
    for rect, (x0, y0, x1, y1) in zip(rects, places, strict=True):
        where = [
            scan["x"] + x0 * scan["w"], scan["y"] + y0 * scan["h"], scan["x"] + x1 * scan["w"],
            scan["y"] + y1 * scan["h"],
        ]  # fmt: skip
        assert rect == pytest.approx(where, abs=1.0), "to the pixel, whatever the zoom"


@pytest.mark.parametrize("zoom", ["width", "page", "full"])
def test_lines_lie_on_their_ink(tab: Any, made: Path, address: str, zoom: str) -> None:
    """On the made pages a black bar stands where each line was read: no other pixel is dark."""
    open_page(tab, f"{address}/p/4")
    tab.click(f"[data-zoom={zoom}]")
    tab.evaluate("document.querySelector('[data-canvas]').scrollTop = 0")
    tab.wait_for_timeout(300)
    tab.evaluate("document.querySelector('.over').style.visibility = 'hidden'")
    canvas = frame_of(tab, "[data-canvas]")
    clip = {"x": canvas["x"], "y": canvas["y"], "width": canvas["w"] - 16, "height": canvas["h"] - 16}
    shot = np.asarray(Image.open(BytesIO(tab.screenshot(clip=clip))).convert("L"))
    rects = tab.eval_on_selector_all(
        "rect.text", "all => all.map(e => { var r = e.getBoundingClientRect(); return [r.x, r.y, r.width, r.height]; })"
    )
    seen = 0
    for x, y, width, height in rects:
        left, top = x - canvas["x"], y - canvas["y"]
        if left < 4 or top < 8 or left + width + 4 > shot.shape[1] or top + height + 8 > shot.shape[0]:
            continue
        inside = shot[round(top) + 2 : round(top + height) - 2, round(left) + 2 : round(left + width) - 2]
        beside = shot[round(top) : round(top + height), round(left) - 4 : round(left) - 2]
        assert inside.mean() < 60, "the line's own ink"
        assert beside.mean() > 150, "and none before it"
        seen += 1
    assert seen >= 3


def test_the_finding_somebody_came_from_is_in_view(tab: Any, made: Path, address: str) -> None:
    for finding in told(made)["findings"][:4]:
        if not finding["evidence"]:
            continue
        open_page(tab, f"{address}/p/{finding['evidence'][0]['page']}?f={finding['key']}")
        canvas, box = frame_of(tab, "[data-canvas]"), frame_of(tab, ".over .chosen > rect")
        assert box["y"] < canvas["y"] + canvas["h"] and box["y"] + min(box["h"], 40) > canvas["y"]
        assert tab.locator(".card.chosen").count() == 1


def test_a_line_of_text_lights_up_its_place_and_the_other_way_round(tab: Any, address: str) -> None:
    open_page(tab, f"{address}/p/4")
    tab.hover('.lines [data-line="2"]')
    assert "lit" in tab.get_attribute('.over [data-line="2"]', "class")
    tab.hover('.over [data-line="0"]')
    assert "lit" in tab.get_attribute('.lines [data-line="0"]', "class")
    assert "lit" not in tab.get_attribute('.over [data-line="2"]', "class")
    tab.focus("[data-lines]")
    tab.keyboard.press("ArrowDown")
    assert "lit" in tab.get_attribute('.over [data-line="1"]', "class")


def test_pages_and_flags_are_turned_by_keys_but_never_while_typing(tab: Any, made: Path, address: str) -> None:
    open_page(tab, f"{address}/p/4")
    tab.keyboard.press("ArrowRight")
    tab.wait_for_url("**/p/5")
    tab.keyboard.press("ArrowLeft")
    tab.wait_for_url("**/p/4")
    tab.focus("#goto")
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("j")
    tab.wait_for_timeout(200)
    assert tab.url.endswith("/p/4")
    tab.fill("#goto", "7")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/p/7")
    tab.keyboard.press("j")
    tab.wait_for_url("**/p/*?f=*")
    key = tab.url.split("f=")[1]
    tab.keyboard.press("o")
    tab.wait_for_url(f"**#k-{key}")


def test_kinds_are_shown_and_hidden_and_stay_so_on_the_next_page(tab: Any, address: str) -> None:
    open_page(tab, f"{address}/p/4")
    assert not tab.is_visible(".over .k-line rect >> nth=0")
    tab.click('label[for="show-line"]')
    assert tab.is_visible(".over .k-line rect >> nth=0")
    open_page(tab, f"{address}/p/5")
    assert tab.is_visible(".over .k-line rect >> nth=0")


def test_zoom_is_kept_and_keeps_the_place(tab: Any, address: str) -> None:
    open_page(tab, f"{address}/p/4")
    before = frame_of(tab, ".scan")["w"]
    for _ in range(2):
        tab.keyboard.press("+")
    assert frame_of(tab, ".scan")["w"] == pytest.approx(before * 1.25**2, rel=0.02)
    open_page(tab, f"{address}/p/5")
    assert frame_of(tab, ".scan")["w"] == pytest.approx(before * 1.25**2, rel=0.02)
    tab.keyboard.press("0")
    assert frame_of(tab, ".scan")["w"] == pytest.approx(before, rel=0.02)


def test_a_page_is_read_without_script(chromium: Any, address: str) -> None:
    context = chromium.new_context(viewport=WINDOW, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/p/4")
    assert page.is_visible(".scan") and page.is_visible(".lines") and page.is_visible(".strip .here")
    page.click('label[for="show-line"]')
    assert page.is_visible(".over .k-line rect >> nth=0")
    page.click("a.tool[rel=next]")
    page.wait_for_url("**/p/5")
    context.close()


def test_a_run_that_was_copied_is_aligned_on_both_sides(tab: Any, made: Path, address: str) -> None:
    finding = next(f for f in told(made)["findings"] if f["passages"])
    tab.goto(f"{address}/copies/{finding['key']}")
    painted(tab, ".scan")
    tab.click(".side-copy .words .run >> nth=0")
    number = tab.get_attribute(".side-copy .words .run >> nth=0", "data-run")
    for side in ("copy", "origin"):
        assert "lit" in tab.get_attribute(f'.side-{side} .words [data-run="{number}"] >> nth=0', "class")
        pane = frame_of(tab, f".side-{side} [data-canvas]")
        box = frame_of(tab, f'.side-{side} .over [data-run="{number}"]')
        assert pane["y"] - 2 <= box["y"] and box["y"] + box["h"] <= pane["y"] + pane["h"] + 2


def test_a_flag_is_decided_beside_its_page(tab: Any, made: Path, address: str) -> None:
    finding = next(f for f in told(made)["findings"] if f["evidence"])
    where = f"{address}/p/{finding['evidence'][0]['page']}?f={finding['key']}"
    open_page(tab, where)
    tab.keyboard.press("a")
    pressed = f'.card[data-key="{finding["key"]}"] .decide-accept[aria-pressed=true]'
    tab.wait_for_selector(pressed)
    open_page(tab, where)
    assert tab.is_visible(pressed), "it was kept"
    tab.keyboard.press("n")
    tab.keyboard.type("jk0 原件属实")
    assert tab.url.endswith(f"f={finding['key']}"), "no key is taken from what is typed"
