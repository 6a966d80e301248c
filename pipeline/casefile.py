"""The nouns of prescreen, frozen; read this first.

Two vocabularies are kept apart. *What was seen* is here: `Box`, `Line`, `Mark`, `PageText`, `Page`, `Document`,
`Evidence` and the facts, gathered in a `CaseFile`. *What we think of it* is in `outcomes.py`. Detectors turn the first
into the second; nothing else does.

Coordinates: every `Box` is in fractions of the *upright* page's width and height, origin at the top left
(contract.md, Output). Pages are numbered from 1 through the whole case in reading order.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from pipeline.box import Box as Box
from pipeline.box import InkGrid as InkGrid
from pipeline.catalogue import Absent as Absent
from pipeline.catalogue import CatalogueCheck as CatalogueCheck
from pipeline.catalogue import CatalogueRow as CatalogueRow
from pipeline.catalogue import Unlisted as Unlisted
from pipeline.catalogue import WrongRange as WrongRange
from pipeline.corrections import PlacedCorrection as PlacedCorrection
from pipeline.corrections import Reviewed as Reviewed
from pipeline.problems import Problem

PageKind = Literal["scanned", "digital", "blank", "failed"]
MarkKind = Literal[
    "seal", "fingerprint", "name_seal", "receipt_stamp", "handwriting", "ink", "struck", "overwritten", "whitened"
]
Grade = Literal["good", "fair", "poor", "unreadable"]
SignatureState = Literal["signed", "blank", "unclear"]
SlotState = Literal["filled", "empty", "unclear"]
AlterationKind = Literal["struck", "overwritten", "whitened"]
SignatureMark = Literal["handwriting", "fingerprint", "name_seal"]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text as an engine read it; a hypothesis with a score (None for digital text).

    `second` is an independent reading of the same place on a cleaned, enlarged crop (seal and fingerprint colours
    suppressed), made where a date or number may stand; None where no second reading was made.
    `hand` is the share of the line's ink that looks handwritten, 0..1; None where it was not measured.
    """

    text: str
    box: Box
    score: float | None = None
    second: str | None = None
    second_score: float | None = None
    hand: float | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """Something on the page that is no line of text.

    An official seal, a fingerprint, a name seal, a receipt stamp, a signature or initials (`handwriting`, whether or
    not lines of text cover them), or strokes of a pen that no line covers (`ink`; may be a signature as well);
    in tables of contents also writing struck through (`struck`), written over or painted out (`overwritten`,
    `whitened`). `text` is what could be read of it: of struck writing, what stands below the stroke.
    """

    kind: MarkKind
    box: Box
    colour: Literal["red", "blue", "black"]
    text: str = ""
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Quality:
    """How readable a page is, and why; `confidence` is the length-weighted mean score of its lines (0..1)."""

    grade: Grade
    confidence: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageText:
    """What was read on one page. `rotation`: degrees clockwise that the scan must be turned to be upright."""

    kind: PageKind
    rotation: Literal[0, 90, 180, 270] = 0
    lines: tuple[Line, ...] = ()
    marks: tuple[Mark, ...] = ()
    quality: Quality = field(default_factory=lambda: Quality("good", 1.0))
    width: int = 0
    """Pixels of the upright image that was read; 0 where there was none."""
    height: int = 0
    problems: tuple[Problem, ...] = ()
    ink: InkGrid | None = None
    """Where there is ink, read or not; None where nobody looked."""

    @property
    def text(self) -> str:
        """All lines in reading order, one a line."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the case: its number through the case, where it came from, what was read."""

    number: int
    file: str
    file_page: int
    content: PageText

    @property
    def lines(self) -> tuple[Line, ...]:
        return self.content.lines

    @property
    def legible(self) -> bool:
        """Whether the page was read well enough to say what stands on it (a blank page is legible: it is blank)."""
        return self.content.kind != "failed" and self.content.quality.grade != "unreadable"


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """One file of the case as it was given, for the output's `sources`."""

    file: str
    sha256: str
    pages: int


