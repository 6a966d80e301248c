"""What is done at the desk is done by its own pages: forged requests, strange names, too much at once."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from web_desk import EVALUATOR, PASSWORD, Desk, make_office, make_site

from pipeline.web.guard import MOST_BYTES
from pipeline.web.hosts import Doors, doors_of, is_loopback
from pipeline.web.site import Site


def change(desk: Desk, **headers: str) -> int:
    """Send a form that the desk takes (nothing is changed by it: the old password is wrong)."""
    form = {"csrf": desk.csrf, "old": "wrong", "new": "whatever it is 9", "again": "x"}
    return desk.post("/account", data=form, headers=headers).status_code


def test_a_form_without_the_token_of_its_session_is_refused(desk_of) -> None:
    desk, other = desk_of(EVALUATOR), desk_of(EVALUATOR)
    for token in ("", "x", "0" * 64, other.csrf, "\u202e", "é"):
        assert desk.post("/logout", data={"csrf": token}).status_code == 403
    assert desk.post("/logout").status_code == 403
    assert desk.post("/logout", headers={"x-csrf-token": "0" * 64}).status_code == 403
    assert desk.get("/account.json").status_code == 200
    assert desk.post("/logout", data={"csrf": desk.csrf}).status_code == 303


def test_the_token_may_stand_in_a_header_and_in_a_form_with_files(desk_of) -> None:
    desk = desk_of(EVALUATOR)
    form = {"old": "wrong", "new": "x", "again": "x"}
    assert desk.post("/account", data=form, headers={"x-csrf-token": desk.csrf}).status_code == 422
    files = {"csrf": (None, desk.csrf), "old": (None, "wrong")}
    assert desk.post("/account", files=files).status_code == 422
    assert desk.post("/account", files={"csrf": (None, "0"), "old": (None, "wrong")}).status_code == 403


def test_the_login_needs_the_token_of_its_page_too(desk_of) -> None:
    desk = desk_of("")
    assert desk.post("/login", data={"name": EVALUATOR, "password": PASSWORD}).status_code == 403


def test_the_token_of_before_the_login_is_worth_nothing_after_it(desk_of) -> None:
    desk = desk_of("")
    before = desk.csrf
    desk.log_in(EVALUATOR)
    assert desk.post("/logout", data={"csrf": before}).status_code == 403


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_no_method_gets_around_it(desk_of, method: str) -> None:
    desk = desk_of(EVALUATOR)
    assert getattr(desk, method)("/account").status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": ""},
        {"origin": "http://[::1"},
        {"origin": "127.0.0.1:8000"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "http://127.0.0.1:8000.evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"},
    ],
)
def test_a_form_of_another_site_is_refused_even_with_the_token(desk_of, headers: dict[str, str]) -> None:
    assert change(desk_of(EVALUATOR), **headers) == 403


@pytest.mark.parametrize(
    "headers",
    [{}, {"origin": "http://127.0.0.1:8000"}, {"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}],
)
def test_a_form_of_ones_own_is_taken(desk_of, headers: dict[str, str]) -> None:
    assert change(desk_of(EVALUATOR), **headers) == 422


def test_other_sites_get_no_answers_but_may_link_here(desk: Desk) -> None:
    cross = {"sec-fetch-site": "cross-site"}
    assert desk.get(f"{desk.case_url()}.json", headers={**cross, "sec-fetch-mode": "no-cors"}).status_code == 403
    framed = {**cross, "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"}
    assert desk.get(desk.case_url(), headers=framed).status_code == 403
    followed = {**cross, "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    assert desk.get(desk.case_url(), headers=followed).status_code == 200


def test_what_is_too_large_is_not_read(desk_of) -> None:
    desk = desk_of(EVALUATOR)
    assert desk.post("/account", content=b"x", headers={"content-length": "99999999999"}).status_code == 413
    chunks = (b"x" * 100_000 for _ in range(MOST_BYTES // 100_000 + 1))
    assert desk.post("/account", content=chunks).status_code == 413
    assert desk.post("/account", content=b"x" * MOST_BYTES).status_code == 403, "as much as is allowed, but no token"


def test_a_form_that_is_no_form_breaks_nothing(desk_of) -> None:
    desk = desk_of(EVALUATOR)
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "x"):
        answer = desk.post("/account", content=b"\xff\xfe--x\r\n%%%=&&", headers={"content-type": kind})
        assert answer.status_code in (400, 403), kind


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8000", "localhost:80", "[::1]:8000", "LOCALHOST"])
def test_this_machine_is_called_by_its_own_names(desk: Desk, host: str) -> None:
    assert desk.get("/account", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "127.0.0.1@evil.example", "192.0.2.1", "localhost.", "", "a b", "[::1"],
)
def test_a_page_that_has_its_name_point_here_is_refused(desk: Desk, host: str) -> None:
    answer = desk.get(f"{desk.case_url()}.json", headers={"host": host})
    assert answer.status_code == 400
    assert "case_id" not in answer.text


def test_beyond_this_machine_addresses_and_given_names_will_do() -> None:
    doors = doors_of("0.0.0.0", users=True, proxy=False, names=("Desk.Bureau.example",))
    assert not doors.local
    assert all(doors.admits(host) for host in ("192.0.2.1:8000", "[2001:db8::1]", "desk.bureau.example", "127.0.0.1"))
    assert not doors.admits("evil.example")


def test_only_an_address_of_this_machine_without_proxy_name_or_users_is_local() -> None:
    assert doors_of("127.0.0.1", users=False, proxy=False).local
    assert not doors_of("127.0.0.1", users=True, proxy=False).local, "should the file vanish, nobody becomes admin"
    assert not doors_of("127.0.0.1", users=False, proxy=True).local
    assert not doors_of("127.0.0.1", users=False, proxy=False, names=("desk.example",)).local
    assert not doors_of("0.0.0.0", users=False, proxy=False).local
    assert is_loopback("127.8.8.8") and is_loopback("::1") and not is_loopback("::") and not is_loopback("desk.example")


def test_without_accounts_nothing_comes_through_a_proxy(desk: Desk) -> None:
    for header in ("X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"):
        assert desk.get("/account", headers={header: "192.0.2.7"}).status_code == 403


def test_without_accounts_nobody_beyond_this_machine_is_let_in(run_root: Path) -> None:
    with Desk(make_site([run_root], doors=Doors(local=False))) as desk:
        assert desk.get(f"{desk.case_url()}.json").status_code == 401
        assert desk.log_in("本机", "").status_code == 401


def test_should_the_accounts_vanish_nobody_is_let_in(run_root: Path) -> None:
    site = make_office([run_root])
    with Desk(site) as desk:
        desk.log_in(EVALUATOR)
        site.access.close()  # Windows takes no open file away
        for path in run_root.glob("users.db*"):
            path.unlink()
        assert desk.get(f"{desk.case_url()}.json").status_code == 401


def test_as_soon_as_there_is_a_user_this_machine_asks_for_one(site: Site) -> None:
    with Desk(site) as desk:
        assert desk.submit("/users", {"name": "所长", "password": "first secret 31"}).status_code == 303
        assert desk.get("/users.json").status_code == 401
        (admin,) = site.access.accounts.all()
        assert admin.role == "admin", "the first one, whatever the form says"


def test_no_variable_of_the_environment_has_it_tell_others(
    site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        monkeypatch.setenv("FASTAPI_OTEL_AUTO_CONFIGURE", "true")
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", f"http://127.0.0.1:{listener.getsockname()[1]}")
        with Desk(site) as desk:
            assert desk.get(desk.case_url()).status_code == 200
        listener.settimeout(0.2)
        with pytest.raises(TimeoutError):
            listener.accept()
    assert not [record for record in caplog.records if "telemetry" in record.getMessage()]


def test_every_answer_has_its_headers(desk: Desk, desk_of) -> None:
    paths = ("/", "/account", "/no-such-page", "/static/desk.css", "/static/../app.py", "/openapi.json")
    for browser in (desk, desk_of("")):
        for path in paths:
            headers = browser.get(path).headers
            assert "default-src 'none'" in headers["content-security-policy"], path
            assert "unsafe" not in headers["content-security-policy"]
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["cross-origin-resource-policy"] == "same-origin"
    assert desk.get("/account").headers["cache-control"] == "no-store"
    assert desk.get("/login", headers={"host": "evil.example"}).headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        "/static/../people.py", "/static/%2e%2e/people.py", "/static/..%2f..%2fdefault.toml", "/static/..%5cpeople.py",
        "/static//etc/passwd", "/static/%00", "/static/", "/static", "/static/../../../users.db", "/r/../users.db",
        "/r/{run}/../../users.db", "/r/{run}/c/..%2fusers", "/r/{run}/c/%2e%2e%2f%2e%2e%2fledger", "/r/{run}/c/A001",
        "/r/{run}/c/..%5c..%5cledger.db",
    ],
)  # fmt: skip
def test_no_address_leads_out_of_the_run(desk: Desk, path: str) -> None:
    run = desk.run_url().rsplit("/", 1)[-1]
    for suffix in ("", ".json"):
        answer = desk.get(path.replace("{run}", run) + suffix)
        assert answer.status_code in (303, 307, 404), path
        assert "SQLite" not in answer.text and "root:" not in answer.text and "import" not in answer.text
