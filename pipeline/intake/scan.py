"""Pages that are one JPEG and nothing else, as scanners and img2pdf write them: decoded as they are.

pdfium decodes a JPEG in ten times the time that libjpeg-turbo takes, and a whole page of a scan takes it a tenth of
the time that reading it takes. Whatever else stands on a page, or on its image, is left to pdfium.
"""

from __future__ import annotations

import io
from typing import Any

import cv2
import numpy as np
import pikepdf
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray
from PIL import Image

_SLACK = 0.004
"""Part of the page's sides that the image may miss or overhang: page sizes are rounded to points."""
_FORBIDDEN = ("/SMask", "/Mask", "/Decode", "/DecodeParms", "/ImageMask", "/SMaskInData", "/OC", "/Matte")
_CHANNELS = {"/DeviceGray": 1, "/CalGray": 1, "/DeviceRGB": 3, "/CalRGB": 3}


def covers_page(page: Any) -> bool:
    """Whether a page (pypdfium2) shows one upright image from edge to edge, and nothing else."""
    if pdfium_c.FPDFPage_CountObjects(page) != 1 or pdfium_c.FPDFPage_GetAnnotCount(page) > 0:
        return False
    (item,) = page.get_objects(max_depth=1)
    if item.type != pdfium_c.FPDF_PAGEOBJ_IMAGE or pdfium_c.FPDFPageObj_HasTransparency(item):
        return False
    clip = pdfium_c.FPDFPageObj_GetClipPath(item)
    if clip and pdfium_c.FPDFClipPath_CountPaths(clip) > 0:
        return False
    matrix = item.get_matrix()
    if matrix.b or matrix.c or matrix.a <= 0 or matrix.d <= 0:
        return False
    left, bottom, right, top = page.get_bbox()
    across, down = _SLACK * (right - left), _SLACK * (top - bottom)
    return bool(
        abs(matrix.e - left) <= across
        and abs(matrix.e + matrix.a - right) <= across
        and abs(matrix.f - bottom) <= down
        and abs(matrix.f + matrix.d - top) <= down
    )


def only_jpeg(page: pikepdf.Page) -> tuple[bytes, tuple[int, int]] | None:
    """The one image of a page as JPEG data with its width and height.

    None where the page has several, another coding, or a mask of any kind. Raises what pikepdf raises over damaged
    objects.
    """
    images = list(page.get_images().values())
    if len(images) != 1:
        return None
    image = images[0]
    if any(key in image for key in _FORBIDDEN) or image.get("/BitsPerComponent") != 8:
        return None
    coding = image.get("/Filter")
    if isinstance(coding, pikepdf.Array) and len(coding) == 1:
        coding = coding[0]
    if coding != pikepdf.Name.DCTDecode or _channels(image.get("/ColorSpace")) not in (1, 3):
        return None
    return image.read_raw_bytes(), (int(image.Width), int(image.Height))


def _channels(space: Any) -> int | None:
    if isinstance(space, pikepdf.Array) and len(space) > 1:
        if space[0] == pikepdf.Name.ICCBased:
            return int(space[1].get("/N", 0))
        space = space[0]
    return _CHANNELS.get(str(space))


def decoded(jpeg: bytes, size: tuple[int, int], most: float, turn: int) -> NDArray[np.uint8] | None:
    """The picture, RGB, turned clockwise by `turn` degrees, its long side at most `most` pixels.

    None where it is damaged, in inks for print, or not of the `size` that the page gives (width, height). A picture
    of twice that or more is decoded at a half, a quarter or an eighth, which takes as much less memory.
    """
    try:
        with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as image:
            if image.size != size or image.mode not in ("L", "RGB"):
                return None
            scale = min(1.0, most / max(size))
            shown = max(1, round(size[0] * scale)), max(1, round(size[1] * scale))
            image.draft(image.mode, shown)
            picture = np.asarray(image.convert("RGB"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):  # SyntaxError: Pillow on broken markers
        return None
    if picture.shape[1::-1] != shown:
        picture = cv2.resize(picture, shown, interpolation=cv2.INTER_AREA)
    return np.ascontiguousarray(np.rot90(picture, -turn // 90), np.uint8)
