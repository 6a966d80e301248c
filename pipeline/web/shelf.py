"""The runs that a server shows, and their cases as they were written. Read-only; nothing is kept but what was read.

Addresses hold no names: a run and a case are called by short hashes, so that neither histories nor logs of a browser
tell whose file was read, and no name can lead out of the folder.
"""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

from pipeline.problems import InputError
from pipeline.store.workspace import Workspace
from pipeline.summary.links import JSON_FOLDER

Json = dict[str, Any]
KEPT_CASES = 16
"""Cases whose JSON is kept parsed: what a handful of evaluators have open."""


def case_slug(case_id: str) -> str:
    """Name a case in addresses: 12 hex digits of its id."""
    return hashlib.sha256(case_id.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def run_slug(root: Path) -> str:
    """Name a run in addresses: 8 hex digits of where it lies."""
    return hashlib.sha256(str(root.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:8]


@dataclass(slots=True)
class Run:
    """One run folder. `name` is what people see."""

    root: Path
    slug: str
    name: str
    _files: dict[str, str] = field(default_factory=dict)
    _seen: int = 0
    _kept: OrderedDict[str, tuple[tuple[int, int], Json]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    @property
    def workspace(self) -> Workspace:
        return Workspace(self.root)

    @property
    def folder(self) -> Path:
        return self.root / JSON_FOLDER

    def written(self) -> int:
        """Tell when a case was last written or taken away, in ns; -1 where there is no folder for them."""
        try:
            return self.folder.stat().st_mtime_ns
        except OSError:
            return -1

    def cases(self) -> dict[str, str]:
        """Give the ids of all cases by their slugs, as they lie there now."""
        changed = self.written()
        with self._lock:
            if changed != self._seen:
                found = sorted(path.stem for path in self.folder.glob("*.json")) if changed >= 0 else []
                self._files = {case_slug(case_id): case_id for case_id in found}
                self._seen = changed
            return self._files

    def stamp(self, case_id: str) -> tuple[int, int]:
        """Tell when a case's JSON was written and its size. Raises KeyError where there is none."""
        try:
            facts = (self.folder / f"{case_id}.json").stat()
        except OSError as error:
            raise KeyError(case_id) from error
        return facts.st_mtime_ns, facts.st_size

    def case(self, slug: str) -> Json:
        """Give the JSON of a case as the run wrote it; not to be changed. Raises KeyError where there is none."""
        case_id = self.cases()[slug]
        stamp = self.stamp(case_id)
        with self._lock:
            if slug in self._kept and self._kept[slug][0] == stamp:
                self._kept.move_to_end(slug)
                return self._kept[slug][1]
        try:
            case: Json = json.loads((self.folder / f"{case_id}.json").read_bytes())
        except (OSError, ValueError) as error:
            raise KeyError(case_id) from error
        with self._lock:
            self._kept[slug] = (stamp, case)
            while len(self._kept) > KEPT_CASES:
                self._kept.popitem(last=False)
        return case


class Shelf:
    """All runs of a server, in the order given."""

    def __init__(self, roots: list[Path]) -> None:
        """Raises `InputError` where a folder holds no run."""
        self._runs: dict[str, Run] = {}
        for root in roots:
            if not (root / "ledger.db").is_file():
                raise InputError(f"不是运行文件夹 (没有 ledger.db): {root}", "请给出 prescreen run --out 的文件夹")
            slug = run_slug(root)
            self._runs[slug] = Run(root, slug, root.resolve().name)

    @property
    def runs(self) -> tuple[Run, ...]:
        return tuple(self._runs.values())

    def run(self, slug: str) -> Run:
        """Raises KeyError where there is no such run."""
        return self._runs[slug]