@dataclass(frozen=True, slots=True)
class Document:
    """A run of pages that is one paper of the file. `type` is a key of documents/doctypes.csv.

    `score` is the confidence in the type, 0..1; `evidence` says what it rests on ("title", "classifier",
    "continuation", "catalogue" …). `title_box` is where the title stands on the first page, if it has one.
    """

    id: str
    type: str
    title: str
    first: int
    last: int
    score: float
    evidence: tuple[str, ...] = ()
    title_box: Box | None = None
    reviewed: Reviewed | None = None
    """Who corrected its type or its first page; likewise below: a person vouches for the fact."""

    @property
    def pages(self) -> range:
        return range(self.first, self.last + 1)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place on a page with what stands there."""

    page: int
    box: Box
    quote: str


@dataclass(frozen=True, slots=True)
class DateFact:
    """A date with its role (contract.md, Date roles). Only `certain` ones may make a rule flag."""

    role: str
    value: dt.date
    document: str
    page: int
    box: Box
    raw: str
    certain: bool
    source: str = ""
    """Which extractor found it, and why it is not certain where it is not."""
    stage: str = ""
    """Stage of criminal proceedings that its document names (investigation | prosecution_review | trial), or ""."""
    person: str = ""
    """The lawyer (of what is told: the person told of) that it belongs to; "" where nobody is named."""
    time: str = ""
    """Hours of a record as HH:MM or HH:MM-HH:MM, "" where none are read."""
    reviewed: Reviewed | None = None

    @property
    def evidence(self) -> Evidence:
        return Evidence(self.page, self.box, self.raw)


@dataclass(frozen=True, slots=True)
class Misdate:
    """A date in a role, as it was read, that no paper can bear; `certain`: the paper says so, it is no misreading."""

    document: str
    role: str
    page: int
    box: Box
    text: str
    reason: Literal["no_such_day", "to_come"]
    certain: bool


@dataclass(frozen=True, slots=True)
class Signature:
    """A slot where somebody signs (contract.md, Signer roles) and what stands in it."""

    document: str
    role: str
    state: SignatureState
    mark: SignatureMark | None
    page: int
    box: Box
    name: str = ""
    reviewed: Reviewed | None = None


@dataclass(frozen=True, slots=True)
class Seal:
    """An official seal (agency, court, police, firm, unit), red or black."""

    document: str
    page: int
    box: Box
    text: str


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A thumb pressed on a document, red or black; whose it is only its place tells."""

    document: str
    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Slot:
    """A place that a printed form leaves to be filled in: an underline, a cell, "   年   月   日", "第   号".

    `kind`: number | unit | recipient | cause | date | name | other. `label` is what the form prints before it, `text`
    what was written there. `optional`: the form itself says that it may stay empty (or another of its slots is taken).
    """

    document: str
    page: int
    box: Box
    kind: str
    label: str
    state: SlotState
    text: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class FormVersion:
    """Which printed form a document stands on: a key of law/forms.csv, "" where none fits, and what tells its version.

    `cites`: the laws that the print itself names; `words`: words that only one generation of forms has, and printed
    marks of a version. `date`: when it was signed or issued, read with certainty; None also where no form fits.
    """

    document: str
    form: str
    cites: tuple[Evidence, ...] = ()
    words: tuple[Evidence, ...] = ()
    date: dt.date | None = None
    dated: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Alteration:
    """Writing struck through or written over. `confirmed`: a fingerprint or name seal stands on the correction."""

    document: str
    page: int
    box: Box
    kind: AlterationKind
    confirmed: bool
    text: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the file names. `variants`: other spellings that are the same person misread; best reading first.

    `part`: recipient | guardian | lawyer | co_defendant | opponent | victim | witness | official; and who must not be
    taken for one of these: duty_lawyer (值班律师) | other_lawyer (another party's) | accomplice (另案处理) | co_party
    (on the client's side of a civil case) | third_party. An opponent may be a company or an authority.
    """

    name: str
    part: str
    variants: tuple[str, ...] = ()
    id_number: str = ""
    phone: str = ""
    places: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Number:
    """A number that identifies: kind case | document | id | phone. `valid`: its checksum or form holds."""

    kind: str
    text: str
    document: str
    page: int
    box: Box
    valid: bool = True


@dataclass(frozen=True, slots=True)
class Profile:
    """What sort of case this is (contract.md, Output). `basis` says what each answer rests on."""

    case_kind: str
    stage: str
    entry: str
    regime: str
    basis: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class People:
    """Who is who. `lawyer` is the last one assigned; `lawyers` all of them in order of assignment."""

    recipient: str = ""
    lawyer: str = ""
    lawyers: tuple[str, ...] = ()
    law_firm: str = ""
    agency: str = ""
    charge_or_cause: str = ""
    case_numbers: tuple[str, ...] = ()
    courts: tuple[str, ...] = ()
    procuratorates: tuple[str, ...] = ()
    police: tuple[str, ...] = ()
    commissions: tuple[str, ...] = ()  # of arbitration, and mediation committees
    guardians: tuple[str, ...] = ()
    co_defendants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One case after reading and understanding: all that was seen, nothing that is thought of it."""

    case_id: str
    sources: tuple[SourceRecord, ...]
    pages: tuple[Page, ...]
    documents: tuple[Document, ...]
    profile: Profile
    people: People
    dates: tuple[DateFact, ...] = ()
    misdates: tuple[Misdate, ...] = ()
    signatures: tuple[Signature, ...] = ()
    seals: tuple[Seal, ...] = ()
    fingerprints: tuple[Fingerprint, ...] = ()
    slots: tuple[Slot, ...] = ()
    forms: tuple[FormVersion, ...] = ()
    alterations: tuple[Alteration, ...] = ()
    persons: tuple[Person, ...] = ()
    numbers: tuple[Number, ...] = ()
    catalogue: tuple[CatalogueRow, ...] = ()
    catalogue_check: CatalogueCheck = field(default_factory=CatalogueCheck)
    catalogue_types: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """Types of the catalogue rows whose range holds a page, by page number in the case."""
    corrections: tuple[PlacedCorrection, ...] = ()
    problems: tuple[Problem, ...] = ()

    def page(self, number: int) -> Page:
        return self.pages[number - 1]

    def of_type(self, *types: str) -> tuple[Document, ...]:
        """All documents of these types, in file order."""
        return tuple(d for d in self.documents if d.type in types)

    def document(self, document_id: str) -> Document:
        return next(d for d in self.documents if d.id == document_id)

    def document_at(self, page: int) -> Document:
        return next(d for d in self.documents if d.first <= page <= d.last)

    def lines_of(self, document: Document) -> Iterable[tuple[int, Line]]:
        """Every line of a document with its page number, in reading order."""
        for number in document.pages:
            for line in self.page(number).lines:
                yield number, line

    def text_of(self, document: Document) -> str:
        return "\n".join(line.text for _, line in self.lines_of(document))

    def dates_of(self, *roles: str) -> tuple[DateFact, ...]:
        """All dates with these roles, certain or not, in file order."""
        return tuple(d for d in self.dates if d.role in roles)
