"""Pictures of pages, for those who may see their case."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response

from pipeline.web.people import case_of, run_of, site_of
from pipeline.web.pictures import Picture, Reason, Urgency, Wanted, Width, wanted_picture

router = APIRouter()

KEEPING = "private, no-cache"
"""A browser may keep a picture but asks each time whether it may show it: so nobody sees it who was logged out, or
whose file was given to somebody else, and a page that was looked at just now is not sent again."""
WAIT_SECONDS = 20.0
NOT_FOUND = 404
NO_PICTURE: dict[Reason, int] = {"missing": 410, "changed": 410, "failed": 422, "late": 429}
"""How it is answered that a page has no picture: the page itself is there, and who asks may see it."""
_AHEAD = (1, -1, 2)
TOLD: dict[Reason, tuple[str, str]] = {
    "missing": ("原件不在原处", "案卷文件已移走、改名或未接入，无法显示该页"),
    "changed": ("原件已更换", "文件内容与初筛时读取的不同，不再显示"),
    "failed": ("该页无法显示", "文件已损坏或过大，请查看原件"),
    "late": ("图像尚未画好", "请稍候刷新本页"),
}


@dataclass(frozen=True, slots=True)
class _Asked:
    """A picture that is asked for: as it is kept, where it is, or to be drawn."""

    wanted: Wanted | None
    etag: str
    content: bytes | None
    neighbours: tuple[Wanted, ...] = ()


_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"content": {"image/jpeg": {}}},
    304: {"description": "没有变"},
    410: {"description": "原件不在或已更换", "content": {"image/svg+xml": {}}},
    422: {"description": "请求的内容不对, 或该页画不出来"},
}


@router.get("/r/{run}/c/{case}/p/{page:int}/image", response_class=Response, responses=_ANSWERS)
async def image(request: Request, run: str, case: str, page: int, w: Width = Width.PAGE) -> Response:
    """Give a page's picture, `w` pixels wide at most, upright; where there is none, a picture that says why."""
    asked = await run_in_threadpool(_look_up, request, run, case, page, w)
    if asked.wanted is None:
        return _without(page, "missing")
    headers = {"cache-control": KEEPING, "etag": asked.etag, "vary": "cookie"}
    if asked.etag in request.headers.get("if-none-match", ""):
        _ahead(request, asked)
        return Response(status_code=304, headers=headers)
    picture = Picture(asked.content or b"")
    if asked.content is None:
        urgency = Urgency.THUMB if w is Width.THUMB else Urgency.SEEN
        drawing = asyncio.wrap_future(site_of(request).pictures.ask(asked.wanted, urgency))
        try:
            picture = await asyncio.wait_for(asyncio.shield(drawing), WAIT_SECONDS)
        except TimeoutError:
            picture = Picture(reason="late")
    _ahead(request, asked)
    if picture.reason:
        return _without(page, picture.reason)
    return Response(picture.content, media_type="image/jpeg", headers=headers)


def page_of(case: dict[str, Any], number: int) -> dict[str, Any]:
    """Find a page of a case by its number. Raises HTTPException 404 where there is none."""
    pages: list[dict[str, Any]] = case["pages"]
    found = pages[number - 1] if 0 < number <= len(pages) else None
    if found is None or found["page"] != number:
        found = next((page for page in pages if page["page"] == number), None)
    if found is None:
        raise HTTPException(NOT_FOUND, "案卷没有这一页")
    return found


def _look_up(request: Request, run: str, case: str, number: int, width: Width) -> _Asked:
    found = run_of(request, run)
    data = case_of(request, found, case)
    page = page_of(data, number)
    wanted = wanted_picture(found.root, data, page, width)
    if wanted is None:
        return _Asked(None, "", None)
    kept = site_of(request).pictures.kept(found.root)
    near: tuple[Wanted, ...] = ()
    if width is not Width.THUMB:
        others = [other for other in data["pages"] if other["page"] - number in _AHEAD]
        near = tuple(
            w for o in others if (w := wanted_picture(found.root, data, o, Width.PAGE)) and not kept.has(w.name)
        )
    etag = f'"{wanted.name.tag}"'
    if etag in request.headers.get("if-none-match", ""):
        return _Asked(wanted, etag, b"", near)
    return _Asked(wanted, etag, kept.get(wanted.name), near)


def _ahead(request: Request, asked: _Asked) -> None:
    for wanted in asked.neighbours:
        site_of(request).pictures.ask(wanted, Urgency.AHEAD)


def _without(page: int, reason: Reason) -> Response:
    """A picture of the size of a page that says why there is none."""
    title, told = TOLD[reason]
    content = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 1414" width="1000" height="1414">'
        '<rect width="1000" height="1414" fill="#f4f5f7"/>'
        '<rect x="60" y="60" width="880" height="1294" fill="none" stroke="#b8c0cb" stroke-width="4"'
        ' stroke-dasharray="16 12"/>'
        '<g text-anchor="middle" fill="#4a5360" font-family="Noto Sans CJK SC,Microsoft YaHei,sans-serif">'
        f'<text x="500" y="240" font-size="64">第 {page} 页：{title}</text>'
        f'<text x="500" y="330" font-size="36">{told}</text></g></svg>'
    )
    headers = {"cache-control": "no-store", "x-no-picture": reason}
    return Response(content, NO_PICTURE[reason], headers, "image/svg+xml")
