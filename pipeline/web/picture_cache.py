"""Pictures of pages that were drawn once, kept under RUN/pages/ by what they show; the oldest go when there are many.

They are no output of the run: the ledger does not know them, a later run neither counts nor removes them, and the
folder may be thrown away at any time. Several threads, and several servers, may share it: a picture is moved into its
place whole, and its name says what it holds.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Literal

from pipeline.intake.workfiles import draft, keep

FOLDER = "pages"
MOST_BYTES = 1 << 30
"""What the pictures of one run may take: some 8,000 pages."""
KEPT_SHARE = 0.8
"""How much of that is left when the oldest are removed."""
COUNT_AFTER = 256
"""Pictures after which the folder is counted anew: another server may write into it, too."""
TOUCHED_SECONDS = 3600.0
"""A picture that is looked at counts as new again, once in so long."""
_BEGINS, _ENDS = b"\xff\xd8", b"\xff\xd9"


@dataclass(frozen=True, slots=True)
class PictureName:
    """What a picture shows: page `index` (from 0) of the file of that content, turned, `width` pixels wide at most."""

    sha256: str
    index: int
    rotation: Literal[0, 90, 180, 270]
    width: int
    drawing: int

    @property
    def tag(self) -> str:
        """The name in letters and digits, for a file and for an answer's ETag."""
        return f"{self.sha256}-{self.index}-{self.rotation}-{self.width}-{self.drawing}"


class PictureCache:
    """The pictures of one run folder."""

    def __init__(self, run_folder: Path, most_bytes: int = MOST_BYTES) -> None:
        self.folder = run_folder / FOLDER
        self._most = most_bytes
        self._held = -1
        self._since_count = 0
        self._lock = Lock()

    def get(self, name: PictureName) -> bytes | None:
        """Give a picture that was kept; a damaged one is removed."""
        path = self._path(name)
        try:
            content = path.read_bytes()
            if not (content.startswith(_BEGINS) and content.endswith(_ENDS)):
                path.unlink(missing_ok=True)
                return None
        except OSError:
            return None
        self._touch(path)
        return content

    def has(self, name: PictureName) -> bool:
        """Tell whether a picture is kept."""
        return self._path(name).is_file()

    def put(self, name: PictureName, content: bytes) -> None:
        """Keep a picture. A folder that cannot be written keeps none; the picture is shown all the same."""
        path = self._path(name)
        try:
            with draft(path.parent) as part:
                part.write_bytes(content)
                keep(part, path)
        except OSError:
            return
        with self._lock:
            self._since_count += 1
            if self._held < 0 or self._since_count >= COUNT_AFTER:
                self._held = sum(size for _, size, _ in self._kept())
                self._since_count = 0
            else:
                self._held += len(content)
            if self._held > self._most:
                self._remove_oldest()

    def _path(self, name: PictureName) -> Path:
        return self.folder / name.sha256[:2] / f"{name.tag}.jpg"

    def _touch(self, path: Path) -> None:
        now = time.time()
        try:
            if now - path.stat().st_mtime > TOUCHED_SECONDS:
                os.utime(path, (now, now))
        except OSError:
            return

    def _kept(self) -> list[tuple[float, int, Path]]:
        found = []
        for path in self.folder.glob("??/*.jpg"):
            try:
                facts = path.stat()
            except OSError:
                continue
            found.append((facts.st_mtime, facts.st_size, path))
        return found

    def _remove_oldest(self) -> None:
        kept = sorted(self._kept())
        self._held = sum(size for _, size, _ in kept)
        for _, size, path in kept:
            if self._held <= self._most * KEPT_SHARE:
                return
            try:
                path.unlink(missing_ok=True)
            except OSError:
                continue  # somebody reads it: on Windows it stays
            self._held -= size
