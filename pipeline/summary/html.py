"""The pages evaluators open: one per case and one for the batch, each a single HTML text with style and script inline.

They open from disk: pictures are relative files, nothing is asked of any server (a content security policy forbids it),
and everything can be read without JavaScript. All texts of the case are escaped: OCR output is nobody's markup.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pipeline.summary import labels
from pipeline.summary.boxes import KINDS, BoxedPage
from pipeline.summary.labels import Names, page_list
from pipeline.summary.links import BOOK, INDEX, RUNS, index_link, json_link, page_link
from pipeline.summary.overview import BatchSummary
from pipeline.summary.undone import GO_ON, HALTS, LOSSES
from pipeline.summary.views import Crops, view_case
from pipeline.text.visible import visible

TEMPLATES = "templates"


def render_case(
    case: dict[str, Any], crops: Crops, names: Names | None = None, beside: Sequence[dict[str, Any]] = ()
) -> str:
    """Write the page of a case (contract JSON); it lies in RUN/cases_html/ under `links.page_name`.

    `crops` maps the requests of `crops_needed(case)` to file names under RUN/assets/; missing ones are told as such.
    `beside`: other cases of the batch that passages of this one's findings lie in.
    """
    names = names or Names()
    page = _environment().get_template("case.html.j2")
    links = {"index": index_link(), "json": json_link(case["case_id"])}
    return visible(
        page.render(view=view_case(case, crops, names, beside), case=case, names=names, links=links, **_inline("case"))
    )


def render_index(batch: BatchSummary) -> str:
    """Write the batch's page, RUN/summary.html."""
    page = _environment().get_template("index.html.j2")
    written = frozenset(row.case_id for row in batch.cases)
    words = {"losses": LOSSES, "halts": HALTS, "go_on": GO_ON}
    return visible(page.render(batch=batch, written=written, book=BOOK, runs=RUNS, **words, **_inline("index")))


def render_runs(name: str, line: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write the page of when the batch was run, RUN/run.html: the index shows its `line`, in a frame."""
    page = _environment().get_template("run.html.j2")
    return visible(page.render(name=name, line=line, columns=columns, rows=rows, index=INDEX, **_inline("run")))


def render_boxes(pages: Sequence[BoxedPage], case: dict[str, Any]) -> str:
    """Write the page that shows every box of a case over its pages' pictures (`links.boxes_path`)."""
    page = _environment().get_template("boxes.html.j2")
    kinds = {kind: style for kind, style in KINDS.items() if any(box.kind == kind for p in pages for box in p.boxes)}
    return visible(page.render(pages=pages, case=case, kinds=kinds, **_inline("boxes")))


def html_bytes(text: str) -> bytes:
    """Give the bytes of a page's file."""
    return text.encode("utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("pipeline.summary", TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["labels"] = labels
    environment.globals["page_link"] = page_link
    environment.filters["pages"] = page_list
    environment.filters["item"] = lambda item: labels.SLOT_KINDS.get(item, item)
    environment.filters["percent"] = lambda share: f"{share * 100:.0f} %"
    return environment


@cache
def _inline(name: str) -> dict[str, Markup]:
    """Style and script, trusted texts of this package, and the script's hash for the content security policy."""
    folder = resources.files("pipeline.summary").joinpath(TEMPLATES)
    own = folder.joinpath(f"{name}.css")
    common = resources.files("pipeline.summary").joinpath("static", "common.css")
    sheets = (common, folder.joinpath("style.css"), *((own,) if own.is_file() else ()))
    style = "".join(sheet.read_text("utf-8") for sheet in sheets)
    script = folder.joinpath(f"{name}.js").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    return {"style": Markup(style), "script": Markup(script), "script_hash": Markup(f"sha256-{digest}")}
