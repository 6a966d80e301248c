"""What the form of a lawyer's statement asks for: title, addressee, conclusion, date."""

from __future__ import annotations

import pytest
from pages_builder import page_text, pages_of

from pipeline.casefile import Document, PageText, Quality
from pipeline.extraction.readings import placed_rows
from pipeline.extraction.statement_form import ADDRESSEE, CONCLUSION, DATE, TITLE, statement_slots

POINTS = """
    　　某某律师事务所接受某县法律援助中心的指派，由我担任本案被告人的辩护人，现根据事实和法律发表意见如下：
    　　一、被告人归案后如实供述，依照《中华人民共和国刑法》第六十七条第三款的规定，可以从轻处罚。
    　　二、被告人系初犯、偶犯，主观恶性不深，家庭确有特殊困难，需要其照料生活。
    　　三、被告人已经赔偿被害人的全部损失并取得谅解，社会危害性较小，可以酌情从轻。
"""
END = "　　综上，恳请法庭对被告人从轻处罚。以上意见，请予采纳。"
SIGN = "> 某某律师事务所\n> 辩护人：张某某"


def statement(
    title: str = "# 辩护词",
    addressee: str = "审判长、审判员：",
    conclusion: str = END,
    date: str = "> 2021年4月20日",
) -> str:
    return "\n".join((title, addressee, *POINTS.strip().splitlines(), conclusion, SIGN, date)).replace("    　", "　")


def lacks(markup: str, kind: str = "defence_statement", grade: str = "good") -> dict[str, str]:
    text = page_text(markup)
    content = PageText("scanned", 0, text.lines, text.marks, Quality(grade, 0.9))  # type: ignore[arg-type]
    pages = pages_of(content)
    document = Document("d1", kind, "", 1, 1, 1.0)
    slots = statement_slots(document, placed_rows(document, pages), pages)
    assert [slot.label for slot in slots] == [TITLE, ADDRESSEE, CONCLUSION, DATE]
    return {slot.label: slot.state for slot in slots if slot.state != "filled"}


def test_a_statement_in_order_lacks_nothing() -> None:
    assert lacks(statement()) == {}


@pytest.mark.parametrize(
    ("parts", "missing"),
    [
        ({"title": ""}, TITLE),
        ({"title": "# 某某律师事务所"}, TITLE),
        ({"addressee": ""}, ADDRESSEE),
        ({"conclusion": ""}, CONCLUSION),
        ({"date": ""}, DATE),
        ({"date": "> 年　月　日"}, DATE),
        ({"date": "> 2021年　月　日"}, DATE),
    ],
)
def test_each_part_is_missed_alone(parts: dict[str, str], missing: str) -> None:
    assert lacks(statement(**parts)) == {missing: "empty"}


@pytest.mark.parametrize("title", ["# 代理意见", "# 书面辩护意见", "# 关于对彭某某不起诉的法律意见书", "# 量刑意见书"])
def test_titles_of_every_kind(title: str) -> None:
    assert TITLE not in lacks(statement(title=title))


@pytest.mark.parametrize(
    "addressee",
    ["尊敬的审判长、人民陪审员：", "某县人民检察院：", "某区劳动人事争议仲裁委员会", "各位仲裁员：", "合议庭："],
)
def test_whom_statements_speak_to(addressee: str) -> None:
    assert ADDRESSEE not in lacks(statement(addressee=addressee))


def test_an_addressee_at_the_end_will_do() -> None:
    assert ADDRESSEE not in lacks(statement(addressee="", conclusion=END + "\n此致\n某县人民法院"))


def test_the_sentence_that_leads_to_the_points_is_no_addressee() -> None:
    assert ADDRESSEE in lacks(statement(addressee="现提出如下意见："))


@pytest.mark.parametrize(
    "conclusion",
    [
        "　　综上所述，被告人认罪悔罪，请依法判决。",
        "　　为此，建议贵院对犯罪嫌疑人作出相对不起诉决定。",
        "　　以上就是对被告人的辩护意见，给其改过自新的机会。",
        "　　据此，申请人的请求有事实和法律依据，请仲裁庭依法支持。",
    ],
)
def test_ways_to_conclude(conclusion: str) -> None:
    assert CONCLUSION not in lacks(statement(conclusion=conclusion))


@pytest.mark.parametrize("date", ["> 二〇二四年五月二十八日", "> 2024.5.28", "> 二0二四年五月廿八日"])
def test_ways_to_date(date: str) -> None:
    assert DATE not in lacks(statement(date=date))


def test_a_page_read_badly_leaves_it_open() -> None:
    assert lacks(statement(title="", date=""), grade="poor") == {TITLE: "unclear", DATE: "unclear"}


def test_other_papers_have_no_such_parts() -> None:
    pages = pages_of(page_text(statement()))
    document = Document("d1", "answer", "", 1, 1, 1.0)
    assert statement_slots(document, placed_rows(document, pages), pages) == ()
