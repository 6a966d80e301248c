"""A case judged once more without reading says what a full run says with the same corrections, byte for byte."""

import datetime as dt
import json
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from inline_engine import InlineEngine
from web_runs import BROKEN_ID, PLAIN_ID, TODAY, copy_run, make_run, settings

import pipeline.batch.placing
from pipeline.batch.again import Again, judge_again
from pipeline.batch.run import run_batch
from pipeline.batch.work import REAL
from pipeline.box import Box
from pipeline.corrections import Correction, Place, Target
from pipeline.detectors.registry import all_rules
from pipeline.store.reviews import Reviews

AT = {"author": "甲", "at": "2026-03-04T09:30:00+08:00"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_run(tmp_path_factory.mktemp("again"))


@pytest.fixture
def run(made: Path, tmp_path: Path) -> Path:
    return copy_run(made, tmp_path)


def content(run: Path, case_id: str = PLAIN_ID) -> bytes:
    return (run / "cases" / f"{case_id}.json").read_bytes()


def corrections(run: Path) -> list[Correction]:
    """One of each kind, of what stands in the case."""
    case = json.loads(content(run))
    sha256 = case["sources"][0]["sha256"]
    date = next(one for one in case["dates"] if one["role"] == "assignment")
    signature = next(one for one in case["signatures"] if one["state"] == "blank")

    def at(page: int, role: str = "", raw: str = "", box: list[float] | None = None) -> Target:
        return Target(Place(sha256, page), role, raw, Box(*box) if box else None)

    return [
        Correction("date", at(date["page"], "assignment", date["raw"], date["bbox"]), "2022-06-23", **AT),
        Correction("new_date", at(9), "2022-07-12", "hearing", **AT),
        Correction("no_date", at(7, "indictment", "二〇二二年六月七日"), **AT),
        Correction("begin", at(9), **AT),
        Correction("type", at(9), "hearing_record", **AT),
        Correction("join", at(3), **AT),
        Correction("signature", at(signature["page"], signature["role"], "", signature["bbox"]), "signed", **AT),
        Correction("case_kind", Target(), "criminal", **AT),
        Correction("stage", Target(), "prosecution_review", **AT),
        Correction("entry", Target(), "notice", **AT),
        Correction("date", Target(Place("f" * 64, 1), "approval", "x"), "2022-06-23", **AT),
    ]


def run_again(run: Path, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the batch once more into the same folder; nothing may be read."""

    def never(*_: object) -> bytes:
        raise AssertionError("read")

    monkeypatch.setattr(pipeline.batch.placing, "local_engine", InlineEngine)
    work = replace(REAL, prepare=lambda *_: "stand-in 1", read=never)
    run_batch(made.parent / "批次", run, settings(), today=TODAY + dt.timedelta(9), work=work)


def judged(run: Path, case_id: str = PLAIN_ID) -> bytes:
    return judge_again(Again(run, case_id, Reviews(run / "reviews.db").standing(case_id), "national"))


def told_apart(content: bytes) -> Any:
    """A case without what hangs on the other files: that is the run's to say, and may change with a type."""
    case = json.loads(content)
    across = {rule.code for rule in all_rules() if rule.across}
    return case | {name: [one for one in case[name] if one["rule"] not in across] for name in ("outcomes", "findings")}


@pytest.mark.parametrize("case_id", [PLAIN_ID, BROKEN_ID])
def test_without_corrections_it_says_what_the_run_said(run: Path, case_id: str) -> None:
    if case_id == PLAIN_ID:
        assert judged(run, case_id) == content(run, case_id)
    else:
        case = json.loads(content(run, case_id))
        assert case["status"] == "failed" == json.loads(judged(run, case_id))["status"]


@pytest.mark.slow
def test_every_kind_of_correction_alone_gives_what_a_run_gives(
    run: Path, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Reviews(run / "reviews.db")
    for correction in corrections(run):
        number = kept.correct(PLAIN_ID, correction)
        again = judged(run)
        assert [one["id"] for one in json.loads(again)["corrections"]] == [number]
        run_again(run, made, monkeypatch)
        assert told_apart(again) == told_apart(content(run)), correction.kind
        if correction.kind not in ("type", "begin", "join"):
            assert again == content(run), correction.kind
        kept.withdraw(PLAIN_ID, number, "甲", "t")


def test_all_together_and_withdrawn_again(run: Path, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, kept = content(run), Reviews(run / "reviews.db")
    numbers = [kept.correct(PLAIN_ID, correction) for correction in corrections(run)]
    again = judged(run)
    run_again(run, made, monkeypatch)
    assert told_apart(again) == told_apart(content(run)) != told_apart(before)
    assert "DAT501" not in {one["rule"] for one in json.loads(again)["findings"]}
    for number in numbers:
        kept.withdraw(PLAIN_ID, number, "甲", "t")
    assert told_apart(judged(run)) == told_apart(before), "from what the run wrote with corrections"
    run_again(run, made, monkeypatch)
    assert content(run) == before
    assert len(kept.corrections()) == len(numbers), "the run keeps its hands off people's work"


def test_a_page_whose_reading_was_not_kept_stays_failed(run: Path) -> None:
    with sqlite3.connect(run / "ledger.db") as db:
        db.execute("DELETE FROM results WHERE page = 3")
    case = json.loads(judged(run))
    assert case["pages"][3]["kind"] == "failed" and case["pages"][4]["kind"] == "scanned"


def test_what_was_said_of_other_files_is_taken_over_with_its_document(run: Path) -> None:
    path = run / "cases" / f"{PLAIN_ID}.json"
    case = json.loads(path.read_bytes())
    document = next(one for one in case["documents"] if one["type"] == "file_reading_record")
    alike = {**case["findings"][0], "rule": "CPY603", "key": "c" * 16, "document": document["id"]}
    case["findings"].append(alike)
    for outcome in case["outcomes"]:
        if outcome["rule"] == "CPY603":
            outcome |= {"verdict": "flag", "why": "与另一案卷雷同", "document": document["id"]}
    path.write_text(json.dumps(case, ensure_ascii=False), "utf-8")
    sha256 = case["sources"][0]["sha256"]
    Reviews(run / "reviews.db").correct(PLAIN_ID, Correction("join", Target(Place(sha256, 3)), **AT))
    again = json.loads(judged(run))
    (found,) = [one for one in again["findings"] if one["rule"] == "CPY603"]
    (outcome,) = [one for one in again["outcomes"] if one["rule"] == "CPY603"]
    now = next(one for one in again["documents"] if one["type"] == "file_reading_record")
    assert now["id"] != document["id"] == alike["document"]
    assert (found["document"], found["key"]) == (now["id"], "c" * 16)
    assert (outcome["verdict"], outcome["document"]) == ("flag", now["id"])
