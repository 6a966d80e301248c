"""Where a run stands: while it goes on, after its end, after a kill, on a copy, in a folder that cannot be written."""

import io
import json
import os
import shutil
import stat
import tempfile
from pathlib import Path

import pytest
from rich.console import Console

from pipeline.batch.events import CaseDone, CaseOpened, PageDone, RunStarted
from pipeline.batch.recorder import Recorder
from pipeline.batch.standing import standing_of
from pipeline.batch.status import follow_standing, show_standing
from pipeline.problems import WorkspaceError
from pipeline.store.ledger import CaseRow, FileRow, Ledger, PageRow
from pipeline.store.workspace import Workspace
from pipeline.summary import overview

LOST = (("P204", "a.pdf", 2, "识别该页超过时限 (120 秒)"), ("P207", "a.pdf", 3, "页面质量过差, 难以辨认"))


def begin(workspace, clock):
    """A run of three cases in the middle of its second, left as it is: nobody says that it ended."""
    ledger = Ledger(workspace.ledger)
    recorder = Recorder(workspace, ledger, lambda event: None, wall=clock, clock=clock).__enter__()
    ledger.begin_cases(["甲", "乙", "丙\u202e=x"])
    recorder(RunStarted(3, (), 2, "rapid 1"))
    recorder(CaseOpened("甲", 5, 1))
    for page in range(4):
        clock.now += 2
        recorder(PageDone("甲", page, page == 2, 4.0))
    ledger.keep_case(CaseRow("甲", 0, "partial", 5, 5, 1, 1, 2, 3, 4, 16.0, LOST))
    clock.now += 3
    recorder(CaseDone(overview.CaseRow("甲", "partial", None, None, None, None, 5, (), 1, 2, 3, 4), 20.0))
    recorder(CaseOpened("乙", 7, 0))
    pages = [PageRow("乙", n, "b.pdf", n, "0" * 64) for n in range(1, 8)]
    ledger.open_case(CaseRow("乙", 1, "reading", 7, 0), [FileRow("乙", "b.pdf", "0" * 64, 7)], pages)
    ledger.settle([("乙", 1)], "P204")
    clock.now += 2
    recorder(PageDone("乙", 1, True, 4.0))
    return ledger, recorder


class Clock:
    def __init__(self):
        self.now = 1_800_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def workspace(tmp_path):
    made = Workspace(tmp_path / "RUN")
    made.create()
    return made


@pytest.fixture
def under_way(workspace, clock):
    ledger, recorder = begin(workspace, clock)
    yield ledger, recorder
    ledger.__exit__(None, None, None)


def told(workspace, **options):
    out = Console(file=io.StringIO(), width=160, **options)
    show_standing(out, workspace.root)
    return out.file.getvalue()


def test_a_run_under_way_tells_who_how_far_how_fast_and_until_when(workspace, under_way):
    with workspace.locked():
        lines = told(workspace).splitlines()
        standing = standing_of(workspace.root)
    assert lines[1].split("\t") == ["甲", "部分未能读取", "5", "5", "1", "2", "3", "4", "1"]
    assert lines[2].split("\t")[:4] == ["乙", "识别中", "7", "1"]
    assert lines[3].split("\t")[:2] == ["丙\ufffd=x", "等待"]
    assert lines[4].split("\t") == [
        "P204", "2 处", "2 个案卷", "识别该页超过时限 (…)", "请人工查看该页, 或调大 limits.seconds_per_page",
    ]  # fmt: skip
    words = dict(line.split(": ", 1) for line in lines[6:])
    assert words["状态"].startswith("正在识别和初筛 (prescreen run, 电脑 ") and f"进程号 {os.getpid()}" in words["状态"]
    assert words["案卷"] == "1 / 3 个已完成 (1 个部分未能读取)"
    assert words["页面"] == "本次识别 5 页, 沿用已识别的 1 页, 2 页未能识别, 还有约 11 页"
    assert words["速度"].startswith("每分钟 ") and "预计 2027-01-15" in words["剩余"]
    # 12 pages at four worker seconds each, some judging, two workers
    assert standing.record.seconds_left == pytest.approx(28, rel=0.25)
    assert standing.expected_end == standing.record.updated + standing.record.seconds_left


def test_a_killed_run_says_how_far_it_came_and_how_to_go_on(workspace, under_way):
    lines = told(workspace).splitlines()
    assert lines[6] == "状态: 未在运行; 上次运行未正常结束 (断电、死机或被强行终止)"
    assert any(line.startswith("最后记录: 2027-01-15") for line in lines)
    assert lines[-1] == "再次执行同一条 prescreen run 命令即从断处继续, 已识别的页不再识别。"
    assert standing_of(workspace.root).expected_end is None


def test_a_copy_of_the_folder_tells_the_same(workspace, under_way, tmp_path):
    with workspace.locked():
        shutil.copytree(workspace.root, tmp_path / "COPY")
    copied = standing_of(tmp_path / "COPY")
    assert copied.how == "killed" and copied.done == 1 and copied.record.pages_read == 5


