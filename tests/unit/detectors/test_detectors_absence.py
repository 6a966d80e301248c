"""Which pages could be a paper that is missing, and where a missing paper is pointed at."""

from __future__ import annotations

from dataclasses import replace

import pytest
from detector_cases import Paper, case_of

from pipeline.casefile import Box, CatalogueRow, Page, PageText
from pipeline.detectors.absence import could_be, missing
from pipeline.detectors.base import Flag, Lawful, Pass, Unsure
from pipeline.detectors.view import CaseView
from pipeline.documents.placement import Placement
from pipeline.documents.titles import match_title
from pipeline.problems import problem

KIND = "file_reading_record"
FULL = tuple(f"第{number}行，会见时被告人陈述案发经过，律师逐项核对后记录在案" for number in range(27))


def with_catalogue(case: CaseView, rows: tuple[str, ...], types: dict[int, tuple[str, ...]]) -> CaseView:
    written = tuple(
        CatalogueRow(str(number), title, number, number, 1, Box(0.1, 0.1 * number, 0.9, 0.1 * number + 0.02))
        for number, title in enumerate(rows, 1)
    )
    return CaseView(replace(case.case, catalogue=written, catalogue_types=types), case.pack)


def test_an_illegible_page_by_itself_could_be_anything() -> None:
    case = case_of(Paper("cover", title="案卷封面"), Paper("other", (None,)))
    assert could_be(case, KIND) == (2,)


def test_a_page_that_failed_altogether_could_be_anything() -> None:
    case = case_of(Paper("cover", title="案卷封面"), Paper("other", (("甲",),)))
    failed = Page(2, "a.pdf", 2, PageText("failed"))
    assert could_be(CaseView(replace(case.case, pages=(case.case.page(1), failed)), case.pack), KIND) == (2,)


def test_a_blank_page_is_blank_even_where_it_was_scanned_badly() -> None:
    assert could_be(case_of(Paper("cover", title="案卷封面"), Paper("blank_page", (None,))), KIND) == ()


def test_a_page_inside_a_document_continues_it() -> None:
    assert could_be(case_of(Paper("client_interview", (FULL, None, FULL), title="会见笔录")), KIND) == ()


def test_the_last_page_continues_one_that_ran_to_its_foot() -> None:
    assert could_be(case_of(Paper("client_interview", (FULL, None), title="会见笔录")), KIND) == ()


@pytest.mark.parametrize("ending", ["2022年8月3日", "二〇二二年八月三日", "2022.8.3", "（此页无正文）"])
def test_the_last_page_does_not_continue_one_that_had_closed(ending: str) -> None:
    case = case_of(Paper("aid_letter", (("特此函告。", "某县法律援助中心", ending), None), title="法律援助公函"))
    assert could_be(case, KIND) == (2,)


def test_a_date_at_the_very_foot_closes_nothing() -> None:
    case = case_of(Paper("client_interview", ((*FULL[:26], "2022年8月3日"), None), title="会见笔录"))
    assert could_be(case, KIND) == ()


def test_nothing_follows_from_a_page_before_that_is_illegible_too() -> None:
    assert could_be(case_of(Paper("client_interview", (FULL, None, None), title="会见笔录")), KIND) == (3,)


def test_the_first_page_of_a_guessed_document_is_ruled_out_by_nothing() -> None:
    assert could_be(case_of(Paper("client_interview", (None, FULL))), KIND) == (1,)


READING = ("阅卷时间：2022年8月20日", "卷一P12，供述与证言有疑点", "辩护思路：自首")


@pytest.mark.parametrize(
    ("paper", "pages"),
    [
        (Paper("other", (READING,), score=0.3), (1,)),
        (Paper("work_log", (READING,), score=0.3), (1,)),
        (Paper("work_log", (READING,), score=0.8), ()),
        (Paper("other", (READING,), title="收条"), ()),
        (Paper("other", (("今收到交通补助费二百元。",),), score=0.3), ()),
    ],
    ids=["unknown", "doubtful", "known", "titled", "says something else"],
)
def test_a_page_that_was_read_could_be_it_only_by_its_words(paper: Paper, pages: tuple[int, ...]) -> None:
    assert could_be(case_of(paper), KIND) == pages


