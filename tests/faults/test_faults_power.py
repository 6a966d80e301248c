"""What a power cut leaves: half an output, a ledger without its last commits, a batch or a worker that is gone."""

import datetime as dt
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from fault_work import readings, stand_in
from kill_storm import Run, content
from test_faults_batch import case

from pipeline import cli
from pipeline.batch.audit import audit
from pipeline.batch.events import PageDone
from pipeline.batch.run import run_batch
from pipeline.config import load_settings
from pipeline.problems import ExitCode
from pipeline.store.ledger import Ledger

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL and SIGSTOP as POSIX has them"),
]


@pytest.mark.parametrize("number", [1, 2, 7, 10])
def test_a_run_that_dies_in_the_middle_of_an_output_leaves_nothing_half(add_case, batch, run, tmp_path, number):
    for name in range(3):
        add_case(f"案{name}", "1", "2")
    dying = Run(batch, tmp_path / "RUN", tmp_path / "cut", 2, "stand-in")
    script = str(Path(__file__).with_name("power_cut.py"))
    command = [dying.command[0], script, *dying.command[2:5], str(number)]
    died = subprocess.run(command, capture_output=True, cwd=Path(__file__).parents[2], check=False)
    assert died.returncode == -signal.SIGKILL, died.stderr.decode()
    whole = Run(batch, tmp_path / "WHOLE", tmp_path / "whole", 2, "stand-in")
    assert whole.to_the_end() == ExitCode.OK
    expected = content(tmp_path / "WHOLE")
    begun = content(tmp_path / "RUN")
    assert len(begun) < number
    assert begun == {path: expected[path] for path in begun}, "whole files or none"
    halted = audit(tmp_path / "RUN")
    assert (halted.standing, halted.discrepancies) == ("interrupted", ())
    assert dying.to_the_end() == ExitCode.OK
    assert audit(tmp_path / "RUN").clean and not (tmp_path / "RUN" / ".work").exists()
    assert content(tmp_path / "RUN") == expected
    assert dying.reads()[0] <= 6 + 2


def test_a_ledger_that_lost_its_last_commits_costs_those_pages_only(add_case, batch, control, run, tmp_path):
    """The log of a run that was killed is cut at random places, as a disk leaves it that had not written all of it."""
    for number in range(4):
        add_case(f"案{number}", "1", "2", "3")
    copies = []

    def copy(event):
        if isinstance(event, PageDone) and len(copies) < 6:
            copies.append(Path(shutil.copytree(tmp_path / "RUN", tmp_path / f"COPY{len(copies)}")))

    settings = load_settings(None, run={"workers": 2})
    run_batch(batch, tmp_path / "RUN", settings, today=dt.date(2024, 6, 1), work=stand_in(control), on_event=copy)
    dice = random.Random(4)
    reused = []
    for copied in copies[1::2]:
        log = copied / "ledger.db-wal"
        (copied / "ledger.db-shm").unlink(missing_ok=True)
        size = log.stat().st_size
        with log.open("r+b") as stream:
            stream.truncate(dice.randrange(size // 2, size))
            stream.seek(dice.randrange(size // 3, size // 2))
            stream.write(b"\xa5" * 100)  # what is behind a torn page counts for nothing
        result, _ = run(copied.name)
        reused.append(result.pages_reused)
        assert result.exit_code == ExitCode.OK and result.pages_reused + result.pages_read == 12
        assert content(copied) == content(tmp_path / "RUN")
        assert audit(copied).clean
    assert len(reused) == 3 and max(reused) < 6


def test_a_worker_that_is_stopped_is_given_up_and_the_others_go_on(add_case, batch, control, tmp_path, run):
    """SIGSTOP: the worker holds its page and says nothing; the page's deadline ends it."""
    add_case("甲", "1", "2 slow", "3")
    add_case("乙", *(f"{n} slow" for n in range(4)))
    stopped = []

    def stop(event):
        if isinstance(event, PageDone) and not stopped:
            time.sleep(0.3)
            workers = [p for p in psutil.Process().children() if "spawn_main" in " ".join(p.cmdline())]
            busy = max(workers, key=lambda worker: worker.create_time())
            busy.suspend()
            stopped.append(busy)

    limits = {"seconds_per_page": 5, "seconds_per_file": 5, "seconds_per_case": 20, "seconds_of_silence": 5}
    settings = load_settings(None, run={"workers": 2}, limits=limits)
    began = time.monotonic()
    options = {"today": dt.date(2024, 6, 1), "work": stand_in(control)}
    result = run_batch(batch, tmp_path / "RUN", settings, on_event=stop, **options)
    assert time.monotonic() - began < 60
    assert stopped and not stopped[0].is_running()
    found = audit(tmp_path / "RUN")
    assert found.clean and found.sums.read >= 6
    assert set(found.sums.unreadable) <= {"P204"}
    assert result.exit_code == (ExitCode.INCOMPLETE if found.sums.unreadable else ExitCode.OK)


def test_a_batch_that_goes_away_while_it_is_read(add_case, batch, control, run, tmp_path, capsys):
    for number in range(6):
        add_case(f"案{number}", "1 slow", "2 slow")
    away, settings = tmp_path / "away", load_settings(None, run={"workers": 2})

    def take_away(event):
        if isinstance(event, PageDone) and batch.exists():
            batch.rename(away)

    options = {"today": dt.date(2024, 6, 1), "work": stand_in(control)}
    result = run_batch(batch, tmp_path / "RUN", settings, on_event=take_away, **options)
    assert result.exit_code == ExitCode.INCOMPLETE
    lost = [case(tmp_path / "RUN", row.case_id) for row in result.summary.cases if row.status != "screened"]
    assert lost and {error["code"] for one in lost for error in one["errors"]} == {"F113"}
    found = audit(tmp_path / "RUN")
    assert found.clean and found.refused.get("F113", 0) >= 1
    assert cli.main(["run", str(batch), "--out", str(tmp_path / "RUN")]) == ExitCode.INPUT
    assert "批次读不了" in capsys.readouterr().err
    away.rename(batch)
    back = run_batch(batch, tmp_path / "RUN", settings, **options)
    assert back.exit_code == ExitCode.OK and audit(tmp_path / "RUN").clean
    run("WHOLE")
    assert content(tmp_path / "RUN") == content(tmp_path / "WHOLE")
    with Ledger(tmp_path / "RUN" / "ledger.db", read_only=True) as ledger:
        assert all(row.state == "read" for row in ledger.pages())
    assert len(readings(control)) == 12
