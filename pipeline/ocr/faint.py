"""Writing so faint that the search for it passes it over, made as dark as writing on other pages for one more look.

A detector that has learnt on ordinary pages finds nothing where ink is a tenth darker than the paper (thermal paper,
the third copy of a form, a scan that is far too light); a person reads such pages, and so does the recogniser once it
is shown where to read.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from pipeline.ocr.blank import sure_characters
from pipeline.ocr.engine import Image
from pipeline.ocr.ink import Contrast
from pipeline.ocr.lines import Strip

_ORDINARY = 0.15
"""Contrast of the darkest hundredth of a page from which it has writing that needs no help."""
_LEAST = 0.03
"""Contrast below which nothing is told from the paper's own unrest; no more than that is ever stretched to black."""
_GROUND = 5
"""By how much the paper is looked at smaller; its median spans 21 of these pixels, about five characters."""
_STEP = 4
_MORE = 12
"""Characters read with certainty that a strengthened page must show beyond those that stood there before."""
_SURE_PART = 0.25
"""Part of what is read on a strengthened page that must be sure; show-through, strengthened as well, is nonsense."""


def strengthened(image: Image, page: Contrast) -> Image | None:
    """Give a page with its contrast stretched (grey, H x W x 3), or None where its contrast is that of other pages.

    `page` is the same image reduced by `ink.contrast`: only what lies on its sheet says how faint the writing is.
    """
    height, width = image.shape[:2]
    gray = cv2.GaussianBlur(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), (0, 0), 1.0)
    small = cv2.resize(gray, (max(1, width // _GROUND), max(1, height // _GROUND)), interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((3, 3), np.uint8)), 21)
    ground = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    darker = 1 - gray.astype(np.float32) / np.maximum(ground, 1)
    sample = darker[::_STEP, ::_STEP]
    on_sheet = cv2.resize(page.sheet, sample.shape[::-1], interpolation=cv2.INTER_NEAREST) > 0
    if not on_sheet.any():
        return None
    most = float(np.percentile(sample[on_sheet], 99))
    if most >= _ORDINARY:
        return None
    strong = np.clip(255 * (1 - darker / max(_LEAST, most)), 0, 255).astype(np.uint8)
    return np.asarray(cv2.cvtColor(strong, cv2.COLOR_GRAY2RGB), np.uint8)


def shows_more(first: Sequence[Strip], again: Sequence[Strip]) -> bool:
    """Whether what was read on the strengthened page (`again`) is writing that the first look had passed over."""
    sure = sure_characters(again)
    return sure >= sure_characters(first) + _MORE and sure >= _SURE_PART * sum(len(s.text) for s in again)
