"""Passwords: whether one is good enough, its hash (argon2id), and whether one is right.

What is checked takes as long for a name that does not exist. Each hash takes 64 MB for a twentieth of a second, so
only two are reckoned at a time.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 10
LONGEST = 200
_FEWEST_DIFFERENT = 5
AT_ONCE = 2
_TURN = BoundedSemaphore(AT_ONCE)
_WELL_KNOWN = (
    "password", "passw0rd", "qwertyuiop", "qazwsxedc", "1qaz2wsx", "asdfghjkl", "iloveyou", "woaini", "admin",
    "prescreen", "5201314", "abc123", "letmein", "welcome",
)  # fmt: skip
"""What stands in so many passwords that it adds nothing to one."""


def weakness(password: str, name: str = "") -> str:
    """Say in Chinese what is wrong with a password; "" where nothing is."""
    if len(password) < SHORTEST:
        return f"密码至少要有 {SHORTEST} 个字符"
    if len(password) > LONGEST:
        return f"密码不能超过 {LONGEST} 个字符"
    if name and name.casefold() in password.casefold():
        return "密码里不能有用户名"
    rest = password.casefold()
    for word in _WELL_KNOWN:
        rest = rest.replace(word, "*")
    steps = [ord(b) - ord(a) for a, b in pairwise(rest)]
    runs = sum(step in (0, 1, -1) for step in steps)
    if len(set(rest)) < _FEWEST_DIFFERENT or len(rest) - runs < _FEWEST_DIFFERENT:
        return "密码太容易猜: 请不要用连续、重复或常见的字符, 可以用几个不相干的词"
    return ""


@dataclass(frozen=True)
class Passwords:
    """Hashes passwords and checks them. `hasher` says how dear that is."""

    hasher: PasswordHasher = field(default_factory=PasswordHasher)

    def hash(self, password: str) -> str:
        """Give a password's hash, with its own salt and with what it was made by."""
        with _TURN:
            return self.hasher.hash(password)

    def check(self, kept: str | None, password: str) -> bool:
        """Tell whether a password is that of a kept hash; as slow where there is none (None), and then never true."""
        try:
            with _TURN:
                right = self.hasher.verify(kept or self._nobodys, password)
        except (VerificationError, InvalidHashError):
            return False
        return right and kept is not None

    def outdated(self, kept: str) -> bool:
        """Tell whether a hash was made by parameters that are no longer ours, so that it is to be made anew."""
        return self.hasher.check_needs_rehash(kept)

    @cached_property
    def _nobodys(self) -> str:
        return self.hash(secrets.token_urlsafe(16))
