"""The worker that judges a case anew, as it runs in the office; and the whole way on a real scan."""

import json
import time
from pathlib import Path

import pikepdf
import pytest
from inline_engine import InlineEngine
from web_desk import Desk, make_site
from web_runs import PLAIN_ID, TODAY, settings

from pipeline.batch.run import run_batch
from pipeline.corrections import Correction, Target
from pipeline.web import judging
from pipeline.web.judging import Judging, JudgingError

SCANS = Path(__file__).parents[3] / "sample_scans" / "cases"


@pytest.mark.slow
def test_a_worker_of_its_own_judges_and_ends_with_the_server(run_root: Path) -> None:
    judged = Judging(settings())
    judged.warm()
    try:
        case = json.loads(judged.judge(run_root, PLAIN_ID, (Correction("entry", Target(), "notice", id=1),)))
        assert case["entry"] == "notice"
        with pytest.raises(JudgingError, match="未能按更正重新判断"):
            judged.judge(run_root, "没有这个案卷", ())
        assert json.loads(judged.judge(run_root, PLAIN_ID, ()))["entry"] == "application", "it goes on after a failure"
    finally:
        judged.close()
    with pytest.raises(JudgingError):
        judged.judge(run_root, PLAIN_ID, ())


def test_a_case_that_is_opened_is_understood_before_it_is_corrected(
    run_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    monkeypatch.setattr(judging, "judge_again", lambda wanted: done.append(wanted.case_id) or b"{}")
    judged = Judging(settings(), InlineEngine)
    judged.prepare(run_root, PLAIN_ID, ())
    time.sleep(0.2)
    assert done == [], "no worker is started for it"
    judged.judge(run_root, "x", ())
    for _ in range(3):
        judged.prepare(run_root, PLAIN_ID, ())
    deadline = time.monotonic() + 5
    while done != ["x", PLAIN_ID] and time.monotonic() < deadline:
        time.sleep(0.01)
    assert done == ["x", PLAIN_ID]
    judged.close()
    judged.prepare(run_root, "y", ())


@pytest.mark.slow
def test_a_real_scan_is_corrected_within_a_second_without_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    truth = json.loads((SCANS / "s10.truth.json").read_text("utf-8"))
    assert "DAT501" in {one["rule"] for one in truth["findings"]}
    (tmp_path / "批次").mkdir()
    with pikepdf.open(SCANS / "s10.pdf") as scan:
        needed = [d["pages"][1] for d in truth["documents"] if d["type"] in ("approval_form", "assignment_notice")]
        del scan.pages[max(needed) :]
        scan.save(tmp_path / "批次" / "s10.pdf")
    run_batch(tmp_path / "批次", tmp_path / "RUN", settings(), today=TODAY)
    ledger = (tmp_path / "RUN" / "ledger.db").read_bytes()
    site = make_site([tmp_path / "RUN"])
    site.judging.warm()
    try:
        with Desk(site) as desk:
            case = desk.get(f"{desk.case_url('s10')}.json").json()
            assert "DAT501" in {one["rule"] for one in case["findings"]}
            desk.get(desk.case_url("s10"))
            date = next(one for one in case["dates"] if one["role"] == "assignment")
            box = ",".join(map(str, date["bbox"]))
            fields = {"kind": "date", "page": date["page"], "role": "assignment", "raw": date["raw"], "bbox": box}
            site.judging.judge(tmp_path / "RUN", "s10", ())  # the worker is warm
            began = time.perf_counter()
            answer = desk.post(
                f"{desk.case_url('s10')}/corrections",
                json=fields | {"value": "2022-11-24"},
                headers={"accept": "application/json", "x-csrf-token": desk.csrf},
            )
            seconds = time.perf_counter() - began
            assert "DAT501" in {one["rule"] for one in answer.json()["gone"]}
            assert "DAT501" not in {f["rule"] for f in desk.get(f"{desk.case_url('s10')}.json").json()["findings"]}
    finally:
        site.close()
    assert (tmp_path / "RUN" / "ledger.db").read_bytes() == ledger, "nothing was read or noted"
    with capsys.disabled():
        print(f"\ncorrected {len(case['pages'])} pages in {seconds:.2f} s")
    assert seconds < 3.0, "a second on a machine that does nothing else"
