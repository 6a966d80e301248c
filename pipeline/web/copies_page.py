"""Copied text side by side: both pages, what they share, and where in their papers it lies."""

from __future__ import annotations

from dataclasses import asdict

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import Response

from pipeline.casefile import PageText
from pipeline.web.answers import page as answer
from pipeline.web.answers import twin, wants_json
from pipeline.web.copies_view import pages_needed, view_copies
from pipeline.web.people import case_of, may_see, run_of, site_of
from pipeline.web.readings import readings_of
from pipeline.web.shelf import Json, Run, case_slug

router = APIRouter()


@router.get("/r/{run}/c/{case}/copies/{key}")
@router.get("/r/{run}/c/{case}/copies/{key}.json")
def copies(request: Request, run: str, case: str, key: str, n: int = Query(1, ge=1)) -> Response:
    """Show a finding's passages beside their origins, the `n`th of them first.

    A page of another file is shown only to who may see that file; else no more than the text that the finding quotes.
    """
    found, names = run_of(request, run), site_of(request).names
    data = case_of(request, found, case)
    finding = next((f for f in data["findings"] if f["key"] == key and f.get("passages")), None)
    if finding is None:
        raise HTTPException(404, "没有这处雷同")
    other_slug, other = _other(request, found, finding)
    own, foreign = pages_needed(finding)
    others: dict[int, PageText] = readings_of(found, other, foreign) if other is not None else {}
    view = view_copies(data, finding, other, readings_of(found, data, own), others, names)
    base = f"/r/{run}/c/{case}"
    addresses = {"copy": f"{base}/p", "origin": f"/r/{run}/c/{other_slug}/p" if view.other else f"{base}/p"}
    if wants_json(request):
        return twin(request, "copies.html.j2", asdict(view) | {"case_id": data["case_id"], "pages": addresses})
    return answer(
        request,
        "copies.html.j2",
        run=found,
        slug=case,
        base=base,
        case_id=data["case_id"],
        view=view,
        addresses=addresses,
        chosen=view.pairs[min(n, len(view.pairs)) - 1],
    )


def _other(request: Request, run: Run, finding: Json) -> tuple[str, Json | None]:
    """The other case that a finding's passages lie in: its slug, and its JSON where who asks may see it."""
    case_id = next((p["origin"]["case"] for p in finding["passages"] if p["origin"].get("case")), "")
    slug = case_slug(case_id)
    if not case_id or slug not in run.cases() or not may_see(request, run, case_id):
        return "", None
    try:
        return slug, site_of(request).case(run, slug)
    except KeyError:
        return "", None
