"""A ledger is looked at without a trace, also where nothing can be written."""

import os
import shutil
import subprocess
import sys

import pytest

from pipeline.problems import WorkspaceError
from pipeline.store.inspection import InspectedLedger
from pipeline.store.ledger import CaseRow, Ledger


@pytest.fixture
def path(tmp_path):
    (tmp_path / "RUN").mkdir()
    path = tmp_path / "RUN" / "ledger.db"
    with Ledger(path) as ledger:
        ledger.begin_cases(["甲"])
    return path


@pytest.fixture
def read_only(path):
    """The run folder on a medium that cannot be written."""
    if sys.platform != "linux" or os.geteuid() != 0 or shutil.which("mount") is None:
        path.parent.chmod(0o555)
        yield path
        path.parent.chmod(0o755)
        return
    folder = str(path.parent)
    done = subprocess.run(["mount", "--bind", folder, folder], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("nothing can be mounted here, and root may write everywhere")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", folder], capture_output=True, check=True)
        yield path
    finally:
        subprocess.run(["umount", folder], capture_output=True, check=True)


def test_a_look_leaves_nothing_behind(path):
    with Ledger(path, read_only=True) as ledger:
        assert [row.case_id for row in ledger.cases()] == ["甲"]
        assert ledger.version > 0
    assert [p.name for p in path.parent.iterdir()] == ["ledger.db"]


def test_a_look_sees_what_a_run_just_wrote(path):
    with Ledger(path) as writing:
        writing.keep_case(CaseRow("甲", 0, "reading", 3, 1))
        with Ledger(path, read_only=True) as ledger:
            assert ledger.cases()[0].pages == 3
            writing.keep_case(CaseRow("甲", 0, "reading", 3, 2))
            assert ledger.cases()[0].pages_read == 2


def test_one_moment_stays_while_a_run_goes_on(path):
    with Ledger(path) as writing:
        writing.keep_case(CaseRow("甲", 0, "reading", 3, 1))
        with InspectedLedger(path) as ledger:
            with ledger.at_one_moment():
                assert ledger.cases()[0].pages_read == 1
                writing.keep_case(CaseRow("甲", 0, "reading", 3, 2))
                assert ledger.cases()[0].pages_read == 1
            assert ledger.cases()[0].pages_read == 2


def test_a_folder_that_cannot_be_written_is_looked_at(read_only):
    with InspectedLedger(read_only) as ledger, ledger.at_one_moment():
        assert ledger.damage() == ()
        assert [row.case_id for row in ledger.cases()] == ["甲"]
        assert list(ledger.kept()) == []


def test_a_folder_that_cannot_be_written_takes_no_run(read_only):
    with pytest.raises(WorkspaceError, match="账本读写失败"), Ledger(read_only):
        pass
