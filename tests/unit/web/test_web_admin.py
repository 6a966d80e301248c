"""What admins do: users, assignments, the log."""

from __future__ import annotations

import sqlite3
from collections import Counter
from itertools import combinations

import pytest
from web_desk import ADMIN, ASSIGNED, COLLEAGUE, EVALUATOR, NOW, Clock, Desk
from web_runs import BROKEN_ID, HOSTILE_ID, NASTY, PLAIN_ID

from pipeline.store.audit_log import Entry, Wanted
from pipeline.web.assigning import Judge, spread
from pipeline.web.shelf import case_slug
from pipeline.web.site import Site

HTML = {"accept": "text/html"}


@pytest.fixture
def admin(desk_of) -> Desk:
    return desk_of(ADMIN)


def assign_url(desk: Desk, what: str = "") -> str:
    return f"/assign/{desk.site.shelf.runs[0].slug}{what}"


def actions(site: Site, **wanted: str) -> list[tuple[str, str, str]]:
    """User, action and case of what stands in the log, oldest first."""
    found = site.access.log.find(Wanted(**wanted))
    return [(entry.user, entry.action, entry.case_id) for _, entry in reversed(found)]


# users


def test_users_are_listed_without_their_passwords(admin: Desk) -> None:
    users = {one["name"]: one for one in admin.get("/users.json").json()["users"]}
    assert set(users) == {ADMIN, EVALUATOR, COLLEAGUE}
    assert users[EVALUATOR]["role"] == "evaluator"
    assert "argon2" not in admin.get("/users").text + admin.get("/users.json").text


@pytest.mark.parametrize(
    ("form", "reason"),
    [
        ({"name": "", "password": "first secret 31"}, "1 至 40"),
        ({"name": "字" * 41, "password": "first secret 31"}, "1 至 40"),
        ({"name": EVALUATOR, "password": "first secret 31"}, "已有用户"),
        ({"name": "甲\u200b乙", "password": "first secret 31"}, "不可见"),
        ({"name": "甲\u202e乙", "password": "first secret 31"}, "不可见"),
        ({"name": "王五", "password": "1234567890"}, "太容易猜"),
        ({"name": "王五", "password": "first secret 31", "role": "root"}, "没有这个角色"),
    ],
)
def test_a_user_that_should_not_be_is_not_added(admin: Desk, form: dict[str, str], reason: str) -> None:
    answer = admin.submit("/users", {"role": "evaluator", **form})
    assert answer.status_code == 422
    assert reason in answer.text
    assert len(admin.site.access.accounts.all()) == 3


def test_a_hostile_name_is_harmless_on_every_page(admin: Desk) -> None:
    name = "<script>alert(1)</script>&\"'"
    assert admin.submit("/users", {"name": name, "password": "first secret 31", "role": "evaluator"}).status_code == 303
    admin.submit("/users/change", {"name": name, "role": "evaluator", "avoids": NASTY})
    for path in ("/users", assign_url(admin), "/audit", f"/audit?user={name}&action={NASTY}&case={NASTY}"):
        text = admin.get(path).text
        assert "<script>alert" not in text, path
        assert "\u202e" not in text, path


def test_the_last_admin_stays(admin: Desk) -> None:
    for change in ({"role": "evaluator"}, {"role": "admin", "disabled": "true"}):
        answer = admin.submit("/users/change", {"name": ADMIN, **change})
        assert answer.status_code == 422
        assert "至少要有一个" in answer.text
    assert admin.get("/users.json").status_code == 200


def test_a_role_changes_at_once(admin: Desk, desk_of) -> None:
    desk = desk_of(EVALUATOR)
    assert desk.get(desk.case_url(HOSTILE_ID)).status_code == 404
    admin.submit("/users/change", {"name": EVALUATOR, "role": "admin"})
    assert desk.get(desk.case_url(HOSTILE_ID)).status_code == 200


