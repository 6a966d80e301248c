"""Roles of dates on the papers of other provinces: other titles, wordings and layouts (date_layouts.yaml)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from test_extraction_date_roles import roles

PAPERS: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("date_layouts.yaml").read_text("utf-8"))


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: f"{paper['kind']}-{'-'.join(paper['dates'])}")
def test_the_dates_of_a_paper(paper: dict[str, Any]) -> None:
    found = roles(paper["kind"], paper["text"])
    for role, days in paper["dates"].items():
        got = [day for day in found.get(role, []) if day != "?" or "?" in days]
        assert list(dict.fromkeys(got)) == days, role
    if paper.get("nothing_else"):
        assert set(found) == set(paper["dates"])
