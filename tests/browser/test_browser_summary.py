"""The pages of a batch and of its cases in a real browser (conftest.py)."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from pipeline.casefile import (
    Box,
    CaseFile,
    Document,
    Evidence,
    Line,
    Page,
    PageText,
    People,
    Profile,
    Quality,
    SourceRecord,
)
from pipeline.outcomes import Consideration, Finding, MatchedPassage, Outcome
from pipeline.summary.contract import case_json, failed_case_json
from pipeline.summary.crops import asset_name, crops_needed, draw_crop
from pipeline.summary.html import html_bytes, render_case, render_index, render_runs
from pipeline.summary.links import ASSETS_FOLDER, INDEX, RUNS, page_path
from pipeline.summary.overview import Skipped, batch_summary, case_row

pytestmark = pytest.mark.slow
wait = pytest.importorskip("selenium.webdriver.support.wait", reason="the Python package selenium is not installed")

ODD = "援民〔2023〕1号 王 #1 50%"


def _case(case_id: str) -> CaseFile:
    lines = tuple(Line(f"第 {n} 行文字", Box(0.15, 0.08 * n, 0.85, 0.08 * n + 0.03), 0.95) for n in range(1, 11))
    pages = tuple(
        Page(n, "卷.pdf", n, PageText("scanned", 0, lines, (), Quality("good", 0.95), 800, 1120)) for n in (1, 2, 3)
    )
    poor = replace(pages[2], content=replace(pages[2].content, quality=Quality("unreadable", 0.2)))
    documents = tuple(Document(f"d{n}", "other", f"文书{n}", n, n, 0.9) for n in (1, 2, 3))
    return CaseFile(
        case_id,
        (SourceRecord("卷.pdf", f"{len(case_id):064d}", 3),),
        (*pages[:2], poor),
        documents,
        Profile("criminal", "trial", "application", "R1"),
        People(recipient="<b>王某</b>"),
    )


def _outcomes() -> tuple[Outcome, ...]:
    copy = Evidence(1, Box(0.15, 0.08, 0.85, 0.2), "被告人甲持棍殴打乙")
    origin = Evidence(2, Box(0.15, 0.5, 0.85, 0.6), "被告人甲手持木棍殴打乙")
    finding = Finding(
        "CPY601", "k1", 4, "high", 0.9, "阅卷笔录复制摘抄起诉书", "约八成相同", "依据", "建议", (copy, origin),
        "d1", "other", passages=(MatchedPassage(copy, origin, 0.82),),
    )  # fmt: skip
    return (
        Outcome("CPY601", "flag", "相同", considered=(Consideration("lawful", "引用指控"),), findings=(finding,)),
        Outcome("DOC103", "unsure", "第 3 页无法辨认", pages=(3,)),
    )


def _page_image() -> np.ndarray:
    image = np.full((1120, 800, 3), 250, np.uint8)
    for y in range(100, 1000, 40):
        cv2.putText(image, "0123456789 abcdefghij", (120, y), cv2.FONT_HERSHEY_SIMPLEX, 1.0, (20, 20, 20), 2)
    return image


@pytest.fixture(scope="module")
def run_folder(tmp_path_factory) -> Path:
    """A run folder as the batch writes it, under a path that is hard on links."""
    run = tmp_path_factory.mktemp("运行 结果 #1")
    rows = []
    for case_id in ("A001", ODD):
        told = case_json(_case(case_id), _outcomes())
        crops = {}
        for request in crops_needed(told):
            crops[request] = asset_name(told, request)
            target = run / ASSETS_FOLDER / crops[request]
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(draw_crop(_page_image(), request))
        page = run / page_path(case_id)
        page.parent.mkdir(exist_ok=True)
        page.write_bytes(html_bytes(render_case(told, crops)))
        rows.append(case_row(told))
    failed = failed_case_json("坏卷", (), ())
    (run / page_path("坏卷")).write_bytes(html_bytes(render_case(failed, {})))
    rows.append(case_row(failed))
    index = render_index(batch_summary("测试批次", rows, [Skipped("说明.txt", "不是案卷")]))
    (run / INDEX).write_bytes(html_bytes(index))
    (run / RUNS).write_bytes(html_bytes(render_runs("RUN", "最近一次运行: 18:00 开始", ("开始",), [("<b>18:00</b>",)])))
    return run


def _shown(driver, selector):
    return [item for item in driver.find_elements("css selector", selector) if item.is_displayed()]


def _loaded(driver) -> list[int]:
    """Natural widths of the page's pictures, each scrolled to (they load when they come into view)."""
    pictures = driver.find_elements("css selector", "img")
    for picture in pictures:
        driver.execute_script("arguments[0].scrollIntoView()", picture)
        wait.WebDriverWait(driver, 10).until(lambda _, p=picture: p.get_property("naturalWidth") > 0)
    return [picture.get_property("naturalWidth") for picture in pictures]