def test_a_reset_password_ends_the_users_sessions(admin: Desk, desk_of) -> None:
    desk = desk_of(EVALUATOR)
    assert admin.submit("/users/password", {"name": EVALUATOR, "password": "first secret 31"}).status_code == 303
    assert desk.get("/account.json").status_code == 401
    assert desk.log_in(EVALUATOR, "first secret 31").headers["location"] == "/account"


# assignments


def test_cases_are_spread_over_two_each(admin: Desk) -> None:
    assert admin.submit(assign_url(admin, "/spread"), {"anew": "true"}).status_code == 303
    told = admin.get(f"{assign_url(admin)}.json").json()
    assert {case["case_id"] for case in told["cases"]} == {PLAIN_ID, HOSTILE_ID, BROKEN_ID}
    assert all(case["judges"] == sorted((EVALUATOR, COLLEAGUE)) for case in told["cases"])
    assert told["load"] == {ADMIN: 0, EVALUATOR: 3, COLLEAGUE: 3}


def test_what_is_assigned_stays_unless_all_is_spread_anew(admin: Desk) -> None:
    admin.submit(assign_url(admin, "/spread"), {"judges": [EVALUATOR], "each": "1"})
    found = admin.site.assignments(admin.site.shelf.runs[0]).all()
    assert found == {**{case: frozenset(names) for case, names in ASSIGNED.items()}, BROKEN_ID: {EVALUATOR}}


def test_one_case_is_given_to_some(admin: Desk, desk_of) -> None:
    form = {"case": case_slug(HOSTILE_ID), "judges": [EVALUATOR]}
    assert admin.submit(assign_url(admin, "/case"), form).status_code == 303
    desk = desk_of(EVALUATOR)
    assert desk.get(desk.case_url(HOSTILE_ID)).status_code == 200
    admin.submit(assign_url(admin, "/case"), {"case": case_slug(HOSTILE_ID)})
    assert desk.get(desk.case_url(HOSTILE_ID)).status_code == 404


@pytest.mark.parametrize(
    "form",
    [{"judges": ["无名"]}, {"each": "9"}, {"each": "-1"}, {"each": "many"}, {"judges": [EVALUATOR], "each": "2"}],
)
def test_what_cannot_be_assigned_is_said_so(admin: Desk, form: dict[str, object]) -> None:
    before = admin.site.assignments(admin.site.shelf.runs[0]).all()
    assert admin.submit(assign_url(admin, "/spread"), form).status_code == 422
    assert admin.site.assignments(admin.site.shelf.runs[0]).all() == before


def test_who_avoids_an_agency_gets_none_of_its_cases(admin: Desk) -> None:
    admin.submit("/users", {"name": "王五", "password": "first secret 31", "role": "evaluator", "avoids": "南岭县"})
    admin.submit(assign_url(admin, "/spread"), {"anew": "true", "judges": [EVALUATOR, COLLEAGUE, "王五"]})
    found = admin.site.assignments(admin.site.shelf.runs[0]).all()
    assert "王五" not in found[PLAIN_ID]
    assert "王五" in found[HOSTILE_ID] and "王五" in found[BROKEN_ID]


def test_the_load_is_even_and_the_pairs_are_mixed() -> None:
    judges = [Judge(name) for name in "甲乙丙丁"]
    wanted = spread({f"c{n:03}": "" for n in range(120)}, judges, 2).wanted
    load = Counter(name for names in wanted.values() for name in names)
    assert set(load.values()) == {60}
    pairs = Counter(names for names in wanted.values())
    assert len(pairs) == 6
    assert max(pairs.values()) - min(pairs.values()) <= 2


