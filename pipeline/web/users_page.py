"""The users of the desk, for admins: add them, shut them out, give them another role or a first password."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from pipeline.problems import UsageError
from pipeline.store.accounts import ROLES, Role
from pipeline.web.answers import twin
from pipeline.web.passwords import SHORTEST, weakness
from pipeline.web.people import admin_of, site_of, tell

router = APIRouter()
ROLE_NAMES: dict[Role, str] = {"evaluator": "评估人", "admin": "管理员"}
Text = Annotated[str, Form()]


@router.get("/users")
@router.get("/users.json")
def users(request: Request) -> Response:
    """List the users."""
    return _shown(request)


@router.post("/users")
def add(
    request: Request, name: Text = "", password: Text = "", role: Text = "evaluator", avoids: Text = ""
) -> Response:
    """Add a user, who has to choose another password when he comes in; the first one is an admin."""
    admin_of(request)
    site = site_of(request)
    try:
        chosen = _role(role) if site.access.accounts.any() else "admin"
        _require_strong(password, name)
        added = site.access.accounts.add(
            name, chosen, site.access.passwords.hash(password), at=site.now(), temporary=True
        )
        if avoids.strip():
            site.access.accounts.set_avoids(added.name, avoids[:500])
    except UsageError as error:
        return _shown(request, error)
    tell(request, f"{added.name} {ROLE_NAMES[added.role]}")
    return RedirectResponse("/users", 303)


@router.post("/users/password")
def password(request: Request, name: Text = "", password: Text = "") -> Response:
    """Give a user a new first password; he is logged out everywhere."""
    admin_of(request)
    site = site_of(request)
    try:
        _require_strong(password, name)
        site.access.accounts.set_password(name, site.access.passwords.hash(password), temporary=True)
        site.access.attempts.forgive(name)
    except UsageError as error:
        return _shown(request, error)
    tell(request, name)
    return RedirectResponse("/users", 303)


@router.post("/users/change")
def change(
    request: Request, name: Text = "", role: Text = "evaluator", disabled: bool = Form(False), avoids: Text = ""
) -> Response:
    """Change a user's role and what he avoids, shut him out or let him in again."""
    admin_of(request)
    site = site_of(request)
    try:
        site.access.accounts.set_role(name, _role(role))
        site.access.accounts.set_disabled(name, disabled)
        site.access.accounts.set_avoids(name, avoids[:500])
    except UsageError as error:
        return _shown(request, error)
    tell(request, f"{name} {ROLE_NAMES[_role(role)]}{' 停用' if disabled else ''} 回避: {avoids[:100]}")
    return RedirectResponse("/users", 303)


def _role(text: str) -> Role:
    for role in ROLES:
        if text == role:
            return role
    raise UsageError(f"没有这个角色: {text[:40]}")


def _require_strong(password: str, name: str) -> None:
    if reason := weakness(password, name):
        raise UsageError(reason)


def _shown(request: Request, error: UsageError | None = None) -> Response:
    admin_of(request)
    rows = [
        {"name": one.name, "role": one.role, "disabled": one.disabled, "temporary": one.temporary,
         "created": one.created, "avoids": one.avoids}
        for one in site_of(request).access.accounts.all()
    ]  # fmt: skip
    reason = error.message if error else ""
    answer = twin(request, "users.html.j2", {"users": rows}, reason=reason, roles=ROLE_NAMES, shortest=SHORTEST)
    answer.status_code = 422 if error else 200
    return answer
