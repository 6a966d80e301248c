import itertools
import json

import pytest

from pipeline.batch.outputs import REPORT_EVERY, Outputs, load_case, plain_page
from pipeline.batch.work import present
from pipeline.problems import InputError
from pipeline.store.ledger import Ledger
from pipeline.store.workspace import Workspace
from pipeline.summary.contract import failed_case_json


@pytest.fixture
def run_folder(tmp_path):
    (tmp_path / "cases").mkdir()
    for case_id in ("A001", "A002", "李某盗窃"):
        (tmp_path / "cases" / f"{case_id}.json").write_text(json.dumps({"case_id": case_id}), "utf-8")
    return tmp_path


def test_a_case_is_loaded(run_folder):
    assert load_case(run_folder, "李某盗窃") == {"case_id": "李某盗窃"}


def test_a_wrong_name_is_answered_with_near_ones(run_folder):
    with pytest.raises(InputError, match="没有案卷 A01") as caught:
        load_case(run_folder, "A01")
    assert "A001" in caught.value.advice


def test_a_name_is_no_path(run_folder):
    (run_folder / "secret.json").write_text("{}")
    with pytest.raises(InputError):
        load_case(run_folder, "../secret")


def test_another_folder_and_a_broken_result_are_told(run_folder, tmp_path):
    (run_folder / "cases" / "A001.json").write_text("{")
    with pytest.raises(InputError, match="读不了"):
        load_case(run_folder, "A001")
    with pytest.raises(InputError, match="不是运行文件夹"):
        load_case(tmp_path / "nowhere", "A001")


def test_the_page_that_stands_in_holds_no_markup_of_the_case():
    assert b"<script>" not in plain_page("<script>x</script>", "原因")


def test_the_page_of_the_batch_is_written_now_and_then_and_seldom_where_that_takes_long(tmp_path, monkeypatch):
    workspace = Workspace(tmp_path / "RUN")
    workspace.create()
    now, costs, written = 0.0, 0.5, []
    render = Outputs.summary

    def summary(self, halt):
        nonlocal now
        now += costs
        written.append(now)
        return render(self, halt)

    monkeypatch.setattr(Outputs, "summary", summary)
    with Ledger(workspace.ledger) as ledger:
        names = [f"案{n}" for n in range(400)]
        ledger.begin_cases(names)
        outputs = Outputs(workspace, ledger, "批次", (), (), clock=lambda: now)
        for position, name in enumerate(names):
            now += 5.0
            costs = 0.5 if position < 200 else 4.0
            outputs.write_case(position, present(failed_case_json(name, (), ())), b"")
    spans = [later - earlier for earlier, later in itertools.pairwise(written)]
    assert all(REPORT_EVERY < span < REPORT_EVERY + 6 for span in spans[:7])
    assert all(400 < span < 410 for span in spans[9:])
    assert "写下本页时运行尚未结束" in (workspace.root / "summary.html").read_text("utf-8")