def test_the_catalogue_gives_a_page_to_another_paper() -> None:
    case = case_of(Paper("cover", title="案卷封面"), Paper("other", (None,)))
    assert could_be(with_catalogue(case, ("起诉书",), {2: ("indictment", "civil_complaint")}), KIND) == ()
    assert could_be(with_catalogue(case, ("阅卷笔录",), {2: (KIND, "client_interview")}), KIND) == (2,)
    assert could_be(with_catalogue(case, ("起诉书",), {1: ("cover",)}), KIND) == (2,)


def test_a_title_that_names_one_notice_is_not_the_other() -> None:
    """受援人权利义务告知书 is much like 律师权利义务告知书; a bare 权利义务告知书 may be either."""
    case = case_of(Paper("cover", title="案卷封面"), Paper("other", (None,)))

    def listed(title: str) -> CaseView:
        return with_catalogue(case, (title,), {2: Placement((0,), match_title(title), True).likely})

    named, bare = listed("受援人权利义务告知书"), listed("权利义务告知书")
    assert could_be(named, "lawyer_rights_notice") == ()
    assert could_be(named, "recipient_rights_notice") == (2,)
    assert could_be(bare, "lawyer_rights_notice") == (2,)


def test_present_comes_before_every_doubt() -> None:
    case = case_of(Paper("other", (None,)), Paper(KIND, title="阅卷摘要"))
    (answer,) = missing(case, KIND, message="未见", near=(), note="未.{0,6}阅卷")
    assert isinstance(answer, Pass)
    assert "阅卷摘要" in answer.why


def test_a_note_takes_the_papers_place() -> None:
    case = case_of(Paper("situation_note", (("本案", "承办律师未能到检察院", "阅卷"),), title="情况说明"))
    (answer,) = missing(case, KIND, message="未见", near=(), note="未.{0,12}阅卷")
    assert isinstance(answer, Lawful)
    assert (answer.lawful, answer.document, answer.pages) == ("note", "d1", (1,))
    (other,) = missing(case, KIND, message="未见", near=())
    assert isinstance(other, Flag)


def test_a_doubt_names_every_page() -> None:
    case = case_of(Paper("other", (None,)), Paper("cover", title="封面"), Paper("other", (None,)))
    (answer,) = missing(case, KIND, message="未见", near=())
    assert isinstance(answer, Unsure)
    assert answer.pages == (1, 3)
    assert "第1、3页" in answer.why


def test_a_missing_paper_is_pointed_at_in_the_catalogue() -> None:
    case = case_of(
        Paper("file_catalogue", title="卷内目录"),
        Paper("indictment", title="起诉书"),
        Paper("judgment", title="判决书"),
    )
    listed = with_catalogue(case, ("起诉书", "阅卷笔录", "判决书"), {})
    (flag,) = missing(listed, KIND, message="未见", near=("indictment",))
    assert isinstance(flag, Flag)
    assert flag.document is None
    assert flag.document_type == KIND
    assert [(item.page, item.quote) for item in flag.evidence] == [(1, "阅卷笔录")]
    assert flag.evidence[0].box == listed.case.catalogue[1].box

    (flag,) = missing(with_catalogue(case, ("起诉书", "判决书"), {}), KIND, message="未见", near=("indictment",))
    assert isinstance(flag, Flag)
    assert flag.evidence[0].page == 1
    assert flag.evidence[0].box == Box(0.1, 0.1, 0.9, 0.22)  # around all rows


def test_without_a_catalogue_it_is_pointed_at_beside_its_neighbour() -> None:
    case = case_of(Paper("blank_page"), Paper("cover", title="封面"), Paper("indictment", title="起诉书"))
    places = [
        flag.evidence[0].page
        for near in (("client_interview", "indictment"), ())
        for flag in missing(case, KIND, message="未见", near=near)
        if isinstance(flag, Flag)
    ]
    assert places == [3, 2]


def answers_for(case: CaseView) -> list[type]:
    return [type(answer) for answer in missing(case, KIND, message="缺", near=())]


def test_a_file_that_was_lost_could_hold_the_paper() -> None:
    case = case_of(Paper("cover", title="案卷封面"))
    lost = problem("F102", file="2.pdf")
    assert answers_for(CaseView(replace(case.case, problems=(lost,)), case.pack)) == [Unsure]
    mended = problem("F112", file="2.pdf", detail="3")
    assert Flag in answers_for(CaseView(replace(case.case, problems=(mended,)), case.pack))


def test_nothing_is_missing_from_what_is_no_case_file() -> None:
    assert answers_for(case_of(Paper("other", (FULL,)))) == [Unsure]
