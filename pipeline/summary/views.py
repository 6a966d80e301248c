"""The contract's JSON → what the case page's template shows, in its order. Pure; no markup here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipeline.summary import labels
from pipeline.summary.crops import CropRequest, asset_name, finding_crops, page_crops, pixel_size, unreadable_pages
from pipeline.summary.labels import Names, page_list
from pipeline.summary.links import asset_link, sibling_link
from pipeline.summary.passages import Piece, side_by_side
from pipeline.summary.ranking import ranked

Crops = Mapping[CropRequest, str]
"""Request → file name under RUN/assets/. A request without an entry is shown as a place without a picture."""

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a page with its place in the case; `src` is None where none could be made."""

    page: int
    caption: str
    src: str | None
    size: tuple[int, int] | None
    whole: bool


@dataclass(frozen=True, slots=True)
class Quote:
    """What stands at one place of evidence."""

    page: int
    text: str


@dataclass(frozen=True, slots=True)
class PassageView:
    """A copied passage beside its origin."""

    similarity: float
    copy_place: str
    origin_place: str
    copy: tuple[Piece, ...]
    origin: tuple[Piece, ...]
    origin_link: str = ""
    """The page of the other case of the batch that the origin lies in."""


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding: the JSON's own fields in `data`, the rest worked out."""

    data: Json
    anchor: str
    severity: str
    document: str
    pictures: tuple[Picture, ...]
    quotes: tuple[Quote, ...]
    passages: tuple[PassageView, ...]
    considered: tuple[Json, ...]


@dataclass(frozen=True, slots=True)
class OutcomeView:
    """One rule's outcome. `considered` are what it weighed besides."""

    code: str
    title: str
    verdict: str
    verdict_label: str
    why: str
    lawful: str | None
    place: str
    pages: tuple[int, ...]
    pictures: tuple[Picture, ...]
    more: str
    considered: tuple[Json, ...]


@dataclass(frozen=True, slots=True)
class ErrorView:
    """What could not be read, pages of one file with the same problem together."""

    code: str
    file: str
    place: str
    message: str
    advice: str
    lost: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """All that the page of a case shows."""

    data: Json
    facts: tuple[tuple[str, str], ...]
    counts: tuple[tuple[str, str, int, str], ...]
    findings: tuple[FindingView, ...]
    unsure: tuple[OutcomeView, ...]
    lawful: tuple[OutcomeView, ...]
    outcomes: tuple[OutcomeView, ...]
    errors: tuple[ErrorView, ...]
    unreadable: str
    unreadable_pictures: tuple[Picture, ...]
    places: Mapping[str, Json]


def view_case(case: Json, crops: Crops, names: Names, beside: Sequence[Json] = ()) -> CaseView:
    """Work out what the page of a case shows, findings by severity times confidence.

    `beside`: other cases of the batch that passages of this one's findings lie in; their pages are shown too.
    """
    pages = {page["page"]: page for page in case["pages"]}
    documents = {document["id"]: document for document in case["documents"]}
    weighed = {outcome["rule"]: tuple(outcome.get("considered", ())) for outcome in case["outcomes"]}

    def pictures(requests: Sequence[CropRequest]) -> tuple[Picture, ...]:
        return tuple(_picture(request, pages[request.page], case, crops, names) for request in requests)

    def finding(number: int, data: Json) -> FindingView:
        document = documents.get(data["document"] or "")
        return FindingView(
            data=data,
            anchor=f"f{number}",
            severity=labels.SEVERITIES[data["severity"]],
            document=_document_name(document, data["document_type"], names),
            pictures=(
                *pictures([r for r in finding_crops(data) if r.page in pages]),
                *(picture for other in beside for picture in _theirs(data, other, names)),
            ),
            quotes=tuple(Quote(e["page"], e["text"]) for e in data["evidence"] if e["text"].strip()),
            passages=tuple(_passage(p, case, names) for p in data.get("passages", ())),
            considered=weighed.get(data["rule"], ()),
        )

    def outcome(data: Json) -> OutcomeView:
        named = data.get("pages", [])
        shown = page_crops(named) if data["verdict"] in ("unsure", "lawful") else ()
        place = page_list(named)
        if data.get("document") in documents:
            place = f"{_document_name(documents[data['document']], None, names)} {place}".strip()
        return OutcomeView(
            code=data["rule"],
            title=names.rule(data["rule"]),
            verdict=data["verdict"],
            verdict_label=labels.VERDICTS[data["verdict"]],
            why=data["why"],
            lawful=data.get("lawful"),
            place=place,
            pages=tuple(named),
            pictures=pictures([r for r in shown if r.page in pages]),
            more=page_list(sorted(set(named) - {r.page for r in shown})) if shown else "",
            considered=tuple(data.get("considered", ())),
        )

    findings = tuple(finding(number, data) for number, data in enumerate(ranked(case["findings"]), 1))
    outcomes = tuple(outcome(data) for data in case["outcomes"])
    unsure = tuple(o for o in outcomes if o.verdict == "unsure") if case["status"] != "failed" else ()
    lawful = tuple(o for o in outcomes if o.verdict == "lawful")
    bad = unreadable_pages(case)
    return CaseView(
        data=case,
        facts=_facts(case),
        counts=_counts(findings, unsure, lawful, len(bad)),
        findings=findings,
        unsure=unsure,
        lawful=lawful,
        outcomes=outcomes,
        errors=_errors(case),
        unreadable=page_list(bad),
        unreadable_pictures=pictures([r for r in page_crops(bad) if r.page in pages]),
        places=documents,
    )


