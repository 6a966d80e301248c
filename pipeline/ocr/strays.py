"""Lines that are none of the page's text: show-through read as characters, and the arcs of seals."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import cv2
import numpy as np

from pipeline.ocr.engine import Image
from pipeline.ocr.ink import Contrast
from pipeline.ocr.levels import histogram, percentile
from pipeline.ocr.lines import Strip
from pipeline.ocr.marks import Spot

_GHOST = 0.45
"""Part of the page's usual ink strength under which a badly read strip is what shines through from the other side."""
_BADLY_READ = 0.9
_LEFT_OVER = 0.3
"""Part of a strip's ink that must stay when the red is bleached out, if the strip is to be text under a seal."""
_DARK = 170


def without_ghosts(strips: Sequence[Strip], contrast: Contrast, scale: float) -> list[Strip]:
    """Drop strips that are much paler than the rest of the page and read badly; `scale`: strip pixels for one there."""
    if len(strips) < 3 or all(s.score >= _BADLY_READ for s in strips):
        return list(strips)
    strengths = [_strength(contrast, s, scale) for s in strips]
    usual = median(strengths)
    return [
        s for s, strength in zip(strips, strengths, strict=True) if s.score >= _BADLY_READ or strength >= _GHOST * usual
    ]


def _strength(contrast: Contrast, strip: Strip, scale: float) -> float:
    left, top = np.maximum((strip.quad.min(axis=0) / scale).astype(int), 0)
    right, bottom = (strip.quad.max(axis=0) / scale).astype(int) + 1
    part = contrast.value[top:bottom, left:right]
    return percentile(histogram(part), 92) / 255 if part.size else 0.0


def without_arcs(strips: Sequence[Strip], spots: Sequence[Spot], image: Image, clean: Image) -> list[Strip]:
    """Drop strips on a red seal whose ink goes with the red: they are the seal's own characters.

    `image` is the white-balanced page, `clean` the same without its red ink.
    """
    return [s for s in strips if not any(_is_arc(s, spot, image, clean) for spot in spots)]


def _is_arc(strip: Strip, spot: Spot, image: Image, clean: Image) -> bool:
    ring = spot.ring
    if ring is None or spot.colour != "red" or strip.second is None:
        return False
    x, y = strip.quad.mean(axis=0)
    if np.hypot(x - ring.x, y - ring.y) > 1.05 * ring.radius or strip.length > 1.9 * ring.radius:
        return False
    return _dark(clean, strip) < _LEFT_OVER * _dark(image, strip)


def _dark(image: Image, strip: Strip) -> float:
    left, top = np.maximum(strip.quad.min(axis=0).astype(int), 0)
    right, bottom = strip.quad.max(axis=0).astype(int) + 1
    part = image[top:bottom, left:right]
    if not part.size:
        return 0.0
    darkest = cv2.min(cv2.min(part[..., 0], part[..., 1]), part[..., 2])
    return float((darkest < _DARK).mean())
