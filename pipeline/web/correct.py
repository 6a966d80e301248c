"""Correcting what was read: what a browser sends becomes a correction; the rules run again, and it is told what became.

A correction names what it corrects by page and words of the case as it is shown; it is kept by content.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Annotated, get_args

from fastapi import APIRouter, HTTPException, Path, Query, Request
from fastapi.responses import JSONResponse, Response

from pipeline.box import Box
from pipeline.corrections import (
    CASE_KINDS,
    ENTRIES,
    STAGES,
    Correction,
    CorrectionKind,
    Place,
    Target,
    placed,
    places_of,
)
from pipeline.documents.types import doc_types
from pipeline.store.reviews import Reviews
from pipeline.summary.corrected import correction_json, correction_words
from pipeline.summary.labels import DATE_ROLES, SIGNERS
from pipeline.web.people import case_of, run_of, site_of, tell, user_of
from pipeline.web.sent import Sent, answer, field_of
from pipeline.web.shelf import Json, Run

router = APIRouter()
EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2100, 1, 1)
"""Days that a correction may give; a birth counts, too."""
_PAGE = re.compile(r"p/[1-9][0-9]{0,5}", re.ASCII)
"""Where a form may lead back to, within the file."""
_VALUES: dict[str, tuple[str, ...]] = {
    "case_kind": CASE_KINDS,
    "stage": STAGES,
    "entry": ENTRIES,
    "signature": ("signed", "blank"),
}


Corrected = Annotated[int, Query(ge=0, le=2**62)]
"""A correction that was just made or withdrawn, whose effect a page tells; 0 for none."""


@dataclass(frozen=True, slots=True)
class Told:
    """A correction in words, as the page lists it."""

    id: int
    words: str
    by: str
    at: str
    withdrawn_by: str = ""
    withdrawn_at: str = ""


def told_corrections(request: Request, run: Run, case: Json) -> list[Told]:
    """List what was corrected in a case, withdrawn ones too, oldest first."""
    return [
        Told(
            one.correction.id,
            _words(request, told_of(case, one.correction)),
            one.correction.author,
            one.correction.at,
            one.withdrawn_by,
            one.withdrawn_at,
        )
        for one in Reviews(run.workspace.reviews).corrections(case["case_id"])
    ]


@router.get("/r/{run}/c/{case}/corrections.json")
def corrections(request: Request, run: str, case: str) -> Response:
    """List what was corrected in a file, withdrawn ones too, oldest first."""
    found = run_of(request, run)
    told = told_corrections(request, found, case_of(request, found, case))
    return JSONResponse({"corrections": [asdict(one) for one in told]})


@router.post("/r/{run}/c/{case}/corrections")
def correct(request: Request, run: str, case: str, sent: Sent) -> Response:
    """Keep a correction and judge the case with it; tells which findings went and which came."""
    found = run_of(request, run)
    before = case_of(request, found, case)
    made = correction_of(before, sent, user_of(request).name, site_of(request).now())
    kept = Reviews(found.workspace.reviews)
    number = kept.correct(before["case_id"], made)
    told = changes(before, case_of(request, found, case))
    kept.note_effects(number, *([(one["rule"], one["key"]) for one in told[what]] for what in ("gone", "come")))
    return _judged_anew(request, found, case, before, number, sent)


@router.post("/r/{run}/c/{case}/corrections/{number}/withdraw")
def withdraw(
    request: Request, run: str, case: str, number: Annotated[int, Path(ge=1, le=2**62)], sent: Sent
) -> Response:
    """Take a correction back and judge the case without it."""
    found = run_of(request, run)
    before = case_of(request, found, case)
    kept = Reviews(found.workspace.reviews)
    try:
        stood = kept.withdraw(before["case_id"], number, user_of(request).name, site_of(request).now())
    except KeyError as error:
        raise HTTPException(404, "没有这个更正") from error
    if not stood:
        raise HTTPException(409, "这个更正已经撤销")
    return _judged_anew(request, found, case, before, number, sent)


def correction_of(case: Json, sent: Sent, author: str, at: str) -> Correction:
    """Make a correction of what was sent, for a case as it is shown. Raises HTTPException 422 saying what is wrong."""
    kind = next((known for known in get_args(CorrectionKind) if known == field_of(sent, "kind")), None)
    if kind is None:
        raise HTTPException(422, "不知道要更正什么")
    value, role, new_role = field_of(sent, "value"), field_of(sent, "role"), _role(field_of(sent, "new_role"))
    if kind in _VALUES and value not in _VALUES[kind]:
        raise HTTPException(422, "请从所列各项中选择")
    if kind in ("case_kind", "stage", "entry"):
        return Correction(kind, Target(), value, author=author, at=at)
    place = _place(case, sent)
    if kind in ("begin", "join", "type"):
        if kind == "type":
            value = _type(value)
        return Correction(kind, Target(place), value if kind == "type" else "", author=author, at=at)
    box, raw = _box(field_of(sent, "bbox")), field_of(sent, "raw", 2000)
    target = Target(place, "" if kind == "new_date" else role, "" if kind == "new_date" else raw, box)
    if kind == "signature":
        if role not in SIGNERS:
            raise HTTPException(422, "没有这种签名")
        return Correction(kind, target, value, author=author, at=at)
    read = {date["role"] for date in (*case["dates"], *case["misdates"])}
    if (kind != "new_date" and role not in read) or (new_role or target.role) not in (*DATE_ROLES, *read):
        raise HTTPException(422, "请选择日期的含义")
    day = "" if kind == "no_date" else _day(value)
    return Correction(kind, target, day, "" if kind == "no_date" else new_role, author, at)


def _role(value: str) -> str:
    """The key of a role that was chosen by key or by its Chinese name; anything else as it is."""
    return next((key for key, words in DATE_ROLES.items() if value == words), value)


def _type(value: str) -> str:
    """The key of a type that was chosen by key or by its Chinese name."""
    found = [key for key, known in doc_types().items() if value in (key, known.title)]
    if not found:
        raise HTTPException(422, "没有这种文书类型, 请从所列中选择")
    return found[0]


def _day(value: str) -> str:
    try:
        day = dt.date.fromisoformat(value)
    except ValueError as error:
        raise HTTPException(422, "日期应为 2024-05-31 的形式") from error
    if not EARLIEST <= day <= LATEST:
        raise HTTPException(422, "日期不在合理的范围内")
    return day.isoformat()


def _place(case: Json, sent: Sent) -> Place:
    page = field_of(sent, "page")
    places = places_of([(source["sha256"], source["pages"]) for source in case["sources"]])
    if not page.isascii() or not page.isdigit() or len(page) > 6 or not 1 <= int(page) <= len(places):
        raise HTTPException(422, "没有这一页")
    return places[int(page) - 1]


def _box(text: str) -> Box | None:
    """A box as four numbers with commas; None where nothing was sent."""
    if not text:
        return None
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError as error:
        raise HTTPException(422, "位置不对") from error
    fine = len(numbers) == 4 and all(math.isfinite(n) and 0 <= n <= 1 for n in numbers)
    if not fine or numbers[0] > numbers[2] or numbers[1] > numbers[3]:
        raise HTTPException(422, "位置不对")
    return Box(*numbers)


def _judged_anew(request: Request, run: Run, case: str, before: Json, number: int, sent: Mapping[str, str]) -> Response:
    after = case_of(request, run, case)
    told = changes(before, after)
    one = next((c for c in (*after.get("corrections", ()), *before.get("corrections", ())) if c["id"] == number), None)
    words = _words(request, one) if one else ""
    effect = effect_words(told)
    tell(request, f"{words}; {effect}"[:300])
    site_of(request).corrected.remember(run, number, effect)
    page = field_of(sent, "back")
    place = f"/{page}" if _PAGE.fullmatch(page) else ""
    back = f"/r/{run.slug}/c/{case}{place}?corrected={number}#effect"
    return answer(request, {"id": number, "words": words, "effect": effect, **told}, back)


def _words(request: Request, told: Json) -> str:
    return correction_words(told, site_of(request).names)


def document_type(case: Json, document: str) -> str:
    """Give the type of a document of a case by its id."""
    return next((str(one["type"]) for one in case["documents"] if one["id"] == document), "")


def told_of(case: Json, correction: Correction) -> Json:
    """Lay out a correction of a case as its JSON would."""
    places = places_of([(source["sha256"], source["pages"]) for source in case["sources"]])
    return correction_json(placed([correction], places)[0])


def changes(before: Json, after: Json) -> dict[str, list[Json]]:
    """Tell which findings went and came between two states of a case, and which rules say something else now."""
    old, new = ({one["key"]: one for one in case["findings"]} for case in (before, after))
    verdicts = {one["rule"]: one["verdict"] for one in before["outcomes"]}
    return {
        "gone": [_brief(one) for key, one in old.items() if key not in new],
        "come": [_brief(one) for key, one in new.items() if key not in old],
        "verdicts": [
            {"rule": one["rule"], "before": verdicts.get(one["rule"], ""), "after": one["verdict"]}
            for one in after["outcomes"]
            if verdicts.get(one["rule"]) != one["verdict"]
        ],
    }


def _brief(finding: Json) -> Json:
    return {name: finding[name] for name in ("key", "rule", "title", "message")}


def effect_words(told: dict[str, list[Json]]) -> str:
    """Say what became of a correction."""
    parts = [f"疑点 {one['rule']}（{one['title']}）消失" for one in told["gone"]]
    parts += [f"新增疑点 {one['rule']}（{one['title']}）" for one in told["come"]]
    return "更正后：" + ("；".join(parts) if parts else "疑点没有变化")
