"""Binds the documents of one case: catalogue, blank backs, scan wear, truth."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from PIL import Image

from sample_scans.generator import aid_forms
from sample_scans.generator.blocks import Bar, Doc, Entry, Head, Press, Receipt
from sample_scans.generator.facts import Case
from sample_scans.generator.markup import DateTag, SignTag
from sample_scans.generator.paper import HEIGHT, WIDTH, Place, Sealed, Sheet, Slot
from sample_scans.generator.sheet import Composer
from sample_scans.generator.slots import NUMBER_LINE, kind_of
from sample_scans.generator.wear import Scan, Worn, wear

NEW_FORMS = dt.date(2024, 5, 31)


@dataclass(frozen=True, slots=True)
class Binder:
    """A case file to be made: its facts, its papers in order (cover and catalogue excluded), what is known of it."""

    case: Case
    docs: tuple[Doc, ...]
    scan: Scan
    findings: tuple[dict[str, Any], ...] = ()
    traps: tuple[dict[str, Any], ...] = ()
    tolerated: tuple[dict[str, Any], ...] = ()
    package: str = "pdf"
    """pdf, folder (of JPGs) or zip (names in GBK)."""
    lawyers: tuple[str, ...] = ()
    case_numbers: tuple[str, ...] = ()
    remarks: dict[str, str] = field(default_factory=dict)
    front: Callable[[Case, int, list[Entry]], tuple[Doc, Doc]] | None = None
    """Cover and catalogue, where they are none of the usual ones: case, pages, rows."""
    edit: Callable[[list[Entry]], list[Entry]] | None = None
    """What the clerk did to the rows of the catalogue: corrected, left out, added, numbered wrongly."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A finished file: scans in order and the truth about them."""

    key: str
    package: str
    scans: tuple[Worn, ...]
    truth: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Page:
    doc: int
    sheet: Sheet
    first: bool
    blank: bool = False


def _catalogued(binder: Binder, lengths: Sequence[int]) -> list[Entry]:
    rows: list[Entry] = []
    at = 1
    for doc, length in zip(binder.docs, lengths, strict=True):
        last = at + length - 1
        pages = str(at) if length == 1 else f"{at}-{last}"
        at = last + 1
        if doc.listed != "":
            remark = binder.remarks.get(doc.type, "复印件" if doc.copy else "")
            rows.append(Entry(str(len(rows) + 1), doc.listed or doc.title.replace(" ", ""), pages, remark))
    return binder.edit(rows) if binder.edit else rows


def bind(binder: Binder) -> Bound:
    """Draw, wear and describe the file. The same facts give the same bytes."""
    case = binder.case
    composed = [Composer(doc, f"{case.key}/{i}").compose() for i, doc in enumerate(binder.docs)]
    lengths = [len(sheets) for sheets in composed]
    total = sum(lengths)
    rows = _catalogued(binder, lengths)
    front = (
        binder.front(case, total, rows)
        if binder.front
        else (aid_forms.cover(case, total), aid_forms.catalogue(case, rows))
    )
    docs = [*front, *binder.docs]
    sheets = [*(Composer(doc, f"{case.key}/front{i}").compose() for i, doc in enumerate(front)), *composed]
    pages: list[_Page] = []
    for i, (doc, group) in enumerate(zip(docs, sheets, strict=True)):
        pages += [_Page(i, sheet, n == 0) for n, sheet in enumerate(group)]
        if doc.back:
            pages.append(_Page(i, Sheet(Image.new("RGB", (WIDTH, HEIGHT), "white")), first=False, blank=True))
    worn = [_wear(binder, docs, pages, i) for i in range(len(pages))]
    return Bound(case.key, binder.package, tuple(worn), _truth(binder, docs, pages, worn))


