"""Whether the form fields of a PDF can be drawn without pdfium losing itself in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf

_MOST_VISITS = 20_000
"""A form of a hundred pages has a few thousand fields."""


def has_walkable_fields(path: Path) -> bool:
    """Say whether the field tree is small when each kid is visited each time it is named.

    pdfium visits kids shared between fields once per path: thirty objects that each name the next one twice keep it
    busy for a minute. Also False where the file cannot be opened here; its pages are then shown without fields.
    """
    try:
        with pikepdf.open(path, suppress_warnings=True) as document:
            form = document.Root.get("/AcroForm")
            stack: list[Any] = list(form.get("/Fields", [])) if isinstance(form, pikepdf.Dictionary) else []
            visits = 0
            while stack:
                visits += 1
                if visits > _MOST_VISITS:
                    return False
                field = stack.pop()
                if isinstance(field, pikepdf.Dictionary):
                    kids = field.get("/Kids")
                    stack.extend(list(kids) if isinstance(kids, pikepdf.Array) else [])
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, KeyError, AttributeError):
        return False
    return True
