"""One case through all stages behind reading, on invented pages."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pytest

from pipeline.packs.load import load_pack, pack_names
from pipeline.problems import problem
from pipeline.screen import Screened, screen

sys.path.append(str(Path(__file__).parent / "documents"))
from pages_builder import page_text, pages_of
from test_documents_contents import table
from test_documents_letters import COURT_TO_AGENCY, LETTER_TO_COURT
from test_documents_records import BEFORE_COURT, HEARING, INTERVIEW, READING
from test_documents_traps import PROSECUTORS

AS_OF = dt.date(2026, 1, 1)
CATALOGUE = table(
    [0.1, 0.2, 0.75],
    ["序号", "文书名称", "页码"],
    ["1", "提供法律援助通知书", "1"],
    ["2", "法律援助公函", "2"],
    ["3", "会见笔录", "3"],
    ["4", "阅卷笔录", "4"],
    ["5", "起诉书", "5"],
    ["6", "辩护词", "6"],
    ["7", "庭审笔录", "7"],
)
PAPERS = [COURT_TO_AGENCY, LETTER_TO_COURT, INTERVIEW, READING, PROSECUTORS, BEFORE_COURT, HEARING]


def screened(*papers: str, pack: str = "henan") -> Screened:
    return screen("A001", (), tuple(pages_of(CATALOGUE, *papers)), (), load_pack(pack), AS_OF)


def test_documents_facts_and_the_catalogue_come_together() -> None:
    case = screened(*PAPERS).case
    assert [document.type for document in case.documents] == [
        "file_catalogue",
        "defence_request",
        "aid_letter",
        "client_interview",
        "file_reading_record",
        "indictment",
        "defence_statement",
        "hearing_record",
    ]
    assert len(case.catalogue) == 7
    assert case.catalogue_types[5] == ("file_reading_record",)
    assert (case.profile.case_kind, case.profile.stage, case.profile.entry) == ("criminal", "trial", "notice")
    assert {date.role for date in case.dates} >= {"notice", "interview", "file_reading", "indictment", "hearing"}


@pytest.mark.parametrize("pack", pack_names())
def test_every_rule_of_the_pack_answers_once(pack: str) -> None:
    outcomes = screened(*PAPERS, pack=pack).outcomes
    assert [outcome.rule for outcome in outcomes] == sorted(load_pack(pack).rules)
    assert all(outcome.verdict != "error" for outcome in outcomes)
    assert all(outcome.why for outcome in outcomes)


@pytest.mark.parametrize("pack", pack_names())
@pytest.mark.parametrize("pages", [[None], [None, None], ["# 指派通知书"], ["乱"]], ids=str)
def test_hardly_anything_to_go_by_breaks_no_rule(pages: list[str | None], pack: str) -> None:
    answer = screen("A002", (), tuple(pages_of(*pages)), (), load_pack(pack), AS_OF)
    assert len(answer.case.documents) == len(pages)
    assert [outcome.verdict for outcome in answer.outcomes if outcome.verdict == "error"] == []


def test_the_same_pages_give_the_same_answer() -> None:
    assert screened(*PAPERS) == screened(*PAPERS)


def test_a_missing_reading_record_is_flagged_and_one_that_is_there_is_not() -> None:
    verdicts = {outcome.rule: outcome.verdict for outcome in screened(*PAPERS).outcomes}
    assert verdicts["DOC103"] == "pass"
    without = {outcome.rule: outcome for outcome in screened(*PAPERS[:3], *PAPERS[4:]).outcomes}["DOC103"]
    assert without.verdict == "flag"
    assert without.findings[0].evidence


def test_problems_of_reading_stay_with_the_case() -> None:
    trouble = (problem("P207"),)
    answer = screen("A003", (), tuple(pages_of(page_text("# 传票"))), trouble, load_pack("henan"), AS_OF)
    assert answer.case.problems == trouble
