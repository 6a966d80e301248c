"""The record of a run: what another terminal and the morning after can tell, however the run ended."""

import json

import pytest

from pipeline.batch.events import CaseDone, CaseOpened, Comparing, PageDone, RunStarted
from pipeline.batch.record import earlier_runs, last_run, take_earlier
from pipeline.batch.recorder import EVERY, Recorder
from pipeline.problems import WorkspaceError
from pipeline.store.ledger import CaseRow, Ledger
from pipeline.store.workspace import Workspace
from pipeline.summary import overview


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
def ledger(workspace):
    with Ledger(workspace.ledger) as opened:
        yield opened


@pytest.fixture
def recorder(workspace, ledger, clock):
    told = []

    def make():
        made = Recorder(workspace, ledger, told.append, wall=clock, clock=clock)
        made.told = told
        return made

    return make


def row(case_id, status="screened"):
    return overview.CaseRow(case_id, status, None, None, None, None, 10, (), 0, 0, 0, 0)


def play(recorder, clock, *, pages=10):
    recorder(RunStarted(2, (), 1, "rapid 1"))
    recorder(CaseOpened("甲", 10, 0))
    for page in range(pages):
        clock.now += 1
        recorder(PageDone("甲", page + 1, page == 3, 1.0))


def page_of(workspace):
    return (workspace.root / "run.html").read_text("utf-8")


def test_while_it_runs_the_record_says_how_far_it_is(recorder, ledger, clock, workspace):
    with recorder() as made:
        assert last_run(ledger).phase == "starting"
        play(made, clock)
        record = last_run(ledger)
        assert (record.how, record.phase, record.cases, record.model) == ("running", "reading", 2, "rapid 1")
        assert record.pages_read in (9, 10) and record.pages_failed == 1 and record.pages_expected == 20
        assert record.rate == pytest.approx(1.0, rel=0.2) and record.seconds_left > 5
        assert "写下时尚未结束" in page_of(workspace)
        made(Comparing(2))
        assert last_run(ledger).phase == "comparing"
        assert [type(event).__name__ for event in made.told][:2] == ["RunStarted", "CaseOpened"]
        assert len(made.told) == 13


def test_it_is_written_seldom(recorder, ledger, clock, monkeypatch):
    written = []
    with recorder() as made:
        keep = ledger.set_meta
        monkeypatch.setattr(ledger, "set_meta", lambda **values: (written.append(1), keep(**values)))
        made(RunStarted(1, (), 1, ""))
        made(CaseOpened("甲", 5000, 0))
        for page in range(5000):
            clock.now += 0.002  # five hundred pages a second
            made(PageDone("甲", page, False, 0.002))
        assert len(written) <= 2 + 10 / EVERY


def test_how_it_ended_is_told(recorder, ledger, clock, workspace):
    with recorder() as made:
        play(made, clock)
        made(CaseDone(row("甲"), 11.0))
        made.ended("out of time")
    record = last_run(ledger)
    assert (record.how, record.pages_read, record.cases_done, record.seconds_left) == ("out of time", 10, 1, None)
    assert "到时停止" in page_of(workspace) and "识别 10 页" in page_of(workspace)
    assert record.reading == pytest.approx(1.0) and record.judging == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("error", "how", "said"),
    [
        (KeyboardInterrupt(), "interrupted", "被中断"),
        (WorkspaceError("写不了 <甲>.json (No space left on device)"), "failed", "写不了 &lt;甲&gt;.json"),
        (KeyError("张三"), "failed", "KeyError"),
    ],
)
def test_an_error_is_told_and_passed_on(recorder, ledger, clock, workspace, error, how, said):
    with pytest.raises(type(error)), recorder() as made:
        play(made, clock, pages=2)
        raise error
    assert last_run(ledger).how == how
    assert said in page_of(workspace) and "张三" not in page_of(workspace)


def test_what_cannot_be_written_hides_no_error(recorder, ledger, workspace, monkeypatch):
    def full(self, path, content):
        raise WorkspaceError("写不了")

    with pytest.raises(KeyboardInterrupt), recorder():
        monkeypatch.setattr(Workspace, "write", full)
        raise KeyboardInterrupt


def test_a_run_that_was_killed_is_told_as_such_by_the_next(recorder, ledger, clock, workspace):
    killed = recorder().__enter__()
    play(killed, clock)
    clock.now += 3600
    with recorder() as made:
        play(made, clock, pages=1)
    [before] = earlier_runs(ledger)
    assert before.how == "killed" and before.pages_read >= 9
    assert before.updated < last_run(ledger).began
    assert "未正常结束" in page_of(workspace)


def test_the_next_run_knows_pages_and_costs_even_when_the_one_between_was_killed_at_once(recorder, ledger, clock):
    with recorder() as made:
        ledger.begin_cases(["甲", "乙", "丙"])
        play(made, clock)
        ledger.keep_case(CaseRow("甲", 0, "screened", 10, 10))
        ledger.keep_case(CaseRow("乙", 1, "reading", 30, 4))
    recorder().__enter__()
    ledger.begin_cases(["甲", "乙", "丙"])  # and was killed
    ledger.keep_case(CaseRow("乙", 1, "reading", 30, 6))
    with recorder() as third:
        third(RunStarted(3, (), 2, "x"))
        earlier = third.told[-1].earlier
    assert earlier.pages == {"甲": (10, 10), "乙": (30, 6)}
    assert earlier.reading == pytest.approx(1.0)


def test_a_damaged_record_is_none(ledger):
    ledger.set_meta(progress="{", runs='[{"began": 1}, 3]', pages_counted="[]")
    assert last_run(ledger) is None and earlier_runs(ledger) == ()
    assert take_earlier(ledger).pages == {}
    ledger.set_meta(progress=json.dumps({"began": 1.0, "updated": 2.0, "unknown": 3}))
    assert last_run(ledger).updated == 2.0
