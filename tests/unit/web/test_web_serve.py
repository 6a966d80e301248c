"""`prescreen serve` and `prescreen users` as they are typed."""

from __future__ import annotations

import datetime as dt
import io
import ipaddress
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from web_runs import HOSTILE_ID, PLAIN_ID

from pipeline.cli import main
from pipeline.store.accounts import Accounts
from pipeline.store.accounts_file import NAME, AccountsFile
from pipeline.store.assignments import Assignments
from pipeline.store.audit_log import AuditLog, Wanted

ROOT = Path(__file__).parents[3]
SECRET = "first secret 31"


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch):
    """Type a command, with a line on its standard input."""

    def run(*arguments: str | Path, line: str = SECRET) -> int:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{line}\n"))
        return main(["users", *map(str, arguments)])

    return run


def accounts(run_root: Path) -> Accounts:
    return Accounts(AccountsFile(run_root / NAME))


def test_the_first_user_is_an_admin_and_the_others_choose_their_own_password(run_root: Path, typed, capsys) -> None:
    assert typed(run_root, "add", "赵明") == 0
    assert typed(run_root, "add", "钱敏", "--avoids", "南岭县") == 0
    assert typed(run_root, "add", "孙立", "--role", "admin", "--own") == 0
    assert {one.name: (one.role, one.temporary, one.avoids) for one in accounts(run_root).all()} == {
        "赵明": ("admin", False, ""),
        "钱敏": ("evaluator", True, "南岭县"),
        "孙立": ("admin", False, ""),
    }
    capsys.readouterr()
    assert typed(run_root) == 0, "the list is what is shown where nothing else is asked for"
    told = capsys.readouterr().out
    assert "钱敏\t评估人\t待改密码\t南岭县" in told and SECRET not in told


def test_passwords_are_kept_as_argon2(run_root: Path, typed) -> None:
    typed(run_root, "add", "赵明")
    account = accounts(run_root).find("赵明")
    assert account and account.password.startswith("$argon2id$")
    assert SECRET.encode() not in b"".join(path.read_bytes() for path in run_root.glob("users.db*"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps who may read in other ways")
def test_the_file_is_for_its_owner_only(run_root: Path, typed) -> None:
    typed(run_root, "add", "赵明")
    assert {path.stat().st_mode & 0o077 for path in run_root.glob("users.db*")} == {0}


@pytest.mark.parametrize(
    ("arguments", "line", "code", "told"),
    [
        (["add", "钱敏"], "short", 2, "至少要有 10"),
        (["add", "钱敏"], "1234567890", 2, "太容易猜"),
        (["add", "钱敏", "--role", "boss"], SECRET, 2, "没有这个角色"),
        (["add", "赵明"], SECRET, 2, "已有用户 赵明"),
        (["add", "赵\u202e明"], SECRET, 2, "不可见"),
        (["add", "字" * 41], SECRET, 2, "1 至 40"),
        (["password", "无名"], SECRET, 2, "没有用户 无名"),
        (["disable", "无名"], SECRET, 2, "没有用户 无名"),
        (["disable", "赵明"], SECRET, 2, "至少要有一个"),
        (["role", "赵明", "evaluator"], SECRET, 2, "至少要有一个"),
        (["assign"], SECRET, 2, "只有 0 个评估人"),
        (["assign", "A999", "--to", "赵明"], SECRET, 2, "没有案卷 A999"),
    ],
)
def test_what_cannot_be_done_is_said_so(run_root: Path, typed, capsys, arguments, line, code, told) -> None:
    typed(run_root, "add", "赵明")
    assert typed(run_root, *arguments, line=line) == code
    assert re.search(told, capsys.readouterr().err)
    assert [one.name for one in accounts(run_root).all()] == ["赵明"]


def test_a_folder_without_a_run_has_no_users(tmp_path: Path, typed, capsys) -> None:
    assert typed(tmp_path, "list") == 3
    assert typed(tmp_path / "nowhere", "list") == 3
    assert "不是运行文件夹" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_several_runs_share_a_file_of_users(run_root: Path, tmp_path: Path, typed, capsys) -> None:
    file = tmp_path / "用户.db"
    for name in ("赵明", "钱敏", "孙立"):
        assert typed(file, "add", name) == 0
    assert typed(file, "assign") == 2, "of which run?"
    assert typed(file, "assign", "--run", run_root) == 0
    assert not (run_root / NAME).exists()
    assert set(Assignments(run_root / "assignments.db").of(PLAIN_ID)) == {"钱敏", "孙立"}


def test_cases_are_assigned_to_two_each_and_not_to_who_avoids_them(run_root: Path, typed, capsys) -> None:
    for name in ("赵明", "钱敏", "孙立", "李莉"):
        typed(run_root, "add", name)
    typed(run_root, "disable", "李莉")
    typed(run_root, "add", "周平", "--avoids", "南岭县")
    assert typed(run_root, "assign") == 0
    found = Assignments(run_root / "assignments.db").all()
    assert len(found) == 3
    assert all(len(people) == 2 for people in found.values())
    assert found[PLAIN_ID] == {"钱敏", "孙立"}, "周平 avoids 南岭县, 李莉 is shut out, 赵明 is an admin"
    assert typed(run_root, "assign", HOSTILE_ID, "--to", "周平,钱敏") == 0
    assert Assignments(run_root / "assignments.db").of(HOSTILE_ID) == {"周平", "钱敏"}
    log = AuditLog(AccountsFile(run_root / NAME)).find(Wanted(action="分派案卷"))
    assert [entry.case_id for _, entry in log] == [HOSTILE_ID, ""]


def test_who_is_reset_by_an_admin_may_try_again(run_root: Path, typed) -> None:
    from web_desk import QUICK, Desk, make_site

    from pipeline.web.hosts import Doors

    typed(run_root, "add", "赵明")
    site = make_site([run_root], doors=Doors(local=False))
    site.access.passwords = QUICK
    with Desk(site) as desk:
        for _ in range(6):
            answer = desk.log_in("赵明", "not the password")
        assert answer.status_code == 429
        assert typed(run_root, "password", "赵明", "--own", line="second secret 32") == 0
        assert desk.log_in("赵明", "second secret 32").status_code == 303


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        (["--host", "0.0.0.0"], 2, "没有用户, 不能向其他机器开放"),
        (["--host", "192.0.2.1"], 2, "没有用户"),
        (["--host", "::"], 2, "没有用户"),
        (["--proxy"], 2, "没有用户"),
        (["--name", "desk.example"], 2, "没有用户"),
        (["--users", "nowhere.db"], 3, "没有这个用户文件"),
        (["--certificate", "nowhere.pem"], 2, "同时给出"),
        (["--certificate", "nowhere.pem", "--key", "nowhere.pem"], 2, "不能用"),
        (["--port", "70000"], 2, "--port"),
    ],
)
def test_a_server_that_should_not_be_is_refused(run_root: Path, capsys, options, code, told) -> None:
    assert main(["serve", str(run_root), *options]) == code
    assert told in capsys.readouterr().err
    assert not (run_root / NAME).exists()


