"""Who saw and did what, in the file of accounts. It is only added to: the file itself refuses changes and deletions."""

from __future__ import annotations

from dataclasses import astuple, dataclass

from pipeline.store.accounts_file import AccountsFile


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that somebody did. `at`: ISO 8601 with zone; `run`: name of the run folder, `case_id`: "" for none."""

    at: str
    user: str
    address: str
    action: str
    run: str = ""
    case_id: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for; "" is anything. `since`, `until`: days or moments in ISO 8601, compared as text."""

    user: str = ""
    action: str = ""
    case_id: str = ""
    since: str = ""
    until: str = ""


class AuditLog:
    """Adds to the log and looks into it."""

    def __init__(self, file: AccountsFile) -> None:
        self._file = file

    def add(self, entry: Entry) -> None:
        """Add an entry."""
        with self._file.writing() as db:
            db.execute(
                "INSERT INTO log (at, user, address, action, run, case_id, detail) VALUES (?, ?, ?, ?, ?, ?, ?)",
                astuple(entry),
            )

    def find(self, wanted: Wanted, *, before: int = 0, most: int = 200) -> tuple[tuple[int, Entry], ...]:
        """Find entries with their numbers, newest first; `before`: only those with lower numbers, 0 for all."""
        conditions = {
            "user = ?": wanted.user,
            "action = ?": wanted.action,
            "case_id = ?": wanted.case_id,
            "at >= ?": wanted.since,
            "at < ? || '\U0010ffff'": wanted.until,
            "id < ?": before,
        }
        given = {condition: value for condition, value in conditions.items() if value}
        where = f" WHERE {' AND '.join(given)}" if given else ""
        with self._file.reading() as db:
            rows = db.execute(
                f"SELECT id, at, user, address, action, run, case_id, detail FROM log{where} ORDER BY id DESC LIMIT ?",
                (*given.values(), most),
            ).fetchall()
        return tuple((row[0], Entry(*row[1:])) for row in rows)

    def known(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """All users and all actions that stand in it."""
        with self._file.reading() as db:
            users, actions = (
                tuple(str(row[0]) for row in db.execute(f"SELECT DISTINCT {column} FROM log ORDER BY 1"))
                for column in ("user", "action")
            )
        return users, actions
