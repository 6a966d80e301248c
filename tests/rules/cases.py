"""Cases of a rule as a lawyer writes them in YAML, and the `CaseFile` that each of them is.

A file `tests/rules/<CODE>.yaml` holds `cases`. A case has a `name`, what is in the file (`documents`, in order, each
with its type of doctypes.csv, its pages, its dates, what stands on it) and what the rule must say (`expect`). Pages
are numbered through the file as the documents follow one another. A date that was not read for certain ends in "?".
Whatever is not said is ordinary: a criminal trial file by application under 法律援助法, every page legible. A key that
is not known is an error, so that a slip of the pen tests nothing by accident.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import yaml
from case_facts import (
    FOOT,
    LEFT,
    RIGHT,
    TOP,
    WHOLE_LINE,
    Strict,
    Words,
    WrittenChange,
    WrittenForm,
    WrittenPeople,
    WrittenProfile,
    WrittenSlot,
    cells_of,
    change_of,
    form_of,
    slot_of,
)
from case_signing import Signed
from pydantic import Field, field_validator, model_validator

from pipeline.batch.compare import compare_all
from pipeline.casefile import (
    Box,
    CaseFile,
    CatalogueRow,
    DateFact,
    Document,
    Line,
    Page,
    PageText,
    People,
    Person,
    Profile,
    Quality,
    SourceRecord,
)
from pipeline.detectors.abstracts import abstract_of
from pipeline.detectors.peers import Peers
from pipeline.documents.placement import place_pages
from pipeline.documents.reconcile import reconcile
from pipeline.documents.types import BLANK, OTHER, doc_types, type_title
from pipeline.packs.load import load_pack
from pipeline.text.normalise import fold

FOLDER = Path(__file__).parent
FILE = "案卷.pdf"
LINE_LENGTH = 32
"""Characters of a full line: a paragraph is broken as a page breaks it, in the middle of words."""
LINES_OF_A_PAGE = 27
TITLE_BOX = Box(0.32, 0.04, 0.68, 0.075)
GRADES: dict[str, tuple[float, tuple[str, ...]]] = {
    "good": (1.0, ()),
    "fair": (0.9, ("墨迹浅淡", "部分文字识别把握低")),
    "poor": (0.7, ("多数文字识别把握低",)),
}
"""Confidence and reasons of a page of a grade, as pipeline/ocr/quality.py gives them."""


class WrittenDate(Strict):
    """A date of a document. `page` counts within the document; `certain: false` is a reading not to be relied on.

    `person`, `stage`, `time`: whose it is, of which stage of proceedings, at which hours ("09:00-10:00").
    """

    role: str
    value: dt.date
    certain: bool = True
    page: int = 1
    person: str = ""
    stage: str = ""
    time: str = ""


class WrittenDocument(Signed):
    """One paper. `text`: what stands on it, one string for each page. `illegible`: all of its pages, or those listed.

    `dates`: role and day ("2021-03-17", with "?" where not certain), or a list of `WrittenDate`s. `lost`: the pages
    that could not be read at all (no image). `titled: false`: no title was made out. `grade`: how well its other pages
    were read; `wordless`: nothing stands on it that could be read (a photograph). `slots`: its blanks, by kind and
    state or one by one; `table`: rows of cells below the text, "" where one is empty; `changes`: see `WrittenChange`.
    """

    type: str
    title: str = ""
    titled: bool = True
    pages: int = Field(default=1, ge=1, le=40)
    text: tuple[str, ...] = ()
    illegible: bool | tuple[int, ...] = False
    lost: tuple[int, ...] = ()
    score: float = Field(default=0.95, ge=0, le=1)
    grade: Literal["good", "fair", "poor"] = "good"
    wordless: bool = False
    dates: tuple[WrittenDate, ...] = ()
    slots: tuple[WrittenSlot, ...] = ()
    form: WrittenForm | None = None
    table: tuple[tuple[Words, ...], ...] = ()
    changes: tuple[WrittenChange, ...] = ()

    @field_validator("slots", mode="before")
    @classmethod
    def _short_slots(cls, value: object) -> object:
        return [{"kind": kind, "state": state} for kind, state in value.items()] if isinstance(value, dict) else value

    @field_validator("type")
    @classmethod
    def _known(cls, value: str) -> str:
        if value not in doc_types():
            raise ValueError(f"no document type {value}")
        return value

    @field_validator("text", mode="before")
    @classmethod
    def _pages_of_text(cls, value: object) -> object:
        return (value,) if isinstance(value, str) else value

    @field_validator("dates", mode="before")
    @classmethod
    def _short_dates(cls, value: object) -> object:
        if not isinstance(value, dict):
            return value
        return [
            {"role": role, "value": str(day).rstrip("?"), "certain": not str(day).endswith("?")}
            for role, days in value.items()
            for day in (days if isinstance(days, list) else [days])
        ]

    @model_validator(mode="after")
    def _within(self) -> WrittenDocument:
        listed = self.illegible if isinstance(self.illegible, tuple) else ()
        if len(self.text) > self.pages or any(page > self.pages for page in (*listed, *self.lost)):
            raise ValueError(f"{self.type}: more pages are named than the document has")
        if any(date.page > self.pages for date in self.dates):
            raise ValueError(f"{self.type}: a date stands on a page that the document does not have")
        return self

    @property
    def unreadable(self) -> frozenset[int]:
        """Pages within the document that cannot be read."""
        if isinstance(self.illegible, tuple):
            return frozenset((*self.illegible, *self.lost))
        return frozenset(range(1, self.pages + 1) if self.illegible else self.lost)


class WrittenRow(Strict):
    """A row of the file's own 卷内目录: a title and the pages, by its own numbers (from behind itself on).

    `unread`: something stands in its empty cell that could not be read.
    """

    title: str = ""
    pages: tuple[int, int] | int | None = None
    unread: bool = False


class Considered(Strict):
    """An answer that must stand in `considered`."""

    verdict: Literal["unsure", "lawful", "pass", "not_applicable"]
    lawful: str | None = None
    says: Words = ""


class Expected(Strict):
    """What the rule must say. What is None is not compared; `says` must be contained in the outcome's `why`.

    `pages`: those the outcome names, or, for a flag, those of its evidence. `verdict` "not_run": the pack leaves the
    rule out.
    """

    verdict: Literal["flag", "unsure", "lawful", "pass", "not_applicable", "not_run"]
    lawful: str | None = None
    severity: Literal["high", "medium", "low"] | None = None
    document_type: str | None = None
    pages: tuple[int, ...] | None = None
    findings: int | None = None
    constraint: str | None = None
    says: Words = ""
    quotes: tuple[Words, ...] = ()
    considered: tuple[Considered, ...] = ()


class WrittenPeer(Strict):
    """Another file of the batch, for rules that look across files."""

    name: str
    people: WrittenPeople = WrittenPeople()
    documents: tuple[WrittenDocument, ...] = Field(min_length=1)


class RuleCase(Strict):
    """One case: a file and what the rule must say of it. `why`: the lawyer's reason, for the reader.

    `peers`: the other files of its batch; `compared: false`: they have not all been read yet.
    """

    name: str
    why: str = ""
    profile: WrittenProfile = WrittenProfile()
    people: WrittenPeople = WrittenPeople()
    documents: tuple[WrittenDocument, ...] = Field(min_length=1)
    catalogue: tuple[WrittenRow, ...] = ()
    peers: tuple[WrittenPeer, ...] = ()
    compared: bool = True
    pack: str = "henan"
    expect: Expected

    @field_validator("expect", mode="before")
    @classmethod
    def _bare_verdict(cls, value: object) -> object:
        return {"verdict": value} if isinstance(value, str) else value


class RuleCases(Strict):
    """A file of cases. `texts` holds papers and lists of them that several cases quote by YAML anchors."""

    texts: dict[str, object] = Field(default_factory=dict)
    cases: tuple[RuleCase, ...]

    @model_validator(mode="after")
    def _named_once(self) -> RuleCases:
        names = [case.name for case in self.cases]
        if len(set(names)) < len(names):
            raise ValueError(f"names used twice: {sorted({name for name in names if names.count(name) > 1})}")
        return self


def load_cases(path: Path) -> RuleCases:
    """The cases of one file. Raises pydantic's `ValidationError` where a key, type or role is not known."""
    return RuleCases.model_validate(yaml.safe_load(path.read_text("utf-8")))


