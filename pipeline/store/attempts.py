"""Who tried to come in and failed: counted in the file of accounts, so that a restart forgives nothing.

A try is counted before the password is looked at, in one step with the question whether it is one too many: however
many come at once, no more than the limit get an answer. Names and addresses are kept hashed: a password that was typed
into the wrong field stands nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.store.accounts import hashed
from pipeline.store.accounts_file import AccountsFile


@dataclass(frozen=True, slots=True)
class Allowed:
    """How many failures are let pass within `window` seconds: of a name from one address, from anywhere; per address.

    The latter two are wider: nobody else's mistakes, and no neighbour behind the same address, shut one out at once.
    """

    window: float
    together: int
    name: int
    address: int


class Attempts:
    """Counts failures."""

    def __init__(self, file: AccountsFile, allowed: Allowed) -> None:
        self._file = file
        self._allowed = allowed

    def begin(self, name: str, address: str, now: float) -> float:
        """Count a try. Gives 0 where it may be made, else the seconds until the next one may."""
        allowed, since = self._allowed, now - self._allowed.window
        keys = _keys(name, address)
        with self._file.writing() as db:
            db.execute("DELETE FROM attempts WHERE at <= ?", (since,))
            wait = 0.0
            for key, most in zip(keys, (allowed.together, allowed.name, allowed.address), strict=True):
                times = [row[0] for row in db.execute("SELECT at FROM attempts WHERE key = ? ORDER BY at", (key,))]
                if len(times) >= most:
                    wait = max(wait, times[-most] - since, 1.0)
            if not wait:
                db.executemany("INSERT INTO attempts VALUES (?, ?)", [(key, now) for key in keys])
        return wait

    def succeeded(self, name: str, address: str, now: float) -> None:
        """Take back the try just counted, and forgive the name's earlier ones from this address."""
        together, *others = _keys(name, address)
        with self._file.writing() as db:
            db.execute("DELETE FROM attempts WHERE key = ?", (together,))
            for key in others:
                db.execute(
                    "DELETE FROM attempts WHERE rowid = (SELECT rowid FROM attempts WHERE key = ? AND at = ? LIMIT 1)",
                    (key, now),
                )


def _keys(name: str, address: str) -> tuple[bytes, bytes, bytes]:
    folded = name.strip().casefold()
    return hashed(f"both\0{folded}\0{address}"), hashed(f"name\0{folded}"), hashed(f"address\0{address}")
