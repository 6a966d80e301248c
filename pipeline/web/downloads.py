"""Files to take away: of a file its opinion sheet, searchable PDF and JSON; of a batch its ledger."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import JSONResponse, Response

from pipeline.problems import PrescreenError
from pipeline.summary.contract import dump
from pipeline.summary.schema import case_schema
from pipeline.text.visible import one_line
from pipeline.web.decide import decisions_of
from pipeline.web.decisions import Decisions
from pipeline.web.handover import decided_by_key, ledger, opinion, searchable
from pipeline.web.people import case_of, may_see, run_of, site_of, user_of
from pipeline.web.shelf import Json

router = APIRouter()
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_NAME = 80


@router.get("/r/{run}/c/{case}/export/opinion.docx")
def opinion_sheet(request: Request, run: str, case: str) -> Response:
    """Give a file's opinion sheet, with one's own decisions, and others' where they are open."""
    found = run_of(request, run)
    data = case_of(request, found, case)
    seen = decisions_of(request, found, data)
    names = sorted({user_of(request).name, *(r.user for several in seen.others.values() for r in several)})
    try:
        content = opinion(site_of(request), data, decided_by_key(seen), names)
    except PrescreenError as error:
        raise HTTPException(409, error.message) from error
    return _file(content, WORD, f"{data['case_id']} 评查意见书.docx")


@router.get("/r/{run}/c/{case}/export/searchable.pdf")
def searchable_file(request: Request, run: str, case: str) -> Response:
    """Give a file as a PDF that can be searched."""
    found = run_of(request, run)
    data = case_of(request, found, case)
    if not data["pages"]:
        raise HTTPException(409, "没有可导出的页: 该案卷未能读取")
    return _file(searchable(site_of(request), found, data), "application/pdf", f"{data['case_id']} 可检索.pdf")


@router.get("/r/{run}/c/{case}/export/case.json")
def case_json(request: Request, run: str, case: str) -> Response:
    """Give a file's JSON as it stands now, corrections included."""
    data = case_of(request, run_of(request, run), case)
    return _file(dump(data), "application/json", f"{data['case_id']}.json")


@router.get("/r/{run}/export/ledger.xlsx")
def batch_ledger(request: Request, run: str) -> Response:
    """Give the ledger of the files that who asks may see."""
    found, site = run_of(request, run), site_of(request)

    def cases() -> Iterator[tuple[str, Json, Decisions]]:
        for slug, case_id in found.cases().items():
            if may_see(request, found, case_id):
                data = case_of(request, found, slug)
                yield slug, data, decisions_of(request, found, data)

    base = str(request.base_url).rstrip("/")
    content = ledger(site, found, cases(), lambda slug: f"{base}/r/{found.slug}/c/{slug}")
    return _file(content, EXCEL, f"{found.name} 评查台账.xlsx")


@router.get("/schema/case.json")
def schema(request: Request) -> Response:
    """Give the form of a file's JSON."""
    user_of(request)
    return JSONResponse(case_schema())


def _file(content: bytes, kind: str, name: str) -> Response:
    """Answer with a file to be saved; its name holds nothing that a file system or a browser could stumble over."""
    stem, dot, ending = name.rpartition(".")
    plain = "".join("_" if c in '<>:"/\\|?*' else c for c in one_line(stem))[:LONGEST_NAME].strip(". ")
    told = quote(f"{plain or 'file'}{dot}{ending}", safe="")
    headers = {"content-disposition": f"attachment; filename=\"download.{ending}\"; filename*=UTF-8''{told}"}
    return Response(content, media_type=kind, headers=headers)
