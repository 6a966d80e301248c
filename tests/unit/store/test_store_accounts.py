"""The file of accounts: whole or not at all, for many at once, refused where it is damaged or newer."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pipeline.problems import UsageError, WorkspaceError
from pipeline.store.accounts import Accounts, Lifetime, clean_name
from pipeline.store.accounts_file import KEPT, SCHEMA, AccountsFile
from pipeline.store.assignments import Assignments
from pipeline.store.attempts import Allowed, Attempts
from pipeline.store.audit_log import AuditLog, Entry, Wanted

LIFETIME = Lifetime(idle=3600, whole=36_000)
AT = "2026-03-04T09:30:00+08:00"


@pytest.fixture
def file(tmp_path: Path) -> AccountsFile:
    return AccountsFile(tmp_path / "users.db")


def at_once(count: int, work: Callable[[int], object]) -> list[object]:
    with ThreadPoolExecutor(16) as pool:
        return list(pool.map(work, range(count)))


def test_looking_makes_no_file(file: AccountsFile) -> None:
    accounts = Accounts(file)
    assert not accounts.any() and accounts.all() == () and accounts.find("甲") is None
    assert accounts.session("x", 0.0, LIFETIME) is None
    assert AuditLog(file).find(Wanted()) == ()
    assert not file.path.exists()


def test_many_may_begin_the_file_at_once(file: AccountsFile) -> None:
    at_once(24, lambda n: Accounts(AccountsFile(file.path)).add(f"用户{n}", "evaluator", "x", at=AT))
    assert len(Accounts(file).all()) == 24


def test_many_may_use_it_at_once(file: AccountsFile) -> None:
    accounts, log = Accounts(file), AuditLog(file)
    accounts.add("甲", "evaluator", "x", at=AT)

    def work(number: int) -> bool:
        accounts.begin_session("甲", f"token {number}", 100.0)
        log.add(Entry(AT, "甲", "", "查看案卷", "RUN", str(number)))
        return accounts.session(f"token {number}", 200.0 + number, LIFETIME) is not None

    assert all(at_once(60, work))
    assert len(log.find(Wanted(), most=1000)) == 60


def test_however_many_guess_at_once_no_more_than_the_limit_get_an_answer(file: AccountsFile) -> None:
    attempts = Attempts(file, Allowed(window=900, together=5, name=20, address=100))
    waits = at_once(40, lambda n: attempts.begin("甲", "192.0.2.1", 1000.0))
    assert sum(wait == 0 for wait in waits) == 5


def test_tries_are_forgotten_one_by_one(file: AccountsFile) -> None:
    attempts = Attempts(file, Allowed(window=900, together=2, name=20, address=100))
    assert attempts.begin("甲", "a", 1000.0) == 0
    assert attempts.begin("甲", "a", 1300.0) == 0
    assert attempts.begin("甲", "a", 1600.0) == 300
    assert attempts.begin("甲", "a", 1900.0) == 0, "the first is forgotten after 900 seconds"
    assert attempts.begin("甲", "a", 1901.0) == 299


def test_a_file_that_was_replaced_is_seen_at_once(file: AccountsFile, tmp_path: Path) -> None:
    accounts = Accounts(file)
    accounts.add("甲", "admin", "x", at=AT)
    other = AccountsFile(tmp_path / "other.db")
    Accounts(other).add("乙", "admin", "x", at=AT)
    for one in (file, other):
        one.close()
    other.path.replace(file.path)
    assert [one.name for one in accounts.all()] == ["乙"]
    file.close()
    file.path.unlink()
    assert not accounts.any()


def test_few_connections_are_kept(file: AccountsFile) -> None:
    accounts = Accounts(file)
    accounts.add("甲", "admin", "x", at=AT)
    at_once(64, lambda _: accounts.find("甲"))
    assert 1 <= len(file._idle) <= KEPT
    file.close()
    assert accounts.find("甲") is not None, "it opens again"


def test_what_goes_wrong_half_way_changes_nothing(file: AccountsFile) -> None:
    accounts = Accounts(file)
    accounts.add("甲", "admin", "x", at=AT)
    with pytest.raises(UsageError, match="至少要有一个"):
        accounts.set_disabled("甲", True)
    found = accounts.find("甲")
    assert found and not found.disabled


def test_one_shut_out_has_no_session(file: AccountsFile) -> None:
    accounts = Accounts(file)
    accounts.add("甲", "admin", "x", at=AT)
    accounts.add("乙", "evaluator", "x", at=AT)
    accounts.begin_session("乙", "token", 0.0)
    accounts.set_disabled("乙", True)
    accounts.set_disabled("乙", False)
    assert accounts.session("token", 1.0, LIFETIME) is None, "what ended does not begin again"


@pytest.mark.parametrize("name", ["", " ", "a b", "a\tb", "a\u200bb", "a\u202eb", "x" * 41, "a\u3000b"])
def test_a_name_that_could_pass_for_another_is_none(name: str) -> None:
    with pytest.raises(UsageError):
        clean_name(name)


def test_names_have_one_form() -> None:
    assert clean_name(" ＡＢ１ ") == "AB1"


def test_a_file_of_a_newer_version_is_refused(file: AccountsFile) -> None:
    Accounts(file).add("甲", "admin", "x", at=AT)
    with sqlite3.connect(file.path) as db:
        db.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    with pytest.raises(WorkspaceError, match="更新版本"):
        Accounts(AccountsFile(file.path)).any()


def test_a_file_that_is_none_is_told(file: AccountsFile) -> None:
    file.path.write_bytes(b"no database, but long enough to be looked at " * 20)
    with pytest.raises(WorkspaceError, match="已损坏"):
        Accounts(file).any()


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="读写失败"):
        Accounts(AccountsFile(tmp_path / "nowhere" / "users.db")).add("甲", "admin", "x", at=AT)


def test_assignments_are_replaced_case_by_case(tmp_path: Path) -> None:
    assignments = Assignments(tmp_path / "assignments.db")
    assert assignments.all() == {} and assignments.of("A") == frozenset()
    assert not (tmp_path / "assignments.db").exists()
    assignments.assign({"A": ("甲", "乙"), "B": ("甲",)}, at=AT, by="丙")
    assignments.assign({"B": ("乙",), "C": ()}, at=AT, by="丙")
    assert assignments.all() == {"A": {"甲", "乙"}, "B": {"乙"}}
    assert assignments.of("A") == {"甲", "乙"}


def test_damaged_assignments_are_told(tmp_path: Path) -> None:
    path = tmp_path / "assignments.db"
    path.write_bytes(b"no database, but long enough to be looked at " * 20)
    with pytest.raises(WorkspaceError, match="分派记录"):
        Assignments(path).all()
