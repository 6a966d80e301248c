"""How a view answers: the same data as a page or, at the address with `.json`, as JSON."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from importlib import resources
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.exceptions import HTTPException as StarletteHTTPException

from pipeline.summary import labels
from pipeline.summary.labels import page_list
from pipeline.summary.reasons import DECIDED, REASONS, in_words
from pipeline.web.people import site_of

STATIC = (("pipeline.web", "static"), ("pipeline.summary", "static"))
"""Packages and folders of what a browser may fetch; the latter is what the pages of a run look like, too."""
_PAGE = re.compile(r"^第 \d+ 页\s*")
_BROKEN = {n: "\ufffd" for n in (*range(0x20), 0x7F, *range(0xD800, 0xE000)) if chr(n) not in "\t\n"}
_BROKEN |= {n: f"[U+{n:04X}]" for n in (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))}
"""Half characters and control characters, which no page may hold, and marks that turn the direction of what follows:
these are shown, so that no name can pass for another."""


@cache
def environment() -> Environment:
    """The templates of the desk. Everything is escaped; an unknown name is an error."""
    made = Environment(
        loader=PackageLoader("pipeline.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["labels"] = labels
    made.globals["static"] = static_address
    made.globals |= {"decided": DECIDED, "reasons": REASONS, "reason_words": in_words, "left_words": left_words}
    made.filters["pages"] = page_list
    made.filters["shorten"] = shorten
    made.filters["basename"] = lambda src: src.rsplit("/", 1)[-1]
    made.filters["without_page"] = lambda caption: _PAGE.sub("", caption)
    made.filters["moment"] = lambda at: at[:16].replace("T", " ")
    made.filters["percent"] = lambda share: f"{share * 100:.0f} %"
    return made


@cache
def static_address(name: str) -> str:
    """Address of a static file, with a hash of its content: a browser may keep it for ever."""
    places = (resources.files(package).joinpath(folder, name) for package, folder in STATIC)
    content = next(place for place in places if place.is_file()).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(content).hexdigest()[:10]}"


def shorten(text: str, most: int) -> str:
    """Cut a text that is longer than `most` characters; the cut is shown."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def left_words(left: int, total: int, doubts: int) -> str:
    """Say how much of a file is left to decide; static/decide.js says the same."""
    words = f"疑点 {total} 条，" + (f"还有 {left} 条未判断" if left else "已全部判断") if total else "没有疑点"
    return words + (f"；另有存疑等 {doubts} 项" if doubts else "")


def wants_json(request: Request) -> bool:
    """Tell whether the twin in JSON was asked for."""
    return str(request.url.path).endswith(".json")


def wants_page(request: Request) -> bool:
    """Tell whether whoever asks is somebody at a browser, who can read a page; a script asks for anything or JSON."""
    return not wants_json(request) and "text/html" in request.headers.get("accept", "")


def refused(request: Request, error: StarletteHTTPException) -> Response:
    """Say why a request gets no other answer: as a page to somebody at a browser, else as JSON."""
    reason = str(error.detail)
    if wants_page(request):
        answer: Response = page(request, "refused.html.j2", status=error.status_code, reason=reason)
    else:
        answer = JSONResponse({"error": reason}, error.status_code)
    answer.headers.update(error.headers or {})
    return answer


def page(request: Request, template: str, /, *, status: int = 200, **values: Any) -> HTMLResponse:
    """Render a page; `user` and `csrf` are there for every template."""
    text = (
        environment()
        .get_template(template)
        .render(
            user=request.state.user, csrf=request.state.csrf, site=site_of(request), path=request.url.path, **values
        )
    )
    return HTMLResponse(clean(text), status)


def twin(request: Request, template: str, data: dict[str, Any], /, **more: Any) -> Response:
    """Answer with `data`: as JSON where that was asked for, else as a page that also gets `more`."""
    if wants_json(request):
        return JSONResponse(data)
    return page(request, template, **data, **more)


def clean(text: str) -> str:
    """Replace what no page can hold, and show what would turn the direction of the text."""
    return text.translate(_BROKEN)
