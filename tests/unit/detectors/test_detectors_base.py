"""How answers become an outcome: which leads, what is kept beside it, and what a decision sticks to."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

import pytest
from detector_cases import Paper, case_of

from pipeline.casefile import Box, Evidence
from pipeline.detectors.base import Answer, Flag, Lawful, NotApplicable, Pass, Rule, Unsure, Weighed, detector, judge
from pipeline.detectors.view import CaseView
from pipeline.outcomes import Finding

CASE = case_of(Paper("cover"))


def rule_of(*answers: Answer) -> Rule:
    """A rule that gives these answers, whatever the case."""

    @detector(
        code="TRY001",
        title="试验",
        severity="medium",
        circular_item=6,
        basis={"R0": "条例", "*": "法律援助法"},
        advice="请看原件",
    )
    def answering(case: CaseView) -> Iterator[Answer]:
        yield from answers

    return answering


def finding_of(flag: Flag) -> Finding:
    (finding,) = judge(rule_of(flag), CASE).findings
    return finding


FLAG = Flag("早于")
UNSURE = Unsure("看不清", (3,))
LAWFUL = Lawful("先行提供", "LA01", "d1", (1,))
NOT_APPLICABLE = NotApplicable("没有这项要求")
PASS = Pass("在序")
RANKED = [("flag", FLAG), ("unsure", UNSURE), ("lawful", LAWFUL), ("not_applicable", NOT_APPLICABLE), ("pass", PASS)]


@pytest.mark.parametrize("start", range(len(RANKED)))
def test_the_gravest_answer_leads_in_whatever_order_they_come(start: int) -> None:
    for order in permutations(RANKED[start:]):
        outcome = judge(rule_of(*(answer for _, answer in order)), CASE)
        assert outcome.verdict == RANKED[start][0]
        assert [one.verdict for one in outcome.considered] == [verdict for verdict, _ in RANKED[start + 1 :]]


def test_what_was_considered_keeps_its_reason_and_place() -> None:
    considered = judge(rule_of(FLAG, LAWFUL, UNSURE), CASE).considered
    assert [(one.why, one.lawful, one.document, one.pages) for one in considered] == [
        ("看不清", None, None, (3,)),
        ("先行提供", "LA01", "d1", (1,)),
    ]


def test_an_explanation_that_does_not_hold_is_named_and_never_leads() -> None:
    weighed = Weighed("卷内未注明先行提供", "LA01")
    flagged = judge(rule_of(weighed, FLAG), CASE)
    assert [(one.verdict, one.lawful, one.why) for one in flagged.considered] == [
        ("not_applicable", "LA01", "卷内未注明先行提供")
    ]
    assert judge(rule_of(weighed, PASS), CASE).verdict == "pass"
    assert judge(rule_of(weighed), CASE).verdict == "pass"


def test_a_leading_doubt_or_look_alike_names_its_pages() -> None:
    unsure, lawful = judge(rule_of(UNSURE), CASE), judge(rule_of(PASS, LAWFUL), CASE)
    assert (unsure.pages, unsure.lawful, unsure.document) == ((3,), None, None)
    assert (lawful.pages, lawful.lawful, lawful.document) == ((1,), "LA01", "d1")


def test_each_flag_is_a_finding_and_none_is_considered() -> None:
    outcome = judge(rule_of(Flag("甲", document_type="cover"), Flag("乙", severity="high"), PASS), CASE)
    assert [finding.message for finding in outcome.findings] == ["甲", "乙"]
    assert [finding.severity for finding in outcome.findings] == ["medium", "high"]
    assert outcome.why == "甲; 乙"
    assert [one.verdict for one in outcome.considered] == ["pass"]


def test_answers_of_one_rank_keep_the_order_they_came_in() -> None:
    outcome = judge(rule_of(Unsure("甲", (1,)), Unsure("乙", (2,))), CASE)
    assert (outcome.why, outcome.pages) == ("甲", (1,))
    assert [(one.why, one.pages) for one in outcome.considered] == [("乙", (2,))]


def test_a_finding_carries_what_the_rule_says_of_itself() -> None:
    finding = finding_of(Flag("早于", constraint="D04", missing=("签名",), confidence=0.7))
    assert (finding.rule, finding.title, finding.advice) == ("TRY001", "试验", "请看原件")
    assert (finding.circular_item, finding.basis) == (6, "法律援助法")
    assert (finding.constraint, finding.missing, finding.confidence) == ("D04", ("签名",), 0.7)


def test_the_basis_is_that_of_the_period() -> None:
    rule = rule_of(PASS)
    assert rule.basis_for("R0") == "条例"
    assert {rule.basis_for(regime) for regime in ("R1", "R2", "R3")} == {"法律援助法"}


def test_the_documentation_is_the_modules() -> None:
    assert rule_of(PASS).doc.startswith("How answers become an outcome")


def evidence(page: int, quote: str, top: float = 0.5) -> Evidence:
    return Evidence(page, Box(0.1, top, 0.4, top + 0.02), quote)


def test_the_key_survives_a_page_more_and_another_box() -> None:
    """A decision of a person must still belong to the finding when the file was scanned again."""
    before = finding_of(Flag("第5页", evidence=(evidence(5, "2022年8月3日"),), document="d3", constraint="D04"))
    after = finding_of(Flag("第6页", evidence=(evidence(6, "2022年8月3日", 0.7),), document="d4", constraint="D04"))
    assert before.key == after.key
    assert len(before.key) == 16


def test_the_key_survives_other_spacing_width_and_order() -> None:
    one = finding_of(Flag("", evidence=(evidence(1, "2022 年 8 月 3 日"), evidence(2, "审批：同意"))))
    two = finding_of(Flag("", evidence=(evidence(2, "审批:同意"), evidence(1, "２０２２年8月3日"))))
    assert one.key == two.key


def test_a_missing_paper_is_the_same_wherever_it_is_pointed_at() -> None:
    beside = Flag("", evidence=(evidence(5, "指派通知书"),), document_type="recipient_rights_notice")
    listed = Flag("", evidence=(evidence(2, "受援人须知"),), document_type="recipient_rights_notice")
    assert finding_of(beside).key == finding_of(listed).key


def test_two_places_that_read_alike_are_two_findings() -> None:
    one = Flag("", evidence=(evidence(5, "抄录"),), document="d3", document_type="file_reading_record")
    two = Flag("", evidence=(evidence(7, "抄录"),), document="d4", document_type="file_reading_record")
    keys = [finding.key for finding in judge(rule_of(one, two, one), CASE).findings]
    assert len(set(keys)) == 3
    assert keys[0] == finding_of(one).key
    assert keys[:2] == [finding.key for finding in judge(rule_of(one, two), CASE).findings]


@pytest.mark.parametrize(
    "other",
    [
        Flag("", evidence=(evidence(5, "2022年8月4日"),), constraint="D04", document_type="cover", document="d3"),
        Flag("", evidence=(evidence(5, "2022年8月3日"),), constraint="D05", document_type="cover", document="d3"),
        Flag("", evidence=(evidence(5, "2022年8月3日"),), constraint="D04", document_type="aid_letter", document="d3"),
        Flag("", constraint="D04", document_type="cover", document="d3"),
    ],
    ids=["another reading", "another constraint", "another document", "no evidence"],
)
def test_another_fault_has_another_key(other: Flag) -> None:
    same = Flag("", evidence=(evidence(5, "2022年8月3日"),), constraint="D04", document_type="cover", document="d3")
    assert finding_of(same).key != finding_of(other).key


def test_another_rule_has_another_key() -> None:
    @detector(code="TRY002", title="", severity="low", circular_item=0, basis={}, advice="")
    def other(case: CaseView) -> Iterator[Answer]:
        yield FLAG

    assert judge(other, CASE).findings[0].key != finding_of(FLAG).key
