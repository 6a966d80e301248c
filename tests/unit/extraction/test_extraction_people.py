"""Who is who, through the wordings of several form sets and OCR variants."""

from __future__ import annotations

import datetime as dt

from pages_builder import divided, pages_of
from test_documents_forms import APPLICATION_2023, COVER, REPORTS
from test_documents_letters import ASSIGNMENT_NEW, COURT_ACCEPTS, DECISION
from test_documents_records import TALK
from test_documents_traps import COURT_SPEECH, PROSECUTORS
from test_extraction_profile import AWARD, BY_POLICE, JUDGMENT_CIVIL, LABOUR_CLAIM

from pipeline.casefile import People
from pipeline.extraction.extract import extract


def named(markup: str) -> str:
    """The papers with whole names: 某 is for the reader's sake."""
    return (
        markup.replace("马某某", "马秀兰")
        .replace("许某", "许文博")
        .replace("周某甲", "周大川")
        .replace("邓某", "邓立群")
    )


def people(*markups: str) -> People:
    whole = [named(markup) for markup in markups]
    return extract(pages_of(*whole), divided(*whole).documents, dt.date(2026, 1, 1)).people


def test_the_parties_to_a_labour_case() -> None:
    found = people(COVER, APPLICATION_2023, DECISION, ASSIGNMENT_NEW, TALK, LABOUR_CLAIM, AWARD, REPORTS)
    assert found.recipient == "马秀兰"
    assert found.lawyer == "许文博"
    assert found.lawyers == ("许文博",)
    assert found.law_firm == "北川县正明律师事务所"
    assert found.agency == "北川县法律援助中心"
    assert found.charge_or_cause == "劳动争议"
    assert found.case_numbers == ("北劳人仲案字[2023]第101号",) or found.case_numbers[0].endswith("101号")


def test_the_court_s_number_of_a_civil_case() -> None:
    found = people(APPLICATION_2023, DECISION, TALK, COURT_ACCEPTS, COURT_SPEECH, JUDGMENT_CIVIL)
    assert [number.replace("(", "（").replace(")", "）") for number in found.case_numbers] == ["（2023）豫0222民初77号"]


def test_a_suspect_is_the_recipient() -> None:
    found = people(*BY_POLICE, PROSECUTORS, REPORTS.replace("马某某", "周某甲").replace("劳动争议", "盗窃罪"))
    assert found.recipient == "周大川"
    assert found.charge_or_cause == "盗窃罪"


def test_a_lawyer_who_took_over_is_the_last() -> None:
    change = """
# 更换法律援助人员通知书
马某某：
　　因原法律援助人员许某因病不能继续办理，现指派邓某律师承办你的案件，特此通知。
> 北川县法律援助中心
> 2023年4月8日
"""
    found = people(APPLICATION_2023, ASSIGNMENT_NEW, change, REPORTS.replace("许某", "邓某"))
    assert found.lawyer == "邓立群"
    assert found.lawyers == ("许文博", "邓立群")


def test_nothing_is_made_up_for_an_empty_file() -> None:
    assert people("# 借条\n今借到壹万元") == People()
