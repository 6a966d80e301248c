"""Deciding: accept, reject, cannot tell; with a reason and a note; and being done with a file."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import JSONResponse, Response

from pipeline.store.reviews import DECISIONS, Review, Reviews
from pipeline.summary.reasons import DECIDED, in_words, is_reason
from pipeline.web.decisions import Decisions, decisions, is_key, items_of, told
from pipeline.web.people import case_of, run_of, site_of, tell, user_of
from pipeline.web.sent import Sent, answer, field_of
from pipeline.web.shelf import Json, Run

router = APIRouter()
LONGEST_NOTE = 4000
GONE = "此疑点在新的结果中已不存在, 判断未记录; 请刷新页面"


def decisions_of(request: Request, run: Run, case: Json) -> Decisions:
    """Give the decisions on a case (its JSON as it stands now) that who asks may see."""
    kept, case_id = Reviews(run.workspace.reviews), case["case_id"]
    evaluators = site_of(request).assigned(run, case_id)
    return decisions(
        case, kept.latest(case_id), kept.history(case_id), user_of(request), evaluators, kept.done(case_id)
    )


@router.get("/r/{run}/c/{case}/reviews.json")
def reviews(request: Request, run: str, case: str) -> Response:
    """Give the decisions on a file: one's own, and others' where they are open."""
    found = run_of(request, run)
    return JSONResponse(decisions_of(request, found, case_of(request, found, case)).json())


@router.post("/r/{run}/c/{case}/findings/{key}/review")
def decide(request: Request, run: str, case: str, key: str, sent: Sent) -> Response:
    """Keep a decision on a finding, or on a rule's outcome without one; 409 where it is not reported any more."""
    found = run_of(request, run)
    data = case_of(request, found, case)
    decision, reason = field_of(sent, "decision"), field_of(sent, "reason")
    note = field_of(sent, "note", LONGEST_NOTE)
    if not is_key(key):
        raise HTTPException(404, "没有这个疑点")
    chosen = next((known for known in DECISIONS if known == decision), None)
    if chosen is None:
        raise HTTPException(422, "判断只能是成立、不成立或拿不准")
    if not is_reason(decision, reason):
        raise HTTPException(422, "所选理由与判断不符")
    item = items_of(data).get(key)
    if item is None:
        raise HTTPException(409, GONE)
    review = Review(
        data["case_id"], key, item.rule, user_of(request).name, chosen, reason, note, item.about, site_of(request).now()
    )
    Reviews(found.workspace.reviews).decide(review)
    tell(request, f"{item.rule} {DECIDED[chosen]}")
    now = decisions_of(request, found, data)
    words = DECIDED[chosen] if chosen != "open" else ("已记下说明" if note else "已撤销判断")
    if chosen != "open" and reason:
        words += f" ({in_words(chosen, reason)})"
    return answer(
        request,
        {"review": told(review), "words": words, **counts(now)},
        f"/r/{run}/c/{case}#k-{key}",
    )


@router.post("/r/{run}/c/{case}/done")
def done(request: Request, run: str, case: str) -> Response:
    """Be done with a file: others' decisions open when all to whom it is assigned are."""
    return _completed(request, run, case, done=True)


@router.post("/r/{run}/c/{case}/reopen")
def reopen(request: Request, run: str, case: str) -> Response:
    """Take a file up again; others' decisions close."""
    return _completed(request, run, case, done=False)


def _completed(request: Request, run: str, case: str, *, done: bool) -> Response:
    found = run_of(request, run)
    data = case_of(request, found, case)
    kept, user, at = Reviews(found.workspace.reviews), user_of(request).name, site_of(request).now()
    (kept.finish if done else kept.reopen)(data["case_id"], user, at)
    now = decisions_of(request, found, data)
    return answer(request, {"done": now.done, "open": now.open, **counts(now)}, f"/r/{run}/c/{case}")


def counts(now: Decisions) -> Json:
    """Give how much is left to decide."""
    return {"left": now.left, "total": now.total, "doubts_left": now.doubts_left}
