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
MORE_OF_THE_HEARING = """
审：被告人对起诉书指控的事实有无意见？
被：没有意见，我认罪。
审：公诉人可以讯问被告人。
公：你什么时候到的现场？
被：晚上九点多。
审：辩护人有无发问？
辩：没有。
审：下面由公诉人出示证据。
公：出示物证照片、价格认定结论书，请被告人质证。
被：没有意见。
被告人（签名捺印）：周某甲　2023年3月5日
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
　　第一条　合同期限自2021年3月1日起，至2024年2月29日止。
　　第二条　乙方从事库管工作，工作地点为北川县，实行标准工时制。
　　第三条　甲方为乙方提供劳动保护用品和必要的培训，乙方应当遵守规章制度。
　　第四条　双方约定工资每月三千元，加班另计；乙方在法定节假日加班的，甲方按照国家规定支付加班工资。
　　乙方因病或者非因工负伤停止工作的，甲方按照有关规定支付病假工资；乙方患职业病或者因工负伤的，按照工伤保险的规定执行。
　　甲方因生产需要调整乙方岗位的，应当与乙方协商一致，乙方的工资按照新的岗位确定，但不得低于当地最低工资标准。
　　乙方应当按时上下班，不得迟到早退；因故不能上班的，应当提前一日向甲方请假，经甲方同意后方可休假，否则按照旷工处理。
　　乙方应当爱护甲方的工具和设备，因故意或者重大过失造成损坏的，应当照价赔偿；甲方不得以任何理由扣押乙方的证件或者收取押金。
　　甲方应当对乙方进行安全教育，乙方应当遵守操作规程；甲方违章指挥、强令冒险作业的，乙方有权拒绝执行，并有权向有关部门举报。
　　乙方保守甲方的商业秘密，合同期内及终止后一年之内不得向他人透露甲方的客户名单和进货价格，违反的应当承担相应的责任。
　　双方在履行中发生争议的，应当先行协商，协商不成的，可以向劳动争议仲裁委员会申请仲裁，对裁决不服的可以向人民法院起诉。
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
    others = [MORE_OF_THE_HEARING + f"_ 第{n}页 共3页\n" for n in (2, 3)]
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
    found = spans(COURT_SPEECH, bare, other)[1:]
    assert [(first, last) for _, first, last in found] == [(2, 2), (3, 3)]
    assert found[0][0] == "evidence_material"
    assert found[1][0] in ("evidence_material", "other")
