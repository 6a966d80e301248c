"""Slots of running text: the number line, the addressee, blanks on underlines inside sentences, dates in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

from pipeline.casefile import Box, Document, Line, Slot, SlotState
from pipeline.documents.rows import Row
from pipeline.extraction.readings import PlacedRow
from pipeline.extraction.slot_labels import kind_of, labels_in, whole_label
from pipeline.extraction.slot_sight import Sight
from pipeline.text.dates import find_dates
from pipeline.text.normalise import fold

_NUMBER_ROW = re.compile(r"^.{0,24}?字?(?P<year>\(.{0,6}?\))?.{0,12}?第(?P<no>.{0,14}?)[号專]\W*$")
_ISSUED = re.compile(r"字|编号|[(].{0,6}[)]|援|函|决|审|指")
_NO_YEAR = re.compile(r"\((?:19|20)?\W{0,4}\)(?=.{0,6}第|第)|\((?:19|20)?\W{0,4}(?:年度?)?\).{0,12}[号第]")
_LETTER = re.compile(r"[你贵](?:单位|所|院|局|处|中心|委|机构|队|支队)|(?<![于对向给为])你(?=[提申就因请]|于)")
"""A text that speaks to somebody has an addressee above it."""
_ISSUER = re.compile(r"(援助(中心|处|站)|司法局|机构|人民法院|检察院|公安局|分局|看守所|委员会|事务所)\W*$")
_DATE_LEFT = re.compile(r"[12二一][0Oo〇○零9九]\W?[\d〇○零一二三四五六七八九]{2}|\d\W{0,2}月|[一二三四五六七八九十]月")
"""What is left of a date that was read badly: then it is not missing."""
_PRINTED_UNITS = 40
"""Inked squares that 年月日 need if the form prints them; more ink is a date that was not read."""
_SURE = 0.93
"""Score of a line under which what is left of a date may be a whole one that was misread."""
_FIGURE = r"[\d〇零一二三四五六七八九十|]"
_ENDS = "。；：:;！!？?”"
_BREAKS = "，,、" + _ENDS
_WIDE = 1.7
"""Characters' widths from which a gap inside a sentence is a blank."""
_TABLE = 4
"""Label cells from which a page is a table, whose text is indented for other reasons than a blank."""
_ROOM_FOR_A_LINE = 1.55
"""Distance of the head from the text, in distances of its rows, from which a line is left out between them."""
_NAMED_UNIT = re.compile(r"\w{2,}(?:律师事务所|法律服务所|律所|工作站|援助中心|援助处)")

# What stands before and behind a blank inside a sentence tells what is missing there.
_BEFORE: tuple[tuple[str, str], ...] = (
    ("recipient", r"(受援人|申请人|犯罪嫌疑人|被告人|当事人|委托人|本人|将|为|姓名)$"),
    ("cause", r"(因|涉嫌|案由|就|关于|犯)$"),
    ("unit", r"(向|致|往|至|安排到|委托|经)$"),
    ("number", r"(编号|证号|字第?|第|号码)$"),
    ("date", r"(于|自|从|至|到|日期|时间)$"),
    ("name", r"(你单位|你所|贵所|贵单位|单位|由|指派|安排|律师|人员)$"),
)
_BEHIND: tuple[tuple[str, str], ...] = (
    ("cause", r"^(罪|纠纷|争议)?一案|^罪"),
    ("unit", r"^(律师事务所|法律服务所|人民法院|人民检察院|公安局|仲裁)"),
    ("name", r"^(律师|同志|法律援助人员|为你|作为)"),
    ("number", r"^号"),
    ("date", r"^(年|月|日)"),
    ("recipient", r"^(涉嫌|因)"),
)
# Printed words that stand side by side only where what belongs between them was left out.
_FRAMES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("recipient", re.compile(r"受援人(?=因(?!经济|家庭|特殊|故|此|[^。]{0,12}困难)|涉嫌|一案|的?案件)")),
    ("cause", re.compile(r"因(?:涉嫌)?(?=罪?一案|纠纷一案|争议一案)|涉嫌(?=罪?一案|罪，|罪,)")),
    ("unit", re.compile(r"(?:指派|安排|委派|兹有)(?=律师事务所)")),
    ("name", re.compile(r"(?:[你贵]单位|[你贵]所|由|指派|安排)(?=律师(?:承办|办理|担任)|同志(?:承办|办理|担任))")),
)


