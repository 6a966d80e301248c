"""What people corrected, taken through a whole case: the facts are theirs, and what follows from them follows."""

import datetime as dt
from dataclasses import replace

import pytest
from pages_builder import page_text
from web_runs import PLAIN

from pipeline.box import Box
from pipeline.casefile import Page, PageText, SourceRecord
from pipeline.corrections import Correction, Place, Target
from pipeline.packs.load import load_pack
from pipeline.screen import screen

FILE = "a" * 64
PAGES = tuple(
    Page(number, "A001.pdf", number, paper if isinstance(paper, PageText) else page_text(paper))
    for number, paper in enumerate(PLAIN, 1)
)
BY = {"author": "评估员甲", "at": "2026-03-04T09:30:00+08:00"}


def screened(*corrections, pages=PAGES, sources=None):
    numbered = tuple(replace(one, id=number) for number, one in enumerate(corrections, 1))
    sources = sources or (SourceRecord("A001.pdf", FILE, len(pages)),)
    return screen("A001", sources, pages, (), load_pack("national"), dt.date(2026, 1, 5), None, numbered)


BASE = screened()


def verdicts(case):
    return {outcome.rule: outcome.verdict for outcome in case.outcomes}


def at(page, role="", raw="", box=None):
    return Target(Place(FILE, page), role, raw, box)


def read(role, case=BASE):
    return next(date for date in case.case.dates if date.role == role)


def of_date(role, value, *, kind="date", new_role="", case=BASE):
    date = read(role, case)
    return Correction(kind, at(date.page, role, date.raw, date.box), value, new_role, **BY)


def test_nothing_corrected_is_nothing_changed():
    assert screened() == BASE and BASE.case.corrections == ()
    assert verdicts(BASE)["DAT501"] == "flag"


def test_a_corrected_date_is_certain_theirs_and_takes_the_finding_with_it():
    case = screened(of_date("assignment", "2022-06-23"))
    date = read("assignment", case)
    assert (date.value, date.raw, date.certain) == (dt.date(2022, 6, 23), "2022年6月13日", True)
    assert date.source == "评估员 评估员甲 更正, 原识别为 2022-06-13"
    assert date.reviewed is not None and (date.reviewed.by, date.reviewed.correction) == ("评估员甲", 1)
    assert verdicts(case)["DAT501"] == "pass"
    assert [d for d in case.case.dates if d.role != "assignment"] == [
        d for d in BASE.case.dates if d.role != "assignment"
    ]


def test_a_correction_of_the_other_side_makes_the_finding_too():
    assert (
        verdicts(screened(of_date("assignment", "2022-06-23"), of_date("approval", "2022-06-24")))["DAT501"] == "flag"
    )


def test_a_finding_keeps_its_key_when_another_date_is_corrected():
    def key(case):
        return [f.key for outcome in case.outcomes for f in outcome.findings if f.rule == "DAT501"]

    assert key(screened(of_date("interview", "2022-06-25"))) == key(BASE) != []


def test_an_uncertain_date_that_is_confirmed_is_certain():
    blurred = [replace(line, score=0.5, second="2022年6月15日", second_score=0.6) if "6月13日" in line.text else line
               for line in PAGES[3].lines]  # fmt: skip
    page = replace(PAGES[3], content=replace(PAGES[3].content, lines=tuple(blurred)))
    pages = (*PAGES[:3], page, *PAGES[4:])
    doubtful = screened(pages=pages)
    assert not read("assignment", doubtful).certain and verdicts(doubtful)["DAT501"] == "unsure"
    sure = screened(of_date("assignment", "2022-06-13", case=doubtful), pages=pages)
    assert read("assignment", sure).certain and verdicts(sure)["DAT501"] == "flag"


def test_a_date_in_another_role():
    case = screened(of_date("interview", "2022-06-24", new_role="file_reading"))
    roles = [date.role for date in case.case.dates if date.page == 5]
    assert roles == ["file_reading"]


def test_no_such_date():
    case = screened(of_date("assignment", "", kind="no_date"))
    assert not case.case.dates_of("assignment")
    assert verdicts(case)["DAT501"] != "flag"


