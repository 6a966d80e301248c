"""What was understood of a case, as rows for a reader: everything with its pages, in the order of the file.

Made of the contract's JSON alone; no rule's opinion is among it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.law.forms import form as known_form
from pipeline.summary import labels
from pipeline.summary.labels import Names

Json = dict[str, Any]
Marks = dict[tuple[int, tuple[float, ...]], Json]
"""The marks of all pages by page and box."""
FACT_COLUMNS = ("页", "项目", "名称", "内容", "说明")
PROFILE = (("case_kind", "案件类型"), ("stage", "所处阶段"), ("entry", "来源"), ("regime", "适用时期"))
UNKNOWN = "未能识别"
_NAMED_PAGE = re.compile(r"第 (\d+) 页")


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact: what sort of thing, on which pages, what it is called, what it says.

    `said`: the value, and what else is known of it. `head`: a document, whose facts follow. `doubtful`: a person
    should look (an uncertain date, an empty slot, an unclear signature).
    """

    item: str
    page: str
    name: str
    said: tuple[str, str]
    document: str = ""
    head: bool = False
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class FactSection:
    """Rows that belong together under a title."""

    title: str
    rows: tuple[FactRow, ...]


def fact_sections(case: Json, names: Names) -> tuple[FactSection, ...]:
    """Lay out all facts of a case (contract JSON); sections of which there is nothing are left out."""
    documents, catalogue = case["documents"], case["catalogue"]
    sections = (
        FactSection("案情", tuple(_profile(case)) if case["status"] != "failed" else ()),
        FactSection("人员与单位", tuple(_people(case))),
        FactSection("编号", tuple(_numbers(case))),
        FactSection(f"文书 {len(documents)} 份", tuple(_documents(case, names))),
        FactSection(f"卷内目录 {len(catalogue)} 行", tuple(_catalogue(case, names))),
        FactSection("目录涂改", tuple(_alterations(case))),
    )
    return tuple(section for section in sections if section.rows)


def _profile(case: Json) -> Iterator[FactRow]:
    names = (labels.CASE_KINDS, labels.STAGES, labels.ENTRIES, labels.REGIMES)
    reasons = [labels.in_chinese(told).partition(": ")[2] for told in case.get("basis", ())]
    reasons += [""] * (len(PROFILE) - len(reasons))
    for (key, label), known, why in zip(PROFILE, names, reasons, strict=False):
        page = _pages([int(number) for number in _NAMED_PAGE.findall(why)])
        yield FactRow("案情", page, label, (known.get(case[key] or "", UNKNOWN), why))
    cause = case["people"].get("charge_or_cause")
    yield FactRow("案情", _named_on(case, cause), "案由／罪名", (cause or UNKNOWN, ""))


def _people(case: Json) -> Iterator[FactRow]:
    order = list(labels.PARTS)
    last = case["people"].get("lawyer")
    for person in sorted(case.get("persons", ()), key=lambda p: order.index(p["part"]) if p["part"] in order else 99):
        notes = [
            "最后指派" if person["part"] == "lawyer" and person["name"] == last else "",
            f"又读作 {'、'.join(person['variants'])}" if person["variants"] else "",
            f"身份证号 {person['id_number']}" if person["id_number"] else "",
            f"电话 {person['phone']}" if person["phone"] else "",
        ]
        pages = _pages([place["page"] for place in person["places"]])
        yield FactRow("人员", pages, labels.PARTS.get(person["part"], person["part"]), (person["name"], _joined(notes)))
    for key, label in labels.BODIES.items():
        found = case["people"].get(key) or ()
        for body in (found,) if isinstance(found, str) else found:
            yield FactRow("单位", _named_on(case, body), label, (body, ""))


def _named_on(case: Json, name: str | None) -> str:
    """The pages whose text names something, as far as the reading joined its characters."""
    return _pages([page["page"] for page in case["pages"] if name and name in page["text"].replace(" ", "")])


def _numbers(case: Json) -> Iterator[FactRow]:
    together: dict[tuple[str, str, bool], list[int]] = {}
    for number in case.get("numbers", ()):
        together.setdefault((number["kind"], number["text"], number["valid"]), []).append(number["page"])
    for (kind, text, valid), pages in together.items():
        note = "" if valid else "格式或校验位不符, 可能误识"
        yield FactRow("编号", _pages(pages), labels.NUMBERS.get(kind, kind), (text, note), doubtful=not valid)


def _documents(case: Json, names: Names) -> Iterator[FactRow]:
    marks = {(page["page"], tuple(mark["bbox"])): mark for page in case["pages"] for mark in page["marks"]}
    for document in case["documents"]:
        slots = [slot for slot in case.get("slots", ()) if slot["document"] == document["id"]]
        first, last = document["pages"]
        notes = [
            f"把握 {document['confidence']:.0%}",
            "、".join(labels.RESTS_ON.get(one, one) for one in document.get("evidence", ())),
            f"{sum(slot['state'] == 'filled' for slot in slots)}/{len(slots)} 项已填" if slots else "",
        ]
        title = document["title"] if document["title"] != names.type(document["type"]) else ""
        yield FactRow(
            "文书", _pages(range(first, last + 1)), names.type(document["type"]), (title, _joined(notes)),
            document["id"], head=True,
        )  # fmt: skip
        yield from _of(document["id"], case, slots, marks)


