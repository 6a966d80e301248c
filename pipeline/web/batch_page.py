"""The batch: its files, those first that most need a person; and the search through all they say."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from pipeline.web.answers import twin
from pipeline.web.batch_view import Filter, view_batch
from pipeline.web.people import may_see, run_of, site_of, user_of

router = APIRouter()
Text = Annotated[str, Query(max_length=200)]


@router.get("/")
@router.get("/runs.json")
def runs(request: Request) -> Response:
    """List the runs; where there is but one, go there."""
    user_of(request)
    shelf = site_of(request).shelf
    if len(shelf.runs) == 1 and request.url.path == "/":
        return RedirectResponse(f"/r/{shelf.runs[0].slug}", 303)
    found = [{"slug": run.slug, "name": run.name, "cases": len(run.cases())} for run in shelf.runs]
    return twin(request, "runs.html.j2", {"runs": found})


@router.get("/r/{run}")
@router.get("/r/{run}.json")
def batch(
    request: Request,
    run: str,
    agency: Text = "",
    county: Text = "",
    lawyer: Text = "",
    kind: Text = "",
    rule: Text = "",
    severity: Text = "",
    state: Text = "",
    q: Text = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    """Show a run's files, narrowed down as asked."""
    found, site = run_of(request, run), site_of(request)
    rows, to_come = site.rows(found)
    mine = [row for row in rows if may_see(request, found, found.cases().get(row.slug, ""))]
    wanted = Filter(agency, county, lawyer, kind, rule, severity, state, q.strip())
    progress = site.progress(found, mine, user_of(request))
    view = view_batch(mine, progress, wanted, site.names, page, f"/r/{found.slug}")
    data = {
        "run": {"slug": found.slug, "name": found.name},
        "total": view.total,
        "found": view.found,
        "page": view.page,
        "pages": view.pages,
        "to_come": to_come,
        "cases": [
            asdict(item.row) | {"progress": asdict(item.progress) | {"state": item.progress.state}}
            for item in view.cases
        ],
    }
    return twin(request, "batch.html.j2", data, view=view, wanted=wanted)


@router.get("/r/{run}/search")
@router.get("/r/{run}/search.json")
def search(request: Request, run: str, q: Text = "") -> Response:
    """Find words in everything that was read in the files which who asks may see."""
    found, site = run_of(request, run), site_of(request)
    known = found.cases()
    _, to_come = site.rows(found)
    visible = {slug: name for slug, name in known.items() if may_see(request, found, name)}
    hits = site.catalogue(found).search(q, None if len(visible) == len(known) else frozenset(visible))
    data = {
        "run": {"slug": found.slug, "name": found.name},
        "q": q,
        "to_come": to_come,
        "hits": [asdict(hit) | {"case_id": visible[hit.slug]} for hit in hits if hit.slug in visible],
    }
    return twin(request, "search.html.j2", data)
