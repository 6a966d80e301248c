"""Copies under the work folder: written aside and moved into place whole, so that processes may share the folder."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def draft(folder: Path) -> Iterator[Path]:
    """A new empty file of its own in `folder`; gone afterwards unless `keep` moved it. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(suffix=".part", dir=folder)
    os.close(handle)
    path = Path(name)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def keep(written: Path, final: Path) -> None:
    """Move a finished draft to its name. The name is made of the content, so a file that is there is the same."""
    if not final.exists():
        written.replace(final)
