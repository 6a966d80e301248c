"""Whether a file is still the one that was opened: users replace files while a batch runs for hours.

A page result is kept under the hash of its file, so bytes of a successor must never be read under it. Hashing at every
page would cost more than reading it; what the system tells of a file costs nothing, and where that differs, the hash
decides: a file that was touched, moved or mounted anew is still the same.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from pipeline.intake.failures import PageError, reason_zh
from pipeline.problems import problem


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the system tells of a file: size, times in nanoseconds, number in its file system.

    `changed_ns` is the time of creation on Windows, elsewhere that of the last change, which nobody sets at will.
    """

    size: int
    modified_ns: int
    changed_ns: int
    number: int


def stamp_of(path: Path) -> Stamp:
    """Take the stamp of a file. Raises OSError."""
    facts = path.stat()
    return Stamp(facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns, facts.st_ino)


def sha256_of(path: Path) -> str:
    """Hash a file's bytes. Raises OSError."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


_confirmed: dict[Path, tuple[Stamp, str]] = {}
"""The last stamp under which a file, hashed again, was found to be the same."""


def require_same(path: Path, name: str, stamp: Stamp | None, sha256: str) -> None:
    """Raise `PageError` unless the file is there and still has the content of that hash: F113, F121.

    `stamp`: the one that it had when it was hashed. None for copies of our own, of which nothing is asked.
    """
    if stamp is None:
        return
    try:
        found = stamp_of(path)
        if found == stamp or _confirmed.get(path) == (found, sha256):
            return
        same = found.size == stamp.size and sha256_of(path) == sha256 and stamp_of(path) == found
    except OSError as error:
        raise PageError(problem("F113", file=name, detail=reason_zh(error))) from error
    if not same:
        raise PageError(problem("F121", file=name))
    _confirmed[path] = found, sha256
