"""Files that are replaced, taken away or brought back while a batch runs: old and new bytes are never mixed."""

import hashlib
import json
import shutil

import pytest
import watch_work
from fault_work import picture, readings

from pipeline.problems import ExitCode
from pipeline.store.ledger import Ledger

pytestmark = pytest.mark.slow  # real worker processes


def case(root, case_id):
    return json.loads((root / "cases" / f"{case_id}.json").read_text("utf-8"))


def sha(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def texts(case):
    return [page["text"].split()[0] if page["text"] else None for page in case["pages"]]


@pytest.fixture
def work(control):
    return watch_work.stand_in(control)


@pytest.fixture
def user(control, work):
    return control / "user"


def test_a_file_replaced_before_its_page_is_read_is_read_as_what_it_is_now(
    run, add_case, batch, work, user, control, tmp_path
):
    add_case("甲", "1", "2")
    old = sha(batch / "甲" / "2.png")
    picture(user / "new 2.png", 77)
    result, _ = run(work=work, workers=1)
    assert result.exit_code == ExitCode.OK
    now = case(tmp_path / "RUN", "甲")
    new = sha(batch / "甲" / "2.png")
    assert new != old
    assert [source["sha256"] for source in now["sources"]] == [sha(batch / "甲" / "1.png"), new]
    assert texts(now) == [source["sha256"][:8] for source in now["sources"]]
    assert now["errors"] == []
    assert f"{old[:12]}-0" not in readings(control / "read")
    assert set(readings(control / "read").values()) == {1}


def test_a_file_that_is_replaced_again_and_again_costs_only_its_page(run, add_case, work, user, tmp_path):
    add_case("甲", "1", "2", "3")
    add_case("乙", "1")
    picture(user / "new 2.png", 77)
    (user / "again 2.png").touch()
    result, _ = run(work=work, workers=1)
    assert result.exit_code == ExitCode.INCOMPLETE
    sunk = case(tmp_path / "RUN", "甲")
    assert sunk["status"] == "partial"
    assert [(e["code"], e["page"], e["file"]) for e in sunk["errors"]] == [("F121", 2, "2.png")]
    assert [page["kind"] for page in sunk["pages"]] == ["scanned", "failed", "scanned"]
    assert case(tmp_path / "RUN", "乙")["status"] == "screened"


def test_a_file_that_was_gone_is_read_when_it_is_back(run, add_case, batch, work, user, control, tmp_path):
    add_case("甲", "1", "2", "3")
    (user / "away 2.png").touch()
    gone, _ = run(work=work, workers=1)
    assert gone.exit_code == ExitCode.INCOMPLETE
    assert [(e["code"], e["page"]) for e in case(tmp_path / "RUN", "甲")["errors"]] == [("F113", 2)]
    with Ledger(tmp_path / "RUN" / "ledger.db", read_only=True) as ledger:
        [row] = ledger.cases()
        assert (row.status, row.pages, row.unreadable) == ("partial", 3, 1)
    (user / "kept 2.png").replace(batch / "甲" / "2.png")
    back, _ = run(work=work, workers=1)
    assert back.exit_code == ExitCode.OK
    assert (back.pages_read, back.pages_reused) == (1, 2)
    assert set(readings(control / "read").values()) == {1}


def test_a_content_that_lies_twice_is_read_where_it_is_left(run, add_case, batch, work, user, control, tmp_path):
    add_case("甲", "1")
    shutil.copytree(batch / "甲", batch / "乙")
    (user / "away 1.png").touch()
    run(work=work, workers=1)
    [gone] = [name for name in ("甲", "乙") if not (batch / name / "1.png").exists()]
    [left] = {"甲", "乙"} - {gone}
    assert case(tmp_path / "RUN", left)["status"] == "screened"
    assert [e["code"] for e in case(tmp_path / "RUN", gone)["errors"]] == ["F113"]


def test_a_batch_that_goes_away_in_the_middle_is_finished_and_goes_on_when_it_is_back(
    run, add_case, batch, work, user, control, tmp_path
):
    for number in range(3):
        add_case(f"案{number}", "1", "2")
    for number in range(3):
        for page in "12":
            shutil.move(batch / f"案{number}" / f"{page}.png", batch / f"案{number}" / f"{number}-{page}.png")
    run("WHOLE", work=work)
    shutil.rmtree(control / "read")
    (control / "read").mkdir()
    for name in ("1-1", "1-2", "2-1", "2-2"):
        (user / f"away {name}.png").touch()
    gone, _ = run(work=work)
    assert gone.exit_code == ExitCode.INCOMPLETE
    for number in (1, 2):
        assert {e["code"] for e in case(tmp_path / "RUN", f"案{number}")["errors"]} == {"F113"}
        for page in "12":
            (user / f"kept {number}-{page}.png").replace(batch / f"案{number}" / f"{number}-{page}.png")
    back, _ = run(work=work)
    assert (back.exit_code, back.pages_read, back.pages_reused) == (ExitCode.OK, 4, 2)
    for number in range(3):
        assert case(tmp_path / "RUN", f"案{number}") == case(tmp_path / "WHOLE", f"案{number}")
