"""Which blanks of forms are empty: cells, colons, boxes, underlines; what the form allows to stay so."""

from __future__ import annotations

import base64
from dataclasses import replace

import numpy as np
import pytest
from pages_builder import page_text, pages_of

from pipeline.casefile import Box, Document, InkGrid, Line, Mark, PageText, Quality, Slot
from pipeline.extraction.readings import placed_rows
from pipeline.extraction.slots import required_empty, slots_of, wholly_blank

COLUMNS, ROWS = 128, 180


def inked(*boxes: Box) -> InkGrid:
    """A grid on which these boxes are full of ink and nothing else is."""
    bits = np.zeros((ROWS, COLUMNS), bool)
    for b in boxes:
        bits[round(b.y0 * ROWS) : round(b.y1 * ROWS) + 1, round(b.x0 * COLUMNS) : round(b.x1 * COLUMNS) + 1] = True
    return InkGrid(COLUMNS, ROWS, base64.b64encode(np.packbits(bits).tobytes()).decode("ascii"))


def found(kind: str, content: PageText | str, title: str = "") -> list[Slot]:
    text = page_text(content) if isinstance(content, str) else content
    pages = pages_of(text)
    heading = max(text.lines, key=lambda line: line.box.height)
    document = Document("d1", kind, title, 1, 1, 1.0, title_box=heading.box)
    return list(slots_of(document, placed_rows(document, pages), pages))


def empty(kind: str, content: PageText | str) -> list[tuple[str, str]]:
    return [(slot.kind, slot.label) for slot in required_empty(found(kind, content))]


def lines(*parts: tuple[str, float, float, float]) -> PageText:
    """A page of lines, each text, left edge, top, right edge."""
    return PageText(
        "scanned", 0, tuple(Line(text, Box(x0, y, x1, y + 0.024), 0.99) for text, x0, y, x1 in parts),
        quality=Quality("good", 0.99),
    )  # fmt: skip


REPORT = """
    # 法律援助结案报告表
    | 受援人 | 田某某 | 案由 | 盗窃罪
    | 承办单位 | 某某律师事务所 | 承办人 | 罗某某
    | 指派日期 | {} | 结案日期 | 2024年6月24日
    | 办案机关 | {} | 结案方式 | {}
"""


def test_cells_of_a_filled_form_are_filled() -> None:
    slots = found("closing_report", REPORT.format("2024年5月28日", "某区人民法院", "判决"))
    assert {slot.state for slot in slots} == {"filled"}
    assert {"受援人", "案由", "承办单位", "承办人", "指派日期", "结案日期", "办案机关", "结案方式"} <= {
        slot.label for slot in slots
    }


def test_cells_with_nothing_in_them_are_empty_each_of_its_kind() -> None:
    assert empty("closing_report", REPORT.format("", "", "")) == [
        ("date", "指派日期"),
        ("unit", "办案机关"),
        ("other", "结案方式"),
    ]


def test_a_date_of_units_alone_is_no_date() -> None:
    assert empty("closing_report", REPORT.format("年 月 日", "某区人民法院", "判决")) == [("date", "指派日期")]


def test_ink_that_nobody_read_fills_a_cell_and_specks_do_not() -> None:
    text = page_text(REPORT.format("2024年5月28日", "", "判决"))
    label = next(line for line in text.lines if line.text == "办案机关").box
    cell = Box(label.x1 + 0.03, label.y0, label.x1 + 0.09, label.y1)
    speck = Box(cell.x0, cell.y0, cell.x0 + 0.008, cell.y0 + 0.004)
    assert empty("closing_report", replace(text, ink=inked(cell))) == []
    assert empty("closing_report", replace(text, ink=inked(speck))) == [("unit", "办案机关")]


def test_a_mark_of_a_pen_fills_a_cell() -> None:
    text = page_text(REPORT.format("2024年5月28日", "", "判决"))
    label = next(line for line in text.lines if line.text == "办案机关").box
    pen = Mark("ink", Box(label.x1 + 0.02, label.y0, label.x1 + 0.1, label.y1), "black")
    assert empty("closing_report", replace(text, marks=(pen,))) == []


def test_a_page_read_badly_accuses_nobody_unless_its_ink_was_looked_at() -> None:
    text = page_text(REPORT.format("", "某区人民法院", "判决"))
    badly = replace(text, quality=Quality("poor", 0.7))
    assert [s.state for s in found("closing_report", badly) if s.label == "指派日期"] == ["unclear"]
    assert empty("closing_report", replace(badly, ink=inked())) == [("date", "指派日期")]


@pytest.mark.parametrize(
    "label", ["邮政编码（选填）", "备注", "代理申请人", "法定代理人（如有）", "意见和建议", "复核意见", "曾用名"]
)
def test_what_the_form_lets_stay_empty_is_optional(label: str) -> None:
    slots = found("aid_application", f"# 法律援助申请表\n| 姓名 | 马某某 | {label} |\n| 住址 | 某县某镇 | 职业 | 务农")
    slot = next(slot for slot in slots if slot.label == label.replace("（", "(").replace("）", ")"))
    assert (slot.state, slot.optional) == ("empty", True)
    assert not required_empty(slots)


def test_what_stands_beside_an_agents_name_is_as_optional_as_it() -> None:
    slots = found(
        "aid_application", "# 法律援助申请表\n| 姓名 | 马某某\n| 代理申请人 | | 与申请人关系 |\n| 住址 | 某县"
    )
    assert {slot.optional for slot in slots if slot.state == "empty"} == {True}


