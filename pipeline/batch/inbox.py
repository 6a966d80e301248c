"""Which children of a watched folder are complete: nothing of them has changed for a while, by our own clock.

A copy tells nobody that it is done, and it keeps the dates of what it copies, so a date says nothing: what counts is
that look after look finds the same sizes and dates. Looking is polling by plain listing: shares in a network send no
events, and where a system claims to send them they get lost (watchdog's issues 409, 699, 802 tell how).
"""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from pipeline.intake.kinds import is_hidden

STALLED = 3600.0
"""Seconds after which a folder in which nothing changed any more is taken although a name in it speaks of a copy."""

_UNDER_WAY = (
    *(".part", ".partial", ".filepart", ".crdownload", ".download", ".downloading", ".opdownload", ".tmp", ".temp"),
    *(".td", ".xltd", ".aria2", ".!qb", ".bc!"),
)
"""Endings under which browsers, WinSCP, 迅雷, 百度网盘 and others keep what they have not got whole."""
_RSYNC = re.compile(r"\..+\.[A-Za-z0-9]{6}$")
_HELD_BY_OTHERS = {32, 33}
"""Windows: sharing violation, lock violation."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What one look tells of a child: path within it, size and date (ns) of each file, sorted by path.

    `under_way`: the name of a file that speaks of a copy or download going on, or "".
    """

    files: tuple[tuple[str, int, int], ...]
    under_way: str = ""


def look(inbox: Path, leave_out: Path | None = None) -> dict[str, Sight]:
    """Look at every child of a folder, by name; hidden ones, run folders and `leave_out` are passed over.

    A file that cannot be asked has the size -1. Raises OSError where the folder cannot be listed.
    """
    seen: dict[str, Sight] = {}
    aside = leave_out.resolve() if leave_out else None
    with os.scandir(inbox) as entries:
        names = sorted(entry.name for entry in entries)
    for name in names:
        path = inbox / name
        if is_hidden(name) or (aside is not None and aside.is_relative_to(path.resolve())):
            continue
        if not (path / "ledger.db").is_file():
            files = tuple(sorted(_files(path)))
            named = [file for file, _, _ in files if any(map(speaks_of_a_copy, PurePosixPath(file).parts))]
            shown = tuple(file for file in files if not any(map(is_hidden, PurePosixPath(file[0]).parts)))
            seen[name] = Sight(shown, min(named, default=""))
    return seen


def _files(child: Path) -> Iterator[tuple[str, int, int]]:
    """The files of a child, links followed, a real folder once. Names are posix paths, the child's own first."""
    visited: set[tuple[int, int]] = set()
    stack = [(child, child.name)]
    while stack:
        path, name = stack.pop()
        try:
            # Not the listing's own figures: Windows keeps those of a file that is being written out of date.
            facts = path.stat()
            if not stat.S_ISDIR(facts.st_mode):
                yield name, facts.st_size, facts.st_mtime_ns
                continue
            if (facts.st_dev, facts.st_ino) in visited:
                continue
            visited.add((facts.st_dev, facts.st_ino))
            with os.scandir(path) as entries:
                stack.extend((path / entry.name, f"{name}/{entry.name}") for entry in entries)
        except (OSError, ValueError):
            yield name, -1, 0


def speaks_of_a_copy(name: str) -> bool:
    """Whether a name is one that programs give to what they are still writing."""
    folded = name.casefold()
    return folded.endswith(_UNDER_WAY) or folded == ".~tmp~" or bool(_RSYNC.fullmatch(name))


def held(path: Path) -> bool:
    """Whether another program keeps a file from being read; on Windows only: elsewhere nobody can."""
    if sys.platform != "win32":
        return False
    try:
        with path.open("rb"):
            return False
    except OSError as error:
        return error.winerror in _HELD_BY_OTHERS


@dataclass(frozen=True, slots=True)
class _Child:
    sight: Sight
    since: float


@dataclass(slots=True)
class Watchlist:
    """The children of a folder over time. `settle`: seconds for which a complete one has not changed.

    Times are those of one clock that only goes forward, in seconds. `is_held` is asked for the files of a child (by
    their path from the watched folder) that has settled.
    """

    settle: float
    is_held: Callable[[str], bool] = lambda name: False
    _children: dict[str, _Child] = field(default_factory=dict)
    _taken: dict[str, Sight] = field(default_factory=dict)
    _missing: dict[str, float] = field(default_factory=dict)

    def saw(self, seen: Mapping[str, Sight], now: float) -> tuple[str, ...]:
        """Take a look's answer; tells the children that are new or changed since the look before."""
        moved = tuple(n for n, sight in seen.items() if n not in self._children or self._children[n].sight != sight)
        for name in moved:
            self._children[name] = _Child(seen[name], now)
        for name in [name for name in self._children if name not in seen]:
            del self._children[name]
        self._missing = {name: self._missing.get(name, now) for name in self._taken if name not in seen}
        return moved

    def complete(self, now: float) -> frozenset[str]:
        """The children that may be screened."""
        return frozenset(name for name, child in self._children.items() if self._is_complete(name, child, now))

    def _is_complete(self, name: str, child: _Child, now: float) -> bool:
        quiet = now - child.since
        if quiet < self.settle or speaks_of_a_copy(name):
            return False
        if self._taken.get(name) == child.sight:
            return True
        if child.sight.under_way and quiet < max(STALLED, self.settle):
            return False
        return not any(self.is_held(file) for file, _, _ in child.sight.files)

    def fresh(self, now: float) -> frozenset[str]:
        """The complete children that were never taken as they are now."""
        return frozenset(n for n in self.complete(now) if self._taken.get(n) != self._children[n].sight)

    def waiting(self, now: float) -> frozenset[str]:
        """The children that are not complete yet."""
        return frozenset(self._children) - self.complete(now)

    def gone(self, now: float) -> frozenset[str]:
        """Children that were taken and have been away for as long as others must be quiet."""
        return frozenset(name for name, since in self._missing.items() if now - since >= self.settle)

    def take(self, names: frozenset[str]) -> None:
        """Note that these are dealt with as they are, and forget the ones that are gone."""
        self._taken = {n: s for n, s in self._taken.items() if n in self._children}
        self._taken |= {name: self._children[name].sight for name in names if name in self._children}
        self._missing.clear()

    def release(self, names: frozenset[str]) -> None:
        """Have children taken once more, unchanged as they are: they could not be read."""
        self._taken = {name: sight for name, sight in self._taken.items() if name not in names}