def _wear(binder: Binder, docs: Sequence[Doc], pages: Sequence[_Page], index: int) -> Worn:
    page = pages[index]
    doc = docs[page.doc]
    counted = [i for i, p in enumerate(pages) if p.doc >= 2 and not p.blank]
    behind = None
    through = 0.0
    if page.blank:
        behind, through = pages[index - 1].sheet.image, 0.13
    elif index + 1 < len(pages) and index % 3 == 1:
        behind, through = pages[index + 1].sheet.image, 0.05
    return wear(
        page.sheet.image, f"{binder.case.key}#{index}", binder.scan, tint=doc.look.paper, behind=behind, through=through,
        copy=doc.copy and not page.blank, lost=doc.lost and page.first, turn=doc.turn if page.first else 0,
        number=counted.index(index) + 1 if index in counted else None, back=page.blank,
        colourless=doc.copy or page.blank or not _coloured(page.sheet, doc),
    )  # fmt: skip


def _coloured(sheet: Sheet, doc: Doc) -> bool:
    """Whether anything on the page is red or blue: ink of seals, thumbs and stamps, heads and rules."""
    stamped = any(tag.mark == "stamp" for tag, _ in sheet.signatures) or any(
        isinstance(b, Receipt | Press) for b in doc.blocks
    )
    red = any(isinstance(block, Head | Bar) and block.red for block in doc.blocks)
    return bool(sheet.seals or sheet.fingerprints or sheet.alterations or stamped or red or doc.ruled)


def _written(sheet: Sheet, doc: Doc, first: bool) -> str:
    if doc.lost and first:
        return "illegible"
    share = sheet.hand / max(1, sheet.hand + sheet.printed)
    return "handwritten" if share > 0.6 else "mixed" if share > 0.02 else "printed"


def _covered(box: Place, seals: Sequence[Sealed]) -> bool:
    """Whether a seal's disc lies over a good part of the box."""
    for x0, y0, x1, y1 in (s.box for s in seals if s.shape not in ("cut", "edge")):
        r, cx, cy = (x1 - x0) / 2, (x0 + x1) / 2, (y0 + y1) / 2
        points = [(box[0] + (box[2] - box[0]) * i / 10, (box[1] + box[3]) / 2) for i in range(11)]
        if sum((x - cx) ** 2 + (y - cy) ** 2 < r * r for x, y in points) >= 3:
            return True
    return False


def _truth(binder: Binder, docs: Sequence[Doc], pages: Sequence[_Page], worn: Sequence[Worn]) -> dict[str, Any]:
    case = binder.case
    truth_pages: list[dict[str, Any]] = []
    documents: list[dict[str, Any]] = []
    dates: list[dict[str, Any]] = []
    signatures: list[dict[str, Any]] = []
    seals: list[dict[str, Any]] = []
    seen: dict[str, list[dict[str, Any]]] = {"catalogue": [], "slots": [], "fingerprints": [], "alterations": []}
    lost: list[int] = []
    for n, (page, scan) in enumerate(zip(pages, worn, strict=True), 1):
        doc, sheet = docs[page.doc], page.sheet
        if page.blank:
            truth_pages.append({"page": n, "kind": "blank", "rotation": 0, "text": "", "written": "blank"})
            documents.append({"type": "blank_page", "title": "空白页", "pages": [n, n]})
            continue
        written = _written(sheet, doc, page.first)
        turn = doc.turn if page.first else 0
        text = "\n".join(line for line, _ in sheet.lines)
        truth_pages.append({"page": n, "kind": "scanned", "rotation": turn, "text": text, "written": written})
        if page.first:
            documents.append({"type": doc.type, "title": doc.title, "pages": [n, n]})
        else:
            documents[-1]["pages"][1] = n
        if doc.lost and page.first:
            lost.append(n)
            continue
        dates += [_date(tag, text, box, sheet, doc, n, scan) for tag, text, box in sheet.dates if tag.role]
        signatures += [_signature(tag, box, doc, n, scan) for tag, box in sheet.signatures]
        seals += [_seal(s, doc, n, scan) for s in sheet.seals]
        for key, found in _places(sheet, doc, case, n, scan).items():
            seen[key] += found
    findings = [dict(f) for f in binder.findings]
    findings += [{"rule": "IMG001", "note": f"第{n}页无法辨认", "pages": [n]} for n in lost]
    people = {
        "recipient": case.client.name, "lawyer": case.lawyer.name, "lawyers": list(binder.lawyers or (case.lawyer.name,)),
        "law_firm": case.lawyer.firm, "agency": case.office.centre, "charge_or_cause": case.about,
        "case_numbers": list(binder.case_numbers or ((case.court_number,) if case.court_number else ())),
    }  # fmt: skip
    return {
        "schema": 1, "case_id": case.key, "case_kind": case.kind, "stage": case.stage, "entry": case.entry, "regime": case.regime,
        "people": people, "pages": truth_pages, "documents": documents, "dates": dates, "signatures": signatures, "seals": seals, **seen,
        "findings": findings, "traps": [dict(t) for t in binder.traps], "tolerated": _tolerated(binder),
    }  # fmt: skip


