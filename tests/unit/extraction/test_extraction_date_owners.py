"""Whose assignment it is, and of which stage."""

from __future__ import annotations

import datetime as dt

import pytest
from pages_builder import pages_of

from pipeline.casefile import Box, DateFact, Document, Person
from pipeline.extraction.date_owners import lawyer_of, owned, stage_of
from pipeline.extraction.papers import paper_of
from pipeline.extraction.readings import placed_rows

LAWYERS = [Person("许知远", "lawyer", ("许知元",)), Person("邓一鸣", "lawyer")]


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("现指派你所承办周某甲涉嫌盗窃一案(侦查阶段).", "investigation"),
        ("指派许知远律师担任犯罪嫌疑人周某甲审查起诉阶段的辩护人.", "prosecution_review"),
        ("周某甲盗窃罪一案(一审)指派给你所承办,担任辩护人.", "trial"),
        ("刑事辩护.所处阶段:□侦查☑审查起诉□审判", "prosecution_review"),
        ("刑事辩护.阶段:☑侦查阶段□审查起诉阶段□一审□二审", "investigation"),
        ("东河县人民检察院:犯罪嫌疑人周某甲一案由公安局移送.", "prosecution_review"),
        ("东河县公安局:我中心指派律师担任犯罪嫌疑人的辩护人.", "investigation"),
        ("阅卷地点:东河县人民法院阅卷室,被告人周某甲,侦查机关为县公安局.", "trial"),
        ("会见被告人笔录,地点:看守所", "trial"),
        ("会见笔录,地点:看守所.辩护律师", ""),
        ("马某某与某公司劳动争议一案,一审", ""),
        ("犯罪嫌疑人会见笔录.问:你什么时候到法院的?答:还在审查起诉阶段.", ""),
        ("来源:□人民法院通知□人民检察院通知.刑事", "prosecution_review"),
    ],
)
def test_the_stage_a_paper_names(text: str, stage: str) -> None:
    if text.startswith("来源"):
        text = text.replace("人民检察院通知", "检察机关通知")
        stage = ""
    assert stage_of(text) == stage


@pytest.mark.parametrize(
    ("text", "lawyer"),
    [
        ("现指派许知远律师承办", "许知远"),
        ("会见人:许知元 记录人:方某", "许知远"),
        ("原承办人邓一鸣因病,更换为许知远律师承办", "许知远"),
        ("许知远,邓一鸣到场", ""),
        ("现指派你所承办", ""),
    ],
)
def test_the_lawyer_a_paper_names(text: str, lawyer: str) -> None:
    assert lawyer_of(text, LAWYERS) == lawyer


def test_two_assignments_are_kept_apart() -> None:
    pages = pages_of(
        "# 指派通知书\n　　现指派邓一鸣律师承办周某甲涉嫌盗窃一案（审查起诉阶段）。",
        "# 指派通知书\n　　现指派许知远律师承办周某甲盗窃一案（一审），担任辩护人。",
    )
    papers, dates = [], []
    for number in (1, 2):
        document = Document(f"d{number}", "assignment_notice", "", number, number, 1.0)
        papers.append(paper_of(document, placed_rows(document, pages)))
        dates.append(DateFact("assignment", dt.date(2023, 1, number), document.id, number, Box(0, 0, 1, 1), "", True))
    told = DateFact("arrest_told", dt.date(2023, 1, 9), "d1", 1, Box(0, 0, 1, 1), "", True, person="周某甲")
    kept = owned([*dates, told], papers, LAWYERS)
    assert [(date.person, date.stage) for date in kept] == [
        ("邓一鸣", "prosecution_review"), ("许知远", "trial"), ("周某甲", ""),
    ]  # fmt: skip
