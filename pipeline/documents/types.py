"""The catalogue of document types: doctypes.csv (84 types with their titles) and titles.toml (more titles met)."""

from __future__ import annotations

import csv
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

BLANK = "blank_page"
OTHER = "other"
EVIDENCE = "evidence_material"


@dataclass(frozen=True, slots=True)
class DocType:
    """One type of document. `titles` holds every title it is known to carry, the usual one first."""

    type: str
    title: str
    titles: tuple[str, ...]
    signers: tuple[str, ...]


@cache
def doc_types() -> dict[str, DocType]:
    """All document types by key, in the order of doctypes.csv."""
    folder = resources.files("pipeline.documents")
    more: dict[str, list[str]] = tomllib.loads(folder.joinpath("titles.toml").read_text("utf-8"))["titles"]
    rows = csv.DictReader(folder.joinpath("doctypes.csv").read_text("utf-8").splitlines())
    types: dict[str, DocType] = {}
    for row in rows:
        key = row["type"]
        # A slash joins variants of one title ("受理/应诉/举证通知书"); titles.toml spells those out.
        own = [row["title_zh"], *row["aliases"].split(";")]
        titles = tuple(dict.fromkeys(t for t in [*own, *more.get(key, [])] if t and not set(t) & set("/…(（")))
        types[key] = DocType(key, row["title_zh"], titles, tuple(filter(None, row["signer_roles"].split(";"))))
    return types


@cache
def shared_titles() -> dict[str, tuple[str, ...]]:
    """Titles that papers of several types carry, with these types, the commonest first; words on the page decide."""
    text = resources.files("pipeline.documents").joinpath("titles.toml").read_text("utf-8")
    shared: dict[str, list[str]] = tomllib.loads(text)["shared"]
    return {title: tuple(keys) for title, keys in shared.items()}


@cache
def shapes() -> dict[str, re.Pattern[str]]:
    """What titles of a type look like in general, by type: patterns on a title's letters."""
    text = resources.files("pipeline.documents").joinpath("titles.toml").read_text("utf-8")
    return {key: re.compile(pattern) for key, pattern in tomllib.loads(text)["shapes"].items()}


def type_title(key: str) -> str:
    """The Chinese name of a type, for people to read."""
    known = doc_types().get(key)
    return known.title if known else key
