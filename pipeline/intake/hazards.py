"""Structures in which pdfium loses itself, found with qpdf before pdfium meets them.

pdfium has no time limit of its own. What is not found here ends at the deadline of the worker process.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf

from pipeline.intake.scan import only_jpeg

_MOST_FIELDS = 20_000
"""A form of a hundred pages has a few thousand fields."""
_MOST_NESTING = 12
"""Real pages nest drawings (form XObjects) four or five deep."""
_MOST_DRAWINGS = 2000

_ODDITIES = (pikepdf.PdfError, RuntimeError, ValueError, TypeError, KeyError, AttributeError, IndexError)


class Inspector:
    """One PDF seen through qpdf; says nothing against files that qpdf cannot read."""

    def __init__(self, path: Path) -> None:
        """Never raises."""
        self._document: pikepdf.Pdf | None
        try:
            self._document = pikepdf.open(path, suppress_warnings=True)
        except (*_ODDITIES, OSError):
            self._document = None

    def close(self) -> None:
        """Release the file."""
        if self._document is not None:
            self._document.close()

    def has_walkable_fields(self) -> bool:
        """Say whether the tree of form fields is small when each kid is visited each time it is named.

        pdfium visits kids shared between fields once per path: thirty fields that each name the next one twice keep
        it busy for a minute. Also False for a file that qpdf cannot read; its pages are then shown without fields.
        """
        if self._document is None:
            return False
        try:
            form = self._document.Root.get("/AcroForm")
            stack = _items(form.get("/Fields")) if isinstance(form, pikepdf.Dictionary) else []
            visits = 0
            while stack:
                visits += 1
                if visits > _MOST_FIELDS:
                    return False
                field = stack.pop()
                if isinstance(field, pikepdf.Dictionary):
                    stack.extend(_items(field.get("/Kids")))
        except _ODDITIES:
            return False
        return True

    def only_jpeg(self, index: int) -> tuple[bytes, tuple[int, int]] | None:
        """The JPEG that is a page's only image, with its width and height; None where it has others or another kind."""
        if self._document is None:
            return None
        try:
            return only_jpeg(self._document.pages[index])
        except (*_ODDITIES, NotImplementedError):
            return None

    def draws_itself(self, index: int) -> bool:
        """Say whether a page holds a drawing that holds itself, or drawings nested deeper than any real ones.

        pdfium follows them to a depth of forty; a drawing that shows itself twice is then drawn 2^40 times.
        """
        if self._document is None:
            return False
        try:
            stack = [(drawing, 1) for drawing in _drawings(self._document.pages[index].resources)]
            visits = 0
            while stack:
                visits += 1
                drawing, depth = stack.pop()
                if depth > _MOST_NESTING:
                    return True
                if visits > _MOST_DRAWINGS:
                    return False
                stack.extend((inner, depth + 1) for inner in _drawings(drawing.get("/Resources")))
        except _ODDITIES:
            return False
        return False


def _items(value: Any) -> list[Any]:
    return list(value) if isinstance(value, pikepdf.Array) else []


def _drawings(resources: Any) -> list[Any]:
    """The form XObjects that a page or drawing with these resources may show."""
    shown = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
    if not isinstance(shown, pikepdf.Dictionary):
        return []
    return [item for item in dict(shown).values() if isinstance(item, pikepdf.Stream) and _is_form(item)]


def _is_form(item: Any) -> bool:
    return bool(item.get("/Subtype") == pikepdf.Name.Form)
