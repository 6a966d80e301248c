"""The bytes of the files that pages are read from, put once into a cluster's object store for all its nodes.

A file stays there while pages of it are under way, and the few last ones a little longer, since the pages of a file
follow each other. The coordinator takes the bytes as they lie: it opens nothing that nobody trusts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

KEPT = 2
"""Files that stay in the store although no page of them is under way."""


_Place = tuple[Path, int, int]


@dataclass(slots=True)
class _Parcel:
    """`users`: jobs under way that need it. One that is `stale` is given to nobody any more."""

    place: _Place
    content: Any
    users: set[int] = field(default_factory=set)
    stale: bool = False


class Parcels:
    """What lies in the object store, under keys. `put` puts bytes there and gives a reference to them."""

    def __init__(self, put: Callable[[bytes], Any]) -> None:
        self._put = put
        self._parcels: dict[str, _Parcel] = {}
        self._count = 0

    def key(self, path: Path, user: int) -> str | None:
        """Have a file in the store for a job (`user`), and tell under which key; None where it cannot be read.

        A file that was replaced meanwhile is another one.
        """
        try:
            facts = path.stat()
            place = (path, facts.st_mtime_ns, facts.st_size)
            known = (key for key, parcel in self._parcels.items() if parcel.place == place and not parcel.stale)
            key = next(known, None) or self._new(place)
        except OSError:  # the node finds no file either, and says so as a local worker does
            return None
        self._parcels[key].users.add(user)
        return key

    def _new(self, place: _Place) -> str:
        content = self._put(place[0].read_bytes())
        self._count += 1
        self._parcels[str(self._count)] = _Parcel(place, content)
        return str(self._count)

    def content(self, key: str) -> Any:
        """Give the reference to a file's bytes. Raises KeyError where it is no longer there."""
        return self._parcels[key].content

    def renew(self, keys: Iterable[str]) -> None:
        """Put these files anew when they are next wanted: Ray would look for them on a node that died, and wait."""
        for key in keys:
            if key in self._parcels:
                self._parcels[key].stale = True

    def done(self, user: int) -> None:
        """Note that a job is through; files that nobody uses go, but for the last few."""
        for parcel in self._parcels.values():
            parcel.users.discard(user)
        idle = [key for key, parcel in self._parcels.items() if not parcel.users]
        kept = [key for key in idle if not self._parcels[key].stale][-KEPT:]
        for key in set(idle) - set(kept):
            del self._parcels[key]

    @property
    def keys(self) -> frozenset[str]:
        """The keys of the files that are there."""
        return frozenset(self._parcels)
