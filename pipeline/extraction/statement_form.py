"""The four parts that the form of a lawyer's statement has: 标题, 称呼, 结论 and 落款日期, each as a slot.

Statements are written freely; what they must have is a heading that says what they are, somebody whom they speak to, an
end that asks for something, and a date. A part that is not there is an empty slot at the place where it belongs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.casefile import Box, Document, Page, Slot, SlotState
from pipeline.extraction.readings import PlacedRow
from pipeline.text.dates import find_dates
from pipeline.text.normalise import fold

STATEMENTS = frozenset({"representation_statement", "defence_statement", "legal_opinion"})
TITLE, ADDRESSEE, CONCLUSION, DATE = "标题", "称呼", "结论", "落款日期"

_TITLED = re.compile(r"词|意见|申请|建议|报告|书$|状$|发言|答辩|说明")
_SPOKEN_TO = re.compile(
    r"^(尊敬的|各位)|^(审判长|审判员|合议庭|人民陪审员|陪审员|法官|检察官|检察员|首席仲裁员|仲裁员|仲裁庭|独任|法庭|调解员)|"
    r"(法院|检察院|公安局|分局|派出所|委员会?|仲裁院|仲裁庭|合议庭|机关|政府|司法局|人力资源和社会保障局|庭|局|厅|处)\W*$"
)
_AT_THE_END = re.compile(r"^此[致呈]|^敬呈|^呈")
_CONCLUDES = re.compile(
    r"综上|综合(以上|上述)|总之|以上(意见|就是|代理意见|辩护意见|观点|系|是|为|,|,?请|内容)|上述(意见|代理意见|辩护意见)|据此|为此|有鉴于此|鉴于(以上|上述|此)|"
    r"(恳|敬|谨|特)?请求?(法庭|合议庭|贵|人民法院|人民检察院|仲裁庭|仲裁委|审判|依法|予以|给予|检察|公安)|恳[请求]|敬请|望(予|贵|法庭|合议庭)|"
    r"建议(贵|法庭|人民|合议庭|检察|公安|调解|仲裁|对|依法|认定|从)|(请予|予以|望予|请|供)(采纳|参考|考虑)|特此"
)
_NUMBERED = re.compile(r"^[\W\d]{0,10}$")
_SIGNS = re.compile(
    r"(辩护人|代理人|律师|承办人|法律援助人员|法律工作者|代书人|意见人)\W*$|(辩护人|代理人|律师|人员)[(:]|律师事务所|法律服务所|援助中心|援助处"
)
_LONG = 14


def statement_slots(document: Document, rows: Sequence[PlacedRow], pages: Sequence[Page]) -> tuple[Slot, ...]:
    """Title, addressee, conclusion and date of a statement, filled or empty; none for other documents."""
    rows = [place for place in rows if not _NUMBERED.match(fold(place.text)) or find_dates(place.text)]
    if document.type not in STATEMENTS or not rows:
        return ()
    body = [i for i, place in enumerate(rows) if _is_text(place, rows)]
    if not body:
        return ()
    sure = all(pages[n - 1].legible and pages[n - 1].content.quality.grade != "poor" for n in document.pages)
    missing: SlotState = "empty" if sure else "unclear"
    parts = (
        _title(rows, body[0]),
        _addressee(rows, body[0]),
        _conclusion(rows, body),
        _date(rows, body[-1]),
    )
    kinds = ((TITLE, "other"), (ADDRESSEE, "unit"), (CONCLUSION, "other"), (DATE, "date"))
    slots = []
    for (label, kind), (place, box, text, state) in zip(kinds, parts, strict=True):
        slots.append(Slot(document.id, place.page, box, kind, label, state or missing, text))
    return tuple(slots)


def _is_text(place: PlacedRow, rows: Sequence[PlacedRow]) -> bool:
    """A line of running text: long, and not set in from both sides as a heading is."""
    box = place.row.box
    if box.width <= 0.45 or len(fold(place.text)) < _LONG:
        return False
    left = min(other.row.box.x0 for other in rows)
    right = max(other.row.box.x1 for other in rows)
    return box.x0 < left + 0.08 or box.x1 > right - 0.06


_Part = tuple[PlacedRow, Box, str, SlotState | None]
"""The row nearest to where a part stands or should stand, its box, its text, its state (None: it is not there)."""


def _title(rows: Sequence[PlacedRow], body: int) -> _Part:
    for place in rows[:body]:
        text, box = fold(place.text), place.row.box
        centred = 0.36 < box.centre[0] < 0.64 and box.width < 0.75
        if centred and not text.endswith(":") and _TITLED.search(text):
            return place, box, place.text, "filled"
    first = rows[0]
    top = first.row.box.y0
    return first, Box(0.3, max(0.0, top - 0.06), 0.7, max(0.02, top - 0.01)), "", None


def _addressee(rows: Sequence[PlacedRow], body: int) -> _Part:
    for place in rows[: body + 3]:
        text, box = fold(place.text), place.row.box
        if (
            box.x0 < 0.35
            and box.width < 0.7
            and len(text) < 34
            and (_SPOKEN_TO.search(text) or _opens(place, text, rows, body))
        ):
            return place, box, place.text, "filled"
    for place in rows[-9:]:
        if _AT_THE_END.match(fold(place.text)):
            return place, place.row.box, place.text, "filled"
    place = rows[body]
    box = place.row.box
    return place, Box(0.12, max(0.0, box.y0 - 0.035), 0.5, max(0.01, box.y0 - 0.005)), "", None


def _opens(place: PlacedRow, text: str, rows: Sequence[PlacedRow], body: int) -> bool:
    """A short line above the text that a colon closes, whoever it names."""
    return (
        place.index <= rows[body].index
        and text.endswith(":")
        and not re.search(r"如下|意见:$", text)
        and len(text) < 24
    )


def _conclusion(rows: Sequence[PlacedRow], body: Sequence[int]) -> _Part:
    last = body[-1]
    tail = rows[max(body[0] + 1, last - 5, (2 * last) // 3) : last + 4]
    for place in tail:
        if _CONCLUDES.search(fold(place.text)):
            return place, place.row.box, place.text, "filled"
    # a line break may stand inside the words
    joined = fold("".join(place.text for place in tail))
    place = rows[last]
    if _CONCLUDES.search(joined):
        return place, place.row.box, place.text, "filled"
    return place, place.row.box, "", None


def _date(rows: Sequence[PlacedRow], body: int) -> _Part:
    closing = rows[body + 1 :] or rows[-1:]
    for place in reversed(closing):
        for date in find_dates(place.text):
            if date.form in ("empty_slot", "partial_slot"):
                return place, place.row.box, "", None
            return place, place.row.box, date.raw, "filled"
        if re.search(r"\d{4}\W|[年月]\s*\S{0,4}日?|[二2]\s*[〇○0零]", place.text) and not _SIGNS.search(
            fold(place.text)
        ):
            return place, place.row.box, place.text, "unclear"
        second = " ".join(line.second for line in place.row.lines if line.second)
        if any(date.value for date in find_dates(second)):
            return place, place.row.box, second, "filled"
    last = closing[-1]
    box = last.row.box
    return last, Box(box.x0, min(0.99, box.y1), box.x1, min(1.0, box.y1 + 0.035)), "", None
