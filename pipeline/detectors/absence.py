"""What it takes to say that a paper is missing (contract.md, Verdicts).

An absence rule flags unless some page *could be* the missing paper. A page cannot be it when its title or issuer is
legible, when it continues a typed document, or when the file's own catalogue gives it to another document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.casefile import Box, Document, Evidence, Page
from pipeline.detectors.base import Answer, Flag, Lawful, Pass, Unsure, Weighed
from pipeline.detectors.view import WHOLE_PAGE, CaseView, listed
from pipeline.documents.titles import match_title
from pipeline.documents.types import BLANK, OTHER, doc_types, type_title
from pipeline.problems import CATALOGUE
from pipeline.text.normalise import fold

_DOUBTFUL, _SURE, _NAMED = 0.7, 0.85, 0.85
_ENDED = re.compile(r"(年.{1,4}月.{1,4}日?|\d{4}[.\-/]\d{1,2}[.\-/]\d{1,2}|[(（].*[)）])\W*$")


def missing(
    case: CaseView,
    kind: str,
    *,
    message: str,
    near: Sequence[str],
    note: str | None = None,
    instead: Sequence[str] = (),
    at: Sequence[int] | None = None,
) -> Iterator[Answer]:
    """Answers of an absence rule for one type: passed where it is there, unsure where a page could be it, else a flag.

    `near`: types beside which the paper usually stands, for the evidence where the file has no catalogue. `note`: a
    pattern of what a signed 情况说明 must explain to take the paper's place (folded text). `instead`: other types any
    of which will do. `at`: pages at which the paper may stand at all; None for any.
    """
    present = case.of_type(kind, *instead)
    if present:
        yield Pass(f"第{present[0].first}页: {present[0].title}")
        return
    stub = _stub_of(case, kind)
    if stub is not None and case.pack.customs.stubs_count:
        yield Lawful(f"第{stub.first}页为{stub.title}, 本地以存根归档", "note", stub.id, (stub.first,))
        return
    if note is not None:
        explained = case.says(note, "situation_note")
        if explained:
            document, page, words = explained
            yield Lawful(f"卷内情况说明 (第{page}页) 已作说明: {words}", "note", document.id, (page,))
            return
    lost = [told for told in case.case.problems if CATALOGUE[told.code].fatal_for == "file"]
    if lost:
        names = "、".join(sorted({told.file or "" for told in lost}))
        yield Unsure(f"文件未能读取 ({names}), 不能断定缺少{type_title(kind)}")
        return
    if not any(document.title_box for document in case.case.documents):
        yield Unsure("没有认出任何一份文书的标题, 请确认是否为案卷")
        return
    doubtful = tuple(page for page in could_be(case, kind, *instead) if at is None or page in at)
    if doubtful:
        legible = all(case.case.page(page).legible and case.case.page(page).lines for page in doubtful)
        why = "标题未能读出, 内容与之相近" if legible else "无法辨认"
        yield Unsure(f"第{listed(doubtful)}页{why}, 不能断定缺少{type_title(kind)}", doubtful)
        return
    untitled = _listed_untitled(case, kind)
    if untitled:
        yield Unsure(f"目录把第{listed(untitled)}页列为{type_title(kind)}, 该页标题未能读出, 请人工看", untitled)
        return
    if note is not None:
        yield Weighed("卷内没有就此作出说明的情况说明", "note")
    evidence, listed_row = _place(case, kind, near)
    said = f"; 卷内目录列有“{listed_row}”, 未见该文书" if listed_row else ""
    said += f"; 第{stub.first}页为存根, 不能代替" if stub is not None else ""
    yield Flag(message + said, evidence=(evidence,), document_type=kind, confidence=0.93)


def could_be(case: CaseView, *kinds: str) -> tuple[int, ...]:
    """Pages that could be a missing paper of these types: none of title, neighbours and catalogue rules them out."""
    return tuple(page.number for page in case.case.pages if any(_could_be(case, page, kind) for kind in kinds))


def _stub_of(case: CaseView, kind: str) -> Document | None:
    """The stub (存根) that a form of this type was torn off from, where the file holds it."""
    titles = [fold(title) for title in (type_title(kind), *doc_types()[kind].titles) if len(title) > 2]
    for stub in case.of_type("form_stub"):
        text = fold(stub.title) + case.text_of(stub)[:60]
        if any(title in text for title in titles):
            return stub
    return None


def _listed_untitled(case: CaseView, kind: str) -> tuple[int, ...]:
    """Pages that the catalogue's row for this type stands for, where no title of theirs was read."""
    pages: list[int] = []
    for row in case.case.catalogue:
        if not _names(row.title, kind):
            continue
        for name in row.documents:
            document = case.case.document(name)
            if not _titled(document) or document.score < _SURE:
                pages.extend(document.pages)
    return tuple(pages)


