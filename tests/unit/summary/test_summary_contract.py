"""The contract's JSON: keys, order, status, determinism, what may be missing."""

import datetime as dt
import json
import math
from dataclasses import replace

import pytest

from pipeline.casefile import (
    Box,
    CaseFile,
    CatalogueRow,
    DateFact,
    Document,
    Evidence,
    Line,
    Mark,
    Page,
    PageText,
    People,
    Profile,
    Quality,
    Seal,
    Signature,
    SourceRecord,
)
from pipeline.outcomes import Consideration, Finding, MatchedPassage, Outcome
from pipeline.problems import problem
from pipeline.summary.contract import case_json, case_status, dump, failed_case_json

TOP_KEYS = [
    "schema",
    "case_id",
    "status",
    "errors",
    "notes",
    "sources",
    "case_kind",
    "stage",
    "entry",
    "regime",
    "basis",
    "people",
    "pages",
    "documents",
    "dates",
    "misdates",
    "signatures",
    "seals",
    "fingerprints",
    "slots",
    "forms",
    "persons",
    "numbers",
    "catalogue",
    "alterations",
    "corrections",
    "findings",
    "outcomes",
]


def page(number: int, *lines: Line, kind="scanned", grade="good", problems=()) -> Page:
    content = PageText(kind, 0, lines, (), Quality(grade, 0.9), 1000, 1400, tuple(problems))
    return Page(number, "A.pdf", number, content)


@pytest.fixture
def case() -> CaseFile:
    date = DateFact("assignment", dt.date(2022, 8, 3), "d2", 2, Box(0.6, 0.8, 0.8, 0.83), "二〇二二年八月三日", True)
    line = Line("指派通知书", Box(0.4, 0.1, 0.6, 0.13), 0.98)
    stamped = replace(
        page(2, line), content=replace(page(2, line).content, marks=(Mark("seal", Box(0.5, 0.7, 0.7, 0.85), "red"),))
    )
    return CaseFile(
        case_id="A001",
        sources=(SourceRecord("A.pdf", "ab" * 32, 2),),
        pages=(page(1), stamped),
        documents=(
            Document("d1", "cover", "封面", 1, 1, 0.9),
            Document("d2", "assignment_notice", "指派通知书", 2, 2, 0.98),
        ),
        profile=Profile("criminal", "trial", "application", "R1", ("起诉书",)),
        people=People(recipient="王某", lawyer="李某", lawyers=("赵某", "李某")),
        dates=(date,),
        signatures=(Signature("d2", "lawyer", "blank", None, 2, Box(0.1, 0.9, 0.2, 0.95)),),
        seals=(Seal("d2", 2, Box(0.5, 0.7, 0.7, 0.85), "某县法律援助中心"),),
        catalogue=(CatalogueRow("1", "指派通知书", 1, None, 1, Box(0.1, 0.2, 0.9, 0.25)),),
    )


def finding(**changes) -> Finding:
    base = Finding(
        "DAT501", "k1", 6, "high", 0.97, "指派日期早于审批日期", "指派早于审批", "依据", "建议",
        (Evidence(2, Box(0.6, 0.8, 0.8, 0.83), "二〇二二年八月三日"),), "d2", "assignment_notice",
    )  # fmt: skip
    return replace(base, **changes)


def test_keys_stand_in_the_order_of_the_contract(case):
    told = case_json(case, ())
    assert list(told) == TOP_KEYS
    assert list(failed_case_json("A001", (), ())) == TOP_KEYS
    assert list(told["pages"][0])[:6] == ["page", "file", "file_page", "kind", "rotation", "text"]


def test_what_was_seen_is_laid_out_as_the_contract_says(case):
    told = case_json(case, ())
    assert told["schema"] == 1
    assert (told["case_kind"], told["stage"], told["entry"], told["regime"]) == (
        "criminal",
        "trial",
        "application",
        "R1",
    )
    assert told["people"]["lawyer"] == "李某"
    assert told["people"]["lawyers"] == ["赵某", "李某"]
    assert told["people"]["agency"] is None
    assert told["documents"][1] == {
        "id": "d2",
        "type": "assignment_notice",
        "title": "指派通知书",
        "pages": [2, 2],
        "confidence": 0.98,
        "evidence": [],
    }
    date = told["dates"][0]
    assert (date["role"], date["value"], date["document"], date["page"]) == ("assignment", "2022-08-03", "d2", 2)
    assert (date["bbox"], date["raw"], date["certain"]) == ([0.6, 0.8, 0.8, 0.83], "二〇二二年八月三日", True)
    assert told["signatures"][0]["state"] == "blank"
    assert told["signatures"][0]["mark"] is None
    assert told["seals"] == [{"document": "d2", "page": 2, "bbox": [0.5, 0.7, 0.7, 0.85], "text": "某县法律援助中心"}]
    assert told["pages"][1]["marks"][0]["kind"] == "seal"
    assert told["catalogue"][0]["last"] is None


