"""Rows of nothing but signatures, labels that lost their colon, sections of a form, ink that nobody could read."""

from __future__ import annotations

import base64

import pytest
from pages_builder import page_text, pages_of

from pipeline.casefile import Box, Document, InkGrid, Line, Mark, PageText, SignatureState
from pipeline.extraction.letters import spelled
from pipeline.extraction.readings import placed_rows
from pipeline.extraction.signatures import signatures_of
from pipeline.extraction.signers import labels_in, roles_of
from pipeline.extraction.signing_sheet import signs_only
from pipeline.extraction.unread_ink import seen_in

TALK = "问：你把事情的经过说一下？\n答：那天我在家里，后来民警就来了。\n" * 3
HEARING = "审判员：现在开庭，核对当事人身份，告知权利义务。\n原告：不申请回避。\n被告：没有意见。\n" * 3
REPORT = "# 法律援助结案报告\n| 案情简介 | 受援人在工地干活时被砸伤，老板不赔钱，请求援助中心派律师打官司 |\n~\n"
COLUMNS, ROWS = 128, 180


def found(kind: str, markup: str, *marks: Mark, ink: InkGrid | None = None) -> list[tuple[str, str, str]]:
    text = page_text(markup, marks=marks)
    pages = pages_of(PageText("scanned", 0, text.lines, text.marks, ink=ink))
    document = Document("d1", kind, "", 1, 1, 1.0)
    return [(one.role, one.state, one.name) for one in signatures_of(document, placed_rows(document, pages), pages)]


