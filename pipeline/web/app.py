"""The desk as a web application: FastAPI, pages made on the server, nothing from the network."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException as StarletteHTTPException

from pipeline.problems import PrescreenError
from pipeline.web import (
    account_pages,
    assign_page,
    audit_page,
    batch_page,
    case_page,
    copies_page,
    correct,
    decide,
    downloads,
    login,
    page_images,
    page_viewer,
    trust_page,
    users_page,
)
from pipeline.web.answers import STATIC, refused
from pipeline.web.audited import Audited
from pipeline.web.guard import Guard
from pipeline.web.headers import HEADERS, SafeHeaders
from pipeline.web.hosts import Hosts
from pipeline.web.people import admin_of
from pipeline.web.sessions import Sessions
from pipeline.web.site import Site

ANSWERS: dict[int | str, dict[str, Any]] = {
    400: {"description": "请求不完整"},
    401: {"description": "没有登录"},
    403: {"description": "不许"},
    404: {"description": "没有, 或不归这个用户看"},
    413: {"description": "内容过长"},
    429: {"description": "试得太多"},
}
"""What any address may answer besides its own."""
SILENT: Any = {"tracing": False, "metrics": False, "logs": False, "operation_spans": False, "auto_configure": False}
"""FastAPI can send what it sees (request bodies among it) to where a variable of the environment says; it must not."""


def make_app(site: Site) -> FastAPI:
    """Put the application together for one site."""
    app = FastAPI(
        title="prescreen",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        responses=ANSWERS,
        lifespan=_closing,
        telemetry=SILENT,
    )
    app.state.site = site
    app.mount("/static", StaticFiles(packages=[*STATIC]), name="static")
    for views in (batch_page, case_page, copies_page, correct, decide, downloads, page_images, page_viewer, trust_page):
        app.include_router(views.router)
    for views in (login, account_pages, users_page, assign_page, audit_page):
        app.include_router(views.router)
    app.add_api_route("/openapi.json", _described, include_in_schema=False)
    app.add_exception_handler(StarletteHTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _misunderstood)
    app.add_exception_handler(PrescreenError, _failed)
    app.add_exception_handler(Exception, _broke)
    # Outermost last: what calls us by a wrong name gets no further, and every answer has its headers.
    app.add_middleware(Audited, site=site)
    app.add_middleware(Guard)
    app.add_middleware(Sessions, site=site)
    app.add_middleware(Hosts, doors=site.doors)
    app.add_middleware(SafeHeaders)
    return app


@asynccontextmanager
async def _closing(app: FastAPI) -> AsyncIterator[None]:
    yield
    app.state.site.close()


def _described(request: Request) -> Response:
    """Describe all addresses, to admins."""
    admin_of(request)
    return JSONResponse(request.app.openapi())


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, StarletteHTTPException)
    return refused(request, error)


def _misunderstood(request: Request, error: Exception) -> Response:
    return refused(request, HTTPException(422, "请求的内容不对"))


def _failed(request: Request, error: Exception) -> Response:
    """Answer where a file cannot be read or written (a full disk, a folder that is gone): with what is to be done."""
    assert isinstance(error, PrescreenError)
    return refused(request, HTTPException(503, f"{error.message}。{error.advice}"))


def _broke(request: Request, error: Exception) -> Response:
    """Answer where something broke that nobody foresaw; this answer alone does not pass `SafeHeaders`."""
    return JSONResponse({"error": "程序出错"}, 500, headers=HEADERS)
