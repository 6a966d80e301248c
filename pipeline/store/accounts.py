"""The users of a desk and their sessions. Passwords come in hashed (web/passwords.py), tokens are kept hashed here.

A user is never deleted, only shut out: what stands in the log and in reviews under his name stays his.
"""

from __future__ import annotations

import hashlib
import sqlite3
import unicodedata
from dataclasses import dataclass, field
from typing import Literal, get_args

from pipeline.problems import UsageError
from pipeline.store.accounts_file import AccountsFile

Role = Literal["evaluator", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
LONGEST_NAME = 40
SEEN_STEP = 60.0
"""Seconds by which a session's `seen` may lag behind: not every request for a picture writes."""


@dataclass(frozen=True, slots=True)
class Account:
    """A user. `temporary`: an admin set the password, and who uses it must choose one of his own first.

    `avoids`: words, parted by spaces; a case of an agency in whose name one of them stands is not his to judge (回避).
    """

    name: str
    role: Role
    password: str = field(repr=False)
    disabled: bool = False
    temporary: bool = False
    created: str = ""
    avoids: str = ""


@dataclass(frozen=True, slots=True)
class Lifetime:
    """For how many seconds a session holds: without a request, and in all."""

    idle: float
    whole: float


def clean_name(name: str) -> str:
    """Give a user's name in its one form. Raises `UsageError` for one that could not be told from another by eye."""
    text = unicodedata.normalize("NFKC", name).strip()
    if not text or len(text) > LONGEST_NAME:
        raise UsageError(f"用户名须有 1 至 {LONGEST_NAME} 个字", "建议用真实姓名")
    if any(unicodedata.category(char)[0] in "CZ" for char in text):
        raise UsageError("用户名里不能有空格、控制符或不可见的字符", "建议用真实姓名")
    return text


class Accounts:
    """Users and sessions in a file of accounts. Times are seconds since 1970, dates ISO 8601."""

    def __init__(self, file: AccountsFile) -> None:
        self.file = file

    # users

    def any(self) -> bool:
        """Tell whether there is a user at all; without one, whoever sits at this machine is the only one."""
        with self.file.reading() as db:
            return db.execute("SELECT 1 FROM users LIMIT 1").fetchone() is not None

    def all(self) -> tuple[Account, ...]:
        """All users by name."""
        with self.file.reading() as db:
            return tuple(_account(row) for row in db.execute(f"SELECT {_COLUMNS} FROM users ORDER BY name"))

    def find(self, name: str) -> Account | None:
        """Find a user, however his name is written (width, case)."""
        with self.file.reading() as db:
            row = db.execute(f"SELECT {_COLUMNS} FROM users WHERE folded = ?", (_folded(name),)).fetchone()
        return _account(row) if row else None

    def add(self, name: str, role: Role, password: str, *, at: str, temporary: bool = False) -> Account:
        """Add a user with a hashed password. Raises `UsageError` where the name is taken or no name."""
        account = Account(clean_name(name), role, password, False, temporary, at)
        with self.file.writing() as db:
            if db.execute("SELECT 1 FROM users WHERE folded = ?", (_folded(name),)).fetchone():
                raise UsageError(f"已有用户 {account.name}", "请换一个名字, 或修改该用户的密码")
            db.execute(
                "INSERT INTO users (name, folded, role, password, temporary, created) VALUES (?, ?, ?, ?, ?, ?)",
                (account.name, _folded(name), role, password, temporary, at),
            )
        return account

    def set_password(self, name: str, password: str, *, temporary: bool, keep: str = "") -> None:
        """Set a hashed password and end the user's sessions, but for that of the token `keep`."""
        with self.file.writing() as db:
            user = _existing(db, name)
            db.execute("UPDATE users SET password = ?, temporary = ? WHERE name = ?", (password, temporary, user.name))
            db.execute("DELETE FROM sessions WHERE user = ? AND token <> ?", (user.name, hashed(keep)))

    def renew_hash(self, name: str, old: str, new: str) -> None:
        """Put a hash of the same password, by newer parameters, in the place of the `old` one."""
        with self.file.writing() as db:
            db.execute("UPDATE users SET password = ? WHERE name = ? AND password = ?", (new, name, old))

    def set_role(self, name: str, role: Role) -> None:
        """Change a role. Raises `UsageError` where nobody would be left to administer."""
        with self.file.writing() as db:
            user = _existing(db, name)
            db.execute("UPDATE users SET role = ? WHERE name = ?", (role, user.name))
            _require_admin(db, user)

    def set_disabled(self, name: str, disabled: bool) -> None:
        """Shut a user out, ending his sessions, or let him in again. Raises `UsageError` as `set_role` does."""
        with self.file.writing() as db:
            user = _existing(db, name)
            db.execute("UPDATE users SET disabled = ? WHERE name = ?", (disabled, user.name))
            if disabled:
                db.execute("DELETE FROM sessions WHERE user = ?", (user.name,))
            _require_admin(db, user)

    def set_avoids(self, name: str, words: str) -> None:
        """Note of which agencies a user is not to judge cases."""
        with self.file.writing() as db:
            user = _existing(db, name)
            db.execute("UPDATE users SET avoids = ? WHERE name = ?", (" ".join(words.split()), user.name))

    # sessions

    def begin_session(self, name: str, token: str, now: float) -> None:
        """Let the bearer of `token` be a user from now on."""
        with self.file.writing() as db:
            db.execute("INSERT INTO sessions VALUES (?, ?, ?, ?)", (hashed(token), name, now, now))

    def session(self, token: str, now: float, lifetime: Lifetime) -> Account | None:
        """Tell whose session a token is, and note that it was used; None for none, an old one, or one shut out."""
        key = hashed(token)
        with self.file.reading() as db:
            row = db.execute(
                f"SELECT {_COLUMNS}, began, seen FROM sessions JOIN users ON user = name WHERE token = ?", (key,)
            ).fetchone()
        if row is None:
            return None
        account, (began, seen) = _account(row[:-2]), row[-2:]
        if account.disabled or now - seen > lifetime.idle or now - began > lifetime.whole:
            self.end_session(token)
            return None
        if now - seen > SEEN_STEP:
            with self.file.writing() as db:
                db.execute("UPDATE sessions SET seen = ? WHERE token = ?", (now, key))
        return account

    def end_session(self, token: str) -> None:
        """Forget a session."""
        with self.file.writing() as db:
            db.execute("DELETE FROM sessions WHERE token = ?", (hashed(token),))

    def drop_old_sessions(self, now: float, lifetime: Lifetime) -> None:
        """Forget sessions that hold no more."""
        with self.file.writing() as db:
            db.execute("DELETE FROM sessions WHERE seen < ? OR began < ?", (now - lifetime.idle, now - lifetime.whole))

    # a secret of this file

    def secret(self, fresh: str) -> str:
        """Give the file's own secret; `fresh` becomes it where there is none yet."""
        with self.file.reading() as db:
            row = db.execute("SELECT value FROM meta WHERE key = 'secret'").fetchone()
        if row is None:
            with self.file.writing() as db:
                db.execute("INSERT OR IGNORE INTO meta VALUES ('secret', ?)", (fresh,))
                row = db.execute("SELECT value FROM meta WHERE key = 'secret'").fetchone()
        return str(row[0])


def hashed(token: str) -> bytes:
    """What is kept of a token: nobody who reads the file can come in with it."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


_COLUMNS = "name, role, password, disabled, temporary, created, avoids"


def _account(row: tuple[str, Role, str, int, int, str, str]) -> Account:
    name, role, password, disabled, temporary, created, avoids = row
    return Account(name, role, password, bool(disabled), bool(temporary), created, avoids)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip().casefold()


def _existing(db: sqlite3.Connection, name: str) -> Account:
    row = db.execute(f"SELECT {_COLUMNS} FROM users WHERE folded = ?", (_folded(name),)).fetchone()
    if row is None:
        raise UsageError(f"没有用户 {name}", "prescreen users 位置 list 列出全部用户")
    return _account(row)


def _require_admin(db: sqlite3.Connection, before: Account) -> None:
    was = before.role == "admin" and not before.disabled
    if was and not db.execute("SELECT 1 FROM users WHERE role = 'admin' AND NOT disabled").fetchone():
        raise UsageError("至少要有一个可用的管理员", "请先让另一个用户成为管理员")
