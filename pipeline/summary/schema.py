"""The form of `RUN/cases/<case_id>.json` as a JSON Schema (draft 2020-12), in case.schema.json; see docs/output.md.

Keys that it does not know are allowed everywhere, as the contract has it: readers accept what they do not know.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any


@cache
def case_schema() -> dict[str, Any]:
    """Give the schema."""
    text = resources.files("pipeline.summary").joinpath("case.schema.json").read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema
