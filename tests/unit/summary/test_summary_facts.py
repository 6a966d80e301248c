"""What `prescreen show --facts` prints: what was understood, with pages, and no rule's opinion."""

import io

import pytest
from rich.console import Console
from summary_samples import NASTY, failed_case, sample_case

from pipeline.summary.facts import fact_sections
from pipeline.summary.labels import Names
from pipeline.summary.terminal import show_facts

NAMES = Names({"approval_form": "法律援助审批表", "assignment_notice": "指派通知书"})
BOX = [0.1, 0.1, 0.3, 0.2]


@pytest.fixture
def case():
    """The sample with what a run adds: persons, numbers, slots, forms, marks, a catalogue that was changed."""
    case = sample_case()
    place = {"document": "d1", "page": 1, "bbox": BOX}
    case["basis"] = [
        "案件类别: 得分",
        "阶段: 判决书 (第 3 页)、起诉书 (第 1 页)",
        "受理方式: 申请",
        "适用规定: 关键日期 2022-08-03 (assignment), 第 2 页",
    ]
    case["people"] |= {
        "charge_or_cause": "盗窃罪",
        "law_firm": "某律师事务所",
        "police": ["某县公安局"],
        "lawyer": "李某",
    }
    for number, page in enumerate(case["pages"], 1):
        page["text"] = "某县\n公安 局" if number == 2 else "某律师事务 所与某县公安局" if number < 4 else ""
    case["pages"][0]["marks"] = [{"kind": "seal", "bbox": BOX, "colour": "black", "text": "印", "score": 1.0}]
    case["dates"][0] |= {"stage": "trial", "person": "李某", "time": "09:10-10:20", "source": "两次识读不一致"}
    case["signatures"].append({**place, "role": "approver", "state": "blank", "mark": None, "name": None})
    case["seals"] = [{**place, "text": ""}]
    case["fingerprints"] = [place]
    slot = {**place, "kind": "name", "label": "审批人", "text": "", "optional": False}
    case["slots"] = [slot | {"state": "empty"}, slot | {"state": "filled"}, slot | {"state": "empty", "optional": True}]
    words = [{"page": 1, "bbox": BOX, "text": "困难证明"}]
    form = {"document": "d1", "cites": [], "words": words, "date": "2024-01-05", "dated": None}
    case["forms"] = [form | {"form": "hardship_certificate"}, form | {"form": "", "words": []}]
    somebody = {"variants": [], "id_number": None, "phone": None}
    case["persons"] = [
        somebody | {"name": "李某", "part": "lawyer", "phone": "139", "places": [{"page": n} for n in (2, 3, 2)]},
        somebody | {"name": "王某", "part": "recipient", "variants": ["玉某"], "places": [{"page": 1}]},
    ]
    number = {**place, "kind": "case", "text": "（2023）某刑初1号", "valid": True}
    case["numbers"] = [number, number | {"page": 3}, number | {"kind": "id", "text": "1101", "valid": False}]
    case["catalogue"] = [
        {**place, "number": "1", "title": "审批表", "first": 2, "last": 4, "remark": "原件", "documents": ["d1"],
         "unread": False},
        {**place, "number": "2", "title": "会见笔录", "first": None, "last": None, "remark": "", "documents": [],
         "unread": True},
    ]  # fmt: skip
    case["alterations"] = [{**place, "kind": "struck", "confirmed": False, "text": "公函"}]
    return case


def printed(case, *, terminal: bool) -> str:
    out = io.StringIO()
    show_facts(Console(file=out, force_terminal=terminal, width=110, color_system=None), case, NAMES)
    return out.getvalue()


