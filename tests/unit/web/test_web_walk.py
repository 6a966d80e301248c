"""Every address that the application has, present and to come: each asks for a login, none shows a foreign case.

Nothing here names a view: the routes are taken from the application, so that one that is added later is walked, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from fastapi.routing import APIRoute
from web_desk import COLLEAGUE, EVALUATOR, Desk
from web_runs import HOSTILE_ID, PLAIN_ID

from pipeline.web.app import make_app
from pipeline.web.shelf import case_slug
from pipeline.web.site import Site

FREE = {("GET", "/login"), ("POST", "/login")}
ADMINS = ("/users", "/assign", "/audit", "/openapi.json")
NO_CASE = ("/", "/runs", "/account", "/logout", "/login", "/schema/case")
"""Addresses without a run that whoever is logged in may open."""


def routes(site: Site) -> Iterator[tuple[str, str]]:
    """Method and template of every address."""
    for route in make_app(site).routes:
        found = getattr(route, "original_router", None)
        for one in getattr(found, "routes", [route]):
            if isinstance(one, APIRoute):
                for method in sorted(one.methods - {"HEAD"}):
                    yield method, re.sub(r":\w+}", "}", one.path)


def address(template: str, desk: Desk, case_id: str, run: str = "") -> str:
    """A template's address for a case of the run; whatever else it asks for is made up, but well-formed."""
    values = {"run": run or desk.run_url().rsplit("/", 1)[-1], "case": case_slug(case_id), "page": "1", "name": "a.jpg"}
    keys = desk.site.shelf.runs[0].case(case_slug(case_id)).get("findings") or [{"key": "0" * 16}]
    values["key"] = keys[0]["key"]
    return re.sub(r"\{(\w+)\}", lambda match: values.get(match[1], "1"), template)


def call(desk: Desk, method: str, url: str, token: str) -> tuple[int, str]:
    """Call an address as a script does, with the token of forms where something would be changed."""
    headers = {} if method == "GET" else {"x-csrf-token": token}
    answer = desk.request(method, url, headers=headers, data={} if method != "GET" else None)
    return answer.status_code, answer.text


def test_the_walk_finds_the_addresses(office: Site) -> None:
    found = set(routes(office))
    assert len(found) > 25
    assert {("GET", "/r/{run}/c/{case}"), ("GET", "/r/{run}/c/{case}.json"), ("POST", "/login")} <= found
    assert ("GET", "/r/{run}/c/{case}/p/{page}/image") in found


def test_every_address_asks_for_a_login(office: Site, desk_of) -> None:
    stranger = desk_of("")
    token = stranger.csrf
    for method, template in routes(office):
        if (method, template) not in FREE:
            status, text = call(stranger, method, address(template, stranger, PLAIN_ID), token)
            assert status == 401, (method, template)
            assert len(text) < 100


def test_every_change_asks_for_the_token_of_forms(office: Site, desk_of) -> None:
    desk = desk_of(EVALUATOR)
    for method, template in routes(office):
        if method != "GET":
            status, _ = call(desk, method, address(template, desk, PLAIN_ID), "0" * 64)
            assert status == 403, (method, template)


def test_no_address_shows_a_foreign_case(office: Site, desk_of) -> None:
    """404, and word for word the answer for a case that does not exist: nobody learns that it is there."""
    desk = desk_of(EVALUATOR)
    token = desk.csrf
    for method, template in routes(office):
        if "{case}" in template:
            foreign = call(desk, method, address(template, desk, HOSTILE_ID), token)
            assert foreign[0] == 404, (method, template, foreign)
            assert HOSTILE_ID not in foreign[1]
            absent = address(template, desk, HOSTILE_ID).replace(case_slug(HOSTILE_ID), "0" * 12)
            assert call(desk, method, absent, token) == foreign, (method, template)


def test_no_address_of_a_run_tells_of_a_foreign_case(office: Site, desk_of) -> None:
    desk = desk_of(EVALUATOR)
    for method, template in routes(office):
        if method == "GET" and "{run}" in template and "{case}" not in template:
            answer = desk.get(address(template, desk, PLAIN_ID))
            assert answer.status_code < 500, template
            assert case_slug(HOSTILE_ID) not in answer.text, template
            assert "=cmd()" not in answer.text, template


def test_ones_own_case_is_shown(office: Site, desk_of) -> None:
    for name in (EVALUATOR, COLLEAGUE):
        desk = desk_of(name)
        assert desk.get(desk.case_url()).status_code == 200
    assert desk.get(desk.case_url(HOSTILE_ID)).status_code == 200, "李四 has both"


def test_what_is_no_longer_assigned_is_gone_at_once(office: Site, desk_of) -> None:
    desk = desk_of(EVALUATOR)
    assert desk.get(desk.case_url()).status_code == 200
    office.assignments(office.shelf.runs[0]).assign({PLAIN_ID: ()}, at="", by="")
    assert desk.get(desk.case_url()).status_code == 404


@pytest.mark.parametrize("prefix", ADMINS)
def test_what_is_for_admins_is_for_admins(office: Site, desk_of, prefix: str) -> None:
    desk = desk_of(EVALUATOR)
    token = desk.csrf
    found = [one for one in routes(office) if one[1].split("{")[0].rstrip("/").startswith(prefix)]
    assert found
    for method, template in found:
        status, text = call(desk, method, address(template, desk, PLAIN_ID), token)
        assert status == 403, (method, template)
        assert "管理员" in text


def test_no_address_is_overlooked(office: Site) -> None:
    """Each leads to a case, a run, is for admins, or is one of the few that anybody may open."""
    for _, template in routes(office):
        bare = template.removesuffix(".json")
        assert "{run}" in template or template.startswith(ADMINS) or bare in NO_CASE, template


def test_an_unknown_run_is_not_there(office: Site, desk_of) -> None:
    desk = desk_of(EVALUATOR)
    token = desk.csrf
    for method, template in routes(office):
        if "{run}" in template and not template.startswith(ADMINS):
            status, _ = call(desk, method, address(template, desk, PLAIN_ID, run="0" * 8), token)
            assert status == 404, (method, template)
