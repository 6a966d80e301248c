"""The desk as a web application: FastAPI, pages made on the server, nothing from the network."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException as StarletteHTTPException

from pipeline.web import batch_page, case_page, decide, page_images
from pipeline.web.answers import STATIC, page, wants_json
from pipeline.web.headers import SafeHeaders
from pipeline.web.sent import by_script
from pipeline.web.sessions import Sessions
from pipeline.web.site import Site


def make_app(site: Site) -> FastAPI:
    """Put the application together for one site."""
    app = FastAPI(title="prescreen", docs_url=None, redoc_url=None, openapi_url="/openapi.json", lifespan=_closing)
    app.state.site = site
    app.mount("/static", StaticFiles(packages=[("pipeline.web", STATIC)]), name="static")
    for views in (batch_page, case_page, decide, page_images):
        app.include_router(views.router)
    app.add_exception_handler(StarletteHTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _misunderstood)
    app.add_middleware(Sessions, site=site)
    app.add_middleware(SafeHeaders)
    return app


@asynccontextmanager
async def _closing(app: FastAPI) -> AsyncIterator[None]:
    yield
    app.state.site.close()


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, StarletteHTTPException)
    if wants_json(request) or (request.method != "GET" and by_script(request)):
        return JSONResponse({"error": str(error.detail)}, error.status_code)
    return page(request, "refused.html.j2", status=error.status_code, reason=str(error.detail))


def _misunderstood(request: Request, error: Exception) -> Response:
    return _refused(request, HTTPException(422, "请求的内容不对"))