def test_a_date_that_was_missed_is_added_where_it_stands():
    box = Box(0.6, 0.7, 0.8, 0.72)
    case = screened(Correction("new_date", at(8, box=box), "2022-07-12", "closing", **BY))
    date = read("closing", case)
    assert (date.document, date.page, date.box, date.raw) == ("d8", 8, box, "2022年7月12日")
    assert date.certain and date.source == "评估员 评估员甲 补录"
    assert [d.page for d in case.case.dates if not d.role.endswith("_told")] == sorted(
        d.page for d in case.case.dates if not d.role.endswith("_told")
    )


def test_a_missed_date_needs_no_box():
    case = screened(Correction("new_date", at(9), "2022-07-12", "hearing", **BY))
    assert read("hearing", case).box == Box(0.0, 0.0, 1.0, 1.0)


def test_a_date_read_a_little_elsewhere_and_otherwise_is_found_again():
    date = read("assignment")
    moved = Box(date.box.x0 + 0.01, date.box.y0, date.box.x1 + 0.01, date.box.y1 + 0.002)
    elsewhere = Correction("date", at(4, "assignment", "2022年6月1B日", moved), "2022-06-23", **BY)
    assert [d.value for d in screened(elsewhere).case.dates_of("assignment")] == [dt.date(2022, 6, 23)]


def test_a_reviewed_date_stands_where_it_is_not_read_at_all_any_more():
    correction = of_date("assignment", "2022-06-23")
    page = replace(PAGES[3], content=PageText("failed"))
    case = screened(correction, pages=(*PAGES[:3], page, *PAGES[4:]))
    assert [(d.value, d.page, d.raw) for d in case.case.dates_of("assignment")] == [
        (dt.date(2022, 6, 23), 4, "2022年6月13日")
    ]


def test_of_two_corrections_the_later_counts_and_the_earlier_comes_back():
    first, second = of_date("assignment", "2022-06-23"), of_date("assignment", "2022-06-19")
    assert verdicts(screened(first, second))["DAT501"] == "flag"
    assert verdicts(screened(first))["DAT501"] == "pass"


def test_a_correction_follows_its_file_into_another_order():
    rest = "b" * 64
    pages = (*PAGES[5:], *PAGES[:5])
    pages = tuple(replace(page, number=number) for number, page in enumerate(pages, 1))
    sources = (SourceRecord("B.pdf", rest, 5), SourceRecord("A001.pdf", FILE, 5))
    case = screened(of_date("assignment", "2022-06-23"), pages=pages, sources=sources)
    assert [(d.value, d.page) for d in case.case.dates_of("assignment")] == [(dt.date(2022, 6, 23), 9)]


def test_a_correction_of_a_file_that_is_gone_changes_nothing_but_is_kept():
    lost = replace(
        of_date("assignment", "2022-06-23"), target=Target(Place("c" * 64, 4), "assignment", "2022年6月13日")
    )
    case = screened(lost)
    assert case.case.dates == BASE.case.dates and case.outcomes == BASE.outcomes
    assert [one.pages for one in case.case.corrections] == [()]


def types(case):
    return [(d.type, d.first, d.last) for d in case.case.documents]


def test_a_corrected_type_brings_the_facts_of_that_type():
    case = screened(Correction("type", at(9), "closing_report", **BY), Correction("begin", at(9), **BY))
    assert types(case)[-3:] == [("closing_report", 8, 8), ("closing_report", 9, 9), ("closing_report", 10, 10)]
    case = screened(Correction("begin", at(9), **BY), Correction("type", at(9), "hearing_record", **BY))
    assert types(case)[-3:] == [("defence_statement", 8, 8), ("hearing_record", 9, 9), ("closing_report", 10, 10)]
    document = case.case.documents[-2]
    assert document.score == 1.0 and document.evidence == ("reviewed",) and document.reviewed is not None
    assert [d.id for d in case.case.documents] == [f"d{n}" for n in range(1, 11)]


def test_a_reading_record_that_was_taken_for_another_paper_is_no_longer_missing():
    other = screened(Correction("type", at(6), "other", **BY))
    assert "file_reading_record" not in [d.type for d in other.case.documents]
    assert verdicts(other)["DOC103"] != "pass" and verdicts(BASE)["DOC103"] == "pass"
    assert verdicts(other)["CPY601"] != "flag", "what is no reading record copies nothing"


def test_documents_joined():
    case = screened(Correction("join", at(5), **BY))
    assert ("assignment_notice", 4, 5) in types(case)
    assert {d.document for d in case.case.dates if d.page == 5} <= {"d4"}