def _tolerated(binder: Binder) -> list[dict[str, Any]]:
    """What two experts could judge differently: after the grace period some printed forms still say 承办人 (forms.csv)."""
    old = [{"rule": "VER902"}] if binder.case.on("assignment") > NEW_FORMS else []
    return [*(dict(t) for t in binder.tolerated), *old]


def _places(sheet: Sheet, doc: Doc, case: Case, page: int, scan: Worn) -> dict[str, list[dict[str, Any]]]:
    """What the contract leaves to `sample_scans`' own truth: catalogue rows, slots, fingerprints, alterations."""
    where = {"type": doc.type, "page": page}
    rows = [
        {"number": e.number, "title": e.title, "first": e.span[0], "last": e.span[1], "remark": e.remark, "page": page, "bbox": scan.place(box)}
        for e, box in sheet.catalogue
    ]  # fmt: skip
    numbers = [Slot("", box, text, "number") for text, box in sheet.lines if NUMBER_LINE.fullmatch(text)]
    slots = [
        {**where, "bbox": scan.place(slot.box), "kind": kind_of(slot, case), "label": slot.label, "state": "empty" if slot.empty else "filled",
         "optional": slot.optional, "text": slot.text.strip()}
        for slot in (*numbers, *sheet.slots)
    ]  # fmt: skip
    prints = [
        {**where, "bbox": scan.place(box), "colour": "black" if scan.grey else colour}
        for colour, box in sheet.fingerprints
    ]
    altered = [
        {**where, "bbox": scan.place(a.box), "kind": a.kind, "confirmed": a.confirmed, "text": a.text} for a in sheet.alterations
    ]  # fmt: skip
    return {"catalogue": rows, "slots": slots, "fingerprints": prints, "alterations": altered}


def _date(tag: DateTag, text: str, box: Place, sheet: Sheet, doc: Doc, page: int, scan: Worn) -> dict[str, Any]:
    return {
        "role": tag.role, "value": tag.value.isoformat(), "type": doc.type, "page": page,
        "written": "handwritten" if (tag, box) in sheet.penned else "printed",
        "under_seal": _covered(box, sheet.seals), "bbox": scan.place(box), "raw": text.strip(),
    }  # fmt: skip


def _seal(seal: Sealed, doc: Doc, page: int, scan: Worn) -> dict[str, Any]:
    """A seal of which only a part is on the page has no text to be read, but the truth says whose it is."""
    part = seal.shape in ("cut", "edge")
    return {
        "page": page, "type": doc.type, "text": "" if part else seal.text, "bbox": scan.place(seal.box), "shape": seal.shape,
        "colour": "black" if scan.grey else seal.colour, **({"part_of": seal.text} if part else {}),
    }  # fmt: skip


def _signature(tag: SignTag, box: Place, doc: Doc, page: int, scan: Worn) -> dict[str, Any]:
    marks = {"finger": "fingerprint", "stamp": "name_seal", "blank": None, "printed": None}
    mark = marks.get(tag.mark, "handwriting")
    state = "signed" if mark else "blank"
    return {"type": doc.type, "role": tag.role, "state": state, "mark": mark, "page": page, "bbox": scan.place(box)}