def test_the_load_stays_even_where_some_avoid_most() -> None:
    judges = [Judge("甲", ("南岭", "青岚")), Judge("乙", ("南岭",)), Judge("丙"), Judge("丁")]
    agencies = {f"c{n:03}": ("南岭县", "青岚县", "北川县")[n % 3] for n in range(90)}
    result = spread(agencies, judges, 2)
    assert result.short == ()
    for case, names in result.wanted.items():
        assert len(set(names)) == 2
        assert all(judge.may_judge(agencies[case]) for judge in judges if judge.name in names)
    load = Counter(name for names in result.wanted.values() for name in names)
    assert load["甲"] == 30, "all that he may"
    assert max(load[name] for name in "乙丙丁") - min(load[name] for name in "乙丙丁") <= 1


def test_a_case_that_too_few_may_judge_is_told() -> None:
    result = spread({"a": "南岭县", "b": "北川县"}, [Judge("甲", ("南岭",)), Judge("乙")], 2)
    assert result.wanted == {"a": ("乙",), "b": ("甲", "乙")}
    assert result.short == ("a",)


def test_the_same_cases_are_spread_the_same_way() -> None:
    agencies = {f"c{n}": "" for n in range(17)}
    judges = [Judge(name) for name in "甲乙丙"]
    first = spread(agencies, judges, 2)
    assert first == spread(agencies, judges, 2)
    assert all(set(a) != set(b) for a, b in combinations([first.wanted["c0"], first.wanted["c1"]], 2))


# the log


def test_who_saw_what_is_written_down(office: Site, desk_of) -> None:
    desk = desk_of(EVALUATOR)
    desk.get(desk.run_url())
    desk.get(desk.case_url())
    desk.get(f"{desk.case_url()}.json")
    desk.get(desk.case_url(HOSTILE_ID))
    desk.submit("/logout")
    assert actions(office, user=EVALUATOR) == [
        (EVALUATOR, "登录", ""),
        (EVALUATOR, "查看批次", ""),
        (EVALUATOR, "查看案卷", PLAIN_ID),
        (EVALUATOR, "被拒绝", HOSTILE_ID),
        (EVALUATOR, "退出", ""),
    ]
    ((_, entry), *_) = office.access.log.find(Wanted(action="查看案卷"))
    assert (entry.at, entry.run, entry.address) == (NOW, "RUN", "testclient")


def test_what_was_decided_and_handed_out_is_written_down(office: Site, desk_of) -> None:
    desk = desk_of(EVALUATOR)
    finding = desk.get(f"{desk.case_url()}.json").json()["findings"][0]
    form = {"decision": "accept", "note": "见原卷"}
    assert desk.submit(f"{desk.case_url()}/findings/{finding['key']}/review", form).status_code == 200
    assert desk.get(f"{desk.case_url()}/export/case.json").status_code == 200
    found = [entry for _, entry in reversed(office.access.log.find(Wanted(user=EVALUATOR)))][2:]
    assert [(entry.action, entry.case_id) for entry in found] == [("评议", PLAIN_ID), ("导出 case.json", PLAIN_ID)]
    assert found[0].detail == f"{finding['key']} {finding['rule']} 成立"
    assert "见原卷" not in found[0].detail, "what he wrote stands with the decision, not in the log"


def test_a_page_and_its_pictures_are_one_look_each(office: Site, desk_of) -> None:
    desk = desk_of(EVALUATOR)
    for name in ("a.jpg", "b.jpg"):
        desk.get(f"{desk.case_url(HOSTILE_ID)}/crop/{name}")
    for page in (1, 2, 2):
        assert desk.get(f"{desk.case_url()}/p/{page}").status_code == 200
    found = office.access.log.find(Wanted(user=EVALUATOR))
    assert [(entry.action, entry.detail) for _, entry in reversed(found)][1:] == [
        ("被拒绝", "查看证据图片"),
        ("查看页面", "第 1 页"),
        ("查看页面", "第 2 页"),
    ]


def test_looking_again_is_written_down_again_after_a_while(office: Site, desk_of, clock: Clock) -> None:
    desk = desk_of(EVALUATOR)
    for _ in range(3):
        desk.get(desk.case_url())
    clock.forward(601)
    desk.get(desk.case_url())
    assert actions(office, action="查看案卷") == [(EVALUATOR, "查看案卷", PLAIN_ID)] * 2


