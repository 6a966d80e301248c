"""What is done at the desk is done by its own pages: requests that another site has a browser send are turned away.

Three locks on one door, since browsers differ in age: the cookie is not sent along from elsewhere (SameSite), what the
browser says of where a request comes from must be us, and whatever changes something carries the session's form token.
"""

from __future__ import annotations

import hmac

from fastapi import HTTPException, Request
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.web.answers import refused

MOST_BYTES = 1_000_000
"""What a request may bring along: a long note is a few thousand bytes."""
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
HEADER, FIELD = "x-csrf-token", "csrf"
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class Guard:
    """ASGI middleware, inside `Sessions`."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request pass that is ours and not too large."""
        if scope["type"] != "http" or scope["path"].startswith("/static/"):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        reason = stranger(request)
        if reason:
            await refused(request, HTTPException(403, reason))(scope, receive, send)
            return
        if request.method in SAFE:
            await self._app(scope, receive, send)
            return
        try:
            body = await _body(request, receive)
            token = request.headers.get(HEADER) or await _field(scope, body)
        except StarletteHTTPException as error:
            await refused(request, error)(scope, receive, send)
            return
        if not hmac.compare_digest(token.encode("utf-8", "replace"), request.state.csrf.encode()):
            await refused(request, HTTPException(403, "页面已过期, 请返回并刷新后重试"))(scope, receive, send)
            return
        await self._app(scope, _replay(body, receive), send)


def stranger(request: Request) -> str:
    """Say in Chinese why a request is not from a page of ours; "" where it is, or where the browser does not say.

    A link from elsewhere that somebody follows may open a page; nothing else from elsewhere gets an answer.
    """
    site = request.headers.get("sec-fetch-site", "same-origin")
    followed = request.method in SAFE and request.headers.get("sec-fetch-mode") == "navigate"
    framed = request.headers.get("sec-fetch-dest") in ("iframe", "frame", "object", "embed")
    if site not in ("same-origin", "none") and (not followed or framed):
        return "不能从其他网站发来请求"
    origin = request.headers.get("origin")
    if origin is not None and request.method not in SAFE:
        own = request.headers.get("host", "").casefold()
        if origin.partition("://")[2].casefold() != own:  # nothing else stands in an origin; "null" is nobody
            return "不能从其他网站发来请求"
    return ""


async def _body(request: Request, receive: Receive) -> bytes:
    """Read what a request brings along. Raises HTTPException 413 where that is too much, 400 where it breaks off."""
    length = request.headers.get("content-length", "0")
    if not length.isdecimal() or len(length) > 12 or int(length) > MOST_BYTES:
        raise HTTPException(413, "内容过长")
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise HTTPException(400, "请求不完整")
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > MOST_BYTES:
            raise HTTPException(413, "内容过长")
        if not message.get("more_body"):
            return b"".join(parts)


async def _field(scope: Scope, body: bytes) -> str:
    """Give the token in a form; "" where there is none. Raises HTTPException 400 for a broken form."""
    copy = Request(scope, _replay(body, None))
    kind = copy.headers.get("content-type", "").split(";")[0].strip().casefold()
    if kind not in FORMS:
        return ""
    try:
        form: FormData = await copy.form()
    except (UnicodeDecodeError, ValueError, KeyError) as error:
        raise HTTPException(400, "请求的内容不对") from error
    try:
        value = form.get(FIELD)
        return value if isinstance(value, str) else ""
    finally:
        await form.close()


def _replay(body: bytes, after: Receive | None) -> Receive:
    """Hand out what was read once more, then what comes after it (that the browser went)."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        if waiting:
            return waiting.pop()
        return await after() if after else {"type": "http.disconnect"}

    return receive
