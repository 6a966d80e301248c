"""Whole batches in which something goes wrong: nothing else may be lost, and nothing may be read twice."""

import datetime as dt
import json
import shutil
import sqlite3
from dataclasses import replace

import fault_work
import pytest
from fault_work import picture, readings, stand_in

from pipeline.batch.events import CaseDone, PageDone
from pipeline.problems import EngineError, ExitCode, InputError, UsageError, WorkspaceError
from pipeline.store.ledger import Ledger
from pipeline.store.workspace import Workspace

pytestmark = pytest.mark.slow  # real worker processes, started, killed and waited for


def outputs(root):
    """Every output by its path, but for the ledger, the lock and run.html, which alone tells when it was run."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and not path.name.startswith(("ledger.db", ".")) and path != root / "run.html"
    }


def case(root, case_id):
    return json.loads((root / "cases" / f"{case_id}.json").read_text("utf-8"))


def test_a_batch_leaves_its_outputs_and_nothing_else(run, add_case, batch, tmp_path):
    add_case("甲", "1", "2", "10")
    add_case("乙", "1")
    (batch / "notes.txt").write_text("x")
    before = sorted(p for p in batch.rglob("*"))
    result, events = run()
    assert result.exit_code == ExitCode.OK
    assert [row.case_id for row in result.summary.cases] == ["乙", "甲"] or [
        row.case_id for row in result.summary.cases
    ] == ["甲", "乙"]
    assert [item.name for item in result.summary.skipped] == ["notes.txt"]
    written = outputs(tmp_path / "RUN")
    assert {"cases/甲.json", "cases/乙.json", "cases_html/甲.html", "cases_html/乙.html", "summary.html"} <= set(
        written
    )
    assert all(
        name.split("/")[0] in {"cases", "cases_html", "assets", "summary.html", "summary.xlsx"} for name in written
    )
    assert not (tmp_path / "RUN" / ".work").exists()
    assert sorted(p for p in batch.rglob("*")) == before
    pages = case(tmp_path / "RUN", "甲")["pages"]
    assert [(p["page"], p["file"], p["file_page"]) for p in pages] == [
        (1, "1.png", 1),
        (2, "2.png", 1),
        (3, "10.png", 1),
    ]
    assert sum(isinstance(e, PageDone) for e in events) == 4
    assert sum(isinstance(e, CaseDone) for e in events) == 2


def test_evidence_is_pictured_and_shown(run, add_case, tmp_path):
    add_case("甲", "1")
    run()
    written = outputs(tmp_path / "RUN")
    [picture] = [name for name in written if name.startswith("assets/")]
    assert written[picture][:2] == b"\xff\xd8"
    assert picture.removeprefix("assets/") in written["cases_html/甲.html"].decode()


def test_a_second_run_reads_nothing_and_changes_nothing(run, add_case, control, tmp_path):
    add_case("甲", "1", "2")
    add_case("乙", "1")
    first, _ = run()
    before = outputs(tmp_path / "RUN")
    stamps = {p: p.stat().st_mtime_ns for p in (tmp_path / "RUN").rglob("*.json")}
    second, events = run(today=dt.date(2025, 1, 1))
    assert (first.pages_read, first.pages_reused) == (3, 0)
    assert (second.pages_read, second.pages_reused) == (0, 3)
    assert not any(isinstance(e, PageDone) for e in events)
    assert outputs(tmp_path / "RUN") == before
    assert {p: p.stat().st_mtime_ns for p in (tmp_path / "RUN").rglob("*.json")} == stamps
    assert set(readings(control).values()) == {1}


def test_outputs_do_not_depend_on_the_number_of_workers(run, add_case, tmp_path):
    for number in range(5):
        add_case(f"案{number}", "1", "2 slow", "3", "4 raises")
    run("ONE", workers=1)
    run("TWO", workers=2)
    assert outputs(tmp_path / "ONE") == outputs(tmp_path / "TWO")


def test_the_same_content_is_read_once(run, add_case, batch, control, tmp_path):
    add_case("甲", "1")
    shutil.copytree(batch / "甲", batch / "乙")
    result, _ = run()
    assert readings(control) and set(readings(control).values()) == {1} and len(readings(control)) == 1
    assert result.pages_read == 1
    assert len(case(tmp_path / "RUN", "甲")["pages"]) == len(case(tmp_path / "RUN", "乙")["pages"]) == 1


def test_a_page_that_kills_its_worker_is_quarantined(run, add_case, control, tmp_path):
    add_case("甲", "1", "2 dies-always", "3")
    add_case("乙", "1")
    result, _ = run()
    assert result.exit_code == ExitCode.INCOMPLETE
    sunk = case(tmp_path / "RUN", "甲")
    assert sunk["status"] == "partial"
    assert [p["kind"] for p in sunk["pages"]] == ["scanned", "failed", "scanned"]
    assert [(e["code"], e["page"], e["file"]) for e in sunk["errors"]] == [("P203", 2, "2 dies-always.png")]
    assert case(tmp_path / "RUN", "乙")["status"] == "screened"
    assert sorted(readings(control).values()) == [1, 1, 1, 3]


@pytest.mark.parametrize(("name", "tries"), [("dies-once", 2), ("dies-twice", 3)])
def test_a_page_whose_worker_died_by_chance_is_read(run, add_case, control, tmp_path, name, tries):
    add_case("甲", "1", name)
    result, _ = run()
    assert result.exit_code == ExitCode.OK
    assert sorted(readings(control).values()) == [1, tries]


def test_a_page_that_hangs_is_given_up_in_time(run, add_case, tmp_path):
    add_case("甲", "1", "2 hangs", "3")
    run(seconds_per_page=2)
    errors = case(tmp_path / "RUN", "甲")["errors"]
    assert [(e["code"], e["page"]) for e in errors] == [("P204", 2)]
    assert "2 秒" in errors[0]["message"] and "seconds_per_page" in errors[0]["advice"]


def test_a_page_that_raises_tells_no_secret(run, add_case, tmp_path):
    add_case("甲", "1", "2 raises")
    run()
    [error] = case(tmp_path / "RUN", "甲")["errors"]
    assert error["code"] == "P205" and "ValueError" in error["message"]
    assert not any("张三".encode() in content for content in outputs(tmp_path / "RUN").values())


def test_a_given_up_page_is_tried_again_when_asked_or_when_its_limits_change(run, add_case, control):
    add_case("甲", "1", "2 raises")
    run()
    again, _ = run()
    assert (again.pages_read, again.pages_reused) == (0, 2)
    asked, _ = run(retry=True)
    assert (asked.pages_read, asked.pages_reused) == (1, 1)
    longer, _ = run(seconds_per_page=90)
    assert (longer.pages_read, longer.pages_reused) == (1, 1)
    assert sorted(readings(control).values()) == [1, 3]


@pytest.mark.parametrize(("case_id", "reason"), [("screen-raises", "KeyError"), ("screen-dies", "终止")])
def test_a_case_that_breaks_in_screening_is_failed_alone(run, add_case, tmp_path, case_id, reason):
    add_case(case_id, "1", "2")
    add_case("乙", "1")
    result, _ = run()
    assert result.exit_code == ExitCode.INCOMPLETE
    sunk = case(tmp_path / "RUN", case_id)
    assert sunk["status"] == "failed"
    assert sunk["errors"][-1]["code"] == "F131" and reason in sunk["errors"][-1]["message"]
    assert "王五" not in json.dumps(sunk, ensure_ascii=False)
    assert {o["verdict"] for o in sunk["outcomes"]} == {"unsure"}
    assert case(tmp_path / "RUN", "乙")["status"] == "screened"


def test_files_that_cannot_be_read_fail_their_case_only(run, add_case, batch, tmp_path):
    add_case("good", "1")
    (batch / "empty.pdf").write_bytes(b"")
    (batch / "text.pdf").write_bytes(b"just words, no PDF at all\n" * 20)
    (batch / "cut.zip").write_bytes(b"PK\x03\x04" + b"\0" * 40)
    add_case("mixed", "1")
    (batch / "mixed" / "2.pdf").write_bytes(b"")
    result, _ = run()
    assert {row.case_id: row.status for row in result.summary.cases} == {
        "good": "screened",
        "empty": "failed",
        "text": "failed",
        "cut": "failed",
        "mixed": "partial",
    }
    for case_id in ("empty", "text", "cut", "mixed"):
        errors = case(tmp_path / "RUN", case_id)["errors"]
        assert errors and all(e["code"].startswith("F1") and e["advice"] and e["file"] for e in errors)
    assert (tmp_path / "RUN" / "cases_html" / "empty.html").is_file()


@pytest.mark.parametrize(("name", "code"), [("2 opens-deadly", "F115"), ("2 opens-never", "F116")])
def test_a_file_that_is_too_much_for_its_opener_costs_only_itself(run, add_case, tmp_path, name, code):
    add_case("甲", "1", name, "part/3")
    add_case("乙", "1")
    run(seconds_per_file=4)
    sunk = case(tmp_path / "RUN", "甲")
    assert sunk["status"] == "partial"
    assert [(e["code"], e["file"]) for e in sunk["errors"]] == [(code, f"{name}.png")]
    assert [p["file"] for p in sunk["pages"]] == ["1.png", "part/3.png"]
    assert case(tmp_path / "RUN", "乙")["status"] == "screened"


def test_a_single_file_that_kills_its_opener_is_a_failed_case(run, batch, tmp_path):
    picture(batch / "opens-deadly.png", 1)
    picture(batch / "good.png", 2)
    result, _ = run()
    assert [(row.case_id, row.status) for row in result.summary.cases] == [
        ("opens-deadly", "failed"),  # what nobody could read needs a person first
        ("good", "screened"),
    ]
    assert [e["code"] for e in case(tmp_path / "RUN", "opens-deadly")["errors"]] == ["F115"]
    with Ledger(tmp_path / "RUN" / "ledger.db", read_only=True) as ledger:
        assert [(f.file, f.state, f.code) for f in ledger.files()] == [
            ("good.png", "read", ""),
            ("opens-deadly.png", "skipped", "F115"),
        ]


def test_a_file_in_a_zip_that_kills_its_opener_costs_only_itself(run, batch, tmp_path, control):
    for page in range(3):
        picture(tmp_path / "loose" / f"{page}.png", page)
    shutil.make_archive(str(batch / "opens-deadly"), "zip", tmp_path / "loose")
    run()
    assert [p["file"] for p in case(tmp_path / "RUN", "opens-deadly")["pages"]] == ["0.png", "1.png", "2.png"]


def test_outputs_of_cases_that_are_gone_are_removed_unless_changed(run, add_case, batch, tmp_path):
    add_case("stays", "1")
    add_case("goes", "1")
    add_case("edited", "1")
    run()
    root = tmp_path / "RUN"
    (root / "cases" / "edited.json").write_text("{}")
    (root / "cases" / "foreign.json").write_text("{}")
    pictures = set((root / "assets").iterdir())
    shutil.rmtree(batch / "goes")
    shutil.rmtree(batch / "edited")
    run()
    assert {p.name for p in (root / "cases").iterdir()} == {"stays.json", "edited.json", "foreign.json"}
    assert {p.name for p in (root / "cases_html").iterdir()} == {"stays.html"}
    assert len(set((root / "assets").iterdir())) == len(pictures) - 2
    with Ledger(root / "ledger.db", read_only=True) as ledger:
        assert [row.case_id for row in ledger.cases()] == ["stays"]
        assert {row.case_id for row in ledger.outputs()} == {"stays", ""}


def test_a_broken_engine_ends_the_run_before_anything_is_read(run, add_case, control):
    add_case("甲", "1")
    with pytest.raises(EngineError, match="模型文件") as caught:
        run(work=replace(stand_in(control), prepare=fault_work.prepare_broken))
    assert caught.value.exit_code == ExitCode.ENGINE
    assert readings(control) == {}


def test_a_batch_without_cases_is_refused(run, batch, tmp_path):
    (batch / "notes.txt").write_text("x")
    with pytest.raises(InputError):
        run()
    assert not (tmp_path / "RUN").exists()


@pytest.mark.parametrize(
    ("out", "as_case"), [("批次", False), ("批次/甲", False), ("批次/甲/结果", False), ("批次/结果", True)]
)
def test_a_run_folder_among_the_pages_is_refused(run, add_case, batch, out, as_case):
    add_case("甲", "1")
    before = sorted(batch.rglob("*"))
    with pytest.raises(UsageError, match="运行文件夹不能"):
        run(out, as_case=as_case)
    assert sorted(batch.rglob("*")) == before


def test_a_run_folder_beside_the_cases_is_no_case(run, add_case):
    add_case("甲", "1")
    run("批次/结果")
    result, _ = run("批次/结果")
    assert [row.case_id for row in result.summary.cases] == ["甲"]
    assert [item.name for item in result.summary.skipped] == ["结果"]


def test_a_folder_in_use_is_refused(run, add_case, tmp_path):
    add_case("甲", "1")
    with Workspace(tmp_path / "RUN").locked(), pytest.raises(WorkspaceError, match="正被另一个"):
        run()


def test_the_folder_itself_can_be_one_case(run, add_case, batch, tmp_path):
    add_case("上", "1")
    add_case("下", "1")
    result, _ = run(as_case=True)
    assert [(row.case_id, row.pages) for row in result.summary.cases] == [("批次", 2)]


def test_the_ledger_tells_where_each_case_stands(run, add_case, tmp_path):
    add_case("甲", "1", "2 raises")
    run()
    with Ledger(tmp_path / "RUN" / "ledger.db", read_only=True) as ledger:
        [row] = ledger.cases()
        assert (row.case_id, row.status, row.pages, row.pages_read, row.unreadable) == ("甲", "partial", 2, 2, 1)
        assert (row.high, row.medium, row.low) == (1, 0, 0)
        assert row.problems[0][0] == "P205"
        assert ledger.meta("as_of") == "2024-06-01"


def test_every_page_ends_in_one_state_and_is_committed_once(run, add_case, batch, tmp_path):
    add_case("甲", "1", "2 dies-always", "3")
    add_case("乙", "1")
    (batch / "甲" / "4.pdf").write_bytes(b"%PDF-1.7 cut off")
    shutil.copy(batch / "乙" / "1.png", batch / "乙" / "2.png")
    run()
    with Ledger(tmp_path / "RUN" / "ledger.db", read_only=True) as ledger:
        pages = {(p.case_id, p.file): (p.state, p.code) for p in ledger.pages()}
        files = {(f.case_id, f.file): (f.pages, f.state, f.code) for f in ledger.files()}
    assert pages == {
        ("甲", "1.png"): ("read", ""),
        ("甲", "2 dies-always.png"): ("unreadable", "P203"),
        ("甲", "3.png"): ("read", ""),
        ("乙", "1.png"): ("read", ""),
        ("乙", "2.png"): ("read", ""),
    }
    assert files.pop(("甲", "4.pdf")) == (0, "skipped", "F102")
    assert set(files.values()) == {(1, "read", "")}
    with sqlite3.connect(tmp_path / "RUN" / "ledger.db") as db:
        assert db.execute("SELECT count(*), max(commits) FROM results").fetchone() == (4, 1)


def test_when_the_time_is_over_what_was_read_is_finished_and_the_next_run_goes_on(run, add_case, control, tmp_path):
    for number in range(3):
        add_case(f"案{number}", "1", "2", "3")
    result, _ = run(workers=1, out_of_time=lambda: len(readings(control)) >= 4)
    assert result.exit_code == ExitCode.OUT_OF_TIME
    assert [row.case_id for row in result.summary.cases] == ["案0"]
    assert "到时停止" in (tmp_path / "RUN" / "summary.html").read_text("utf-8")
    with Ledger(tmp_path / "RUN" / "ledger.db", read_only=True) as ledger:
        assert [(row.status, row.pages_read) for row in ledger.cases()] == [
            ("screened", 3),
            ("reading", 1),
            ("waiting", 0),
        ]
        assert [p.state for p in ledger.pages()] == ["read"] * 4 + ["waiting"] * 2
    again, _ = run()
    assert (again.exit_code, again.pages_reused, again.pages_read) == (ExitCode.OK, 4, 5)
    assert set(readings(control).values()) == {1}
    run("WHOLE")
    assert outputs(tmp_path / "RUN") == outputs(tmp_path / "WHOLE")


def test_a_run_without_time_changes_no_outputs_of_an_earlier_one(run, add_case, tmp_path):
    add_case("甲", "1")
    add_case("乙", "1")
    run()
    before = outputs(tmp_path / "RUN")
    result, _ = run(out_of_time=lambda: True)
    assert result.exit_code == ExitCode.OUT_OF_TIME
    after = outputs(tmp_path / "RUN")
    assert {name for name in before if not name.startswith("summary.")} <= set(after)
    run()
    assert outputs(tmp_path / "RUN") == before
