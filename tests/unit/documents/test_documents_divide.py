"""Where one document ends and the next begins, over whole files."""

from __future__ import annotations

import pytest
from pages_builder import divided, only, page_text, spans
from test_documents_letters import ASSIGNMENT_NEW, ASSIGNMENT_OLD, DECISION, LETTER_TO_COURT
from test_documents_records import HEARING, INTERVIEW, READING
from test_documents_traps import COURT_SPEECH, POLICE_OPINION, PROSECUTORS

MORE_QUESTIONS = """
问：你当时是怎么想的？
答：我一时糊涂，看见车没有上锁。
问：车现在在哪里？
答：已经退还给失主，我家里人也赔了钱。
问：失主有没有谅解你？
答：写了谅解书，交给派出所了。
问：你还有没有要补充的？
答：没有了，希望从轻处理。
以上笔录我看过，和我说的一样。
被会见人（签名捺印）：周某甲　2023年3月5日
"""
MORE_ARGUMENT = """
二、被告应当承担违约责任。双方在合同中约定了付款期限，被告至今没有支付，应当自逾期之日起承担利息，原告为此提交了送货单和对账单。
　　三、关于诉讼费用的负担，依照法律规定由败诉的一方承担，原告的请求有事实和法律依据，应当得到支持。
　　以上代理意见，恳请合议庭予以采纳。
> 代理人：许某律师
> 2023年6月1日
"""
MID_SENTENCE = """
刑事拘留，次日被取保候审。本案经侦查终结移送，公安机关认定的事实清楚，证据确实充分，犯罪嫌疑人对上述事实供认不讳，并自愿认罪
认罚，签署了具结书，足以认定。上述事实有下列证据证明：一、书证；二、证人证言；三、被害人陈述；四、犯罪嫌疑人的供述和辩解。
　　综上所述，犯罪嫌疑人的行为涉嫌盗窃罪，特将本案移送审查起诉。
> 局长 钱某
> 二〇二二年五月九日
"""
BILL = """
= 收 款 收 据
今收到马某某交来货款贰仟元整
> 收款人：林某
> 2022年1月5日
"""
CONTRACT = """
# 劳动合同书
甲方（用人单位）：北川县某商贸有限公司
乙方（劳动者）：马某某
　　双方约定工资每月三千元，合同期限自2021年3月1日起。
"""
CONTRACT_END = """
　　第五条　工资支付：甲方每月十五日前支付乙方上月工资。
　　第六条　本合同一式两份，双方各执一份。
甲方（盖章）：　　乙方（签名）：马某某
2021年3月1日
"""


def test_an_empty_case_has_no_documents() -> None:
    assert divided().documents == ()


def test_every_page_is_in_exactly_one_document() -> None:
    documents = divided(DECISION, None, ASSIGNMENT_NEW, INTERVIEW, MORE_QUESTIONS, None, None, READING).documents
    pages = [page for document in documents for page in document.pages]
    assert pages == list(range(1, 9))
    assert [document.id for document in documents] == [f"d{n}" for n in range(1, len(documents) + 1)]


def test_questions_and_answers_go_on_over_pages() -> None:
    assert spans(INTERVIEW, MORE_QUESTIONS, READING) == [
        ("client_interview", 1, 2),
        ("file_reading_record", 3, 3),
    ]


def test_records_of_two_meetings_are_two_documents() -> None:
    second = INTERVIEW.replace("3月5日", "4月9日")
    assert spans(INTERVIEW, MORE_QUESTIONS, second, MORE_QUESTIONS) == [
        ("client_interview", 1, 2),
        ("client_interview", 3, 4),
    ]


def test_two_notices_of_one_form_are_two_documents() -> None:
    assert spans(ASSIGNMENT_OLD, ASSIGNMENT_OLD.replace("九月三日", "十月九日")) == [
        ("assignment_notice", 1, 1),
        ("assignment_notice", 2, 2),
    ]


def test_an_argument_goes_on_without_a_title() -> None:
    assert spans(COURT_SPEECH, MORE_ARGUMENT, PROSECUTORS) == [
        ("representation_statement", 1, 2),
        ("indictment", 3, 3),
    ]


