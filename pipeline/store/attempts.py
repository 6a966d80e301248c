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
        who, where = _hashed_name(name), hashed(address)
        limits = (
            ("name = ? AND address = ?", (who, where), allowed.together),
            ("name = ?", (who,), allowed.name),
            ("address = ?", (where,), allowed.address),
        )
        with self._file.writing() as db:
            db.execute("DELETE FROM attempts WHERE at <= ?", (since,))
            wait = 0.0
            for condition, keys, most in limits:
                times = [row[0] for row in db.execute(f"SELECT at FROM attempts WHERE {condition} ORDER BY at", keys)]
                if len(times) >= most:
                    wait = max(wait, times[-most] - since, 1.0)
            if not wait:
                db.execute("INSERT INTO attempts VALUES (?, ?, ?)", (who, where, now))
        return wait

    def succeeded(self, name: str, address: str) -> None:
        """Take back the try just counted, and forgive the name's earlier ones from this address."""
        with self._file.writing() as db:
            db.execute("DELETE FROM attempts WHERE name = ? AND address = ?", (_hashed_name(name), hashed(address)))

    def forgive(self, name: str) -> None:
        """Forget all failures of a name."""
        with self._file.writing() as db:
            db.execute("DELETE FROM attempts WHERE name = ?", (_hashed_name(name),))


def _hashed_name(name: str) -> bytes:
    return hashed(name.strip().casefold())
