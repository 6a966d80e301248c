"""A page's reading ↔ the bytes that the ledger keeps: JSON of the frozen dataclasses, compressed."""

from __future__ import annotations

import zlib
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from pipeline.casefile import PageText


@cache
def _adapter() -> TypeAdapter[PageText]:
    return TypeAdapter(PageText)


def _plain(value: Any) -> Any:
    """NumPy's numbers, which image code leaves behind, as Python's own."""
    if hasattr(value, "item"):
        return value.item()
    raise TypeError(f"no JSON for {type(value).__name__}")


def pack_page(page: PageText) -> bytes:
    """Give the bytes of a page. Equal pages give equal bytes."""
    return zlib.compress(_adapter().dump_json(page, fallback=_plain), 6)


def unpack_page(content: bytes) -> PageText | None:
    """Give the page of these bytes, or None where they are damaged or of another shape (then the page is read anew)."""
    try:
        return _adapter().validate_json(zlib.decompress(content))
    except (zlib.error, ValidationError):
        return None