def test_failed_logins_are_written_down_but_not_what_was_typed(office: Site, desk_of) -> None:
    stranger = desk_of("")
    stranger.log_in("my password typed into the wrong field", "x")
    stranger.log_in(EVALUATOR, "wrong")
    assert actions(office, action="登录失败") == [("", "登录失败", ""), (EVALUATOR, "登录失败", "")]
    assert b"wrong field" not in b"".join(p.read_bytes() for p in office.shelf.runs[0].root.glob("users.db*"))


def test_what_admins_do_is_written_down(office: Site, admin: Desk) -> None:
    admin.submit("/users", {"name": "王五", "password": "first secret 31", "role": "evaluator"})
    admin.submit(assign_url(admin, "/case"), {"case": case_slug(PLAIN_ID), "judges": ["王五"]})
    admin.submit("/users", {"name": "王五", "password": "x", "role": "evaluator"})
    found = office.access.log.find(Wanted(user=ADMIN))
    done = [(entry.action, entry.detail) for _, entry in reversed(found)]
    assert done == [("登录", ""), ("添加用户", "王五 评估人"), ("分派案卷", f"{PLAIN_ID}: 王五")]


def test_the_log_is_only_added_to(office: Site, desk_of) -> None:
    desk_of(EVALUATOR)
    path = office.access.accounts.file.path
    for statement in ("DELETE FROM log", "UPDATE log SET user = '别人'", "REPLACE INTO log SELECT * FROM log"):
        with sqlite3.connect(path) as db, pytest.raises(sqlite3.DatabaseError, match="only added to"):
            db.execute(statement)


def test_the_log_is_searched_by_who_what_case_and_day(admin: Desk) -> None:
    log = admin.site.access.log
    for day, user, case in (("01", EVALUATOR, "甲"), ("02", COLLEAGUE, "甲"), ("03", EVALUATOR, "乙")):
        log.add(Entry(f"2026-02-{day}T10:00:00+08:00", user, "", "查看案卷", "RUN", case))

    def found(**asked: str) -> list[str]:
        entries = admin.get("/audit.json", params={"action": "查看案卷", **asked}).json()["entries"]
        return [entry["at"][8:10] for entry in entries]

    assert found() == ["03", "02", "01"]
    assert found(user=EVALUATOR) == ["03", "01"]
    assert found(case="甲") == ["02", "01"]
    assert found(since="2026-02-02") == ["03", "02"]
    assert found(until="2026-02-02") == ["02", "01"]
    assert found(user="' OR 1=1 --") == []


def test_the_log_is_leafed_through(admin: Desk) -> None:
    for number in range(450):
        admin.site.access.log.add(Entry(NOW, EVALUATOR, "", "查看页面", "RUN", "A", str(number)))
    seen: list[str] = []
    before: int | None = 0
    while before is not None:
        told = admin.get("/audit.json", params={"action": "查看页面", "before": str(before)}).json()
        seen += [entry["detail"] for entry in told["entries"]]
        before = told["more"]
    assert seen == [str(number) for number in reversed(range(450))]
    assert "更早的记录" in admin.get("/audit").text


def test_what_cannot_be_written_down_is_not_shown(office: Site) -> None:
    with Desk(office) as desk:
        desk.log_in(EVALUATOR)
        with sqlite3.connect(office.access.accounts.file.path) as db:
            db.execute("CREATE TRIGGER full BEFORE INSERT ON log BEGIN SELECT RAISE(ABORT, 'disk full'); END")
        answer = desk.get(desk.case_url())
        assert answer.status_code == 503
        assert "disk full" in answer.text and PLAIN_ID not in answer.text


def test_without_accounts_nothing_is_written(desk: Desk) -> None:
    desk.get(desk.case_url())
    assert "不作记录" in desk.get("/audit").text
    assert not desk.site.access.accounts.file.path.exists()