def number_slots(sight: Sight, document: Document) -> list[Slot]:
    """The number of a paper: "第   号", "〔20  〕   字第   号"; of the first page, above the text."""
    if sight.page.number != document.first:
        return []
    for place in sight.rows[:8]:
        text = fold(place.text).replace("[", "(").replace("]", ")")
        if len(text) > 34 or not _ISSUED.search(text) or find_dates(place.text):
            continue
        match = _NUMBER_ROW.match(text)
        if match is not None:
            missing = not re.search(r"[\w|]", match["no"])
            undated = not missing and bool(_NO_YEAR.search(text)) and not re.search(r"(19|20)\d\d", text)
            box = _number_box(place.row, whole=undated)
            state = _blank_state(sight, box) if missing or undated else "filled"
            number = "" if missing else place.text
            return [Slot(document.id, sight.page.number, box, "number", "文号", state, number)]
        bare = _bare_number(sight, place.row, text)
        if bare is not None:
            return [Slot(document.id, sight.page.number, bare[0], "number", "文号", bare[1])]
    return []


def _bare_number(sight: Sight, row: Row, text: str) -> tuple[Box, SlotState] | None:
    """The number line on the right of which no number was read: 某法援（    ）字第    号."""
    if row.box.x0 < 0.4 or row.box.x1 < 0.75 or row.box.y0 > 0.25:
        return None
    if not re.search(r"字|编号|第|[(].*号$", text) or _ISSUER.search(text):
        return None
    if len(re.findall(_FIGURE, text)) > 1:
        return None  # one lonely figure is a sign misread
    pairs = [(right.box.x0 - left.box.x1, left, right) for left, right in pairwise(row.lines)]
    wide = [one for one in pairs if one[0] > _WIDE * sight.character(one[1])]
    if wide:
        _, left, right = max(wide, key=lambda one: one[0])
        box = Box(left.box.x1, row.box.y0, right.box.x0, row.box.y1)
        return box, _blank_state(sight, box)
    box = Box(row.box.x0 + 0.25 * row.box.width, row.box.y0, max(row.box.x1, sight.right), row.box.y1)
    grid = sight.page.content.ink
    columns = grid.columns_inked(box) if grid is not None else ()
    bare = bool(columns) and sum(share > 0 for share in columns) < 0.6 * len(columns)
    return box, "empty" if bare and sight.sure else "unclear"


def _number_box(row: Row, *, whole: bool) -> Box:
    """From the last 第 to the last 号 of a row; the whole row where the year is missing."""
    if whole:
        return row.box
    start, end = row.box.x0, row.box.x1
    for line in row.lines:
        length = max(1, len(line.text))
        if "第" in line.text:
            start = line.box.part((line.text.rindex("第") + 1) / length, 1.0).x0
        if "号" in line.text:
            end = line.box.part(line.text.rindex("号") / length, 1.0).x0
    if end - start < 0.01:
        start, end = start - 0.01, start + 0.03
    return Box(start, row.box.y0, end, row.box.y1)


def _blank_state(sight: Sight, box: Box) -> SlotState:
    """A blank inside or between lines: their boxes are cut back to it, so that loose ink in it still counts."""
    inner = Box(box.x0 + 0.004, box.y0, max(box.x0 + 0.004, box.x1 - 0.004), box.y1)
    grid = sight.page.content.ink
    if grid is None:
        return sight.state(inner)
    squares = grid.count(inner)
    if squares > 5:
        return "filled" if sight.loose_ink(inner) > 5 else "unclear"
    return "empty" if sight.sure else "unclear"