def document_on(case: Json, page: int) -> Json | None:
    """Find the document that a page belongs to."""
    return next((d for d in case["documents"] if d["pages"][0] <= page <= d["pages"][-1]), None)


def _document_name(document: Json | None, type_key: str | None, names: Names) -> str:
    return names.type(document["type"]) if document else names.type(type_key)


def _place(page: int, case: Json, names: Names) -> str:
    return f"第 {page} 页 {_document_name(document_on(case, page), None, names)}".strip()


def _picture(request: CropRequest, page: Json, case: Json, crops: Crops, names: Names) -> Picture:
    place = _place(request.page, case, names)
    several = len(case["sources"]) > 1 or page["file_page"] != page["page"]
    caption = f"{place}（{page['file']} 第 {page['file_page']} 页）" if several else place
    name = crops.get(request)
    return Picture(request.page, caption, asset_link(name) if name else None, pixel_size(page, request), request.whole)


def _theirs(data: Json, other: Json, names: Names) -> Iterator[Picture]:
    """The pictures of the same finding in another case; they are drawn there, under names that both can tell."""
    origins = [passage["origin"] for passage in data.get("passages", ())]
    wanted = {origin["page"] for origin in origins if origin.get("case") == other["case_id"]}
    pages = {page["page"]: page for page in other["pages"]}
    for found in other["findings"]:
        if found["rule"] == data["rule"] and wanted & {evidence["page"] for evidence in found["evidence"]}:
            crops = {r: asset_name(other, r) for r in finding_crops(found) if r.page in wanted & set(pages)}
            for request in crops:
                picture = _picture(request, pages[request.page], other, crops, names)
                yield replace(picture, caption=f"案卷 {other['case_id']} {picture.caption}")
            return


def _passage(passage: Json, case: Json, names: Names) -> PassageView:
    copy, origin = passage["copy"], passage["origin"]
    left, right = side_by_side(*(evidence["text"].replace("\n", "") for evidence in (copy, origin)))
    other = origin.get("case")
    there = f"案卷 {other} 第 {origin['page']} 页" if other else _place(origin["page"], case, names)
    link = sibling_link(other) if other else ""
    return PassageView(passage["similarity"], _place(copy["page"], case, names), there, left, right, link)


def _facts(case: Json) -> tuple[tuple[str, str], ...]:
    if case["status"] == "failed":
        return ()
    people = case["people"]
    lawyers = people.get("lawyers") or ([people["lawyer"]] if people.get("lawyer") else [])
    rows = (
        ("案件类型", labels.CASE_KINDS.get(case["case_kind"] or "", "")),
        ("所处阶段", labels.STAGES.get(case["stage"] or "", "")),
        ("来源", labels.ENTRIES.get(case["entry"] or "", "")),
        ("适用时期", labels.REGIMES.get(case["regime"] or "", "")),
        ("受援人", people.get("recipient")),
        ("案由／罪名", people.get("charge_or_cause")),
        ("承办律师", "、".join(lawyers)),
        ("承办单位", people.get("law_firm")),
        ("法律援助机构", people.get("agency")),
        ("案号", "、".join(people.get("case_numbers") or ())),
        ("页数", f"{len(case['pages'])} 页，{len(case['documents'])} 份文书" if case["pages"] else ""),
    )
    return tuple((label, value or "未能识别") for label, value in rows)


def _counts(
    findings: Sequence[FindingView], unsure: Sequence[OutcomeView], lawful: Sequence[OutcomeView], bad: int
) -> tuple[tuple[str, str, int, str], ...]:
    """Style class, label, number and anchor of the counters at the head of the page."""
    rows: list[tuple[str, str, int, str]] = []
    for key, label in labels.SEVERITIES.items():
        own = [f for f in findings if f.data["severity"] == key]
        rows.append((key, f"{label}级疑点", len(own), own[0].anchor if own else "findings"))
    rows.append(("unsure", "存疑待看", len(unsure), "unsure"))
    rows.append(("lawful", "依法成立", len(lawful), "lawful"))
    rows.append(("failed", "无法辨认的页", bad, "unread"))
    return tuple(rows)


def _errors(case: Json) -> tuple[ErrorView, ...]:
    together: dict[tuple[str, str, str, str, str], list[int]] = {}
    for error in [*case["errors"], *case.get("notes", ())]:
        key = (
            error.get("code") or "",
            error.get("file") or "",
            error["message"],
            error.get("advice") or "",
            labels.LOSSES.get(error.get("lost") or "", ""),
        )
        together.setdefault(key, []).extend([error["page"]] if error.get("page") else [])
    return tuple(
        ErrorView(code, file, page_list(pages), message, advice, lost)
        for (code, file, message, advice, lost), pages in together.items()
    )
