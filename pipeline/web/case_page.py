"""One file: what was found in it, its course in dates, which papers it holds, what is in doubt."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Request
from fastapi.responses import FileResponse, JSONResponse, Response

from pipeline.summary.crops import CropRequest, asset_name, crops_needed
from pipeline.summary.views import view_case
from pipeline.web.answers import page, wants_json
from pipeline.web.checklist import checklist
from pipeline.web.correct import Corrected, document_type, told_corrections
from pipeline.web.decide import decisions_of
from pipeline.web.groups import grouped
from pipeline.web.people import case_of, run_of, site_of
from pipeline.web.shelf import Json, Run
from pipeline.web.timeline import timeline

router = APIRouter()
Picture = Annotated[str, Path(pattern=r"^[0-9a-z-]{1,80}\.jpg$")]


@router.get("/r/{run}/c/{case}")
@router.get("/r/{run}/c/{case}.json")
def case(request: Request, run: str, case: str, corrected: Corrected = 0) -> Response:
    """Show a file; its twin is the case's JSON with `timeline` and `checklist` beside it."""
    found, site = run_of(request, run), site_of(request)
    data = case_of(request, found, case)
    dates, papers = timeline(data, site.names), checklist(data, site.pack(found), site.names)
    if wants_json(request):
        return JSONResponse(data | {"timeline": asdict(dates), "checklist": [asdict(item) for item in papers]})
    site.corrected.prepare(found, data)
    view = view_case(data, crops(found, data), site.names)
    return page(
        request,
        "case.html.j2",
        case=data,
        run=found,
        slug=case,
        view=view,
        dates=dates,
        papers=papers,
        groups=grouped(view.findings),
        names=site.names,
        desk=decisions_of(request, found, data),
        told=told_corrections(request, found, data),
        effect=site.corrected.effect(found, corrected),
        document_type=document_type,
    )


def crops(run: Run, case: Json) -> dict[CropRequest, str]:
    """Give the pictures of evidence that the run made and that are still there: request and file name."""
    wanted = {request: asset_name(case, request) for request in crops_needed(case)}
    return {request: name for request, name in wanted.items() if (run.workspace.assets / name).is_file()}


@router.get("/r/{run}/c/{case}/crop/{name}")
def crop(request: Request, run: str, case: str, name: Picture) -> Response:
    """Give a picture of evidence; only one that this case shows."""
    found = run_of(request, run)
    if name not in crops(found, case_of(request, found, case)).values():
        raise HTTPException(404, "没有这幅图像")
    return FileResponse(found.workspace.assets / name, media_type="image/jpeg")
