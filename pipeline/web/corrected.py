"""A case as it stands now: as the run wrote it, or judged anew with what people corrected since.

What was judged anew is kept under `RUN/reviewed/`, with a note of what it was made from; it may be thrown away any
time. A run that went through since has taken the corrections in: then the case is as the run wrote it.
"""

from __future__ import annotations

import json
import math
import os
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

import pipeline
from pipeline.corrections import Correction, in_force
from pipeline.store.reviews import Reviews
from pipeline.web.judging import Judging, JudgingError
from pipeline.web.shelf import KEPT_CASES, Json, Run

FOLDER = "reviewed"
KEPT_EFFECTS = 200
AGAIN_SECONDS = 20.0
"""A case that could not be judged is tried again after so long."""
Signature = tuple[tuple[int, int], ...]


@dataclass(slots=True)
class CorrectedCases:
    """Gives the cases of a server's runs; safe for threads."""

    judging: Judging
    _standing: dict[str, tuple[Signature, dict[str, tuple[Correction, ...]]]] = field(default_factory=dict)
    _kept: OrderedDict[tuple[str, str], tuple[list[Any], Json, float]] = field(default_factory=OrderedDict)
    _effects: OrderedDict[tuple[str, int], str] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)
    _judges: Lock = field(default_factory=Lock)

    def case(self, run: Run, slug: str) -> Json:
        """Give a case as it stands now; not to be changed. Raises KeyError where there is none."""
        base = run.case(slug)
        standing = self.standing(run).get(base["case_id"], ())
        if [one.id for one in in_force(standing)] == [one["id"] for one in base.get("corrections", ())]:
            return base
        stamp = _stamp(run, base["case_id"], standing)
        with self._judges:  # who asks for the same case meanwhile waits for the same answer
            return self._known(run, slug, stamp) or self._judged(run, slug, base, standing, stamp)

    def prepare(self, run: Run, case: Json) -> None:
        """Make the first correction of a case quick that somebody has just opened."""
        if case["pages"]:
            self.judging.prepare(run.root, case["case_id"], self.standing(run).get(case["case_id"], ()))

    def stamp(self, run: Run, slug: str) -> str:
        """Tell which state of a case `case` gives: another stamp, another state. "" where there is none."""
        try:
            case_id = run.cases()[slug]
            standing = self.standing(run).get(case_id, ())
            return json.dumps(_stamp(run, case_id, standing) if standing else run.stamp(case_id))
        except KeyError:
            return ""

    def signature(self, run: Run) -> Signature:
        """Give what is another as soon as anybody corrects anything in a run."""
        return _signature(run.workspace.reviews)

    def standing(self, run: Run) -> dict[str, tuple[Correction, ...]]:
        """Give the corrections that stand in a run, by case id; read anew when the file has changed."""
        path = run.workspace.reviews
        now = _signature(path)
        with self._lock:
            known = self._standing.get(run.slug)
            if known is not None and known[0] == now:
                return known[1]
        found = Reviews(path).standing_of_all()
        with self._lock:
            self._standing[run.slug] = (now, found)
        return found

    def remember(self, run: Run, correction: int, effect: str) -> None:
        """Keep for a while what became of a correction, for the page that is shown next."""
        with self._lock:
            self._effects[run.slug, correction] = effect
            while len(self._effects) > KEPT_EFFECTS:
                self._effects.popitem(last=False)

    def effect(self, run: Run, correction: int) -> str:
        """Say what became of a correction; "" where that is no longer known."""
        with self._lock:
            return self._effects.get((run.slug, correction), "")

    def _known(self, run: Run, slug: str, stamp: list[Any]) -> Json | None:
        with self._lock:
            kept = self._kept.get((run.slug, slug))
            if kept is not None and kept[0] == stamp and time.monotonic() < kept[2]:
                self._kept.move_to_end((run.slug, slug))
                return kept[1]
        try:
            note, _, content = _place(run, slug).read_bytes().partition(b"\n")
            if json.loads(note) != stamp:
                return None
            case: Json = json.loads(content)
        except (OSError, ValueError):
            return None
        return self._keep(run, slug, stamp, case)

    def _judged(self, run: Run, slug: str, base: Json, standing: tuple[Correction, ...], stamp: list[Any]) -> Json:
        try:
            content = self.judging.judge(run.root, base["case_id"], standing)
        except JudgingError as error:  # the case is shown as the run left it, and says so
            case = base | {"errors": [*base["errors"], _trouble(str(error))]}
            return self._keep(run, slug, stamp, case, time.monotonic() + AGAIN_SECONDS)
        _write(_place(run, slug), json.dumps(stamp).encode() + b"\n" + content)
        return self._keep(run, slug, stamp, json.loads(content))

    def _keep(self, run: Run, slug: str, stamp: list[Any], case: Json, until: float = math.inf) -> Json:
        with self._lock:
            self._kept[run.slug, slug] = (stamp, case, until)
            self._kept.move_to_end((run.slug, slug))
            while len(self._kept) > KEPT_CASES:
                self._kept.popitem(last=False)
        return case


def _stamp(run: Run, case_id: str, standing: tuple[Correction, ...]) -> list[Any]:
    """What a case judged anew is made from, as JSON gives it back. Raises KeyError where the run has no such case."""
    return [pipeline.__version__, list(run.stamp(case_id)), [one.id for one in standing]]


def _signature(path: Path) -> Signature:
    """When a database was last written, and how long it is; its log counts, too."""
    found = []
    for each in (path, path.with_name(f"{path.name}-wal")):
        try:
            facts = each.stat()
        except OSError:
            found.append((0, 0))
        else:
            found.append((facts.st_mtime_ns, facts.st_size))
    return tuple(found)


def _place(run: Run, slug: str) -> Path:
    return run.root / FOLDER / f"{slug}.json"


def _write(path: Path, content: bytes) -> None:
    """Put a whole file in its place; where that fails, the case is judged again next time."""
    part = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}.part")
    try:
        path.parent.mkdir(exist_ok=True)
        part.write_bytes(content)
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)


def _trouble(why: str) -> Json:
    return {
        "page": None,
        "file": None,
        "message": why,
        "code": "F131",
        "advice": "更正已保存; 请稍后刷新, 或重新运行 prescreen run",
        "file_page": None,
        "lost": "nothing",
    }
