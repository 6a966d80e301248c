"""A run folder that is copied while its run goes on, file by file, as `cp -r` or a backup does it."""

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from fault_work import readings
from test_faults_batch import outputs

from pipeline.casefile import PageText
from pipeline.problems import WorkspaceError
from pipeline.store.ledger import Ledger, Reader
from pipeline.store.pages import pack_page

SCRIPT = Path(__file__).with_name("fault_run.py")
READER = Reader("page", "1", "stand-in 1", "{}")


def naive_copy(run_folder: Path, to: Path, between=lambda: None) -> Path:
    """Copy the ledger first and the rest later: other things happen in between."""
    to.mkdir()
    shutil.copyfile(run_folder / "ledger.db", to / "ledger.db")
    between()
    for path in run_folder.iterdir():
        if path.name == "ledger.db":
            continue
        if path.is_dir():
            shutil.copytree(path, to / path.name, dirs_exist_ok=True)
        else:
            shutil.copyfile(path, to / path.name)
    return to


@pytest.mark.parametrize("log_first", [True, False])
def test_a_ledger_copied_file_by_file_is_whole(tmp_path, log_first):
    """Thousands of pages are kept between the copies of the database and of its log."""
    packed = pack_page(PageText("scanned"))
    (tmp_path / "RUN").mkdir()
    copy = tmp_path / "COPY"
    copy.mkdir()
    names = ["ledger.db-wal", "ledger.db"] if log_first else ["ledger.db", "ledger.db-wal"]
    with Ledger(tmp_path / "RUN" / "ledger.db") as ledger:
        for page in range(3000):
            ledger.keep_result("a" * 64, page, READER, packed, seconds=0.1)
            if page in (1000, 2500):
                name = names.pop(0)
                shutil.copyfile(tmp_path / "RUN" / name, copy / name)
    with Ledger(copy / "ledger.db") as ledger:
        found = [ledger.result("a" * 64, page, READER) for page in range(3000)]
    kept = sum(one is not None for one in found)
    assert kept == (1001 if log_first else 2501)
    assert found[:kept] == [packed] * kept


@pytest.mark.slow
def test_a_run_goes_on_from_a_copy_taken_while_it_went_on(add_case, batch, run, control, tmp_path):
    for number in range(4):
        add_case(f"案{number}", *(f"{page} slow" for page in range(5)))
    process = subprocess.Popen(
        [sys.executable, str(SCRIPT), str(batch), str(tmp_path / "RUN"), str(control)],
        stdout=subprocess.DEVNULL,
        cwd=SCRIPT.parents[2],
    )
    try:
        copies, deadline = [], time.monotonic() + 60
        while process.poll() is None and time.monotonic() < deadline:
            if len(readings(control)) >= 4 * len(copies) + 4 and len(copies) < 4:
                copies.append(naive_copy(tmp_path / "RUN", tmp_path / f"COPY{len(copies)}", lambda: time.sleep(0.3)))
            time.sleep(0.02)
        assert process.wait(60) == 0
    finally:
        process.kill()
    assert len(copies) == 4
    whole = outputs(tmp_path / "RUN")
    known = []
    for copy in copies:
        result, _ = run(copy.name)
        known.append(result.pages_reused)
        assert result.pages_reused + result.pages_read == 20
        assert outputs(copy) == whole
    assert known == sorted(known) and known[-1] > known[0] > 0


@pytest.mark.parametrize("damage", ["cut", "overwritten", "words", "head"])
def test_a_damaged_ledger_is_refused_at_once_and_says_what_to_do(tmp_path, damage):
    path = tmp_path / "ledger.db"
    with Ledger(path) as ledger:
        for page in range(300):
            ledger.keep_result("a" * 64, page, READER, bytes(range(256)), seconds=0.1)
    whole = path.read_bytes()
    middle = len(whole) // 2
    path.write_bytes(
        {
            "cut": whole[:middle],
            "overwritten": whole[:8192] + b"\xa5" * (len(whole) - 8192),
            "words": "这不是账本".encode() * 100,
            "head": b"\0" * 100 + whole[100:],
        }[damage]
    )
    before = path.read_bytes()
    with pytest.raises(WorkspaceError, match="账本已损坏") as caught, Ledger(path):
        pass
    assert "重新运行" in caught.value.advice
    assert path.read_bytes() == before
