"""Coming in: sessions that cannot be foisted on anybody, passwords not to be tried out, names that tell nothing."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from time import perf_counter

import pytest
from argon2 import PasswordHasher
from web_desk import ADMIN, COLLEAGUE, EVALUATOR, PASSWORD, Clock, Desk, make_office, make_site

from pipeline.web.hosts import Doors
from pipeline.web.passwords import Passwords, weakness
from pipeline.web.sessions import safe_next
from pipeline.web.site import Site

HTML = {"accept": "text/html"}


def cookie_of(desk: Desk) -> str:
    (cookie,) = desk.cookies.jar
    return str(cookie.value)


def test_on_this_machine_without_accounts_nobody_logs_in(desk: Desk) -> None:
    page = desk.get("/account")
    assert page.status_code == 200
    assert "本机" in page.text
    assert desk.get("/login").headers["location"] == "/"


def test_with_accounts_everything_but_the_login_asks_for_one(desk_of) -> None:
    stranger = desk_of("")
    assert stranger.get("/", headers=HTML).headers["location"] == "/login"
    where = stranger.get(f"{stranger.case_url()}?a=b", headers=HTML).headers["location"]
    assert where.startswith("/login?next=%2Fr%2F")
    assert stranger.get(f"{stranger.case_url()}.json").status_code == 401
    assert stranger.post("/assign").status_code in (401, 403)
    assert stranger.get("/login").status_code == 200


def test_logging_in_leads_where_one_wanted_to_go(desk_of) -> None:
    desk = desk_of("")
    answer = desk.submit("/login", {"name": EVALUATOR, "password": PASSWORD, "next": desk.case_url()})
    assert (answer.status_code, answer.headers["location"]) == (303, desk.case_url())
    assert desk.get(desk.case_url()).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example/",
        "https://evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/login",
        "/a\r\nb",
        "r/1",
        "",
    ],
)
def test_a_login_leads_nowhere_else(address: str) -> None:
    assert safe_next(address) == "/"


def test_a_token_that_was_foisted_on_a_browser_is_worth_nothing_after_the_login(office: Site) -> None:
    with Desk(office) as victim, Desk(office) as attacker:
        attacker.get("/login")
        foisted = cookie_of(attacker)
        victim.cookies.set(next(iter(attacker.cookies.jar)).name, foisted, domain="127.0.0.1", path="/")
        victim.log_in(EVALUATOR)
        assert victim.get(victim.case_url()).status_code == 200
        assert foisted not in [cookie.value for cookie in victim.cookies.jar if cookie.value], (
            "a new token at the login"
        )
        assert attacker.get(f"{attacker.case_url()}.json").status_code == 401


def test_a_second_login_in_the_same_browser_gets_a_token_of_its_own(office: Site) -> None:
    with Desk(office) as desk:
        desk.log_in(EVALUATOR)
        first = cookie_of(desk)
        desk.submit("/logout")
        desk.log_in(COLLEAGUE)
        assert cookie_of(desk) != first
        with Desk(office) as other:
            other.cookies.set(next(iter(desk.cookies.jar)).name, first, domain="127.0.0.1", path="/")
            assert other.get("/account.json").status_code == 401, "a token that logged out stays dead"


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(office: Site) -> None:
    with Desk(office) as plain, Desk(office, "https://127.0.0.1") as safe:
        set_plain = plain.log_in(EVALUATOR).headers["set-cookie"]
        assert "; HttpOnly" in set_plain and "; SameSite=Strict" in set_plain and "Secure" not in set_plain
        set_safe = safe.log_in(EVALUATOR).headers["set-cookie"]
        assert set_safe.startswith("__Host-") and "; Secure" in set_safe and "Domain" not in set_safe
        assert "max-age" not in set_safe.casefold(), "it goes with the browser"


def test_only_a_hash_of_the_token_is_kept(office: Site, run_root: Path) -> None:
    with Desk(office) as desk:
        desk.log_in(EVALUATOR)
        token = cookie_of(desk)
    kept = b"".join(path.read_bytes() for path in run_root.glob("users.db*"))
    assert token.encode() not in kept
    assert PASSWORD.encode() not in kept


def test_the_token_of_forms_is_not_the_token_of_the_session(desk_of) -> None:
    desk = desk_of(EVALUATOR)
    text = desk.get("/account").text
    assert cookie_of(desk) not in text
    assert desk.csrf in text


def test_a_session_ends_when_idle_and_after_a_day_of_work(office: Site, clock: Clock) -> None:
    with Desk(office) as desk:
        desk.log_in(EVALUATOR)
        clock.forward(59 * 60)
        assert desk.get("/account.json").status_code == 200
        clock.forward(59 * 60)
        assert desk.get("/account.json").status_code == 200, "being used keeps it"
        clock.forward(61 * 60)
        assert desk.get("/account.json").status_code == 401
        desk.log_in(EVALUATOR)
        for _ in range(12 * 60 // 50):
            clock.forward(50 * 60)
            assert desk.get("/account.json").status_code == 200
        clock.forward(50 * 60)
        assert desk.get("/account.json").status_code == 401, "however busy"


def test_a_session_outlives_the_server(office: Site, run_root: Path) -> None:
    with Desk(office) as desk:
        desk.log_in(EVALUATOR)
        page = desk.csrf
        again = Desk(make_site([run_root], doors=Doors(local=False)))
        again.cookies = desk.cookies
        assert again.get("/account.json").json()["name"] == EVALUATOR
        assert again.csrf == page, "a form that is open in a browser can still be sent"


def test_a_changed_password_ends_all_other_sessions(desk_of) -> None:
    here, there = desk_of(EVALUATOR), desk_of(EVALUATOR)
    before = cookie_of(here)
    new = {"old": PASSWORD, "new": "山高月小 水落石出 x", "again": "山高月小 水落石出 x"}
    assert here.submit("/account", new).status_code == 303
    assert here.get("/account.json").status_code == 200
    assert cookie_of(here) != before
    assert there.get("/account.json").status_code == 401
    assert desk_of("").log_in(EVALUATOR).status_code == 401
    assert desk_of("").log_in(EVALUATOR, new["new"]).status_code == 303


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"old": "wrong"}, "原密码不对"),
        ({"again": "another one 77"}, "不一样"),
        ({"new": "short", "again": "short"}, "至少"),
        ({"new": PASSWORD, "again": PASSWORD}, "相同"),
        ({"new": f"{EVALUATOR}-2026-评查", "again": f"{EVALUATOR}-2026-评查"}, "用户名"),
    ],
)
def test_a_password_is_not_changed_to_just_anything(desk_of, change: dict[str, str], reason: str) -> None:
    desk = desk_of(EVALUATOR)
    form = {"old": PASSWORD, "new": "a new one 12 pens", "again": "a new one 12 pens"} | change
    answer = desk.submit("/account", form)
    assert answer.status_code == 422
    assert reason in answer.text
    assert desk_of("").log_in(EVALUATOR).status_code == 303


def test_a_first_password_has_to_be_changed_before_anything_else(office: Site, desk_of) -> None:
    desk_of(ADMIN).submit("/users", {"name": "王五", "password": "first secret 31", "role": "evaluator"})
    desk = desk_of("")
    assert desk.log_in("王五", "first secret 31").headers["location"] == "/account"
    assert desk.get("/", headers=HTML).headers["location"] == "/account"
    assert desk.get(f"{desk.run_url()}.json").status_code == 403
    desk.submit("/account", {"old": "first secret 31", "new": "second secret 32", "again": "second secret 32"})
    assert desk.get(f"{desk.run_url()}.json").status_code == 200


def test_who_guesses_is_stopped_and_a_restart_forgives_nothing(office: Site, run_root: Path, clock: Clock) -> None:
    with Desk(office) as desk:
        for _ in range(5):
            assert desk.log_in(EVALUATOR, "a wrong guess").status_code == 401
        stopped = desk.log_in(EVALUATOR, "a wrong guess")
        assert stopped.status_code == 429
        assert int(stopped.headers["retry-after"]) == 900
        assert desk.log_in(EVALUATOR).status_code == 429, "the right one does not help either"
        assert desk.log_in(COLLEAGUE).status_code == 303, "nobody else is shut out"
    with Desk(make_site([run_root], doors=Doors(local=False))) as later:
        assert later.log_in(EVALUATOR).status_code == 429
    clock.forward(901)
    with Desk(office) as desk:
        assert desk.log_in(EVALUATOR).status_code == 303


def test_who_guesses_from_many_places_is_stopped_too(office: Site) -> None:
    attempts = office.access.attempts
    answers = [attempts.begin(EVALUATOR, f"192.0.2.{number}", 1000.0) for number in range(25)]
    assert [wait == 0 for wait in answers] == [True] * 20 + [False] * 5


def test_who_tries_many_names_from_one_place_is_stopped_too(office: Site) -> None:
    attempts = office.access.attempts
    answers = [attempts.begin(f"name{number}", "192.0.2.1", 1000.0) for number in range(105)]
    assert sum(wait == 0 for wait in answers) == 100


def test_a_login_that_succeeds_forgives_ones_own_mistakes_only(office: Site) -> None:
    attempts = office.access.attempts
    attempts.begin(EVALUATOR, "192.0.2.1", 1000.0)
    for number in range(18):
        attempts.begin(EVALUATOR, f"192.0.2.{10 + number}", 1000.0)
    attempts.begin(EVALUATOR, "192.0.2.1", 1001.0)
    attempts.succeeded(EVALUATOR, "192.0.2.1")
    assert [attempts.begin(EVALUATOR, "192.0.2.1", 1002.0) for _ in range(2)] == [0, 0]
    assert attempts.begin(EVALUATOR, "192.0.2.1", 1002.0) > 0, "the name's failures from elsewhere still count"


def test_an_unknown_name_a_wrong_password_and_one_shut_out_get_the_same_answer(office: Site, desk_of) -> None:
    office.access.accounts.set_disabled(COLLEAGUE, True)
    answers = [desk_of("").log_in(name, "not the password") for name in ("没有这个人", EVALUATOR, COLLEAGUE)]
    assert {answer.status_code for answer in answers} == {401}
    texts = {re.sub(r'value="[^"]*"|content="[^"]*"', "", answer.text) for answer in answers}
    assert len(texts) == 1
    assert desk_of("").log_in(COLLEAGUE).status_code == 401


def test_an_unknown_name_takes_as_long_as_a_known_one() -> None:
    passwords = Passwords(PasswordHasher(time_cost=2, memory_cost=16384, parallelism=1))
    kept = passwords.hash(PASSWORD)
    passwords.check(None, "x")

    def quickest(hashed: str | None) -> float:
        took = []
        for _ in range(5):
            began = perf_counter()
            assert not passwords.check(hashed, "not the password")
            took.append(perf_counter() - began)
        return min(took)

    known, unknown = quickest(kept), quickest(None)
    assert known / 3 < unknown < known * 3


def test_an_outdated_hash_is_made_anew_at_the_next_login(office: Site, desk_of) -> None:
    before = office.access.accounts.find(EVALUATOR)
    office.access.passwords = Passwords(PasswordHasher(time_cost=2, memory_cost=8, parallelism=1))
    desk_of(EVALUATOR)
    after = office.access.accounts.find(EVALUATOR)
    assert before and after and before.password != after.password
    assert "t=2" in after.password


def test_who_is_shut_out_is_out_at_once(office: Site, desk_of) -> None:
    desk = desk_of(EVALUATOR)
    desk_of(ADMIN).submit("/users/change", {"name": EVALUATOR, "role": "evaluator", "disabled": "true"})
    assert desk.get("/account.json").status_code == 401


@pytest.mark.parametrize(
    "password", ["1234567890", "aaaaaaaaaaaa", "password1234", "qwertyuiop12", "abcdefghijk", "短"]
)
def test_what_everybody_tries_first_is_no_password(password: str) -> None:
    assert weakness(password)


@pytest.mark.parametrize("password", [PASSWORD, "清风徐来水波不兴举酒属客", "Tz7#kq!02vLm"])
def test_a_good_password_is_taken(password: str) -> None:
    assert weakness(password, EVALUATOR) == ""


def test_a_name_is_one_however_it_is_written(office: Site) -> None:
    office.access.accounts.add("Wang", "evaluator", "x", at="")
    for written in ("wang", "ＷＡＮＧ", " Wang "):
        found = office.access.accounts.find(written)
        assert found and found.name == "Wang"


def test_a_broken_token_is_no_session(office: Site) -> None:
    with Desk(office) as desk:
        name = f"prescreen_{office.shelf.runs[0].slug}"
        for token in ("", "x", "a" * 5000, "../../users.db", "'; DROP TABLE sessions; --", "é" * 43):
            answer = desk.get("/account.json", headers={"cookie": f"{name}={token}".encode("latin-1")})
            assert answer.status_code == 401
        with sqlite3.connect(office.access.accounts.file.path) as db:
            assert db.execute("SELECT count(*) FROM users").fetchone() == (3,)


def test_two_offices_on_one_machine_do_not_share_a_cookie(made_run: Path, tmp_path: Path) -> None:
    import shutil

    names = set()
    for place in ("甲", "乙"):
        site = make_office([Path(shutil.copytree(made_run, tmp_path / place))])
        with Desk(site) as desk:
            desk.log_in(ADMIN)
            names |= {cookie.name for cookie in desk.cookies.jar}
    assert len(names) == 2
