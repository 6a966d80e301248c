"""A watcher as a real process over a real folder, into which real files arrive as they do in an office."""

import os
import shutil
import signal
import sys
import time
import zipfile

import psutil
import pytest
from fault_work import picture, readings
from watching import SETTLE, pdf

from pipeline.problems import WorkspaceError
from pipeline.store.workspace import Workspace

pytestmark = pytest.mark.slow  # real processes, real seconds


def test_a_growing_file_is_left_alone_and_then_taken(start, inbox, tmp_path, control):
    content = pdf(tmp_path / "whole.pdf", 3)
    picture(inbox / "先到.png", 50)
    (inbox / "后到.pdf").write_bytes(content[:100])
    watching = start()
    watching.wait_for("发现")
    for cut in range(200, len(content), max(1, len(content) // 20)):
        with (inbox / "后到.pdf").open("r+b") as stream:
            stream.seek(0, os.SEEK_END)
            stream.write(content[stream.tell() : cut])
        os.utime(inbox / "后到.pdf", (1, 1))  # as copying does that keeps the date
        assert "后到" not in watching.cases()
        time.sleep(0.2)
    (inbox / "后到.pdf").write_bytes(content)
    watching.wait_for("新识别 3 页")
    watching.quiet()
    assert {name: len(case["pages"]) for name, case in watching.cases().items()} == {"先到": 1, "后到": 3}
    assert set(readings(control / "read").values()) == {1}
    assert watching.end() == 0


def test_a_download_is_taken_under_its_final_name_only(start, inbox, tmp_path):
    content = pdf(tmp_path / "whole.pdf", 2)
    (inbox / "A.pdf.part").write_bytes(content)
    picture(inbox / "B.png", 9)
    watching = start()
    watching.rounds(1)
    assert set(watching.cases()) == {"B"}
    (inbox / "A.pdf.part").rename(inbox / "A.pdf")
    watching.rounds(2)
    assert {name: len(case["pages"]) for name, case in watching.cases().items()} == {"A": 2, "B": 1}


def test_a_late_page_of_a_folder_is_read_and_no_other_again(start, inbox, control):
    picture(inbox / "案" / "1.png", 1)
    picture(inbox / "案" / "2.png", 2)
    watching = start()
    watching.rounds(1)
    picture(inbox / "案" / "3.png", 3)
    watching.rounds(2)
    assert [page["file"] for page in watching.cases()["案"]["pages"]] == ["1.png", "2.png", "3.png"]
    assert "新识别 1 页, 沿用 2 页" in watching.said("完成: ")[1]
    assert set(readings(control / "read").values()) == {1}


def test_a_copy_that_stalled_is_what_it_is_until_it_goes_on(start, inbox, tmp_path):
    with zipfile.ZipFile(tmp_path / "whole.zip", "w") as archive:
        for page in range(3):
            picture(tmp_path / f"{page}.png", page)
            archive.write(tmp_path / f"{page}.png", f"{page}.png")
    content = (tmp_path / "whole.zip").read_bytes()
    (inbox / "A.zip").write_bytes(content[: len(content) // 2])
    watching = start()
    watching.rounds(1)
    stalled = watching.cases()["A"]
    assert stalled["status"] != "screened" and "F105" in {error["code"] for error in stalled["errors"]}
    (inbox / "A.zip").write_bytes(content)
    watching.rounds(2)
    whole = watching.cases()["A"]
    assert (whole["status"], len(whole["pages"]), whole["errors"]) == ("screened", 3, [])


def test_a_case_that_changes_while_it_is_run_is_taken_again(start, inbox, control):
    (control / "user").mkdir()
    for page in range(3):
        picture(inbox / "案" / f"{page}.png", page)
    (control / "user" / "slow 0.png").touch()
    watching = start()
    watching.wait_for("开始初筛")
    picture(inbox / "案" / "9.png", 9)
    watching.rounds(2)
    watching.quiet()
    case = watching.cases()["案"]
    assert [page["file"] for page in case["pages"]] == ["0.png", "1.png", "2.png", "9.png"]
    assert set(readings(control / "read").values()) == {1}


def test_a_share_that_drops_is_waited_for(start, inbox, control):
    for number in range(3):
        picture(inbox / f"{number}.png", number)
    watching = start()
    watching.rounds(1)
    before = watching.cases()
    inbox.rename(inbox.with_name("away"))
    watching.wait_for("收件文件夹打不开")
    watching.quiet(2)
    assert watching.cases() == before
    inbox.mkdir()  # the place where it was mounted
    watching.wait_for("变空了")
    watching.quiet(SETTLE + 1)
    assert watching.cases() == before
    inbox.rmdir()
    inbox.with_name("away").rename(inbox)
    watching.wait_for("收件文件夹已恢复")
    picture(inbox / "3.png", 3)
    watching.rounds(2)
    assert set(watching.cases()) == {"0", "1", "2", "3"}
    assert set(readings(control / "read").values()) == {1}


def test_a_share_that_drops_in_the_middle_of_a_run_spoils_nothing_for_good(start, inbox, control):
    (control / "user").mkdir()
    for number in range(4):
        for page in range(3):
            picture(inbox / f"案{number}" / f"{number}{page}.png", 10 * number + page)
    for page in range(3):
        (control / "user" / f"slow 0{page}.png").touch()
    watching = start()
    watching.wait_for("开始初筛")
    deadline = time.monotonic() + 120
    while not (control / "read").is_dir() or not readings(control / "read"):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    inbox.rename(inbox.with_name("away"))
    watching.rounds(1)
    codes = {error["code"] for case in watching.cases().values() for error in case["errors"]}
    assert codes and codes <= {"F113", "F117"}
    inbox.with_name("away").rename(inbox)
    watching.wait_for("其中", 1)
    deadline = time.monotonic() + 180
    while {case["status"] for case in watching.cases().values()} != {"screened"}:
        assert time.monotonic() < deadline, "\n".join(watching.lines)
        time.sleep(0.2)
    assert set(readings(control / "read").values()) == {1}


@pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_an_idle_watcher_ends_at_once_and_leaves_nothing_behind(start, inbox, tmp_path, how):
    picture(inbox / "A.png", 1)
    watching = start()
    watching.rounds(1)
    assert watching.end(how) == 0
    assert watching.lines[-1] == "停止监视"
    assert {path.name for path in (tmp_path / "RUN").iterdir() if path.name.endswith(".json")} == set()
    assert not Workspace(tmp_path / "RUN").in_use()


@pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")
def test_a_watcher_ended_in_the_middle_goes_on_from_there(start, inbox, tmp_path, control):
    (control / "user").mkdir()
    for page in range(8):
        picture(inbox / "案" / f"{page}.png", page)
        (control / "user" / f"slow {page}.png").touch()
    watching = start()
    watching.wait_for("开始初筛")
    deadline = time.monotonic() + 120
    while not (control / "read").is_dir() or len(readings(control / "read")) < 3:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    workers = psutil.Process(watching.process.pid).children(recursive=True)
    assert watching.end() == 130
    assert not psutil.wait_procs(workers, timeout=20)[1]
    assert "Traceback" not in "\n".join(watching.lines)
    again = start()
    again.rounds(1)
    assert again.cases()["案"]["status"] == "screened"
    assert sum(readings(control / "read").values()) <= 8 + 2


def test_a_second_watcher_and_a_run_are_told_who_is_there(start, inbox, tmp_path, control, run):
    (control / "user").mkdir()
    picture(inbox / "A.png", 1)
    (control / "user" / "slow A.png").touch()
    watching = start()
    watching.wait_for("开始初筛")
    who = rf"prescreen watch, 电脑 .*, 进程号 {watching.process.pid}, 开始于 "
    with pytest.raises(WorkspaceError, match=who):
        run()
    with pytest.raises(WorkspaceError, match="已有 prescreen watch .*" + who), Workspace(tmp_path / "RUN").watched():
        pass
    watching.rounds(1)


def test_a_case_that_is_copied_in_again_is_known_as_the_same(start, inbox, control):
    for page in range(3):
        picture(inbox / "案一" / f"{page}.png", page)
    watching = start()
    watching.rounds(1)
    shutil.copytree(inbox / "案一", inbox / "案二 副本")
    with zipfile.ZipFile(inbox / "案三.zip", "w") as archive:
        for page in range(3):
            archive.write(inbox / "案一" / f"{page}.png", f"扫描/{page}.png")
    watching.wait_for("完成: 3 / 3 个案卷; 新识别 0 页")
    assert len(watching.said("与 案一 内容相同, 各页未重复识别")) == 2
    assert {name: case["status"] for name, case in watching.cases().items()} == dict.fromkeys(
        ("案一", "案二 副本", "案三"), "screened"
    )
    assert set(readings(control / "read").values()) == {1}
    assert "内容相同" in (watching.run / "summary.html").read_text("utf-8")
