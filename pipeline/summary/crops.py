"""Which part of which page is shown as evidence, and how it is drawn.

`crops_needed` decides from the contract's JSON alone; whoever holds the page images calls `draw_crop` and writes the
JPEG under `RUN/assets/` by `asset_name`. The same functions tell the page writer which picture belongs where.
Boxes and regions are fractions of the upright page.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.casefile import Box

CONTEXT = 0.08
"""Share of the page's height shown above and below the evidence."""
TALL = 0.55
"""A band taller than this share of the page is shown as the whole page."""
WHOLE = 0.8
"""A box that covers this share of the page marks the whole page: nothing is outlined."""
BAND_WIDTH = 1200
PAGE_WIDTH = 900
THUMB_WIDTH = 420
JPEG_QUALITY = 80
DRAWING = 1
"""Version of the drawing; part of the asset's name, so that a change draws the pictures anew."""
OUTLINE = (200, 30, 90)
TINT = (255, 245, 190)
TINTED = 0.2
"""A box over more of the page than this is outlined only."""
THUMBS = 12
"""Most page thumbnails shown for one outcome or one list of unreadable pages; the rest are named by number."""

FULL_PAGE = Box(0.0, 0.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class CropRequest:
    """Cut `region` out of a page of the case, outline `boxes`, at most `width` pixels wide."""

    page: int
    boxes: tuple[Box, ...]
    region: Box
    width: int = BAND_WIDTH

    @property
    def whole(self) -> bool:
        """Whether the whole page is shown."""
        return self.region == FULL_PAGE


def crops_needed(case: dict[str, Any]) -> tuple[CropRequest, ...]:
    """List every picture that the case's page shows, by page, each once; pages that failed have none."""
    wanted: set[CropRequest] = set()
    for finding in case["findings"]:
        wanted.update(finding_crops(finding))
    for outcome in case["outcomes"]:
        if outcome["verdict"] in ("unsure", "lawful"):
            wanted.update(page_crops(outcome.get("pages", ())))
    wanted.update(page_crops(unreadable_pages(case)))
    there = {page["page"] for page in case["pages"] if page["kind"] != "failed"}
    return tuple(sorted((c for c in wanted if c.page in there), key=lambda c: (c.page, c.width, c.region, c.boxes)))


def unreadable_pages(case: dict[str, Any]) -> tuple[int, ...]:
    """List the pages that failed or are too poor to read."""
    return tuple(
        page["page"]
        for page in case["pages"]
        if page["kind"] == "failed" or page.get("quality", {}).get("grade") == "unreadable"
    )


def finding_crops(finding: dict[str, Any]) -> tuple[CropRequest, ...]:
    """List the pictures of one finding in the order of its evidence: bands around its boxes, near ones together."""
    places = [(e["page"], box_of(e)) for e in finding["evidence"]]
    for passage in finding.get("passages", ()):
        both = (passage["copy"], passage["origin"])
        places += [(e["page"], box_of(e)) for e in both if "case" not in e]  # a page of another case is shown there
    order = list(dict.fromkeys(page for page, _ in places))
    return tuple(
        crop for page in order for crop in _bands(page, tuple(sorted({box for p, box in places if p == page})))
    )


def page_crops(pages: Iterable[int]) -> tuple[CropRequest, ...]:
    """Ask for thumbnails of whole pages, the first `THUMBS` of them."""
    return tuple(CropRequest(page, (), FULL_PAGE, THUMB_WIDTH) for page in sorted(set(pages))[:THUMBS])


def box_of(evidence: dict[str, Any]) -> Box:
    """Read an evidence's `bbox`, put in order, kept on the page and rounded as in the JSON file."""
    x0, y0, x1, y1 = (round(min(1.0, max(0.0, float(value))), 4) for value in evidence["bbox"])
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _bands(page: int, boxes: Sequence[Box]) -> list[CropRequest]:
    if any(box.width * box.height >= WHOLE for box in boxes):
        return [CropRequest(page, (), FULL_PAGE, PAGE_WIDTH)]
    groups: list[tuple[Box, list[Box]]] = []
    for box in sorted(boxes, key=lambda b: (b.y0, b.x0)):
        band = Box(0.0, max(0.0, box.y0 - CONTEXT), 1.0, min(1.0, box.y1 + CONTEXT))
        if groups and band.y0 <= groups[-1][0].y1:
            groups[-1] = (groups[-1][0].union(band), [*groups[-1][1], box])
        else:
            groups.append((band, [box]))
    if sum(band.height for band, _ in groups) > TALL:
        return [CropRequest(page, tuple(boxes), FULL_PAGE, PAGE_WIDTH)]
    return [CropRequest(page, tuple(inside), band) for band, inside in groups]


def asset_name(case: dict[str, Any], request: CropRequest) -> str:
    """Name the picture's file: a hash of the source's content, the page in it, how it is turned, and the request.

    Raises StopIteration where the case has no such page.
    """
    page = next(page for page in case["pages"] if page["page"] == request.page)
    own = [s["sha256"] for s in case["sources"] if s["file"] == page["file"]]
    told = [
        DRAWING,
        own or [s["sha256"] for s in case["sources"]],
        page["file"],
        page["file_page"],
        page["rotation"],
        [request.region, *request.boxes],
        request.width,
    ]
    text = json.dumps(told, default=lambda box: [round(v, 4) for v in (box.x0, box.y0, box.x1, box.y1)])
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:32] + ".jpg"


