"""One file: what was found in it, its course in dates, which papers it holds, what is in doubt."""

from __future__ import annotations

from dataclasses import asdict

from fastapi import APIRouter, Request
from fastapi.responses import Response

from pipeline.summary.views import view_case
from pipeline.web.answers import twin
from pipeline.web.checklist import checklist
from pipeline.web.groups import grouped
from pipeline.web.people import case_of, run_of, site_of
from pipeline.web.timeline import timeline

router = APIRouter()


@router.get("/r/{run}/c/{case}")
@router.get("/r/{run}/c/{case}.json")
def case(request: Request, run: str, case: str) -> Response:
    """Show a file; its twin is the case's JSON with the timeline and the checklist beside it."""
    found, site = run_of(request, run), site_of(request)
    data = case_of(request, found, case)
    dates, papers = timeline(data, site.names), checklist(data, site.pack(found), site.names)
    answer = {"case": data, "timeline": asdict(dates), "checklist": [asdict(item) for item in papers]}
    view = view_case(data, {}, site.names)
    return twin(
        request,
        "case.html.j2",
        answer,
        run=found,
        slug=case,
        view=view,
        dates=dates,
        papers=papers,
        groups=grouped(view.findings),
        names=site.names,
    )