def inked(*boxes: Box) -> InkGrid:
    """A page on which nothing but these boxes is full of ink."""
    bits = bytearray(COLUMNS * ROWS // 8)
    for square in range(COLUMNS * ROWS):
        x, y = (square % COLUMNS + 0.5) / COLUMNS, (square // COLUMNS + 0.5) / ROWS
        if any(box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1 for box in boxes):
            bits[square // 8] |= 0x80 >> square % 8
    return InkGrid(COLUMNS, ROWS, base64.b64encode(bytes(bits)).decode("ascii"))


@pytest.mark.parametrize(
    ("row", "kind", "expected"),
    [
        ("审判长：吕某某　书记员：白某", "hearing_record", True),
        ("当事人：许立秋审判长：安顺义", "hearing_record", True),
        ("律师：慕容雪记录人：金沙", "client_interview", True),
        ("申请人：向晚晴2024年9月12日。", "reassignment_approval", True),
        ("被告人：没有意见。", "hearing_record", False),
        ("原告：不申请。　被告：不申请。", "hearing_record", False),
        ("当事人：同意。　代理人：同意。", "hearing_record", False),
        ("审判长：现在休庭。", "hearing_record", False),
        ("审判长：", "hearing_record", False),
        ("代理人：许立秋说得对，双方都没有意见", "hearing_record", False),
    ],
)
def test_a_row_of_names_is_nobodys_words(row: str, kind: str, expected: bool) -> None:
    letters = spelled([Line(row, Box(0.1, 0.5, 0.8, 0.52), 0.98)])
    assert signs_only(letters, labels_in(letters, kind), roles_of(kind)) is expected


@pytest.mark.parametrize(
    ("kind", "markup", "expected"),
    [
        (
            "hearing_record",
            HEARING + "~\n审判员：休庭。\n当事人：许立秋　审判长：安顺义\n书记员：苗岭",
            "recipient signed, judge signed, clerk signed",
        ),
        (
            "client_talk",
            "# 约见笔录\n律师：纳兰若　记录：索丹\n" + TALK + "~\n签名：许立秋\n律师：纳兰若　记录人：索丹",
            "recipient signed, lawyer signed, clerk signed",
        ),
        (
            "aid_agreement",
            "一、甲方应当如实陈述案情，提供证据，乙方应当尽职办案，保守秘密。\n" * 3
            + "~\n本协议一式三份，双方各执一份。\n甲方：许立秋　　乙方：韩某",
            "recipient signed, lawyer signed",
        ),
        (
            "closing_report",
            REPORT + "所在机构意见：同意结案　负责人：龙行云\n法律援助机构意见：材料齐全，同意归档　审查人：石邦国",
            "handler signed, reviewer signed",
        ),
        ("closing_report", REPORT + "> 报告人：尤可依　2025年5月12日", "handler signed"),
        ("closing_report", REPORT + "| 承办单位意见 | 同意结案。　负责人汤显文 |", "handler signed"),
        ("file_catalogue", "| 1 | 起诉书 | 3 |\n~\n立卷人：金沙　检查人：骆水", "clerk signed, reviewer signed"),
        ("intake_record", "| 咨询内容 | 工伤待遇 |\n~\n| 接待人 | 韩云霞 |", "handler signed"),
        (
            "aid_service_return",
            "| 送达文书 | 法律援助决定书 |\n~\n| 收件人签名 | 苏和平 |\n| 送达人 | 韩云霞 |",
            "addressee signed, handler signed",
        ),
        ("case_registration", "| 简要案情 | 两车相撞 |\n~\n建议立案侦查。\n受案民警：巴特尔", "officer signed"),
        (
            "mediation_statement",
            "双方达成协议如下，自双方签名之日起生效。\n~\n"
            "当事人：关双喜　　当事人：许立秋\n人民调解员：富察安　记录人：商可",
            "recipient signed, recipient signed, mediator signed, clerk signed",
        ),
    ],
)
def test_places_that_other_forms_leave(kind: str, markup: str, expected: str) -> None:
    told = [f"{role} {state}" for role, state, _ in found(kind, markup)]
    assert sorted(told) == sorted(expected.split(", "))


NOTICE = "# 受援人权利义务告知书\n" + "根据有关规定，现将有关事项告知如下，请仔细阅读并遵守。\n" * 3 + "~\n"


def test_a_label_that_lost_its_colon_accuses_nobody() -> None:
    markup = NOTICE + "被告知人　　　　　　2024年9月9日"
    assert found("recipient_rights_notice", markup) == []
    line = next(line for line in page_text(markup).lines if "被告知人" in line.text)
    thumb = Mark("fingerprint", Box(line.box.x0 + 0.13, line.box.y0, line.box.x0 + 0.17, line.box.y1), "red")
    assert [(role, state) for role, state, _ in found("recipient_rights_notice", markup, thumb)] == [
        ("recipient", "signed")
    ]


def test_two_people_behind_one_label_and_a_scrap_of_the_seal() -> None:
    lines = (
        Line("2020年11月4日3时40分许，我所接到报警称有人打架，将其带回审查。", Box(0.17, 0.15, 0.85, 0.17), 0.99),
        Line("办案民警：文志远", Box(0.31, 0.35, 0.52, 0.38), 0.92),
        Line("王向前", Box(0.55, 0.35, 0.67, 0.38), 0.83),
        Line("山台", Box(0.66, 0.345, 0.76, 0.405), 0.75),
        Line("二〇二〇年十一月六日", Box(0.58, 0.42, 0.83, 0.45), 0.95),
    )
    seal = Mark("seal", Box(0.655, 0.35, 0.84, 0.48), "black", "鲁山县公安局")
    pages = pages_of(PageText("scanned", 0, lines, (seal,)))
    document = Document("d1", "apprehension_account", "", 1, 1, 1.0)
    signed = signatures_of(document, placed_rows(document, pages), pages)
    assert [(one.role, one.state, one.name) for one in signed] == [
        ("officer", "signed", "文志远"),
        ("officer", "signed", "王向前"),
    ]


APPLICATION = "# 法律援助申请表\n姓名：马某某\n~\n申请人（签名）："


def beside(markup: str, words: str, high: float = 1.0) -> Box:
    """A stretch of three characters right of these words, as high as their line or a part of it."""
    line = next(line for line in page_text(markup).lines if words in line.text)
    box = line.box
    return Box(box.x1 + 0.01, box.y0, box.x1 + 0.07, box.y0 + high * box.height)


@pytest.mark.parametrize(("high", "state"), [(1.3, "signed"), (0.3, "blank")])
def test_ink_that_nobody_could_read_is_a_signature_where_it_is_high_enough(high: float, state: str) -> None:
    ink = inked(beside(APPLICATION, "申请人", high))
    assert [one[:2] for one in found("aid_application", APPLICATION, ink=ink)] == [("applicant", state)]


def test_a_name_of_which_one_stray_character_was_read_is_no_blank() -> None:
    lines = page_text(APPLICATION).lines
    label = lines[-1].box
    longer = Line("申请人（签名）月", Box(label.x0, label.y0, label.x1 + 0.1, label.y1), 0.91)
    ink = inked(Box(label.x1 + 0.01, label.y0, label.x1 + 0.09, label.y1 + 0.005))
    pages = pages_of(PageText("scanned", 0, (*lines[:-1], longer), (), ink=ink))
    document = Document("d1", "aid_application", "", 1, 1, 1.0)
    (signed,) = signatures_of(document, placed_rows(document, pages), pages)
    assert (signed.state, signed.mark) == ("signed", "handwriting")


PLACE = Box(0.4, 0.5, 0.5, 0.525)


@pytest.mark.parametrize(
    ("strokes", "state"),
    [
        ((), "blank"),
        ((Box(0.42, 0.5, 0.48, 0.525),), "signed"),
        ((Box(0.42, 0.505, 0.435, 0.52),), "unclear"),
        ((Box(0.4, 0.51, 0.5, 0.515),), "blank"),  # a leader of dots
        ((Box(0.42, 0.5, 0.425, 0.505),), "blank"),  # a speck
    ],
)
def test_what_the_ink_says_of_a_place(strokes: tuple[Box, ...], state: SignatureState) -> None:
    (page,) = pages_of(PageText("scanned", 0, (), (), ink=inked(*strokes)))
    assert seen_in(PLACE, page, []) == state


def test_ink_of_other_lines_of_labels_and_of_seals_says_nothing() -> None:
    stroke = Box(0.42, 0.5, 0.48, 0.525)
    text = PageText("scanned", 0, (Line("二〇二三年", stroke, 0.9),), (), ink=inked(stroke))
    (page,) = pages_of(text)
    assert seen_in(PLACE, page, []) == "blank"
    assert seen_in(PLACE, page, [], text.lines) == "signed"
    (page,) = pages_of(PageText("scanned", 0, (), (Mark("seal", stroke, "black"),), ink=inked(stroke)))
    assert seen_in(PLACE, page, []) == "blank"
    (page,) = pages_of(PageText("scanned", 0, (), (), ink=inked(stroke)))
    assert seen_in(PLACE, page, [stroke]) == "blank"
    (page,) = pages_of(PageText("scanned", 0, (), ()))
    assert seen_in(PLACE, page, []) == "blank"


def test_the_row_above_does_not_hide_the_ink_of_a_name() -> None:
    """Engines' boxes of neighbouring rows overlap; letters do not."""
    stroke = Box(0.42, 0.507, 0.48, 0.525)
    above = Line("请求撤销不予认定工伤决定，建议给予援助。", Box(0.2, 0.48, 0.8, 0.508), 0.98)
    (page,) = pages_of(PageText("scanned", 0, (above,), (), ink=inked(stroke)))
    assert seen_in(Box(0.4, 0.503, 0.5, 0.53), page, []) == "signed"


def test_ink_alone_does_not_sign_where_only_a_written_name_counts() -> None:
    markup = "# 辩护词\n审判长：\n~\n> 辩护人：　　　　\n> 2023年7月10日"
    ink = inked(beside(markup.replace("　　　　", ""), "辩护人", 1.3))
    told = [one[:2] for one in found("defence_statement", markup, ink=ink)]
    assert ("lawyer", "signed") not in told


def test_a_section_with_a_misread_label_is_not_called_blank() -> None:
    section = "| 审批意见 | 同意。　　{} | 2023年3月2日 |"
    table = "| 案情简介 | 申请人在工地干活时被砸伤，老板不赔钱，请求援助中心派律师打官司 |\n~\n"
    assert found("approval_form", table + section.format("")) == [("approver", "blank", "")]
    assert not [one for one in found("approval_form", table + section.format("负贵八邵辰华")) if one[1] == "blank"]
