"""ZIP files: unpacked under names of our own, so that no name inside can do harm; what can be read is kept.

Names without the UTF-8 flag are bytes in an unknown code page: Chinese Windows writes GBK, macOS UTF-8.
"""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import stat
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import IO

from pipeline.config import Limits
from pipeline.intake.kinds import (
    ARCHIVE_SUFFIXES,
    HEAD_BYTES,
    PAPER_SUFFIXES,
    PLAIN_SUFFIXES,
    Kind,
    is_hidden,
    kind_of_content,
    kind_of_name,
)
from pipeline.intake.names import natural_key, shown
from pipeline.intake.salvage import Stray, stray_members
from pipeline.intake.workfiles import draft, keep
from pipeline.problems import Problem, problem

_UTF8_FLAG = 0x800
_ENCRYPTED_FLAG = 0x1
_RATIO_FROM_BYTES = 8_000_000
"""Smaller members cannot hurt; a blank page as BMP packs a thousandfold."""
_RESERVE_BYTES = 64_000_000
"""Disk that is left to the ledger and the outputs: an archive must not end the run of which it is one case."""
_BLOCK = 1 << 20
_NAMES_IN_A_MESSAGE = 5


@dataclass(frozen=True, slots=True)
class Member:
    """A page file out of a ZIP: the name it had there (posix), where it lies now, the hash of its bytes."""

    name: str
    path: Path
    sha256: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    info: zipfile.ZipInfo

    @property
    def base(self) -> str:
        return PurePosixPath(self.name).name


def _decode_names(infos: Iterable[zipfile.ZipInfo]) -> list[_Entry]:
    """Members with readable names. All names without the UTF-8 flag are taken to be in one code page."""
    held = list(infos)
    raw = {id(info): _raw_name(info) for info in held}
    encoding = _encoding_of(name for name in raw.values() if name is not None)
    entries = []
    for info in held:
        name = raw[id(info)]
        text = info.orig_filename if name is None else name.decode(encoding, "replace")
        entries.append(_Entry(_as_posix(text), info))
    return entries


def _raw_name(info: zipfile.ZipInfo) -> bytes | None:
    """The name's bytes, where zipfile took them for cp437; None where the name is known to be Unicode."""
    if info.flag_bits & _UTF8_FLAG:
        return None
    try:
        return info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return None


def _encoding_of(names: Iterable[bytes]) -> str:
    """UTF-8 if all names are, else GBK (as GB18030, which holds it)."""
    try:
        b"".join(names).decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def _as_posix(name: str) -> str:
    """Up to the null byte, after decoding: the second byte of a GBK character may be a backslash."""
    return name.split("\0")[0].replace("\\", "/")


def _points_outside(name: str) -> bool:
    """Absolute, on a drive, or upwards."""
    parts = PurePosixPath(name).parts
    return name.startswith("/") or ".." in parts or re.match(r"[A-Za-z]:", name) is not None


def _is_link(info: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(info.external_attr >> 16)


def _is_bomb(info: zipfile.ZipInfo, limits: Limits) -> bool:
    return info.file_size > _RATIO_FROM_BYTES and info.file_size > limits.zip_ratio * max(1, info.compress_size)


def _listed(names: list[str]) -> str:
    more = f" 等 {len(names)} 个" if len(names) > _NAMES_IN_A_MESSAGE else ""
    return "、".join(shown(name) for name in names[:_NAMES_IN_A_MESSAGE]) + more


def unpack(path: Path, name: str, workdir: Path, limits: Limits) -> tuple[list[Member], list[Problem]]:
    """The PDFs and images of a ZIP, copied under `workdir`, in natural order of their names, and what went wrong.

    Never raises for what the ZIP holds: F105 (damaged), F106 (password), F107 (nothing readable), F108 (too large
    when unpacked), F109 (unsafe paths), F114 (archives inside), F119 (papers in other forms), F120 (compression), F122
    (no papers), F132 (no room).
    Raises OSError when the disk refuses.
    """
    problems: list[Problem] = []
    try:
        with zipfile.ZipFile(path) as archive:
            members = _unpack_members(archive, name, workdir, limits, problems)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, IndexError, NotImplementedError, EOFError):
        problems.append(problem("F105", file=name))
        members = _salvage(path, workdir, limits)
    if not members and not any(p.code in ("F105", "F106", "F108", "F120", "F132") for p in problems):
        problems.append(problem("F107", file=name))
    return members, problems