def test_a_finding_and_its_outcome(case):
    considered = Consideration("lawful", "补正期间不计入", "LA11", "d1", (1,))
    outcome = Outcome("DAT501", "flag", "早于", considered=(considered,), findings=(finding(constraint="D04"),))
    told = case_json(case, (outcome,))
    found = told["findings"][0]
    assert found["evidence"] == [{"page": 2, "bbox": [0.6, 0.8, 0.8, 0.83], "text": "二〇二二年八月三日"}]
    assert found["details"] == {"constraint": "D04"}
    assert found["key"] == "k1"
    assert told["outcomes"] == [
        {
            "rule": "DAT501",
            "verdict": "flag",
            "why": "早于",
            "considered": [
                {"verdict": "lawful", "lawful": "LA11", "why": "补正期间不计入", "document": "d1", "pages": [1]}
            ],
        }
    ]


def test_a_missing_document_has_no_document_but_a_type(case):
    missing = finding(rule="DOC101", document=None, document_type="recipient_rights_notice")
    told = case_json(case, (Outcome("DOC101", "flag", "缺少", findings=(missing,)),))["findings"][0]
    assert told["document"] is None
    assert told["document_type"] == "recipient_rights_notice"


def test_matched_passages_and_missing_items_are_kept(case):
    evidence = Evidence(1, Box(0, 0, 1, 0.5), "同样的话")
    copied = finding(passages=(MatchedPassage(evidence, replace(evidence, page=2), 0.875),), missing=("自首",))
    told = case_json(case, (Outcome("CPY601", "flag", "", findings=(copied,)),))["findings"][0]
    assert told["passages"][0]["similarity"] == 0.875
    assert told["passages"][0]["origin"]["page"] == 2
    assert told["details"]["missing"] == ["自首"]


@pytest.mark.parametrize("verdict", ["unsure", "lawful", "pass", "not_applicable", "error"])
def test_verdicts_without_findings_carry_only_what_they_have(case, verdict):
    told = case_json(case, (Outcome("DOC103", verdict, "为何", pages=(1, 2)),))["outcomes"][0]
    assert told == {"rule": "DOC103", "verdict": verdict, "why": "为何", "pages": [1, 2]}


def test_status_by_what_was_lost(case):
    gone = page(2, kind="failed", problems=[problem("P201", detail="x")])
    assert case_status(case) == "screened"
    assert case_status(replace(case, pages=(page(1), gone))) == "partial"
    assert case_status(replace(case, pages=(gone,))) == "failed"
    assert case_status(replace(case, pages=())) == "failed"
    assert case_status(replace(case, problems=(problem("F101", file="B.pdf"),))) == "partial"
    assert case_status(replace(case, problems=(problem("F112", detail="2 页", file="A.pdf"),))) == "screened"
    assert case_json(case, (), status="partial")["status"] == "partial"


def test_problems_of_pages_are_told_once_with_their_place(case):
    trouble = problem("P208", detail="截断", file="A.pdf", file_page=2)
    broken = page(2, kind="failed", problems=[trouble])
    told = case_json(replace(case, pages=(page(1), broken), problems=(trouble,)), ())
    assert [(e["page"], e["file"], e["code"], e["lost"]) for e in told["errors"]] == [(2, "A.pdf", "P208", "page")]
    assert "请" in told["errors"][0]["advice"]


def test_what_needs_nothing_is_a_note_and_no_error(case):
    told = case_json(replace(case, pages=(page(1, problems=[problem("P206")]), page(2))), ())
    assert told["errors"] == []
    assert [note["code"] for note in told["notes"]] == ["P206"]
    assert told["status"] == "screened"


def test_a_failed_case_still_answers_every_rule():
    told = failed_case_json("坏", (), (problem("F102", file="坏.pdf"),), rules=("DOC101", "DAT501"))
    assert told["status"] == "failed"
    assert told["case_kind"] is None
    assert told["errors"][0]["code"] == "F102"
    assert {o["rule"]: o["verdict"] for o in told["outcomes"]} == {"DOC101": "unsure", "DAT501": "unsure"}


def test_bytes_are_the_same_for_the_same_case_and_round_floats(case):
    first, second = dump(case_json(case, ())), dump(case_json(case, ()))
    assert first == second
    moved = replace(case, seals=(Seal("d2", 2, Box(1 / 3, -0.00001, 0.7, 0.85), ""),))
    assert json.loads(dump(case_json(moved, ())))["seals"][0]["bbox"] == [0.3333, 0.0, 0.7, 0.85]
    assert b"-0.0" not in dump(case_json(moved, ()))
    assert first.endswith(b"}\n")
    assert "指派通知书".encode() in first


def test_a_file_name_that_is_no_unicode_survives(case):
    name = b"\xb0\xb8.pdf".decode("utf-8", "surrogateescape")
    told = dump(case_json(replace(case, case_id=name), ()))
    assert json.loads(told.decode("utf-8"))["case_id"] == name


def test_no_number_that_json_has_no_word_for(case):
    with pytest.raises(ValueError, match="JSON"):
        dump(case_json(replace(case, seals=(Seal("d2", 2, Box(math.nan, 0, 1, 1), ""),)), ()))
