"""Who saw and did what, for admins."""

from __future__ import annotations

from dataclasses import asdict

from fastapi import APIRouter, Request
from fastapi.responses import Response

from pipeline.store.audit_log import Wanted
from pipeline.web.answers import twin
from pipeline.web.people import admin_of, site_of

router = APIRouter()
AT_ONCE = 200


@router.get("/audit")
@router.get("/audit.json")
def audit(
    request: Request,
    user: str = "",
    action: str = "",
    case: str = "",
    since: str = "",
    until: str = "",
    before: str = "",
) -> Response:
    """Show the log, newest first; `case` is a case's name, `since` and `until` are days, `before` a number."""
    admin_of(request)
    site = site_of(request)
    wanted = Wanted(user, action, case.strip(), since, until)
    number = int(before) if before.isdecimal() and len(before) < 16 else 0
    found = site.access.log.find(wanted, before=number, most=AT_ONCE + 1)
    shown = found[:AT_ONCE]
    users, actions = site.access.log.known()
    data = {
        "entries": [{"id": number, **asdict(entry)} for number, entry in shown],
        "more": shown[-1][0] if len(found) > AT_ONCE else None,
    }
    return twin(request, "audit.html.j2", data, wanted=wanted, users=users, actions=actions, open=site.access.open)