def case_files() -> Iterator[tuple[str, Path]]:
    """Every `<CODE>.yaml` with its code."""
    for path in sorted(FOLDER.glob("*.yaml")):
        yield path.stem, path


def peers_of_case(case: RuleCase) -> Peers | None:
    """What the rules are told of the other files, compared as a batch compares them."""
    if not case.peers:
        return None
    if not case.compared:
        return Peers(compared=False)
    pack = load_pack(case.pack)
    others = [
        RuleCase(name=peer.name, people=peer.people, documents=peer.documents, expect=case.expect)
        for peer in case.peers
    ]
    return compare_all([abstract_of(build(one), pack) for one in (case, *others)])[0]


def build(case: RuleCase) -> CaseFile:
    """The case file that the lawyer described."""
    pages: list[Page] = []
    documents: list[Document] = []
    dates: list[DateFact] = []
    for number, written in enumerate(case.documents, 1):
        document = _document(f"d{number}", written, len(pages) + 1)
        documents.append(document)
        for within in range(1, written.pages + 1):
            pages.append(Page(len(pages) + 1, FILE, len(pages) + 1, _page_text(written, within, document.title)))
        dates.extend(_date(date, document) for date in written.dates)
    holder = next((d for d in documents if d.type == "file_catalogue"), None)
    rows = _catalogue(case, documents)
    blank = frozenset(n for d in documents if d.type == BLANK for n in d.pages)
    placed = place_pages(pages, holder.last if holder else 0, rows, blank)
    agreed = reconcile(rows, documents, pages)
    papers = list(zip(case.documents, documents, strict=True))
    return CaseFile(
        case_id=case.name,
        sources=(SourceRecord(FILE, "0" * 64, len(pages)),),
        pages=tuple(pages),
        documents=tuple(documents),
        profile=Profile(**case.profile.model_dump()),
        people=People(**case.people.model_dump(exclude={"opponents"})),
        dates=tuple(dates),
        slots=tuple(slot_of(slot, at, document) for one, document in papers for at, slot in enumerate(one.slots)),
        forms=tuple(form_of(one.form, document) for one, document in papers if one.form is not None),
        alterations=tuple(change_of(change, document) for one, document in papers for change in one.changes),
        persons=tuple(Person(name, "opponent") for name in case.people.opponents),
        catalogue=agreed.rows,
        catalogue_check=agreed.check,
        signatures=tuple(one for paper, document in papers for one in paper.placed_signatures(document)),
        seals=tuple(one for paper, document in papers for one in paper.placed_seals(document)),
        catalogue_types={page: place.likely for page, place in placed.items()},
    )


