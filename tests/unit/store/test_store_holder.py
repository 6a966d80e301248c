import json
import os
import re
import socket
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from pipeline.problems import WorkspaceError
from pipeline.store.holder import Holder, leave_note, myself, note_of, read_note
from pipeline.store.workspace import Workspace

HOLD = """
import sys, time
from pathlib import Path
from pipeline.store.workspace import Workspace
with Workspace(Path(sys.argv[1])).locked("watch"):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def other(tmp_path):
    """Another process that holds the run folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "RUN")], stdout=subprocess.PIPE, env=os.environ, text=True
    )
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_the_second_says_who_holds_it(other, tmp_path):
    workspace = Workspace(tmp_path / "RUN")
    with pytest.raises(WorkspaceError) as caught, workspace.locked():
        pass
    told = caught.value.message
    assert "正被另一个 prescreen 使用" in told
    assert f"prescreen watch, 电脑 {socket.gethostname()}, 进程号 {other.pid}, 开始于 " in told
    assert re.search(r"\d{4}-\d\d-\d\d \d\d:\d\d", told)
    assert workspace.holder() is not None and workspace.holder().pid == other.pid


def test_after_kill_nobody_is_named_and_the_folder_is_free(other, tmp_path):
    workspace = Workspace(tmp_path / "RUN")
    other.kill()
    other.wait()
    assert note_of(workspace.lock_file).is_file()
    assert workspace.holder() is None
    with workspace.locked("run"):
        assert read_note(note_of(workspace.lock_file)) == myself("run")
    assert not note_of(workspace.lock_file).exists()


def test_a_note_of_a_process_that_is_gone_misleads_nobody(tmp_path):
    """Held, but the note is older than the lock: a holder that was killed, its successor not yet noted."""
    workspace = Workspace(tmp_path / "RUN")
    note = note_of(workspace.lock_file)
    with workspace.locked():
        dead = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
        leave_note(note, Holder("run", socket.gethostname(), int(dead.stdout), time.time()))
        with pytest.raises(WorkspaceError) as caught, Workspace(workspace.root).locked():
            pass
        assert "进程号" not in caught.value.message
        # The number of the process was given to another one since: this one, which began later.
        leave_note(note, replace(myself("run"), began=myself("run").began - 3600))
        assert read_note(note) is None


def test_another_machine_is_believed(tmp_path):
    note = tmp_path / ".lock.json"
    leave_note(note, Holder("run", "另一台电脑", 4711, 1_700_000_000.0))
    holder = read_note(note)
    assert holder is not None and "另一台电脑" in holder.in_words()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", json.dumps({"pid": "x"}).encode()])
def test_a_damaged_note_tells_nothing(tmp_path, content):
    (tmp_path / ".lock.json").write_bytes(content)
    assert read_note(tmp_path / ".lock.json") is None


def test_two_watchers_keep_apart_while_a_run_between_them_may_go(tmp_path):
    workspace = Workspace(tmp_path / "RUN")
    with workspace.watched():
        with pytest.raises(WorkspaceError, match="已有 prescreen watch"), Workspace(workspace.root).watched():
            pass
        with Workspace(workspace.root).locked():
            pass
    with workspace.watched():
        pass
