"""The morning report and the status of real runs: after trouble, with hostile names, while it runs, after a kill."""

import io
import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pytest
from fault_work import picture, readings
from rich.console import Console

from pipeline.batch import outputs as outputs_module
from pipeline.batch.record import last_run
from pipeline.batch.standing import standing_of
from pipeline.batch.status import show_standing
from pipeline.problems import WorkspaceError
from pipeline.store.ledger import Ledger

pytestmark = pytest.mark.slow  # real worker processes, started, killed and waited for

SCRIPT = Path(__file__).with_name("fault_run.py")
HOSTILE = [
    "=cmd()",
    "+1",
    "@sum",
    "<script>alert(1)<",
    "a\u202egpj",
    "😀 案卷",
    "卷" * 85,
    "' onload='x",
    "-2",
    "{{ 7*7 }}",
]


def workbook(root):
    return openpyxl.load_workbook(io.BytesIO((root / "summary.xlsx").read_bytes()))


def rows(root, sheet):
    return [[cell.value for cell in row] for row in workbook(root)[sheet].iter_rows(min_row=2)]


def page(root, name="summary.html"):
    return (root / name).read_text("utf-8")


def told(root):
    out = io.StringIO()
    show_standing(Console(file=out, width=200), root)
    return out.getvalue()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
def test_hostile_names_do_no_harm_in_any_report(run, batch, tmp_path):
    for number, name in enumerate(HOSTILE):
        picture(batch / name / "1.png", number)
    (batch / "=skip\u202e.txt").write_text("x")
    result, _ = run()
    root = tmp_path / "RUN"
    assert len(result.summary.cases) == len(HOSTILE)
    html = page(root)
    assert "<script>alert" not in html and "\u202e" not in html and "' onload='" not in html
    book = workbook(root)
    for sheet in book:
        for row in sheet.iter_rows(min_row=2):
            assert all(cell.quotePrefix or isinstance(cell.value, int) for cell in row)
            assert not any(cell.data_type == "f" or "\u202e" in str(cell.value) for cell in row)
    targets = [row[1].hyperlink.target for row in book["案卷"].iter_rows(min_row=2)]
    assert all((root / unquote(target)).is_file() for target in targets) and len(set(targets)) == len(HOSTILE)
    assert "\u202e" not in told(root)


def test_the_report_tells_what_was_not_done_why_and_what_to_do(run, add_case, batch, tmp_path):
    add_case("甲", "1", "2 raises", "3")
    add_case("乙", "1")
    add_case("screen-raises", "1")
    (batch / "空.pdf").write_bytes(b"")
    (batch / "notes.txt").write_text("x")
    run()
    root = tmp_path / "RUN"
    told_rows = [(row[0], row[1], row[2], row[3]) for row in rows(root, "未完成")]
    assert told_rows == [
        ("screen-raises", "文件或案卷未能处理", "整个案卷", "F131"),
        ("空", "文件或案卷未能处理", "空.pdf", "F103"),
        ("甲", "页面未能读取", "第 2 页", "P205"),
        (None, "不是案卷, 已跳过", "notes.txt", None),
    ]
    assert all(row[4] and row[5] for row in rows(root, "未完成"))
    for said in ("文件是空的", "请检查扫描或拷贝是否完成", "第 2 页", "notes.txt", "先看这些"):
        assert said in page(root)
    assert "正常结束" in page(root, "run.html")
    standing = standing_of(root)
    assert standing.how == "finished" and standing.record.cases_done == 4 and standing.record.pages_failed == 1
    assert {one.code: one.number for one in standing.troubles} == {"F103": 1, "F131": 1, "P205": 1}
    assert "P205\t1 处\t1 个案卷" in told(root)