def test_a_page_that_opens_in_the_middle_of_a_sentence_goes_on() -> None:
    head = POLICE_OPINION.split("　　综上所述")[0]
    assert spans(DECISION, head, MID_SENTENCE) == [("aid_decision", 1, 1), ("prosecution_opinion", 2, 3)]


def test_page_numbers_at_the_foot_hold_pages_together() -> None:
    first = HEARING + "_ 第1页 共3页\n"
    others = [MORE_QUESTIONS.replace("问：", "审：").replace("答：", "被：") + f"_ 第{n}页 共3页\n" for n in (2, 3)]
    assert spans(first, *others, DECISION) == [("hearing_record", 1, 3), ("aid_decision", 4, 4)]


@pytest.mark.parametrize("foot", ["- {} -", "{}/2", "第 {} 页"])
def test_a_repeated_heading_with_a_later_page_number_goes_on(foot: str) -> None:
    first, second = (INTERVIEW + f"_ {foot.format(n)}\n" for n in (1, 2))
    assert spans(first, second) == [("client_interview", 1, 2)]


def test_a_blank_sheet_is_a_document_of_its_own_wherever_it_lies() -> None:
    assert spans(None, DECISION, None, None, ASSIGNMENT_NEW, None) == [
        ("blank_page", 1, 1),
        ("aid_decision", 2, 2),
        ("blank_page", 3, 3),
        ("blank_page", 4, 4),
        ("assignment_notice", 5, 5),
        ("blank_page", 6, 6),
    ]


@pytest.mark.parametrize("sheet", ["~\n# 隔  页", "~\n# 证据材料", "~\n# 第二部分\n# 证据"])
def test_a_separating_sheet_is_blank(sheet: str) -> None:
    assert spans(DECISION, sheet, ASSIGNMENT_NEW)[1] == ("blank_page", 2, 2)


def test_this_page_is_left_blank() -> None:
    assert spans(DECISION, "~\n= （此页空白）", ASSIGNMENT_NEW)[1] == ("blank_page", 2, 2)


def test_each_piece_of_evidence_is_a_document() -> None:
    found = spans(COURT_SPEECH, CONTRACT, CONTRACT_END, BILL, BILL.replace("贰仟", "叁仟"))
    assert found == [
        ("representation_statement", 1, 1),
        ("evidence_material", 2, 3),
        ("evidence_material", 4, 4),
        ("evidence_material", 5, 5),
    ]


def test_an_illegible_page_is_no_blank_one() -> None:
    from dataclasses import replace

    from pipeline.casefile import Quality

    smear = replace(page_text("门 口 一"), quality=Quality("unreadable", 0.2))
    assert all(kind != "blank_page" for kind, _, _ in spans(INTERVIEW, smear, DECISION))


def test_a_titled_document_says_what_it_rests_on() -> None:
    document = only(LETTER_TO_COURT)
    assert document.title == "法律援助公函"
    assert "title" in document.evidence
    assert document.title_box is not None
    assert document.score > 0.6


def test_letters_spaced_title_with_ocr_noise() -> None:
    assert only(INTERVIEW.replace("会 见 笔 录", "会 见 笔 泉")).type == "client_interview"
    assert only(ASSIGNMENT_NEW.replace("指派通知书", "指派通如书")).type == "assignment_notice"


def test_a_paper_that_nothing_is_known_of_is_little_certain() -> None:
    assert only("# 某某物业服务须知摘编\n　　请各位业主按时缴纳。").score <= 0.6


def test_numbers_that_run_through_the_whole_file_hold_no_pages_together() -> None:
    papers = [DECISION, ASSIGNMENT_OLD, LETTER_TO_COURT, INTERVIEW, MORE_QUESTIONS, READING, PROSECUTORS, HEARING]
    numbered = [f"{paper}_ {n}\n" for n, paper in enumerate(papers, 1)]
    assert spans(*numbered) == spans(*papers)
    assert len(spans(*numbered)) == 7


def test_a_heading_is_one_though_hardly_anything_else_was_read() -> None:
    bare = "# 劳动合同书"
    other = "# 岗位技能培训约定\n## 甲方二车间"
    assert spans(COURT_SPEECH, bare, other)[1:] == [("evidence_material", 2, 2), ("evidence_material", 3, 3)]
