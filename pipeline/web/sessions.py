"""Who a request comes from: its session's user. On loopback without accounts, everybody is the one at this machine."""

from __future__ import annotations

import secrets

from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.web.people import User
from pipeline.web.site import Site

COOKIE = "prescreen_session"
LOCAL = User("本机", "admin")


class Sessions:
    """ASGI middleware: sets `request.state.user` and `request.state.csrf`."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self._app = app
        self._site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Find the session of a request, or begin one."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        token = request.cookies.get(COOKIE, "")
        fresh = not token
        token = token or secrets.token_urlsafe(32)
        request.state.user = LOCAL
        request.state.csrf = token

        async def send_cookie(message: Message) -> None:
            if fresh and message["type"] == "http.response.start":
                cookie = f"{COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict"
                MutableHeaders(scope=message).append("set-cookie", cookie)
            await send(message)

        await self._app(scope, receive, send_cookie)
