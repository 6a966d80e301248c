"""Where on a page somebody is to sign: behind a label, in a section of a form, at the foot of a record.

A label counts where it says that somebody signs ("申请人（签名）"), or where it stands as a closing does: below all
running text, before a date, behind a full stop, in a section that ends in a signature. The same words in the head of a
record ("会见人：张三") or of a petition name a person and leave no place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.casefile import Box, Line
from pipeline.extraction.letters import Letters, page_pitch, spelled
from pipeline.extraction.signers import (
    NOBODY,
    Label,
    in_running_text,
    labels_in,
    main_role,
    roles_of,
    rules,
    section_group,
)
from pipeline.extraction.signing_sheet import DATE, Sheet, signs_only, speaks

_FIELD = re.compile(
    r"日期|时间|电话|联系|地址|住址|单位[:：]|年龄|性别|身份|证号|职务|职业|执业|工号|警号|材料收到|补充材料|签订"
)
_STANDING_BEFORE = re.compile(r"[。;；!?？」”]$|(?:已收到|已收悉|知晓|无误|属实|相符|一致|同意|收到|无异议)[,，。]?$")
_PETITION = re.compile(r"[,，、](?:男|女|汉|性别|住|生于|\d)")
_IN_SECTION = re.compile(r"意见[:：][^:：。]*$")
"""What somebody thinks, before the label at which he signs it ("所在机构意见：同意结案　负责人：")."""
_FORM_WORD = re.compile(
    r"意见|审批|承诺|申请|同意|签收|情况|信息|基本|姓名|身份|类别|电话|住址|声明|须知|确认|权利|义务|陈述|说明|签名|签字|盖章|部分|代表"
)
_BARE = ("lawyer", "agent", "judge", "clerk", "arbitrator", "mediator", "officer", "undertaker", "handler", "deliverer")
"""Groups whose labels forms print without a colon before a name ("审判长　张三")."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place to sign. `row` is spelled out; its characters from `start` to `end` are what stands in the place.

    `label`: where the label stands; `x1`: where the place ends to the right; `printed`: stretches of the row that are
    print for sure. `sure`: the form says in words that somebody signs here. `place`: the place itself where no label
    tells it. `weak`: words that may as well be no label; they leave a place only where something stands in it.
    """

    role: str
    group: str
    page: int
    row: Letters
    start: int
    end: int
    label: Box
    x1: float
    printed: tuple[tuple[int, int], ...] = ()
    sure: bool = False
    dated: bool = False
    index: int = 0
    place: Box | None = None
    weak: bool = False


def spots_on(sheet: Sheet, kind: str) -> list[Spot]:
    """Every labelled place to sign on a page, top down."""
    spots = _in_stacks(sheet, kind)
    covered = [spot.label for spot in spots]
    found: list[Spot] = []
    for i in range(sheet.notes):
        for label in sheet.labels[i]:
            spot = _spot(sheet, i, label, kind)
            if spot is not None and not any(_inside(spot.label, box) for box in covered):
                found.append(spot)
    return sorted(_last_of_each(found) + spots, key=lambda spot: (spot.label.y0, spot.label.x0))


def spots_in_head(sheet: Sheet, kind: str) -> list[Spot]:
    """Name the place where a lawyer's own note is signed in its head ("阅卷人：张三"); empty for all other papers."""
    if kind not in rules().head_signs:
        return []
    labels = [(i, label) for i in range(min(8, sheet.notes)) for label in sheet.labels[i] if label.colon]
    spots = [_spot(sheet, i, replace(label, sign=True), kind) for i, label in labels]
    return [spot for spot in spots if spot is not None][:1]


