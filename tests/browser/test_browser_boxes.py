"""The page with all boxes over each page's picture, in a real browser (conftest.py)."""

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from chrome import frame_of, overflow

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


def test_boxes_lie_where_they_were_seen(either: Any, page: Path) -> None:
    either.goto(page.as_uri())
    assert CASE_ID in either.inner_text("h1")
    picture = frame_of(either, "#p1 img")
    assert either.eval_on_selector("#p1 img", "e => e.naturalWidth") == SIZE[0]
    assert abs(picture["h"] / picture["w"] - SIZE[1] / SIZE[0]) < 0.01
    seal = frame_of(either, "#p1 rect.k-seal")
    wanted = {
        "x": picture["x"] + 0.5 * picture["w"], "y": picture["y"] + 0.5 * picture["h"],
        "w": 0.25 * picture["w"], "h": 0.2 * picture["h"],
    }  # fmt: skip
    assert seal == pytest.approx(wanted, abs=1.0)


def test_a_box_says_what_was_read_there(either: Any, page: Path) -> None:
    either.goto(page.as_uri())
    said = {kind: either.text_content(f"#p1 rect.k-{kind} title") for kind in ("line", "hand", "seal", "empty")}
    assert said["line"] == "文字行: 负责人审批\n得分 0.93\n复读: 相同 (得分 0.95)\n手写程度 0.10"
    assert said["hand"].startswith("手写行: 同意\n得分 0.61\n复读: 同急 (得分 0.55)")
    assert "<b>某县法律援助中心</b>" in said["seal"]
    assert said["empty"] == "未填项: 审批人\n空白\n姓名栏"


def test_kinds_are_switched_on_and_off_without_script(either: Any, page: Path) -> None:
    either.goto(page.as_uri())
    seal, filled = either.locator("#p1 rect.k-seal"), either.locator("#p1 rect.k-filled")
    assert seal.is_visible() and not filled.is_visible()
    either.click(".legend label.k-seal")
    either.click(".legend label.k-filled")
    assert not seal.is_visible() and filled.is_visible()
    assert either.locator(".legend label.k-date").count() == 0, "no switch for what the case has not"


def test_a_page_without_a_picture_shows_its_place(either: Any, page: Path) -> None:
    either.goto(page.as_uri())
    sheet = either.locator("#p3")
    sheet.scroll_into_view_if_needed()
    assert "没有该页的图像" in sheet.text_content()
    assert sheet.locator("svg").bounding_box()["height"] > 300


def test_arrow_keys_turn_pages(either: Any, page: Path) -> None:
    if not either.scripted:
        pytest.skip("needs JavaScript; without it the page scrolls")
    either.goto(page.as_uri())
    shown = []
    for key in ("Right", "Right", "Right", "Left", "Left", "Left"):
        either.keyboard.press(f"Arrow{key}")
        shown.append(either.evaluate("document.activeElement.id"))
    assert shown == ["p1", "p2", "p3", "p2", "p1", "p1"]


def test_an_entry_of_the_list_leads_to_its_box(either: Any, page: Path) -> None:
    either.goto(page.as_uri())
    either.get_by_role("link", name="印章", exact=True).first.click()
    assert "k-seal" in either.get_attribute("rect:target", "class")


def test_nothing_runs_over_the_edge_of_a_narrow_screen(either: Any, page: Path) -> None:
    either.set_viewport_size({"width": 500, "height": 900})
    either.goto(page.as_uri())
    assert overflow(either) <= 0
