"""What `prescreen show` prints."""

import io

import pytest
from rich.console import Console
from summary_samples import failed_case, sample_case

from pipeline.summary.labels import Names
from pipeline.summary.overview import Skipped, batch_summary, case_row
from pipeline.summary.terminal import show_batch, show_case

NAMES = Names({"assignment_notice": "指派通知书"}, {"DOC103": "缺少阅卷笔录"})


def printed(show, *given, terminal: bool) -> str:
    out = io.StringIO()
    show(Console(file=out, force_terminal=terminal, width=100, color_system=None), *given)
    return out.getvalue()


def test_plain_lines_where_there_is_no_terminal():
    case = sample_case()
    case["findings"][1]["message"] = "甲[bold]乙\n丙\x1b[31m"
    lines = printed(show_case, case, NAMES, terminal=False).splitlines()
    assert lines[0] == "案卷\tA001\t部分未能读取"
    assert "疑点\t高\tDAT501\t指派日期早于审批日期\t甲[bold]乙 丙 [31m\t第 1–2 页" in lines
    assert any(line.startswith("存疑\tDOC103\t缺少阅卷笔录\t") for line in lines)
    assert any(line.startswith("依法成立\tDAT502\t") for line in lines)
    assert any(line.startswith("未能读取\tA.pdf\t第 4 页\t") for line in lines)
    assert any(line.startswith("文书\t2\t指派通知书\t") for line in lines)
    assert not any("─" in line for line in lines)


def test_tables_on_a_terminal():
    told = printed(show_case, sample_case(), NAMES, terminal=True)
    for said in ("A001", "指派日期早于审批日期", "DOC103", "请重新扫描该页", "─", "请对照原卷人工核对"):
        assert said in told
    assert max(len(line) for line in told.splitlines()) <= 100


@pytest.mark.parametrize("terminal", [True, False])
def test_a_failed_case_says_why_and_finds_nothing_in_order(terminal):
    told = printed(show_case, failed_case(), terminal=terminal)
    assert "文件有密码, 打不开" in told
    assert "未发现疑点" not in told
    assert "未能识别" not in told


@pytest.mark.parametrize("terminal", [True, False])
def test_a_batch_with_its_totals_and_skipped_children(terminal):
    rows = [case_row(sample_case()), case_row(failed_case())]
    told = printed(show_batch, batch_summary("批", rows, [Skipped("说明.txt", "不是案卷")]), terminal=terminal)
    for said in ("A001", "坏卷", "合计", "2 个案卷", "说明.txt"):
        assert said in told


def test_a_name_that_is_no_unicode_can_be_printed():
    case = sample_case(b"\xb0\xb8".decode("utf-8", "surrogateescape"))
    assert printed(show_case, case, terminal=False).encode("utf-8")
    assert printed(show_case, case, terminal=True).encode("utf-8")
