"""Walks a folder once: no loops through links, no waiting on pipes and devices, nothing raised for what is locked."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.intake.failures import reason_zh
from pipeline.intake.kinds import is_hidden

_HIDDEN_ATTRIBUTE = 0x2  # FILE_ATTRIBUTE_HIDDEN of Windows; st_file_attributes exists there only


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing found in a folder; `trouble` says in Chinese why it cannot be read, empty where it can."""

    path: Path
    is_folder: bool
    hidden: bool
    trouble: str = ""


def look_at(path: Path) -> Entry:
    """What a path is, following links; never raises, never opens it."""
    hidden = is_hidden(path.name)
    try:
        found = path.stat()
    except OSError as error:
        broken = path.is_symlink()
        return Entry(path, False, hidden, "链接失效" if broken else reason_zh(error))
    except ValueError:  # a name with a null byte
        return Entry(path, False, hidden, "文件名不合法")
    hidden = hidden or bool(getattr(found, "st_file_attributes", 0) & _HIDDEN_ATTRIBUTE)
    if stat.S_ISDIR(found.st_mode):
        return Entry(path, True, hidden)
    return Entry(path, False, hidden, "" if stat.S_ISREG(found.st_mode) else "不是普通文件")


def children(folder: Path) -> list[Entry]:
    """Everything in a folder, unsorted. Raises OSError when the folder itself cannot be listed."""
    return [look_at(path) for path in folder.iterdir()]


def walk(folder: Path) -> Iterator[Entry]:
    """All files below a folder that are not hidden, in no certain order; folders are yielded only when in trouble.

    Links to folders are followed; a real folder is visited once, so that loops end.
    """
    seen: set[Path] = set()
    stack = [folder]
    while stack:
        current = stack.pop()
        try:
            real = current.resolve()
            if real in seen:
                continue
            seen.add(real)
            entries = children(current)
        except OSError as error:
            yield Entry(current, True, False, reason_zh(error))
            continue
        for entry in entries:
            if entry.hidden:
                continue
            if entry.is_folder:
                stack.append(entry.path)
            else:
                yield entry
