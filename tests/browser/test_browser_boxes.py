"""The page with all boxes over each page's picture, in a real browser (conftest.py)."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from pipeline.casefile import Box, Line, PageText
from pipeline.summary.boxes import boxed_pages
from pipeline.summary.html import html_bytes, render_boxes
from pipeline.summary.labels import Names
from pipeline.summary.links import boxes_path

pytestmark = pytest.mark.slow
CASE_ID = "援民〔2023〕1号 王 #1 50%"
SIZE = (800, 1120)


def _case():
    seal = {"document": "d1", "page": 1, "bbox": [0.5, 0.5, 0.75, 0.7], "text": "<b>某县法律援助中心</b>"}
    slot = {"document": "d1", "page": 1, "bbox": [0.1, 0.3, 0.4, 0.33], "kind": "name", "label": "审批人"}
    page = {"file": "a.pdf", "kind": "scanned", "rotation": 90, "width": SIZE[0], "height": SIZE[1], "marks": []}
    quality = {"grade": "good", "confidence": 0.9, "reasons": []}
    nothing = {key: [] for key in ("dates", "signatures", "fingerprints", "catalogue", "alterations", "persons")}
    return nothing | {
        "case_id": CASE_ID,
        "pages": [page | {"page": n, "file_page": n, "quality": quality} for n in (1, 2, 3)],
        "documents": [{"id": "d1", "type": "approval_form", "pages": [1, 3]}],
        "seals": [seal],
        "slots": [slot | {"state": state, "text": "", "optional": False} for state in ("empty", "filled")],
        "numbers": [],
        "findings": [],
    }


@pytest.fixture(scope="module")
def page(tmp_path_factory) -> Path:
    """The page of a case of three pages, the last one without a picture, under a path that is hard on links."""
    run = tmp_path_factory.mktemp("运行 结果 #1")
    target = run / boxes_path(CASE_ID)
    target.parent.mkdir(parents=True)
    for number in (1, 2):
        image = np.full((SIZE[1], SIZE[0], 3), 250, np.uint8)
        done, encoded = cv2.imencode(".jpg", image)
        assert done
        (run / boxes_path(CASE_ID, number)).write_bytes(encoded)
    lines = (
        Line("负责人审批", Box(0.1, 0.1, 0.4, 0.13), 0.93, "负责人审批", 0.95, 0.1),
        Line("同意", Box(0.1, 0.2, 0.4, 0.23), 0.61, "同急", 0.55, 0.9),
    )
    readings = {1: PageText("scanned", 90, lines)}
    told = boxed_pages(_case(), readings, frozenset({1, 2}), Names({"approval_form": "法律援助审批表"}))
    target.write_bytes(html_bytes(render_boxes(told, _case())))
    return target


def _frame(item):
    return [item.rect[side] for side in ("x", "y", "width", "height")]


def test_boxes_lie_where_they_were_seen(browser, page):
    browser.get(page.as_uri())
    assert CASE_ID in browser.find_element("css selector", "h1").text
    picture = browser.find_element("css selector", "#p1 img")
    left, top, width, height = _frame(picture)
    assert picture.get_property("naturalWidth") == SIZE[0] and abs(height / width - SIZE[1] / SIZE[0]) < 0.01
    seal = _frame(browser.find_element("css selector", "#p1 rect.k-seal"))
    wanted = [left + 0.5 * width, top + 0.5 * height, 0.25 * width, 0.2 * height]
    assert all(abs(a - b) <= 6 for a, b in zip(seal, wanted, strict=True)), "an outline reaches beyond its box"
    assert not browser.complaints()


def test_a_box_says_what_was_read_there(browser, page):
    browser.get(page.as_uri())
    said = {kind: _title(browser, f"#p1 rect.k-{kind}") for kind in ("line", "hand", "seal", "empty")}
    assert said["line"] == "文字行: 负责人审批\n得分 0.93\n复读: 相同 (得分 0.95)\n手写程度 0.10"
    assert said["hand"].startswith("手写行: 同意\n得分 0.61\n复读: 同急 (得分 0.55)")
    assert "<b>某县法律援助中心</b>" in said["seal"]
    assert said["empty"] == "未填项: 审批人\n空白\n姓名栏"


def _title(browser, selector):
    return browser.find_element("css selector", f"{selector} title").get_property("textContent")


def test_kinds_are_switched_on_and_off_without_script(browser, page):
    browser.get(page.as_uri())
    seal = browser.find_element("css selector", "#p1 rect.k-seal")
    filled = browser.find_element("css selector", "#p1 rect.k-filled")
    assert seal.is_displayed() and not filled.is_displayed()
    browser.find_element("css selector", ".legend label.k-seal").click()
    browser.find_element("css selector", ".legend label.k-filled").click()
    assert not seal.is_displayed() and filled.is_displayed()
    assert not browser.find_elements("css selector", ".legend label.k-date"), "no switch for what the case has not"


def test_a_page_without_a_picture_shows_its_place(browser, page):
    browser.get(page.as_uri())
    sheet = browser.find_element("id", "p3")
    browser.execute_script("arguments[0].scrollIntoView()", sheet) if browser.scripted else None
    assert "没有该页的图像" in sheet.get_property("textContent")
    assert browser.find_element("css selector", "#p3 svg").size["height"] > 300


def test_arrow_keys_turn_pages(browser, page):
    if not browser.scripted:
        pytest.skip("needs JavaScript; without it the page scrolls")
    browser.get(page.as_uri())
    shown = []
    for key in ("\ue014", "\ue014", "\ue014", "\ue012", "\ue012", "\ue012"):
        browser.switch_to.active_element.send_keys(key)
        shown.append(browser.execute_script("return document.activeElement.id"))
    assert shown == ["p1", "p2", "p3", "p2", "p1", "p1"]


def test_an_entry_of_the_list_leads_to_its_box(browser, page):
    browser.get(page.as_uri())
    browser.find_element("link text", "印章").click()
    target = browser.find_element("css selector", "rect:target")
    assert "k-seal" in target.get_attribute("class")


def test_nothing_runs_over_the_edge_of_a_narrow_screen(browser, page):
    size = browser.get_window_size()
    browser.set_window_size(500, 900)
    try:
        browser.get(page.as_uri())
        body = browser.find_element("css selector", "html")
        assert body.get_property("scrollWidth") <= body.get_property("clientWidth")
    finally:
        browser.set_window_size(size["width"], size["height"])
