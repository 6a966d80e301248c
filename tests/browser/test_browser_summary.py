"""The pages of a batch and of its cases in a real browser (conftest.py)."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from chrome import frame_of, loaded_pictures, overflow

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


def _shown(page: Any, selector: str) -> list[str]:
    return [item.inner_text() for item in page.locator(selector).all() if item.is_visible()]


@pytest.mark.parametrize("case_id", ["A001", ODD])
def test_from_the_overview_to_the_evidence(either: Any, run_folder: Path, case_id: str) -> None:
    either.goto((run_folder / INDEX).as_uri())
    either.get_by_role("link", name=case_id, exact=True).last.click()
    assert case_id in either.inner_text("h1")
    assert "<b>王某</b>" in either.inner_text(".facts")
    assert "被告人甲" in either.inner_text("mark >> nth=0")
    assert len(loaded_pictures(either)) == 4, "two places of the copy, the doubtful page twice"
    shot = cv2.imdecode(np.frombuffer(either.screenshot(), np.uint8), cv2.IMREAD_COLOR)
    assert shot.std() > 10, "the screenshot is not blank"
    either.get_by_role("link", name="批次总览").first.click()
    assert either.inner_text("h1") == "测试批次"


def test_the_overview_shows_when_it_was_run_and_what_was_not_done(either: Any, run_folder: Path) -> None:
    either.goto((run_folder / INDEX).as_uri())
    assert _shown(either, "ol.first li") and "未能读取" in either.inner_text("ol.first")
    assert "不是案卷" in either.text_content("main")
    assert frame_of(either, "iframe")["h"] == 30
    line = either.frame_locator("iframe").locator(".line")
    assert line.inner_text() == "最近一次运行: 18:00 开始" and line.bounding_box()["height"] <= 30
    either.get_by_role("link", name="运行记录").click()
    assert either.inner_text("td >> nth=0") == "<b>18:00</b>"
    either.get_by_role("link", name="返回总览").click()
    assert either.inner_text("h1") == "测试批次"


def test_anchors_lead_to_findings(either: Any, run_folder: Path) -> None:
    either.goto((run_folder / page_path("A001")).as_uri())
    either.click("a.count.high")
    assert either.url.endswith("#f1")
    assert either.is_visible("#f1")


def test_a_failed_case_has_a_page_and_no_picture(either: Any, run_folder: Path) -> None:
    either.goto((run_folder / INDEX).as_uri())
    either.get_by_role("link", name="坏卷").last.click()
    assert "未能读取" in either.inner_text(".notice")
    assert either.locator("img").count() == 0


def test_the_overview_sorts_and_filters_with_script_and_is_whole_without(either: Any, run_folder: Path) -> None:
    either.goto((run_folder / INDEX).as_uri())
    assert _shown(either, "#cases tbody th a") == ["坏卷", "A001", ODD]
    if not either.scripted:
        assert not _shown(either, "#filter")
        assert either.locator("th button").count() == 0
        return
    either.click("#cases th:nth-child(6) button")
    assert either.get_attribute("#cases th:nth-child(6)", "aria-sort") == "descending"
    either.click("#cases th:nth-child(6) button")
    assert _shown(either, "#cases tbody th a")[0] == "坏卷"
    either.locator("#filter").press_sequentially("50%")
    assert _shown(either, "#cases tbody th a") == [ODD]
    assert either.inner_text("#shown") == "显示 1 个案卷"


def test_nothing_runs_over_the_edge_of_a_narrow_screen(either: Any, run_folder: Path) -> None:
    either.set_viewport_size({"width": 500, "height": 900})
    for page in (INDEX, page_path(ODD)):
        either.goto((run_folder / page).as_uri())
        assert overflow(either) <= 0


def test_the_page_prints_on_paper(either: Any, run_folder: Path) -> None:
    either.goto((run_folder / page_path("A001")).as_uri())
    loaded_pictures(either)
    assert len(either.pdf()) > 20_000
