"""What the ledger of a run holds of a page: its lines with their scores."""

from __future__ import annotations

from typing import Any

from pipeline.batch.origin import content_of
from pipeline.casefile import PageText
from pipeline.problems import PrescreenError
from pipeline.store.ledger import Ledger
from pipeline.store.pages import unpack_page
from pipeline.web.shelf import Run


def reading_of(run: Run, case: dict[str, Any], page: dict[str, Any]) -> PageText | None:
    """Give what the last run read on a page of a case's JSON; None where the ledger does not hold it (any more)."""
    return readings_of(run, case, frozenset({page["page"]})).get(page["page"])


def readings_of(run: Run, case: dict[str, Any], numbers: frozenset[int]) -> dict[int, PageText]:
    """Give what the last run read on some pages of a case's JSON, as far as the ledger holds it."""
    pages = [page for page in case["pages"] if page["page"] in numbers]
    found: dict[int, PageText] = {}
    try:
        with Ledger(run.workspace.ledger, read_only=True) as ledger:
            for page in pages:
                sha256 = content_of(case, page)
                packed = ledger.last_result(sha256, page["file_page"] - 1) if sha256 else None
                reading = None if packed is None else unpack_page(packed)
                if reading is not None:
                    found[page["page"]] = reading
    except PrescreenError:
        return {}
    return found
