"""Page readings of a run: known from the ledger, or kept in it as they come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pipeline.casefile import PageText
from pipeline.config import Settings
from pipeline.problems import CATALOGUE
from pipeline.store.ledger import Ledger, Reader
from pipeline.store.ledger import Place as LedgerPlace
from pipeline.store.pages import unpack_page

PAGE_LIMITS = {"seconds_per_page", "memory_mb", "image_pixels", "page_points"}
"""What decides whether a page is given up. A page that was given up is tried again when one of these changes."""
TOLD_BY_MODEL = {"engine", "backend", "models"}
"""Settings that only choose the engine: its name and version say what came of them, wherever the weights lie."""

TOO_POOR = "P207"
"""The problem of a page whose text is too poor to say anything of it."""


class Reading:
    """Looks up and keeps packed page readings; counts `read` and `reused` pages."""

    def __init__(self, ledger: Ledger, settings: Settings, model: str) -> None:
        """Set up for one engine. `model`: its name and version."""
        from pipeline.ocr.read import READING_VERSION

        self._ledger = ledger
        self._reader = Reader("page", str(READING_VERSION), model, settings.ocr.model_dump_json(exclude=TOLD_BY_MODEL))
        ledger.note_reader(self._reader)
        self._conditions = settings.limits.model_dump_json(include=PAGE_LIMITS)
        self.read = 0
        self.reused = 0

    def known(self, file_sha256: str, page: int) -> tuple[bytes, str] | None:
        """Give the reading of an earlier run and why it is unreadable ("" where it is not), or None.

        One that is damaged counts as none.
        """
        packed = self._ledger.result(file_sha256, page, self._reader, self._conditions)
        content = unpack_page(packed) if packed else None
        if packed is None or content is None:
            return None
        self.reused += 1
        return packed, unreadable_code(content)

    def again(self, file_sha256: str, page: int) -> bytes:
        """Give the reading of a page of this run once more; empty where it was not kept."""
        return self._ledger.result(file_sha256, page, self._reader, self._conditions) or b""

    def keep(self, file_sha256: str, page: int, packed: bytes, seconds: float, places: Sequence[LedgerPlace]) -> bool:
        """Keep a new reading and settle the pages that it is of; tells whether the page was given up."""
        content = unpack_page(packed) or PageText("failed")
        failed = content.kind == "failed"
        self._ledger.keep_result(
            file_sha256,
            page,
            self._reader,
            packed,
            seconds=seconds,
            conditions=self._conditions if failed else "",
            places=places,
            code=unreadable_code(content),
        )
        self.read += 1
        return failed


def unreadable_code(page: PageText) -> str:
    """Give the code of the problem that made a page unreadable; "" for one that was read, be it badly."""
    if page.kind == "failed":
        lost = (p.code for p in page.problems if CATALOGUE[p.code].fatal_for == "page")
        return next(lost, "P205")
    return TOO_POOR if page.quality.grade == "unreadable" else ""


def rotation_of(packed: bytes) -> Literal[0, 90, 180, 270]:
    """Tell by how many degrees clockwise a read page is turned to be upright."""
    content = unpack_page(packed)
    return content.rotation if content else 0
