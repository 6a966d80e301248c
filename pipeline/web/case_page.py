"""One file: what was found in it, what is in doubt, what stands in it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from pipeline.summary.views import view_case
from pipeline.web.answers import page, wants_json
from pipeline.web.people import case_of, run_of, site_of

router = APIRouter()


@router.get("/r/{run}/c/{case}")
@router.get("/r/{run}/c/{case}.json")
def case(request: Request, run: str, case: str) -> Response:
    """Show a file."""
    found = run_of(request, run)
    data = case_of(request, found, case)
    if wants_json(request):
        from fastapi.responses import JSONResponse

        return JSONResponse(data)
    view = view_case(data, {}, site_of(request).names)
    return page(request, "case.html.j2", run=found, slug=case, case=data, view=view, names=site_of(request).names)
