"""Places to sign that no label marks: the close of a letter, the foot of a record's page, a section of a form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.casefile import Box, Document, Line, Page
from pipeline.extraction.letters import page_pitch, spelled
from pipeline.extraction.signers import main_role, roles_of, rules, section_group
from pipeline.extraction.signing_places import Spot, name_like
from pipeline.extraction.signing_sheet import DATE, Sheet

_FIRM = re.compile(r"(?:律师事务所|法律服务所|法律援助中心|法律援助处|工作站)\W*$")
_SEEN = re.compile(
    r"(?:以上|上述|本)[^。]{0,14}(?:笔录|记录|内容|谈话|材料|情况)[^。]{0,24}(?:相符|一致|无误|属实|无异议|没有出入|没意见|正确|[对])[。.,，]?"
)
_HEADS = ("firm_head", "head")
"""On a closing report the head of the firm has the lawyer's role and a section of his own."""
_OPINION = re.compile(r"意见|审批|审查|审核|批准")
_NO_NAME = re.compile(
    r"日期|附|此致|敬礼|以上|特此|第.{0,3}页|共.{0,3}页|证据|意见|材料|人民|公章|时间|地点|年|月|同意|完毕|情况|属实"
)


def unlabelled_spots(sheet: Sheet, page: Page, document: Document, labelled: Sequence[Spot]) -> list[Spot]:
    """Places of the main signer, or of a form's sections, on pages where no label leaves one."""
    kind, role = document.type, main_role(document.type)
    own = [spot for spot in labelled if spot.role == role]
    found: list[Spot] = []
    if kind in rules().every_page and not any(spot.page == sheet.number for spot in own):
        found += _foot(sheet, page, document, role)
    elif kind in rules().closing and not own and sheet.number == document.last:
        found += _close(sheet, page, kind, role)
    if kind in rules().sections:
        found += _sections(sheet, kind, [spot for spot in labelled if spot.page == sheet.number])
    return found


def _close(sheet: Sheet, page: Page, kind: str, role: str) -> list[Spot]:
    """A name above or beside the last date: "钟离澈 / 福建某律师事务所 / 2024年9月24日"."""
    tail = range(sheet.last_running + 1, len(sheet.rows))
    dates = [i for i in tail if DATE.match(sheet.spelled[i].text) and len(sheet.spelled[i].text) <= 16]
    firms = [i for i in tail if _FIRM.search(sheet.spelled[i].text)]
    if not dates and not firms:
        return []
    anchor = sheet.rows[max(dates or firms)].row.box
    lines = [line for i in tail for line in sheet.spelled[i].lines if line.box.x1 > 0.45]
    near = [line for line in lines if abs(line.box.centre[1] - anchor.centre[1]) < 8 * anchor.height]
    names = [line for line in near if _is_name(DATE.split(line.text)[0])]
    if names:
        name = min(names, key=lambda line: abs(line.box.centre[1] - anchor.centre[1]))
        return [_spot_at(sheet, role, [name])]
    first = sheet.rows[min(dates or firms)].row.box
    place = Box(first.x0, max(0.0, first.y0 - 1.6 * first.height), first.x1, max(0.0, first.y0 - 0.4 * first.height))
    reach = place.grown(0.12, 2.5 * place.height)
    signed = any(
        mark.kind in ("fingerprint", "name_seal", "ink") and mark.box.overlap(reach) for mark in page.content.marks
    )
    return [_empty_spot(sheet, role, place)] if signed or kind in rules().pen_only else []


def _foot(sheet: Sheet, page: Page, document: Document, role: str) -> list[Spot]:
    """A name, a print or nothing below the record, or behind "以上笔录我看过，和我说的相符。"."""
    for i, letters in enumerate(sheet.spelled):
        seen = _SEEN.search(letters.text)
        if seen is None:
            continue
        rest = DATE.split(letters.text[seen.end() :])[0]
        box = letters.box(seen.start(), seen.end(), [(0, seen.end())])
        if _is_name(rest):
            end = seen.end() + len(rest)
            return [Spot(role, "", sheet.number, letters, seen.end(), end, box, 0.97, ((0, seen.end()),), index=i)]
        lower = [line for row in sheet.spelled[i + 1 : i + 4] for line in row.lines]
        if name := next((line for line in lower if _is_name(DATE.split(line.text)[0])), None):
            return [_spot_at(sheet, role, [name])]
        place = Box(box.x0, box.y1 + 0.3 * box.height, min(0.9, box.x0 + 0.5), min(1.0, box.y1 + 2.5 * box.height))
        return [_empty_spot(sheet, role, place)] if _marked(page, place) or sheet.number == document.last else []
    last = max(
        (row.row.box.y1 for row in sheet.rows if not re.fullmatch(r"\W*第?\d*页?\W*(?:共\d*页)?", row.text)),
        default=0.0,
    )
    tail = [line for row in sheet.spelled[sheet.last_running + 1 :] for line in row.lines if line.box.y0 > 0.5]
    if name := next((line for line in tail if _is_name(DATE.split(line.text)[0]) and line.box.y0 > last - 0.06), None):
        return [_spot_at(sheet, role, [name])]
    place = Box(0.1, min(0.97, last), 0.95, min(1.0, last + 0.08))
    prints = [mark.box for mark in page.content.marks if mark.kind == "fingerprint" and mark.box.overlap(place)]
    return [_empty_spot(sheet, role, prints[0])] if prints and last > 0.4 else []


