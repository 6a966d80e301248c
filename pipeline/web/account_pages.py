"""One's own account: who one is, and a new password."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from pipeline.web.answers import twin
from pipeline.web.login import LONGEST, dearly
from pipeline.web.passwords import SHORTEST, weakness
from pipeline.web.people import site_of, user_of
from pipeline.web.sessions import cookie, new_token

router = APIRouter()


@router.get("/account")
@router.get("/account.json")
def account(request: Request, done: bool = False) -> Response:
    """Show who is logged in."""
    return _shown(request, done=done)


@router.post("/account")
async def change_password(
    request: Request,
    old: Annotated[str, Form()] = "",
    new: Annotated[str, Form()] = "",
    again: Annotated[str, Form()] = "",
) -> Response:
    """Change one's password; all other sessions end, and this one goes on under a new token."""
    return await dearly(_changed, request, old, new, again)


def _changed(request: Request, old: str, new: str, again: str) -> Response:
    site, user = site_of(request), user_of(request)
    known = None if site.access.open else site.access.accounts.find(user.name)
    if known is None:
        return _shown(request, 403, "本机没有用户, 不需要密码")
    now = site.access.seconds
    if site.access.attempts.begin(user.name, request.state.address, now):
        return _shown(request, 429, "试得太多了, 请稍后再试")
    if not site.access.passwords.check(known.password, old[:LONGEST]):
        return _shown(request, 422, "原密码不对")
    site.access.attempts.succeeded(user.name, request.state.address)
    reason = weakness(new, user.name)
    if not reason and new != again:
        reason = "两次输入的新密码不一样"
    if not reason and new == old:
        reason = "新密码与原密码相同"
    if reason:
        return _shown(request, 422, reason)
    site.access.accounts.set_password(user.name, site.access.passwords.hash(new), temporary=False)
    token = new_token()
    site.access.accounts.begin_session(user.name, token, now)
    going = RedirectResponse("/account?done=true", 303)
    going.headers.append("set-cookie", cookie(site, request.url.scheme, token))
    return going


def _shown(request: Request, status: int = 200, reason: str = "", *, done: bool = False) -> Response:
    user = user_of(request)
    data = {"name": user.name, "role": user.role, "temporary": user.temporary}
    more = {"reason": reason, "done": done, "shortest": SHORTEST, "open": site_of(request).access.open}
    answer = twin(request, "account.html.j2", data, **more)
    answer.status_code = status
    return answer