def _document(name: str, written: WrittenDocument, first: int) -> Document:
    titled = written.titled and written.type not in (BLANK, OTHER) and 1 not in written.unreadable
    titled = titled or (written.type == OTHER and bool(written.title) and 1 not in written.unreadable)
    title = written.title or type_title(written.type)
    return Document(
        name,
        written.type,
        title,
        first,
        first + written.pages - 1,
        written.score,
        ("title",) if titled else ("cues",),
        TITLE_BOX if titled else None,
    )


def _page_text(written: WrittenDocument, within: int, title: str) -> PageText:
    if within in written.lost:
        return PageText("failed", quality=Quality("unreadable", 0.0, ("读不出",)))
    text = written.text[within - 1] if within <= len(written.text) else ""
    unreadable = within in written.unreadable
    lines = list(_lines(text, 0.2 if unreadable else 0.98))
    if within == 1:
        lines.extend(cells_of(written.table, len(lines)))
    if written.type == BLANK:
        return PageText("blank")
    if unreadable:
        return PageText("scanned", lines=tuple(lines), quality=Quality("unreadable", 0.2, ("模糊",)))
    titled = within == 1 and written.titled and (written.type != OTHER or written.title)
    if titled:
        lines.insert(0, Line(title, TITLE_BOX, 0.99))
    if written.wordless:
        return PageText("scanned", quality=Quality(written.grade, 0.0, ("没有识别到文字",)))
    if not lines:
        lines.append(Line("本页所载内容详见原件", Box(LEFT, 0.4, 0.6, 0.425), 0.97))
    confidence, reasons = GRADES[written.grade]
    marks = written.seal_marks() if within == written.pages else ()
    return PageText("scanned", lines=tuple(lines), marks=marks, quality=Quality(written.grade, confidence, reasons))


def _lines(text: str, score: float) -> Iterator[Line]:
    rows = [
        paragraph[start : start + LINE_LENGTH]
        for paragraph in text.strip().splitlines()
        for start in range(0, len(paragraph), LINE_LENGTH)
    ]
    step = min(0.03, (FOOT - TOP) / max(len(rows), LINES_OF_A_PAGE))
    for index, row in enumerate(rows):
        top = TOP + index * step
        width = WHOLE_LINE * min(1.0, len(fold(row)) / LINE_LENGTH)
        yield Line(row, Box(LEFT, top, LEFT + width, top + 0.75 * step), score)


def _date(date: WrittenDate, document: Document) -> DateFact:
    raw = f"{date.value.year}年{date.value.month}月{date.value.day}日"
    return DateFact(
        role=date.role,
        value=date.value,
        document=document.id,
        page=document.first + date.page - 1,
        box=Box(0.6, 0.84, 0.84, 0.87),
        raw=raw,
        certain=date.certain,
        source="case",
        stage=date.stage,
        person=date.person,
        time=date.time,
    )


def _catalogue(case: RuleCase, documents: list[Document]) -> tuple[CatalogueRow, ...]:
    holder = next((d for d in documents if d.type == "file_catalogue"), documents[0])
    rows = []
    for number, row in enumerate(case.catalogue, 1):
        span = (row.pages, row.pages) if isinstance(row.pages, int) else row.pages or (None, None)
        top = TOP + 0.03 * number
        box = Box(LEFT, top, RIGHT, top + 0.022)
        rows.append(CatalogueRow(str(number), row.title, span[0], span[1], holder.first, box, unread=row.unread))
    return tuple(rows)
