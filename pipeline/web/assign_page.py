"""Who judges what, for admins: all cases of a run at once, or one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from pipeline.problems import UsageError
from pipeline.store.accounts import Account
from pipeline.web.answers import twin
from pipeline.web.assigning import Judge, spread
from pipeline.web.people import admin_of, run_of, site_of, tell
from pipeline.web.shelf import Run
from pipeline.web.site import Site

router = APIRouter()
MOST_EACH = 5


@router.get("/assign")
def choose(request: Request) -> Response:
    """Go to the first run's page."""
    admin_of(request)
    return RedirectResponse(f"/assign/{site_of(request).shelf.runs[0].slug}", 303)


@router.get("/assign/{run}")
@router.get("/assign/{run}.json")
def assigned(request: Request, run: str) -> Response:
    """Show to whom each case of a run is assigned."""
    return _shown(request, run)


@router.post("/assign/{run}/spread")
def spread_all(
    request: Request,
    run: str,
    judges: Annotated[list[str], Form()] = [],  # noqa: B006 (FastAPI copies it)
    each: Annotated[str, Form()] = "2",
    anew: Annotated[bool, Form()] = False,
) -> Response:
    """Spread the cases over evaluators: those that nobody has, or all of them `anew`."""
    user = admin_of(request)
    site, found = site_of(request), run_of(request, run)
    try:
        short = spread_run(site, found, judges, _number(each), anew=anew, by=user.name)
    except UsageError as error:
        return _shown(request, run, error.message)
    tell(request, f"{found.name}: {'、'.join(judges)[:200]}, 每卷 {each} 人{', 全部重分' if anew else ''}")
    return RedirectResponse(f"/assign/{run}?short={len(short)}", 303)


@router.post("/assign/{run}/case")
def assign_one(
    request: Request,
    run: str,
    case: Annotated[str, Form()] = "",
    judges: Annotated[list[str], Form()] = [],  # noqa: B006 (FastAPI copies it)
) -> Response:
    """Give one case these evaluators and no others."""
    user = admin_of(request)
    site, found = site_of(request), run_of(request, run)
    case_id = found.cases().get(case)
    if case_id is None:
        raise HTTPException(404, "没有这个案卷")
    try:
        chosen = assign_case(site, found, case_id, judges, by=user.name)
    except UsageError as error:
        return _shown(request, run, error.message)
    tell(request, f"{case_id[:100]}: {'、'.join(chosen)[:300] or '无人'}")
    return RedirectResponse(f"/assign/{run}#{case}", 303)


def assign_case(site: Site, run: Run, case_id: str, names: Iterable[str], *, by: str) -> tuple[str, ...]:
    """Give one case these evaluators and no others; gives their names as they are written.

    Raises `UsageError` for somebody who is no user, or a case that is not there.
    """
    if case_id not in run.cases().values():
        raise UsageError(f"没有案卷 {case_id[:100]}", "案卷名见批次页")
    chosen = tuple(one.name for one in _evaluators(site, names))
    site.assignments(run).assign({case_id: chosen}, at=site.now(), by=by)
    return chosen


def spread_run(site: Site, run: Run, names: Iterable[str], each: int, *, anew: bool, by: str) -> tuple[str, ...]:
    """Spread a run's cases over evaluators (all of them where none are named). Gives the cases that got too few.

    Raises `UsageError` for somebody who is no evaluator, or too few of them.
    """
    chosen = _evaluators(site, names) or _evaluators(
        site, (one.name for one in site.access.accounts.all() if _judges(one))
    )
    if len(chosen) < each or not 1 <= each <= MOST_EACH:
        raise UsageError(f"每卷 {each} 人, 但只有 {len(chosen)} 个评估人", "请先添加评估人, 或减少每卷人数")
    assignments = site.assignments(run)
    had = {} if anew else assignments.all()
    open_cases = [case_id for case_id in run.cases().values() if not had.get(case_id)]
    avoiding = any(one.avoids for one in chosen)
    agencies = {case_id: _agency(run, slug) if avoiding else "" for slug, case_id in run.cases().items()}
    result = spread(
        {case_id: agencies[case_id] for case_id in sorted(open_cases)},
        [Judge(one.name, tuple(one.avoids.split())) for one in chosen],
        each,
        had,
    )
    assignments.assign(result.wanted, at=site.now(), by=by)
    return result.short


def _agency(run: Run, slug: str) -> str:
    """Name of the agency and the law firm of a case: whoever avoids either does not judge it."""
    try:
        people = run.case(slug)["people"]
    except KeyError:
        return ""
    return f"{people.get('agency') or ''} {people.get('law_firm') or ''}"


def _judges(account: Account) -> bool:
    return account.role == "evaluator" and not account.disabled


def _evaluators(site: Site, names: Iterable[str]) -> list[Account]:
    found: list[Account] = []
    for name in dict.fromkeys(names):
        account = site.access.accounts.find(name)
        if account is None or account.disabled:
            raise UsageError(f"没有这个评估人: {name[:40]}", "prescreen users 位置 list 列出全部用户")
        found.append(account)
    return found


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 3 else 0


def _shown(request: Request, run: str, reason: str = "") -> Response:
    admin_of(request)
    site, found = site_of(request), run_of(request, run)
    had = site.assignments(found).all()
    rows = [
        {"slug": slug, "case_id": case_id, "judges": sorted(had.get(case_id, ()))}
        for slug, case_id in sorted(found.cases().items(), key=lambda item: item[1])
    ]
    people = [one for one in site.access.accounts.all() if not one.disabled]
    load = {one.name: sum(one.name in row["judges"] for row in rows) for one in people}
    data = {"run": {"slug": found.slug, "name": found.name}, "cases": rows, "load": load}
    asked = request.query_params
    more = {
        "reason": reason,
        "short": _number(asked.get("short", "0")),
        "edit": asked.get("edit", ""),
        "judges": [one for one in people if one.role == "evaluator"],
        "runs": site.shelf.runs,
    }
    answer = twin(request, "assign.html.j2", data, **more)
    answer.status_code = 422 if reason else 200
    return answer
