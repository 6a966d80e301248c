"""A browser for tests, without a browser: it keeps cookies and sends the token that every form carries."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from fastapi.testclient import TestClient
from httpx import Response
from web_runs import HOSTILE_ID, PLAIN_ID, settings

from pipeline.web.app import make_app
from pipeline.web.hosts import Doors
from pipeline.web.passwords import Passwords
from pipeline.web.shelf import Shelf, case_slug
from pipeline.web.site import Site

NOW = "2026-03-04T09:30:00+08:00"


PASSWORD = "correct horse 9 battery"
ADMIN, EVALUATOR, COLLEAGUE = "站长", "张三", "李四"
ASSIGNED = {PLAIN_ID: (EVALUATOR, COLLEAGUE), HOSTILE_ID: (COLLEAGUE,)}
QUICK = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
"""Hashes that cost nothing; real ones take 64 MB each."""


class Clock:
    """The time of a site, which a test puts on: ISO 8601, and `forward` by so many seconds."""

    def __init__(self, start: str = NOW) -> None:
        self.at = dt.datetime.fromisoformat(start)

    def __call__(self) -> str:
        return self.at.isoformat()

    def forward(self, seconds: float) -> None:
        self.at += dt.timedelta(seconds=seconds)


def make_site(roots: Sequence[Path], *, clock: Clock | None = None, doors: Doors | None = None) -> Site:
    """The site of these runs, without accounts, at a time that stands still."""
    site = Site(Shelf(list(roots)), settings(), now=clock or Clock(), doors=doors or Doors())
    site.access.passwords = QUICK
    return site


def make_office(roots: Sequence[Path], *, clock: Clock | None = None, doors: Doors | None = None) -> Site:
    """A site with accounts: an admin and two evaluators, to whom cases of the first run are assigned (`ASSIGNED`)."""
    site = make_site(roots, clock=clock, doors=doors or Doors(local=False))
    for name in (ADMIN, EVALUATOR, COLLEAGUE):
        role = "admin" if name == ADMIN else "evaluator"
        site.access.accounts.add(name, role, QUICK.hash(PASSWORD), at=NOW)
    site.assignments(site.shelf.runs[0]).assign(ASSIGNED, at=NOW, by=ADMIN)
    return site


class Desk(TestClient):
    """`get` as always (redirects are not followed); `submit` posts a form with the token of its session."""

    def __init__(self, site: Site, base_url: str = "http://127.0.0.1:8000") -> None:
        super().__init__(make_app(site), base_url=base_url, follow_redirects=False)
        self.site = site

    def log_in(self, name: str, password: str = PASSWORD) -> Response:
        """Log in by the form, as somebody at a browser does."""
        return self.submit("/login", {"name": name, "password": password})

    def submit(self, url: str, data: dict[str, Any] | None = None, **more: Any) -> Response:
        """Post a form as a page of the desk would."""
        return self.post(url, data={"csrf": self.csrf, **(data or {})}, **more)

    @property
    def csrf(self) -> str:
        """The token that the pages of this browser's session carry."""
        page = self.get("/account", headers={"accept": "text/html"})
        if page.status_code == 303:
            page = self.get(page.headers["location"])
        found = re.search(r'<meta name="csrf" content="([^"]*)"', page.text)
        assert found, "no page without its token"
        return found[1]

    def run_url(self, place: int = 0) -> str:
        """Address of a run, of the first one."""
        return f"/r/{self.site.shelf.runs[place].slug}"

    def case_url(self, case_id: str = PLAIN_ID) -> str:
        """Address of a case of the first run; `.json` behind it is its twin."""
        return f"{self.run_url()}/c/{case_slug(case_id)}"
