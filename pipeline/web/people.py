"""Who asks, and what he may see. Every way to a case leads through here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import HTTPException, Request

from pipeline.store.accounts import Role as Role

if TYPE_CHECKING:
    from pipeline.web.shelf import Json, Run
    from pipeline.web.site import Site

NOT_FOUND = 404


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who is at the desk. An evaluator sees only the files assigned to him; an admin sees all.

    `temporary`: his password was set by an admin, and nothing is open to him but to choose his own.
    """

    name: str
    role: Role
    temporary: bool = False


LOCAL = User("本机", "admin")
"""Whoever sits at this machine, where there are no accounts."""


def site_of(request: Request) -> Site:
    """Give the site that serves a request."""
    site: Site = request.app.state.site
    return site


def user_of(request: Request) -> User:
    """Give who asks. Raises HTTPException 401 where nobody is logged in."""
    user: User | None = request.state.user
    if user is None:
        raise HTTPException(401, "请先登录")
    return user


def admin_of(request: Request) -> User:
    """Give the admin who asks. Raises HTTPException 403 for anybody else."""
    user = user_of(request)
    if user.role != "admin":
        raise HTTPException(403, "只有管理员可以打开这一页")
    return user


def run_of(request: Request, run: str) -> Run:
    """Find a run. Raises HTTPException 404 where there is none."""
    user_of(request)
    try:
        return site_of(request).shelf.run(run)
    except KeyError as error:
        raise HTTPException(NOT_FOUND, "没有这个批次") from error


def may_see(request: Request, run: Run, case_id: str) -> bool:
    """Tell whether who asks may see a case. What is assigned in a run is looked up once for each request."""
    user = user_of(request)
    if user.role == "admin":
        return True
    if not hasattr(request.state, "assigned"):
        request.state.assigned = {}
    known: dict[str, dict[str, frozenset[str]]] = request.state.assigned
    if run.slug not in known:
        known[run.slug] = site_of(request).assignments(run).all()
    return user.name in known[run.slug].get(case_id, frozenset())


def case_of(request: Request, run: Run, case: str) -> Json:
    """Give a case as it stands now, corrections included, by its slug.

    Raises HTTPException 404 where there is none, and likewise where who asks may not see it: nobody learns which.
    """
    case_id = run.cases().get(case)
    if case_id is None or not may_see(request, run, case_id):
        raise HTTPException(NOT_FOUND, "没有这个案卷")
    try:
        return site_of(request).case(run, case)
    except KeyError as error:
        raise HTTPException(NOT_FOUND, "没有这个案卷") from error


def tell(request: Request, detail: str) -> None:
    """Say for the log what was done, beside the address that was called: the decision, the file that was handed out."""
    request.state.detail = detail