def _unpack_members(
    archive: zipfile.ZipFile, name: str, workdir: Path, limits: Limits, problems: list[Problem]
) -> list[Member]:
    infos = archive.infolist()
    if len(infos) > limits.zip_members:
        problems.append(problem("F108", file=name, detail=f"{len(infos)} 个文件"))
        return []
    wanted, notes = _sort_out(archive, _decode_names(infos), name)
    problems.extend(notes)
    total = sum(entry.info.file_size for entry, _ in wanted if not _is_bomb(entry.info, limits))
    if total > limits.zip_bytes:
        problems.append(problem("F108", file=name, detail=f"{total / 1e6:.0f} MB"))
        return []
    workdir.mkdir(parents=True, exist_ok=True)
    if total + _RESERVE_BYTES > shutil.disk_usage(workdir).free:
        problems.append(problem("F132", file=name, detail=f"{(total + _RESERVE_BYTES) / 1e6:.0f} MB"))
        return []
    members: list[Member] = []
    for entry, kind in wanted:
        shown_name = shown(entry.name)
        if _is_bomb(entry.info, limits):
            ratio = entry.info.file_size / max(1, entry.info.compress_size)
            problems.append(problem("F108", file=shown_name, detail=f"压缩比 {ratio:.0f}"))
            continue
        try:
            with archive.open(entry.info) as stream:
                target, digest, whole = _store(stream, workdir, entry.info.file_size)
        except NotImplementedError:
            problems.append(problem("F120", file=shown_name))
            continue
        except (zipfile.BadZipFile, RuntimeError, ValueError, EOFError):
            problems.append(problem("F105", file=shown_name))
            continue
        if not whole:
            problems.append(problem("F105", file=shown_name))
        members.append(Member(shown_name, target, digest, kind))
    return members


def _sort_out(
    archive: zipfile.ZipFile, entries: list[_Entry], name: str
) -> tuple[list[tuple[_Entry, Kind]], list[Problem]]:
    """The members that are pages, in natural order, and notes about the others."""
    unsafe: list[str] = []
    nested: list[str] = []
    papers: list[str] = []
    plain: list[str] = []
    locked: list[str] = []
    wanted: list[tuple[_Entry, Kind]] = []
    for entry in sorted(entries, key=lambda e: natural_key(e.name)):
        if entry.name.endswith("/") or any(is_hidden(part) for part in PurePosixPath(entry.name).parts if part != ".."):
            continue
        suffix = PurePosixPath(entry.name).suffix.lower()
        if _points_outside(entry.name) or _is_link(entry.info):
            unsafe.append(entry.name)
        elif suffix in ARCHIVE_SUFFIXES or kind_of_name(entry.base) == "zip":
            nested.append(entry.name)
        elif suffix in PAPER_SUFFIXES:
            papers.append(entry.name)
        elif suffix in PLAIN_SUFFIXES:
            plain.append(entry.name)
        elif entry.info.flag_bits & _ENCRYPTED_FLAG:
            locked.append(entry.name)
        else:
            kind = kind_of_name(entry.base) or _kind_inside(archive, entry.info)
            if kind in ("pdf", "image"):
                wanted.append((entry, kind))
            elif kind == "zip":
                nested.append(entry.name)
            else:
                papers.append(entry.name)
    told = (("F106", locked), ("F109", unsafe), ("F114", nested), ("F119", papers), ("F122", plain))
    return wanted, [problem(code, file=name, detail=_listed(names)) for code, names in told if names]


def _kind_inside(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Kind:
    try:
        with archive.open(info) as stream:
            return kind_of_content(stream.read(HEAD_BYTES)) or "other"
    except (zipfile.BadZipFile, RuntimeError, ValueError, EOFError, zlib.error):
        return "other"


def _store(stream: IO[bytes], workdir: Path, size: int) -> tuple[Path, str, bool]:
    """Copies a member to a file named after its hash; whether all of it came. Raises OSError.

    A member whose check sum is wrong is kept as far as it could be read: the page may still be legible.
    """
    digest = hashlib.sha256()
    whole, written = True, 0
    with draft(workdir) as part:
        with part.open("wb") as target:
            try:
                while block := stream.read(_BLOCK):
                    digest.update(block)
                    target.write(block)
                    written += len(block)
            except (zipfile.BadZipFile, zlib.error, EOFError):
                whole = False
        final = workdir / f"{digest.hexdigest()}.bin"
        keep(part, final)
    return final, digest.hexdigest(), whole and written == size


def _salvage(path: Path, workdir: Path, limits: Limits) -> list[Member]:
    """Members that can still be read in a ZIP whose directory is gone (cut off while copying). Raises OSError."""
    found: list[tuple[Stray, Path, str]] = []
    for stray in stray_members(path, limits.zip_members, limits.zip_bytes):
        if kind_of_name(stray.raw_name.decode("latin-1")) in ("pdf", "image") and stray.data:
            target, digest, _ = _store(io.BytesIO(stray.data), workdir, len(stray.data))
            found.append((replace(stray, data=b""), target, digest))
    encoding = _encoding_of(stray.raw_name for stray, _, _ in found if not stray.is_utf8)
    members = []
    for stray, target, digest in found:
        name = shown(_as_posix(stray.raw_name.decode("utf-8" if stray.is_utf8 else encoding, "replace")))
        kind = kind_of_name(name)
        unsafe = _points_outside(name) or any(is_hidden(part) for part in PurePosixPath(name).parts)
        if not unsafe and kind in ("pdf", "image"):
            members.append(Member(name, target, digest, kind))
    return sorted(members, key=lambda member: natural_key(member.name))