def test_a_finished_run_names_the_page_to_open(workspace, under_way):
    ledger, recorder = under_way
    for position, name in ((1, "乙"), (2, "丙")):
        ledger.keep_case(CaseRow(name, position, "screened", 7, 7))
    recorder.ended("finished")
    recorder.__exit__(None, None, None)
    (workspace.root / "summary.html").write_text("x")
    lines = told(workspace).splitlines()
    assert "状态: 未在运行; 上次运行正常结束" in lines
    assert lines[-1] == f"请用浏览器打开: {workspace.root / 'summary.html'}"
    assert "部分未能读取" in told(workspace, force_terminal=True)


def test_how_a_run_was_stopped_is_told(workspace, under_way):
    _, recorder = under_way
    recorder.__exit__(WorkspaceError, WorkspaceError("磁盘已满"), None)
    assert "上次运行因错误停止: 磁盘已满" in told(workspace)


def test_another_command_that_holds_the_folder_is_no_run(workspace, under_way):
    with workspace.locked("show"):
        text = told(workspace)
    assert "未在运行" in text and "文件夹正被使用 (prescreen show" in text


def test_who_waits_for_new_cases_is_told(workspace, under_way):
    with workspace.watched():
        text = told(workspace)
        assert standing_of(workspace.root).told()["watcher"]["pid"] == os.getpid()
    assert "守候: 新案卷到齐即自动初筛 (prescreen watch" in text and "未在运行" in text
    assert "守候" not in told(workspace)


def test_programs_are_told_the_same(workspace, under_way):
    out = io.StringIO()
    with workspace.locked():
        show_standing(Console(file=out), workspace.root, as_json=True)
    found = json.loads(out.getvalue())
    assert found["state"] == "running" and found["holder"]["pid"] == os.getpid()
    assert found["cases"] == {
        "total": 3, "done": 1, "screened": 0, "partial": 1, "failed": 0, "reading": 1, "waiting": 1,
    }  # fmt: skip
    assert found["pages"] == {"expected": 18, "known_before": 1, "read": 5, "failed": 2, "left": 11, "done": 6}
    assert [(one["code"], one["number"], one["cases"]) for one in found["problems"]] == [("P204", 2, 2), ("P207", 1, 1)]
    assert found["not_screened"][0]["problems"][0]["page"] == 2


def test_a_folder_of_an_older_version_is_told_as_far_as_it_goes(workspace):
    with Ledger(workspace.ledger) as ledger:
        ledger.begin_cases(["甲", "乙"])
        ledger.keep_case(CaseRow("甲", 0, "screened", 5, 5))
    lines = told(workspace).splitlines()
    assert lines[3:6] == ["状态: 未在运行; 上次运行被中断", "案卷: 1 / 2 个已完成", "页面: 5 页已识别"]


def test_following_ends_when_the_run_does(workspace, under_way):
    _, recorder = under_way
    out = Console(file=io.StringIO(), width=160)
    slept = []

    def sleep(seconds):
        slept.append(seconds)
        if len(slept) == 3:
            recorder.ended("finished")
            recorder.__exit__(None, None, None)
            held.__exit__(None, None, None)

    held = workspace.locked()
    held.__enter__()
    follow_standing(out, workspace.root, sleep)
    assert len(slept) == 3
    lines = out.file.getvalue().splitlines()
    assert sum("正在识别和初筛" in line for line in lines) == 3 and "状态: 未在运行; 上次运行正常结束" in lines


def test_another_folder_is_refused(tmp_path):
    with pytest.raises(WorkspaceError, match="不是运行文件夹"):
        told(Workspace(tmp_path))


@pytest.fixture
def read_only():
    """A folder of nobody's that this process, no longer root, cannot write; `read_only(folder)` copies one there."""
    if not hasattr(os, "seteuid"):
        pytest.skip("permissions of Windows are others")
    place = Path(tempfile.mkdtemp())
    me = os.geteuid()

    def copy(folder):
        target = place / "RUN"
        shutil.copytree(folder, target)
        place.chmod(0o755)
        for path in (target, *target.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        if me == 0:
            os.seteuid(65534)
        with pytest.raises(PermissionError):
            (target / "x").write_text("x")
        return target

    yield copy
    os.seteuid(me)
    for path in (place, *place.rglob("*")):
        path.chmod(path.stat().st_mode | stat.S_IWUSR)
    shutil.rmtree(place)


@pytest.mark.parametrize(("ended", "index"), [(True, False), (False, True), (False, False)])
def test_a_folder_that_cannot_be_written_is_looked_at_all_the_same(workspace, under_way, read_only, ended, index):
    """`ended`: the ledger was closed and its log worked in; otherwise the log lies beside it, as a kill leaves it.

    `index`: the log's index was copied, too.
    """
    ledger, recorder = under_way
    if ended:
        recorder.__exit__(None, None, None)
        ledger.__exit__(None, None, None)
    if not ended and not index:
        (workspace.root / "ledger.db-shm").unlink()
    standing = standing_of(read_only(workspace.root))
    assert standing.how == ("finished" if ended else "killed")
    assert standing.done == 1 and standing.record.pages_read == 5
