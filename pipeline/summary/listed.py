"""The file's own catalogue and what was changed in it, as JSON (`catalogue[]`, `alterations[]`; docs/output.md)."""

from __future__ import annotations

from typing import Any

from pipeline.casefile import Alteration, Box, CatalogueRow


def catalogue_json(row: CatalogueRow) -> dict[str, Any]:
    """Lay out one row of the catalogue; its own page numbers are null where it gives none."""
    return {
        "number": row.number,
        "title": row.title,
        "first": row.first,
        "last": row.last,
        "page": row.page,
        "bbox": _bbox(row.box),
        "remark": row.remark,
        "documents": list(row.documents),
        "unread": row.unread,
    }


def alteration_json(one: Alteration) -> dict[str, Any]:
    """Lay out one changed entry."""
    return {
        "document": one.document,
        "page": one.page,
        "bbox": _bbox(one.box),
        "kind": one.kind,
        "confirmed": one.confirmed,
        "text": one.text,
    }


def _bbox(box: Box) -> list[float]:
    return [box.x0, box.y0, box.x1, box.y1]
