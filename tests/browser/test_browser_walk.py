"""An evaluator's whole way at the desk, in real Chromium, over a real run that a real server shows."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pypdfium2
import pytest
from accessible import faults
from chrome import Listening, frame_of, opened, painted
from desk_pages import BROKEN, CLEAN, FAULTY, case_of, case_path, finding_of, run_path
from docx import Document
from openpyxl import load_workbook
from PIL import Image
from served import COLLEAGUE, EVALUATOR, PASSWORD, SCANS, Server, log_in

from pipeline.evaluate.places import iou

pytestmark = pytest.mark.slow
KEYS = {"a": "accept", "r": "reject", "u": "unsure"}


def truth(case_id: str = FAULTY) -> dict[str, Any]:
    return json.loads((SCANS / f"{case_id}.truth.json").read_text("utf-8"))


def truth_box(role: str) -> tuple[int, list[float]]:
    """Page and box of a date, as the generator of the case knows them."""
    entry = next(date for date in truth()["dates"] if date["role"] == role)
    return entry["page"], entry["bbox"]


def shown_box(page: Any, selector: str) -> list[float]:
    """Where a box lies over the page's picture on the screen: fractions of the picture."""
    scan, rect = frame_of(page, ".scan"), frame_of(page, selector)
    left, top = (rect["x"] - scan["x"]) / scan["w"], (rect["y"] - scan["y"]) / scan["h"]
    return [left, top, left + rect["w"] / scan["w"], top + rect["h"] / scan["h"]]


def names_listed(page: Any) -> list[str]:
    return [name.strip() for name in page.locator(".cases a.name").all_inner_texts()]


@pytest.fixture
def evaluator(heard: tuple[Any, Listening], desk: Server) -> Any:
    """A tab of an evaluator who has logged in; at its end nothing had gone wrong and nobody else was asked."""
    page, listening = heard
    log_in(page, desk.address, EVALUATOR)
    yield page
    assert listening.complaints == []
    assert listening.beyond(desk.address) == []


def test_nobody_gets_in_without_a_password(tab: Any, desk: Server, desk_run: Path) -> None:
    tab.goto(desk.address + case_path(desk_run))
    assert "/login" in tab.url and tab.locator(".finding").count() == 0


def test_from_the_login_to_a_file(evaluator: Any, desk: Server, desk_run: Path) -> None:
    evaluator.goto(desk.address)
    if evaluator.locator(".runs").count():
        evaluator.click(f'.runs a[href="{run_path(desk_run)}"]')
    assert set(names_listed(evaluator)) == {FAULTY, CLEAN, BROKEN}
    assert names_listed(evaluator).index(FAULTY) < names_listed(evaluator).index(CLEAN), (
        "who needs a person comes first"
    )
    evaluator.select_option("select[name=rule]", "DAT501")
    evaluator.click(".filters button")
    assert names_listed(evaluator) == [FAULTY]
    evaluator.click(f"a.name >> text={FAULTY}")
    evaluator.wait_for_url(f"**{case_path(desk_run)}")
    shown = evaluator.eval_on_selector_all("article.finding", "all => all.map(e => e.getAttribute('data-key'))")
    assert set(shown) == {finding["key"] for finding in case_of(desk_run)["findings"]}


def test_all_flags_are_gone_through_by_keyboard_alone(evaluator: Any, desk: Server, desk_run: Path) -> None:
    evaluator.goto(desk.address + case_path(desk_run))
    evaluator.keyboard.press("?")
    assert evaluator.is_visible("dialog[data-keys]")
    assert faults(evaluator) == []
    evaluator.keyboard.press("Escape")
    assert not evaluator.is_visible("dialog[data-keys]")
    keys = evaluator.eval_on_selector_all(
        "[data-key]",
        "all => all.filter(e => e.querySelector('form[data-decide]')).map(e => e.getAttribute('data-key'))",
    )
    assert len(keys) >= 4
    for place, key in enumerate(keys):
        evaluator.keyboard.press("j")
        assert evaluator.evaluate("document.activeElement.getAttribute('data-key')") == key
        pressed = "aru"[place % 3]
        evaluator.keyboard.press(pressed)
        evaluator.wait_for_selector(f'[data-key="{key}"] .decide-{KEYS[pressed]}[aria-pressed=true]')
    assert "已全部判断" in evaluator.inner_text("[data-left]")
    evaluator.keyboard.press("k")
    assert evaluator.evaluate("document.activeElement.getAttribute('data-key')") == keys[-2]
    evaluator.keyboard.press("n")
    evaluator.keyboard.type("已核对 jkaru")
    with evaluator.expect_response(lambda answer: answer.request.method == "POST" and answer.ok):
        evaluator.keyboard.press("Escape")
    evaluator.reload()
    assert faults(evaluator) == [], "with decisions of each kind"
    assert evaluator.input_value(f'[data-key="{keys[-2]}"] textarea') == "已核对 jkaru", "it was kept"
    for place, key in enumerate(keys):
        button = f'[data-key="{key}"] .decide-{KEYS["aru"[place % 3]]}'
        assert evaluator.get_attribute(button, "aria-pressed") == "true"


