"""The watcher's loop: what makes it run, and what it says, on a clock of the test's own."""

import itertools
import shutil

import pytest

from pipeline.batch.events import CaseDone
from pipeline.batch.result import BatchResult
from pipeline.batch.watch import LATE, Plan, Watch, listed
from pipeline.intake.discover import discover
from pipeline.problems import ExitCode, InputError, UsageError, WorkspaceError
from pipeline.store.ledger import CaseRow as LedgerRow
from pipeline.store.ledger import Ledger
from pipeline.store.workspace import Workspace
from pipeline.summary.overview import CaseRow, batch_summary

PDF = b"%PDF-1.4\n"


class Office:
    """An inbox, a clock that a sleeping watcher moves, and a batch that notes what it was asked to screen."""

    def __init__(self, folder):
        self.inbox, self.run = folder / "收件", folder / "RUN"
        self.inbox.mkdir()
        self.now, self.ends = 0.0, 10_000.0
        self.lines, self.runs, self.skipped = [], [], []
        self.todo = {}
        self.unread, self.refuses, self.status = set(), [], {}

    def at(self, second, do):
        self.todo.setdefault(second, []).append(do)

    def sleep(self, seconds):
        until = self.now + seconds
        for moment in sorted(t for t in self.todo if t <= until):
            for do in self.todo.pop(moment):
                do()
        self.now = until

    def put(self, name, content=PDF):
        path = self.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def screen(self, ready, on_event):
        if self.refuses:
            raise self.refuses.pop(0)
        found = ready(discover(self.inbox))
        if not found.cases:
            raise InputError("批次里没有案卷")
        self.runs.append((self.now, [case.case_id for case in found.cases]))
        self.skipped = [(item.name, item.reason_zh) for item in found.skipped]
        rows = []
        with Ledger(Workspace(self.run).ledger) as ledger:
            ledger.begin_cases([case.case_id for case in found.cases])
            for place, case in enumerate(found.cases):
                bad = case.path.name in self.unread
                status = self.status.get(case.case_id, "partial" if bad else "screened")
                problems = (("F113", case.path.name, 1, "文件不存在"),) if bad else ()
                ledger.keep_case(LedgerRow(case.case_id, place, status, problems=problems))
                row = CaseRow(case.case_id, status, None, None, None, None, 1, (), 0, 0, 0, 0)
                rows.append(row)
                on_event(CaseDone(row, 1.0))
        return BatchResult(self.run / "summary.html", batch_summary("收件", rows), 1, 0, 1.0)

    def watch(self, settle=60.0, every=30.0, screen=None):
        plan = Plan(self.inbox, self.run, every, settle)
        return Watch(
            plan,
            screen or self.screen,
            self.lines.append,
            out_of_time=lambda: self.now >= self.ends,
            clock=lambda: self.now,
            sleep=self.sleep,
        )

    def until(self, second):
        self.ends = second
        return self.watch().forever()

    def said(self, word):
        return [line for line in self.lines if word in line]


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path)


def test_a_case_is_screened_once_it_is_quiet_and_then_all_is_quiet(office):
    office.put("A.pdf")
    assert office.until(3000) == ExitCode.OK
    assert office.runs == [(60.0, ["A"])]
    assert [line.split(":")[0].split(" ")[0] for line in office.lines] == [
        "开始监视",
        "发现",
        "开始初筛",
        "A",
        "完成",
        "已到",
    ]


def test_a_growing_file_is_left_alone_and_told_once(office):
    office.put("B.pdf")
    office.put("A.pdf", b"%PDF")
    for second in range(25, 400, 25):
        office.at(second, lambda n=second: office.put("A.pdf", b"%PDF" + b"x" * n))
    office.until(1000)
    assert office.runs[0] == (60.0, ["B"])
    assert office.runs[1][1] == ["A", "B"] and 420 + 30 <= office.runs[1][0] <= 480
    assert len(office.runs) == 2
    assert office.said("等待拷贝完成") == ["发现 A.pdf、B.pdf, 等待拷贝完成"]


def test_what_is_late_is_named_in_the_summary(office):
    office.put("B.pdf")
    office.at(59, lambda: office.put("A.pdf"))
    office.until(80)
    assert office.runs == [(60.0, ["B"])]
    assert office.skipped == [("A.pdf", LATE)]


def test_what_arrives_or_changes_during_a_run_is_taken_by_the_next(office):
    office.put("A.pdf")
    office.put("B.pdf")

    def slow(ready, on_event):
        result = office.screen(ready, on_event)
        if len(office.runs) == 1:
            office.put("B.pdf", PDF + b"changed")
            office.put("C.pdf")
            office.now += 5000
        return result

    office.ends = 6000
    office.watch(screen=slow).forever()
    assert [ids for _, ids in office.runs] == [["A", "B"], ["A", "B", "C"]]
    assert "新到或有变动: B.pdf、C.pdf" in office.said("开始初筛")[1]


def test_a_download_is_taken_under_its_final_name(office):
    office.put("A.pdf.part")
    office.put("B.pdf")
    office.at(300, lambda: (office.inbox / "A.pdf.part").rename(office.inbox / "A.pdf"))
    office.until(1000)
    assert [ids for _, ids in office.runs] == [["B"], ["A", "B"]]


def test_things_that_are_no_cases_make_no_run(office):
    office.put("A.pdf")
    office.at(200, lambda: office.put("readme.txt", b"x"))
    office.at(200, lambda: office.put("A.truth.json", b"{}"))
    office.at(300, lambda: (office.inbox / "空").mkdir())
    office.until(1000)
    assert len(office.runs) == 1


