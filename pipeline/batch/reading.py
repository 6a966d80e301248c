"""Page readings of a run: known from the ledger, or kept in it as they come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.casefile import PageText
from pipeline.config import Settings
from pipeline.problems import CATALOGUE, PASSING
from pipeline.store.ledger import Ledger, Reader
from pipeline.store.ledger import Place as LedgerPlace
from pipeline.store.pages import unpack_page

PAGE_LIMITS = {"seconds_per_page", "memory_mb", "image_pixels", "page_points"}
"""What decides whether a page is given up. A page that was given up is tried again when one of these changes."""
THIS_RUN = "this run"
"""The condition of a result that the next run drops: the file was gone or replaced when the page was to be read."""
TOLD_BY_MODEL = {"engine", "backend", "models"}
"""Settings that only choose the engine: its name and version say what came of them, wherever the weights lie."""

TOO_POOR = "P207"
"""The problem of a page whose text is too poor to say anything of it."""


@dataclass(frozen=True, slots=True)
class NewReading:
    """What a worker made of a page. `code`: why the page is unreadable, "" where it is not."""

    packed: bytes
    failed: bool
    code: str

    @property
    def passing(self) -> bool:
        """Whether it failed for a reason of the moment: its file was gone, or another one."""
        return self.failed and self.code in PASSING


def new_reading(packed: bytes) -> NewReading:
    """Look at what a worker made of a page."""
    content = unpack_page(packed) or PageText("failed")
    return NewReading(packed, content.kind == "failed", unreadable_code(content))


class Reading:
    """Looks up and keeps packed page readings; counts `read` and `reused` pages.

    Machines of different kinds read by different readers. Each reading is kept under the one that made it, and those
    of every reader that took part in this run count as known.
    """

    def __init__(self, ledger: Ledger, settings: Settings, models: Sequence[str]) -> None:
        """Set up for the engines that read. `models`: their names and versions, at least one."""
        from pipeline.ocr.read import READING_VERSION

        self._ledger = ledger
        self._version = str(READING_VERSION)
        self._parameters = settings.ocr.model_dump_json(exclude=TOLD_BY_MODEL)
        self._readers = {model: self._reader(model) for model in models}
        self._first = self._readers[models[0]]
        ledger.note_reader(self._first)
        ledger.forget_failures(THIS_RUN)
        self._conditions = settings.limits.model_dump_json(include=PAGE_LIMITS)
        self.read = 0
        self.reused = 0

    def known(self, file_sha256: str, page: int) -> tuple[bytes, str] | None:
        """Give the reading of an earlier run and why it is unreadable ("" where it is not), or None.

        One that is damaged counts as none.
        """
        for reader in self._readers.values():
            packed = self._ledger.result(file_sha256, page, reader, self._conditions)
            content = unpack_page(packed) if packed else None
            if packed is not None and content is not None:
                self.reused += 1
                return packed, unreadable_code(content)
        return None

    def again(self, file_sha256: str, page: int) -> bytes:
        """Give the reading of a page of this run once more; empty where it was not kept."""
        found = (self._ledger.result(file_sha256, page, one, self._conditions) for one in self._readers.values())
        return next((packed for packed in found if packed), b"")

    def keep(
        self,
        file_sha256: str,
        page: int,
        reading: NewReading,
        seconds: float,
        places: Sequence[LedgerPlace],
        model: str = "",
    ) -> None:
        """Keep a new reading and settle the pages that it is of; what is of the moment holds for this run only.

        `model` is the engine that made it; "" for the first of those that were named.
        """
        lasting = THIS_RUN if reading.passing else self._conditions
        self._ledger.keep_result(
            file_sha256,
            page,
            self._readers.setdefault(model, self._reader(model)) if model else self._first,
            reading.packed,
            seconds=seconds,
            conditions=lasting if reading.failed else "",
            places=places,
            code=reading.code,
        )
        self.read += 1

    def _reader(self, model: str) -> Reader:
        return Reader("page", self._version, model, self._parameters)


def unreadable_code(page: PageText) -> str:
    """Give the code of the problem that made a page unreadable; "" for one that was read, be it badly."""
    if page.kind == "failed":
        lost = (p.code for p in page.problems if CATALOGUE[p.code].fatal_for != "nothing")
        return next(lost, "P205")
    return TOO_POOR if page.quality.grade == "unreadable" else ""


def rotation_of(packed: bytes) -> Literal[0, 90, 180, 270]:
    """Tell by how many degrees clockwise a read page is turned to be upright."""
    content = unpack_page(packed)
    return content.rotation if content else 0
