"""The batch: its files, those first that most need a person."""

from __future__ import annotations

from dataclasses import asdict

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from pipeline.summary.overview import batch_summary, case_row
from pipeline.web.answers import twin
from pipeline.web.people import may_see, run_of, site_of, user_of

router = APIRouter()


@router.get("/")
def runs(request: Request) -> Response:
    """List the runs; where there is but one, go there."""
    user_of(request)
    shelf = site_of(request).shelf
    if len(shelf.runs) == 1:
        return RedirectResponse(f"/r/{shelf.runs[0].slug}", 303)
    return twin(request, "runs.html.j2", {"runs": [{"slug": run.slug, "name": run.name} for run in shelf.runs]})


@router.get("/r/{run}")
@router.get("/r/{run}.json")
def batch(request: Request, run: str) -> Response:
    """Show a run's files."""
    found = run_of(request, run)
    rows = [(slug, case_row(found.case(slug))) for slug, name in found.cases().items() if may_see(request, found, name)]
    slugs = {row.case_id: slug for slug, row in rows}
    summary = batch_summary(found.name, [row for _, row in rows])
    cases = [{"slug": slugs[row.case_id], **asdict(row)} for row in summary.cases]
    return twin(request, "batch.html.j2", {"run": {"slug": found.slug, "name": found.name}, "cases": cases})