def test_a_case_that_was_taken_out_goes_with_the_next_run(office):
    office.put("A.pdf")
    office.put("B.pdf")
    office.at(200, (office.inbox / "A.pdf").unlink)
    office.until(1000)
    assert [ids for _, ids in office.runs] == [["A", "B"], ["B"]]
    assert office.said("结果随之移除: A.pdf")


@pytest.mark.parametrize("how", ["gone", "empty"])
def test_a_share_that_drops_costs_nothing_and_is_told_once(office, how):
    office.put("A.pdf")
    office.put("B.pdf")
    away = office.inbox.with_name("away")

    def drop():
        office.inbox.rename(away)
        if how == "empty":
            office.inbox.mkdir()

    def back():
        if how == "empty":
            office.inbox.rmdir()
        away.rename(office.inbox)
        office.put("C.pdf")

    office.at(200, drop)
    office.at(2000, back)
    office.until(3000)
    assert [ids for _, ids in office.runs] == [["A", "B"], ["A", "B", "C"]]
    assert len(office.said("收件文件夹")) == 2
    assert "收件文件夹打不开" in office.said("收件文件夹")[0] or "变空了" in office.said("收件文件夹")[0]
    assert office.said("收件文件夹")[1] == "收件文件夹已恢复"


def test_a_share_that_is_not_there_at_the_start_is_waited_for(office):
    shutil.rmtree(office.inbox)
    office.at(500, office.inbox.mkdir)
    office.at(500, lambda: office.put("A.pdf"))
    office.until(1000)
    assert [ids for _, ids in office.runs] == [["A"]]
    assert len(office.said("收件文件夹打不开")) == 1


def test_what_could_not_be_read_is_taken_again_ever_more_seldom(office):
    office.put("A.pdf")
    office.unread.add("A.pdf")
    office.at(1900, lambda: office.unread.clear())
    office.until(10_000)
    times = [when for when, _ in office.runs]
    gaps = [round(b - a) for a, b in itertools.pairwise(times)]
    assert gaps == sorted(gaps) and gaps[0] == 30 and gaps[-1] >= 480
    assert len([t for t in times if t > 1900]) == 1
    assert len(office.said("稍后自动重读")) == 1


def test_a_new_case_does_not_wait_for_one_that_cannot_be_read(office):
    office.put("A.pdf")
    office.unread.add("A.pdf")
    office.at(2000, lambda: office.put("B.pdf"))
    office.until(2200)
    assert next(when for when, ids in office.runs if "B" in ids) <= 2100


def test_a_run_folder_in_use_or_full_is_waited_for_and_told_once(office):
    office.put("A.pdf")
    office.refuses = [WorkspaceError("运行文件夹正被另一个 prescreen 使用", "请等它结束")] * 3
    office.until(2000)
    assert [ids for _, ids in office.runs] == [["A"]]
    assert len(office.said("暂不能初筛")) == 1


def test_only_one_watcher_at_a_time(office):
    with (
        Workspace(office.run).watched(),
        pytest.raises(WorkspaceError, match=r"已有 prescreen watch .*进程号"),
    ):
        office.until(100)


def test_an_interruption_between_two_runs_is_an_ordinary_end(office):
    def interrupt():
        raise KeyboardInterrupt

    office.put("A.pdf")
    office.at(100, interrupt)
    assert office.until(1000) == ExitCode.OK
    assert office.lines[-1] == "停止监视"


def test_an_interruption_in_a_run_passes_through(office):
    def screen(ready, on_event):
        raise KeyboardInterrupt

    office.put("A.pdf")
    with pytest.raises(KeyboardInterrupt):
        office.watch(screen=screen).forever()


def test_once_screens_what_is_complete_and_ends(office):
    office.put("A.pdf")
    assert office.watch().once() == ExitCode.OK
    assert office.runs == [(60.0, ["A"])]


def test_once_leaves_what_is_still_being_copied_and_says_so(office):
    office.put("A.pdf")
    office.at(40, lambda: office.put("B.pdf"))
    assert office.watch().once() == ExitCode.INCOMPLETE
    assert office.runs == [(60.0, ["A"])]
    assert office.said("留待下次 (仍在拷贝或刚有变动): B.pdf")


def test_once_with_nothing_complete_runs_nothing(office):
    office.at(40, lambda: office.put("B.pdf"))
    office.put("B.pdf", b"%PDF")
    assert office.watch().once() == ExitCode.INCOMPLETE
    assert office.runs == []


def test_once_without_a_case_or_a_folder_is_an_input_error(office):
    with pytest.raises(InputError):
        office.watch().once()
    shutil.rmtree(office.inbox)
    with pytest.raises(InputError, match="读不了"):
        office.watch().once()


def test_a_file_is_no_inbox_and_the_inbox_no_run_folder(office, tmp_path):
    (tmp_path / "A.pdf").write_bytes(PDF)
    with pytest.raises(UsageError, match="不是文件夹"):
        Watch(Plan(tmp_path / "A.pdf", office.run, 30, 60), office.screen, print)
    with pytest.raises(UsageError, match="运行文件夹不能"):
        Watch(Plan(office.inbox, office.inbox, 30, 60), office.screen, print)


def test_many_names_are_a_few_and_a_number():
    assert listed({"10.pdf", "9.pdf"}) == "9.pdf、10.pdf"
    assert listed([f"{n}.pdf" for n in range(7)]) == "0.pdf、1.pdf、2.pdf、3.pdf、4.pdf 等 7 个"