@pytest.mark.parametrize("page", [1, 9])
def test_what_cannot_be_joined_stays_apart(page):
    assert types(screened(Correction("join", at(page), **BY))) == types(BASE)


def test_a_blank_page_is_never_joined():
    blank = replace(PAGES[3], content=PageText("blank"))
    pages = (*PAGES[:3], blank, *PAGES[4:])
    assert types(screened(Correction("join", at(5), **BY), pages=pages)) == types(screened(pages=pages))


def test_the_files_catalogue_is_held_against_the_corrected_papers():
    case = screened(Correction("join", at(6), **BY))
    assert BASE.case.catalogue[4].documents == ("d6",) and case.case.catalogue[4].documents != ("d6",)


def test_a_signature():
    blank = next(s for s in BASE.case.signatures if s.role == "lawyer" and s.state == "blank")
    signed = Correction("signature", at(blank.page, "lawyer", box=blank.box), "signed", **BY)
    case = screened(signed)
    found = next(s for s in case.case.signatures if s.box == blank.box)
    assert (found.state, found.mark) == ("signed", "handwriting") and found.reviewed is not None
    assert verdicts(BASE)["SGN401"] == "unsure" and verdicts(case)["SGN401"] == "pass"


def test_a_signature_that_is_none():
    there = next(s for s in BASE.case.signatures if s.role == "reviewer")
    case = screened(Correction("signature", at(there.page, "reviewer", box=there.box), "blank", **BY))
    found = next(s for s in case.case.signatures if s.box == there.box)
    assert (found.state, found.mark) == ("blank", None)


def test_a_signature_that_nobody_found():
    box = Box(0.6, 0.9, 0.8, 0.93)
    case = screened(Correction("signature", at(4, "lawyer", "许某", box), "signed", **BY))
    assert [(s.document, s.name, s.state) for s in case.case.signatures if s.box == box] == [("d4", "许某", "signed")]


def test_kind_stage_and_entry_and_what_follows():
    civil = screened(Correction("case_kind", Target(), "civil", **BY)).case.profile
    assert (civil.case_kind, civil.stage) == ("civil", "litigation")
    assert civil.basis[0] == "案件类别: 评估员 评估员甲 更正"
    early = screened(Correction("stage", Target(), "investigation", **BY))
    assert early.case.profile.stage == "investigation"
    assert verdicts(early)["CPY601"] != verdicts(BASE)["CPY601"] or verdicts(early) != verdicts(BASE)
    notice = screened(Correction("entry", Target(), "notice", **BY))
    assert notice.case.profile.entry == "notice" and verdicts(notice)["DAT501"] == "not_applicable"


def test_the_period_of_law_follows_a_corrected_key_date():
    old = screened(of_date("application", "2021-06-09"))
    assert (BASE.case.profile.regime, old.case.profile.regime) == ("R1", "R0")


def test_a_form_bears_its_corrected_date():
    form = next(form for form in BASE.case.forms if form.date)
    date = of_date("closing_report", "2023-10-01")
    found = next(one for one in screened(date).case.forms if one.document == form.document)
    assert (form.date, found.date) == (dt.date(2022, 7, 30), dt.date(2023, 10, 1))
    none = next(
        one
        for one in screened(of_date("closing_report", "", kind="no_date")).case.forms
        if one.document == form.document
    )
    assert none.date is None and none.dated is None


def test_keys_and_corrections_survive_a_page_more_and_another_order_of_files():
    """What people decided sticks to its finding, and what they corrected to its page, when the file is scanned anew."""
    extra = Page(1, "首页.pdf", 1, page_text("# 卷宗封面\n受援人：周某甲"))
    pages = (extra, *(replace(page, number=page.number + 1) for page in PAGES))
    sources = (SourceRecord("首页.pdf", "b" * 64, 1), SourceRecord("A001.pdf", FILE, len(PAGES)))

    def keys(case):
        return {finding.key for outcome in case.outcomes for finding in outcome.findings if finding.rule[:3] == "DAT"}

    assert keys(screened(pages=pages, sources=sources)) == keys(BASE) != set()
    case = screened(of_date("assignment", "2022-06-23"), pages=pages, sources=sources)
    assert [(d.value, d.page) for d in case.case.dates_of("assignment")] == [(dt.date(2022, 6, 23), 5)]
    assert verdicts(case)["DAT501"] == "pass"
