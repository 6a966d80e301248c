"""Checklists as data: every item has a cue, and all are marked as not verified."""

from __future__ import annotations

import pytest

from pipeline.packs.checklists import checklist
from pipeline.text.normalise import fold


@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        (
            "client_interview",
            {"time", "place", "consent", "rights", "basic", "apprehension", "measures", "plea", "facts", "circ"},
        ),
        ("client_talk", {"time", "place", "consent", "rights", "basic", "facts", "demand", "evid"}),
        ("hearing_record", {"investigation", "evidence", "debate", "last_statement", "defender_opinion"}),
        ("file_reading_record", {"page_refs", "evidence", "opinion"}),
    ],
)
def test_the_items_of_each_record(kind: str, keys: set[str]) -> None:
    items = checklist(kind)
    assert {item.key for item in items} == keys
    assert all(len(word) >= 4 for item in items for word in item.words)
    assert all(item.title and item.authority == "待核" and item.where in {"head", "text"} for item in items)


def test_nothing_is_asked_of_other_papers() -> None:
    assert checklist("judgment") == ()


@pytest.mark.parametrize(
    ("kind", "key", "said", "found"),
    [
        ("client_interview", "consent", "问：你是否同意我做你的辩护人？", True),
        ("client_interview", "consent", "问：由我为你辩护，你愿意吗？", True),
        ("client_interview", "consent", "问：你是否愿意认罪认罚？", False),
        ("client_interview", "consent", "问：你同意量刑建议吗？", False),
        ("client_interview", "time", "时间：2021年3月17日15时12分至16时22分", True),
        ("client_interview", "time", "会见时间：2024-06-12 9:05-10:20", True),
        ("client_interview", "time", "时间：2024年6月12日", False),
        ("client_interview", "measures", "答：去年八月刑事拘留，九月取保候审。", True),
        ("client_interview", "plea", "问：具结书签了没有？", True),
        ("client_interview", "apprehension", "问：你是怎么到案的？", True),
        ("client_interview", "apprehension", "问：有没有自首、立功？", False),
        ("client_talk", "rights", "问：诉讼风险告知书看过没有？", True),
        ("client_talk", "demand", "问：你的诉求是什么？", True),
        ("hearing_record", "last_statement", "审：请双方作最后意见。", True),
        ("hearing_record", "debate", "审：现在进行法庭辩论。", True),
        ("hearing_record", "debate", "审：双方有什么要说的？", False),
        ("file_reading_record", "page_refs", "被害人陈述（卷一P35-52）", True),
        ("file_reading_record", "page_refs", "卷二第19-40页", True),
        ("file_reading_record", "page_refs", "看了案卷材料。", False),
        ("file_reading_record", "evidence", "有被告人供述、证人证言等。", False),
        ("file_reading_record", "evidence", "监控（P60-66）：全程约3分钟", True),
        ("file_reading_record", "opinion", "两次描述不一致，系疑点。", True),
        ("file_reading_record", "opinion", "对指控的犯罪无异议。", False),
    ],
)
def test_cues(kind: str, key: str, said: str, found: bool) -> None:
    item = next(item for item in checklist(kind) if item.key == key)
    assert bool(item.cue.search(fold(said))) is found
