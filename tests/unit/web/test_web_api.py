"""The API, asked at random by schemathesis: whatever is sent, nothing breaks, and JSON stays JSON.

Besides what its description says it takes, every operation is asked for things that are really there, and every form is
sent the fields that pages of the desk know, with fitting and with hostile values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import Case, openapi
from web_desk import ADMIN, COLLEAGUE, EVALUATOR, Desk, make_office
from web_runs import HOSTILE_ID, NASTY, PLAIN_ID

import pipeline.web
from pipeline.store.accounts import ROLES
from pipeline.store.reviews import DECISIONS
from pipeline.web.app import make_app
from pipeline.web.shelf import case_slug

EXAMPLES = 12
ENDS = ("/logout",)
"""What would end the session with which the others are asked."""
TEMPLATES = Path(pipeline.web.__file__).parent / "templates"
HOSTILE_VALUES = (
    "", NASTY, "长" * 5000, "0", "-1", "99999999999999999999", "2026-02-30", "2022-06-21", "\u202e", "\x00", "\ud800",
    "a\r\nb: c", "../../ledger.db", "=1+1", "%s%n", "[]", "{}", "null", "true",
)  # fmt: skip
FITTING_VALUES = {
    "decision": DECISIONS, "role": ROLES, "judges": (EVALUATOR, COLLEAGUE), "name": (EVALUATOR,), "each": ("1", "2"),
    "password": ("first secret 31",), "anew": ("true",), "disabled": ("false",),
}  # fmt: skip
"""What a field wants to hear, so that not every form is refused at the first look."""
QUICKLY = settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


def fields() -> list[str]:
    """Names of all fields of forms in the templates."""
    texts = [path.read_text("utf-8") for path in sorted(TEMPLATES.glob("*.j2"))]
    return sorted({name for text in texts for name in re.findall(r'\bname="(\w+)"', text)} - {"csrf"})


def real_things(desk: Desk, case_id: str) -> dict[str, Any]:
    """Path parameters that lead to a case that is there."""
    findings = desk.get(f"{desk.case_url(case_id)}.json").json()["findings"]
    return {"run": desk.run_url()[3:], "case": case_slug(case_id), "page": "1", "key": findings[0]["key"], "id": "1"}


def ask(desk: TestClient, case: Case, token: str, **more: Any) -> None:
    """Ask what schemathesis thought of; whatever breaks is raised by the client."""
    headers = {name: value for name, value in dict(case.headers or {}).items() if name.lower() != "cookie"}
    body = case.body if isinstance(case.body, dict) and case.method != "GET" else None
    sent = more or ({"data": {k: v if isinstance(v, list) else str(v) for k, v in body.items()}} if body else {})
    answer = desk.request(
        case.method, case.formatted_path, params=case.query, headers={**headers, "x-csrf-token": token}, **sent
    )
    assert answer.status_code < 500, (case.method, case.formatted_path, answer.text[:200])
    if case.formatted_path.split("?")[0].endswith(".json"):
        assert answer.headers["content-type"].startswith("application/json")
        answer.json()


def operations(desk: Desk) -> Iterator[Any]:
    """What the application describes, but for what would end the session."""
    for result in openapi.from_dict(make_app(desk.site).openapi()).get_all_operations():
        operation = result.ok()
        if operation.path not in ENDS:
            yield operation


@pytest.fixture(scope="module")
def asked(made_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    from web_runs import copy_run

    site = make_office([copy_run(made_run, tmp_path_factory.mktemp("asked"))])
    with Desk(site) as desk:
        desk.log_in(ADMIN)
        yield desk


def test_the_description_is_for_admins_and_names_every_answer(asked: Desk) -> None:
    told = asked.get("/openapi.json").json()
    assert len(told["paths"]) > 20
    for path, operation in ((path, one) for path, all_of in told["paths"].items() for one in all_of.values()):
        assert {"401", "403", "404", "429"} <= set(operation["responses"]), path


@pytest.mark.slow
def test_nothing_that_is_asked_at_random_breaks_it(asked: Desk) -> None:
    token = asked.csrf
    for operation in operations(asked):

        @QUICKLY
        @given(case=operation.as_strategy())
        def probe(case: Case) -> None:
            ask(asked, case, token)

        probe()


@pytest.mark.slow
@pytest.mark.parametrize("case_id", [PLAIN_ID, HOSTILE_ID])
def test_nothing_that_is_sent_about_what_is_there_breaks_it(asked: Desk, case_id: str) -> None:
    token, things = asked.csrf, real_things(asked, case_id)
    anything = st.sampled_from([*HOSTILE_VALUES, *things.values()]) | st.text(max_size=50)
    fitting = FITTING_VALUES | {"case": (things["case"],)}
    sent = st.fixed_dictionaries(
        {name: st.sampled_from(values) | anything for name, values in fitting.items()},
        optional={name: anything for name in fields() if name not in fitting},
    )
    for operation in operations(asked):

        @QUICKLY
        @given(case=operation.as_strategy(), form=sent, as_json=st.booleans())
        def probe(case: Case, form: dict[str, str], as_json: bool) -> None:
            case.path_parameters = {
                name: things.get(name, value) for name, value in (case.path_parameters or {}).items()
            }
            form = {name: value.encode("utf-8", "replace").decode() for name, value in form.items()}
            if case.method == "GET":
                case.query = {**(case.query or {}), **{name: value[:300] for name, value in form.items()}}
                ask(asked, case, token)
            elif as_json:
                ask(asked, case, token, json=form)
            else:
                ask(asked, case, token, data=form)

        probe()
    assert asked.get("/users.json").status_code == 200, "the admin is still one"
    assert {one.name for one in asked.site.access.accounts.all()} >= {ADMIN, EVALUATOR, COLLEAGUE}