def _spot(sheet: Sheet, i: int, label: Label, kind: str) -> Spot | None:
    letters = sheet.spelled[i]
    group = label.group
    firm = re.fullmatch(r"[\W_]*(?:盖章|加盖公章|公章)[\W_]*", letters.text[label.start + len(label.word) : label.end])
    if group == NOBODY or in_running_text(letters, label) or (firm and label.word in ("乙方", "甲方", "委托方")):
        return None
    before = letters.text[: label.start]
    box = letters.box(label.start, label.end, [(label.start, label.end)])
    if group in ("", "head"):
        meant = section_group(before) or _section_at(sheet, box)
        if meant == "reviewer" and group and re.search("机构|中心", _section_text(sheet, box) + before):
            meant = "agency_head"
        group = meant if not group or meant in ("firm_head", "agency_head") else group
    roles = roles_of(kind)
    role = roles.get(group, "" if group else main_role(kind))
    if not role or (not group and (label.word or not label.colon)):
        return None
    end = _content_end(letters, label, sheet.labels[i])
    rest = letters.text[end:]
    dated = bool(DATE.match(rest)) or _date_below(sheet, i, box)
    only = signs_only(letters, sheet.labels[i], roles)
    if not label.sign and not only and speaks(letters, [one for one in sheet.labels[i] if one.start >= label.start]):
        return None
    content = letters.text[label.end : end]
    weak = not label.sign and not label.colon and _left_open(sheet, i, label, dated, content)
    if not label.sign and not weak and not _closes(sheet, i, label, before, dated, content):
        return None
    printed = tuple((one.start, one.end) for one in sheet.labels[i])
    if label.start and not any(other.start < label.start for other in sheet.labels[i] if other.colon):
        printed = ((0, label.start), *printed)
    x1 = letters.box(end, end + 1, printed).x0 if end < len(letters.text) else 0.97
    return Spot(
        role,
        group,
        sheet.number,
        letters,
        label.end,
        end,
        box,
        max(x1, box.x1),
        printed,
        label.sign,
        dated,
        i,
        weak=weak,
    )


def _closes(sheet: Sheet, i: int, label: Label, before: str, dated: bool, content: str) -> bool:
    """Whether a label without "签名" leaves a place to sign where it stands."""
    place = sheet.rows[i]
    if len(name_like(content)) > 9 or _PETITION.search(content):
        return False
    head = sheet.first and place.row.box.centre[1] < 0.3
    tail = i > sheet.last_running
    if not label.colon:
        # "审判长 张三": without a colon only alone on a row below the text, and with a name
        earlier = any(other.start < label.start for other in sheet.labels[i])
        starts = label.start == 0 or sheet.spelled[i].letters[label.start].breaks or earlier
        if not tail or head or name_like(content) != content or _FORM_WORD.search(content):
            return False
        if label.group in _BARE:
            return starts and 2 <= len(content) <= 8
        own = sheet.spelled[i].line_of(label.start)
        after = [line for line in place.row.lines if line.box.x0 >= own.box.x1 - 0.01]
        alone = all(DATE.match(line.text.strip()) for line in after)
        return (label.start == 0 or _standing(before)) and alone and 2 <= len(content) <= 4
    if _standing(before) or _IN_SECTION.search(before):
        return True
    if dated and (tail or not head):
        return True
    return tail and (not head or sheet.last_running >= 0)


def _left_open(sheet: Sheet, i: int, label: Label, dated: bool, content: str) -> bool:
    """Whether a label that lost its colon, under a seal or a thumb, ends its line as one before a signature does.

    Only in the lower part of a page, behind a sentence or before a date, with next to nothing read behind it.
    """
    row, tail = sheet.spelled[i], i > sheet.last_running
    if not label.word or not tail or len(name_like(content)) > 1 or label.damaged:
        return False
    if sheet.first and sheet.rows[i].row.box.centre[1] < 0.3:
        return False
    own = row.line_of(label.start)
    last = max(n for n, letter in enumerate(row.letters) if row.line_of(n) == own)
    if label.end <= last and name_like(content) and row.line_of(label.end) == own:
        return False
    alone = label.start == 0 or row.letters[label.start].breaks or row.line_of(label.start - 1) != own
    return (alone and dated) or _standing(row.text[: label.start])


def _standing(before: str) -> bool:
    """What stands before a label is a sentence of its own ("予以接收。接收人：", "本证已收到。被拘留人：")."""
    return bool(_STANDING_BEFORE.search(before))


def _content_end(letters: Letters, label: Label, labels: Sequence[Label]) -> int:
    """How far what stands behind a label reaches: to the next label, a date, another field or a gap."""
    text = letters.text
    end = min((other.start for other in labels if other.start >= label.end), default=len(text))
    if match := DATE.search(text, label.end, end):
        end = match.start()
    if match := _FIELD.search(text, label.end, end):
        end = max((i for i in range(label.end, match.start() + 1) if letters.letters[i].breaks), default=match.start())
    if bracket := re.search(r"\([^()]{0,8}(?:签|捺|印)[^()]{0,8}\)?$", text[label.end : end]):
        end = label.end + bracket.start()
    apart = [
        index
        for index in range(label.end + 1, end)
        if letters.letters[index].breaks or letters.letters[index].line != letters.letters[index - 1].line
    ]
    for index, following in zip(apart, [*apart[1:], end][: len(apart)], strict=True):
        named = name_like(text[label.end : index])
        # two people may sign behind one label; what else stands behind a gap is something else
        if letters.letters[index].breaks and named and not 2 <= len(name_like(text[index:following])) <= 4:
            return index
    return end


