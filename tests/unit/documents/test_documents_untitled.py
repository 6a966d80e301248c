"""The look-alikes of reference.md 4.4 with their titles lost or misread: the rest of the page and the file decide."""

from __future__ import annotations

import re

import pytest
import test_documents_forms as forms
import test_documents_letters as letters
import test_documents_records as records
import test_documents_traps as traps
from pages_builder import spans, type_of

TRAPS = {
    # 起诉书: the procurator's, the party's, the police's
    "indictment": traps.PROSECUTORS,
    "civil_complaint": traps.PARTYS_COMPLAINT,
    "prosecution_opinion": traps.POLICE_OPINION,
    # 答辩状 and 代理词
    "answer": traps.PARTYS_ANSWER,
    "representation_statement": traps.COURT_SPEECH,
    # 权利义务告知书
    "recipient_rights_notice": forms.RIGHTS,
    "lawyer_rights_notice": forms.LAWYER_RIGHTS,
    "authority_rights_notice": forms.PROSECUTORS_RIGHTS,
    # 通知书
    "assignment_notice": letters.ASSIGNMENT_NEW,
    "hearing_summons": letters.HEARING_NOTICE,
    "acceptance_notice": letters.COURT_ACCEPTS,
    "arrest_warrant": letters.ARREST_NOTICE,
    # 公函, in both directions
    "aid_letter": letters.LETTER_TO_COURT,
    "defence_request": letters.COURT_TO_AGENCY,
    # 笔录
    "client_interview": records.INTERVIEW,
    "interrogation_record": records.INTERROGATION,
    "client_talk": records.TALK_BARE,
    "investigation_record": records.INQUIRY,
    "hearing_record": records.HEARING,
    "file_reading_record": records.READING,
    "lawyer_hearing_notes": records.OWN_NOTES,
    # 结案报告, 终止决定
    "closing_report": forms.REPORTS,
    "aid_termination": letters.STOPPED,
}
HEADS = re.compile(r"^#+ .*\n", re.MULTILINE)


@pytest.mark.parametrize("kind", TRAPS)
def test_with_its_title(kind: str) -> None:
    assert type_of(TRAPS[kind]) == kind


@pytest.mark.parametrize("kind", TRAPS)
def test_without_its_title(kind: str) -> None:
    assert type_of(HEADS.sub("", TRAPS[kind])) == kind


BARE = {
    "通 知 书": ("assignment_notice", "hearing_summons", "acceptance_notice", "arrest_warrant"),
    "公  函": ("aid_letter", "defence_request"),
    "笔  录": ("client_interview", "interrogation_record", "investigation_record", "hearing_record"),
    "权利义务告知书": ("recipient_rights_notice", "lawyer_rights_notice", "authority_rights_notice"),
    "起 诉 书": ("indictment", "civil_complaint"),
}


@pytest.mark.parametrize(("title", "kind"), [(title, kind) for title, kinds in BARE.items() for kind in kinds])
def test_under_the_head_noun_that_they_share(title: str, kind: str) -> None:
    assert type_of(f"# {title}\n" + HEADS.sub("", TRAPS[kind])) == kind


def test_an_opinion_before_the_hearing_and_the_speech_at_it_are_two_papers() -> None:
    found = spans(traps.COURT_OPINION, traps.COURT_SPEECH)
    assert found == [("representation_statement", 1, 1), ("representation_statement", 2, 2)]


@pytest.mark.parametrize("title", ["承办情况报告", "办案小结", "结案报告"])
def test_whatever_the_closing_report_is_called(title: str) -> None:
    assert type_of(f"# {title}\n" + HEADS.sub("", forms.REPORTS)) == "closing_report"
