import io

import pytest
from rich.console import Console

from pipeline.batch.standing import show_standing
from pipeline.problems import WorkspaceError
from pipeline.store.ledger import CaseRow, Ledger
from pipeline.store.workspace import Workspace


@pytest.fixture
def workspace(tmp_path):
    made = Workspace(tmp_path / "RUN")
    made.create()
    with Ledger(made.ledger) as ledger:
        ledger.begin_cases(["甲", "乙"])
        ledger.keep_case(CaseRow("甲", 0, "screened", 5, 5, 0, 1, 2, 3, 4))
        ledger.keep_case(CaseRow("乙", 1, "reading", 7, 2))
    return made


def told(workspace, **options):
    out = Console(file=io.StringIO(), width=120, **options)
    show_standing(out, workspace.root)
    return out.file.getvalue()


def test_a_halted_run_says_how_to_go_on(workspace):
    lines = told(workspace).splitlines()
    assert lines[1].split("\t") == ["甲", "已初筛", "5", "5", "1", "2", "3", "4", "0"]
    assert lines[2].split("\t")[:4] == ["乙", "识别中", "7", "2"]
    assert lines[3:] == ["1 / 2 个案卷已完成, 7 页已识别", "未在运行: 再次执行同一条 prescreen run 命令即从断处继续"]


def test_a_run_under_way_is_told_and_not_disturbed(workspace):
    with workspace.locked():
        assert told(workspace).splitlines()[-1] == "正在运行"
        assert workspace.in_use()


def test_a_finished_run_names_the_page_to_open(workspace):
    with Ledger(workspace.ledger) as ledger:
        ledger.keep_case(CaseRow("乙", 1, "failed"))
    (workspace.root / "summary.html").write_text("x")
    assert told(workspace).splitlines()[-1] == f"请用浏览器打开: {workspace.root / 'summary.html'}"
    assert "未能读取" in told(workspace, force_terminal=True)


def test_another_folder_is_refused(tmp_path):
    with pytest.raises(WorkspaceError, match="不是运行文件夹"):
        told(Workspace(tmp_path))
