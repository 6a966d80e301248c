"""Everything that was seen on the pages of a case, as boxes over their pictures. Pure; no markup here.

Facts come from the contract's JSON; the lines with both their readings from the ledger's page results, which the JSON
holds as running text only. Boxes are in the upright page's frame, here in pixels of the image that was read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from pipeline.casefile import Line, PageText
from pipeline.summary import labels
from pipeline.summary.labels import Names
from pipeline.summary.links import picture_name

Json = dict[str, Any]
HAND = 0.5
"""Share of a line's ink that looks handwritten from which on it is shown as writing."""
PAPER = (1000, 1414)
"""Width and height of a page of which no size is known: the sides of A4."""
OFFICIAL = ("seal", "fingerprint")
"""Marks that are shown as the facts they became."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of box: its name, its colour, whether it is shown at first."""

    label: str
    colour: str
    shown: bool = True


KINDS = {
    "line": Kind("文字行", "#6b7f99"),
    "hand": Kind("手写行", "#2b6cf6"),
    "date": Kind("日期", "#0a8f3c"),
    "signature": Kind("签名", "#7b2fd0"),
    "seal": Kind("印章", "#d3122b"),
    "fingerprint": Kind("指印", "#e0690b"),
    "mark": Kind("其他标记", "#8a5a2b"),
    "empty": Kind("未填项", "#c2168a"),
    "filled": Kind("已填项", "#5aa0a8", shown=False),
    "catalogue": Kind("目录行", "#0b7f8c"),
    "alteration": Kind("涂改", "#b00020"),
    "person": Kind("人名", "#4f7d00", shown=False),
    "number": Kind("编号", "#a67c00"),
    "evidence": Kind("疑点证据", "#ff2d55", shown=False),
}


@dataclass(frozen=True, slots=True)
class PlacedBox:
    """A box: left, top, width, height in pixels, and what is said of it, the name first.

    `bbox` is the same in fractions of the page, as the JSON has it. `key`: of evidence, its finding's key; of a date,
    its place in the JSON's `dates`; else "".
    """

    kind: str
    frame: tuple[int, int, int, int]
    told: tuple[str, ...]
    bbox: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    key: str = ""


@dataclass(frozen=True, slots=True)
class BoxedPage:
    """A page with its boxes, in the order of `KINDS`. `src` is None where there is no picture; `size` in pixels."""

    number: int
    title: str
    facts: tuple[str, ...]
    src: str | None
    size: tuple[int, int]
    boxes: tuple[PlacedBox, ...]

    def of(self, kind: str) -> tuple[tuple[int, PlacedBox], ...]:
        """The boxes of a kind with their numbers on the page."""
        return tuple((n, box) for n, box in enumerate(self.boxes) if box.kind == kind)


class _Seen(NamedTuple):
    kind: str
    bbox: Sequence[float]
    told: tuple[str, ...]
    key: str = ""


def boxed_pages(
    case: Json, readings: Mapping[int, PageText], pictures: frozenset[int], names: Names
) -> tuple[BoxedPage, ...]:
    """Put together what was seen on every page of a case.

    `readings`: what the ledger holds, by page number; `pictures`: the pages of which there is a picture.
    """
    placed: dict[int, list[_Seen]] = {p["page"]: [] for p in case["pages"]}
    for number, reading in readings.items():
        placed[number] += [_line(line) for line in reading.lines]
    for number, seen in _facts(case, names):
        if number in placed:
            placed[number].append(seen)
    found = []
    for page in case["pages"]:
        width, height = page_size(page)
        found.append(
            BoxedPage(
                page["page"],
                _title(case, page, names),
                tuple(_page_facts(page)),
                picture_name(page["page"]) if page["page"] in pictures else None,
                (width, height),
                _placed(placed[page["page"]], page),
            )
        )
    return tuple(found)


def page_boxes(case: Json, number: int, reading: PageText | None, names: Names) -> tuple[PlacedBox, ...]:
    """Put together what was seen on one page of a case, in the order of `KINDS`. Raises StopIteration without it."""
    page = next(page for page in case["pages"] if page["page"] == number)
    seen = [_line(line) for line in reading.lines] if reading else []
    seen += [one for place, one in _facts(case, names) if place == number]
    return _placed(seen, page)


def page_size(page: Json) -> tuple[int, int]:
    """Width and height in pixels in which a page's boxes are given."""
    return (page["width"], page["height"]) if page.get("width") and page.get("height") else PAPER


def _placed(seen: list[_Seen], page: Json) -> tuple[PlacedBox, ...]:
    order = list(KINDS)
    width, height = page_size(page)
    return tuple(
        PlacedBox(one.kind, _frame(one.bbox, width, height), one.told, _four(one.bbox), one.key)
        for one in sorted(seen, key=lambda one: order.index(one.kind))
    )


def _four(bbox: Sequence[float]) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = bbox
    return x0, y0, x1, y1


def _frame(bbox: Sequence[float], width: int, height: int) -> tuple[int, int, int, int]:
    left, top = round(bbox[0] * width), round(bbox[1] * height)
    return left, top, max(1, round(bbox[2] * width) - left), max(1, round(bbox[3] * height) - top)


