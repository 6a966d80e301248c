"""Who a request comes from: its session's user. Who has none gets no further than the login page.

The cookie holds a random token and nothing else. Of a session only a hash of its token is kept, and it gets a new one
whenever somebody logs in, so that a token that was foisted on a browser leads nowhere. What forms carry against
forgery is made of the token and a secret, and tells nothing of either.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from fastapi import HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.web.answers import refused, wants_page
from pipeline.web.people import LOCAL, User

if TYPE_CHECKING:
    from pipeline.web.site import Site

_TOKEN = re.compile(r"[\w-]{43}", re.ASCII)
FREE = ("/login",)
"""What anybody may ask for, beside static files."""
OWN = ("/account", "/account.json", "/logout")
"""What is open to somebody who has yet to choose a password of his own."""


def new_token() -> str:
    """Make a token: 256 random bits."""
    return secrets.token_urlsafe(32)


def form_token(site: Site, token: str) -> str:
    """Make what the forms of a session carry."""
    return hmac.new(site.access.secret.encode(), f"form\0{token}".encode(), hashlib.sha256).hexdigest()


def cookie_name(site: Site, scheme: str) -> str:
    """Name the cookie. Over TLS a browser lets nobody else set it; servers on one machine do not share it."""
    return f"{'__Host-' if scheme == 'https' else ''}prescreen_{site.shelf.runs[0].slug}"


def cookie(site: Site, scheme: str, token: str) -> str:
    """Write the cookie of a token; it goes when the browser is closed."""
    secure = "; Secure" if scheme == "https" else ""
    return f"{cookie_name(site, scheme)}={token}; Path=/; HttpOnly; SameSite=Strict{secure}"


def safe_next(address: str) -> str:
    """Give an address of this server to go on to after the login; anything else becomes the first page."""
    fine = re.fullmatch(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]{0,500}", address)
    return address if fine and not address.startswith("/login") else "/"


class Sessions:
    """ASGI middleware: sets `request.state.user`, `token`, `csrf` and `address`."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self._app = app
        self._site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Find the session of a request and let it in, or turn it away."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        request.state.address = request.client.host if request.client else ""
        request.state.detail = ""
        if scope["path"].startswith("/static/"):
            request.state.user, request.state.token, request.state.csrf = None, "", ""
            await self._app(scope, receive, send)
            return
        given = request.cookies.get(cookie_name(self._site, request.url.scheme), "")
        known = bool(_TOKEN.fullmatch(given))
        token = given if known else new_token()
        request.state.token = token
        request.state.user = await run_in_threadpool(self._user, token if known else "")
        request.state.csrf = await run_in_threadpool(form_token, self._site, token)

        async def send_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and not known:
                headers = MutableHeaders(scope=message)
                name = cookie_name(self._site, request.url.scheme)
                if not any(value.startswith(f"{name}=") for value in headers.getlist("set-cookie")):
                    headers.append("set-cookie", cookie(self._site, request.url.scheme, token))
            await send(message)

        answer = _turned_away(request)
        await (answer or self._app)(scope, receive, send_cookie)

    def _user(self, token: str) -> User | None:
        site = self._site
        if site.access.open:
            return LOCAL
        account = site.access.accounts.session(token, site.access.seconds, site.access.lifetime) if token else None
        return User(account.name, account.role, account.temporary) if account else None


def _turned_away(request: Request) -> Response | None:
    user: User | None = request.state.user
    path = request.url.path
    if user is None and path not in FREE:
        if request.method in ("GET", "HEAD") and wants_page(request):
            query = f"?{request.url.query}" if request.url.query else ""
            asked = {} if path == "/" else {"next": path + query}
            return RedirectResponse(f"/login?{urlencode(asked)}".rstrip("?"), 303)
        return refused(request, HTTPException(401, "没有登录, 或登录已过期; 请刷新页面"))
    if user and user.temporary and path not in (*FREE, *OWN):
        if request.method in ("GET", "HEAD") and wants_page(request):
            return RedirectResponse("/account", 303)
        return refused(request, HTTPException(403, "请先修改管理员给您的密码"))
    return None
