"""Which date of which document plays which role (contract.md, Date roles).

For every type of document a few `Slot`s say where its date stands: beside a label, in the head of a record, or at
the close under the last lines (date_pickers.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extraction.date_pickers import (
    Picker,
    closing,
    first_signed,
    in_head,
    issued,
    labelled,
    received,
    scheduled,
    sessions,
    signed_by,
    stamped,
)
from pipeline.extraction.readings import PlacedRow, SeenDate


@dataclass(frozen=True, slots=True)
class Slot:
    """A role and where to look for its date, the first picker that finds a place wins."""

    role: str
    pickers: tuple[Picker, ...]


_AGENCYS_PART = r"(受理|接待|审查|审核|初审|机构|工作人员|中心)(人|意见|人?员意见)|以下由"
_RECORD_TIME = (
    r"(?<!出生)(?<!拘留)(?<!刑拘)(?<!逮捕)(?<!羁押)(?<!入职)(?<!到案)(?<!案发)(?<!收案)(?<!立案)(?<!结案)(?<!指派)"
    r"(时间|日期)\W{0,3}(自|从|于)?$"
)
_BIRTH = r"(出生|生于|生日)(日期|年月日?|时间)?\W*$"
_HIS_SUPERIORS = r"负责人|主任|审[查核批]|复核|机构|中心|单位|领导|归档|受援人"
_SERVED = r"(受送达人|签收人|收件人|签名|盖章|签收|收到|收件)[^年月日]{0,24}$|(签收|收到|收件|送达)(日期|时间)\W*$"
_SIGNED_FOR = r"(受援人|签收人?|签名|签字|被告知人|承办律师|承办人|援助人员)[^年月日]{0,24}$"

_SUPPLIED = (
    r"签收|补(充|正|交)(的|之)?材料(的|之)?(收到|收讫|接收|提交|送达|补齐)|(收到|接收|收讫|补齐)(补充|补正)?(的)?材料"
    r"|材料(已)?补齐"
)

SLOTS: dict[str, tuple[Slot, ...]] = {
    "cover": (
        Slot("closing", (labelled(r"(结案|办结|结束)(日期|时间|年月日)?\W*$"),)),
        Slot("archive", (labelled(r"(归档|立卷|装订)(日期|时间|年月日)?\W*$"),)),
        Slot("intake", (labelled(r"(收案|受理|受案)(日期|时间|年月日)?\W*$"),)),
    ),
    "file_remarks": (Slot("archive", (labelled(r"(归档|立卷|装订)(日期|时间|年月日)\W*$"), closing())),),
    "aid_application": (
        Slot("application", (labelled(r"申请(日期|时间)\W*$"), closing(_AGENCYS_PART))),
        Slot("birth", (labelled(_BIRTH),)),
    ),
    "identity_proof": (Slot("birth", (labelled(_BIRTH),)),),
    "application_receipt": (Slot("application_received", (labelled(r"(接收|收到|收件)(日期|时间)\W*$"), issued)),),
    "intake_record": (Slot("intake", (labelled(r"(接待|登记|咨询|来访)(日期|时间)\W*$"), closing(), in_head())),),
    "aid_refusal": (Slot("refusal", (issued,)),),
    "aid_service_return": (Slot("aid_service", (labelled(_SERVED), closing())),),
    "approval_form": (
        Slot("review", (signed_by("lower"),)),
        Slot("approval", (signed_by("upper", last=True),)),
    ),
    "aid_decision": (Slot("decision", (issued,)),),
    "assignment_notice": (Slot("assignment", (issued,)), Slot("assignment_received", (received(),))),
    "reassignment_notice": (Slot("reassignment", (issued,)),),
    "reassignment_approval": (Slot("reassignment", (signed_by("upper", last=True),)),),
    "assignment_reply": (Slot("reply", (issued,)),),
    "aid_letter": (Slot("letter", (issued,)),),
    "defence_request": (Slot("notice", (issued,)), Slot("notice_received", (stamped(),))),
    "representation_request": (Slot("notice", (issued,)), Slot("notice_received", (stamped(),))),
    "supplement_notice": (
        Slot("supplement", (closing(_SUPPLIED),)),
        Slot("supplemented", (labelled(rf"({_SUPPLIED})[^年月日]{{0,8}}(日期|时间)\W*$"),)),
    ),
    "aid_agreement": (Slot("agreement", (closing(),)),),
    "power_of_attorney": (Slot("power_of_attorney", (closing(),)),),
    "recipient_rights_notice": (Slot("recipient_notice", (labelled(_SIGNED_FOR), closing())),),
    "lawyer_rights_notice": (Slot("lawyer_notice", (labelled(_SIGNED_FOR), closing())),),
    "client_interview": (Slot("interview", (sessions(_RECORD_TIME), labelled(_RECORD_TIME), in_head(), closing())),),
    "client_talk": (Slot("interview", (sessions(_RECORD_TIME), labelled(_RECORD_TIME), in_head(), closing())),),
    "file_reading_record": (
        Slot("file_reading", (labelled(r"阅卷(时间|日期)\W{0,3}(自|从|于)?$|" + _RECORD_TIME), in_head(6), closing())),
    ),
    "investigation_record": (Slot("investigation", (sessions(_RECORD_TIME), in_head(), closing())),),
    "lawyer_hearing_notes": (Slot("hearing_noted", (sessions(_RECORD_TIME), in_head())),),
    "practising_certificate": (
        Slot("licence", (labelled(r"(首次执业|颁证|发证|执业证|颁发)(日期|时间)\W*$"), closing())),
    ),
    "civil_complaint": (Slot("complaint", (closing(),)),),
    "arbitration_application": (Slot("complaint", (closing(),)),),
    "answer": (Slot("answer", (closing(),)),),
    "acceptance_notice": (Slot("court_accepted", (issued,)),),
    "case_registration": (Slot("registered", (issued, in_head())),),
    "apprehension_account": (Slot("account", (closing(),)),),
    "summons_warrant": (Slot("summons", (issued,)),),
    "interrogation_record": (Slot("interrogation", (sessions(_RECORD_TIME), in_head())),),
    "residential_surveillance": (Slot("residence", (issued,)),),
    "non_prosecution_decision": (Slot("non_prosecution", (issued,)),),
    "sentencing_proposal": (Slot("sentencing_proposal", (issued,)),),
    "supplementary_investigation": (Slot("supplementary_investigation", (issued,)),),
    "administrative_decision": (Slot("administrative_decision", (issued,)),),
    "feedback_form": (Slot("feedback", (labelled(r"(回访|征询|填表)(日期|时间)\W*$"), closing())),),
    "situation_note": (Slot("note", (closing(),)),),
    "detention_warrant": (Slot("detention", (issued,)),),
    "arrest_warrant": (Slot("arrest", (issued,)),),
    "bail_decision": (Slot("bail", (issued,)),),
    "plea_affidavit": (Slot("plea", (first_signed(),)),),
    "prosecution_opinion": (Slot("prosecution_opinion", (issued,)),),
    "indictment": (Slot("indictment", (issued,)),),
    "hearing_summons": (
        Slot(
            "hearing",
            (labelled(r"(应到|开庭|到庭|庭审|审理)?(时间|日期)\W*$"), scheduled(), labelled(r"(定于|于|在)\W*$")),
        ),
    ),
    "hearing_record": (
        Slot("hearing", (sessions(_RECORD_TIME), labelled(_RECORD_TIME), in_head())),
        Slot("hearing_signed", (closing(),)),
    ),
    "defence_statement": (Slot("statement", (closing(),)),),
    "representation_statement": (Slot("statement", (closing(),)),),
    "legal_opinion": (Slot("statement", (closing(),)),),
    "judgment": (Slot("judgment", (issued,)),),
    "ruling": (Slot("judgment", (issued,)),),
    "mediation_statement": (Slot("judgment", (issued,)),),
    "arbitral_award": (Slot("judgment", (issued,)),),
    "court_service_return": (
        Slot(
            "service",
            (
                labelled(_SERVED),
                closing(),
            ),
        ),
    ),
    "closing_report": (
        Slot("closing", (labelled(r"(结案|办结)(日期|时间)\W*$"),)),
        Slot(
            "closing_submitted", (labelled(r"(提交|报送|收到|移交|接收)[^,，。]{0,8}(材料|卷宗|案卷)?(日期|时间)\W*$"),)
        ),
        Slot(
            "closing_report",
            (
                labelled(r"(承办人|承办律师|填表人|报告人|法律援助人员?|律师)[^年月日期]{0,20}$"),
                first_signed(_HIS_SUPERIORS),
            ),
        ),
    ),
    "quality_evaluation_form": (Slot("evaluation", (closing(),)),),
    "aid_termination": (Slot("termination", (issued,)),),
    "subsidy_approval": (Slot("subsidy", (signed_by("upper", last=True), closing())),),
    "appeal": (Slot("appeal", (closing(),)),),
    "referral_letter": (Slot("referral", (closing(),)),),
}


def role_dates(kind: str, dates: Sequence[SeenDate], rows: Sequence[PlacedRow]) -> tuple[tuple[str, SeenDate], ...]:
    """The dates of a document that play a role, each with its role; damaged ones (value None) included."""
    played: list[tuple[str, SeenDate]] = []
    for slot in SLOTS.get(kind, ()):
        for picker in slot.pickers:
            picked = picker(dates, rows)
            if picked:
                played.extend((slot.role, date) for date in picked)
                break
    return tuple(played)
