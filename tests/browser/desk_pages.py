"""Every page of the desk over the run of the tests (conftest.py), by name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipeline.web.shelf import Shelf, case_slug

FAULTY, CLEAN, BROKEN = "s01", "s06", "残卷"


def case_of(run: Path, case_id: str = FAULTY) -> dict[str, Any]:
    """What the run says of a case."""
    return json.loads((run / "cases" / f"{case_id}.json").read_text("utf-8"))


def finding_of(run: Path, rule: str, case_id: str = FAULTY) -> dict[str, Any]:
    return next(found for found in case_of(run, case_id)["findings"] if found["rule"] == rule)


def run_path(run: Path) -> str:
    return f"/r/{Shelf([run]).runs[0].slug}"


def case_path(run: Path, case_id: str = FAULTY) -> str:
    return f"{run_path(run)}/c/{case_slug(case_id)}"


def pages_of(run: Path, hostile: Path, hostile_id: str) -> dict[str, str]:
    """Addresses of what an admin may open, by name; `hostile`: the run of `web_runs`, and its worst file."""
    batch, case = run_path(run), case_path(run)
    copied, late = finding_of(run, "CPY601"), finding_of(run, "DAT501")
    return {
        "runs": "/",
        "batch": batch,
        "filtered batch": f"{batch}?rule=DAT501&severity=high&kind=criminal",
        "nothing found": f"{batch}?q=%E6%97%A0%E6%AD%A4%E6%A1%88",
        "search": f"{batch}/search?q=%E5%AE%A1%E6%89%B9",
        "trust": f"{batch}/trust",
        "file": case,
        "file without faults": case_path(run, CLEAN),
        "failed file": case_path(run, BROKEN),
        "page": f"{case}/p/{late['evidence'][0]['page']}?f={late['key']}",
        "first page": f"{case}/p/1",
        "all pages": f"{case}/pages",
        "copies": f"{case}/copies/{copied['key']}",
        "account": "/account",
        "users": "/users",
        "assign": f"/assign/{batch.rsplit('/', 1)[1]}",
        "audit": "/audit",
        "hostile batch": run_path(hostile),
        "hostile file": case_path(hostile, hostile_id),
        "hostile page": f"{case_path(hostile, hostile_id)}/p/3",
        "refused": f"{batch}/c/0000000000000000",
    }