def test_without_a_mouse(tab: Any, desk: Server, desk_run: Path) -> None:
    """From the login to a paper handed over by keys alone; whatever has the focus shows it."""

    def reach(selector: str) -> None:
        for _ in range(120):
            tab.keyboard.press("Tab")
            if tab.evaluate("wanted => document.activeElement.matches(wanted)", selector):
                ring = tab.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                assert ring != "none", f"{selector} has the focus and does not show it"
                return
        raise AssertionError(f"{selector} is not reached by Tab")

    tab.goto(f"{desk.address}/login?next={run_path(desk_run)}")
    tab.keyboard.type(COLLEAGUE)  # the focus is there already
    reach("#password")
    tab.keyboard.type(PASSWORD)
    tab.keyboard.press("Enter")
    tab.wait_for_url(lambda url: "/login" not in url)
    reach(f"a.name[href='{case_path(desk_run, CLEAN)}']")
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"**{case_path(desk_run, CLEAN)}")
    reach("a[href='#handover']")
    tab.keyboard.press("Enter")
    reach("a[href$='opinion.docx']")
    with tab.expect_download() as waiting:
        tab.keyboard.press("Enter")
    assert waiting.value.suggested_filename.endswith(".docx")


def test_the_evidence_is_boxed_where_it_was_put(evaluator: Any, desk: Server, desk_run: Path) -> None:
    """The dates that contradict each other: the box on the screen lies where the generator of the scans drew them."""
    evaluator.goto(desk.address + case_path(desk_run))
    finding = finding_of(desk_run, "DAT501")
    wanted = dict([truth_box("assignment"), truth_box("approval")])
    assert {evidence["page"] for evidence in finding["evidence"]} == set(wanted)
    while evaluator.evaluate("document.activeElement.getAttribute('data-key')") != finding["key"]:
        evaluator.keyboard.press("j")
    evaluator.keyboard.press("o")
    evaluator.wait_for_url(f"**/p/*?f={finding['key']}")
    for page in wanted:
        if f"/p/{page}?" not in evaluator.url:
            evaluator.click(f".card.chosen .links a[href*='/p/{page}?']")
            evaluator.wait_for_url(f"**/p/{page}?f={finding['key']}")
        painted(evaluator, ".scan")
        box = shown_box(evaluator, ".over .chosen > rect >> nth=0")
        assert iou(box, wanted[page]) > 0.5, (page, box, wanted[page])
        assert same_ink(evaluator, page, wanted[page]) > 0.8


def test_a_date_of_a_page_that_lay_upside_down_is_boxed_upright(evaluator: Any, desk: Server, desk_run: Path) -> None:
    page, wanted = truth_box("detention")
    assert next(one for one in truth()["pages"] if one["page"] == page)["rotation"] == 180
    index = next(i for i, date in enumerate(case_of(desk_run)["dates"]) if date["page"] == page)
    evaluator.goto(f"{desk.address}{case_path(desk_run)}/p/{page}?d={index}")
    painted(evaluator, ".scan")
    assert iou(shown_box(evaluator, ".over .k-date.chosen > rect >> nth=0"), wanted) > 0.5
    assert same_ink(evaluator, page, wanted) > 0.8


def same_ink(tab: Any, page: int, box: list[float]) -> float:
    """How far the picture on the screen, at a place, is the one of the user's file, turned upright: a correlation."""
    answer = tab.context.request.get(tab.eval_on_selector(".scan", "e => e.src"))
    shown = Image.open(BytesIO(answer.body())).convert("L")
    with pypdfium2.PdfDocument(SCANS / f"{FAULTY}.pdf") as pdf:
        scanned = pdf[page - 1].render(scale=2).to_pil().convert("L")
    turned = next(one for one in truth()["pages"] if one["page"] == page)["rotation"]
    scanned = scanned.rotate(turned, expand=True).resize(shown.size)
    corners = [round(part * shown.size[side % 2]) for side, part in enumerate(box)]
    one, other = (np.asarray(image.crop(corners), float).ravel() for image in (shown, scanned))
    return float(np.corrcoef(one, other)[0, 1])