def pixel_size(page: dict[str, Any], request: CropRequest) -> tuple[int, int] | None:
    """Tell width and height of the drawn picture in pixels; None where the page's own size is unknown."""
    width, height = page.get("width") or 0, page.get("height") or 0
    if not width or not height:
        return None
    _, _, scale, across, down = _cut(width, height, request)
    return max(1, round(across * scale)), max(1, round(down * scale))


def _cut(width: int, height: int, request: CropRequest) -> tuple[int, int, float, int, int]:
    """Left and top pixel, scale (never enlarged), width and height of the region on an image of that size."""
    region = request.region
    left, top = int(region.x0 * width), int(region.y0 * height)
    across = max(1, min(width, round(region.x1 * width)) - left)
    down = max(1, min(height, round(region.y1 * height)) - top)
    return left, top, min(1.0, request.width / across), across, down


def draw_crop(page_rgb: NDArray[np.uint8], request: CropRequest) -> bytes:
    """Draw the request from the upright page's image (height × width × 3, RGB): a JPEG, evidence tinted and outlined.

    The tint darkens nothing that is ink and the outline stands outside of the box, so that the text stays legible.
    Raises ValueError where the image is not of that shape or cannot be encoded.
    """
    if page_rgb.ndim != 3 or page_rgb.shape[2] != 3 or not page_rgb.size:
        raise ValueError(f"an RGB image is needed, not shape {page_rgb.shape}")
    height, width = page_rgb.shape[:2]
    left, top, scale, across, down = _cut(width, height, request)
    cut = page_rgb[top : top + down, left : left + across]
    size = (max(1, round(across * scale)), max(1, round(down * scale)))
    image = np.ascontiguousarray(cv2.resize(cut, size, interpolation=cv2.INTER_AREA))
    thick = max(2, round(size[0] / 550))
    drawn = image.copy()
    edges: list[tuple[tuple[int, int], tuple[int, int]]] = []
    for box in request.boxes:
        x0, y0 = round((box.x0 * width - left) * scale) - thick - 1, round((box.y0 * height - top) * scale) - thick - 1
        x1, y1 = round((box.x1 * width - left) * scale) + thick + 1, round((box.y1 * height - top) * scale) + thick + 1
        x0, y0 = max(0, x0), max(0, y0)
        x1, y1 = min(size[0] - 1, x1), min(size[1] - 1, y1)
        if x1 <= x0 or y1 <= y0:
            continue
        edges.append(((x0, y0), (x1, y1)))
        if box.width * box.height <= TINTED:
            inside = image[y0:y1, x0:x1].astype(np.uint16) * np.array(TINT, np.uint16) // 255
            drawn[y0:y1, x0:x1] = inside.astype(np.uint8)
    for corner, opposite in edges:
        cv2.rectangle(drawn, corner, opposite, OUTLINE, thick, cv2.LINE_AA)
    done, encoded = cv2.imencode(".jpg", drawn[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    if not done:
        raise ValueError("the picture could not be encoded")
    return bytes(encoded)
