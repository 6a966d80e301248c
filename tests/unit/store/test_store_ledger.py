import datetime as dt
import sqlite3

import pytest

from pipeline.problems import ExitCode, WorkspaceError
from pipeline.store.ledger import CaseRow, Ledger, OutputRow, PageRow, Reader
from pipeline.store.schema import SCHEMA

READER = Reader("page", "3", "rapid 1.0", '{"pixels": 2200}')


@pytest.fixture
def path(tmp_path):
    return tmp_path / "ledger.db"


def test_result_is_found_again_by_the_same_reader_only(path):
    with Ledger(path) as ledger:
        ledger.keep_result("aa", 0, READER, b"first", seconds=0.5)
        assert ledger.result("aa", 0, READER) == b"first"
        assert ledger.result("aa", 1, READER) is None
        assert ledger.result("bb", 0, READER) is None
        for other in (
            Reader("page", "4", READER.model, READER.parameters),
            Reader("page", "3", "rapid 1.1", READER.parameters),
            Reader("page", "3", READER.model, '{"pixels": 1600}'),
            Reader("crop", "3", READER.model, READER.parameters),
        ):
            assert ledger.result("aa", 0, other) is None


def test_result_outlives_the_process_that_kept_it(path):
    with Ledger(path) as ledger:
        ledger.keep_result("aa", 7, READER, b"kept", seconds=0.5)
    with Ledger(path) as ledger:
        assert ledger.result("aa", 7, READER) == b"kept"


def test_a_failure_counts_only_under_its_own_conditions(path):
    with Ledger(path) as ledger:
        ledger.keep_result("aa", 0, READER, b"too slow", seconds=120, conditions="120 s")
        assert ledger.result("aa", 0, READER, "120 s") == b"too slow"
        assert ledger.result("aa", 0, READER, "600 s") is None
        assert ledger.result("aa", 0, READER) is None
        ledger.keep_result("aa", 0, READER, b"read", seconds=130)
        assert ledger.result("aa", 0, READER, "120 s") == b"read"


def test_forgetting_failures_keeps_what_was_read(path):
    with Ledger(path) as ledger:
        ledger.keep_result("aa", 0, READER, b"read", seconds=1)
        ledger.keep_result("aa", 1, READER, b"too slow", seconds=120, conditions="120 s")
        assert ledger.forget_failures() == 1
        assert ledger.result("aa", 0, READER) == b"read"
        assert ledger.result("aa", 1, READER, "120 s") is None


def test_the_date_of_the_first_run_stays(path):
    with Ledger(path) as ledger:
        assert ledger.as_of(dt.date(2024, 5, 6)) == dt.date(2024, 5, 6)
    with Ledger(path) as ledger:
        assert ledger.as_of(dt.date(2025, 1, 1)) == dt.date(2024, 5, 6)
        assert ledger.as_of(dt.date(2025, 1, 1), dt.date(2023, 7, 8)) == dt.date(2023, 7, 8)
        assert ledger.as_of(dt.date(2025, 1, 1)) == dt.date(2023, 7, 8)


def test_cases_keep_their_order_and_problems(path):
    row = CaseRow("乙", 0, "partial", 4, 4, 1, 1, 0, 2, 0, 3.5, (("P201", "a.pdf", 3, "页面无法渲染"),))
    with Ledger(path) as ledger:
        ledger.begin_cases(["乙", "甲"])
        assert [(r.case_id, r.status) for r in ledger.cases()] == [("乙", "waiting"), ("甲", "waiting")]
        ledger.keep_case(row)
        assert ledger.cases()[0] == row
        ledger.begin_cases(["甲"])
        assert [r.case_id for r in ledger.cases()] == ["甲"]


def test_outputs_are_noted_and_forgotten(path):
    with Ledger(path) as ledger:
        ledger.keep_output(OutputRow("cases/b.json", "b", "11"))
        ledger.keep_output(OutputRow("cases/a.json", "a", "22"))
        ledger.keep_output(OutputRow("cases/a.json", "a", "33"))
        assert ledger.outputs() == (OutputRow("cases/a.json", "a", "33"), OutputRow("cases/b.json", "b", "11"))
        ledger.forget_output("cases/a.json")
        assert [row.path for row in ledger.outputs()] == ["cases/b.json"]


def test_a_newer_ledger_is_refused(path):
    with Ledger(path):
        pass
    db = sqlite3.connect(path)
    db.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    db.close()
    with pytest.raises(WorkspaceError, match="更新版本") as caught:
        Ledger(path)
    assert caught.value.exit_code == ExitCode.WORKSPACE
    assert "升级" in caught.value.advice