def test_a_stroke_or_none_written_in_a_cell_fills_it() -> None:
    assert empty("aid_application", "# 法律援助申请表\n| 姓名 | 马某某 | 工作单位 | 无\n| 职业 | / | 住址 | 某县") == []


def test_a_label_broken_over_two_lines_is_one() -> None:
    page = lines(
        ("结案报告表", 0.4, 0.07, 0.6),
        ("受援人", 0.13, 0.13, 0.21),
        ("田某某", 0.24, 0.13, 0.32),
        ("指派日期", 0.13, 0.17, 0.22),
        ("2024年5月28日", 0.24, 0.17, 0.4),
        ("法律援助人", 0.13, 0.205, 0.24),
        ("员", 0.13, 0.228, 0.16),
        ("办案机关", 0.13, 0.27, 0.22),
        ("某区人民法院", 0.24, 0.27, 0.4),
    )
    assert empty("closing_report", page) == [("name", "法律援助人员")]


def test_tall_cells_hold_what_stands_at_their_top() -> None:
    page = lines(
        ("结案报告表", 0.4, 0.07, 0.6),
        ("受援人", 0.13, 0.12, 0.21), ("田某某", 0.24, 0.12, 0.32),
        ("指派日期", 0.13, 0.155, 0.22), ("2024年5月28日", 0.24, 0.155, 0.4),
        ("办案机关", 0.13, 0.19, 0.22), ("某区人民法院", 0.24, 0.19, 0.4),
        ("田某某投案并退赔。", 0.24, 0.225, 0.6),
        ("案情简介", 0.13, 0.27, 0.22),
        ("办理经过", 0.13, 0.39, 0.22),
        ("采纳自首意见。", 0.24, 0.465, 0.6),
        ("承办结果", 0.13, 0.51, 0.22),
    )  # fmt: skip
    assert empty("closing_report", page) == [("other", "办理经过")]


def test_the_head_of_a_list_is_no_slot() -> None:
    page = """
        # 法律援助申请表
        | 姓名 | 马某某 | 性别 | 女
        | 家庭成员姓名 | 年龄 | 职业 | 月收入
        | 马某 | 12 | 学生 | 0
    """
    assert empty("aid_application", page) == []


def test_a_heading_over_its_text_is_no_slot() -> None:
    page = (
        "# 结案报告\n案件基本情况\n当事人租房开店，被诉拖欠租金，已提交收条和证人证言。\n办理情况\n约见一次，出庭一次。"
    )
    assert empty("closing_report", page) == []


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        ("受援人：　　　　　　　　案由：盗窃罪", ["recipient"]),
        ("受援人：田某某　　案由：", ["cause"]),
        ("承办单位：某某律师事务所　联系电话：", ["other"]),
        ("受援人：田某某　案由：盗窃罪", []),
        ("联系人：张某某联系电话：0375-2087109", []),
    ],
)
def test_colons_with_nothing_behind_them(line: str, kinds: list[str]) -> None:
    page = f"# 法律援助委托协议\n{line}\n乙方不收取任何费用，甲方应当如实陈述案情。"
    assert [slot.kind for slot in required_empty(found("aid_agreement", page))] == kinds


def test_what_fills_a_label_may_stand_below_it() -> None:
    page = "# 法律援助申请书\n事实和理由：\n　　我在外务工，老板拖欠工资，请求法律援助。"
    assert empty("aid_application", page) == []


def test_the_next_point_of_a_list_does_not_fill_the_one_above() -> None:
    page = "# 委托协议\n1. 甲方接受援助。\n2. 代理权限：\n3. 乙方不收取任何费用，甲方不得赠送财物。"
    assert empty("aid_agreement", page) == [("other", "代理权限")]


def test_addressees_and_questions_are_no_labels() -> None:
    page = "# 律师权利义务告知书\n宋某某律师：\n现将权利义务告知如下：\n一、应当按时会见。\n承办律师（签名）：宋某某"
    assert empty("lawyer_rights_notice", page) == []


BOXES = "# 征询受援人意见表\n1.是否及时与您会见（约见）：{}\n2.对服务态度：{}"


@pytest.mark.parametrize(
    ("met", "manner", "count"),
    [
        ("□是 □否", "□满意□基本满意□不满意", 2),
        ("☑是 □否", "□满意 √基本满意 □不满意", 0),
        ("是 □否", "□满意基本满意□不满意", 0),
        ("□是否", "口满意口基本满意口不满意", 1),
        ("□是否", "满意□基本满意□不满意", 0),
    ],
)
def test_boxes_are_empty_only_where_every_answer_has_an_open_one(met: str, manner: str, count: int) -> None:
    assert len(empty("feedback_form", BOXES.format(met, manner))) == count


def test_a_form_that_nobody_filled_is_wholly_blank() -> None:
    blank = "# 征询受援人意见表\n| 受援人 | | 案由 |\n| 承办人 | | 承办单位 |\n对服务态度：□满意□不满意\n年 月 日"
    assert wholly_blank(found("feedback_form", blank))
    begun = blank.replace("| 受援人 | ", "| 受援人 | 田某某")
    assert not wholly_blank(found("feedback_form", begun))


def test_papers_that_are_no_forms_have_no_slots() -> None:
    assert found("judgment", "# 刑事判决书\n被告人：\n案由：") == []
