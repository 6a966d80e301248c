"""Files of several volumes, each with its own catalogue; a copy of another file's catalogue is none of them."""

from __future__ import annotations

from pages_builder import divided, page_text
from test_documents_contents import table
from test_documents_forms import COVER
from test_documents_letters import ASSIGNMENT_OLD, DECISION, LETTER_TO_COURT
from test_documents_records import TALK
from test_documents_traps import COURT_SPEECH, PARTYS_COMPLAINT

from pipeline.casefile import PageText

COLUMNS = [0.1, 0.2, 0.75]
HEADINGS = ["序号", "文书名称", "页码"]
FIRST = table(COLUMNS, HEADINGS, ["1", "给予法律援助决定书", "1"], ["2", "指派通知书", "2"], ["3", "法律援助公函", "3"])
SECOND = table(COLUMNS, HEADINGS, ["1", "谈话笔录", "1"], ["2", "民事起诉状", "2"], ["3", "代理词", "3"])
ANOTHER_FILES = table(
    COLUMNS, HEADINGS, ["1", "受案登记表", "1"], ["2", "拘留证", "2"], ["3", "逮捕证", "3"], ["4", "起诉意见书", "4-9"]
)
UNTITLED = "\n".join(line for line in COURT_SPEECH.splitlines() if not line.startswith("#"))


def test_every_volumes_catalogue_is_read_and_places_its_own_pages() -> None:
    found = divided(COVER, FIRST, DECISION, ASSIGNMENT_OLD, LETTER_TO_COURT, SECOND, TALK, PARTYS_COMPLAINT, UNTITLED)
    assert [row.title for row in found.catalogue] == [
        "给予法律援助决定书",
        "指派通知书",
        "法律援助公函",
        "谈话笔录",
        "民事起诉状",
        "代理词",
    ]
    assert all(row.documents for row in found.catalogue)
    assert [found.placements[page].rows for page in (3, 4, 5, 7, 8, 9)] == [(0,), (1,), (2,), (3,), (4,), (5,)]
    assert found.documents[-1].type == "representation_statement"


def test_a_copy_of_another_files_catalogue_lists_nothing_of_this_file() -> None:
    found = divided(COVER, FIRST, DECISION, ASSIGNMENT_OLD, LETTER_TO_COURT, ANOTHER_FILES, TALK, PARTYS_COMPLAINT)
    assert [row.page for row in found.catalogue] == [2, 2, 2]


def test_both_pages_of_a_catalogue_with_a_blank_back_between_them_are_read() -> None:
    more = table(COLUMNS, ["4", "谈话笔录", "4"], ["5", "民事起诉状", "5"], title="")
    papers = DECISION, ASSIGNMENT_OLD, LETTER_TO_COURT, TALK, PARTYS_COMPLAINT
    found = divided(COVER, FIRST, PageText("blank"), more, *papers)
    assert [row.number for row in found.catalogue] == ["1", "2", "3", "4", "5"]
    assert all(row.documents for row in found.catalogue)


def test_a_file_without_a_catalogue_has_no_rows() -> None:
    found = divided(COVER, DECISION, page_text("正文"))
    assert found.catalogue == ()
    assert found.placements == {}
