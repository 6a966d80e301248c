"""The page viewer: a page of a file, what was found on it boxed, its text beside it, all its pages in a strip."""

from __future__ import annotations

from dataclasses import asdict

from fastapi import APIRouter, Request
from fastapi.responses import Response

from pipeline.web.answers import page as answer
from pipeline.web.answers import twin, wants_json
from pipeline.web.correct import Corrected, document_type
from pipeline.web.decide import decisions_of
from pipeline.web.page_images import page_of
from pipeline.web.page_strip import strip
from pipeline.web.page_view import SHOWN, kinds_of, view_page, walk
from pipeline.web.people import case_of, run_of, site_of
from pipeline.web.pictures import Width
from pipeline.web.readings import reading_of

router = APIRouter()


@router.get("/r/{run}/c/{case}/pages")
@router.get("/r/{run}/c/{case}/pages.json")
def pages(request: Request, run: str, case: str) -> Response:
    """Show all pages of a file at once, by document."""
    found, names = run_of(request, run), site_of(request).names
    data = case_of(request, found, case)
    sheaves = strip(data, names)
    if wants_json(request):
        told = {"case_id": data["case_id"], "documents": [asdict(sheaf) for sheaf in sheaves]}
        return twin(request, "leaves.html.j2", told)
    base = f"/r/{run}/c/{case}"
    return answer(request, "leaves.html.j2", run=found, slug=case, base=base, case_id=data["case_id"], sheaves=sheaves)


@router.get("/r/{run}/c/{case}/p/{page:int}")
@router.get("/r/{run}/c/{case}/p/{page:int}.json")
def viewer(
    request: Request, run: str, case: str, page: int, f: str = "", d: int | None = None, corrected: Corrected = 0
) -> Response:
    """Show a page; `f` is the key of the finding and `d` the place in `dates` of the date that somebody came from.

    `corrected`: the correction that was just made here.
    """
    found, names = run_of(request, run), site_of(request).names
    data = case_of(request, found, case)
    told = page_of(data, page)
    view = view_page(data, told, reading_of(found, data, told), names, f)
    base = f"/r/{run}/c/{case}"
    if wants_json(request):
        images = {int(width): f"{base}/p/{page}/image?w={int(width)}" for width in Width}
        return twin(request, "viewer.html.j2", asdict(view) | {"case_id": data["case_id"], "images": images})
    before, after = walk(data, page, f)
    return answer(
        request,
        "viewer.html.j2",
        run=found,
        slug=case,
        base=base,
        case_id=data["case_id"],
        view=view,
        kinds=kinds_of(view),
        shown=(*SHOWN, "date") if d is not None else SHOWN,
        numbers={found.key: found.number for found in view.findings},
        sheaves=strip(data, names),
        chosen=f if any(one.chosen for one in view.findings) else "",
        date="" if d is None else str(d),
        before=before,
        after=after,
        desk=decisions_of(request, found, data),
        case=data,
        names=names,
        document=next((one for one in data["documents"] if one["pages"][0] <= page <= one["pages"][1]), None),
        document_type=document_type,
        back_to=f"p/{page}",
        effect=site_of(request).corrected.effect(found, corrected),
    )
