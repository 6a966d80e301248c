"""The workbook of a batch: what stands on which sheet, and that names from outside do no harm in it."""

import copy
import io
from urllib.parse import unquote

import openpyxl
import pytest
from summary_samples import NASTY, failed_case, sample_case

from pipeline.summary.labels import Names
from pipeline.summary.links import page_path
from pipeline.summary.overview import Skipped, batch_summary, case_row
from pipeline.summary.undone import Unreached
from pipeline.summary.workbook import write_workbook

NAMES = Names({"assignment_notice": "指派通知书"})
LONG = "卷" * 60
HOSTILE = ["=cmd()", "<script>alert(1)</script>", "+1 \u202egpj", "😀 案卷 (二)", LONG, "@甲\x1b[31m", "半\ud800字"]


def workbook(tmp_path, cases, read=None, **options):
    known = {case["case_id"]: case for case in cases}
    batch = batch_summary("批次" + NASTY, [case_row(case) for case in cases], **options)
    return write_workbook(batch, read or known.get, NAMES, tmp_path)


def sheets(content):
    made = openpyxl.load_workbook(io.BytesIO(content))
    return {name: [[cell.value for cell in row] for row in made[name].iter_rows()] for name in made.sheetnames}


@pytest.fixture
def made(tmp_path):
    cases = [sample_case("甲"), failed_case("坏卷")]
    return sheets(
        workbook(
            tmp_path, cases, children=[Skipped("=说明.txt", "不是案卷")], facts=[("规则包", "河南省")],
            missed=[Unreached("丙", 40, 12), Unreached("丁")], halt="out of time",
        )
    )  # fmt: skip


def test_the_overview_tells_the_whole(made):
    told = dict(made["概览"])
    assert told["案卷"] == 4 and told["部分未能读取"] == 1 and told["未能读取"] == 1
    assert told["高级疑点"] == 1 and told["低级疑点"] == 1 and told["页数"] == 4
    assert told["尚未完成"] == "到时停止 (--until): 2 个案卷未完成"
    assert told["规则包"] == "河南省" and "不是评查结论" in told["说明"]


def test_cases_stand_in_the_order_to_look_at_them_and_those_not_reached_last(made):
    rows = made["案卷"][1:]
    assert [row[:3] for row in rows] == [
        [1, "坏卷", "未能读取"], [2, "甲", "部分未能读取"], [3, "丙", "未完成"], [4, "丁", "未完成"],
    ]  # fmt: skip
    assert "文件有密码, 打不开" in rows[0][-1]
    assert "高级疑点 1 处: 指派日期早于审批日期" in rows[1][-1] and "第 4 页" in rows[1][-2]
    assert rows[2][-1] == "已识别 12 / 40 页" and rows[3][-1] == "尚未打开"


def test_each_finding_has_its_row(made):
    second, first = made["疑点"][1:]  # as the JSON has them
    assert first[:6] == ["甲", "高", "DAT501", "指派日期早于审批日期", "第 1–2 页", "指派通知书"]
    assert first[6] == " ".join(NASTY.split()) and first[7].startswith("法律援助法第四十三条")
    assert second[1] == "低"


def test_what_was_not_done_is_told_with_reason_and_advice(made):
    rows = made["未完成"][1:]
    assert [row[1] for row in rows][:4] == ["案卷尚未完成", "案卷尚未完成", "文件或案卷未能处理", "页面未能读取"]
    assert rows[0][0] == "丙" and "再次执行" in rows[0][5]
    assert rows[2][3] == "F101" and rows[3][:4] == ["甲", "页面未能读取", "第 4 页", "P201"]
    assert ["不是案卷, 已跳过", "=说明.txt"] in [row[1:3] for row in rows]


def test_a_batch_without_trouble_says_so(tmp_path):
    case = sample_case()
    case["errors"], case["outcomes"], case["status"] = [], [], "screened"
    assert "都已读取" in sheets(workbook(tmp_path, [case]))["未完成"][1][4]


def test_rules_are_counted(made):
    assert made["规则统计"][1:] == [
        ["CPY601", "阅卷笔录复制摘抄起诉书", "低", 1, 1],
        ["DAT501", "指派日期早于审批日期", "高", 1, 1],
    ]


@pytest.mark.parametrize("case_id", HOSTILE)
def test_hostile_names_do_no_harm_anywhere(tmp_path, case_id):
    case = sample_case(case_id)
    case["people"]["recipient"] = case["findings"][0]["message"] = "=" + case_id
    made = openpyxl.load_workbook(
        io.BytesIO(workbook(tmp_path, [case], missed=[Unreached(case_id + "2")], children=[Skipped(case_id, "x")]))
    )
    for sheet in made:
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                assert cell.data_type in ("s", "n"), cell.value
                assert cell.quotePrefix or isinstance(cell.value, int), cell.value
                if cell.data_type == "s":
                    assert not set("\u202e\x1b\ud800") & set(cell.value)
    assert unquote(made["案卷"]["B2"].hyperlink.target) == page_path(case_id)
    assert made["疑点"]["A2"].hyperlink.target == made["案卷"]["B2"].hyperlink.target


def test_a_case_whose_file_is_gone_is_told(tmp_path):
    rows = sheets(workbook(tmp_path, [sample_case("甲")], read=lambda case_id: None))["疑点"]
    assert rows[1][0] == "甲" and "读不了" in rows[1][3]


def test_the_same_batch_gives_the_same_bytes(tmp_path):
    cases = [sample_case("甲"), failed_case("坏卷")]
    assert workbook(tmp_path, cases) == workbook(tmp_path, copy.deepcopy(cases))
    assert list(tmp_path.iterdir()) == []
