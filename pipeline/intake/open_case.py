"""One case → the files that hold its pages, in reading order, and what could not be opened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from pipeline.config import Limits
from pipeline.intake.archive import Member, unpack
from pipeline.intake.discover import CaseSource
from pipeline.intake.failures import FileError, reason_zh
from pipeline.intake.image import count_frames
from pipeline.intake.kinds import (
    ARCHIVE_SUFFIXES,
    PLAIN_SUFFIXES,
    Kind,
    kind_of_content,
    kind_of_file,
    kind_of_name,
    read_head,
)
from pipeline.intake.names import natural_key, shown
from pipeline.intake.pdf import prepare_pdf
from pipeline.intake.stamp import Stamp, sha256_of, stamp_of
from pipeline.intake.walk import walk
from pipeline.problems import Problem, problem

_NAMES_IN_A_MESSAGE = 5
_LOOKS = 2
"""How often a file is opened that changes while it is looked at."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file with pages.

    `name` is what the user sees: a posix path within the case. `path` is what is read: the original, or an unpacked
    or repaired copy. `sha256` is that of the original bytes, `stamp` what the system told of them when they were
    hashed; None where a copy is read, which nobody replaces.
    """

    name: str
    path: Path
    sha256: str
    kind: Literal["pdf", "image"]
    pages: int
    stamp: Stamp | None = None


@dataclass(frozen=True, slots=True)
class CaseInput:
    """The files of one case in reading order. A case without files has at least one problem that says why."""

    case_id: str
    files: tuple[SourceFile, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    name: str
    path: Path
    sha256: str = ""


def open_case(source: CaseSource, workdir: Path, limits: Limits) -> CaseInput:
    """Find, unpack, mend and count the files of a case.

    Copies are written under `workdir` only, under names made of hashes: the same input gives the same copies. Never
    raises for what the case holds: a file that cannot be read is a problem (codes F1xx), the others are kept.
    """
    problems: list[Problem] = []
    try:
        candidates = _candidates(source, workdir, limits, problems)
    except OSError as error:
        problems.append(problem("F113", file=shown(source.path.name), detail=reason_zh(error)))
        candidates = []
    files: list[SourceFile] = []
    left = limits.pages_per_case
    for candidate in candidates:
        try:
            file, notes = _open_file(candidate, workdir, limits)
            problems.extend(notes)
            if file.pages > left:
                raise FileError(over_the_limit(file, limits))
            left -= file.pages
            files.append(file)
        except FileError as error:
            problems.append(error.problem)
        except OSError as error:
            problems.append(problem("F113", file=candidate.name, detail=reason_zh(error)))
    return CaseInput(source.case_id, tuple(files), tuple(problems))


def over_the_limit(file: SourceFile, limits: Limits) -> Problem:
    """Say that a file would take its case over the pages that one may have."""
    detail = f"整个案卷超过 {limits.pages_per_case} 页"
    return replace(problem("F111", file=file.name, detail=detail), pages=file.pages)


def _candidates(source: CaseSource, workdir: Path, limits: Limits, problems: list[Problem]) -> list[_Candidate]:
    """The files that should hold pages, in reading order. Raises OSError."""
    path = source.path
    if path.is_dir():
        return _in_folder(path, problems)
    name = shown(path.name)
    if _what(path) == "zip" and kind_of_name(path.name) not in ("pdf", "image"):
        if path.stat().st_size == 0:
            problems.append(problem("F103", file=name))
            return []
        members, notes = _unpacked(path, name, workdir, limits)
        problems.extend(notes)
        return [_Candidate(member.name, member.path, member.sha256) for member in members]
    return [_Candidate(name, path)]


def _unpacked(path: Path, name: str, workdir: Path, limits: Limits) -> tuple[list[Member], list[Problem]]:
    """A ZIP's members, all of one and the same ZIP. Raises OSError."""
    for _ in range(_LOOKS):
        before = stamp_of(path)
        members, notes = unpack(path, name, workdir, limits)
        if stamp_of(path) == before:
            return members, notes
    return [], [problem("F121", file=name)]


def _in_folder(folder: Path, problems: list[Problem]) -> list[_Candidate]:
    found: list[_Candidate] = []
    packed: list[str] = []
    papers: list[str] = []
    plain: list[str] = []
    for entry in walk(folder):
        name = shown(entry.path.relative_to(folder).as_posix()) if entry.path != folder else shown(folder.name)
        suffix = entry.path.suffix.lower()
        if entry.trouble:
            problems.append(problem("F113", file=name, detail=entry.trouble))
            continue
        if name.lower().endswith(".truth.json"):
            continue
        kind = kind_of_file(entry.path)
        if kind in ("pdf", "image"):
            found.append(_Candidate(name, entry.path))
        elif kind == "zip" or suffix in ARCHIVE_SUFFIXES:
            packed.append(name)
        elif suffix in PLAIN_SUFFIXES:
            plain.append(name)
        else:
            papers.append(name)
    problems.sort(key=lambda p: natural_key(p.file or ""))
    for code, names in (("F118", packed), ("F119", papers), ("F122", plain)):
        if names:
            problems.append(problem(code, file=shown(folder.name), detail=_listed(names)))
    if not found:
        problems.append(problem("F117", file=shown(folder.name)))
    return sorted(found, key=lambda candidate: natural_key(candidate.name))


def _listed(names: Iterable[str]) -> str:
    held = sorted(names, key=natural_key)
    more = f" 等 {len(held)} 个" if len(held) > _NAMES_IN_A_MESSAGE else ""
    return "、".join(held[:_NAMES_IN_A_MESSAGE]) + more


def _what(path: Path) -> Kind:
    """What a file is. Raises OSError.

    Its content leads, because pages are saved under wrong extensions; a file whose content says nothing is taken by
    its name, because damaged PDFs lose their header.
    """
    return kind_of_content(read_head(path)) or kind_of_name(path.name) or "other"


def _open_file(candidate: _Candidate, workdir: Path, limits: Limits) -> tuple[SourceFile, tuple[Problem, ...]]:
    """Raises FileError with the problem of the file (F121 where it changes while it is looked at), and OSError."""
    if candidate.sha256:  # a copy
        return _look(candidate, workdir, limits)
    for _ in range(_LOOKS):
        before = stamp_of(candidate.path)
        try:
            file, notes = _look(candidate, workdir, limits)
        except FileError:
            if stamp_of(candidate.path) == before:
                raise
            continue
        if stamp_of(candidate.path) == before:
            return replace(file, stamp=before if file.path == candidate.path else None), notes
    raise FileError(problem("F121", file=candidate.name))


def _look(candidate: _Candidate, workdir: Path, limits: Limits) -> tuple[SourceFile, tuple[Problem, ...]]:
    """Raises FileError with the problem of the file, and OSError."""
    name, path = candidate.name, candidate.path
    promised = kind_of_name(name)
    if path.stat().st_size == 0 and promised != "image":
        raise FileError(problem("F103", file=name))
    digest = candidate.sha256 or sha256_of(path)
    kind = kind_of_content(read_head(path)) or promised
    if kind == "image" or (promised == "image" and kind != "pdf"):
        return SourceFile(name, path, digest, "image", count_frames(path, name, limits)), ()
    if kind != "pdf":
        raise FileError(problem("F104", file=name))
    try:
        prepared = prepare_pdf(path, name, workdir / f"{digest}.pdf", limits)
    except FileError as error:
        if error.problem.code == "F102" and kind_of_content(read_head(path)) is None:
            raise FileError(problem("F104", file=name)) from error
        raise
    return SourceFile(name, prepared.path, digest, "pdf", prepared.pages), prepared.problems