def test_a_damaged_ledger_says_what_to_do(path):
    path.write_bytes(b"this is no database, whatever its name says" * 40)
    with pytest.raises(WorkspaceError, match="账本已损坏") as caught:
        Ledger(path)
    assert "重新运行" in caught.value.advice


def test_damage_inside_a_ledger_is_told_when_it_is_met(path):
    with Ledger(path) as ledger:
        for page in range(300):
            ledger.keep_result("aa", page, READER, bytes(range(256)) * 8, seconds=1)
    content = bytearray(path.read_bytes())
    for at in range(4096 * 4, len(content) - 8, 4096):
        content[at : at + 64] = b"\xff" * 64
    path.write_bytes(content)
    with pytest.raises(WorkspaceError, match="账本已损坏"), Ledger(path) as ledger:
        for page in range(300):
            ledger.result("aa", page, READER)


def test_reading_needs_a_ledger_that_is_there(path):
    with pytest.raises(WorkspaceError, match=r"没有 ledger\.db"):
        Ledger(path, read_only=True)
    assert not path.exists()


def test_status_can_read_while_a_run_writes(path):
    with Ledger(path) as writer:
        writer.begin_cases(["a"])
        with Ledger(path, read_only=True) as reader:
            assert [row.status for row in reader.cases()] == ["waiting"]
            writer.keep_case(CaseRow("a", 0, "screened", pages=3))
            assert [row.status for row in reader.cases()] == ["screened"]
            with pytest.raises(WorkspaceError, match="账本读写失败"):
                reader.set_meta(as_of="2020-01-01")


def test_now_and_then_a_commit_waits_for_the_disk(path, monkeypatch):
    clock = [100.0]
    monkeypatch.setattr("pipeline.store.ledger.time.monotonic", lambda: clock[0])
    statements = []
    with Ledger(path) as ledger:
        ledger._db.set_trace_callback(statements.append)
        for page in range(4):
            ledger.keep_result("aa", page, READER, b"read", seconds=1)
            clock[0] += 3
    waits = [s for s in statements if s.startswith(("PRAGMA synchronous", "COMMIT"))]
    full, normal, commit = "PRAGMA synchronous = FULL", "PRAGMA synchronous = NORMAL", "COMMIT"
    assert waits == [full, commit, normal, commit, full, commit, normal, commit]


def test_a_commit_that_fails_leaves_nothing_behind(path):
    with Ledger(path) as ledger:
        ledger.open_case(CaseRow("甲", 0, pages=1), (), [PageRow("甲", 1, "a.png", 1, "aa")])
        with pytest.raises(WorkspaceError):
            ledger.open_case(CaseRow("乙", 1, pages=2), (), [PageRow("乙", 1, "a.png", 1, "aa")] * 2)
        assert [row.case_id for row in ledger.cases()] == ["甲"]
        assert [page.case_id for page in ledger.pages()] == ["甲"]


def test_failures_under_one_condition_are_forgotten_alone(path):
    with Ledger(path) as ledger:
        for page, conditions in enumerate(("", "deadline 7", "this run")):
            ledger.keep_result("a" * 64, page, READER, b"x", seconds=1.0, conditions=conditions)
        assert ledger.forget_failures("this run") == 1
        assert [ledger.result("a" * 64, page, READER, "deadline 7") for page in range(3)] == [b"x", b"x", None]
        assert ledger.forget_failures() == 1


def test_a_ledger_of_the_first_version_is_brought_up_to_date(path):
    from pipeline.store.schema import _FIRST

    with sqlite3.connect(path) as db:
        db.executescript(f"{_FIRST} PRAGMA user_version = 1;")
        db.execute("INSERT INTO readers VALUES (1, 'page', '3', 'rapid 1.0', '{\"pixels\": 2200}')")
        db.execute("INSERT INTO results VALUES ('aa', 0, 1, '', x'01', 0.5)")
        db.execute("INSERT INTO cases VALUES ('甲', 0, 'screened', 1, 1, 0, 0, 0, 0, 0, 0.5, '[]')")
    with Ledger(path) as ledger:
        assert ledger.version == SCHEMA
        assert ledger.result("aa", 0, READER) == b"\x01"
        assert [row.case_id for row in ledger.cases()] == ["甲"] and ledger.files() == ()
        ledger.keep_result("aa", 0, READER, b"\x02", seconds=1)
    with sqlite3.connect(path) as db:
        assert db.execute("SELECT content, commits FROM results").fetchall() == [(b"\x02", 2)]
