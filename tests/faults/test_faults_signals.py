"""A run that is killed or interrupted with real signals loses nothing that was read and leaves nobody behind."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from fault_work import readings
from test_faults_batch import outputs

from pipeline.store.ledger import Ledger
from pipeline.store.workspace import Workspace

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL and SIGINT as POSIX has them"),
]
SCRIPT = Path(__file__).with_name("fault_run.py")


@pytest.fixture
def long_batch(add_case):
    for number in range(4):
        add_case(f"案{number}", *(f"{page} slow" for page in range(5)))


@pytest.fixture
def start(batch, tmp_path, control):
    """Start the run in a session of its own, and wait until some pages are read."""
    started = []

    def go(pages):
        process = subprocess.Popen(
            [sys.executable, str(SCRIPT), str(batch), str(tmp_path / "RUN"), str(control)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
            cwd=SCRIPT.parents[2],
        )
        started.append(process)
        deadline = time.monotonic() + 60
        while len(readings(control)) < pages:
            assert process.poll() is None, process.stderr.read().decode()
            assert time.monotonic() < deadline, "no page was read"
            time.sleep(0.05)
        return process, psutil.Process(process.pid).children(recursive=True)

    yield go
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait(10)
        process.stderr.close()


def gone(processes, seconds=20):
    _, alive = psutil.wait_procs(processes, timeout=seconds)
    return not alive


def kept(tmp_path):
    with Ledger(tmp_path / "RUN" / "ledger.db", read_only=True) as ledger:
        return sum(row.pages_read for row in ledger.cases())


def test_after_kill_the_next_run_goes_on_from_there(long_batch, start, run, control, tmp_path):
    process, workers = start(7)
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    assert gone(workers), "workers outlived their coordinator"
    assert not Workspace(tmp_path / "RUN").in_use()
    known = kept(tmp_path)
    assert known >= 3
    result, _ = run()
    assert result.pages_reused == known and result.pages_read == 20 - known
    # At most the two pages that were being read were begun twice: the coordinator's death is no try.
    assert sum(readings(control).values()) <= 22
    run("WHOLE")
    assert outputs(tmp_path / "RUN") == outputs(tmp_path / "WHOLE")


@pytest.mark.parametrize("how", ["group", "coordinator"])
def test_ctrl_c_stops_cleanly_and_keeps_what_was_read(long_batch, start, run, control, tmp_path, how):
    process, workers = start(7)
    if how == "group":  # what a terminal does: everybody in it gets the signal
        import os

        os.killpg(process.pid, signal.SIGINT)
    else:
        process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=20)
    assert process.returncode == 130
    assert b"Traceback" not in errors
    assert gone(workers)
    assert not (tmp_path / "RUN" / ".work").exists()
    assert "运行中断" in (tmp_path / "RUN" / "summary.html").read_text("utf-8")
    known = kept(tmp_path)
    assert known >= 3
    result, _ = run()
    assert (result.pages_reused, result.pages_read) == (known, 20 - known)
    assert "运行中断" not in (tmp_path / "RUN" / "summary.html").read_text("utf-8")


def test_a_second_run_waits_for_no_lock_while_the_first_goes_on(long_batch, start, run):
    from pipeline.problems import WorkspaceError

    process, _ = start(1)
    with pytest.raises(WorkspaceError, match="正被另一个"):
        run()
    assert process.poll() is None
