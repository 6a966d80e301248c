"""Coming in and going."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from pipeline.store.accounts import Account
from pipeline.web.answers import page
from pipeline.web.passwords import AT_ONCE
from pipeline.web.people import site_of, user_of
from pipeline.web.sessions import cookie, new_token, safe_next
from pipeline.web.site import Site

router = APIRouter()
_FEW = ThreadPoolExecutor(AT_ONCE, "login")
WRONG = "用户名或密码不对"
"""What is said of an unknown name, a wrong password and somebody shut out alike."""
LONGEST = 1000
"""Characters of a name or password that are looked at."""


@router.get("/login")
def login_page(request: Request, next: str = "/") -> Response:
    """Ask for name and password."""
    if request.state.user is not None:
        return RedirectResponse(safe_next(next), 303)
    return page(request, "login.html.j2", next=safe_next(next), name="", reason="")


@router.post("/login")
async def login(
    request: Request,
    name: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "/",
) -> Response:
    """Let somebody in, with a new session."""
    return await dearly(_logged_in, request, name, password, next)


def _logged_in(request: Request, name: str, password: str, next: str) -> Response:
    site, address = site_of(request), request.state.address
    if request.state.user is not None:
        return RedirectResponse(safe_next(next), 303)
    name, now = name[:LONGEST].strip(), site.access.seconds
    wait = site.access.attempts.begin(name, address, now)
    if wait:
        minutes = math.ceil(wait / 60)
        answer = _again(request, 429, f"试得太多了, 请 {minutes} 分钟后再试", name, next)
        answer.headers["retry-after"] = str(math.ceil(wait))
        return answer
    account = _who(site, name, password)
    if account is None:
        known = site.access.accounts.find(name)
        site.access.note(known.name if known else "", "登录失败", address=address)
        return _again(request, 401, WRONG, name, next)
    site.access.attempts.succeeded(name, address)
    token = new_token()
    site.access.accounts.drop_old_sessions(now, site.access.lifetime)
    site.access.accounts.begin_session(account.name, token, now)
    site.access.note(account.name, "登录", address=address)
    going = RedirectResponse("/account" if account.temporary else safe_next(next), 303)
    going.headers.append("set-cookie", cookie(site, request.url.scheme, token))
    return going


@router.post("/logout")
def logout(request: Request) -> Response:
    """End the session."""
    site, _ = site_of(request), user_of(request)
    if not site.access.open:
        site.access.accounts.end_session(request.state.token)
    going = RedirectResponse(f"/login?{urlencode({'next': '/'})}", 303)
    going.headers.append("set-cookie", cookie(site, request.url.scheme, new_token()))
    going.headers["clear-site-data"] = '"cache"'  # pictures of pages that the browser still holds
    return going


async def dearly(work: Callable[..., Response], *arguments: object) -> Response:
    """Do what reckons a password's hash: a few at a time, so that however many log in at nine, others are served."""
    return await asyncio.get_running_loop().run_in_executor(_FEW, work, *arguments)


def _who(site: Site, name: str, password: str) -> Account | None:
    """Tell whose name and password these are; takes as long whether there is such a user or not."""
    account = site.access.accounts.find(name)
    fitting = account if account and not account.disabled else None
    if not site.access.passwords.check(fitting.password if fitting else None, password[:LONGEST]):
        return None
    assert fitting is not None
    if site.access.passwords.outdated(fitting.password):
        site.access.accounts.renew_hash(fitting.name, fitting.password, site.access.passwords.hash(password[:LONGEST]))
    return fitting


def _again(request: Request, status: int, reason: str, name: str, next: str) -> Response:
    return page(request, "login.html.j2", status=status, next=safe_next(next), name=name[:100], reason=reason)
