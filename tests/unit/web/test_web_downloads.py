"""Files to take away, opened again by other people's readers."""

import io
from urllib.parse import unquote

import docx
import jsonschema
import openpyxl
import pdfplumber
import pytest
from web_desk import Desk
from web_runs import BROKEN_ID, HOSTILE_ID, PLAIN_ID

from pipeline.batch.origin import noted_batch
from pipeline.store.ledger import Ledger
from pipeline.summary.schema import case_schema


def finding_key(desk: Desk) -> str:
    return str(desk.get(f"{desk.case_url()}.json").json()["findings"][0]["key"])


def cells(content: bytes) -> list[str]:
    document = docx.Document(io.BytesIO(content))
    return [cell.text for table in document.tables for row in table.rows for cell in row.cells]


def test_the_opinion_sheet_holds_what_was_decided(desk: Desk) -> None:
    review = {"decision": "accept", "reason": "fault", "note": "已核对原件"}
    desk.submit(f"{desk.case_url()}/findings/{finding_key(desk)}/review", review)
    answer = desk.get(f"{desk.case_url()}/export/opinion.docx")
    assert answer.status_code == 200
    assert "本机：成立，问题属实，已核对原件" in cells(answer.content)


def test_the_ledger_lists_every_file_with_a_link_to_the_desk(desk: Desk) -> None:
    answer = desk.get(f"{desk.run_url()}/export/ledger.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content))["案卷"]
    rows = {row[0].value: row[0] for row in sheet.iter_rows(min_row=2)}
    assert len(rows) == 3
    assert rows[PLAIN_ID].hyperlink.target.endswith(desk.case_url())


def test_the_searchable_file_has_all_pages_and_their_text(desk: Desk) -> None:
    answer = desk.get(f"{desk.case_url()}/export/searchable.pdf")
    with pdfplumber.open(io.BytesIO(answer.content)) as document:
        assert len(document.pages) == 10
        assert "指派通知书" in (document.pages[3].extract_text() or "")


def test_a_file_whose_pages_are_gone_can_still_be_searched(desk: Desk, tmp_path) -> None:
    with Ledger(desk.site.shelf.runs[0].workspace.ledger) as ledger:
        ledger.set_meta(batch=noted_batch(tmp_path / "gone", as_case=False))
    answer = desk.get(f"{desk.case_url()}/export/searchable.pdf")
    with pdfplumber.open(io.BytesIO(answer.content)) as document:
        assert len(document.pages) == 10
        assert "指派通知书" in (document.pages[3].extract_text() or "").replace("\n", "")


def test_a_file_that_could_not_be_read_has_no_pages_to_give(desk: Desk) -> None:
    answer = desk.get(f"{desk.case_url(BROKEN_ID)}/export/searchable.pdf")
    assert answer.status_code == 409 and "没有可导出的页" in answer.text


@pytest.mark.parametrize("case_id", [PLAIN_ID, HOSTILE_ID, BROKEN_ID])
def test_the_json_holds_its_schema(desk: Desk, case_id: str) -> None:
    answer = desk.get(f"{desk.case_url(case_id)}/export/case.json")
    jsonschema.validate(answer.json(), case_schema())
    assert answer.json()["case_id"] == case_id
    assert desk.get("/schema/case.json").json() == case_schema()


@pytest.mark.parametrize("what", ["opinion.docx", "searchable.pdf", "case.json"])
def test_a_hostile_name_makes_a_harmless_file_name(desk: Desk, what: str) -> None:
    answer = desk.get(f"{desk.case_url(HOSTILE_ID)}/export/{what}")
    told = answer.headers["content-disposition"]
    assert told.startswith("attachment;") and told.isascii()
    name = unquote(told.split("filename*=UTF-8''")[1])
    assert name.endswith(what[what.index(".") :]) and not set(name) & set('<>:"/\\|?*\u202e')


def test_a_template_that_cannot_be_used_is_told(desk: Desk, tmp_path) -> None:
    bad = tmp_path / "bad.docx"
    bad.write_bytes(b"no word file")
    site = desk.site
    changed = site.settings.desk.model_copy(update={"opinion_template": str(bad)})
    site.settings = site.settings.model_copy(update={"desk": changed})
    answer = desk.get(f"{desk.case_url()}/export/opinion.docx")
    assert answer.status_code == 409 and "不是 Word 文件" in answer.text


def test_what_is_not_there_is_not_given(desk: Desk) -> None:
    for address in ("/r/00000000/export/ledger.xlsx", f"{desk.run_url()}/c/000000000000/export/opinion.docx"):
        assert desk.get(address).status_code == 404
