"""What was not done, and why: nothing may be missing in silence."""

from summary_samples import failed_case, sample_case

from pipeline.summary.html import render_index
from pipeline.summary.overview import Skipped, batch_summary, case_row
from pipeline.summary.undone import GO_ON, Unreached, lost_of_case


def error(code, page=None, lost="page", file="a.pdf", message="页面无法渲染"):
    return {"code": code, "page": page, "file": file, "message": message, "advice": "请重新扫描", "lost": lost}


def case(*errors, status="partial", outcomes=()):
    return sample_case("甲") | {"errors": list(errors), "status": status, "outcomes": list(outcomes)}


def test_pages_with_the_same_trouble_are_one_entry():
    found = lost_of_case(case(*(error("P201", page) for page in (3, 4, 5, 9)), error("P204", 7, message="超过时限")))
    assert [(one.loss, one.where, one.code) for one in found] == [
        ("page", "第 3–5、9 页", "P201"),
        ("page", "第 7 页", "P204"),
    ]
    assert found[0].advice == "请重新扫描" and found[0].case_id == "甲"


def test_the_gravest_stands_first_and_files_are_named():
    found = lost_of_case(
        case(
            error("P207", 2, "nothing"), error("P201", 3), error("F102", None, "file", "坏.pdf"),
            error("F113", None, "file", None),
            outcomes=[{"rule": "DAT501", "verdict": "error", "why": "KeyError (dates/x.py:3)"}],
        )
    )  # fmt: skip
    assert [(one.loss, one.where) for one in found] == [
        ("file", "坏.pdf"), ("file", "整个案卷"), ("page", "第 3 页"), ("rule", "规则 DAT501"),
        ("nothing", "a.pdf 第 2 页"),
    ]  # fmt: skip
    assert found[3].reason == "KeyError (dates/x.py:3)"


def test_rules_of_a_case_that_failed_are_not_told_one_by_one():
    assert [one.loss for one in lost_of_case(failed_case())] == ["file"]


def test_a_batch_tells_all_of_it_gravest_first():
    batch = batch_summary(
        "批", [case_row(case(error("P201", 3)))], [Skipped("a.txt", "不是案卷")],
        missed=[Unreached("乙", 10, 4), Unreached("丙")], halt="interrupted",
    )  # fmt: skip
    told = batch.undone()
    assert [(one.loss, one.case_id, one.where) for one in told] == [
        ("case", "乙", "已识别 4 / 10 页"),
        ("case", "丙", "尚未打开"),
        ("page", "甲", "第 3 页"),
        ("child", "", "a.txt"),
    ]
    assert told[0].reason == "运行中断" and told[0].advice == GO_ON


def test_a_halted_run_says_so_and_a_whole_one_does_not():
    halted = render_index(batch_summary("批", [], missed=[Unreached("<乙>")], halt="out of time"))
    assert "到时停止" in halted and "&lt;乙&gt;" in halted and GO_ON in halted
    whole = render_index(batch_summary("批", [case_row(case(status="screened"))]))
    assert "尚未完成" not in whole and "全部文件和页面都已读取" in whole


def test_the_cases_to_begin_with_come_with_reasons():
    rows = [case_row(sample_case(f"案{n}")) for n in range(12)] + [case_row(failed_case())]
    batch = batch_summary("批", rows)
    assert [row.case_id for row in batch.first()][:2] == ["坏卷", "案0"]
    assert len(batch.first()) == 4
    assert batch.first()[0].reasons == ("未能读取: 文件有密码, 打不开",)
    assert batch.first()[1].reasons == (
        "部分未能读取", "高级疑点 1 处: 指派日期早于审批日期", "低级疑点 1 处: 阅卷笔录复制摘抄起诉书",
        "存疑 1 项", "1 页无法辨认",
    )  # fmt: skip


def test_marks_that_turn_the_writing_are_seen_in_the_page():
    page = render_index(batch_summary("批", [case_row(sample_case("a\u202egpj"))]))
    assert "\u202e" not in page and "a\ufffdgpj" in page and "%E2%80%AE" in page