def test_every_fact_is_a_line_with_its_document_and_page_where_there_is_no_terminal(case):
    lines = printed(case, terminal=False).splitlines()
    assert lines[0] == "案卷\t\t\tA001\t部分未能读取"
    for line in (
        "案情\t\t1、3\t所处阶段\t审判\t判决书 (第 3 页)、起诉书 (第 1 页)",
        "案情\t\t2\t适用时期\t2022-01-01 起（法律援助法）\t关键日期 2022-08-03 (指派), 第 2 页",
        "人员\t\t1\t受援人\t王某\t又读作 玉某",
        "人员\t\t2–3\t承办律师\t李某\t最后指派; 电话 139",
        "单位\t\t1、3\t承办单位\t某律师事务所\t",
        "单位\t\t1、3\t公安机关\t某县公安局\t",
        "编号\t\t1、3\t案号\t（2023）某刑初1号\t",
        "编号\t\t1\t身份证号\t1101\t格式或校验位不符, 可能误识",
        "表格版本\td1\t1\t旧版\t经济困难证明类表格已由经济困难状况说明表取代\t2024-01-05; 印有 困难证明",
        "签名\td1\t1\t审批人\t空白\t",
        "印章\td1\t1\t黑色\t印文未能识别\t",
        "指印\td1\t1\t黑色\t\t",
        "未填项\td1\t1\t审批人\t空白\t姓名栏",
        "未填项\td1\t1\t审批人\t空白\t姓名栏; 可不填",
        "目录\t\t1\t1 审批表\t法律援助审批表 (1)\t目录页次 2–4; 原件",
        "目录\t\t1\t2 会见笔录\t卷内未见\t有字未能识读",
        "涂改\td1\t1\t划去\t公函\t更正处未见指印或名章",
    ):
        assert line in lines
    assert sum(line.startswith("表格版本") for line in lines) == 1, "a form of which nothing is known says nothing"
    [document] = [line for line in lines if line.startswith("文书\td1\t1\t法律援助审批表\t")]
    assert document.endswith("把握 50%; 标题; 1/3 项已填")
    [date] = [
        line
        for line in lines
        if line.startswith("日期\td2\t2\t指派\t2022-08-03 09:10-10:20\t不确定; 审判; 李某; 写作 ")
    ]
    assert date.endswith("; 两次识读不一致")
    assert any(line.startswith("未能读取\t\t第 4 页\tA.pdf\t页面无法渲染") for line in lines)
    assert not any("指派日期早于审批日期" in line or "─" in line for line in lines), "facts are no opinions"


def test_on_a_terminal_documents_head_their_facts(case):
    told = printed(case, terminal=True)
    for said in ("案情", "人员与单位", "编号", "文书 4 份", "卷内目录 2 行", "目录涂改", "未能读取", "─"):
        assert said in told
    assert max(len(line) for line in told.splitlines()) <= 110
    assert told.index("法律援助审批表") < told.index("审批人") < told.index("指派通知书")


def test_a_table_names_the_first_pages_and_plain_lines_all(case):
    case["persons"][1]["places"] = [{"page": n} for n in range(1, 40, 3)]
    assert "1、4、7、10、13、16" in printed(case, terminal=False)
    told = printed(case, terminal=True)
    assert "13 …" in " ".join(told.split()) and "16" not in told.partition("编号")[0]


def test_what_a_person_should_look_at_is_marked_doubtful(case):
    rows = [row for section in fact_sections(case, NAMES) for row in section.rows]
    assert [(row.item, row.doubtful) for row in rows if row.item == "未填项"] == [("未填项", True), ("未填项", False)]
    assert {row.item for row in rows if row.doubtful} == {"编号", "日期", "签名", "未填项", "目录", "涂改"}
    assert [row.document for row in rows if row.head] == ["d1", "d2", "d3", "d4"]


@pytest.mark.parametrize("terminal", [True, False])
def test_a_failed_case_says_why_and_claims_nothing(terminal):
    told = printed(failed_case(), terminal=terminal)
    assert "文件有密码, 打不开" in told and "案件类型" not in told


def test_texts_of_the_case_are_no_markup(case):
    case["persons"][0]["name"] = "[bold]李[/bold]\x1b[31m" + NASTY
    assert "[bold]李[/bold]" in printed(case, terminal=False)
    assert "\x1b" not in printed(case, terminal=True)
