"""Official seals and fingerprints on their documents, and seal texts mended by what the pages name."""

from __future__ import annotations

import pytest
from pages_builder import page_text, pages_of

from pipeline.casefile import Box, Document, Mark, Page, PageText
from pipeline.extraction.institutions import institutions_in, kind_of
from pipeline.extraction.seals import fingerprints_in, mended, seals_in

PLACE = Box(0.6, 0.7, 0.8, 0.85)


def seal(text: str, box: Box = PLACE) -> Mark:
    return Mark("seal", box, "red", text)


def read(markup: str, *marks: Mark) -> list[str]:
    pages = pages_of(page_text(markup, marks=marks))
    return [one.text for one in seals_in([Document("d1", "aid_decision", "", 1, 1, 1.0)], pages)]


def test_seals_and_prints_belong_to_the_document_they_stand_on() -> None:
    marks = (seal("北川县法律援助中心"), Mark("fingerprint", Box(0.2, 0.8, 0.25, 0.85), "black"))
    pages = [Page(1, "a", 1, PageText("scanned")), Page(2, "a", 2, PageText("scanned", marks=marks))]
    documents = [Document("d1", "aid_decision", "", 1, 1, 1.0), Document("d2", "assignment_notice", "", 2, 2, 1.0)]
    (found,) = seals_in(documents, pages)
    assert (found.document, found.page, found.text) == ("d2", 2, "北川县法律援助中心")
    (pressed,) = fingerprints_in(documents, pages)
    assert (pressed.document, pressed.page, pressed.box) == ("d2", 2, Box(0.2, 0.8, 0.25, 0.85))


def test_name_seals_and_stamps_are_no_official_seals() -> None:
    marks = tuple(Mark(kind, PLACE, "red", "许某印") for kind in ("name_seal", "receipt_stamp", "fingerprint", "ink"))  # type: ignore[arg-type]
    assert read("# 决定书", *marks) == []


@pytest.mark.parametrize(
    "misread",
    [
        "北川县法律援肋中心",
        "北县法律援助中",
        "北川县法律缓助中心",
        "比川县法律援助中心",
        "北川县法律援助中心0",
        "川县法律援中心",
    ],
)
def test_a_reading_with_letters_wrong_or_lost_is_the_body_that_the_page_names(misread: str) -> None:
    markup = "# 给予法律援助决定书\n王某某：\n经审查，决定给予法律援助。\n> 北川县法律援助中心\n> 2023年3月1日"
    assert read(markup, seal(misread)) == ["北川县法律援助中心"]


def test_a_body_that_only_another_page_names_counts_where_the_reading_is_close() -> None:
    pages = pages_of(
        page_text("# 指派通知书\n北川县人民法院：\n你院收悉。"), page_text("# 传票", marks=[seal("北川县人民法照")])
    )
    documents = [Document("d1", "aid_letter", "", 1, 1, 1.0), Document("d2", "hearing_summons", "", 2, 2, 1.0)]
    assert [one.text for one in seals_in(documents, pages)] == ["北川县人民法院"]


@pytest.mark.parametrize(
    ("reading", "named"),
    [
        ("南山镇人民政府", "北川镇人民政府"),  # another township's seal: a finding, not a misreading
        ("叶县人民医院", "叶县人民法院"),
        ("叶县辛集乡人民政府", "叶县辛集乡人民调解委员会"),
        ("中国农业银行叶县支行", "中国农业银行"),
        ("某投资管理有限公司", "投资管理有限公司"),
        ("语启区法律援助中", "百里县法律援助中心"),
        ("之中临验人尼", "北川县人民政府"),
    ],
)
def test_a_seal_of_somebody_else_stays_as_it_was_read(reading: str, named: str) -> None:
    assert mended(reading, [named], [named]) == reading


def test_between_two_bodies_of_one_place_nobody_guesses() -> None:
    near = ["北川县人民法院", "北川县人民检察院"]
    assert mended("北川县人民", near) == "北川县人民"
    assert mended("北川县人民检院", near) == "北川县人民检察院"


def test_a_reading_that_the_case_names_is_never_touched() -> None:
    assert mended("叶县人民法院", ["郏县人民法院"], ["叶县人民法院"]) == "叶县人民法院"
    assert mended("", ["郏县人民法院"]) == ""


def test_letters_of_the_seal_itself_are_no_witness() -> None:
    over = Box(0.55, 0.2, 0.95, 0.9)
    markup = "# 指派通知书\n一\n~\n> 北川县法律援助中心"
    assert read(markup + "\n> 比川县去律援助中心", seal("比川县去律援助中心", over)) == ["北川县法律援助中心"] or read(
        markup, seal("比川县去律援助中心", over)
    ) == ["北川县法律援助中心"]


def test_institutions_are_taken_whole_and_behind_the_words_that_lead_to_them() -> None:
    found = institutions_in(
        ["经北川县人民检察院批准", "平顶山市卫东区人力资源和社会保障局", "由南屏市公安局梧川分局执行拘留"]
    )
    assert {"北川县人民检察院", "平顶山市卫东区人力资源和社会保障局", "南屏市公安局梧川分局"} <= found


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("某某律师事务所", "律师事务所"),
        ("南屏市公安局梧川分局", "分局"),
        ("北川县人民法院", "人民法院"),
        ("王某某", ""),
    ],
)
def test_kinds_of_institutions(name: str, kind: str) -> None:
    assert kind_of(name) == kind