def name_like(text: str) -> str:
    """The characters of a name in what stands in a place: Chinese ones, no organisation, no form word; else ""."""
    name = re.sub(r"[^\u3400-\u9fff·]", "", text).strip("·")
    if re.search(
        r"(?:法院|检察院|公安|中心|事务所|公司|委员会|服务所|派出所|看守所|司法局|盖章|公章|签名|签字|指印)", name
    ):
        return ""
    return "" if name in ("年", "月", "日", "年月", "月日", "年月日", "无", "一", "章", "印", "处") else name


def _date_below(sheet: Sheet, i: int, label: Box) -> bool:
    for row, letters in zip(sheet.rows[i + 1 : i + 3], sheet.spelled[i + 1 : i + 3], strict=False):
        alone = DATE.match(letters.text) and len(letters.text) <= 14
        if alone and row.row.box.y0 - label.y1 < 2.5 * label.height and row.row.box.x1 > label.x0:
            return True
    return False


def _section_text(sheet: Sheet, label: Box) -> str:
    return next((text for text, box in reversed(sheet.stacks) if box.y0 <= label.y1 and box.x1 <= label.x0 + 0.01), "")


def _section_at(sheet: Sheet, label: Box) -> str:
    """The group of the form's section that a place stands in: the last left cell that begins above its lower edge."""
    above = [(text, box) for text, box in sheet.stacks if box.y0 <= label.y1 and box.x1 <= label.x0 + 0.01]
    for text, _ in reversed(above[-2:]):
        if group := section_group(text):
            return group
    return ""


def _in_stacks(sheet: Sheet, kind: str) -> list[Spot]:
    """Labels that a narrow cell breaks over several lines ("法律援助人 / 员签字"), the place in the next cell."""
    spots: list[Spot] = []
    left = [line for line in sheet.lines if line.box.x1 < 0.36 and len(line.text) <= 9]
    for first, line in enumerate(left):
        parts = [line]
        for other in left[first + 1 :]:
            box = parts[-1].box
            across = min(box.x1, other.box.x1) - max(box.x0, other.box.x0)
            if across <= 0.3 * min(box.width, other.box.width):
                continue
            if other.box.y0 - box.y1 > 0.75 * box.height or len(parts) == 4:
                break
            parts.append(other)
            spot = _broken(sheet, parts, kind)
            if spot is not None:
                spots.append(spot)
                break
    return spots


def _broken(sheet: Sheet, parts: Sequence[Line], kind: str) -> Spot | None:
    """The place right of lines that together are one label and nothing else."""
    box = parts[0].box
    for part in parts[1:]:
        box = box.union(part.box)
    cell = spelled([Line("".join(part.text.strip() for part in parts) + ":", box)])
    label = next((label for label in labels_in(cell, kind) if label.word), None)
    role = roles_of(kind).get(label.group, "") if label else ""
    if label is None or not role or not label.sign or label.start or label.end < len(cell.text):
        return None
    right = [
        line
        for line in sheet.lines
        if line.box.x0 > box.x1 - 0.01 and box.y0 - 0.012 < line.box.centre[1] < box.y1 + 0.008
    ]
    row = spelled(sorted(right, key=lambda line: line.box.x0), page_pitch(sheet.lines))
    end = _content_end(row, Label(label.group, "", 0, 0, True, True), ())
    x1 = row.box(end, end + 1).x0 if end < len(row.text) else 0.97
    return Spot(role, label.group, sheet.number, row, 0, end, box, x1, (), True, bool(DATE.match(row.text[end:])))


def _last_of_each(spots: list[Spot]) -> list[Spot]:
    """Of several unworded places of one group far apart only the last ones: the others name people in a head."""
    kept: list[Spot] = []
    for spot in spots:
        same = [other for other in spots if other.role == spot.role and other.group == spot.group]
        lowest = max(other.label.y0 for other in same)
        if spot.sure or spot.dated or lowest - spot.label.y0 < 0.15:
            kept.append(spot)
    return kept


def _inside(inner: Box, outer: Box) -> bool:
    area = max(1e-9, inner.width * inner.height)
    return inner.overlap(outer) / area > 0.6


def moved(spot: Spot, row: Letters, start: int, end: int) -> Spot:
    """The same place with what stands in it on another row."""
    return replace(spot, row=row, start=start, end=end, printed=())
