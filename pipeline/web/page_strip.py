"""All pages of a file, by the documents they belong to: the strip beside a page. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from pipeline.summary.labels import Names

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page in the strip. `flags`: findings that rest on it; `kind` as in the JSON; `sure`: it could be read."""

    page: int
    kind: str
    flags: int
    sure: bool
    landscape: bool


@dataclass(frozen=True, slots=True)
class Sheaf:
    """A document in the strip with its pages."""

    id: str
    name: str
    title: str
    leaves: tuple[Leaf, ...]


def strip(case: Json, names: Names) -> tuple[Sheaf, ...]:
    """Lay out all pages of a case by the documents they belong to, in file order."""
    flags: dict[int, int] = {}
    for finding in case["findings"]:
        for page in {evidence["page"] for evidence in finding["evidence"]}:
            flags[page] = flags.get(page, 0) + 1
    owners = {
        page: document
        for document in case["documents"]
        for page in range(document["pages"][0], document["pages"][-1] + 1)
    }
    found = []
    for _, group in groupby(case["pages"], key=lambda page: (owners.get(page["page"]) or {}).get("id", "")):
        pages = list(group)
        document = owners.get(pages[0]["page"])
        leaves = tuple(
            Leaf(
                page["page"],
                page["kind"],
                flags.get(page["page"], 0),
                page["kind"] != "failed" and page.get("quality", {}).get("grade") != "unreadable",
                (page.get("width") or 0) > (page.get("height") or 0),
            )
            for page in pages
        )
        name = names.type(document["type"]) if document else "未归入文书的页"
        found.append(Sheaf(document["id"] if document else "", name, document["title"] if document else "", leaves))
    return tuple(found)