def _of(document: str, case: Json, slots: Sequence[Json], marks: Marks) -> Iterator[FactRow]:
    """The facts of one document: its form, dates, signatures, seals, fingerprints, and what is not filled in."""
    yield from (_form(form) for form in _own(case, "forms", document) if form["form"] or form["cites"] or form["words"])
    yield from (_date(date) for date in _own(case, "dates", document))
    yield from (_signature(signature) for signature in _own(case, "signatures", document))
    for seal in _own(case, "seals", document):
        text = seal["text"] or "印文未能识别"
        yield FactRow("印章", _pages([seal["page"]]), _colour(seal, marks), (text, ""), document)
    for thumb in _own(case, "fingerprints", document):
        yield FactRow("指印", _pages([thumb["page"]]), _colour(thumb, marks), ("", ""), document)
    yield from (_slot(slot) for slot in slots if slot["state"] != "filled")


def _form(form: Json) -> FactRow:
    known = known_form(form["form"])
    printed = [*form["cites"], *form["words"]]
    words = "、".join(dict.fromkeys(place["text"] for place in printed))
    note = _joined([form["date"] or "", f"印有 {words}" if words else ""])
    said = (known.reason if known else "未发现旧版特征", note)
    page = _pages([place["page"] for place in printed])
    return FactRow("表格版本", page, "旧版" if known else "", said, form["document"])


def _date(date: Json) -> FactRow:
    notes = [
        "确定" if date["certain"] else "不确定",
        labels.STAGES.get(date.get("stage") or "", ""),
        date.get("person") or "",
        f"写作 {date['raw']}",
        date["source"] if date.get("source") not in ("", "slot", None) else "",
    ]
    value = f"{date['value']} {date.get('time') or ''}".strip()
    role = labels.DATE_ROLES.get(date["role"]) or str(date["role"])
    page = _pages([date["page"]])
    return FactRow("日期", page, role, (value, _joined(notes)), date["document"], doubtful=not date["certain"])


def _signature(signature: Json) -> FactRow:
    state = labels.SIGNATURE_STATES[signature["state"]]
    mark = f" ({labels.SIGNATURE_MARKS[signature['mark']]})" if signature["mark"] else ""
    role = labels.SIGNERS.get(signature["role"]) or str(signature["role"])
    said = (state + mark, signature["name"] or "")
    doubtful = signature["state"] != "signed"
    return FactRow("签名", _pages([signature["page"]]), role, said, signature["document"], doubtful=doubtful)


def _slot(slot: Json) -> FactRow:
    kind = labels.SLOT_KINDS.get(slot["kind"], "")
    notes = _joined([f"{kind}栏" if kind else "", "可不填" if slot["optional"] else "", slot["text"]])
    said = (labels.SLOT_STATES[slot["state"]], notes)
    page = _pages([slot["page"]])
    return FactRow("未填项", page, slot["label"], said, slot["document"], doubtful=not slot["optional"])


def _colour(fact: Json, marks: Marks) -> str:
    """The colour of the mark that a fact stands for; "" where the page's marks do not hold it."""
    mark = marks.get((fact["page"], tuple(fact["bbox"])))
    return labels.COLOURS.get(mark["colour"], "") + "色" if mark else ""


def _catalogue(case: Json, names: Names) -> Iterator[FactRow]:
    documents = {document["id"]: document for document in case["documents"]}
    for row in case["catalogue"]:
        own = [documents[one] for one in row.get("documents", ()) if one in documents]
        held = "、".join(
            f"{names.type(one['type'])} ({_pages(range(one['pages'][0], one['pages'][1] + 1))})" for one in own
        )
        listed = _pages([n for n in (row["first"], row["last"]) if n is not None], joined=True)
        notes = [
            f"目录页次 {listed}" if listed else "",
            row.get("remark", ""),
            "有字未能识读" if row.get("unread") else "",
        ]
        title = f"{row['number']} {row['title']}".strip()
        said = (held or "卷内未见", _joined(notes))
        yield FactRow("目录", _pages([row["page"]]), title, said, doubtful=not own)


def _alterations(case: Json) -> Iterator[FactRow]:
    for one in case.get("alterations", ()):
        note = "更正处有指印或名章" if one["confirmed"] else "更正处未见指印或名章"
        kind = labels.ALTERATIONS.get(one["kind"]) or str(one["kind"])
        said = (one["text"], note)
        yield FactRow("涂改", _pages([one["page"]]), kind, said, one["document"], doubtful=not one["confirmed"])


def _own(case: Json, key: str, document: str) -> list[Json]:
    return [fact for fact in case.get(key, ()) if fact["document"] == document]


def _joined(parts: Sequence[str]) -> str:
    return "; ".join(part for part in parts if part)


def _pages(pages: Sequence[int], *, joined: bool = False) -> str:
    """Page numbers alone, runs joined: "3–5、9"; `joined`: from the first to the last of them."""
    wanted = range(min(pages), max(pages) + 1) if joined and pages else pages
    return labels.page_list(tuple(wanted)).removeprefix("第 ").removesuffix(" 页")
