"""What papers tell of each other's dates, and what a told date may settle."""

from __future__ import annotations

import datetime as dt

import pytest
from pages_builder import pages_of

from pipeline.casefile import Box, DateFact, Document, Line, Mark, Page, PageText, Quality
from pipeline.extraction.date_facts import date_facts
from pipeline.extraction.readings import placed_rows
from pipeline.extraction.tellings import told_facts

AS_OF = dt.date(2026, 1, 1)
CHARGE = """
# 起诉书
　　被告人周某甲，男，1990年2月3日出生，因涉嫌盗窃罪，于2023年11月20日被东河县公安局刑事拘留，同年12月1日被取保候审。
　　本案由东河县公安局侦查终结，于2024年1月15日向本院移送审查起诉。
此致
东河县人民法院
> 二〇二四年三月四日
附：被告人现取保候审于住所。
"""


def sealed(kind: str, text: str, second: str | None = None, *, head: str = "# 东河县公安局") -> PageText:
    """A paper whose issue date was read as `text` under a seal."""
    page = pages_of(head + "\n　　决定执行。\n~")[0].content
    place = Box(0.58, 0.56, 0.84, 0.58)
    line = Line(text, place, 0.8, second, 0.8 if second else None)
    seal = Mark("seal", Box(0.6, 0.5, 0.78, 0.62), "black")
    return PageText("scanned", 0, (*page.lines, line), (seal,), Quality("good", 0.9), 1240, 1754)


def facts(*papers: tuple[str, str | PageText]) -> tuple[tuple[DateFact, ...], list[DateFact]]:
    """(own dates, what is told of 周某甲) of a case of one-page documents (type, markup)."""
    pages: list[Page] = pages_of(*(text for _, text in papers))
    placed = []
    for number, (kind, _) in enumerate(papers, 1):
        document = Document(f"d{number}", kind, "", number, number, 1.0)
        placed.append((document, placed_rows(document, pages)))
    found = date_facts(placed, pages, AS_OF)
    return found.own, told_facts(found.tellings, "周某甲", AS_OF)


def own(role: str, *papers: tuple[str, str | PageText]) -> list[tuple[str, bool]]:
    return [(str(date.value), date.certain) for date in facts(*papers)[0] if date.role == role]


def test_the_course_of_a_case_as_the_charge_tells_it() -> None:
    told = {fact.role: str(fact.value) for fact in facts(("indictment", CHARGE))[1]}
    assert told == {
        "detention_told": "2023-11-20", "bail_told": "2023-12-01", "prosecution_received": "2024-01-15",
    }  # fmt: skip


def test_what_is_told_never_is_another_papers_own_date() -> None:
    assert [date.role for date in facts(("indictment", CHARGE))[0]] == ["indictment"]


def test_what_is_told_of_a_co_defendant_is_left_out() -> None:
    text = "# 起诉书\n　　被告人吴某乙，男，1991年3月4日出生，因本案于2023年11月9日被刑事拘留。"
    assert facts(("indictment", text))[1] == []


@pytest.mark.parametrize("kind", ["evidence_material", "answer", "client_interview", "defence_statement"])
def test_only_the_organs_papers_are_believed(kind: str) -> None:
    assert facts((kind, "　　周某甲于2023年11月20日被刑事拘留。"))[1] == []


@pytest.mark.parametrize(
    ("kind", "role", "scraps", "day"),
    [
        ("detention_warrant", "detention", ("三年十二十日", None), "2023-11-20"),
        ("detention_warrant", "detention", ("二〇二三年十一月二日", "二〇二三年十一月二十日"), "2023-11-20"),
        ("bail_decision", "bail", ("二百二三六十二一日", "二三大十二十日"), "2023-12-01"),
    ],
)
def test_the_charge_settles_what_a_seal_left_of_a_warrant(
    kind: str, role: str, scraps: tuple[str, str | None], day: str
) -> None:
    assert own(role, (kind, sealed(kind, *scraps)), ("indictment", CHARGE)) == [(day, True)]


def test_a_warrant_that_can_be_read_keeps_its_own_day() -> None:
    """A fault in the file must stay one: another day, clearly read, is not the day that is told."""
    page = sealed("detention_warrant", "二〇二三年十一月二十五日", "二〇二三年十一月二十五日")
    assert own("detention", ("detention_warrant", page), ("indictment", CHARGE)) == [("2023-11-25", True)]


def test_scraps_that_agree_with_nothing_told_stay_in_doubt() -> None:
    page = sealed("detention_warrant", "二〇二二年六月七日", "二〇二二年六月九日")
    assert all(not certain for _, certain in own("detention", ("detention_warrant", page), ("indictment", CHARGE)))


def test_the_day_of_a_charge_is_not_made_certain_by_its_filing() -> None:
    judgment = "# 刑事判决书\n　　东河县人民检察院指控被告人周某甲犯盗窃罪，于2024年4月29日向本院提起公诉。"
    page = sealed("indictment", "二〇三四年四月九日", head="# 起诉书")
    assert own("indictment", ("indictment", page), ("judgment", judgment)) == [("2024-04-29", False)]


def test_a_day_that_the_calendar_lacks_is_not_corrected_with_certainty() -> None:
    page = sealed("detention_warrant", "二〇二三年十一月三十一日")
    assert own("detention", ("detention_warrant", page), ("indictment", CHARGE)) == [("2023-11-20", False)]


def test_scraps_without_anything_told_give_no_day() -> None:
    assert own("detention", ("detention_warrant", sealed("detention_warrant", "三年十二十日"))) == []


def test_what_the_decision_tells_of_the_application() -> None:
    decision = "# 给予法律援助决定书\n　　你于2023年3月1日提出的法律援助申请收悉，决定给予法律援助。\n> 2023年3月4日"
    application = "# 法律援助申请表\n　　拖欠工资。\n~\n> 申请人：马某某"
    page = pages_of(application)[0].content
    doubtful = Line("2023年3月7日", Box(0.6, 0.6, 0.8, 0.62), 0.8, "2023年3月1日", 0.8)
    form = PageText("scanned", 0, (*page.lines, doubtful), (), Quality("good", 0.9), 1240, 1754)
    assert own("application", ("aid_application", form), ("aid_decision", decision)) == [("2023-03-01", True)]


def test_hours_of_a_sitting() -> None:
    text = "# 会见笔录\n会见时间：2023年3月5日9时10分至10时20分\n地点：看守所"
    assert [fact.time for fact in facts(("client_interview", text))[0]] == ["09:10-10:20"]