def test_no_run_no_server(tmp_path: Path, capsys) -> None:
    assert main(["serve", str(tmp_path)]) == 3
    assert "不是运行文件夹" in capsys.readouterr().err


def test_a_port_that_is_taken_is_named(run_root: Path, capsys) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["serve", str(run_root), "--port", str(port)]) == 2
    told = capsys.readouterr().err
    assert f"端口 {port} 已被占用" in told and "--port" in told


def test_an_address_of_another_machine_is_not_ours(run_root: Path, typed, capsys) -> None:
    typed(run_root, "add", "赵明")
    assert main(["serve", str(run_root), "--host", "192.0.2.1", "--port", "0"]) == 2
    assert "不是本机的" in capsys.readouterr().err


@contextmanager
def server(*arguments: str | Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A server in a process of its own, and the address that it tells."""
    command = [sys.executable, "-m", "pipeline", "serve", *map(str, arguments), "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout
        found = re.search(r"https?://\S+", process.stdout.readline())
        try:
            assert found
            yield found[0], process
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait(20)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process, it does not ask")
def test_a_server_tells_where_it_is_and_stops_when_asked(run_root: Path, made_run: Path) -> None:
    with server(run_root, made_run) as (address, process):
        answer = httpx.get(address, trust_env=False, headers={"accept": "text/html"})
        assert answer.status_code == 200
        assert answer.text.count('href="/r/') == 2
        assert "server" not in answer.headers
        assert httpx.get(f"{address}account.json", trust_env=False).json()["name"] == "本机"
        process.send_signal(signal.SIGTERM)
        assert process.stdout
        rest = process.stdout.read()
        assert process.wait(20) == 0
        assert "不需要登录" in rest and "已停止" in rest


@pytest.mark.slow
def test_a_proxy_on_this_machine_tells_who_asks_and_whether_it_is_safe(run_root: Path, typed) -> None:
    typed(run_root, "add", "赵明")
    told = {"host": "desk.example", "x-forwarded-proto": "https", "x-forwarded-for": "192.0.2.7"}
    form = {"name": "赵明", "password": "not the password"}
    with server(run_root, "--proxy", "--name", "desk.example") as (address, _):
        port = address.rsplit(":", 1)[-1]
        with httpx.Client(trust_env=False, base_url=f"http://127.0.0.1:{port}", headers=told) as browser:
            page = browser.get("login")
            assert page.headers["set-cookie"].startswith("__Host-")
            cookie = page.headers["set-cookie"].split(";")[0]
            form["csrf"] = re.search(r'name="csrf" content="(\w+)"', page.text)[1]
            assert browser.post("login", data=form, headers={"cookie": cookie}).status_code == 401
            assert browser.get("login", headers={"host": "evil.example"}).status_code == 400
    with server(run_root) as (address, _), httpx.Client(trust_env=False, base_url=address) as browser:
        page = browser.get("login", headers={"x-forwarded-proto": "https", "x-forwarded-for": "192.0.2.8"})
        assert page.headers["set-cookie"].startswith("prescreen_"), "without --proxy nobody is believed"
    ((_, entry),) = AuditLog(AccountsFile(run_root / NAME)).find(Wanted(action="登录失败"))
    assert entry.address == "192.0.2.7"


def _certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate of this machine's own making, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    day = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, day, day + dt.timedelta(days=36500))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "cert.pem", folder / "key.pem"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    form = serialization.PrivateFormat.PKCS8
    paths[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()))
    return paths


@pytest.mark.slow
def test_a_server_speaks_tls(run_root: Path, tmp_path: Path, typed) -> None:
    certificate, key = _certificate(tmp_path)
    typed(run_root, "add", "赵明")
    with server(run_root, "--certificate", certificate, "--key", key) as (address, _):
        assert address.startswith("https://")
        with httpx.Client(verify=False, trust_env=False, base_url=address) as browser:
            page = browser.get("login")
            assert page.status_code == 200
            cookie = page.headers["set-cookie"]
            assert cookie.startswith("__Host-") and "; Secure" in cookie
            form = {"name": "赵明", "password": SECRET, "csrf": re.search(r'name="csrf" content="(\w+)"', page.text)[1]}
            assert browser.post("login", data=form).status_code == 303
            assert browser.get("account.json").json()["role"] == "admin"