def addressee_slots(sight: Sight, document: Document, kind: str) -> list[Slot]:
    """The addressee of a letter: a line of its own that a colon closes, between the head and the text.

    Blank where nothing stands before the colon, or where the room for such a line is there and the text speaks to
    somebody (你单位…) whom it names nowhere.
    """
    rows = sight.rows
    if sight.page.number != document.first or len(rows) < 4:
        return []
    body = _first_of_text(sight, document)
    if body is None:
        return []
    above = [place for place in rows[:body] if place.row.box.y0 > _title_bottom(document)]
    for place in reversed(above[-4:]):
        text = fold(place.text)
        if place.row.box.x0 > 0.45 or not text.rstrip(".").endswith(":") or labels_in(place.row.lines[0].text):
            continue
        name = text.rstrip(":. _")
        state: SlotState = "filled" if name else _blank_state(sight, place.row.box)
        box = place.row.box if name else Box(sight.left, place.row.box.y0, place.row.box.x1, place.row.box.y1)
        return [Slot(document.id, sight.page.number, box, kind, "主送", state, name)]
    return _missing_addressee(sight, document, kind, body)


def _missing_addressee(sight: Sight, document: Document, kind: str, body: int) -> list[Slot]:
    rows = sight.rows
    text = fold("".join(place.text for place in rows[body:]))
    if not _LETTER.search(text) or body == 0:
        return []
    if kind == "unit" and _NAMED_UNIT.search(re.sub(r"(?:法律)?援助(?:中心|处)", "", text)):
        return []
    if any(
        place.row.box.x0 < 0.3 and re.search(r"[\u4e00-\u9fff]{2}", place.text)
        for place in _between(sight, document, body)
    ):
        return []
    pitches = [b.row.box.y0 - a.row.box.y0 for a, b in pairwise(rows[body : body + 5])]
    pitch = sorted(pitches)[len(pitches) // 2] if pitches else 0.0
    head = rows[body - 1].row.box
    height = rows[body].row.box.height
    room = rows[body].row.box.y0 - head.y0 - max(0.0, head.height - height)
    if pitch <= 0 or room < _ROOM_FOR_A_LINE * pitch:
        return []
    middle = (head.y1 + rows[body].row.box.y0) / 2
    box = Box(sight.left, max(head.y1, middle - height), sight.left + 0.3, min(rows[body].row.box.y0, middle + height))
    return [Slot(document.id, sight.page.number, box, kind, "主送", sight.state(box))]


def _title_bottom(document: Document) -> float:
    return document.title_box.y1 if document.title_box is not None else 0.0


def _between(sight: Sight, document: Document, body: int) -> list[PlacedRow]:
    """Rows between the title and the text that are no number line."""
    low = _title_bottom(document)
    return [p for p in sight.rows[:body] if p.row.box.y0 > low and not re.search(r"第.{0,14}号|编号", fold(p.text))]


def _first_of_text(sight: Sight, document: Document) -> int | None:
    """Index of the first row of running text below the title."""
    low = _title_bottom(document)
    for index, place in enumerate(sight.rows):
        box, text = place.row.box, fold(place.text)
        long = box.width > 0.45 and len(text) >= 14
        if box.y0 > low and long and not text.endswith(":") and not re.search(r"第.{0,14}号$", text):
            return index
    return None


def gap_slots(sight: Sight, document: str, cells: Set[int]) -> list[Slot]:
    """Blanks inside sentences that split a row of text in two, or that stand at its beginning.

    `cells`: ids of lines that are labels of table cells; rows that hold one are no sentences.
    """
    slots: list[Slot] = []
    tabled = len(cells) >= _TABLE
    for order, place in enumerate(sight.rows):
        row = place.row
        if any(id(line) in cells for line in row.lines) and not is_sentence(row):
            continue
        if row.box.width < 0.3 or not _is_prose(row) or (tabled and not is_sentence(row)):
            continue
        for left, right in pairwise(row.lines):
            gap = right.box.x0 - left.box.x1
            before, behind = left.text.strip(), right.text.strip()
            if gap < _WIDE * sight.character(left) or before[-1:] in _ENDS or _starts_anew(behind) or len(before) < 2:
                continue
            kind = _kind_between(before, behind)
            if kind is None:
                continue
            box = Box(left.box.x1, row.box.y0, right.box.x0, row.box.y1)
            slots.append(Slot(document, place.page, box, kind, _last_words(before), _blank_state(sight, box)))
        if order and not tabled and _begins_blank(sight, sight.rows[order - 1].row, row):
            before, behind = sight.rows[order - 1].text.strip(), row.text.strip()
            kind = _kind_between(before, behind)
            if kind is not None and not _starts_anew(behind):
                box = Box(sight.left, row.box.y0, row.box.x0, row.box.y1)
                slots.append(Slot(document, place.page, box, kind, _last_words(before), _blank_state(sight, box)))
    return slots


def is_sentence(row: Row) -> bool:
    """Whether a row is a line of a letter though a word of it, left alone by a blank, could be a label."""
    last = row.lines[-1].text.strip()
    return len(last) >= 10 and bool(re.search(r"[，,。]", last)) and len(row.lines) > 1 and row.lines[-1].box.x1 > 0.7


def _is_prose(row: Row) -> bool:
    """Sentences, not the cells of a table: no label alone in a line, and some line long enough to be one."""
    return not any(whole_label(line.text) for line in row.lines[1:]) and any(len(line.text) >= 10 for line in row.lines)


def _starts_anew(text: str) -> bool:
    labels = labels_in(text)
    return bool(labels and labels[0].start == 0) or whole_label(text) is not None or text[:1] in _BREAKS


def _begins_blank(sight: Sight, above: Row, row: Row) -> bool:
    full = above.box.x1 > sight.right - 0.06 and above.box.width > 0.5 and above.text.strip()[-1:] not in _ENDS
    indent = row.box.x0 - sight.left
    return full and 3.2 * sight.character(row.lines[0]) < indent < 0.45 and row.box.x1 > 0.6


def _kind_between(before: str, behind: str) -> str | None:
    """Of what kind the blank between two halves of a sentence is; None where nothing says that it is one."""
    before, behind = fold(before), fold(behind)
    ahead = next((kind for kind, pattern in _BEHIND if re.search(pattern, behind)), None)
    own = next((kind for kind, pattern in _BEFORE if re.search(pattern, before)), None)
    if own == "recipient" and ahead == "cause":
        return "recipient" if not behind.startswith("罪") else "cause"
    if own == "name" and ahead in ("unit", "name"):
        return ahead
    return own or ahead


def _last_words(text: str) -> str:
    return re.split(rf"[{_BREAKS}\s（(）)]", text.strip())[-1][-8:]


def frame_slots(sight: Sight, document: str, known: Sequence[Slot]) -> list[Slot]:
    """Blanks that left no gap between what was read: printed words meet that only a name or a charge parts."""
    slots: list[Slot] = []
    for line, text, start in _sentences(sight):
        for kind, pattern in _FRAMES:
            for match in pattern.finditer(text):
                at = match.end() - start
                if not 0 <= at <= len(line.text):
                    continue
                share = at / max(1, len(line.text))
                point = line.box.x0 + line.box.width * share
                box = Box(max(0.0, point - 0.01), line.box.y0, min(1.0, point + 0.05), line.box.y1)
                if any(s.kind == kind and s.page == sight.page.number and abs(s.box.y0 - box.y0) < 0.03 for s in known):
                    continue
                stretch = sight.inkless(line, _WIDE)
                state: SlotState = "unclear"
                if stretch is not None:
                    box = Box(stretch[0], line.box.y0, stretch[1], line.box.y1)
                    state = "empty" if sight.sure else "unclear"
                slots.append(Slot(document, sight.page.number, box, kind, match.group(), state))
    return slots


def _sentences(sight: Sight) -> Iterator[tuple[Line, str, int]]:
    """Every line with its text run together with the end of the line before it, and where its own text starts there."""
    before = ""
    for place in sight.rows:
        for line in place.row.lines:
            own = line.text.replace("_", " ").strip()
            yield line, before + own, len(before)
            before = own[-8:]


def date_slots(sight: Sight, document: str) -> list[Slot]:
    """Dates that were not filled in, or only in part ("   年   月   日", "2022年8月   日"), and those that were."""
    slots: list[Slot] = []
    for place in sight.rows:
        text, spans = "", []
        for line in place.row.lines:
            start = len(text)
            text += line.text.strip() + " "
            spans.append((line, start, max(len(text) - 1, start + 1)))
        for date in find_dates(text):
            lines = [(ln, a, b) for ln, a, b in spans if a < date.end and date.start < b]
            if date.form not in ("empty_slot", "partial_slot") or not lines:
                continue
            box: Box | None = None
            for line, a, b in lines:
                part = line.box.part(max(0.0, (date.start - a) / (b - a)), min(1.0, (date.end - a) / (b - a)))
                box = part if box is None else box.union(part)
            assert box is not None
            if any(ln.second and _filled_date(ln.second) for ln, _, _ in lines):
                continue
            label = _date_label(text[: date.start])
            state = _date_state(sight, box, date.raw)
            badly = any((line.score or 1.0) < _SURE for line, _, _ in lines)
            if date.form == "partial_slot" and badly:
                state = "unclear"
            slots.append(Slot(document, place.page, box, "date", label, state))
    return slots


def _filled_date(text: str) -> bool:
    return any(date.value is not None for date in find_dates(text))


def _date_label(before: str) -> str:
    labels = labels_in(before)
    if labels:
        return labels[-1].text
    word = re.findall(r"[\u4e00-\u9fff]{2,8}", before)
    return word[-1] if word and kind_of(word[-1]) in ("date", "signature") else "年月日"


def _date_state(sight: Sight, box: Box, raw: str) -> SlotState:
    """Blank where there is no more ink than the characters that were read need."""
    grid = sight.page.content.ink
    if grid is None or not sight.sure:
        return "empty" if sight.sure else "unclear"
    if any(mark.kind == "seal" and mark.box.overlap(box) > 0 for mark in sight.page.content.marks):
        return "empty"  # the seal's ink says nothing, and the second reading was made without it
    left = Box(max(0.0, box.x0 - 0.06), box.y0, box.x1, box.y1)
    others = [ln.box for ln in sight.lines if ln.box.x1 <= box.x0 + 0.01 and ln.box.overlap(left) > 0]
    left = Box(max([left.x0, *(o.x1 for o in others)]), box.y0, box.x1, box.y1)
    columns = grid.columns_inked(left)
    if not columns:
        return "empty"
    inked = sum(1 for share in columns if share > 0) * left.width / len(columns)
    read = len(re.sub(r"\s|_", "", raw)) * box.height * 0.8 * 1.414
    return "empty" if inked <= 1.35 * read + 0.012 else "unclear"


def issue_date_slots(sight: Sight, document: Document, dates: Sequence[Slot]) -> list[Slot]:
    """The date below the issuer of a letter, where no date at all stands in its lower part."""
    if sight.page.number != document.last or dates or len(sight.rows) < 5:
        return []
    lower = [place for place in sight.rows if place.row.box.y0 > 0.2]
    said = "".join(place.text + " " + " ".join(ln.second or "" for ln in place.row.lines) for place in lower)
    if any(found.form != "month_day" for found in find_dates(said)) or re.search(_DATE_LEFT, said):
        return []
    issuer = next((place.row for place in reversed(lower) if _ISSUER.search(fold(place.text))), None)
    if issuer is None or issuer.box.x1 < 0.45:
        return []
    line = issuer.lines[-1]
    box = Box(line.box.x0, line.box.y1, line.box.x1, min(1.0, line.box.y1 + 2.2 * line.box.height))
    state: SlotState = "empty" if sight.sure else "unclear"
    if sight.loose_ink(box.grown(0.05, 0.01)) > _PRINTED_UNITS:
        state = "unclear"
    return [Slot(document.id, sight.page.number, box, "date", "落款日期", state)]