def _title(case: Json, page: Json, names: Names) -> str:
    number = page["page"]
    own = next((d for d in case["documents"] if d["pages"][0] <= number <= d["pages"][-1]), None)
    return f"第 {number} 页 {names.type(own['type'])} ({own['id']})" if own else f"第 {number} 页"


def _page_facts(page: Json) -> Iterator[str]:
    yield f"{page['file']} 第 {page['file_page']} 页"
    yield labels.PAGE_KINDS.get(page["kind"], "")
    if page["rotation"]:
        yield f"已顺时针转 {page['rotation']}°"
    quality = page["quality"]
    reasons = f" ({'、'.join(quality['reasons'])})" if quality["reasons"] else ""
    yield f"{labels.GRADES.get(quality['grade'], '')}{reasons}, 平均得分 {quality['confidence']:.2f}"


def _line(line: Line) -> _Seen:
    told = [line.text, f"得分 {line.score:.2f}" if line.score is not None else "电子文字"]
    if line.second is not None:
        same = "相同" if line.second == line.text else line.second
        told.append(f"复读: {same}" + (f" (得分 {line.second_score:.2f})" if line.second_score is not None else ""))
    if line.hand is not None:
        told.append(f"手写程度 {line.hand:.2f}")
    box = line.box
    kind = "hand" if line.hand is not None and line.hand >= HAND else "line"
    return _Seen(kind, (box.x0, box.y0, box.x1, box.y1), tuple(told))


def _facts(case: Json, names: Names) -> Iterator[tuple[int, _Seen]]:
    """Every fact that has a place, with its page."""
    documents = {document["id"]: names.type(document["type"]) for document in case["documents"]}
    for index, date in enumerate(case["dates"]):
        role = labels.DATE_ROLES.get(date["role"]) or str(date["role"])
        told = [role, date["value"], "确定" if date["certain"] else "不确定", date.get("time") or ""]
        told += [labels.STAGES.get(date.get("stage") or "", ""), date.get("person") or "", f"写作 {date['raw']}"]
        told.append(date["source"] if date["source"] != "slot" else "")
        yield date["page"], _Seen("date", date["bbox"], _said(told), str(index))
    for signature in case["signatures"]:
        mark = labels.SIGNATURE_MARKS.get(signature["mark"] or "", "")
        told = [labels.SIGNERS.get(signature["role"]) or str(signature["role"])]
        told += [labels.SIGNATURE_STATES[signature["state"]], mark, signature["name"] or ""]
        yield signature["page"], _Seen("signature", signature["bbox"], _said(told))
    for seal in case["seals"]:
        yield seal["page"], _Seen("seal", seal["bbox"], ("印章", seal["text"] or "印文未能识别"))
    for thumb in case.get("fingerprints", ()):
        yield thumb["page"], _Seen("fingerprint", thumb["bbox"], ("指印",))
    for page in case["pages"]:
        for mark in page["marks"]:
            if mark["kind"] not in OFFICIAL:
                told = [
                    labels.MARKS.get(mark["kind"]) or str(mark["kind"]),
                    labels.COLOURS.get(mark["colour"], "") + "色",
                ]
                yield (
                    page["page"],
                    _Seen("mark", mark["bbox"], _said([*told, mark["text"], f"得分 {mark['score']:.2f}"])),
                )
    for slot in case.get("slots", ()):
        kind = "filled" if slot["state"] == "filled" else "empty"
        told = [slot["label"], labels.SLOT_STATES[slot["state"]], f"{labels.SLOT_KINDS.get(slot['kind'], '')}栏"]
        yield (
            slot["page"],
            _Seen(kind, slot["bbox"], _said([*told, slot["text"], "可不填" if slot["optional"] else ""])),
        )
    for row in case["catalogue"]:
        pages = "–".join(dict.fromkeys(str(n) for n in (row["first"], row["last"]) if n is not None))
        held = "、".join(documents[one] for one in row.get("documents", ()) if one in documents)
        told = [f"{row['number']} {row['title']}".strip(), f"目录页次 {pages}" if pages else "", row.get("remark", "")]
        yield row["page"], _Seen("catalogue", row["bbox"], _said([*told, held or "卷内未见"]))
    for one in case.get("alterations", ()):
        told = [labels.ALTERATIONS.get(one["kind"]) or str(one["kind"]), one["text"]]
        yield (
            one["page"],
            _Seen(
                "alteration",
                one["bbox"],
                _said([*told, "更正处有指印或名章" if one["confirmed"] else "更正处未见指印或名章"]),
            ),
        )
    for person in case.get("persons", ()):
        for place in person["places"]:
            part = labels.PARTS.get(person["part"]) or str(person["part"])
            yield place["page"], _Seen("person", place["bbox"], _said([person["name"], part, f"写作 {place['text']}"]))
    for number in case.get("numbers", ()):
        told = [labels.NUMBERS.get(number["kind"]) or str(number["kind"]), number["text"]]
        yield (
            number["page"],
            _Seen("number", number["bbox"], _said([*told, "" if number["valid"] else "格式或校验位不符"])),
        )
    for finding in case["findings"]:
        for place in finding["evidence"]:
            yield (
                place["page"],
                _Seen("evidence", place["bbox"], _said([finding["rule"], finding["title"]]), finding["key"]),
            )


def _said(told: Sequence[str]) -> tuple[str, ...]:
    return tuple(word for word in told if word)