def _sections(sheet: Sheet, kind: str, labelled: Sequence[Spot]) -> list[Spot]:
    """A section says who signs and no label stands before the name ("审批意见 | 同意援助。 张三 2024年3月2日")."""
    found: list[Spot] = []
    cells = [(text, box) for text, box in sheet.stacks if _OPINION.search(text)]
    for text, box in cells:
        group = section_group(text)
        role = roles_of(kind).get(group, "")
        below = min((other.y0 for _, other in sheet.stacks if other.y0 > box.y1), default=1.0)
        inside = [
            line
            for line in sheet.lines
            if line.box.x0 > box.x1 - 0.01 and box.y0 - 0.03 < line.box.centre[1] < min(below, box.y1 + 0.14)
        ]
        taken = (
            _within(spot.label, box, below) or (spot.role == role and (group != "firm_head" or spot.group in _HEADS))
            for spot in [*labelled, *found]
        )
        if not role or any(taken):
            continue
        dated = [line for line in inside if DATE.search(line.text)]
        names = [line for line in inside if _is_name(_last_words(line.text))]
        beside = [name for name in names if any(abs(name.box.centre[1] - one.box.centre[1]) < 0.03 for one in dated)]
        if beside:
            found.append(_spot_at(sheet, role, [beside[0]]))
        elif dated and not names and not any(re.search(r"[:：]|签[名字]", line.text) for line in inside):
            date = dated[-1].box
            place = Box(max(box.x1, date.x0 - 0.15), date.y0, max(box.x1 + 0.02, date.x0 - 0.01), date.y1)
            # where something is written that is no name, a label may stand there that was misread
            beside_it = [line for line in inside if line is not dated[-1] and line.box.overlap(place) > 0]
            if not any(len(_last_words(line.text)) > 1 for line in beside_it):
                found.append(_empty_spot(sheet, role, place))
    return found


def _last_words(text: str) -> str:
    """What stands right before the date of a line, or at its end: "同意。　高某　2023年3月2日" gives "高某"."""
    return re.split(r"[。.;；,，!！\s]+", DATE.split(text.strip())[0].strip())[-1]


def _within(label: Box, cell: Box, below: float) -> bool:
    return cell.y0 - 0.02 < label.centre[1] < below and label.x0 > cell.x1 - 0.02


def _is_name(text: str) -> bool:
    bare = re.sub(r"[\s·•.°'_\-]", "", text)
    return bool(re.fullmatch(r"[\u3400-\u9fff]{2,4}", bare)) and name_like(bare) == bare and not _NO_NAME.search(bare)


def _marked(page: Page, place: Box) -> bool:
    return any(
        mark.kind in ("fingerprint", "name_seal", "ink") and mark.box.overlap(place) for mark in page.content.marks
    )


def _spot_at(sheet: Sheet, role: str, lines: Iterable[Line]) -> Spot:
    row = spelled(list(lines), page_pitch(sheet.lines))
    name = _last_words(row.lines[0].text)
    start = max(0, row.text.find(name)) if len(name) > 1 else 0
    end = next((match.start() for match in [DATE.search(row.text)] if match and match.start() > start), len(row.text))
    box = row.box(start, start + 1)
    return Spot(role, "", sheet.number, row, start, end, Box(box.x0, box.y0, box.x0, box.y1), 0.97, place=box)


def _empty_spot(sheet: Sheet, role: str, place: Box) -> Spot:
    row = spelled([])
    return Spot(role, "", sheet.number, row, 0, 0, Box(place.x0, place.y0, place.x0, place.y1), place.x1, place=place)