@pytest.mark.parametrize("case_id", ["A001", ODD])
def test_from_the_overview_to_the_evidence(browser, run_folder, case_id):
    browser.get((run_folder / INDEX).as_uri())
    browser.find_element("link text", case_id).click()
    assert case_id in browser.find_element("css selector", "h1").text
    assert "<b>王某</b>" in browser.find_element("css selector", ".facts").text
    assert "被告人甲" in browser.find_element("css selector", "mark").text
    assert len(_loaded(browser)) == 4, "two places of the copy, the doubtful page twice"
    assert not browser.complaints()
    shot = cv2.imdecode(np.frombuffer(browser.get_screenshot_as_png(), np.uint8), cv2.IMREAD_COLOR)
    assert shot.std() > 10, "the screenshot is not blank"
    browser.find_element("link text", "批次总览").click()
    assert browser.find_element("css selector", "h1").text == "测试批次"


def test_the_overview_shows_when_it_was_run_and_what_was_not_done(browser, run_folder):
    browser.get((run_folder / INDEX).as_uri())
    assert _shown(browser, "ol.first li") and "未能读取" in browser.find_element("css selector", "ol.first").text
    assert "不是案卷" in browser.find_element("css selector", "main").get_property("textContent")
    frame = browser.find_element("css selector", "iframe")
    assert frame.size["height"] == 30
    browser.switch_to.frame(frame)
    line = browser.find_element("css selector", ".line")
    assert line.text == "最近一次运行: 18:00 开始" and line.size["height"] <= 30
    browser.switch_to.default_content()
    browser.find_element("link text", "运行记录").click()
    assert browser.find_element("css selector", "td").text == "<b>18:00</b>"
    browser.find_element("link text", "返回总览").click()
    assert browser.find_element("css selector", "h1").text == "测试批次"
    assert not browser.complaints()


def test_anchors_lead_to_findings(browser, run_folder):
    browser.get((run_folder / page_path("A001")).as_uri())
    browser.find_element("css selector", "a.count.high").click()
    assert browser.current_url.endswith("#f1")
    assert browser.find_element("id", "f1").is_displayed()


def test_a_failed_case_has_a_page_and_no_picture(browser, run_folder):
    browser.get((run_folder / INDEX).as_uri())
    browser.find_element("link text", "坏卷").click()
    assert "未能读取" in browser.find_element("css selector", ".notice").text
    assert not browser.complaints()


def test_the_overview_sorts_and_filters_with_script_and_is_whole_without(browser, run_folder):
    browser.get((run_folder / INDEX).as_uri())
    names = [item.text for item in _shown(browser, "#cases tbody th a")]
    assert names == ["坏卷", "A001", ODD]
    if not browser.scripted:
        assert not _shown(browser, "#filter")
        assert not browser.find_elements("css selector", "th button")
        return
    browser.find_element("css selector", "#cases th:nth-child(6) button").click()
    assert browser.find_element("css selector", "#cases th:nth-child(6)").get_attribute("aria-sort") == "descending"
    browser.find_element("css selector", "#cases th:nth-child(6) button").click()
    assert next(item.text for item in _shown(browser, "#cases tbody th a")) == "坏卷"
    browser.find_element("id", "filter").send_keys("50%")
    assert [item.text for item in _shown(browser, "#cases tbody th a")] == [ODD]
    assert browser.find_element("id", "shown").text == "显示 1 个案卷"


def test_nothing_runs_over_the_edge_of_a_narrow_screen(browser, run_folder):
    size = browser.get_window_size()
    browser.set_window_size(500, 900)
    try:
        for page in (INDEX, page_path(ODD)):
            browser.get((run_folder / page).as_uri())
            body = browser.find_element("css selector", "html")
            assert body.get_property("scrollWidth") <= body.get_property("clientWidth")
    finally:
        browser.set_window_size(size["width"], size["height"])


def test_the_page_prints_on_paper(browser, run_folder):
    browser.get((run_folder / page_path("A001")).as_uri())
    _loaded(browser)
    printed = browser.print_page()
    assert len(printed) > 20_000
