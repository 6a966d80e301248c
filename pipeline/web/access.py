"""Who may come in, and what is written down of it: the accounts of a server, with its clock and its secret."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable
from pathlib import Path

from pipeline.config import WebSettings
from pipeline.store.accounts import Accounts, Lifetime
from pipeline.store.accounts_file import AccountsFile
from pipeline.store.attempts import Allowed, Attempts
from pipeline.store.audit_log import AuditLog, Entry
from pipeline.web.hosts import Doors
from pipeline.web.passwords import Passwords


class Access:
    """The accounts in a file. Made once by the site."""

    def __init__(
        self,
        path: Path,
        settings: WebSettings,
        now: Callable[[], str],
        doors: Doors | None = None,
        passwords: Passwords | None = None,
    ) -> None:
        """`path` need not be there yet; `now` is the time as ISO 8601."""
        file = AccountsFile(path)
        self.close = file.close
        failures = (settings.login_failures, settings.login_failures_name, settings.login_failures_address)
        self.doors = doors or Doors()
        self.passwords = passwords or Passwords()
        self.accounts = Accounts(file)
        self.attempts = Attempts(file, Allowed(settings.login_minutes * 60.0, *failures))
        self.log = AuditLog(file)
        self.lifetime = Lifetime(settings.idle_minutes * 60.0, settings.session_hours * 3600.0)
        self.now = now
        self._secret = secrets.token_urlsafe(32)
        self._kept_secret = ""

    @property
    def open(self) -> bool:
        """Whether no account is needed: only this machine can come in, and there is no account."""
        return self.doors.local and not self.accounts.any()

    @property
    def seconds(self) -> float:
        """The time in seconds since 1970."""
        return dt.datetime.fromisoformat(self.now()).timestamp()

    @property
    def secret(self) -> str:
        """What the tokens of forms are made with: kept with the accounts; without any, as long as the server lives."""
        if not self._kept_secret and self.accounts.any():
            self._kept_secret = self.accounts.secret(self._secret)
        return self._kept_secret or self._secret

    def note(
        self, user: str, action: str, run: str = "", case: str = "", detail: str = "", *, address: str = ""
    ) -> None:
        """Add to the log what somebody did; without accounts there is nobody to name, and nothing is written."""
        if not self.open:
            self.log.add(Entry(self.now(), user, address, action, run, case, detail))
