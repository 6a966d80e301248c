"""Signature slots and official seals."""

from __future__ import annotations

import pytest
from pages_builder import page_text, pages_of

from pipeline.casefile import Box, Document, Mark, PageText, Quality, Signature
from pipeline.extraction.readings import placed_rows
from pipeline.extraction.signatures import signatures_of


def slots(kind: str, markup: str, *marks: Mark, grade: str = "good") -> list[Signature]:
    text = page_text(markup, marks=marks)
    quality = Quality(grade, 0.9)  # type: ignore[arg-type]
    pages = pages_of(PageText("scanned", 0, text.lines, text.marks, quality))
    document = Document("d1", kind, "", 1, 1, 1.0)
    return list(signatures_of(document, placed_rows(document, pages), pages))


def states(kind: str, markup: str, *marks: Mark, grade: str = "good") -> list[tuple[str, str, str | None]]:
    return [(one.role, one.state, one.mark) for one in slots(kind, markup, *marks, grade=grade)]


def over(markup: str, words: str) -> Box:
    """Where these words stand on the page, and what lies to their right."""
    line = next(line for line in page_text(markup).lines if words in line.text)
    return Box(line.box.x1, line.box.y0, min(1.0, line.box.x1 + 0.1), line.box.y1)


APPLICANT = "# 法律援助申请表\n姓名：马某某\n申请人（签名）："
TALK = "问：？\n答：。\n" * 4
INTERVIEW_CLOSE = "# 会见笔录\n会见人：许某\n" + TALK + "~\n被会见人（签名捺印）：{}\n会见律师（签名）：{}"


def test_a_name_behind_the_label_is_a_signature() -> None:
    assert states("aid_application", APPLICANT + "马某某") == [("applicant", "signed", "handwriting")]


def test_an_empty_slot_of_a_page_read_well_is_blank() -> None:
    assert states("aid_application", APPLICANT) == [("applicant", "blank", None)]


def test_a_date_is_no_signature() -> None:
    assert states("aid_application", APPLICANT + "　　　2023年3月1日") == [("applicant", "blank", None)]


def test_an_empty_slot_of_a_page_read_badly_is_unclear() -> None:
    assert states("aid_application", APPLICANT, grade="poor") == [("applicant", "unclear", None)]


@pytest.mark.parametrize(
    ("kind", "mark"), [("fingerprint", "fingerprint"), ("name_seal", "name_seal"), ("ink", "handwriting")]
)
def test_marks_sign_where_no_text_was_read(kind: str, mark: str) -> None:
    print_ = Mark(kind, over(APPLICANT, "申请人"), "red")  # type: ignore[arg-type]
    assert states("aid_application", APPLICANT, print_) == [("applicant", "signed", mark)]


def test_a_mark_elsewhere_signs_nothing() -> None:
    far = Mark("fingerprint", Box(0.1, 0.9, 0.15, 0.93), "red")
    assert states("aid_application", APPLICANT, far) == [("applicant", "blank", None)]


def test_both_ends_of_an_interview() -> None:
    assert states("client_interview", INTERVIEW_CLOSE.format("周某甲", "")) == [
        ("recipient", "signed", "handwriting"),
        ("lawyer", "blank", None),
    ]


def test_a_printed_name_does_not_sign_a_statement() -> None:
    assert states("defence_statement", "# 辩护词\n审判长：\n~\n> 辩护人：邓某\n> 2023年7月10日") == [
        ("lawyer", "unclear", None)
    ]


def test_the_same_label_is_another_role_on_another_paper() -> None:
    assert states("approval_form", "# 审批表\n> 审查人（签名）：丁某\n> 负责人（签名）：高某") == [
        ("reviewer", "signed", "handwriting"),
        ("approver", "signed", "handwriting"),
    ]
    assert states("closing_report", "# 结案报告\n> 承办人（签名）：许某")[0][0] == "handler"
    assert states("plea_affidavit", "# 认罪认罚具结书\n> 犯罪嫌疑人（签名）：周某甲")[0][0] == "suspect"


def test_types_that_nobody_signs_have_no_slots() -> None:
    assert states("evidence_material", "# 借条\n> 借款人（签名）：马某某") == []
