"""The list of a run's cases, kept true while cases are written: what the batch page shows and searches."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Hashable
from threading import Lock, Thread

from pipeline.store.search_index import Flag, Hit, IndexRow, SearchIndex
from pipeline.summary.overview import case_row
from pipeline.web.shelf import Json, Run

TICK_SECONDS = 1.0
AT_ONCE = 25
"""Cases that a request takes in itself; more are taken in beside it, and the page says how many are to come."""
_PLACE = re.compile(r"[^省市区县旗盟]{1,10}(?:自治区|自治县|省|市|地区|盟|县|区|旗)")


def county_of(agency: str) -> str:
    """Tell the county of an agency by its name: 平顶山市叶县法律援助中心 is 叶县's; "" where it names none."""
    place = re.split(r"法律援助|司法", agency)[0]
    found = [name for name in _PLACE.findall(place) if not name.endswith(("省", "自治区"))]
    return str(found[-1]) if found else ""


def index_row(slug: str, case: Json) -> IndexRow:
    """Take a case's row from its JSON."""
    row = case_row(case)
    people = case["people"]
    agency = people.get("agency") or ""
    return IndexRow(
        slug=slug,
        case_id=row.case_id.encode("utf-8", "replace").decode("utf-8"),
        status=row.status,
        kind=row.case_kind or "",
        stage=row.stage or "",
        recipient=row.recipient or "",
        lawyer=row.lawyer or "",
        firm=people.get("law_firm") or "",
        agency=agency,
        county=county_of(agency),
        pages=row.pages,
        unreadable=len(row.unreadable),
        high=row.high,
        medium=row.medium,
        low=row.low,
        unsure=row.unsure,
        attention=row.attention,
        flags=tuple(Flag(f["rule"], f["title"], f["severity"], f["key"]) for f in case["findings"]),
        doubts=tuple(f"outcome:{o['rule']}" for o in case["outcomes"] if o["verdict"] == "unsure"),
        errors=row.errors,
    )


class Catalogue:
    """One run's list. `load` gives a case as it stands now, `stamp` tells which state that is.

    `token` is cheap to ask for and another whenever any case may be in another state.
    """

    def __init__(
        self, run: Run, load: Callable[[str], Json], stamp: Callable[[str], str], token: Callable[[], Hashable]
    ) -> None:
        self._run = run
        self._load = load
        self._stamp = stamp
        self._token = token
        self._seen: tuple[Hashable, float] = (None, 0.0)
        self._true = False
        self._index = SearchIndex(run.root / "index.db")
        self._lock = Lock()
        self._worker: Thread | None = None
        self._rows: tuple[IndexRow, ...] = self._index.rows()
        self._stamps = self._index.stamps()

    def rows(self) -> tuple[tuple[IndexRow, ...], int]:
        """Give all cases that are taken in, those first that most need a person, and how many are to come."""
        with self._lock:
            if self._settled():
                return self._rows, 0
            stale, gone = self._changed()
            self._true = not stale and not gone
            if self._worker is not None and self._worker.is_alive():
                return self._rows, len(stale)
            if gone or stale:
                if len(stale) <= AT_ONCE:
                    self._take_in(stale, gone)
                    return self._rows, 0
                self._worker = Thread(target=self._take_in_all, daemon=True)
                self._worker.start()
            return self._rows, len(stale)

    def _settled(self) -> bool:
        """Tell whether nothing can have changed since the list was last found to be true.

        What was written within the same tick of the file system's clock has the same token, so that a token counts
        only when it has stood for a while.
        """
        token, now = self._token(), time.monotonic()
        if token != self._seen[0]:
            self._seen, self._true = (token, now), False
        return self._true and now - self._seen[1] > TICK_SECONDS

    def search(self, words: str, slugs: frozenset[str] | None) -> tuple[Hit, ...]:
        """Find pages that hold the words."""
        return self._index.search(words, slugs)

    def _changed(self) -> tuple[list[str], list[str]]:
        now = {slug: self._stamp(slug) for slug in self._run.cases()}
        stale = [slug for slug, stamp in now.items() if self._stamps.get(slug) != stamp]
        return stale, [slug for slug in self._stamps if slug not in now]

    def _take_in_all(self) -> None:
        stale, gone = self._changed()
        for start in range(0, len(stale), AT_ONCE):
            self._take_in(stale[start : start + AT_ONCE], gone)

    def _take_in(self, stale: list[str], gone: list[str]) -> None:
        self._index.drop(gone)
        for slug in stale:
            stamp = self._stamp(slug)
            try:
                case = self._load(slug)
            except KeyError:  # written anew or gone at this moment: the next look takes it in
                continue
            self._index.put(index_row(slug, case), stamp, {p["page"]: p["text"] for p in case["pages"]})
        self._rows, self._stamps = self._index.rows(), self._index.stamps()