def _names(title: str, kind: str) -> bool:
    """Whether a row's title names this type before any other."""
    matches = match_title(title)
    return dict(matches).get(kind, 0.0) > _NAMED and matches[0][0] == kind


def _titled(document: Document) -> bool:
    """Whether a title was read that says what the paper is; words of the text may have been taken for one."""
    if document.title_box is None:
        return False
    matches = match_title(document.title)
    return document.type == OTHER or (bool(matches) and matches[0][0] == document.type and matches[0][1] > _NAMED)


def _could_be(case: CaseView, page: Page, kind: str) -> bool:
    document = case.case.document_at(page.number)
    if document.type in (BLANK, "form_stub"):
        return False
    given = case.case.catalogue_types.get(page.number)
    if given and kind not in given:
        return False
    if kind == "cover" and page.number == 1 and (document.type == OTHER or document.score < _DOUBTFUL):
        return True  # covers are printed in many ways
    if page.legible and page.content.lines:
        # Read well enough: it is the paper only where nothing else was made of it and its words point there.
        unknown = document.type == OTHER or document.score < _DOUBTFUL
        if not unknown or _titled(document):
            return False
        return case.cues(page.number).get(kind, 0.0) >= 1.0
    if document.first == page.number and document.title_box is not None:
        return False
    return not _continues(case, page, document)


def _continues(case: CaseView, page: Page, document: Document) -> bool:
    """An illegible page inside a typed document: the page before leaves off in the middle, or the one after goes on."""
    if page.number == document.first:
        return False
    if page.number < document.last:
        return True
    before = case.case.page(page.number - 1)
    rows = [line for line in before.lines if 0.06 < line.box.centre[1] < 0.92]
    if not before.legible or not rows:
        return False
    # A paper that ended on the page before closes with a date or a signature line well above the foot of the page.
    tail = [fold(line.text) for line in rows[-3:]]
    closed = any(_ENDED.search(text) and len(text) < 24 for text in tail)
    return not closed or max(line.box.y1 for line in rows) > 0.86


def _place(case: CaseView, kind: str, near: Sequence[str]) -> tuple[Evidence, str]:
    """Where to point a person: the catalogue, or the document beside which the paper should stand."""
    for row in case.case.catalogue:
        if _names(row.title, kind):
            return Evidence(row.page, row.box, row.title), row.title
    holders = case.of_type("file_catalogue")
    if holders:
        page = holders[0].first
        boxes = [row.box for row in case.case.catalogue if row.page == page]
        box = boxes[0] if boxes else WHOLE_PAGE
        for other in boxes[1:]:
            box = box.union(other)
        return Evidence(page, box, "卷内目录"), ""
    for neighbour in near:
        documents = case.of_type(neighbour)
        if documents:
            return Evidence(documents[0].first, documents[0].title_box or WHOLE_PAGE, documents[0].title), ""
    first = next((d for d in case.case.documents if d.type != BLANK), case.case.documents[0])
    return Evidence(first.first, Box(0.0, 0.0, 1.0, 1.0), first.title), ""
