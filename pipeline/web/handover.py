"""What is handed over of a file or a batch: opinion sheet, searchable PDF, ledger. For the desk and `export`.

Who asks gets no more than he may see: the decisions come from outside, already sorted out.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from pipeline.casefile import Line, PageText
from pipeline.store.ledger import Ledger
from pipeline.store.pages import unpack_page
from pipeline.store.reviews import Review
from pipeline.summary.opinion import Decided, read_template, write_opinion
from pipeline.summary.reasons import DECIDED, in_words
from pipeline.summary.review_ledger import Reviewed, write_ledger
from pipeline.summary.searchable import Sheet, searchable_pdf
from pipeline.web.decisions import Decisions
from pipeline.web.pictures import Picture, Urgency, Width, wanted_picture
from pipeline.web.shelf import Json, Run
from pipeline.web.site import Site

DRAW_SECONDS = 120.0
AHEAD = 8
"""Pages that are drawn ahead of the one that is taken in."""
A4 = (1190, 1684)
"""Size of a page of which there is no picture."""


def decided_by_key(seen: Decisions) -> dict[str, list[Decided]]:
    """Put decisions into words, by key of what they are on; each evaluator once, in the order of their names."""
    found: dict[str, dict[str, Decided]] = {}
    for review in (*seen.mine.values(), *(one for several in seen.others.values() for one in several)):
        if review.decided or review.note:
            found.setdefault(review.key, {})[review.user] = _in_words(review)
    return {key: [by_user[user] for user in sorted(by_user)] for key, by_user in found.items()}


def _in_words(review: Review) -> Decided:
    return Decided(review.user, DECIDED[review.decision], in_words(review.decision, review.reason), review.note)


def opinion(site: Site, case: Json, decided: Mapping[str, Sequence[Decided]], evaluators: Sequence[str]) -> bytes:
    """Write a file's opinion sheet. Raises `UsageError` where the bureau's template cannot be used."""
    path = site.settings.desk.opinion_template
    year, month, day = site.now()[:10].split("-")
    date = f"{year}年{int(month)}月{int(day)}日"
    template = read_template(Path(path) if path else None)
    return write_opinion(template, case, site.names, decided, evaluators, date)


def ledger(site: Site, run: Run, cases: Iterable[tuple[str, Json, Decisions]], address: Callable[[str], str]) -> bytes:
    """Write the ledger of a batch: (slug, case, decisions) of each file; `address` gives a file's page by its slug."""
    reviewed = (Reviewed(case, address(slug), decided_by_key(seen), seen.done_by) for slug, case, seen in cases)
    with TemporaryDirectory(dir=run.root, prefix=".export-") as scratch:
        return write_ledger(run.name, reviewed, Path(scratch))


def searchable(site: Site, run: Run, case: Json) -> bytes:
    """Make the searchable PDF of a file from its pages as they are drawn for the desk and what was read on them."""
    with Ledger(run.workspace.ledger, read_only=True) as known:
        return searchable_pdf(_sheets(site, run, case, known), case["case_id"])


def _sheets(site: Site, run: Run, case: Json, known: Ledger) -> Iterator[Sheet]:
    pages = case["pages"]
    drawn: list[Future[Picture] | None] = []
    sha256 = {source["file"]: source["sha256"] for source in case["sources"]}
    for number, page in enumerate(pages):
        while len(drawn) < min(len(pages), number + AHEAD):
            wanted = wanted_picture(run.root, case, pages[len(drawn)], Width.LARGE)
            drawn.append(site.pictures.ask(wanted, Urgency.AHEAD) if wanted else None)
        future = drawn[number]
        drawn[number] = None  # its bytes: a file of hundreds of pages must not stand in memory twice
        jpeg = _jpeg(future)
        lines = _lines(known, sha256.get(page["file"], ""), page)
        if jpeg is None:
            yield Sheet(None, *A4, (), f"第 {page['page']} 页没有图像 {page['text']}")
        else:
            with Image.open(io.BytesIO(jpeg)) as picture:
                yield Sheet(jpeg, *picture.size, lines)


def _jpeg(future: Future[Picture] | None) -> bytes | None:
    if future is None:
        return None
    try:
        return future.result(DRAW_SECONDS).content or None
    except TimeoutError:
        return None


def _lines(known: Ledger, sha256: str, page: Json) -> Sequence[Line]:
    packed = known.last_result(sha256, page["file_page"] - 1)
    content: PageText | None = unpack_page(packed) if packed else None
    return content.lines if content else ()
