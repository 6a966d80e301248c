"""A browser for tests, without a browser: it keeps cookies and sends the token that every form carries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from httpx import Response
from web_runs import PLAIN_ID, settings

from pipeline.web.app import make_app
from pipeline.web.shelf import Shelf, case_slug
from pipeline.web.site import Site

NOW = "2026-03-04T09:30:00+08:00"


def make_site(roots: Sequence[Path]) -> Site:
    """The site of these runs, at a time that stands still."""
    return Site(Shelf(list(roots)), settings(), now=lambda: NOW)


class Desk(TestClient):
    """`get` as always (redirects are not followed); `submit` posts a form with the token of its session."""

    def __init__(self, site: Site, base_url: str = "http://127.0.0.1:8000") -> None:
        super().__init__(make_app(site), base_url=base_url, follow_redirects=False)
        self.site = site

    def submit(self, url: str, data: dict[str, Any] | None = None, **more: Any) -> Response:
        """Post a form as a page of the desk would."""
        return self.post(url, data={"csrf": self.csrf, **(data or {})}, **more)

    @property
    def csrf(self) -> str:
        """The token that the pages of this browser's session carry."""
        found = re.search(r'<meta name="csrf" content="([^"]*)"', self.get("/no-such-page").text)
        assert found, "no page without its token"
        return found[1]

    def run_url(self, place: int = 0) -> str:
        """Address of a run, of the first one."""
        return f"/r/{self.site.shelf.runs[place].slug}"

    def case_url(self, case_id: str = PLAIN_ID) -> str:
        """Address of a case of the first run; `.json` behind it is its twin."""
        return f"{self.run_url()}/c/{case_slug(case_id)}"
