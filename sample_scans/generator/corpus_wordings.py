"""Reads the second set of wordings (wordings/second_*.txt): written after the first, in other words, by other sections.

A section begins with `## type | issuer | title;title | untitled=0.5` (issuer and share of untitled pages may be left
out; an issuer in braces heads half of the pages), then one line of the page a line, in the grammar of
`sample_scans.generator.wordings`; `--` parts the first page from a page that goes on. A type may have many sections:
an IOU and a pay slip are both evidence and share no word.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sample_scans.generator.wordings import Wording

FOLDER = Path(__file__).parent / "wordings"
LOST = 0.1
"""Share of the first pages without their title where a section does not say otherwise."""


@cache
def second_set() -> dict[str, tuple[Wording, ...]]:
    """Sections by type."""
    found: dict[str, list[Wording]] = {}
    for path in sorted(FOLDER.glob("second_*.txt")):
        for section in path.read_text("utf-8").split("## ")[1:]:
            head, *lines = section.strip().splitlines()
            kind, issuer, titles, *rest = (part.strip() for part in head.split("|", 3))
            untitled = float(rest[0].removeprefix("untitled=")) if rest else LOST
            names = tuple(name.strip() for name in titles.strip("{}").split(";") if name.strip())
            cut = lines.index("--") if "--" in lines else len(lines)
            found.setdefault(kind, []).append(
                Wording(
                    names or ("",),
                    tuple(lines[:cut]),
                    tuple(lines[cut + 1 :]),
                    issuer=f"{issuer.strip('{}')}?" if issuer.startswith("{") else issuer,
                    untitled=untitled if names else 1.0,
                )
            )
    return {kind: tuple(wordings) for kind, wordings in found.items()}
