"""The catalogue against the file, both ways: what is missing, what is not listed, which pages are wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from pipeline.casefile import Box, CatalogueRow, Document, Line, Mark, MarkKind, Page, PageText
from pipeline.documents.reconcile import Reconciliation, reconcile

KINDS = (
    ("aid_application", "法律援助申请表", 1),
    ("approval_form", "法律援助审批表", 1),
    ("aid_decision", "给予法律援助决定书", 1),
    ("assignment_notice", "法律援助指派通知书", 1),
    ("recipient_rights_notice", "受援人权利义务告知书", 1),
    ("lawyer_rights_notice", "律师权利义务告知书", 1),
    ("aid_agreement", "法律援助协议", 2),
    ("client_interview", "会见笔录", 3),
    ("file_reading_record", "阅卷笔录", 2),
    ("prosecution_opinion", "起诉意见书", 2),
    ("indictment", "起诉书", 3),
    ("defence_statement", "辩护词", 1),
    ("hearing_record", "庭审笔录", 3),
    ("judgment", "刑事判决书", 2),
    ("court_service_return", "送达回证", 1),
    ("closing_report", "结案报告表", 1),
)
TITLES = tuple(title for _, title, _ in KINDS)


class File:
    """A case file in the making: documents in order, pages, and the catalogue that lists them rightly."""

    def __init__(self, papers: Sequence[tuple[str, str, int]] = KINDS, *, counted_blanks: bool = False) -> None:
        self.documents: list[Document] = []
        self.rows: list[CatalogueRow] = []
        self.pages: list[Page] = []
        self._add("cover", "案卷封面", 1)
        self._add("file_catalogue", "卷内目录", 1)
        counted = 0
        for kind, title, length in papers:
            self._add(kind, title, length)
            if kind == "blank_page" and not counted_blanks:
                continue
            if kind != "blank_page":
                self.rows.append(self.row(title, counted + 1, counted + length))
            counted += length

    def _add(self, kind: str, title: str, length: int) -> None:
        first = len(self.pages) + 1
        for number in range(first, first + length):
            lines = (Line(title, Box(0.36, 0.08, 0.64, 0.11), 0.99),) if number == first else ()
            body = tuple(Line("正文" * 12, Box(0.1, y, 0.9, y + 0.02), 0.99) for y in (0.2, 0.3))
            content = PageText("blank") if kind == "blank_page" else PageText("scanned", 0, lines + body)
            self.pages.append(Page(number, "invented.pdf", number, content))
        box = None if kind == "blank_page" else Box(0.36, 0.08, 0.64, 0.11)
        name = f"d{len(self.documents) + 1}"
        self.documents.append(Document(name, kind, title, first, first + length - 1, 0.98, ("title",), box))

    def row(self, title: str, first: int | None, last: int | None) -> CatalogueRow:
        number = len(self.rows)
        top = 0.1 + 0.02 * number
        return CatalogueRow(str(number + 1), title, first, last, 2, Box(0.1, top, 0.8, top + 0.016))

    def written(self) -> tuple[Page, ...]:
        """The pages, with the rows' numbers on the catalogue's page as they were read."""
        lines = [
            Line(
                str(row.first) if row.first == row.last else f"{row.first}-{row.last}",
                Box(0.7, row.box.y0, 0.76, row.box.y1),
                0.99,
            )
            for row in self.rows
            if row.first is not None
        ]
        page = self.pages[1]
        listing = Page(2, page.file, 2, PageText("scanned", 0, (*page.content.lines, *lines)))
        return (self.pages[0], listing, *self.pages[2:])

    def compared(self) -> Reconciliation:
        return reconcile(self.rows, self.documents, self.written())

    def change(self, title: str, **changes: int | None) -> None:
        self.rows = [replace(row, **changes) if row.title == title else row for row in self.rows]

    def drop_row(self, title: str) -> None:
        self.rows = [row for row in self.rows if row.title != title]

    def add_row(self, title: str, behind: str, first: int, last: int) -> None:
        at = next(i for i, row in enumerate(self.rows) if row.title == behind) + 1
        box = replace(self.rows[at - 1].box, y0=self.rows[at - 1].box.y1 + 0.001, y1=self.rows[at - 1].box.y1 + 0.003)
        self.rows.insert(at, CatalogueRow("", title, first, last, 2, box))

    def of(self, title: str) -> str:
        return next(d.id for d in self.documents if d.title == title)


def in_order(found: Reconciliation) -> bool:
    return not (found.absent or found.unlisted or found.wrong)


def with_blanks(*behind: str) -> list[tuple[str, str, int]]:
    papers = []
    for paper in KINDS:
        papers.append(paper)
        if paper[1] in behind:
            papers.append(("blank_page", "空白页", 1))
    return papers


def test_every_row_finds_its_document() -> None:
    file = File()
    found = file.compared()
    assert in_order(found)
    assert [row.documents for row in found.rows] == [(file.of(title),) for title in TITLES]


def test_blank_backs_that_the_catalogue_does_not_count() -> None:
    assert in_order(File(with_blanks("法律援助申请表", "起诉书", "送达回证")).compared())


def test_blank_backs_that_the_catalogue_counts() -> None:
    papers = with_blanks("法律援助申请表", "起诉书", "送达回证")
    assert in_order(File(papers, counted_blanks=True).compared())


@pytest.mark.parametrize("by", [2, 10, 57])
def test_a_catalogue_that_begins_at_another_number(by: int) -> None:
    file = File()
    file.rows = [replace(row, first=(row.first or 0) + by, last=(row.last or 0) + by) for row in file.rows]
    assert in_order(file.compared())


def test_a_catalogue_that_gives_first_pages_only() -> None:
    file = File()
    file.rows = [replace(row, last=row.first) for row in file.rows]
    assert in_order(file.compared())


def test_a_catalogue_without_pages_still_tells_what_is_there() -> None:
    file = File()
    file.rows = [replace(row, first=None, last=None) for row in file.rows]
    found = file.compared()
    assert in_order(found)
    assert found.rows[9].documents == (file.of("起诉意见书"),)


def test_a_listed_paper_that_is_not_there() -> None:
    file = File([paper for paper in KINDS if paper[1] != "起诉意见书"])
    file.rows = File().rows
    found = file.compared()
    (absent,) = found.absent
    assert (found.rows[absent.row].title, absent.sure) == ("起诉意见书", True)
    assert not found.unlisted
    assert not found.wrong


def test_a_row_that_shares_its_page_with_another_has_no_document() -> None:
    file = File()
    file.add_row("量刑建议书", "起诉书", 17, 17)
    found = file.compared()
    assert [(found.rows[one.row].title, one.sure) for one in found.absent] == [("量刑建议书", True)]
    assert not found.wrong


def test_a_paper_of_two_pages_that_no_row_names() -> None:
    file = File()
    file.drop_row("起诉意见书")
    found = file.compared()
    assert [(one.document, one.sure) for one in found.unlisted] == [(file.of("起诉意见书"), True)]
    assert not found.absent
    assert not found.wrong


def test_an_unlisted_paper_that_the_catalogue_did_not_count() -> None:
    listed = File([paper for paper in KINDS if paper[1] != "起诉意见书"])
    file = File()
    file.rows = listed.rows
    found = file.compared()
    assert [one.document for one in found.unlisted] == [file.of("起诉意见书")]
    assert not found.wrong


def test_a_paper_of_one_page_may_be_left_out() -> None:
    file = File()
    file.drop_row("送达回证")
    assert in_order(file.compared())


def test_pages_that_the_other_rows_contradict() -> None:
    file = File()
    file.change("起诉意见书", first=25, last=26)
    found = file.compared()
    (wrong,) = found.wrong
    assert (found.rows[wrong.row].title, wrong.expected, wrong.sure) == ("起诉意见书", (14, 15), True)


def test_a_last_page_that_the_next_row_contradicts() -> None:
    file = File()
    file.change("起诉意见书", last=17)
    found = file.compared()
    assert [(found.rows[w.row].title, w.expected, w.sure) for w in found.wrong] == [("起诉意见书", (14, 15), True)]


def test_a_pens_one_for_a_seven_is_no_sure_error() -> None:
    file = File()
    file.change("辩护词", first=64, last=64)
    file.change("律师权利义务告知书", first=5, last=5)
    found = file.compared()
    assert {found.rows[w.row].title: w.sure for w in found.wrong} == {"辩护词": True, "律师权利义务告知书": False}


def test_numbers_that_were_read_badly_are_no_sure_error() -> None:
    file = File()
    file.change("起诉意见书", first=25, last=26)
    pages = list(file.written())
    lines = tuple(replace(line, score=0.6) if line.text == "25-26" else line for line in pages[1].lines)
    pages[1] = replace(pages[1], content=replace(pages[1].content, lines=lines))
    (wrong,) = reconcile(file.rows, file.documents, pages).wrong
    assert not wrong.sure


@pytest.mark.parametrize("kind", ["overwritten", "whitened"])
def test_what_was_written_over_is_no_sure_error(kind: MarkKind) -> None:
    file = File([paper for paper in KINDS if paper[1] != "起诉意见书"])
    file.rows = File().rows
    file.change("辩护词", first=64, last=64)
    pages = list(file.written())
    changed = [row for row in file.rows if row.title in ("起诉意见书", "辩护词")]
    marks = tuple(Mark(kind, Box(0.2, row.box.y0, 0.3, row.box.y1), "blue") for row in changed)
    pages[1] = replace(pages[1], content=replace(pages[1].content, marks=marks))
    found = reconcile(file.rows, file.documents, pages)
    assert [one.sure for one in (*found.absent, *found.wrong)] == [False, False]
    assert all(one.sure for one in (*file.compared().absent, *file.compared().wrong))


def test_a_number_written_behind_a_stroke_is_no_sure_error() -> None:
    file = File()
    file.change("辩护词", first=64, last=64)
    pages = list(file.written())
    box = next(row.box for row in file.rows if row.title == "辩护词")
    struck = Mark("struck", Box(0.66, box.y0, 0.695, box.y1), "blue", "19")
    pages[1] = replace(pages[1], content=replace(pages[1].content, marks=(struck,)))
    (wrong,) = reconcile(file.rows, file.documents, pages).wrong
    assert not wrong.sure


def test_exhibits_belong_to_the_row_whose_range_holds_them() -> None:
    papers = [
        *KINDS[:9],
        ("evidence_catalogue", "证据目录", 1),
        ("evidence_material", "借条", 1),
        ("evidence_material", "银行流水", 2),
        ("evidence_material", "聊天记录", 1),
        *KINDS[11:],
    ]
    file = File(papers)
    exhibits = [row for row in file.rows if row.title in ("借条", "银行流水", "聊天记录")]
    file.rows = [row for row in file.rows if row not in exhibits[1:]]
    file.rows = [
        replace(row, title="证据材料", last=exhibits[2].last) if row is exhibits[0] else row for row in file.rows
    ]
    found = file.compared()
    assert in_order(found)
    assert next(row for row in found.rows if row.title == "证据材料").documents == tuple(
        file.of(title) for title in ("借条", "银行流水", "聊天记录")
    )


def test_two_rows_that_changed_places_are_in_order() -> None:
    file = File()
    file.rows[4], file.rows[5] = file.rows[5], file.rows[4]
    assert in_order(file.compared())


def test_titles_with_misread_characters() -> None:
    file = File()
    file.rows = [replace(row, title=row.title[:-2] + "囗" + row.title[-1]) for row in file.rows]
    found = file.compared()
    assert not any(one.sure for one in (*found.absent, *found.unlisted, *found.wrong))
    assert sum(bool(row.documents) for row in found.rows) >= 14


def test_a_missed_boundary_makes_nobody_sure() -> None:
    file = File()
    index = next(i for i, d in enumerate(file.documents) if d.title == "送达回证")
    swallowed = file.documents[index]
    judgment = replace(file.documents[index - 1], last=swallowed.last)
    file.documents[index - 1 : index + 1] = [judgment]
    found = file.compared()
    assert not any(one.sure for one in (*found.absent, *found.unlisted, *found.wrong))


def test_a_boundary_too_many_makes_nobody_sure() -> None:
    file = File()
    index = next(i for i, d in enumerate(file.documents) if d.title == "庭审笔录")
    record = file.documents[index]
    torn = replace(record, id="torn", type="other", title="", first=record.first + 1, title_box=None, score=0.4)
    file.documents[index : index + 1] = [replace(record, last=record.first), torn]
    found = file.compared()
    assert in_order(found)
    assert next(row for row in found.rows if row.title == "庭审笔录").documents == (record.id, "torn")


def test_each_volume_has_its_own_catalogue_and_numbers() -> None:
    file = File(KINDS[:8])
    second = File(KINDS[8:])
    shift = len(file.pages)
    pages = [*file.written(), *(replace(page, number=page.number + shift) for page in second.written())]
    documents = [
        *file.documents,
        *(replace(d, id=f"e{d.id}", first=d.first + shift, last=d.last + shift) for d in second.documents),
    ]
    rows = [*file.rows, *(replace(row, page=row.page + shift) for row in second.rows)]
    found = reconcile(rows, documents, pages)
    assert in_order(found)
    assert found.rows[8].documents == (f"e{second.of('阅卷笔录')}",)


def test_a_blank_back_between_two_pages_of_a_catalogue_parts_no_volumes() -> None:
    papers = (("blank_page", "空白页", 1), ("file_catalogue", "卷内目录", 1), *KINDS)
    file = File(papers)
    right = File()
    more = file.documents[3]
    assert more.type == "file_catalogue"
    file.rows = [replace(row, page=2 if index < 9 else more.first) for index, row in enumerate(right.rows)]
    found = file.compared()
    assert in_order(found)
    assert all(row.documents for row in found.rows)


def test_two_rows_say_nothing() -> None:
    file = File()
    file.rows = file.rows[:2]
    assert in_order(file.compared())
    assert all(not row.documents for row in file.compared().rows)