def test_a_finding_vanishes_when_its_date_is_corrected(evaluator: Any, desk: Server, desk_run: Path) -> None:
    case = desk.address + case_path(desk_run)
    finding = finding_of(desk_run, "DAT501")
    page, _ = truth_box("assignment")
    dates = case_of(desk_run)["dates"]
    index = next(i for i, date in enumerate(dates) if date["page"] == page and date["role"] == "assignment")
    evaluator.goto(case)
    evaluator.click(f"a.fixit[href='#fix-d{index}']")
    evaluator.fill(f"#fix-d{index} input[name=value]", "2023-03-21")
    evaluator.click(f"#fix-d{index} button.primary")
    evaluator.wait_for_selector("#effect")
    assert "DAT501" in evaluator.inner_text("#effect") or finding["title"] in evaluator.inner_text("#effect")
    assert evaluator.locator(f"#k-{finding['key']}").count() == 0, "the finding is gone"
    assert finding["key"] not in {one["key"] for one in told(evaluator, case)["findings"]}
    assert EVALUATOR in evaluator.inner_text("#corrections") and "2023-03-21" in evaluator.inner_text("#corrections")
    evaluator.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true; })")
    assert faults(evaluator) == [], "with a correction and a decision on what is gone"
    evaluator.click("#corrections button")
    evaluator.wait_for_selector(f"#k-{finding['key']}")
    pressed = evaluator.locator(f"#k-{finding['key']} [aria-pressed=true]")
    assert pressed.count() == 1, "it came back with what was decided on it"


def told(tab: Any, case: str) -> dict[str, Any]:
    answer = tab.context.request.get(f"{case}.json")
    assert answer.ok
    return answer.json()


def test_what_is_handed_over_opens_again(evaluator: Any, desk: Server, desk_run: Path, tmp_path: Path) -> None:
    case = case_path(desk_run)
    evaluator.goto(desk.address + case)
    word = Document(downloaded(evaluator, f"a[href='{case}/export/opinion.docx']", tmp_path))
    said = "\n".join(cell.text for table in word.tables for row in table.rows for cell in row.cells)
    said += "\n".join(paragraph.text for paragraph in word.paragraphs)
    assert FAULTY in said and finding_of(desk_run, "CPY601")["title"] in said
    with pypdfium2.PdfDocument(downloaded(evaluator, f"a[href='{case}/export/searchable.pdf']", tmp_path)) as pdf:
        assert len(pdf) == len(truth()["pages"])
        assert "指派" in pdf[7].get_textpage().get_text_range()
    plain = json.loads(downloaded(evaluator, f"a[href='{case}/export/case.json']", tmp_path).read_text("utf-8"))
    schema = evaluator.context.request.get(f"{desk.address}/schema/case.json").json()
    jsonschema.validate(plain, schema)
    assert {finding["rule"] for finding in plain["findings"]} >= {"DAT501", "CPY601"}
    evaluator.goto(desk.address + run_path(desk_run))
    book = load_workbook(downloaded(evaluator, "a[href$='ledger.xlsx']", tmp_path))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any(FAULTY in cell for cell in cells) and any("DAT501" in cell for cell in cells)


def downloaded(tab: Any, selector: str, folder: Path) -> Path:
    """Click a link and keep what is downloaded, by the name that the server gives it."""
    with tab.expect_download() as waiting:
        tab.click(selector)
    name = re.sub(r"[^\w.-]", "_", waiting.value.suggested_filename)
    waiting.value.save_as(folder / name)
    return folder / name


def test_a_colleague_sees_nothing_of_it_until_both_are_done(
    evaluator: Any, chromium: Any, desk: Server, desk_run: Path
) -> None:
    case = desk.address + case_path(desk_run)
    with opened(chromium) as (other, listening):
        log_in(other, desk.address, COLLEAGUE)
        other.goto(case)
        assert other.locator(".decide [aria-pressed=true]").count() == 0
        assert other.locator(".decide-others").count() == 0
        for tab in (evaluator, other):
            tab.goto(case)
            tab.click(".desk-done button")
            tab.wait_for_selector(".desk-done button:not(.primary)")
        assert EVALUATOR in other.inner_text(".decide-others >> nth=0")
        assert faults(other) == [], "with another's decisions"
        evaluator.reload()
        assert evaluator.locator(".decide-others").count() == 0, "the colleague decided nothing"
        assert listening.complaints == []
    evaluator.goto(desk.address + run_path(desk_run))
    row = evaluator.locator("tr", has=evaluator.locator(f"a.name >> text={FAULTY}"))
    assert "已完成" in row.inner_text()
    evaluator.click(".leave button")
    evaluator.goto(case)
    assert "/login" in evaluator.url