def test_a_run_without_time_names_the_cases_it_did_not_reach(run, add_case, tmp_path):
    for name in ("甲", "乙", "丙"):
        add_case(name, "1", "2")
    given = iter([False] * 3)
    run(out_of_time=lambda: next(given, True), workers=1)
    root = tmp_path / "RUN"
    missed = [row for row in rows(root, "未完成") if row[1] == "案卷尚未完成"]
    assert missed and all("到时停止" in row[4] and "再次执行" in row[5] for row in missed)
    assert len(rows(root, "案卷")) == 3
    assert "到时停止" in page(root) and "到时停止" in page(root, "run.html")
    assert standing_of(root).how == "out of time"
    run()
    assert "尚未完成" not in page(root) and standing_of(root).how == "finished"
    assert page(root, "run.html").count("到时停止") == 1


def test_a_workbook_that_cannot_be_replaced_costs_nothing_else(run, add_case, tmp_path):
    """As when a spreadsheet program has it open."""
    add_case("甲", "1")
    root = tmp_path / "RUN"
    (root / "summary.xlsx").mkdir(parents=True)
    with pytest.raises(WorkspaceError, match=r"summary\.xlsx"):
        run()
    assert (root / "cases" / "甲.json").is_file() and "全部文件和页面都已读取" in page(root)
    assert standing_of(root).how == "failed" and "summary.xlsx" in page(root, "run.html")
    (root / "summary.xlsx").rmdir()
    run()
    assert standing_of(root).how == "finished"


def test_the_report_is_written_while_the_run_goes_on(run, add_case, tmp_path, monkeypatch):
    for name in ("甲", "乙", "丙"):
        add_case(name, "1")
    seen = []
    write = outputs_module.Outputs._write

    def look(self, path, case_id, content):
        write(self, path, case_id, content)
        if path == "summary.html":
            seen.append(content.decode())

    monkeypatch.setattr(outputs_module, "REPORT_EVERY", -1.0)
    monkeypatch.setattr(outputs_module, "REPORT_SHARE", -1.0)
    monkeypatch.setattr(outputs_module.Outputs, "_write", look)
    run(workers=1)
    assert len(seen) == 4
    assert "3 个案卷中 1 个已完成，2 个尚未完成" in seen[0] and "运行尚未结束" in seen[0]
    assert "尚未完成" not in seen[-1]


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Windows are others")
def test_another_terminal_sees_how_far_it_is_and_after_a_kill_how_far_it_came(add_case, run, batch, tmp_path, control):
    for case_id in range(4):
        add_case(f"案{case_id}", *(f"{number} slow" for number in range(5)))
    root = tmp_path / "RUN"
    process = subprocess.Popen(
        [sys.executable, str(SCRIPT), str(batch), str(root), str(control)],
        stdout=subprocess.DEVNULL,
        cwd=SCRIPT.parents[2],
        start_new_session=True,
    )
    try:
        deadline = time.monotonic() + 60
        while len(readings(control)) < 12:
            assert process.poll() is None and time.monotonic() < deadline
            time.sleep(0.05)
        standing = standing_of(root)
        assert standing.running and standing.holder.pid == process.pid and standing.holder.command == "run"
        assert 1 <= standing.record.pages_read <= 12 and standing.record.rate > 0
        assert standing.record.pages_expected == 20 and standing.record.seconds_left > 0
        assert "预计" in told(root) and f"进程号 {process.pid}" in told(root)
        other = subprocess.run(
            [sys.executable, "-m", "pipeline", "status", str(root), "--json"],
            capture_output=True, check=True, encoding="utf-8", cwd=SCRIPT.parents[2],
        )  # fmt: skip
        assert json.loads(other.stdout)["state"] == "running"
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    after = standing_of(root)
    assert after.how == "killed" and "未在运行; 上次运行未正常结束" in told(root) and "即从断处继续" in told(root)
    known = sum(row.pages_read for row in after.cases)
    run()
    with Ledger(root / "ledger.db", read_only=True) as ledger:
        record = last_run(ledger)
    assert (record.how, record.pages_reused, record.pages_read) == ("finished", known, 20 - known)
    assert "未正常结束" in page(root, "run.html")
