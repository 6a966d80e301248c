"""Where things stand in the run folder, and how one page links to another from disk.

`RUN/summary.html` · `RUN/summary.xlsx` · `RUN/run.html` · `RUN/cases_html/<case_id>.html` · `RUN/assets/<hash>.jpg` ·
`RUN/cases/<case_id>.json`; where it was asked for, `RUN/debug/<case_id>/boxes.html` with a picture of each page beside
it.
"""

from __future__ import annotations

import hashlib
import re
from urllib.parse import quote

INDEX = "summary.html"
BOOK = "summary.xlsx"
RUNS = "run.html"
"""When it was run: the only page that holds times, so that all others are the same whenever that was."""
PAGES_FOLDER = "cases_html"
ASSETS_FOLDER = "assets"
JSON_FOLDER = "cases"
DEBUG_FOLDER = "debug"
NAME_BYTES = 240
"""Longest stem of a file name: file systems allow 255 bytes with the ending."""

_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\ud800-\udfff]|[. ]$')


def page_name(case_id: str) -> str:
    """Name the case's page: its id where any file system can hold that, else a readable part of it and a hash."""
    raw = case_id.encode("utf-8", "surrogatepass")
    if len(raw) <= NAME_BYTES and case_id and not _UNSAFE.search(case_id):
        return f"{case_id}.html"
    kept = _UNSAFE.sub("_", case_id).encode("utf-8")[: NAME_BYTES - 17].decode("utf-8", "ignore")
    return f"{kept}-{hashlib.sha256(raw).hexdigest()[:16]}.html"


def page_path(case_id: str) -> str:
    """Give the case page's path in the run folder, for writing it."""
    return f"{PAGES_FOLDER}/{page_name(case_id)}"


def page_link(case_id: str) -> str:
    """Give the URL of a case's page as seen from the index."""
    return f"{PAGES_FOLDER}/{quote(page_name(case_id), safe='')}"


def sibling_link(case_id: str) -> str:
    """Give the URL of a case's page as seen from another case's page."""
    return quote(page_name(case_id), safe="")


def boxes_path(case_id: str, page: int | None = None) -> str:
    """Give the path in the run folder of the page that shows all boxes of a case, or of the picture of one `page`."""
    name = "boxes.html" if page is None else picture_name(page)
    return f"{DEBUG_FOLDER}/{page_name(case_id).removesuffix('.html')}/{name}"


def picture_name(page: int) -> str:
    """Name the picture of a page: its number in the case and nothing else."""
    return f"{page:04d}.jpg"


def json_link(case_id: str) -> str:
    """Give the URL of a case's JSON as seen from its page."""
    return f"../{JSON_FOLDER}/{quote(case_id.encode('utf-8', 'surrogateescape'), safe='')}.json"


def asset_link(name: str) -> str:
    """Give the URL of a picture as seen from a case's page."""
    return f"../{ASSETS_FOLDER}/{quote(name, safe='')}"


def index_link() -> str:
    """Give the URL of the index as seen from a case's page."""
    return f"../{INDEX}"
